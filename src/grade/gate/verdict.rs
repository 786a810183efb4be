//! The verdict of the gate on all results.

use super::counts::GateCounts;
use super::judge::{Gate, Judgement};
use super::unmet::Unmet;
use crate::grade::grader::Graded;

/// The maximum number of results below their minimum to keep, which is enough for a person to read.
const MAX_UNMET: usize = 100;

/// The verdict of the gate: its counts, and the first results below their minimum.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verdict {
    /// How many results were judged, and how.
    pub counts: GateCounts,
    /// The first 100 results below their minimum, in the order of the input.
    pub unmet: Vec<Unmet>,
    /// Whether to count results below their minimum without keeping any.
    only_counts: bool,
}

impl Verdict {
    /// The verdict on a block of results that comes after the results of this verdict. It does not keep results that
    /// [`Self::absorb`] would drop, because their reasons take time.
    pub(crate) fn next_block(&self) -> Self {
        Self { only_counts: self.unmet.len() >= MAX_UNMET, ..Self::default() }
    }

    /// Judges all results of one entity.
    #[inline]
    pub fn count(&mut self, gate: &Gate, graded: &Graded<'_>) {
        if gate.is_open() {
            return;
        }
        for outcome in graded.outcomes() {
            let judgement = gate.judge(&outcome);
            self.counts.count(judgement);
            if let Judgement::Failed { standing, minimum } = judgement
                && self.unmet.len() < MAX_UNMET
                && !self.only_counts
            {
                self.unmet.push(Unmet::new(graded, &outcome, standing, minimum));
            }
        }
    }

    /// Adds the verdict on the next block, and empties that verdict.
    pub fn absorb(&mut self, other: &mut Self) {
        self.counts.absorb(&mut other.counts);
        let room = MAX_UNMET.saturating_sub(self.unmet.len());
        self.unmet.extend(other.unmet.drain(..).take(room));
    }
}
