//! Grades and judges the entities of a block, and writes their text for the reports that stream.

use super::block::Block;
use super::evaluation::Evaluation;
use super::limited::BlockText;
use crate::entity::{Entity, Worker};
use crate::grade::{Evaluated, Grader, Tally};
use crate::report::{Context, EntityWriter, Report, Row};
use crate::scorecard::Scorecards;
use crate::terminal::Screen;

/// The grader, the entity writers and the current block of one thread.
pub(super) struct EvaluateWorker<'e> {
    evaluation: &'e Evaluation<'e>,
    grader: Grader<'e>,
    reports: &'e [Box<dyn Report + 'e>],
    entity_writers: Vec<Option<Box<dyn EntityWriter + 'e>>>,
    keeps_rows: bool,
    block: Block,
}

impl<'e> EvaluateWorker<'e> {
    pub(super) fn new(evaluation: &'e Evaluation<'e>, reports: &'e [Box<dyn Report + 'e>]) -> Self {
        Self {
            evaluation,
            grader: Grader::new(evaluation.scorecards),
            reports,
            entity_writers: reports.iter().map(|report| report.entity_writer()).collect(),
            keeps_rows: reports.iter().any(|report| report.wants_rows()),
            block: empty(evaluation, reports),
        }
    }
}

/// Creates an empty tally. It counts rules only if one of these reports needs them.
pub(super) fn tally(scorecards: &Scorecards, reports: &[Box<dyn Report + '_>]) -> Tally {
    Tally::new(scorecards, reports.iter().any(|report| report.wants_rule_counts()))
}

fn empty(evaluation: &Evaluation<'_>, reports: &[Box<dyn Report + '_>]) -> Block {
    Block {
        evaluated: Evaluated::new(tally(evaluation.scorecards, reports)),
        texts: reports.iter().map(|_| BlockText::default()).collect(),
        ..Block::default()
    }
}

impl Worker for EvaluateWorker<'_> {
    type Part = Block;

    fn entity(&mut self, entity: &Entity<'_>) {
        let Self { evaluation, grader, reports, entity_writers, keeps_rows, block, .. } = self;
        let Evaluation { scorecards, scope, gate, display, .. } = **evaluation;
        if !block.evaluated.tally.admits(scope, entity) {
            return;
        }
        let graded = grader.grade(entity);
        block.evaluated.count(gate, &graded);
        if !display.only.shows_entity(entity.identifier()) {
            return;
        }
        for ((report, writer), text) in reports.iter().zip(entity_writers).zip(&mut block.texts) {
            let Some(writer) = writer else { continue };
            if block.shown > 0 {
                text.bytes.extend_from_slice(report.separator());
            }
            writer.write(&graded, &mut text.bytes);
            if display.limit.is_some() {
                text.ends.push(text.bytes.len());
            }
        }
        block.shown += 1;
        if *keeps_rows {
            let context = Context { scorecards, gate, display, screen: Screen { color: false, width: None } };
            block.rows.push(Row::new(context, &graded));
        }
    }

    fn take(&mut self) -> Block {
        std::mem::replace(&mut self.block, empty(self.evaluation, self.reports))
    }
}
