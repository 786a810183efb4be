//! `dora-score metrics`: from raw events to entities with the DORA metrics.

use super::output::{self, Target};
use super::snapshots::{self, Snapshots};
use super::{blueprint, entities, exit, input, progress, quiet, time};
use crate::diagnostic::{Diagnostic, Problems};
use crate::entity::Progress;
use crate::json::pretty;
use crate::load::FileKind;
use crate::metrics::{
    Average, Collected, EntityFormat, Failures, FeedInputs, Feeds, MetricsExplanation, Options, Owners,
    Roster, Window, WindowTotals, head, warnings,
};
use crate::value::{Instant, Span};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgGroup, Args};
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

/// Calculate the DORA metrics of services and teams from deployments, changes and incidents
#[derive(Args)]
#[command(
    after_long_help = EXAMPLES,
    group(ArgGroup::new("feeds").args(["deployments", "changes", "incidents"]).required(true).multiple(true)),
    mut_arg("blueprint", |argument| argument.help(blueprint::OF_SERVICES)),
)]
pub(crate) struct MetricsArguments {
    /// Deployments: a JSON file, a directory, or `-` for standard input (repeatable)
    #[arg(short, long, value_name = "PATH", help_heading = "Events")]
    deployments: Vec<PathBuf>,
    /// Changes, such as merged pull requests (repeatable)
    #[arg(short, long, value_name = "PATH", help_heading = "Events")]
    changes: Vec<PathBuf>,
    /// Incidents (repeatable)
    #[arg(short, long, value_name = "PATH", help_heading = "Events")]
    incidents: Vec<PathBuf>,
    /// Services and teams, whose other properties are kept (repeatable)
    #[arg(long, value_name = "PATH", help_heading = "Events")]
    services: Vec<PathBuf>,
    #[command(flatten)]
    reading: input::ReadingArguments,
    #[command(flatten, next_help_heading = "Metrics")]
    blueprint: blueprint::BlueprintArgument,
    /// End of the window: 2026-01-31, or 2026-01-31T09:30:00Z [default: now]
    #[arg(long, value_name = "TIME", value_parser = time::parse, help_heading = "Metrics")]
    as_of: Option<Instant>,
    /// Length of the window in days or weeks
    #[arg(long, value_name = "SPAN", default_value = "12w", help_heading = "Metrics")]
    window: Span,
    /// Count only deployments to this environment [default: production, prod] (repeatable)
    #[arg(long, value_name = "NAME", help_heading = "Metrics")]
    environment: Vec<String>,
    /// How to average lead times and times to recover
    #[arg(long, value_name = "HOW", default_value = "mean", value_parser = average(), help_heading = "Metrics")]
    average: Average,
    /// How to calculate the change failure rate
    #[arg(long, value_name = "HOW", default_value = "incidents", value_parser = failures(), help_heading = "Metrics")]
    failures: Failures,
    /// Output format, to print or to write to a file: ndjson, json (repeatable)
    #[arg(short, long, value_name = "FORMAT[=FILE]", default_value = "ndjson", value_parser = output::parser::<EntityFormat>(),
          hide_possible_values = true, conflicts_with = "snapshots", help_heading = "Output")]
    format: Vec<Target<EntityFormat>>,
    /// Print where the metrics of this service come from, as text or with `-f json` (repeatable)
    #[arg(long, value_name = "SERVICE", conflicts_with = "snapshots", help_heading = "Output")]
    explain: Vec<String>,
    #[command(flatten)]
    snapshots: snapshots::SnapshotArguments,
    #[command(flatten)]
    quiet: quiet::QuietArgument,
}

const EXAMPLES: &str = "\
Examples:
  dora-score metrics -d deployments.ndjson -c changes.ndjson -i incidents.ndjson | dora-score evaluate -e -
  dora-score metrics -d deployments.json --services services.json --window 180d --as-of 2026-08-22

Exit codes: 0 success, 2 invalid usage or input";

fn average() -> impl TypedValueParser<Value = Average> {
    PossibleValuesParser::new(Average::names()).map(|name| named(Average::named(&name)))
}

