//! Exit codes, and the messages that end the program. No option changes the meaning of a number.

use super::output::{STANDARD_OUTPUT, cannot_write, is_closed_pipe, problems_of};
use super::say::say;
use crate::diagnostic::{Code, Diagnostic, MOST_PRINTED, Problems, Severity, without_os_error};
use crate::evaluate::EvaluateError;
use crate::terminal::thousands;
use std::process::ExitCode;

/// The gate of `evaluate` failed, or a change of `--fail-on`.
pub(crate) const GATE_FAILED: u8 = 1;
/// `lint` found an error, or a warning that is denied.
pub(crate) const FINDINGS_DENIED: u8 = 1;
/// Invalid usage or input; nothing was decided.
pub(crate) const BAD_INPUT: u8 = 2;
/// There is a gate, but nothing to judge.
pub(crate) const NOTHING_TO_JUDGE: u8 = 3;

/// How a check of results ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Conclusion {
    Passed,
    Failed,
    /// There was nothing to check.
    NothingToJudge,
}

/// The exit code of checks. With `exit_zero` the exit code of failed ones is 0.
pub(crate) fn code(conclusions: impl IntoIterator<Item = Conclusion> + Clone, exit_zero: bool) -> ExitCode {
    let ended = |how| conclusions.clone().into_iter().any(|conclusion| conclusion == how);
    if ended(Conclusion::Failed) && !exit_zero {
        return ExitCode::from(GATE_FAILED);
    }
    if ended(Conclusion::NothingToJudge) { ExitCode::from(NOTHING_TO_JUDGE) } else { ExitCode::SUCCESS }
}

/// Reports an error and returns its exit code.
pub(crate) fn failed(error: anyhow::Error) -> ExitCode {
    let Some(Problems(problems)) = problems(error) else { return ExitCode::SUCCESS };
    show(&problems);
    ExitCode::from(BAD_INPUT)
}

/// The problems that an error stands for. An input or output error without a context comes from standard output, where a
/// closed pipe is a success (`None`), because the reader has all that it wants.
pub(crate) fn problems(error: anyhow::Error) -> Option<Problems> {
    if is_broken_pipe(&error) {
        return None;
    }
    let error = if error.chain().count() == 1 { name_standard_output(error) } else { error };
    Some(carried_problems(&error).cloned().unwrap_or_else(|| {
        let message = format!("{error:#}");
        Diagnostic::error(Code::Failed, without_os_error(&message)).into()
    }))
}

fn name_standard_output(error: anyhow::Error) -> anyhow::Error {
    error.downcast().map_or_else(|other| other, |io| cannot_write(STANDARD_OUTPUT, io).into())
}

/// Prints the first diagnostics on standard error, each followed by a blank line, then how many more there are, and
/// then the number of errors if it is more than one.
pub(crate) fn show(diagnostics: &[Diagnostic]) {
    let screen = super::screen::stderr();
    for diagnostic in diagnostics.iter().take(MOST_PRINTED) {
        say(format_args!("{}\n", diagnostic.render(screen)));
    }
    let more = diagnostics.len().saturating_sub(MOST_PRINTED);
    if more > 0 {
        say(format_args!("… and {} more", thousands(more as u64)));
    }
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
    if errors > 1 {
        say(format_args!("{} errors", thousands(errors as u64)));
    }
}

fn carried_problems(error: &anyhow::Error) -> Option<&Problems> {
    match error.downcast_ref::<EvaluateError>() {
        Some(EvaluateError::Problems(problems)) => Some(problems),
        _ => error.downcast_ref::<Problems>().or_else(|| problems_of(io(error)?)),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    io(error).is_some_and(is_closed_pipe)
}

/// The error of an output, if it is one.
fn io(error: &anyhow::Error) -> Option<&std::io::Error> {
    match error.downcast_ref::<EvaluateError>() {
        Some(EvaluateError::Output(io)) => Some(io),
        _ => error.downcast_ref::<std::io::Error>(),
    }
}
