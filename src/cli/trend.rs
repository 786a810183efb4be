//! `dora-score trend`: results over time.

use super::dated_files::DatedFiles;
use super::exit::{self, Conclusion};
use super::output::{self, Target, output_format};
use super::say::say;
use super::selection::{SelectionArguments, check_scorecards};
use super::{blueprint, input, jira as jira_options, limit, number, quiet, screen};
use crate::diagnostic::{Diagnostic, Problems};
use crate::history::{
    Reading, Selection, SharedCatalog, Trend, TrendOptions, trend_csv, trend_json, trend_markdown,
    trend_scorecards, trend_table, trend_verdict,
};
use crate::load::{FileKind, load_definitions};
use crate::notify::{JiraOptions, jira, slack, stuck_issues, stuck_message};
use crate::report::{Limit, undecided};
use crate::scorecard::{Definition, builtin_for};
use crate::words::words;
use clap::{Args, ValueEnum};
use std::io::{BufWriter, Write};
use std::num::NonZero;
use std::path::PathBuf;
use std::process::ExitCode;

/// Show levels over time, who rose and fell, and who is stuck below a level
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct TrendArguments {
    /// A result of each date (`evaluate -f json`), entities that `metrics --snapshots` wrote, or entities in a file
    /// whose name begins with the date, such as `2026-01-31.json`; or a directory with such files
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    selection: SelectionArguments,
    /// Scorecards that grade entities, and give the order of levels where the results do not (repeatable)
    /// [default: the built-in DORA scorecards]
    #[arg(short, long, value_name = "PATH", help_heading = "Results")]
    scorecards: Vec<PathBuf>,
    #[command(flatten, next_help_heading = "Results")]
    blueprint: blueprint::BlueprintArgument,
    #[command(flatten)]
    reading: input::ReadingArguments,
    /// Level below which an entity is stuck [default: Bronze, or the first level above the base]
    #[arg(long, value_name = "LEVEL", help_heading = "Stuck")]
    below: Option<String>,
    /// An entity is stuck if it is below the level on each of the last N dates
    #[arg(long = "for", value_name = "N", default_value = "3", value_parser = number::positive, help_heading = "Stuck")]
    dates: NonZero<usize>,
    /// Whether a date without data counts as below the level
    #[arg(long, value_enum, value_name = "WHAT", default_value_t, help_heading = "Stuck")]
    no_data: NoDataArgument,
    /// Fail (exit 1) if an entity is stuck
    #[arg(long, value_enum, value_name = "WHAT", help_heading = "Stuck")]
    fail_on: Option<TrendFailOn>,
    /// Output format, to print or to write to a file: table, json, csv, markdown, slack, jira
    /// (repeatable)
    #[arg(short, long, value_name = "FORMAT[=FILE]", default_value = "table", value_parser = output::parser::<TrendFormat>(),
          hide_possible_values = true, help_heading = "Output")]
    format: Vec<Target<TrendFormat>>,
    #[command(flatten)]
    limit: limit::LimitArgument,
    #[command(flatten)]
    jira: jira_options::JiraArguments,
    #[command(flatten)]
    quiet: quiet::QuietArgument,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum NoDataArgument {
    /// It counts by its level
    #[default]
    Judge,
    /// It does not count, and breaks the sequence of dates
    Skip,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TrendFailOn {
    /// An entity that is stuck
    Stuck,
}

words! {
    /// A format of trends.
    TrendFormat {
        /// For a terminal.
        Table = "table",
        /// One JSON document.
        Json = "json",
        /// For a spreadsheet.
        Csv = "csv",
        /// For a pull request or a job summary.
        Markdown = "markdown",
        /// A message for a webhook of Slack.
        Slack = "slack",
        /// Issues to create in Jira, one a line.
        Jira = "jira",
    }
}

output_format!(
    TrendFormat,
    fn undecided(self, is_file: bool, problems: &[Diagnostic]) -> Option<String> {
        let tells = self == Self::Markdown && is_file;
        tells.then(|| undecided("Trend", "the command", problems))
    }
);

const EXAMPLES: &str = "\
Examples:
  dora-score trend history
  dora-score trend 2026-*.json --below Silver --for 4 --fail-on stuck
  dora-score metrics -d deployments.ndjson --snapshots history --every 4w --last 13 && dora-score trend history

Exit codes: 0 success, 1 an entity is stuck, 2 invalid usage or input, 3 there was nothing to judge";

/// Runs the command. If an error stops it, a file of Markdown tells the error.
pub(crate) fn run(arguments: &TrendArguments) -> anyhow::Result<ExitCode> {
    output::or_tell(trend(arguments), &arguments.format, &arguments.inputs())
}

fn trend(arguments: &TrendArguments) -> anyhow::Result<ExitCode> {
    let selection = arguments.selection.parse()?;
    let definitions = arguments.definitions(&selection)?;
    output::check_targets(&arguments.format, &arguments.inputs())?;
    let jira =
        arguments.jira.options(arguments.format.iter().any(|target| target.format == TrendFormat::Jira))?;
    let limit = arguments.limit()?;
    let settings = arguments.reading.settings();
    let files = DatedFiles::find(&arguments.files, settings)?;
    files.check_count()?;
    let catalog = SharedCatalog::default();
    let reading = Reading {
        catalog: &catalog,
        selection: &selection,
        default_blueprint: &arguments.blueprint.blueprint,
        settings,
    };
    let series = files.read(&reading, &definitions, arguments.quiet.quiet)?;
    let mut catalog = catalog.into_catalog();
    let options = TrendOptions {
        below: arguments.below.clone(),
        dates: arguments.dates.get(),
        skips_no_data: arguments.no_data == NoDataArgument::Skip,
    };
    let selects = |name: &str| selection.selects_scorecard(name);
    let cards = trend_scorecards(&series, &mut catalog, &definitions, &options, selects)?;
    let trend = Trend::new(&series, &catalog, cards, options);
    check_scorecards(&selection, trend.scorecards.iter().map(|card| trend.card_names(card).1))?;
    arguments.write(&trend, limit, jira.as_ref())?;
    Ok(arguments.conclude(&trend))
}

impl TrendArguments {
    /// The files to read. No output may replace them.
    fn inputs(&self) -> output::Inputs<'_> {
        output::Inputs(vec![(&self.files, FileKind::Entities), (&self.scorecards, FileKind::Scorecards)])
    }

    fn definitions(&self, selection: &Selection) -> Result<Vec<Definition>, Problems> {
        let blueprint = &self.blueprint.blueprint;
        let mut definitions = if self.scorecards.is_empty() {
            builtin_for(blueprint)
        } else {
            load_definitions(&self.scorecards, blueprint)?
        };
        definitions.retain(|definition| selection.selects_scorecard(&definition.identifier));
        Ok(definitions)
    }

    fn limit(&self) -> Result<Limit, Problems> {
        let lists_entities = |format| matches!(format, TrendFormat::Table | TrendFormat::Markdown);
        self.limit.limit(self.format.iter().any(|target| lists_entities(target.format)))
    }

    #[expect(
        clippy::expect_used,
        reason = "`JiraArguments::options` returns options if the format is chosen"
    )]
    fn write(
        &self,
        trend: &Trend<'_>,
        limit: Limit,
        options: Option<&JiraOptions<'_>>,
    ) -> anyhow::Result<()> {
        let ends_early = self.fail_on.is_none() && self.format.len() == 1;
        let mut sinks = output::open_all(&self.format, ends_early)?;
        for (target, sink) in self.format.iter().zip(&mut sinks) {
            let screen = sink.screen();
            let mut out = BufWriter::new(sink);
            match target.format {
                TrendFormat::Table => out.write_all(trend_table(trend, limit, screen).as_bytes())?,
                TrendFormat::Json => trend_json(trend, &mut out)?,
                TrendFormat::Csv => out.write_all(&trend_csv(trend))?,
                TrendFormat::Slack => out.write_all(slack(stuck_message(trend)).as_bytes())?,
                TrendFormat::Jira => {
                    jira(stuck_issues(trend), options.expect("the options are checked"), &mut out)?;
                }
                TrendFormat::Markdown => out.write_all(trend_markdown(trend, limit).as_bytes())?,
            }
            out.flush()?;
        }
        Ok(output::finish_all(sinks)?)
    }

    /// Prints the verdict of `--fail-on`, and maps it to an exit code. With `quiet`, one that passed prints nothing.
    fn conclude(&self, trend: &Trend<'_>) -> ExitCode {
        if self.fail_on.is_none() {
            return ExitCode::SUCCESS;
        }
        let passed = trend.can_be_stuck() && trend.stuck.is_empty();
        if !passed || !self.quiet.quiet {
            say(format_args!("{}", trend_verdict(trend, screen::stderr())));
        }
        let conclusion = match (passed, trend.can_be_stuck()) {
            (true, _) => Conclusion::Passed,
            (false, true) => Conclusion::Failed,
            (false, false) => Conclusion::NothingToJudge,
        };
        exit::code([conclusion], false)
    }
}