fn failures() -> impl TypedValueParser<Value = Failures> {
    PossibleValuesParser::new(Failures::names()).map(|name| named(Failures::named(&name)))
}

#[expect(clippy::expect_used, reason = "clap accepts only the names of the words")]
fn named<W>(word: Option<W>) -> W {
    word.expect("the word is one of those that clap accepts")
}

/// Runs the command.
pub(crate) fn run(arguments: &MetricsArguments) -> anyhow::Result<ExitCode> {
    let as_of = arguments.as_of.unwrap_or_else(time::now);
    let snapshots = arguments.snapshots.plan(arguments.as_of)?;
    let ends = snapshots.as_ref().map_or_else(|| vec![as_of], Snapshots::ends);
    let options =
        arguments.options(ends.into_iter().map(|end| Window::before(end, arguments.window)).collect());
    let settings = arguments.reading.settings();
    let lists = [&arguments.deployments, &arguments.changes, &arguments.incidents, &arguments.services];
    let lists = lists.map(Vec::as_slice);
    let read = output::Inputs(lists.map(|paths| (paths, FileKind::Entities)).to_vec());
    output::check_targets(&arguments.format, &read)?;
    let [deployments, changes, incidents, services] = input::open_lists(lists)?;
    let sizes = [&deployments, &changes, &incidents].map(|inputs| inputs.size);
    let mut known: Vec<Diagnostic> = Vec::new();
    let mut take = |inputs: input::Inputs| {
        known.extend(inputs.warnings);
        inputs.inputs
    };
    let feeds =
        FeedInputs { deployments: take(deployments), changes: take(changes), incidents: take(incidents) };
    let services = take(services);
    let mut line = progress::Line::new(arguments.quiet.quiet, sizes.into_iter().sum()).of("events");
    let roster = Roster::read(services, &options.blueprint, settings);
    let read = roster.and_then(|roster| {
        let collected =
            Collected::read(&options, feeds, settings, |progress: Progress| line.update(progress))?;
        Ok((roster, collected))
    });
    line.clear();
    let (roster, collected) = read.map_err(Problems::from)?;
    let totals = WindowTotals::new(&collected, &options, 0);
    let owners = Owners::new(&roster, &collected, &totals, &options);
    if !arguments.quiet.quiet {
        known.extend(warnings(&collected, &totals, &owners, &roster, &options));
        exit::show(&known);
    }
    if !arguments.explain.is_empty() {
        arguments.print_explanation(
            &MetricsExplanation::new(&collected, &totals, &owners, &options).map_err(Problems::from)?,
        )?;
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(snapshots) = snapshots {
        snapshots.write(&owners, &collected, &options, &totals, arguments.quiet.quiet)?;
        return Ok(ExitCode::SUCCESS);
    }
    entities::write(&arguments.format, &head(&options, &options.window()), |sink| {
        owners.each_entity(&totals, sink)
    })?;
    Ok(ExitCode::SUCCESS)
}

impl MetricsArguments {
    fn print_explanation(&self, explanation: &MetricsExplanation) -> anyhow::Result<()> {
        let mut sinks = output::open_all(&self.format, self.format.len() == 1)?;
        for (target, sink) in self.format.iter().zip(&mut sinks) {
            let text = match target.format {
                EntityFormat::Json => pretty(explanation)?,
                EntityFormat::Ndjson => explanation.text(sink.screen()),
            };
            sink.write_all(text.as_bytes())?;
        }
        Ok(output::finish_all(sinks)?)
    }

    fn options(&self, windows: Vec<Window>) -> Options {
        let feeds = Feeds {
            deployments: !self.deployments.is_empty(),
            changes: !self.changes.is_empty(),
            incidents: !self.incidents.is_empty(),
        };
        let mut options = Options::new(&self.blueprint.blueprint, windows, &self.environment, feeds);
        options.explained.clone_from(&self.explain);
        options.has_snapshots = self.snapshots.is_used();
        options.average = self.average;
        options.failures = self.failures;
        options
    }
}
