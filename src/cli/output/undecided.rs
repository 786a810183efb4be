//! Tells in reports that an error stopped the run.

use super::destination::check_targets;
use super::inputs::Inputs;
use super::sink::{Sink, finish_all};
use super::target::{OutputFormat, Target};
use crate::cli::exit;
use crate::diagnostic::{Diagnostic, Problems};
use std::io::Write;
use std::process::ExitCode;

/// The result of a command. If an error stopped it, the outputs that a CI system shows tell the error.
pub(crate) fn or_tell<F: OutputFormat>(
    result: anyhow::Result<ExitCode>,
    targets: &[Target<F>],
    inputs: &Inputs<'_>,
) -> anyhow::Result<ExitCode> {
    result.or_else(|error| match exit::problems(error) {
        Some(problems) => Err(told(targets, inputs, problems).into()),
        None => Ok(ExitCode::SUCCESS),
    })
}

/// Returns the problems that stopped a run, after telling them in the outputs whose format does that. If that
/// fails too, its problems follow.
fn told<F: OutputFormat>(
    targets: &[Target<F>],
    inputs: &Inputs<'_>,
    Problems(mut problems): Problems,
) -> Problems {
    let result = tell(targets, inputs, &problems).map_err(exit::problems);
    if let Err(Some(Problems(more))) = result {
        let new: Vec<Diagnostic> = more.into_iter().filter(|one| !problems.contains(one)).collect();
        problems.extend(new);
    }
    Problems(problems)
}

fn tell<F: OutputFormat>(
    targets: &[Target<F>],
    inputs: &Inputs<'_>,
    problems: &[Diagnostic],
) -> anyhow::Result<()> {
    check_targets(targets, inputs)?;
    let mut sinks = Vec::new();
    for target in targets {
        let Some(text) = target.format.undecided(target.file.is_some(), problems) else { continue };
        let mut sink = Sink::open(target, false)?;
        sink.write_all(text.as_bytes())?;
        sinks.push(sink);
    }
    Ok(finish_all(sinks)?)
}
