//! Prints the verdict of the gate on standard error.

use super::exit::Conclusion;
use super::say::say;
use crate::grade::{GateOutcome, Verdict};
use crate::scorecard::Scorecards;

/// Prints the verdict. With `quiet` a passed gate prints nothing.
pub(crate) fn conclude(scorecards: &Scorecards, verdict: &Verdict, quiet: bool) -> Conclusion {
    let outcome = verdict.outcome();
    if !quiet || outcome != GateOutcome::Passed {
        say(format_args!("{}", verdict.render(scorecards, super::screen::stderr())));
    }
    match outcome {
        GateOutcome::Passed => Conclusion::Passed,
        GateOutcome::Failed => Conclusion::Failed,
        GateOutcome::NothingToJudge => Conclusion::NothingToJudge,
    }
}
