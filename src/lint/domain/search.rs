//! Searches for an entity that satisfies several propositions at once.
//!
//! The alternatives of an `or` are tried one after the other. A branch ends when the tests chosen so far leave a field
//! without a possible value. A search that takes too many steps returns "possible".

use super::atom::Scope;
use super::field::Literal;
use super::premises::Premises;
use super::proposition::Proposition;
use super::space::Space;
use super::steps::Steps;
use std::collections::{HashMap, HashSet};

/// The maximum number of steps of one search, unless the propositions are large.
const STEPS: u64 = 200_000;
/// The steps of a search that do not depend on its propositions.
const OVERHEAD: u64 = 16;
/// The maximum number of nested alternatives.
const DEPTH: usize = 100;

impl Space {
    /// The entities that satisfy `premises`, but cannot satisfy all of `propositions`. `None` if some entity may
    /// satisfy them all. It is not checked whether an entity satisfies `premises`.
    pub(in crate::lint) fn excludes(
        &self,
        premises: &Premises<'_>,
        propositions: &[&Proposition],
    ) -> Option<Scope> {
        let is_possible = |&scope: &Scope| possible(self, premises, propositions, scope);
        [Scope::Every, Scope::WithoutArrays].into_iter().find(|scope| !is_possible(scope))
    }

    /// Whether each entity that satisfies `premises` and all of `propositions` also satisfies `conclusion`.
    pub(in crate::lint) fn implies(
        &self,
        premises: &Premises<'_>,
        propositions: &[&Proposition],
        conclusion: &Proposition,
    ) -> bool {
        let negation = conclusion.negated();
        let mut all = propositions.to_vec();
        all.push(&negation);
        !possible(self, premises, &all, Scope::Every)
    }

    /// The entities that cannot satisfy `premises`. `None` if some entity may satisfy them.
    pub(in crate::lint) fn excludes_all(&self, premises: &Premises<'_>) -> Option<Scope> {
        [Scope::Every, Scope::WithoutArrays].into_iter().find(|&scope| {
            let is_possible = |choices: &[&Proposition]| {
                possible(self, premises, choices.get(..1).unwrap_or_default(), scope)
            };
            let field_is_possible = |field: usize| {
                let mut steps = self.budget.start(steps_for(premises.literals(field).len()));
                let admits = self.field(field).admits(premises.literals(field), scope, &mut steps);
                self.budget.give_back(&steps);
                admits
            };
            premises.is_contradictory
                || !premises.fields().all(field_is_possible)
                || !premises.groups().all(is_possible)
        })
    }
}

/// The maximum number of steps of a search for propositions with this number of tests.
fn steps_for(tests: usize) -> u64 {
    STEPS.max(64 * tests as u64)
}

/// Whether some entity may satisfy `premises` and all of `propositions`, if some entity satisfies `premises`.
fn possible(space: &Space, premises: &Premises<'_>, propositions: &[&Proposition], scope: Scope) -> bool {
    if premises.is_contradictory {
        return false;
    }
    let mut fields: Vec<usize> =
        propositions.iter().flat_map(|proposition| space.fields_of(proposition)).collect();
    fields.sort_unstable();
    fields.dedup();
    let tests = propositions.iter().map(|proposition| proposition.size()).sum::<usize>()
        + fields.iter().map(|field| premises.literals(*field).len()).sum::<usize>();
    let mut steps = space.budget.start(steps_for(tests));
    let found = !steps.take(OVERHEAD) || {
        // the alternatives of `propositions` may be among those of the premises; to choose twice changes nothing
        let choices = premises.connected(&fields);
        let (added, known, trail) = (HashMap::new(), HashSet::new(), Vec::new());
        let mut search = Search { space, scope, premises, added, known, trail, choices, steps };
        let found = search.branch(propositions.to_vec(), 0);
        steps = search.steps;
        found
    };
    space.budget.give_back(&steps);
    found
}

/// One search: a depth-first walk over the alternatives.
struct Search<'s, 'p> {
    space: &'s Space,
    scope: Scope,
    premises: &'s Premises<'p>,
    /// The tests chosen in this branch, by field, in addition to the premises.
    added: HashMap<usize, Vec<Literal>>,
    /// The same tests, each with its field.
    known: HashSet<(usize, Literal)>,
    /// The fields of the tests in `added`, in the order in which they were chosen.
    trail: Vec<usize>,
    /// The alternatives that are not decided yet.
    choices: Vec<&'s Proposition>,
    steps: Steps,
}

impl<'s> Search<'s, '_> {
    /// Whether some entity may satisfy the tests chosen so far, all `pending` propositions and all `choices`.
    fn branch(&mut self, pending: Vec<&'s Proposition>, depth: usize) -> bool {
        if depth > DEPTH || !self.steps.take(pending.len() as u64) {
            return true;
        }
        let (mark, choices) = (self.trail.len(), self.choices.len());
        let found = self.assume(pending) && self.are_fields_possible(mark) && self.decide(depth);
        self.choices.truncate(choices);
        for field in self.trail.drain(mark..) {
            if let Some(literal) = self.added.get_mut(&field).and_then(Vec::pop) {
                self.known.remove(&(field, literal));
            }
        }
        found
    }

    /// Adds propositions to the branch. Returns `false` if a test must both hold and fail.
    fn assume(&mut self, mut pending: Vec<&'s Proposition>) -> bool {
        while let Some(proposition) = pending.pop() {
            match proposition {
                Proposition::Literal(atom, holds) => {
                    let (field, test) = self.space.place(*atom);
                    let literal = (test, *holds);
                    let has =
                        |literal| self.known.contains(&(field, literal)) || self.premises.has(field, literal);
                    if has((test, !holds)) {
                        return false;
                    }
                    if !has(literal) {
                        self.known.insert((field, literal));
                        self.added.entry(field).or_default().push(literal);
                        self.trail.push(field);
                    }
                }
                Proposition::All(members) => pending.extend(members),
                Proposition::Any(_) => self.choices.push(proposition),
            }
        }
        true
    }

    /// Whether the fields of the tests chosen since `mark` may have a value.
    fn are_fields_possible(&mut self, mark: usize) -> bool {
        let mut fields: Vec<usize> = self.trail.iter().skip(mark).copied().collect();
        fields.sort_unstable();
        fields.dedup();
        fields.into_iter().all(|field| {
            let added = self.added.get(&field).map_or(&[][..], Vec::as_slice);
            let literals = [self.premises.literals(field), added].concat();
            self.space.field(field).admits(&literals, self.scope, &mut self.steps)
        })
    }

    /// Tries the members of one choice, each with all other choices.
    fn decide(&mut self, depth: usize) -> bool {
        let Some(choice) = self.choices.pop() else { return true };
        let found = match choice {
            Proposition::Any(members) => members.iter().any(|member| self.branch(vec![member], depth + 1)),
            _ => unreachable!("a choice has alternatives"),
        };
        self.choices.push(choice);
        found
    }
}
