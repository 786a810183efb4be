//! The options that choose what is compared.

use crate::diagnostic::{Code, Diagnostic, Problems, quoted};
use crate::history::Selection;
use clap::Args;

/// The options `--entity` and `--scorecard`.
#[derive(Args)]
#[command(next_help_heading = "Results")]
pub(crate) struct SelectionArguments {
    /// Use only entities whose identifier matches (repeatable)
    #[arg(long, value_name = "GLOB")]
    entity: Vec<String>,
    /// Use only scorecards whose identifier matches (repeatable)
    #[arg(long, value_name = "GLOB")]
    scorecard: Vec<String>,
}

impl SelectionArguments {
    pub(crate) fn parse(&self) -> Result<Selection, Problems> {
        Selection::parse(&self.entity, &self.scorecard)
    }
}

/// Refuses patterns of `--scorecard` that match none of these scorecards.
///
/// # Errors
/// The patterns.
pub(crate) fn check_scorecards<'n>(
    selection: &Selection,
    known: impl Iterator<Item = &'n str> + Clone,
) -> Result<(), Problems> {
    let problem = |pattern: &str| {
        let message = format!("no result is in a scorecard that matches {}", quoted(pattern));
        Diagnostic::error(Code::UnknownScorecard, message).help("check the pattern of `--scorecard`")
    };
    let problems: Vec<Diagnostic> = selection.unmatched(known).into_iter().map(problem).collect();
    if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
}
