//! The verdict of `--fail-on` on the command line.

use super::exit::Conclusion;
use super::say::say;
use super::screen;
use crate::history::{FailOutcome, FailRule, verdict};

/// The verdict of `--fail-on`, ready to print.
pub(crate) struct FailVerdict {
    text: String,
    outcome: FailOutcome,
}

impl FailVerdict {
    /// `None` if nothing can fail.
    pub(crate) fn new(rule: &FailRule<'_>) -> Option<Self> {
        let text = || verdict(rule.diff(), rule, screen::stderr());
        (!rule.is_open()).then(|| Self { text: text(), outcome: rule.outcome() })
    }

    /// Prints the verdict. With `quiet`, one that passed prints nothing.
    pub(crate) fn conclude(&self, quiet: bool) -> Conclusion {
        if !quiet || self.outcome != FailOutcome::Passed {
            say(format_args!("{}", self.text));
        }
        match self.outcome {
            FailOutcome::Passed => Conclusion::Passed,
            FailOutcome::Failed => Conclusion::Failed,
            FailOutcome::NothingToCompare => Conclusion::NothingToJudge,
        }
    }
}
