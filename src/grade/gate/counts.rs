//! The counts of a gate, and its outcome.

use super::judge::{GateRequirement, Judgement};
use super::minimum::Share;
use crate::grade::no_data::NoDataReason;
use std::ops::AddAssign;

/// How many results the gate judged, and how many of them failed: of one scorecard, or of all. Comes from
/// [`Verdict`](crate::Verdict), whose example shows it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GateCounts {
    /// Results that were judged.
    pub judged: u64,
    /// Judged results below their minimum.
    pub failed: u64,
    /// Results of gated scorecards that were not judged, because they have no data and nothing happened.
    pub inactive: u64,
    /// Results of gated scorecards that were not judged, because they have no data and nobody measured it.
    pub missing: u64,
    /// Results below their minimum that a waiver excuses. They count neither as judged nor as failed.
    pub waived: u64,
}

/// How the gate ended. Comes from [`Verdict`](crate::Verdict), whose example shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum GateOutcome {
    /// Every judged result reaches its minimum, or enough of them.
    Passed,
    /// In at least one scorecard, too many results are below the minimum.
    Failed,
    /// No result was judged or waived. A gate that checked nothing does not pass.
    NothingToJudge,
}

impl GateCounts {
    /// Results of gated scorecards that were not judged because they have no data.
    pub fn no_data(&self) -> u64 {
        self.inactive + self.missing
    }

    /// Counts one result.
    #[inline]
    pub(super) fn count(&mut self, judgement: Judgement) {
        match judgement {
            Judgement::Ungated | Judgement::NotApplicable => {}
            Judgement::NoData(NoDataReason::Inactive) => self.inactive += 1,
            Judgement::NoData(NoDataReason::Missing) => self.missing += 1,
            Judgement::Passed => self.judged += 1,
            Judgement::Failed { .. } => {
                self.judged += 1;
                self.failed += 1;
            }
            Judgement::Waived { .. } => self.waived += 1,
        }
    }
}

impl AddAssign for GateCounts {
    fn add_assign(&mut self, other: Self) {
        let Self { judged, failed, inactive, missing, waived } = other;
        self.judged += judged;
        self.failed += failed;
        self.inactive += inactive;
        self.missing += missing;
        self.waived += waived;
    }
}

/// The counts of one scorecard, and what the gate requires of it. Comes from [`Verdict`](crate::Verdict), whose example
/// shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct GatedCounts {
    /// The requirement of the gate; `None` if the scorecard has no minimum.
    pub requirement: Option<GateRequirement>,
    /// How many of its results were judged, and how.
    pub counts: GateCounts,
}

impl GatedCounts {
    /// Counts of zero.
    pub(super) fn new(requirement: Option<GateRequirement>) -> Self {
        Self { requirement, counts: GateCounts::default() }
    }

    /// Whether too many of its results are below the minimum.
    pub fn fails(&self) -> bool {
        let GateCounts { judged, failed, .. } = self.counts;
        let share = self.requirement.and_then(|requirement| requirement.share);
        !share.unwrap_or(Share::ALL).is_reached(judged - failed, judged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scorecard_fails_if_the_share_of_passed_results_is_too_small() {
        for (share, judged, failed, fails) in [
            (None, 0, 0, false),
            (None, 9, 0, false),
            (None, 9, 1, true),
            (Share::new(100), 9, 1, true),
            (Share::new(80), 5, 1, false),
            (Share::new(80), 6, 2, true),
            (Share::new(1), 1, 1, true),
        ] {
            let requirement = Some(GateRequirement { level: 1, share });
            let counts = GateCounts { judged, failed, inactive: 7, missing: 7, waived: 7 };
            assert_eq!(GatedCounts { requirement, counts }.fails(), fails, "{share:?} {judged} {failed}");
        }
    }
}
