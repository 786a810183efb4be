//! Prints the verdict of the gate on standard error, and maps it to an exit code.

use super::exit::{GATE_FAILED, NOTHING_TO_JUDGE};
use super::say::say;
use crate::grade::{GateOutcome, Verdict};
use crate::scorecard::Scorecards;
use std::process::ExitCode;

/// Prints the verdict and returns its exit code. With `quiet` a passed gate prints nothing; with `exit_zero` the
/// exit code of a failed gate is 0.
pub(crate) fn conclude(scorecards: &Scorecards, verdict: &Verdict, exit_zero: bool, quiet: bool) -> ExitCode {
    let outcome = verdict.outcome();
    if !quiet || outcome != GateOutcome::Passed {
        say(format_args!("{}", verdict.render(scorecards, super::screen::stderr())));
    }
    match outcome {
        GateOutcome::Failed if !exit_zero => ExitCode::from(GATE_FAILED),
        GateOutcome::Passed | GateOutcome::Failed => ExitCode::SUCCESS,
        GateOutcome::NothingToJudge => ExitCode::from(NOTHING_TO_JUDGE),
    }
}
