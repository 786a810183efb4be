//! `dora-score explain`: why an entity stands where it stands, and what would raise it.

use super::{color, exit, input, output, progress, scorecards, time, warnings};
use clap::{Args, ValueEnum};
use dora_score::{Chosen, ExplainFormat, Explaining, Instant, Scorecards, Screen, pick_scorecards};
use std::io::Write;
use std::num::NonZero;
use std::path::PathBuf;
use std::process::ExitCode;

/// Explain levels: rule by rule, what is missing, and the fewest changes that reach the next level
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct ExplainArguments {
    /// Entities to explain, by identifier [default: those nearest to their next level]
    #[arg(value_name = "ENTITY")]
    names: Vec<String>,
    /// Explain only this scorecard
    #[arg(long = "scorecard", value_name = "ID")]
    only: Vec<String>,
    #[command(flatten)]
    scorecards: scorecards::ScorecardArguments,
    /// Entities: a JSON file of any shape that Port or a warehouse exports, or `-` for standard input
    #[arg(short, long, value_name = "PATH", required = true)]
    entities: Vec<PathBuf>,
    /// The time that date presets are relative to [default: now]
    #[arg(long, value_name = "TIME", value_parser = time::parse)]
    as_of: Option<Instant>,
    /// Without ENTITY: how many to explain
    #[arg(long, value_name = "N", default_value = "10")]
    limit: NonZero<usize>,
    /// What to print
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    format: FormatArgument,
    #[command(flatten)]
    input: input::InputArguments,
    /// No warnings, no progress
    #[arg(short, long)]
    quiet: bool,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum FormatArgument {
    /// For a terminal
    #[default]
    Text,
    /// One JSON document with the same facts
    Json,
    /// For a pull request or a chat
    Markdown,
}

const EXAMPLES: &str = "\
Examples:
  dora-score explain checkout -e services.json
  dora-score explain checkout ledger --scorecard dora_cfr -e services.json
  dora-score explain -e services.json --limit 5
  dora-score explain checkout -e services.json -f json | jq '.entities[].scorecards[].next.changes'

Exit codes: 0 done, 2 bad usage, bad input, or an unknown entity or scorecard";

/// Runs the command.
pub(crate) fn run(arguments: &ExplainArguments) -> anyhow::Result<ExitCode> {
    let definitions = pick_scorecards(arguments.scorecards.read()?, &arguments.only)?;
    let as_of = arguments.as_of.unwrap_or_else(time::now);
    let scorecards = Scorecards::new(definitions, as_of, &arguments.scorecards.blueprint);
    let chosen = if arguments.names.is_empty() {
        Chosen::Nearest(arguments.limit.get())
    } else {
        Chosen::Named(once_each(&arguments.names))
    };
    let explaining = Explaining {
        scorecards: &scorecards,
        wanted: scorecards.wanted(),
        chosen: &chosen,
        settings: arguments.input.settings(),
    };
    let mut line = progress::Line::new(arguments.quiet, input::total_size(&arguments.entities));
    let explained = explaining.run(input::open(&arguments.entities)?, |progress| line.update(progress));
    line.clear();
    let (explanations, tally) = explained?;
    let style = Screen { color: color::on_stdout(), width: output::width() };
    let format = match arguments.format {
        FormatArgument::Text => ExplainFormat::Text,
        FormatArgument::Json => ExplainFormat::Json,
        FormatArgument::Markdown => ExplainFormat::Markdown,
    };
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(explanations.show(format, style).as_bytes())?;
    stdout.flush()?;
    if !arguments.quiet && arguments.names.is_empty() {
        exit::show(&warnings::of(&scorecards, &tally, arguments.scorecards.are_built_in()));
    }
    Ok(ExitCode::SUCCESS)
}

fn once_each(names: &[String]) -> Vec<String> {
    let mut each: Vec<String> = Vec::new();
    for name in names {
        if !each.contains(name) {
            each.push(name.clone());
        }
    }
    each
}
