//! The counts of a gate, and its outcome.

use super::judge::Judgement;

/// How many results the gate judged, and how many of them failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GateCounts {
    /// Results that were judged.
    pub judged: u64,
    /// Judged results below their minimum.
    pub failed: u64,
    /// Results of gated scorecards that were not judged because they have no data.
    pub no_data: u64,
}

/// How the gate ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum GateOutcome {
    /// Every judged result reaches its minimum.
    Passed,
    /// At least one result is below its minimum.
    Failed,
    /// No result was judged. A gate that checked nothing does not pass.
    NothingToJudge,
}

impl GateCounts {
    /// Counts one result.
    #[inline]
    pub fn count(&mut self, judgement: Judgement) {
        match judgement {
            Judgement::Ungated | Judgement::NotApplicable => {}
            Judgement::NoData => self.no_data += 1,
            Judgement::Passed => self.judged += 1,
            Judgement::Failed { .. } => {
                self.judged += 1;
                self.failed += 1;
            }
        }
    }

    /// Adds other counts, and resets those to zero.
    pub fn absorb(&mut self, other: &mut Self) {
        let Self { judged, failed, no_data } = std::mem::take(other);
        self.judged += judged;
        self.failed += failed;
        self.no_data += no_data;
    }

    /// How the gate ended.
    pub fn outcome(&self) -> GateOutcome {
        match self {
            Self { judged: 0, .. } => GateOutcome::NothingToJudge,
            Self { failed: 0, .. } => GateOutcome::Passed,
            _ => GateOutcome::Failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::grade::climb::Standing;

    const FAILED: Judgement =
        Judgement::Failed { standing: Standing { level: 0, stopped: Some(1), no_data: None }, minimum: 1 };

    fn counted(judgements: &[Judgement]) -> GateCounts {
        let mut counts = GateCounts::default();
        judgements.iter().for_each(|judgement| counts.count(*judgement));
        counts
    }

    #[test]
    fn a_gate_passes_only_if_results_were_judged_and_none_failed() {
        for (judgements, outcome) in [
            (&[][..], GateOutcome::NothingToJudge),
            (&[Judgement::Ungated, Judgement::NotApplicable, Judgement::NoData], GateOutcome::NothingToJudge),
            (&[Judgement::NoData, Judgement::Passed], GateOutcome::Passed),
            (&[Judgement::Passed, FAILED, Judgement::Passed], GateOutcome::Failed),
        ] {
            assert_eq!(counted(judgements).outcome(), outcome, "{judgements:?}");
        }
    }

    #[test]
    fn absorbed_counts_are_added_and_reset() {
        let mut all = counted(&[Judgement::Passed, Judgement::NoData]);
        let mut block = counted(&[FAILED, FAILED, Judgement::NotApplicable]);
        all.absorb(&mut block);
        assert_eq!(all, GateCounts { judged: 3, failed: 2, no_data: 1 });
        assert_eq!(block, GateCounts::default());
    }
}
