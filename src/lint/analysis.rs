//! Analyses a whole scorecard: which rules can never pass or never fail, and which level no entity can reach.
//!
//! All checks share the result, so that two checks do not report the same problem.

use super::domain::{Budget, Builder, Premises, Proposition, Scope, Space};
use crate::scorecard::{Condition, Definition, Rule};

/// A scorecard as propositions, with the results of the analysis.
pub(super) struct Analysis {
    pub(super) space: Space,
    pub(super) filter: Option<Proposition>,
    /// One for each rule.
    pub(super) rules: Vec<Proposition>,
    /// For each level, the indices of its rules.
    pub(super) levels: Vec<Vec<usize>>,
    pub(super) filter_satisfiability: Satisfiability,
    /// One for each rule.
    pub(super) satisfiability: Vec<Satisfiability>,
    pub(super) unreachable: Option<UnreachableLevel>,
    /// The lowest level that no entity can reach.
    first_out_of_reach: Option<usize>,
}

/// Whether entities can pass a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Satisfiability {
    /// Some entities may pass it and others may fail it.
    Sometimes,
    /// No entity in the scope can pass it.
    Never(Scope),
    /// No entity in the scope that matches the filter can pass it.
    Excluded(Scope),
    /// All entities that match the filter pass it.
    Always,
}

/// The first level that no entity can reach, although each of its rules can pass.
#[derive(Debug)]
pub(super) struct UnreachableLevel {
    pub(super) level: usize,
    pub(super) scope: Scope,
    /// A rule of the level.
    pub(super) rule: usize,
    /// Another rule that excludes it. `None` if no two rules are known to exclude each other, but only all of them.
    pub(super) other: Option<usize>,
}

impl Analysis {
    pub(super) fn new(definition: &Definition, budget: Budget) -> Self {
        let mut builder = Builder::default();
        let filter = definition.filter.as_ref().map(|filter| builder.query(filter));
        let rules: Vec<Proposition> =
            definition.rules.iter().map(|rule| builder.query(&rule.query)).collect();
        let space = builder.space(&definition.blueprint, budget);
        let nothing = Premises::default();
        let filter_satisfiability = filter
            .as_ref()
            .map_or(Satisfiability::Sometimes, |filter| satisfiability(&space, &nothing, filter));
        let mut levels = vec![Vec::new(); definition.levels.len()];
        for (index, rule) in definition.rules.iter().enumerate() {
            if let Some(rules) = levels.get_mut(rule.level) {
                rules.push(index);
            }
        }
        let mut analysis = Self {
            space,
            filter,
            rules,
            levels,
            filter_satisfiability,
            satisfiability: Vec::new(),
            unreachable: None,
            first_out_of_reach: None,
        };
        analysis.satisfiability = {
            let context = analysis.context_premises();
            analysis.rules.iter().map(|rule| satisfiability(&analysis.space, &context, rule)).collect()
        };
        analysis.unreachable = analysis.find_unreachable();
        let impassable = |rules: &Vec<usize>| rules.iter().any(|rule| analysis.is_impassable(*rule));
        let unreachable = analysis.unreachable.as_ref().map(|unreachable| unreachable.level);
        analysis.first_out_of_reach =
            analysis.levels.iter().position(impassable).into_iter().chain(unreachable).min();
        analysis
    }

    /// The filter, if it matches some entities and rejects others.
    pub(super) fn context(&self) -> Option<&Proposition> {
        self.filter.as_ref().filter(|_| self.filter_satisfiability == Satisfiability::Sometimes)
    }

