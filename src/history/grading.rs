//! Grades entities into a side: the results of this run as numbers.

use super::collect::Collector;
use super::read::Reading;
use super::run_scorecard::RunScorecard;
use super::side::{Side, SideBlock};
use crate::diagnostic::Diagnostic;
use crate::entity::{Entity, Input, Progress, Wanted, Worker, fold};
use crate::grade::{Grader, Tally};
use crate::result::Summary;
use crate::scorecard::Scorecards;

/// Grades the entities of one thread.
struct GradingWorker<'g> {
    reading: &'g Reading<'g>,
    grader: Grader<'g>,
    collector: Collector<'g>,
    block: SideBlock,
}

impl Worker for GradingWorker<'_> {
    type Elements = Wanted;
    type Part = SideBlock;

    fn element(&mut self, entity: &Entity<'_>) {
        if self.reading.selection.selects_entity(entity.identifier()) {
            self.collector.add(&self.grader.grade(entity), &mut self.block);
        } else {
            self.block.left_out += 1;
        }
    }

    fn take(&mut self) -> SideBlock {
        std::mem::take(&mut self.block)
    }
}

impl Reading<'_> {
    /// Grades the entities of an input, at the time of `scorecards`.
    ///
    /// # Errors
    /// Returns the first problem of the input.
    pub(crate) fn grade(
        &self,
        name: &str,
        inputs: Vec<Input<'_>>,
        scorecards: &Scorecards,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<Side, Diagnostic> {
        let mut side = Side::new(name);
        side.document.as_of = Some(scorecards.as_of());
        side.document.summary = Some(Summary::new(scorecards, &Tally::new(scorecards, true)));
        let cards = RunScorecard::all(scorecards, &mut self.catalog.lock());
        let worker = || GradingWorker {
            reading: self,
            grader: Grader::new(scorecards),
            collector: Collector::new(self.catalog, &cards).with_teams(),
            block: SideBlock::default(),
        };
        let commit =
            |block: &mut SideBlock| side.absorb(block, |blueprint| self.catalog.blueprint_name(blueprint));
        fold(inputs, scorecards.wanted(), self.settings, worker, progress, commit)?;
        Ok(side)
    }
}
