//! Analyses a whole scorecard: which rules can never pass or never fail, and which level no entity can reach.
//!
//! All checks share the result, so that two checks do not report the same problem.

use super::domain::{Builder, Proposition, Scope, Space};
use crate::scorecard::{Definition, Rule};

/// A scorecard as propositions, with the results of the analysis.
pub(super) struct Analysis {
    pub(super) space: Space,
    pub(super) filter: Option<Proposition>,
    /// One for each rule.
    pub(super) rules: Vec<Proposition>,
    pub(super) filter_satisfiability: Satisfiability,
    /// One for each rule.
    pub(super) satisfiability: Vec<Satisfiability>,
    pub(super) unreachable: Option<UnreachableLevel>,
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
    /// Another rule that excludes it. `None` if any two rules are possible together, but not all of them.
    pub(super) other: Option<usize>,
}

impl Analysis {
    pub(super) fn new(definition: &Definition) -> Self {
        let mut builder = Builder::default();
        let filter = definition.filter.as_ref().map(|filter| builder.query(filter));
        let rules: Vec<Proposition> =
            definition.rules.iter().map(|rule| builder.query(&rule.query)).collect();
        let space = builder.space(&definition.blueprint);
        let filter_satisfiability =
            filter.as_ref().map_or(Satisfiability::Sometimes, |filter| satisfiability(&space, None, filter));
        let mut analysis = Self {
            space,
            filter,
            rules,
            filter_satisfiability,
            satisfiability: Vec::new(),
            unreachable: None,
        };
        analysis.satisfiability = analysis
            .rules
            .iter()
            .map(|rule| satisfiability(&analysis.space, analysis.context(), rule))
            .collect();
        analysis.unreachable = analysis.find_unreachable(definition);
        analysis
    }

    /// The filter, if it matches some entities and rejects others.
    pub(super) fn context(&self) -> Option<&Proposition> {
        self.filter.as_ref().filter(|_| self.filter_satisfiability == Satisfiability::Sometimes)
    }

    /// Whether each entity that passes the filter and all of `premises` also passes `conclusion`.
    pub(super) fn implies(&self, premises: &[&Proposition], conclusion: &Proposition) -> bool {
        let all: Vec<&Proposition> = premises.iter().copied().chain(self.context()).collect();
        self.space.implies(&all, conclusion)
    }

    fn excludes(&self, propositions: &[&Proposition]) -> Option<Scope> {
        let all: Vec<&Proposition> = propositions.iter().copied().chain(self.context()).collect();
        self.space.excludes(&all)
    }

    /// Whether some entities may pass the rule and others may fail it.
    pub(super) fn is_undecided(&self, rule: usize) -> bool {
        self.satisfiability.get(rule) == Some(&Satisfiability::Sometimes)
    }

    /// Whether no entity can reach the level, because a rule up to this level can never pass or several of these
    /// rules exclude each other.
    pub(super) fn is_out_of_reach(&self, definition: &Definition, level: usize) -> bool {
        self.unreachable.as_ref().is_some_and(|unreachable| unreachable.level <= level)
            || rules_of(definition, |at| at <= level).any(|rule| self.is_impassable(rule))
    }

    fn is_impassable(&self, rule: usize) -> bool {
        matches!(self.satisfiability.get(rule), Some(Satisfiability::Never(_) | Satisfiability::Excluded(_)))
    }

    fn find_unreachable(&self, definition: &Definition) -> Option<UnreachableLevel> {
        for level in 1..definition.levels.len() {
            if rules_of(definition, |at| at == level).any(|rule| self.is_impassable(rule)) {
                return None;
            }
            let so_far: Vec<usize> = rules_of(definition, |at| at <= level).collect();
            let all: Vec<&Proposition> = so_far.iter().filter_map(|&rule| self.rules.get(rule)).collect();
            if let Some(scope) = self.excludes(&all) {
                return Some(self.unreachable_at(definition, level, scope, &so_far));
            }
        }
        None
    }

    /// Describes the unreachable level. Looks for two rules that exclude each other, because they explain it best.
    #[expect(clippy::expect_used, reason = "a level without rules cannot be the first that is unreachable")]
    fn unreachable_at(
        &self,
        definition: &Definition,
        level: usize,
        scope: Scope,
        so_far: &[usize],
    ) -> UnreachableLevel {
        let here: Vec<usize> = rules_of(definition, |at| at == level).collect();
        for &rule in &here {
            for &other in so_far.iter().filter(|other| **other != rule) {
                let (Some(one), Some(two)) = (self.rules.get(rule), self.rules.get(other)) else { continue };
                if let Some(scope) = self.excludes(&[one, two]) {
                    // if both rules are in this level, the later one is reported
                    let (rule, other) = if here.contains(&other) {
                        (rule.max(other), rule.min(other))
                    } else {
                        (rule, other)
                    };
                    return UnreachableLevel { level, scope, rule, other: Some(other) };
                }
            }
        }
        let rule = *here.first().expect("the level has rules");
        UnreachableLevel { level, scope, rule, other: None }
    }
}

fn satisfiability(space: &Space, context: Option<&Proposition>, query: &Proposition) -> Satisfiability {
    if let Some(scope) = space.excludes(&[query]) {
        return Satisfiability::Never(scope);
    }
    let Some(context) = context else {
        return if space.implies(&[], query) { Satisfiability::Always } else { Satisfiability::Sometimes };
    };
    match space.excludes(&[context, query]) {
        Some(scope) => Satisfiability::Excluded(scope),
        None if space.implies(&[context], query) => Satisfiability::Always,
        None => Satisfiability::Sometimes,
    }
}

/// The indices of the rules whose level `chosen` accepts.
pub(super) fn rules_of(
    definition: &Definition,
    chosen: impl Fn(usize) -> bool,
) -> impl Iterator<Item = usize> {
    definition.rules.iter().enumerate().filter(move |(_, rule)| chosen(rule.level)).map(|(index, _)| index)
}

/// The main condition of a rule: the first one that is not a guard such as `total_deployments > 0`.
pub(super) fn main_condition(rule: &Rule) -> Option<&crate::scorecard::Condition> {
    let conditions = rule.query.conditions();
    conditions.iter().find(|condition| !condition.is_zero_guard()).or(conditions.first()).copied()
}
