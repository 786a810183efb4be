//! The counts over all entities: how many hold each level, and the verdict of the gate.

use super::gate::{Gate, Verdict};
use super::grader::Graded;
use super::tally::Tally;

/// The counts of an evaluation. Each thread counts its own blocks, and the counts are added up in the order of
/// the input.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Evaluated {
    /// How many entities hold each level.
    pub tally: Tally,
    /// The verdict of the gate.
    pub verdict: Verdict,
}

impl Evaluated {
    /// Creates counts of zero. `tally` must not have counted anything.
    pub fn new(tally: Tally, gate: &Gate) -> Self {
        Self { tally, verdict: Verdict::new(gate) }
    }

    /// Counts one entity and judges its results.
    #[inline]
    pub fn count(&mut self, gate: &Gate, graded: &Graded<'_>) {
        self.tally.count(graded);
        self.verdict.count(gate, graded);
    }

    /// Adds the counts of the next block, and resets those to zero.
    pub fn absorb(&mut self, other: &mut Self) {
        self.tally.absorb(&mut other.tally);
        self.verdict.absorb(&mut other.verdict);
    }
}
