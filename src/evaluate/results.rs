//! The results of one block of input, or of all blocks so far. Their size does not grow with the number of entities,
//! unless all entities are to be listed.

use super::evaluation::Evaluation;
use super::plan::Plan;
use crate::entity::Entity;
use crate::grade::{Evaluated, Graded, Verdict};
use crate::page::{PageBounds, PageCounts};
use crate::report::{Bound, Listing};

/// The results of one block, or of all blocks so far.
pub(super) struct Results<'p> {
    plan: &'p Plan<'p>,
    pub(super) evaluated: Evaluated,
    pub(super) listing: Listing<'p>,
    pub(super) page: Option<PageCounts>,
}

/// The bounds that earlier blocks set: results beyond them cannot be printed, so the next blocks do not keep them.
#[derive(Clone)]
pub(super) struct Bounds {
    listing: Bound,
    verdict: Verdict,
    page: Option<PageBounds>,
}

impl Bounds {
    /// The bounds for the first blocks.
    pub(super) fn new(plan: &Plan<'_>) -> Self {
        let page = plan.page.map(|page| page.bounds());
        Self { listing: Bound::default(), verdict: Verdict::new(plan.evaluation.gate), page }
    }
}

impl<'p> Results<'p> {
    /// Results of nothing.
    pub(super) fn new(plan: &'p Plan<'p>, bounds: &Bounds) -> Self {
        let Bounds { listing, verdict, page } = bounds.clone();
        Self {
            plan,
            evaluated: Evaluated { tally: plan.tally(), verdict },
            listing: Listing::after(&listing, &plan.order, plan.listed),
            page: plan.page.zip(page).map(|(plan, bounds)| plan.counts(&bounds)),
        }
    }

    /// The bounds for the next blocks.
    pub(super) fn bounds(&self) -> Bounds {
        let page = self.page.as_ref().map(PageCounts::bounds);
        Bounds { listing: self.listing.bound(), verdict: self.evaluated.verdict.next_block(), page }
    }

    /// Whether an entity is in scope. Counts it if it is not.
    pub(super) fn admits(&mut self, entity: &Entity<'_>) -> bool {
        self.plan.evaluation.admits(&mut self.evaluated, entity)
    }

    /// Counts an entity in scope, judges its results, and lists it if a report lists entities.
    pub(super) fn count(&mut self, graded: &Graded<'_>) {
        let Evaluation { gate, display, .. } = self.plan.evaluation;
        self.evaluated.count(gate, graded);
        if self.plan.lists(graded) {
            self.listing.add(gate, display, graded);
        }
        if let (Some(plan), Some(counts)) = (self.plan.page, &mut self.page) {
            counts.count(plan, gate, graded);
        }
    }

    /// How many entities were graded.
    pub(super) fn graded(&self) -> u64 {
        self.evaluated.tally.entities
    }

    /// Adds the results of the next block, and empties them.
    pub(super) fn absorb(&mut self, block: &mut Results<'_>) {
        self.evaluated.absorb(&mut block.evaluated);
        self.listing.absorb(&mut block.listing);
        if let (Some(mine), Some(other)) = (&mut self.page, &mut block.page) {
            mine.absorb(other);
        }
    }
}
