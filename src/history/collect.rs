//! Collects the results of a run while it grades, as numbers, to compare them at the end.

use super::catalog::{Blueprint, Card, Grade, Held, SharedCatalog, Teams};
use super::interned::Id;
use super::run_scorecard::RunScorecard;
use super::side::{EntityNames, SideBlock};
use super::text_cache::TextCache;
use crate::entity::Entity;
use crate::grade::{Graded, Outcome};
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::convert::Infallible;

/// Collects the results of one thread.
pub(crate) struct Collector<'c> {
    catalog: &'c SharedCatalog,
    /// The scorecards of the run.
    scorecards: &'c [RunScorecard],
    /// The numbers of results, so that few results need the lock of the catalog.
    grades: HashMap<Key, Id<Grade>, FixedState>,
    blueprints: TextCache<Id<Blueprint>>,
    /// The numbers of lists of teams; `None` if teams are not kept.
    teams: Option<HashMap<Teams, Id<Teams>, FixedState>>,
}

/// A result: the scorecard, the level, whether it has no data, and one bit for each rule that passes.
type Key = (usize, usize, bool, u128);

/// The maximum number of results, and of lists of teams, in a cache.
const MOST: usize = 4096;

impl<'c> Collector<'c> {
    /// A collector that does not keep teams.
    pub(super) fn new(catalog: &'c SharedCatalog, scorecards: &'c [RunScorecard]) -> Self {
        let (grades, blueprints) = (HashMap::default(), TextCache::default());
        Self { catalog, scorecards, grades, blueprints, teams: None }
    }

    /// A collector that also keeps teams.
    pub(super) fn with_teams(self) -> Self {
        Self { teams: Some(HashMap::default()), ..self }
    }

    /// Adds an entity with its results.
    pub(crate) fn add(&mut self, graded: &Graded<'_>, block: &mut SideBlock) {
        let entity = graded.entity();
        let (identifier, title) = (entity.identifier(), entity.title());
        let (blueprint, teams) = (self.blueprint(graded), self.teams(entity));
        let names = EntityNames { identifier, title, blueprint, teams };
        let Self { catalog, scorecards, grades, .. } = self;
        block.push(names, graded.outcomes().map(|outcome| result(catalog, scorecards, grades, &outcome)));
    }

    fn blueprint(&mut self, graded: &Graded<'_>) -> Id<Blueprint> {
        if let Some(outcome) = graded.outcomes().next() {
            return numbers(self.scorecards, &outcome).blueprint;
        }
        let name = graded.blueprint();
        let number = || Ok::<_, Infallible>(self.catalog.lock().blueprint(name));
        let Ok(blueprint) = self.blueprints.get(name, number);
        blueprint
    }

    fn teams(&mut self, entity: &Entity<'_>) -> Option<Id<Teams>> {
        let known = self.teams.as_mut()?;
        let teams = Teams(entity.team().iter().map(|name| Box::from(name.as_ref())).collect());
        if let Some(id) = known.get(&teams) {
            return Some(*id);
        }
        let id = self.catalog.lock().teams.intern(teams.clone());
        if known.len() < MOST {
            known.insert(teams, id);
        }
        Some(id)
    }
}

#[expect(clippy::expect_used, reason = "every scorecard of the run has numbers")]
fn numbers<'c>(scorecards: &'c [RunScorecard], outcome: &Outcome<'_>) -> &'c RunScorecard {
    scorecards.get(outcome.index()).expect("the scorecard has numbers")
}

/// The numbers of the scorecard and of the result.
fn result(
    catalog: &SharedCatalog,
    scorecards: &[RunScorecard],
    grades: &mut HashMap<Key, Id<Grade>, FixedState>,
    outcome: &Outcome<'_>,
) -> (Id<Card>, Held) {
    let numbers = numbers(scorecards, outcome);
    let Some(standing) = outcome.standing() else { return (numbers.card, None) };
    let (level, no_data) = (standing.level, standing.no_data.is_some());
    let passes = || outcome.rules().map(|(_, passes)| passes);
    if outcome.scorecard().rules.len() > 128 {
        return (numbers.card, Some(numbers.grade(level, no_data, passes(), catalog)));
    }
    let bits = passes().fold(0_u128, |bits, passes| bits << 1 | u128::from(passes));
    let key = (outcome.index(), level, no_data, bits);
    if let Some(grade) = grades.get(&key) {
        return (numbers.card, Some(*grade));
    }
    let grade = numbers.grade(level, no_data, passes(), catalog);
    if grades.len() < MOST {
        grades.insert(key, grade);
    }
    (numbers.card, Some(grade))
}
