//! `evaluate --set` and `--compare`: grades with changed definitions.

use super::output::{Sink, Target};
use super::{exit, gate, input, progress, warnings};
use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::evaluate::Evaluation;
use crate::grade::Evaluated;
use crate::load::load_definitions;
use crate::report::Format;
use crate::scorecard::{Definition, Scorecards};
use crate::what_if::{CompareFormat, Threshold, set_thresholds};
use clap::Args;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// The options that change definitions.
#[derive(Args)]
#[command(next_help_heading = "What if")]
pub(crate) struct WhatIfArguments {
    /// Replace the threshold of a rule; with --compare, in the scorecards compared with (repeatable)
    #[arg(long, value_name = "SCORECARD/RULE=VALUE")]
    set: Vec<Threshold>,
    /// Grade with these scorecards too, and show the entities whose level changes: as table, json or markdown
    /// (repeatable)
    #[arg(long, value_name = "PATH", conflicts_with_all = ["show", "group_by", "sort"])]
    compare: Vec<PathBuf>,
}

impl WhatIfArguments {
    /// The definitions to grade by, with the thresholds set that are meant for them.
    pub(crate) fn first(&self, mut definitions: Vec<Definition>) -> Result<Vec<Definition>, Problems> {
        if self.compare.is_empty() {
            set_thresholds(&mut definitions, &self.set)?;
        }
        Ok(definitions)
    }

    /// The scorecards to compare with, if there are to be any.
    pub(crate) fn second(&self, first: &Scorecards) -> Result<Option<Scorecards>, Problems> {
        if self.compare.is_empty() {
            return Ok(None);
        }
        let mut definitions = load_definitions(&self.compare, first.default_blueprint())?;
        set_thresholds(&mut definitions, &self.set)?;
        Ok(Some(Scorecards::after(first.wanted().clone(), definitions, first.as_of())))
    }
}

/// The rest of what the command was given.
pub(crate) struct Rest<'a> {
    pub(crate) entities: &'a [PathBuf],
    pub(crate) targets: &'a [Target],
    pub(crate) built_in: bool,
    pub(crate) exit_zero: bool,
    pub(crate) quiet: bool,
}

/// Grades by both sets and shows who moves; the gate judges the first.
pub(crate) fn run(
    evaluation: &Evaluation<'_>,
    second: &Scorecards,
    rest: &Rest<'_>,
) -> anyhow::Result<ExitCode> {
    let Rest { entities, targets, built_in, exit_zero, quiet } = *rest;
    let formats: Vec<CompareFormat> =
        targets.iter().map(|target| format(target.format)).collect::<Result<_, Problems>>()?;
    let inputs = input::open(entities)?;
    let sole = evaluation.gate.is_open() && targets.len() == 1;
    let sinks = targets.iter().map(|target| Sink::open(target, sole));
    let sinks: Vec<Sink> = sinks.collect::<anyhow::Result<_>>()?;
    let mut line = progress::Line::new(quiet, input::total_size(entities));
    let compared = evaluation.compare(second, inputs, |progress| line.update(progress));
    line.clear();
    let (Evaluated { tally, verdict, .. }, comparison) = compared?;
    for (format, mut sink) in formats.into_iter().zip(sinks) {
        let text = comparison.show(format, &evaluation.display.only, sink.screen());
        sink.write_all(text.as_bytes())?;
        sink.finish()?;
    }
    if !quiet {
        exit::show(&warnings::of(evaluation.scorecards, &tally, built_in));
    }
    if evaluation.gate.is_open() {
        return Ok(ExitCode::SUCCESS);
    }
    Ok(gate::conclude(evaluation.scorecards, &verdict, exit_zero, quiet))
}

fn format(format: Format) -> Result<CompareFormat, Problems> {
    match format {
        Format::Table => Ok(CompareFormat::Table),
        Format::Json => Ok(CompareFormat::Json),
        Format::Markdown => Ok(CompareFormat::Markdown),
        other => {
            let message = format!("a comparison cannot be shown as `{other}`");
            let help = "with `--compare` the formats are `table`, `json` and `markdown`";
            Err(Diagnostic::error(Code::FormatOfComparison, message).help(help).into())
        }
    }
}
