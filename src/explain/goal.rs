//! The goal of a search: all conditions that an entity must pass to reach a level, in a form that is fast to search.
//!
//! It does not depend on the entity, so it is built once for each level of a scorecard. Conditions that only `and` joins
//! are required one by one. Everything else is a part of its own: an `or` with several members.

use super::implied::Strictest;
use super::operands::Operands;
use super::parts::{Node, Parts, simplified};
use crate::entity::{Meta, Slot};
use crate::scorecard::{Check, Condition, Formula, Member, Query, Scorecards, Subject};
use crate::value::Instant;
use std::collections::{HashMap, HashSet};

/// The conditions to pass.
pub(super) struct Goal<'s> {
    /// The different conditions, in the order of the definition: the filter first.
    pub(super) atoms: Vec<Atom<'s>>,
    /// The properties and relations, in the order in which they occur.
    pub(super) variables: Vec<Variable<'s>>,
    /// The groups of which not all conditions must pass.
    pub(super) parts: Parts,
    /// The time that date presets are relative to.
    pub(super) as_of: Instant,
}

/// A condition. Equal conditions are one atom.
pub(super) struct Atom<'s> {
    pub(super) condition: &'s Condition,
    pub(super) check: Check,
    /// The number of the condition in the compiled scorecards.
    pub(super) bit: usize,
    /// The index of its property or relation.
    pub(super) variable: usize,
}

/// A property or relation.
pub(super) struct Variable<'s> {
    pub(super) subject: &'s Subject,
    pub(super) slot: Slot,
    /// Whether the owner of the entity cannot change it.
    pub(super) is_fixed: bool,
    /// The atoms that must pass, except those that a stricter one implies.
    pub(super) required: Vec<usize>,
    /// The atoms that occur in parts.
    pub(super) optional: Vec<usize>,
    /// All its atoms, also those that need not be checked because others imply them.
    all: Vec<usize>,
    /// The operands of the conditions that suggest values to try.
    pub(super) operands: Operands,
}

/// Up to this number of conditions on a property, all of them suggest values to try. With more, those do not that others
/// imply.
const MOST_SUGGESTING: usize = 32;

/// Whether the owner of an entity cannot change the value, such as `$createdAt`.
fn is_fixed(subject: &Subject) -> bool {
    matches!(subject, Subject::Meta(Meta::Identifier | Meta::Blueprint | Meta::CreatedAt | Meta::CreatedBy))
}

impl<'s> Goal<'s> {
    /// The conditions of the filter and of all rules up to the level with index `target`, in the scorecard with index
    /// `scorecard`.
    #[expect(clippy::expect_used, reason = "every scorecard was compiled with the others of its blueprint")]
    pub(super) fn new(scorecards: &'s Scorecards, scorecard: usize, target: usize) -> Self {
        let definition = scorecards.definitions().get(scorecard).expect("the scorecard exists");
        let group = scorecards.group(&definition.blueprint).expect("the blueprint has scorecards");
        let card = group.cards.iter().find(|card| card.index == scorecard).expect("it was compiled");
        let mut found = Found {
            scorecards,
            atoms: Vec::new(),
            variables: Vec::new(),
            by_bit: HashMap::new(),
            by_subject: HashMap::new(),
        };
        let filter = definition.filter.iter().zip(&card.filter);
        let rules = definition.rules.iter().zip(&card.rules).filter(|(rule, _)| rule.level <= target);
        let queries = filter.chain(rules.map(|(rule, formula)| (&rule.query, formula)));
        let all = simplified(Node::All(queries.map(|(query, formula)| found.node(query, formula)).collect()));
        let Found { atoms, mut variables, .. } = found;
        for atom in 0..atoms.len() {
            place(&mut variables, &atoms, atom).all.push(atom);
        }
        let (required, parts) = split(all, &atoms, variables.len());
        for atom in required {
            place(&mut variables, &atoms, atom).required.push(atom);
        }
        for variable in &mut variables {
            keep_strictest(&mut variable.required, &atoms);
        }
        let parts = Parts::new(&parts, atoms.len(), |atom| {
            let variable = of(&atoms, atom).variable;
            variables.get(variable).is_some_and(|variable| !variable.is_fixed).then_some(variable)
        });
        for atom in (0..atoms.len()).filter(|atom| parts.has(*atom)) {
            place(&mut variables, &atoms, atom).optional.push(atom);
        }
        for variable in &mut variables {
            let mut used = [variable.required.as_slice(), &variable.optional].concat();
            if variable.all.len() <= MOST_SUGGESTING {
                used.clone_from(&variable.all);
            }
            used.sort_unstable();
            let is_required: HashSet<&usize> = variable.required.iter().collect();
            let conditions =
                used.iter().map(|atom| (of(&atoms, *atom).condition, is_required.contains(atom)));
            variable.operands = Operands::of(conditions, scorecards.as_of());
        }
        Self { atoms, variables, parts, as_of: scorecards.as_of() }
    }

