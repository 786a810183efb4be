//! The results of one block of input, or of all blocks so far. Their size does not grow with the number of entities,
//! unless all entities are to be listed.

use super::plan::Plan;
use crate::entity::Entity;
use crate::grade::{Evaluated, Graded, Verdict};
use crate::report::{Bound, Listing};

/// The results of one block, or of all blocks so far.
pub(super) struct Results<'p> {
    plan: &'p Plan<'p>,
    pub(super) evaluated: Evaluated,
    pub(super) listing: Listing<'p>,
    /// The verdict on the shown results alone, if it is needed and differs from the verdict on all results.
    shown_verdict: Verdict,
    /// How many entities are shown.
    pub(super) shown: u64,
}

/// The bounds that earlier blocks set: results beyond them cannot be printed, so the next blocks do not keep them.
#[derive(Clone, Default)]
pub(super) struct Bounds {
    listing: Bound,
    verdict: Verdict,
    shown_verdict: Verdict,
}

impl<'p> Results<'p> {
    /// Results of nothing.
    pub(super) fn new(plan: &'p Plan<'p>, bounds: &Bounds) -> Self {
        let Bounds { listing, verdict, shown_verdict } = bounds.clone();
        Self {
            plan,
            evaluated: Evaluated { verdict, ..Evaluated::new(plan.tally()) },
            listing: Listing::after(&listing, &plan.order, plan.listed),
            shown_verdict,
            shown: 0,
        }
    }

    /// The bounds for the next blocks.
    pub(super) fn bounds(&self) -> Bounds {
        Bounds {
            listing: self.listing.bound(),
            verdict: self.evaluated.verdict.next_block(),
            shown_verdict: self.shown_verdict.next_block(),
        }
    }

    /// Whether an entity is in scope. Counts it if it is not.
    pub(super) fn admits(&mut self, entity: &Entity<'_>) -> bool {
        self.evaluated.tally.admits(self.plan.evaluation.scope, entity)
    }

    /// Counts an entity in scope and judges its results.
    pub(super) fn count(&mut self, graded: &Graded<'_>) {
        self.evaluated.count(self.plan.evaluation.gate, graded);
    }

    /// Adds an entity that is shown. It must have been counted.
    pub(super) fn show(&mut self, graded: &Graded<'_>) {
        let Self { plan, listing, shown_verdict, shown, .. } = self;
        if let Some(scorecards) = &plan.shown_scorecards {
            let is_shown = |index: usize| scorecards.get(index).copied().unwrap_or_default();
            shown_verdict.count_in(plan.evaluation.gate, graded, is_shown);
        }
        if plan.listed > 0 {
            listing.add(plan.context(), graded);
        }
        *shown += 1;
    }

    /// Adds the results of the next block, and empties them.
    pub(super) fn absorb(&mut self, block: &mut Results<'_>) {
        self.evaluated.absorb(&mut block.evaluated);
        self.listing.absorb(&mut block.listing);
        self.shown_verdict.absorb(&mut block.shown_verdict);
        self.shown += std::mem::take(&mut block.shown);
    }

    /// The verdict on the shown results.
    pub(super) fn shown_verdict(&self) -> &Verdict {
        if self.plan.shown_scorecards.is_some() { &self.shown_verdict } else { &self.evaluated.verdict }
    }
}
