//! `dora-score evaluate`: the main job.

use super::output::{Sink, Target, destination};
use super::{exit, gate, input, progress, scorecards, time, warnings, what_if};
use anyhow::bail;
use clap::{Args, ValueEnum};
use dora_score::{
    Code, Diagnostic, Display, Evaluation, Gate, Instant, Minimum, NoData, Only, Output, Problems,
    Scorecards, Sort, Wanted,
};
use std::path::PathBuf;
use std::process::ExitCode;

/// Grade entities, show the levels they hold, and gate on them
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct EvaluateArguments {
    #[command(flatten)]
    scorecards: scorecards::ScorecardArguments,
    /// Entities to grade: a JSON file of any shape that Port or a warehouse exports, or `-` for standard input
    #[arg(short, long, value_name = "PATH", required = true)]
    entities: Vec<PathBuf>,
    /// The time that date presets are relative to [default: now]
    #[arg(long, value_name = "TIME", value_parser = time::parse)]
    as_of: Option<Instant>,
    /// What to print, or to write to a file: table, summary, json, ndjson, csv, markdown, junit, github
    #[arg(short, long, value_name = "FORMAT[=FILE]", default_value = "table")]
    format: Vec<Target>,
    #[command(flatten)]
    gate: GateArguments,
    #[command(flatten)]
    what_if: what_if::WhatIfArguments,
    #[command(flatten)]
    display: DisplayArguments,
    #[command(flatten)]
    input: input::InputArguments,
    /// No warnings, no progress, no good news
    #[arg(short, long)]
    quiet: bool,
}

