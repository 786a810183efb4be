//! Grades and judges the entities of a block, and writes their text for the reports that print each entity.

use super::plan::Plan;
use super::results::{Bounds, Results};
use crate::entity::{Entity, Wanted, Worker};
use crate::grade::Grader;
use crate::history::{Baseline, Collector, SideBlock};
use crate::report::EntityWriter;
use std::sync::{Mutex, PoisonError};

/// The results of one block, and the text of its entities.
pub(super) struct Block<'p> {
    pub(super) results: Results<'p>,
    /// The text for each report. It is empty for reports that print at the end.
    pub(super) texts: Vec<Vec<u8>>,
    /// The results as numbers. It is empty without a baseline.
    pub(super) side: SideBlock,
}

impl<'p> Block<'p> {
    fn new(plan: &'p Plan<'p>, bounds: &Mutex<Bounds>) -> Self {
        let bounds = bounds.lock().unwrap_or_else(PoisonError::into_inner);
        let texts = plan.reports.iter().map(|_| Vec::new()).collect();
        Self { results: Results::new(plan, &bounds), texts, side: SideBlock::default() }
    }
}

/// The grader, the entity writers and the current block of one thread.
pub(super) struct EvaluateWorker<'p> {
    plan: &'p Plan<'p>,
    grader: Grader<'p>,
    entity_writers: Vec<Option<Box<dyn EntityWriter + 'p>>>,
    collector: Option<Collector<'p>>,
    bounds: &'p Mutex<Bounds>,
    block: Block<'p>,
}

impl<'p> EvaluateWorker<'p> {
    pub(super) fn new(plan: &'p Plan<'p>, bounds: &'p Mutex<Bounds>) -> Self {
        Self {
            plan,
            grader: Grader::new(plan.evaluation.scorecards),
            entity_writers: plan.reports.iter().map(|report| report.entity_writer()).collect(),
            collector: plan.baseline.map(Baseline::collector),
            bounds,
            block: Block::new(plan, bounds),
        }
    }
}

impl<'p> Worker for EvaluateWorker<'p> {
    type Elements = Wanted;
    type Part = Block<'p>;

    fn element(&mut self, entity: &Entity<'_>) {
        let Self { plan, grader, entity_writers, collector, block, .. } = self;
        let Block { results, texts, side } = block;
        if !results.admits(entity) {
            return;
        }
        let graded = grader.grade(entity);
        for ((report, writer), text) in plan.reports.iter().zip(entity_writers).zip(texts) {
            let Some(writer) = writer else { continue };
            if results.graded() > 0 {
                text.extend_from_slice(report.separator());
            }
            writer.write(&graded, text);
        }
        if let Some(collector) = collector {
            collector.add(&graded, side);
        }
        results.count(&graded);
    }

    fn take(&mut self) -> Block<'p> {
        let next = Block::new(self.plan, self.bounds);
        std::mem::replace(&mut self.block, next)
    }
}
