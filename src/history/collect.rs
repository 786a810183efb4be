//! Collects the results of a run while it grades, as numbers, to compare them with a baseline at the end.

use super::baseline::Baseline;
use super::catalog::{Blueprint, Grade};
use super::interned::Id;
use super::side::{EntityNames, SideBlock};
use super::text_cache::TextCache;
use crate::grade::{Graded, Outcome};
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::convert::Infallible;

/// Collects the results of one thread.
pub(crate) struct Collector<'b> {
    baseline: &'b Baseline,
    /// The numbers of results, so that few results need the lock of the catalog.
    grades: HashMap<Key, Id<Grade>, FixedState>,
    blueprints: TextCache<Id<Blueprint>>,
}

/// A result: the scorecard, the level, whether it has no data, and one bit for each rule that passes.
type Key = (usize, usize, bool, u128);

/// The maximum number of results in a cache.
const MOST_GRADES: usize = 4096;

impl<'b> Collector<'b> {
    pub(crate) fn new(baseline: &'b Baseline) -> Self {
        Self { baseline, grades: HashMap::default(), blueprints: TextCache::default() }
    }

    /// Adds an entity with its results.
    pub(crate) fn add(&mut self, graded: &Graded<'_>, block: &mut SideBlock) {
        let Self { baseline, grades, blueprints } = self;
        let entity = graded.entity();
        let blueprint = match graded.outcomes().next() {
            Some(outcome) => baseline.scorecard(outcome.index()).blueprint,
            None => {
                let name = graded.blueprint();
                let number = || Ok::<_, Infallible>(baseline.catalog.lock().blueprint(name));
                let Ok(blueprint) = blueprints.get(name, number);
                blueprint
            }
        };
        let (identifier, title) = (entity.identifier(), entity.title());
        let names = EntityNames { identifier, title, blueprint, teams: None };
        let results = graded.outcomes().map(|outcome| {
            let held = outcome.standing().map(|_| held(baseline, grades, &outcome));
            (baseline.card(outcome.index()), held)
        });
        block.push(names, results);
    }
}

/// The number of a result, which is applicable.
#[expect(clippy::expect_used, reason = "the caller checks that it is applicable")]
fn held(
    baseline: &Baseline,
    grades: &mut HashMap<Key, Id<Grade>, FixedState>,
    outcome: &Outcome<'_>,
) -> Id<Grade> {
    let standing = outcome.standing().expect("the scorecard applies");
    let (level, no_data) = (standing.level, standing.no_data.is_some());
    let passes = || outcome.rules().map(|(_, passes)| passes);
    let number = || baseline.scorecard(outcome.index()).grade(level, no_data, passes(), &baseline.catalog);
    if outcome.scorecard().rules.len() > 128 {
        return number();
    }
    let bits = passes().fold(0_u128, |bits, passes| bits << 1 | u128::from(passes));
    let key = (outcome.index(), level, no_data, bits);
    if let Some(grade) = grades.get(&key) {
        return *grade;
    }
    let grade = number();
    if grades.len() < MOST_GRADES {
        grades.insert(key, grade);
    }
    grade
}
