//! `dora-score show`: lists the loaded scorecards, their levels, or all operators.

use super::scorecards::{LoadedScorecards, ScorecardArguments};
use super::{exit, screen};
use crate::show::Listing;
use clap::{Args, ValueEnum};
use std::io::Write;
use std::process::ExitCode;

/// List the loaded scorecards with their rules or levels, or all operators
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct ShowArguments {
    /// Listing to print
    #[arg(value_enum, default_value_t, value_name = "WHAT")]
    what: What,
    #[command(flatten)]
    scorecards: ScorecardArguments,
    /// Output format
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT", help_heading = "Output")]
    format: ListingFormat,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum What {
    /// Scorecards with their rules, in plain words
    #[default]
    Scorecards,
    /// The levels of each scorecard, with their colours
    Levels,
    /// The operators of conditions, with presets, meta-properties and `$relation.NAME`
    Operators,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum ListingFormat {
    /// Tables for a terminal
    #[default]
    Table,
    /// One JSON document
    Json,
}

const EXAMPLES: &str = "\
Examples:
  dora-score show
  dora-score show levels -s scorecards/
  dora-score show operators
  dora-score show -f json | jq -r '.scorecards[].rules[] | \"\\(.identifier): \\(.condition)\"'";

/// Runs the command.
pub(crate) fn run(arguments: &ShowArguments) -> anyhow::Result<ExitCode> {
    let load = || arguments.scorecards.load();
    let (listing, LoadedScorecards { definitions, warnings, .. }) = match arguments.what {
        What::Scorecards => (Listing::Scorecards, load()?),
        What::Levels => (Listing::Levels, load()?),
        What::Operators => (Listing::Operators, LoadedScorecards::default()),
    };
    let text = match arguments.format {
        ListingFormat::Table => listing.table(&definitions, screen::stdout()),
        ListingFormat::Json => listing.json(&definitions)?,
    };
    std::io::stdout().write_all(text.as_bytes())?;
    exit::show(&warnings);
    Ok(ExitCode::SUCCESS)
}
