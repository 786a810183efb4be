//! The result that a run of `evaluate` is compared with while it grades.

use super::catalog::{Blueprint, Card, Catalog, Grade, RuleList, RuleName, RuleStates, SharedCatalog, Title};
use super::compare::{Absence, Diff, scorecards};
use super::fail_on::{FailOn, FailRule};
use super::interned::Id;
use super::order::summary_of;
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
    pub(super) catalog: SharedCatalog,
    selection: Selection,
    absence: Absence,
    record: BaselineRecord,
    /// The scorecards of the run, in the order of the definitions.
    scorecards: Vec<RunScorecard>,
    /// The summary of the run, without counts.
    summary: Summary,
    as_of: Instant,
    /// The titles of levels by their number, as far as the baseline has them.
    titles: Vec<Box<str>>,
    /// The level of each grade of the baseline.
    levels: Vec<Id<Title>>,
}

/// The numbers of a scorecard of the run.
pub(super) struct RunScorecard {
    pub(super) blueprint: Id<Blueprint>,
    card: Id<Card>,
    levels: Vec<Id<Title>>,
    rules: Id<RuleList>,
    has_other_definition: bool,
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
        let told = before.document.summary.as_ref();
        let definitions = scorecards.definitions().iter();
        let run = definitions.map(|one| RunScorecard::new(one, told, &mut numbers)).collect();
        let titles = numbers.titles.values().map(|title| title.0.clone()).collect();
        drop(numbers);
        let as_of = before.document.as_of.map(|as_of| as_of.to_string());
        Self {
            record: BaselineRecord { file: before.name.clone(), as_of },
            scorecards: run,
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

    /// The numbers of the scorecard with this index.
    #[expect(clippy::expect_used, reason = "`new` numbers every scorecard of the run")]
    pub(super) fn scorecard(&self, index: usize) -> &RunScorecard {
        self.scorecards.get(index).expect("the scorecard has numbers")
    }

    /// The number of the scorecard with this index.
    pub(super) fn card(&self, index: usize) -> Id<Card> {
        self.scorecard(index).card
    }
}

impl RunScorecard {
    fn new(definition: &Definition, told: Option<&Summary>, catalog: &mut Catalog) -> Self {
        let blueprint = catalog.blueprint(&definition.blueprint);
        let card = catalog.card(blueprint, &definition.identifier);
        let levels: Vec<Id<Title>> =
            definition.levels.iter().map(|level| catalog.title(&level.title)).collect();
        let rules = definition.rules.iter().map(|rule| {
            let name = catalog.rules.intern(RuleName(rule.identifier.as_str().into()));
            (name, levels.get(rule.level).copied())
        });
        let list = RuleList(rules.collect());
        let rules = catalog.rule_lists.intern(list);
        let digest = told.and_then(|told| summary_of(catalog, told, card)?.digest.as_ref());
        let has_other_definition = digest.is_some_and(|digest| *digest != definition.digest());
        Self { blueprint, card, levels, rules, has_other_definition }
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
        let card = self.card(scorecard);
        let results = self.before.results(EntityNumber::of(entity.0));
        let (_, held) = results.iter().find(|(known, _)| *known == card)?;
        let Some(grade) = held else { return Some(Was::NotApplicable) };
        let level = self.levels.get(grade.index()).expect("the level is known");
        let title = self.titles.get(level.index()).expect("the title is known");
        Some(Was::Level((&**title).into()))
    }

    fn has_other_definition(&self, scorecard: usize) -> bool {
        self.scorecard(scorecard).has_other_definition
    }
}
