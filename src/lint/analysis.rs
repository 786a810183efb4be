//! The analysis of a whole scorecard: rules that can never pass or never fail, and the first level that no entity can
//! reach. Done once for all checks, so that no check reports a finding of another again.

use super::domain::{Builder, Proposition, Scope, Space};
use crate::scorecard::{Definition, Rule};

/// A scorecard as propositions, and the claims about them.
pub(super) struct Analysis {
    pub(super) space: Space,
    pub(super) filter: Option<Proposition>,
    /// One for each rule.
    pub(super) rules: Vec<Proposition>,
    pub(super) filter_fate: Fate,
    /// One for each rule.
    pub(super) fates: Vec<Fate>,
    pub(super) wall: Option<Wall>,
}

/// The possible results of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It may pass or fail.
    Open,
    /// It passes for none of these entities.
    Never(Scope),
    /// It passes for none of these entities that the filter matches.
    Excluded(Scope),
    /// It passes for every entity that the filter matches.
    Always,
}

/// The first level that no entity reaches, though each of its rules may pass.
#[derive(Debug)]
pub(super) struct Wall {
    pub(super) level: usize,
    pub(super) scope: Scope,
    /// A rule of the level.
    pub(super) rule: usize,
    /// The rule that it excludes, if two are enough.
    pub(super) other: Option<usize>,
}

impl Analysis {
    pub(super) fn new(definition: &Definition) -> Self {
        let mut builder = Builder::default();
        let filter = definition.filter.as_ref().map(|filter| builder.query(filter));
        let rules: Vec<Proposition> =
            definition.rules.iter().map(|rule| builder.query(&rule.query)).collect();
        let space = builder.space(&definition.blueprint);
        let filter_fate = filter.as_ref().map_or(Fate::Open, |filter| fate(&space, None, filter));
        let mut facts = Self { space, filter, rules, filter_fate, fates: Vec::new(), wall: None };
        facts.fates = facts.rules.iter().map(|rule| fate(&facts.space, facts.context(), rule)).collect();
        facts.wall = facts.find_wall(definition);
        facts
    }

    /// The filter, if it matches some entities but not all.
    pub(super) fn context(&self) -> Option<&Proposition> {
        self.filter.as_ref().filter(|_| self.filter_fate == Fate::Open)
    }

    /// Whether every entity that the filter matches and that satisfies `premises` satisfies `conclusion`.
    pub(super) fn implies(&self, premises: &[&Proposition], conclusion: &Proposition) -> bool {
        let all: Vec<&Proposition> = premises.iter().copied().chain(self.context()).collect();
        self.space.implies(&all, conclusion)
    }

    fn excludes(&self, propositions: &[&Proposition]) -> Option<Scope> {
        let all: Vec<&Proposition> = propositions.iter().copied().chain(self.context()).collect();
        self.space.excludes(&all)
    }

    /// The rule may pass or fail.
    pub(super) fn is_open(&self, rule: usize) -> bool {
        self.fates.get(rule) == Some(&Fate::Open)
    }

    /// Whether no entity reaches the level: a rule of it or of a lower level never passes, or several exclude each
    /// other.
    pub(super) fn is_out_of_reach(&self, definition: &Definition, level: usize) -> bool {
        self.wall.as_ref().is_some_and(|wall| wall.level <= level)
            || rules_of(definition, |at| at <= level).any(|rule| self.is_impassable(rule))
    }

    fn is_impassable(&self, rule: usize) -> bool {
        matches!(self.fates.get(rule), Some(Fate::Never(_) | Fate::Excluded(_)))
    }

    fn find_wall(&self, definition: &Definition) -> Option<Wall> {
        for level in 1..definition.levels.len() {
            if rules_of(definition, |at| at == level).any(|rule| self.is_impassable(rule)) {
                return None;
            }
            let so_far: Vec<usize> = rules_of(definition, |at| at <= level).collect();
            let all: Vec<&Proposition> = so_far.iter().filter_map(|&rule| self.rules.get(rule)).collect();
            if let Some(scope) = self.excludes(&all) {
                return Some(self.wall_at(definition, level, scope, &so_far));
            }
        }
        None
    }

    /// The wall, with two rules that exclude each other if there are such.
    #[expect(clippy::expect_used, reason = "the wall is at the first level whose rules add a contradiction")]
    fn wall_at(&self, definition: &Definition, level: usize, scope: Scope, so_far: &[usize]) -> Wall {
        let here: Vec<usize> = rules_of(definition, |at| at == level).collect();
        for &rule in &here {
            for &other in so_far.iter().filter(|other| **other != rule) {
                let (Some(one), Some(two)) = (self.rules.get(rule), self.rules.get(other)) else { continue };
                if let Some(scope) = self.excludes(&[one, two]) {
                    // of two rules of the level, the later is the one to look at
                    let (rule, other) = if here.contains(&other) {
                        (rule.max(other), rule.min(other))
                    } else {
                        (rule, other)
                    };
                    return Wall { level, scope, rule, other: Some(other) };
                }
            }
        }
        let rule = *here.first().expect("a level without rules excludes nothing more than the one below");
        Wall { level, scope, rule, other: None }
    }
}

fn fate(space: &Space, context: Option<&Proposition>, query: &Proposition) -> Fate {
    if let Some(scope) = space.excludes(&[query]) {
        return Fate::Never(scope);
    }
    let Some(context) = context else {
        return if space.implies(&[], query) { Fate::Always } else { Fate::Open };
    };
    match space.excludes(&[context, query]) {
        Some(scope) => Fate::Excluded(scope),
        None if space.implies(&[context], query) => Fate::Always,
        None => Fate::Open,
    }
}

/// The indices of the rules with a level that `chosen` accepts.
pub(super) fn rules_of(
    definition: &Definition,
    chosen: impl Fn(usize) -> bool,
) -> impl Iterator<Item = usize> {
    definition.rules.iter().enumerate().filter(move |(_, rule)| chosen(rule.level)).map(|(index, _)| index)
}

/// The main condition of a rule: the first that is not a guard.
pub(super) fn main_condition(rule: &Rule) -> Option<&crate::scorecard::Condition> {
    let conditions = rule.query.conditions();
    conditions.iter().find(|condition| !condition.is_zero_guard()).or(conditions.first()).copied()
}
