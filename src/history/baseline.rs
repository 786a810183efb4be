//! The result that a run of `evaluate` is compared with while it grades.

use super::catalog::{Catalog, SharedCatalog, Title};
use super::collect::Collector;
use super::compare::{Absence, Diff};
use super::fail_on::{FailOn, FailRule};
use super::interned::Id;
use super::order::summary_of;
use super::run_scorecard::RunScorecard;
use super::scorecards::scorecards;
use super::selection::Selection;
use super::side::{EntityNumber, Side, SideBlock};
use crate::diagnostic::{Diagnostic, Problems};
use crate::grade::Tally;
use crate::result::{BaselineRecord, Earlier, EarlierEntity, Summary, Was};
use crate::scorecard::{Definition, Scorecards};
use crate::value::Instant;

/// A baseline, with the numbers of the scorecards and levels of the run.
pub(crate) struct Baseline {
    before: Side,
    catalog: SharedCatalog,
    selection: Selection,
    absence: Absence,
    record: BaselineRecord,
    /// The scorecards of the run, in the order of the definitions.
    scorecards: Vec<RunScorecard>,
    /// Whether the baseline has another definition of each.
    has_other_definition: Vec<bool>,
    /// The summary of the run, without counts.
    summary: Summary,
    as_of: Instant,
    /// The titles of levels by their number, as far as the baseline has them.
    titles: Vec<Box<str>>,
    /// The level of each grade of the baseline.
    levels: Vec<Id<Title>>,
}

impl Baseline {
    /// A baseline for a run with these scorecards. The side was read with the catalog and the selection.
    pub(crate) fn new(
        before: Side,
        catalog: SharedCatalog,
        selection: Selection,
        scorecards: &Scorecards,
        absence: Absence,
    ) -> Self {
        let mut numbers = catalog.lock();
        let levels = numbers.grades.values().map(|grade| grade.level).collect();
        let run = RunScorecard::all(scorecards, &mut numbers);
        let has_other_definition = other_definitions(&before, scorecards, &run, &numbers);
        let titles = numbers.titles.values().map(|title| title.0.clone()).collect();
        drop(numbers);
        Self {
            record: BaselineRecord::new(before.name.as_str(), before.document.as_of),
            scorecards: run,
            has_other_definition,
            summary: Summary::new(scorecards, &Tally::new(scorecards, true)),
            as_of: scorecards.as_of(),
            before,
            catalog,
            selection,
            absence,
            titles,
            levels,
        }
    }

    /// The side of the run, without entities. `name` is the name of its input.
    pub(crate) fn after(&self, name: &str) -> Side {
        let mut after = Side::new(name);
        after.document.as_of = Some(self.as_of);
        after.document.summary = Some(self.summary.clone());
        after
    }

    /// Adds the results of a block of the run.
    ///
    /// # Errors
    /// Returns a problem if an entity comes twice.
    pub(crate) fn absorb(&self, after: &mut Side, block: &SideBlock) -> Result<(), Diagnostic> {
        after.absorb(block, |blueprint| self.catalog.blueprint_name(blueprint))
    }

    /// Checks the options before the run.
    ///
    /// # Errors
    /// Those of [`FailRule::new`].
    pub(crate) fn check(&self, fail_on: &[FailOn]) -> Result<(), Problems> {
        let after = self.after("");
        let mut catalog = self.catalog.lock();
        let cards = scorecards(&self.before, &after, &mut catalog, &[], |name| {
            self.selection.selects_scorecard(name)
        })?;
        FailRule::new(fail_on, &Diff::uncompared(&self.before, &after, &catalog, cards)).map(drop)
    }

    /// Compares the run with the baseline.
    ///
    /// # Errors
    /// Returns a problem if the baseline has a level that the scorecard of the run lacks.
    pub(crate) fn compare<T>(
        &self,
        after: &Side,
        fail_on: &[FailOn],
        then: impl FnOnce(&FailRule<'_>) -> T,
    ) -> Result<T, Problems> {
        let mut catalog = self.catalog.lock();
        let cards = scorecards(&self.before, after, &mut catalog, &[], |name| {
            self.selection.selects_scorecard(name)
        })?;
        let diff = Diff::new(&self.before, after, &catalog, cards, self.absence);
        let rule = FailRule::new(fail_on, &diff)?;
        Ok(then(&rule))
    }

    /// A collector of the results of the run.
    pub(crate) fn collector(&self) -> Collector<'_> {
        Collector::new(&self.catalog, &self.scorecards)
    }

    /// The numbers of the scorecard with this index.
    #[expect(clippy::expect_used, reason = "`new` numbers every scorecard of the run")]
    pub(super) fn scorecard(&self, index: usize) -> &RunScorecard {
        self.scorecards.get(index).expect("the scorecard has numbers")
    }
}

/// Whether the baseline has another definition of each scorecard of the run.
fn other_definitions(
    before: &Side,
    scorecards: &Scorecards,
    cards: &[RunScorecard],
    catalog: &Catalog,
) -> Vec<bool> {
    let told = before.document.summary.as_ref();
    let is_other = |(definition, numbers): (&Definition, &RunScorecard)| {
        let digest = told.and_then(|told| summary_of(catalog, told, numbers.card)?.digest.as_ref());
        digest.is_some_and(|digest| *digest != definition.digest())
    };
    scorecards.definitions().iter().zip(cards).map(is_other).collect()
}

impl Earlier for Baseline {
    fn record(&self) -> &BaselineRecord {
        &self.record
    }

    fn find(&self, scorecard: usize, identifier: &str) -> Option<EarlierEntity> {
        let number = self.before.find(self.scorecard(scorecard).blueprint, identifier)?;
        Some(EarlierEntity(number.number()))
    }

    #[expect(clippy::expect_used, reason = "`new` copies the levels of all grades of the baseline")]
    fn level(&self, entity: EarlierEntity, scorecard: usize) -> Option<Was<'_>> {
        let RunScorecard { card, place, .. } = self.scorecard(scorecard);
        let results = self.before.results(EntityNumber::of(entity.0));
        let expected = results.get(*place).filter(|(known, _)| known == card);
        let (_, held) = expected.or_else(|| results.iter().find(|(known, _)| known == card))?;
        let Some(grade) = held else { return Some(Was::NotApplicable) };
        let level = self.levels.get(grade.index()).expect("the level is known");
        let title = self.titles.get(level.index()).expect("the title is known");
        Some(Was::Level((&**title).into()))
    }

    fn has_other_definition(&self, scorecard: usize) -> bool {
        self.has_other_definition.get(scorecard) == Some(&true)
    }
}
