//! What the results of all sides consist of: scorecards, levels and rules, each stored once. A result is then only a
//! number, and two results are the same if their numbers are.

use super::interned::{Id, Interned};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A blueprint.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Blueprint(pub(crate) Box<str>);

/// The title of a level.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Title(pub(crate) Box<str>);

/// The identifier of a rule.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct RuleName(pub(crate) Box<str>);

/// The teams of an entity, in its order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Teams(pub(crate) Box<[Box<str>]>);

/// A scorecard: results in it are compared.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Card {
    /// The blueprint of the entities that it grades.
    pub(crate) blueprint: Id<Blueprint>,
    pub(crate) identifier: Box<str>,
}

/// A rule of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ListedRule {
    pub(crate) name: Id<RuleName>,
    /// Its level, if the result tells it.
    pub(crate) level: Option<Id<Title>>,
}

/// The rules that a result lists, in its order.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct RuleList(pub(crate) Box<[ListedRule]>);

/// A result in one scorecard, without the entity that has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Grade {
    pub(crate) level: Id<Title>,
    /// The rank of the level, if the result tells it.
    pub(crate) rank: Option<u32>,
    /// Whether it has no data, if the result tells it.
    pub(crate) no_data: Option<bool>,
    /// The rules, if the result lists them.
    pub(crate) rules: Option<RuleStates>,
}

/// The result of an entity in a scorecard; `None` if the scorecard does not apply.
pub(crate) type Held = Option<Id<Grade>>;

/// Which rules of a list pass.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct RuleStates {
    pub(crate) list: Id<RuleList>,
    /// One bit for each rule of the list.
    passing: Box<[u64]>,
}

impl RuleStates {
    /// The states of the rules of a list: whether each one passes.
    pub(super) fn new(list: Id<RuleList>, passes: impl IntoIterator<Item = bool>) -> Self {
        let mut words: Vec<u64> = Vec::new();
        for (index, passes) in passes.into_iter().enumerate() {
            if index % 64 == 0 {
                words.push(0);
            }
            if let Some(word) = words.last_mut() {
                *word |= u64::from(passes) << (index % 64);
            }
        }
        Self { list, passing: words.into() }
    }

    /// Whether the rule at this index of the list passes.
    #[expect(clippy::expect_used, reason = "`new` makes a bit for each rule")]
    pub(crate) fn passes(&self, index: usize) -> bool {
        self.passing.get(index / 64).expect("every rule has a bit") >> (index % 64) & 1 == 1
    }
}

/// The parts of the results of all sides.
#[derive(Debug, Default)]
pub(crate) struct Catalog {
    pub(crate) blueprints: Interned<Blueprint>,
    pub(crate) cards: Interned<Card>,
    pub(crate) titles: Interned<Title>,
    pub(crate) teams: Interned<Teams>,
    pub(crate) rules: Interned<RuleName>,
    pub(crate) rule_lists: Interned<RuleList>,
    pub(crate) grades: Interned<Grade>,
}

impl Catalog {
    /// The number of a blueprint.
    pub(super) fn blueprint(&mut self, name: &str) -> Id<Blueprint> {
        self.blueprints.intern(Blueprint(name.into()))
    }

    /// The number of a scorecard.
    pub(super) fn card(&mut self, blueprint: Id<Blueprint>, identifier: &str) -> Id<Card> {
        self.cards.intern(Card { blueprint, identifier: identifier.into() })
    }

    /// The number of a scorecard, if it is known.
    pub(super) fn find_card(&self, blueprint: &str, identifier: &str) -> Option<Id<Card>> {
        let blueprint = self.blueprints.find(&Blueprint(blueprint.into()))?;
        self.cards.find(&Card { blueprint, identifier: identifier.into() })
    }

    /// The number of a level.
    pub(super) fn title(&mut self, title: &str) -> Id<Title> {
        self.titles.intern(Title(title.into()))
    }

    /// The names of teams.
    pub(crate) fn team_names(&self, teams: Option<Id<Teams>>) -> impl Iterator<Item = &str> {
        let teams = teams.map(|teams| &self.teams.get(teams).0);
        teams.into_iter().flatten().map(|team| &**team)
    }

    /// The rules of a grade, in its order, each with whether it passes; none if it lists no rules.
    pub(crate) fn rules_of<'c>(&'c self, grade: &'c Grade) -> impl Iterator<Item = (ListedRule, bool)> + 'c {
        grade.rules.iter().flat_map(|states| {
            let list = self.rule_lists.get(states.list).0.iter().enumerate();
            list.map(|(index, rule)| (*rule, states.passes(index)))
        })
    }
}

/// A catalog that several threads fill.
#[derive(Debug, Default)]
pub(crate) struct SharedCatalog(Mutex<Catalog>);

impl SharedCatalog {
    pub(crate) fn lock(&self) -> MutexGuard<'_, Catalog> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The name of a blueprint.
    pub(super) fn blueprint_name(&self, blueprint: Id<Blueprint>) -> String {
        self.lock().blueprints.get(blueprint).0.to_string()
    }

    /// The catalog, when it is complete.
    pub(crate) fn into_catalog(self) -> Catalog {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_its_own_bit() {
        let passes = |index: usize| index.is_multiple_of(3);
        let mut catalog = Catalog::default();
        let mut rule = |n: usize| catalog.rules.intern(RuleName(n.to_string().into()));
        let list = (0..200).map(|n| ListedRule { name: rule(n), level: None }).collect();
        let list = catalog.rule_lists.intern(RuleList(list));
        let states = RuleStates::new(list, (0..200).map(passes));
        assert!((0..200).all(|index| states.passes(index) == passes(index)));
    }
}
