//! What is true of a scorecard as a whole: which rules can never pass or never fail, and from which level
//! on nobody can climb. Worked out once, so that no check tells again what another has told.

use super::domain::{Builder, Proposition, Scope, Space};
use crate::scorecard::{Definition, Rule};

/// The sets behind a scorecard.
pub(super) struct Facts {
    pub(super) space: Space,
    pub(super) filter: Option<Proposition>,
    /// One a rule.
    pub(super) rules: Vec<Proposition>,
    pub(super) filter_fate: Fate,
    /// One a rule.
    pub(super) fates: Vec<Fate>,
    pub(super) wall: Option<Wall>,
}

/// What can become of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It may pass or fail.
    Open,
    /// It passes on none of these entities.
    Never(Scope),
    /// It passes on none of those that the filter lets in.
    Excluded(Scope),
    /// It passes on every entity that the filter lets in.
    Always,
}

/// The level that nobody reaches, though each of its rules may pass.
#[derive(Debug)]
pub(super) struct Wall {
    pub(super) level: usize,
    pub(super) scope: Scope,
    /// A rule of the level.
    pub(super) rule: usize,
    /// The rule that it excludes, if two are enough.
    pub(super) other: Option<usize>,
}

impl Facts {
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

    /// The filter, where it tells entities apart.
    pub(super) fn context(&self) -> Option<&Proposition> {
        self.filter.as_ref().filter(|_| self.filter_fate == Fate::Open)
    }

    /// Whether every entity that the filter lets in and that meets `premises` meets `conclusion`.
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

    /// Nobody climbs to the level or above it: a rule on the way never passes, or several exclude each
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

    /// Names two rules that exclude each other, where there are such.
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
        Wall { level, scope, rule: here.first().copied().unwrap_or_default(), other: None }
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

/// Indices of the rules whose level `chosen` picks.
pub(super) fn rules_of(
    definition: &Definition,
    chosen: impl Fn(usize) -> bool,
) -> impl Iterator<Item = usize> {
    definition.rules.iter().enumerate().filter(move |(_, rule)| chosen(rule.level)).map(|(index, _)| index)
}

/// The condition that says what a rule is about: the first that is no guard.
pub(super) fn main_condition(rule: &Rule) -> Option<&crate::scorecard::Condition> {
    let conditions = rule.query.conditions();
    conditions.iter().find(|condition| !condition.is_zero_guard()).or(conditions.first()).copied()
}