#[derive(Args)]
#[command(next_help_heading = "Gate")]
struct GateArguments {
    /// Fail (exit 1) if a result is below this level
    #[arg(short, long, value_name = "[SCORECARD=]LEVEL")]
    min_level: Vec<Minimum>,
    /// Whether results without data are judged by their level, or left out
    #[arg(long, value_enum, value_name = "WHAT", default_value_t)]
    no_data: NoDataArgument,
    /// Tell the verdict, but exit 0 instead of 1
    #[arg(long)]
    exit_zero: bool,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum NoDataArgument {
    /// Judge them by their level
    #[default]
    Fail,
    /// Leave them out
    Pass,
}

#[derive(Args)]
#[command(next_help_heading = "Display (never changes the verdict)")]
struct DisplayArguments {
    /// Show a property beside the levels
    #[arg(long, value_name = "PROPERTY")]
    show: Vec<String>,
    /// Group rows of table and markdown
    #[arg(long, value_enum, value_name = "WHAT")]
    group_by: Option<GroupBy>,
    /// Order rows of table and markdown: by title, or by level in a scorecard, lowest first
    #[arg(long, value_name = "title|SCORECARD")]
    sort: Option<String>,
    /// Show at most so many entities
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Show only scorecards or entities whose identifier matches
    #[arg(long, value_name = "GLOB")]
    only: Vec<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum GroupBy {
    /// By owning team
    Team,
}

const EXAMPLES: &str = "\
Examples:
  dora-score evaluate -e services.json
  dora-score evaluate -s scorecards/ -e services.json --min-level Bronze --no-data pass
  curl … | dora-score evaluate -e - -f json | jq '.entities[].scorecards'
  dora-score evaluate -e services.json -f table -f junit=report.xml -m dora_cfr=Silver

Exit codes: 0 done and every gate held, 1 a gate failed, 2 bad usage or input, 3 nothing to judge";

/// Runs the command.
pub(crate) fn run(arguments: &EvaluateArguments) -> anyhow::Result<ExitCode> {
    let definitions = arguments.what_if.first(arguments.scorecards.read()?)?;
    let as_of = arguments.as_of.unwrap_or_else(time::now);
    let scorecards = Scorecards::new(definitions, as_of, &arguments.scorecards.blueprint);
    let no_data = match arguments.gate.no_data {
        NoDataArgument::Fail => NoData::Fail,
        NoDataArgument::Pass => NoData::Pass,
    };
    let gate = Gate::new(&arguments.gate.min_level, no_data, &scorecards)?;
    let second = arguments.what_if.second(&scorecards)?;
    let mut wanted = second.as_ref().unwrap_or(&scorecards).wanted().clone();
    let display = arguments.display.resolve(&scorecards, &mut wanted)?;
    check_targets(&arguments.format)?;
    let settings = arguments.input.settings();
    let evaluation =
        Evaluation { scorecards: &scorecards, wanted: &wanted, gate: &gate, display: &display, settings };
    if let Some(second) = &second {
        let rest = what_if::Rest {
            entities: &arguments.entities,
            targets: &arguments.format,
            built_in: arguments.scorecards.are_built_in(),
            exit_zero: arguments.gate.exit_zero,
            quiet: arguments.quiet,
        };
        return what_if::run(&evaluation, second, &rest);
    }
    let total = input::total_size(&arguments.entities);
    let inputs = input::open(&arguments.entities)?;
    let sole = gate.is_open() && arguments.format.len() == 1;
    let mut sinks: Vec<Sink> =
        arguments.format.iter().map(|target| Sink::open(target, sole)).collect::<anyhow::Result<_>>()?;
    let outputs = arguments.format.iter().zip(&mut sinks).map(|(target, sink)| {
        let screen = sink.screen();
        Output { format: target.format, screen, sink }
    });
    let mut line = progress::Line::new(arguments.quiet, total);
    let verdict = evaluation.run(inputs, outputs.collect(), |progress| line.update(progress));
    line.clear();
    let verdict = verdict?;
    for sink in sinks {
        sink.finish()?;
    }
    if !arguments.quiet {
        exit::show(&warnings::of(&scorecards, &verdict.tally, arguments.scorecards.are_built_in()));
    }
    if gate.is_open() {
        return Ok(ExitCode::SUCCESS);
    }
    Ok(gate::tell(&scorecards, &verdict, arguments.gate.exit_zero, arguments.quiet))
}

impl DisplayArguments {
    fn resolve(&self, scorecards: &Scorecards, wanted: &mut Wanted) -> anyhow::Result<Display> {
        let mut shown = Vec::new();
        for name in &self.show {
            let Some(slot) = wanted.include_property(name) else {
                bail!(Problems::from(
                    Diagnostic::error(Code::UnknownMetaProperty, format!("there is no meta-property `{name}` to show"))
                        .help("meta-properties are `$identifier`, `$title`, `$team`, `$icon`, `$blueprint`, `$createdAt`, `$createdBy`, `$updatedAt`, `$updatedBy`"),
                ));
            };
            shown.push((name.clone(), slot));
        }
        let sort = match self.sort.as_deref() {
            None => None,
            Some("title") => Some(Sort::Title),
            Some(name) if scorecards.definitions().iter().any(|definition| definition.identifier == name) => {
                Some(Sort::Scorecard(name.to_owned()))
            }
            Some(name) => {
                let known: Vec<String> = scorecards
                    .definitions()
                    .iter()
                    .map(|definition| format!("`{}`", definition.identifier))
                    .collect();
                bail!(Problems::from(
                    Diagnostic::error(
                        Code::UnknownSort,
                        format!("there is no scorecard `{name}` to sort by")
                    )
                    .help(format!("sort by `title`, {}", known.join(", "))),
                ));
            }
        };
        let only = Only::new(&self.only, scorecards)
            .map_err(|message| Problems::from(Diagnostic::error(Code::BadGlob, message)))?;
        Ok(Display { shown, by_team: self.group_by.is_some(), sort, limit: self.limit, only })
    }
}

/// Two results in one place would be neither.
fn check_targets(targets: &[Target]) -> Result<(), Problems> {
    let mut taken = Vec::new();
    for target in targets {
        let place = target.file.as_deref().map(destination);
        let shared = place.as_deref().is_some_and(|path| path.exists() && !path.is_file());
        if taken.contains(&place) && !shared {
            let message = match &target.file {
                None => "two formats can not both go to standard output".to_owned(),
                Some(file) => format!("two formats can not both go to `{}`", file.display()),
            };
            let help = "write one of them to a file of its own: `-f FORMAT=FILE`";
            return Err(Diagnostic::error(Code::SameOutputTwice, message).help(help).into());
        }
        taken.push(place);
    }
    Ok(())
}
