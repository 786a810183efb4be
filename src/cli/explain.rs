//! `dora-score explain`: why an entity has its level, and what would raise it.

use super::{exit, input, progress, quiet, scope, scorecards, screen, warnings};
use crate::explain::{Chosen, ExplainFormat, Explaining};
use crate::report::Limit;
use crate::scorecard::Scorecards;
use clap::{Args, ValueEnum};
use std::collections::HashSet;
use std::io::Write;
use std::process::ExitCode;

/// Explain why an entity has its level, and the fewest changes that reach the next one
#[derive(Args)]
#[command(after_long_help = EXAMPLES, mut_arg("conditions", |argument| argument.help(scope::CONSIDERED)))]
pub(crate) struct ExplainArguments {
    /// Identifiers of the entities to explain [default: those nearest to their next level]
    #[arg(value_name = "ENTITY")]
    names: Vec<String>,
    #[command(flatten)]
    scorecards: scorecards::ScorecardArguments,
    #[command(flatten)]
    input: input::EntityArguments,
    #[command(flatten)]
    scope: scope::ScopeArguments,
    /// Explain at most N entities when none is named, 0 for all
    #[arg(long, value_name = "N", default_value = "10", value_parser = super::number::whole, allow_negative_numbers = true,
          help_heading = "Output")]
    limit: usize,
    /// Output format
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t, help_heading = "Output")]
    format: FormatArgument,
    #[command(flatten)]
    quiet: quiet::QuietArgument,
}

#[derive(Clone, Copy, Default, ValueEnum)]
enum FormatArgument {
    /// Text for a terminal
    #[default]
    Text,
    /// One JSON document with the same facts
    Json,
    /// Markdown for a pull request or a chat
    Markdown,
}

const EXAMPLES: &str = "\
Examples:
  dora-score explain checkout -e services.json
  dora-score explain checkout ledger --scorecard dora_cfr -e services.json
  dora-score explain -e services.json --limit 5
  dora-score explain checkout -e services.json -f json | jq '.entities[].scorecards[].next.changes'

Exit codes: 0 success, 2 invalid usage or input, or an unknown entity or scorecard";

/// Runs the command.
pub(crate) fn run(arguments: &ExplainArguments) -> anyhow::Result<ExitCode> {
    let scorecards::LoadedScorecards { definitions, mut warnings, .. } =
        arguments.scorecards.load_checked()?;
    let as_of = arguments.input.as_of();
    let scorecards = Scorecards::new(definitions, as_of, &arguments.scorecards.blueprint.blueprint);
    let chosen = if arguments.names.is_empty() {
        Chosen::Nearest(Limit::of_option(Some(arguments.limit)).number())
    } else {
        Chosen::Named(without_duplicates(&arguments.names))
    };
    let mut wanted = scorecards.wanted().clone();
    let scope = arguments.scope.scope(as_of, &mut wanted);
    let explaining = Explaining {
        scorecards: &scorecards,
        scope: &scope,
        wanted: &wanted,
        chosen: &chosen,
        settings: arguments.input.settings(),
    };
    let input::Inputs { inputs, size, warnings: more } = input::open(&arguments.input.entities)?;
    warnings.extend(more);
    let mut line = progress::Line::new(arguments.quiet.quiet, size);
    let selected = explaining.select(inputs, |progress| line.update(progress));
    line.clear();
    let selected = selected?;
    let format = match arguments.format {
        FormatArgument::Text => ExplainFormat::Text,
        FormatArgument::Json => ExplainFormat::Json,
        FormatArgument::Markdown => ExplainFormat::Markdown,
    };
    let mut stdout = std::io::stdout().lock();
    selected.write(format, screen::stdout(), &mut stdout)?;
    stdout.flush()?;
    if arguments.names.is_empty() {
        let built_in = arguments.scorecards.are_built_in(scorecards.definitions());
        warnings.extend(warnings::of(&scorecards, &scope, &selected.tally, built_in));
    }
    if !arguments.quiet.quiet {
        exit::show(&warnings);
    }
    Ok(ExitCode::SUCCESS)
}

/// The names without repetitions, in the same order.
fn without_duplicates(names: &[String]) -> Vec<String> {
    let mut seen = HashSet::new();
    names.iter().filter(|name| seen.insert(name.as_str())).cloned().collect()
}
