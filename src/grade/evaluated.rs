//! The counts over all entities: the levels they hold, and the verdict of the gate.

use super::gate::{Gate, Verdict};
use super::grader::Graded;
use super::tally::Tally;

/// What an evaluation counts. Each thread counts a block on its own; blocks are added up in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Evaluated {
    /// How many entities hold each level.
    pub tally: Tally,
    /// The verdict of the gate.
    pub verdict: Verdict,
}

impl Evaluated {
    /// Starts from a tally that has counted nothing.
    pub fn new(tally: Tally) -> Self {
        Self { tally, verdict: Verdict::default() }
    }

    /// Counts one entity, and judges all its results.
    #[inline]
    pub fn count(&mut self, gate: &Gate, graded: &Graded<'_>) {
        self.tally.count(graded);
        self.verdict.count(gate, graded);
    }

    /// Adds the counts of the block that follows, which then counts from zero again.
    pub fn absorb(&mut self, other: &mut Self) {
        self.tally.absorb(&mut other.tally);
        self.verdict.absorb(&mut other.verdict);
    }
}
