//! `evaluate --set` and `--compare`: grades with changed scorecards.

use super::output::{self, Target};
use super::policy::Policy;
use super::scorecards::ScorecardArguments;
use super::{exit, gate, input, progress, warnings};
use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::evaluate::Evaluation;
use crate::grade::Evaluated;
use crate::report::{Format, Scoped};
use crate::scorecard::{Definition, Scorecards};
use crate::what_if::{CompareFormat, Threshold, set_thresholds};
use clap::Args;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// The options for changed scorecards.
#[derive(Args)]
#[command(next_help_heading = "What if")]
pub(crate) struct WhatIfArguments {
    /// Replace the threshold of a rule; with --compare, only in the scorecards to compare with (repeatable)
    #[arg(long, value_name = "SCORECARD/RULE=VALUE")]
    set: Vec<Threshold>,
    /// Also grade by these scorecards, and show the entities whose level differs (formats table, json and markdown)
    /// (repeatable)
    #[arg(long, value_name = "PATH", conflicts_with_all = ["show", "group_by", "sort", "failing"])]
    compare: Vec<PathBuf>,
}

impl WhatIfArguments {
    /// The paths of the scorecards to compare with.
    pub(crate) fn paths(&self) -> &[PathBuf] {
        &self.compare
    }

    /// The definitions that grade entities. Without `--compare`, `--set` changes their thresholds.
    pub(crate) fn first(&self, mut definitions: Vec<Definition>) -> Result<Vec<Definition>, Problems> {
        if self.compare.is_empty() {
            set_thresholds(&mut definitions, &self.set)?;
        }
        Ok(definitions)
    }

    /// The scorecards of `--compare`, if it is used, with the thresholds of `--set`.
    pub(crate) fn second(
        &self,
        arguments: &ScorecardArguments,
        first: &Scorecards,
    ) -> Result<Option<Scorecards>, Problems> {
        if self.compare.is_empty() {
            return Ok(None);
        }
        let mut definitions = arguments.read_others(&self.compare)?;
        set_thresholds(&mut definitions, &self.set)?;
        Ok(Some(Scorecards::after(first.wanted().clone(), definitions, first.as_of())))
    }
}

/// The other options of `evaluate` that a comparison needs.
pub(crate) struct OtherOptions<'a> {
    pub(crate) entities: &'a [PathBuf],
    pub(crate) policy: &'a Policy,
    /// The warnings so far, to which no policy was applied.
    pub(crate) warnings: Vec<Diagnostic>,
    pub(crate) targets: &'a [Target<Format>],
    pub(crate) built_in: bool,
    pub(crate) exit_zero: bool,
    pub(crate) quiet: bool,
}

/// Grades with both sets of scorecards and prints the entities whose level differs. The gate judges the results of the
/// first set.
pub(crate) fn run(
    evaluation: &Evaluation<'_>,
    second: &Scorecards,
    options: OtherOptions<'_>,
) -> anyhow::Result<ExitCode> {
    let OtherOptions { entities, policy, mut warnings, targets, built_in, exit_zero, quiet } = options;
    let formats: Vec<CompareFormat> =
        targets.iter().map(|target| format(target.format)).collect::<Result<_, Problems>>()?;
    let display = evaluation.display;
    let limit = formats.iter().map(|format| format.limit(display.limit)).max().unwrap_or_default();
    let input::Inputs { inputs, size, warnings: more } = input::open(entities)?;
    warnings = policy.apply([warnings, more].concat())?;
    let ends_early = evaluation.gate.is_open() && targets.len() == 1;
    let mut sinks = output::open_all(targets, ends_early)?;
    let mut line = progress::Line::new(quiet, size);
    let duplicates = policy.finds_duplicates();
    let compared = evaluation.compare(second, limit, inputs, |progress| line.update(progress), duplicates);
    line.clear();
    let (evaluated, comparison) = compared?;
    warnings.extend(policy.apply(warnings::found(evaluation, &evaluated, built_in))?);
    let Evaluated { tally, verdict, .. } = evaluated;
    let scoped = Scoped::new(evaluation.scope, &tally);
    for (format, sink) in formats.into_iter().zip(&mut sinks) {
        let text = comparison.show(format, scoped.as_ref(), display, sink.screen());
        sink.write_all(text.as_bytes())?;
    }
    output::finish_all(sinks)?;
    if !quiet {
        exit::show(&warnings);
    }
    if evaluation.gate.is_open() {
        return Ok(ExitCode::SUCCESS);
    }
    Ok(exit::code([gate::conclude(evaluation.scorecards, &verdict, quiet)], exit_zero))
}

fn format(format: Format) -> Result<CompareFormat, Problems> {
    match format {
        Format::Table => Ok(CompareFormat::Table),
        Format::Json => Ok(CompareFormat::Json),
        Format::Markdown => Ok(CompareFormat::Markdown),
        other => {
            let message = format!("`--compare` does not support the format `{other}`");
            let help = "use `table`, `json` or `markdown`";
            Err(Diagnostic::error(Code::FormatOfComparison, message).help(help).into())
        }
    }
}