    /// The atom with this index.
    pub(super) fn atom(&self, index: usize) -> &Atom<'s> {
        of(&self.atoms, index)
    }

    /// The variable with this index.
    #[expect(clippy::expect_used, reason = "all indices of variables come from this goal")]
    pub(super) fn variable(&self, index: usize) -> &Variable<'s> {
        self.variables.get(index).expect("the variable exists")
    }
}

#[expect(clippy::expect_used, reason = "all indices of atoms come from the same goal")]
fn of<'a, 's>(atoms: &'a [Atom<'s>], index: usize) -> &'a Atom<'s> {
    atoms.get(index).expect("the atom exists")
}

/// The variable of an atom.
#[expect(clippy::expect_used, reason = "every atom has a variable")]
fn place<'a, 's>(variables: &'a mut [Variable<'s>], atoms: &[Atom<'s>], atom: usize) -> &'a mut Variable<'s> {
    variables.get_mut(of(atoms, atom).variable).expect("the variable exists")
}

/// Splits a formula into the atoms that must pass, and the groups of which not all members must pass. Members of a group
/// that a required atom implies are removed.
fn split(all: Node, atoms: &[Atom<'_>], variables: usize) -> (Vec<usize>, Vec<Node>) {
    let (required, parts) = conjuncts(all);
    let mut strictest: Vec<Strictest<'_>> = Vec::new();
    strictest.resize_with(variables, Strictest::default);
    let mut is_required = vec![false; atoms.len()];
    for &atom in &required {
        let found = of(atoms, atom);
        if let Some(strictest) = strictest.get_mut(found.variable) {
            strictest.add(&found.check);
        }
        if let Some(is_required) = is_required.get_mut(atom) {
            *is_required = true;
        }
    }
    let passes = |atom: usize| {
        let found = of(atoms, atom);
        let is_implied =
            || strictest.get(found.variable).is_some_and(|strictest| strictest.implies(&found.check));
        is_required.get(atom) == Some(&true) || is_implied()
    };
    let open: Vec<Node> = parts.into_iter().filter_map(|part| part.without(&passes)).collect();
    let (more, parts) = conjuncts(simplified(Node::All(open)));
    let new = more.into_iter().filter(|atom| is_required.get(*atom) == Some(&false));
    (required.iter().copied().chain(new).collect(), parts)
}

/// The atoms of a conjunction, and its other members.
fn conjuncts(all: Node) -> (Vec<usize>, Vec<Node>) {
    let members = match all {
        Node::All(members) => members,
        other => vec![other],
    };
    let (mut atoms, mut parts) = (Vec::new(), Vec::new());
    for member in members {
        match member {
            Node::Atom(atom) => atoms.push(atom),
            other => parts.push(other),
        }
    }
    (atoms, parts)
}

/// Removes the atoms that a stricter one implies.
fn keep_strictest(required: &mut Vec<usize>, atoms: &[Atom<'_>]) {
    let mut strictest = Strictest::default();
    required.iter().for_each(|atom| strictest.add(&of(atoms, *atom).check));
    required.retain(|atom| !strictest.exceeds(&of(atoms, *atom).check));
}

/// The atoms and variables found so far.
struct Found<'s> {
    scorecards: &'s Scorecards,
    atoms: Vec<Atom<'s>>,
    variables: Vec<Variable<'s>>,
    by_bit: HashMap<usize, usize>,
    by_subject: HashMap<&'s Subject, usize>,
}

impl<'s> Found<'s> {
    /// Converts a query, which was compiled to `formula`.
    fn node(&mut self, query: &'s Query, formula: &Formula) -> Node {
        let (Formula::All(formulas) | Formula::Any(formulas)) = formula else {
            unreachable!("a query is compiled to a group");
        };
        let members = query.members.iter().zip(formulas).map(|(member, formula)| match (member, formula) {
            (Member::Condition(condition), Formula::Condition(bit)) => Node::Atom(self.atom(condition, *bit)),
            (Member::Group(group), formula) => self.node(group, formula),
            (Member::Condition(_), _) => unreachable!("a condition is compiled to a number"),
        });
        let members = members.collect();
        match formula {
            Formula::Any(_) => Node::Any(members),
            _ => Node::All(members),
        }
    }

    fn atom(&mut self, condition: &'s Condition, bit: usize) -> usize {
        if let Some(known) = self.by_bit.get(&bit) {
            return *known;
        }
        let variable = self.variable(&condition.subject);
        let index = self.atoms.len();
        let check = Check::new(condition, self.scorecards.as_of());
        self.atoms.push(Atom { condition, check, bit, variable });
        self.by_bit.insert(bit, index);
        index
    }

    #[expect(clippy::expect_used, reason = "compiling the scorecard gave each of its subjects a slot")]
    fn variable(&mut self, subject: &'s Subject) -> usize {
        *self.by_subject.entry(subject).or_insert_with(|| {
            let slot = subject.slot(self.scorecards.wanted()).expect("the subject has a slot");
            self.variables.push(Variable {
                subject,
                slot,
                is_fixed: is_fixed(subject),
                all: Vec::new(),
                required: Vec::new(),
                optional: Vec::new(),
                operands: Operands::default(),
            });
            self.variables.len() - 1
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn condition(property: &str, operator: &str, value: impl Into<Value>) -> Value {
        json!({"property": property, "operator": operator, "value": value.into()})
    }

    fn any(members: &[Value]) -> Value {
        json!({"combinator": "or", "conditions": members})
    }

    /// The required conditions of each property, and the number of parts.
    fn goal_of(queries: &[Value]) -> (Vec<(String, Vec<String>)>, usize) {
        let rules: Vec<Value> = queries
            .iter()
            .enumerate()
            .map(|(index, query)| {
                let query = if query["combinator"].is_null() {
                    any(std::slice::from_ref(query))
                } else {
                    query.clone()
                };
                json!({"identifier": format!("r{index}"), "level": "Gold", "query": query})
            })
            .collect();
        let scorecards =
            Scorecards::of_json(json!([{"identifier": "c", "blueprint": "service", "rules": rules}]));
        let goal = Goal::new(&scorecards, 0, 3);
        let required = |variable: &Variable<'_>| {
            let name = |atom: &usize| {
                let condition = goal.atom(*atom).condition;
                format!("{} {}", condition.operator.name(), condition.operand)
            };
            (variable.subject.to_string(), variable.required.iter().map(name).collect())
        };
        (goal.variables.iter().map(required).collect(), goal.parts.count())
    }

    #[test]
    fn of_the_bounds_that_must_all_pass_only_the_strictest_is_kept() {
        let (required, parts) = goal_of(&[
            condition("a", ">=", 1),
            condition("a", ">", 7),
            condition("b", "=", "x"),
            json!({"combinator": "and", "conditions": [condition("a", ">=", 7), condition("a", "<=", 9)]}),
        ]);
        let texts = |texts: &[&str]| texts.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            required,
            [("a".to_owned(), texts(&["> 7", "<= 9"])), ("b".to_owned(), texts(&["= \"x\""]))]
        );
        assert_eq!(parts, 0);
    }

    #[test]
    fn an_or_of_equal_members_is_required_and_one_that_holds_anyway_is_dropped() {
        let group =
            json!({"combinator": "and", "conditions": [condition("a", ">=", 1), condition("b", ">=", 1)]});
        let (required, parts) = goal_of(&[
            any(&[group.clone(), group]),
            any(&[condition("a", ">", 0), condition("c", "=", 1)]),
            any(&[condition("c", "=", 1), condition("d", "=", 1)]),
        ]);
        assert_eq!(required.iter().map(|(_, all)| all.len()).collect::<Vec<_>>(), [1, 1, 0, 0]);
        assert_eq!(parts, 1);
    }
}