    /// The filter as premises, if it matches some entities and rejects others.
    pub(super) fn context_premises(&self) -> Premises<'_> {
        Premises::of(&self.space, self.context())
    }

    /// Whether some entities may pass the rule and others may fail it.
    pub(super) fn is_undecided(&self, rule: usize) -> bool {
        self.satisfiability.get(rule) == Some(&Satisfiability::Sometimes)
    }

    /// Whether no entity can reach the level, because a rule up to this level can never pass or several of these
    /// rules exclude each other.
    pub(super) fn is_out_of_reach(&self, level: usize) -> bool {
        self.first_out_of_reach.is_some_and(|first| first <= level)
    }

    fn is_impassable(&self, rule: usize) -> bool {
        matches!(self.satisfiability.get(rule), Some(Satisfiability::Never(_) | Satisfiability::Excluded(_)))
    }

    #[expect(clippy::expect_used, reason = "each rule of the definition is a proposition")]
    pub(super) fn rule(&self, rule: usize) -> &Proposition {
        self.rules.get(rule).expect("the scorecard has the rule")
    }

    fn find_unreachable(&self) -> Option<UnreachableLevel> {
        let mut premises = self.context_premises();
        for (level, rules) in self.levels.iter().enumerate().filter(|(_, rules)| !rules.is_empty()) {
            if rules.iter().any(|rule| self.is_impassable(*rule)) {
                return None;
            }
            rules.iter().for_each(|rule| premises.add(&self.space, self.rule(*rule)));
            if let Some(scope) = self.space.excludes_all(&premises) {
                return Some(self.unreachable_at(level, scope));
            }
        }
        None
    }

    /// Describes the unreachable level. Looks for two rules that exclude each other, because they explain it best.
    #[expect(clippy::expect_used, reason = "a level without rules cannot be the first that is unreachable")]
    fn unreachable_at(&self, level: usize, scope: Scope) -> UnreachableLevel {
        let here = self.levels.get(level).map_or(&[][..], Vec::as_slice);
        let mut so_far: Vec<usize> = self.levels.iter().take(level + 1).flatten().copied().collect();
        so_far.sort_unstable();
        let context = self.context_premises();
        let fields: Vec<Vec<usize>> = self.rules.iter().map(|rule| self.space.fields_of(rule)).collect();
        let fields_of = |rule: usize| fields.get(rule).map_or(&[][..], Vec::as_slice);
        // two rules with different fields are independent, unless the filter connects the fields
        let are_related = |one: usize, other: usize| {
            let (one, other) = (fields_of(one), fields_of(other));
            one.iter().any(|field| other.binary_search(field).is_ok())
                || !context.is_empty()
                    && [one, other].iter().all(|fields| fields.iter().any(|field| context.mention(*field)))
        };
        for &rule in here {
            for &other in so_far.iter().filter(|other| **other != rule) {
                if !self.space.budget.take(1) {
                    break;
                }
                if !are_related(rule, other) {
                    continue;
                }
                if let Some(scope) = self.space.excludes(&context, &[self.rule(rule), self.rule(other)]) {
                    // if both rules are in this level, the later one is reported
                    let (rule, other) = match here.binary_search(&other) {
                        Ok(_) => (rule.max(other), rule.min(other)),
                        Err(_) => (rule, other),
                    };
                    return UnreachableLevel { level, scope, rule, other: Some(other) };
                }
            }
        }
        let rule = *here.first().expect("the level has rules");
        UnreachableLevel { level, scope, rule, other: None }
    }
}

fn satisfiability(space: &Space, context: &Premises<'_>, query: &Proposition) -> Satisfiability {
    let nothing = Premises::default();
    if let Some(scope) = space.excludes(&nothing, &[query]) {
        return Satisfiability::Never(scope);
    }
    if !context.is_empty()
        && let Some(scope) = space.excludes(context, &[query])
    {
        return Satisfiability::Excluded(scope);
    }
    if space.implies(context, &[], query) { Satisfiability::Always } else { Satisfiability::Sometimes }
}

/// The main condition of a rule: the first one that is not a guard such as `total_deployments > 0`.
pub(super) fn main_condition(rule: &Rule) -> Option<&Condition> {
    let conditions = rule.query.conditions();
    conditions.iter().find(|condition| !condition.is_zero_guard()).or(conditions.first()).copied()
}
