//! The numbers of the scorecards that grade a run.

use super::catalog::{
    Blueprint, Card, Catalog, Grade, ListedRule, RuleList, RuleName, RuleStates, SharedCatalog, Title,
};
use super::interned::Id;
use crate::scorecard::{Definition, Scorecards};
use std::collections::HashMap;

/// The numbers of a scorecard of a run.
pub(super) struct RunScorecard {
    pub(super) blueprint: Id<Blueprint>,
    pub(super) card: Id<Card>,
    /// Its place among the scorecards of its blueprint, where the results of an entity usually have it.
    pub(super) place: usize,
    levels: Vec<Id<Title>>,
    rules: Id<RuleList>,
}

impl RunScorecard {
    /// The numbers of all scorecards, in the order of the definitions.
    pub(super) fn all(scorecards: &Scorecards, catalog: &mut Catalog) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let mut counts: HashMap<Id<Blueprint>, usize> = HashMap::new();
        for definition in scorecards.definitions() {
            let blueprint = catalog.blueprint(&definition.blueprint);
            let count = counts.entry(blueprint).or_default();
            all.push(Self::new(definition, *count, catalog));
            *count += 1;
        }
        all
    }

    fn new(definition: &Definition, place: usize, catalog: &mut Catalog) -> Self {
        let blueprint = catalog.blueprint(&definition.blueprint);
        let card = catalog.card(blueprint, &definition.identifier);
        let levels: Vec<Id<Title>> =
            definition.levels.iter().map(|level| catalog.title(&level.title)).collect();
        let rules = definition.rules.iter().map(|rule| {
            let name = catalog.rules.intern(RuleName(rule.identifier.as_str().into()));
            ListedRule { name, level: levels.get(rule.level).copied() }
        });
        let list = RuleList(rules.collect());
        let rules = catalog.rule_lists.intern(list);
        Self { blueprint, card, place, levels, rules }
    }

    /// The number of a result.
    #[expect(clippy::expect_used, reason = "a result has a level of its scorecard")]
    pub(super) fn grade(
        &self,
        level: usize,
        no_data: bool,
        passes: impl Iterator<Item = bool>,
        catalog: &SharedCatalog,
    ) -> Id<Grade> {
        let title = *self.levels.get(level).expect("the scorecard has the level");
        let rank = Some(u32::try_from(level).expect("there are fewer than four billion levels"));
        let rules = Some(RuleStates::new(self.rules, passes));
        let grade = Grade { level: title, rank, no_data: Some(no_data), rules };
        catalog.lock().grades.intern(grade)
    }
}
