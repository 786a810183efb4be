//! `dora-score diff`: what changed between two results.

use super::fail_verdict::FailVerdict;
use super::input::shown;
use super::missing_baseline::{MissingBaseline, missing_baseline};
use super::output::{self, Target, output_format};
use super::selection::{SelectionArguments, check_scorecards};
use super::{blueprint, exit, input, jira as jira_options, limit, progress, quiet};
use crate::diagnostic::{Diagnostic, Problems};
use crate::entity::Progress;
use crate::history::{
    Absence, Diff, FailOn, FailRule, Reading, SharedCatalog, github, json, markdown, scorecards, table,
};
use crate::load::{FileKind, load_definitions};
use crate::notify::{JiraOptions, issues, jira, message, slack};
use crate::report::{Limit, annotations, undecided};
use crate::scorecard::Definition;
use crate::words::words;
use clap::Args;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Show what changed between two results, and fail on changes for the worse
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct DiffArguments {
    /// Result to compare with: a file that `evaluate -f json` or `-f ndjson` wrote, entities with `scorecards` as Port
    /// exports them, or `-` for standard input
    before: PathBuf,
    /// Result to compare
    after: PathBuf,
    #[command(flatten)]
    selection: SelectionArguments,
    /// Definitions that give the order of levels where the results do not (repeatable)
    #[arg(short, long, value_name = "PATH", help_heading = "Results")]
    scorecards: Vec<PathBuf>,
    #[command(flatten, next_help_heading = "Results")]
    blueprint: blueprint::BlueprintArgument,
    #[command(flatten)]
    reading: input::ReadingArguments,
    /// Fail (exit 1) on these changes: down, below=[SCORECARD=]LEVEL, lost-data, disappeared, any, changed-rules
    /// (repeatable)
    #[arg(long, value_name = "CHANGE", help_heading = "Gate")]
    fail_on: Vec<FailOn>,
    /// How to treat a missing BEFORE
    #[arg(long, value_enum, value_name = "WHAT", default_value_t, help_heading = "Gate")]
    missing_baseline: MissingBaseline,
    /// Output format, to print or to write to a file: table, json, markdown, github, slack, jira
    /// (repeatable)
    #[arg(short, long, value_name = "FORMAT[=FILE]", default_value = "table", value_parser = output::parser::<DiffFormat>(),
          hide_possible_values = true, help_heading = "Output")]
    format: Vec<Target<DiffFormat>>,
    #[command(flatten)]
    limit: limit::LimitArgument,
    #[command(flatten)]
    jira: jira_options::JiraArguments,
    #[command(flatten)]
    quiet: quiet::QuietArgument,
}

words! {
    /// A format of comparisons.
    DiffFormat {
        /// For a terminal.
        Table = "table",
        /// One JSON document.
        Json = "json",
        /// For a pull request or a job summary.
        Markdown = "markdown",
        /// Annotations of GitHub Actions.
        Github = "github",
        /// A message for a webhook of Slack.
        Slack = "slack",
        /// Issues to create in Jira, one a line.
        Jira = "jira",
    }
}

output_format!(
    DiffFormat,
    fn undecided(self, is_file: bool, problems: &[Diagnostic]) -> Option<String> {
        match self {
            Self::Github => Some(annotations(problems)),
            Self::Markdown if is_file => Some(undecided("Changes", "the comparison", problems)),
            _ => None,
        }
    }
);

const EXAMPLES: &str = "\
Examples:
  dora-score diff last.json now.json
  dora-score diff last.json now.json --fail-on below=Bronze --missing-baseline pass
  dora-score diff port-export.json ours.json --fail-on any

Exit codes: 0 success, 1 a change of --fail-on, 2 invalid usage or input, 3 there was nothing to compare";

/// Runs the command. If an error stops it, the outputs that a CI system shows tell the error.
pub(crate) fn run(arguments: &DiffArguments) -> anyhow::Result<ExitCode> {
    output::or_tell(diff(arguments), &arguments.format, &arguments.inputs())
}

fn diff(arguments: &DiffArguments) -> anyhow::Result<ExitCode> {
    let DiffArguments { before, after, .. } = arguments;
    let selection = arguments.selection.parse()?;
    let definitions = arguments.definitions()?;
    let [first, second] = [before, after].map(std::slice::from_ref);
    output::check_targets(&arguments.format, &arguments.inputs())?;
    let jira = arguments.jira_options()?;
    let limit = arguments.limit()?;
    let baseline = arguments.missing_baseline.check(before)?;
    let lists = [if baseline { first } else { &[] }, second];
    let [before_inputs, after_inputs] = input::open_lists(lists)?;
    let size = before_inputs.size.zip(after_inputs.size).map(|(before, after)| before + after);
    let catalog = SharedCatalog::default();
    let reading = Reading {
        catalog: &catalog,
        selection: &selection,
        default_blueprint: &arguments.blueprint.blueprint,
        settings: arguments.reading.settings(),
    };
    let mut line = progress::Line::new(arguments.quiet.quiet, size);
    let mut done = Progress::default();
    let mut read = |path: &Path, inputs: input::Inputs| {
        let mut last = done;
        let side = reading.read(&shown(path), inputs.inputs, |progress: Progress| {
            last =
                Progress { bytes: done.bytes + progress.bytes, elements: done.elements + progress.elements };
            line.update(last);
        });
        done = last;
        side
    };
    let sides = baseline
        .then(|| read(before, before_inputs))
        .transpose()
        .and_then(|old| Ok((old, read(after, after_inputs)?)));
    line.clear();
    let (old, new) = sides.map_err(Problems::from)?;
    let mut catalog = catalog.into_catalog();
    let Some(old) = old else {
        let diff = Diff::without_baseline(&new, &catalog);
        arguments.write(&diff, &FailRule::new(&[], &diff)?, limit, jira.as_ref())?;
        if !arguments.quiet.quiet {
            exit::show(&[missing_baseline(before).1]);
        }
        return Ok(ExitCode::SUCCESS);
    };
    let cards = scorecards(&old, &new, &mut catalog, &definitions, |name| selection.selects_scorecard(name));
    let cards = cards.map_err(Problems::from)?;
    let diff = Diff::new(&old, &new, &catalog, cards, Absence::Disappeared);
    check_scorecards(&selection, diff.scorecards.iter().map(|card| diff.card_names(card).1))?;
    let rule = FailRule::new(&arguments.fail_on, &diff)?;
    arguments.write(&diff, &rule, limit, jira.as_ref())?;
    let conclusion = FailVerdict::new(&rule).map(|verdict| verdict.conclude(arguments.quiet.quiet));
    Ok(exit::code(conclusion, false))
}

impl DiffArguments {
    /// The files to read. No output may replace them.
    fn inputs(&self) -> output::Inputs<'_> {
        output::Inputs(vec![
            (std::slice::from_ref(&self.before), FileKind::Entities),
            (std::slice::from_ref(&self.after), FileKind::Entities),
            (&self.scorecards, FileKind::Scorecards),
        ])
    }

    fn definitions(&self) -> Result<Vec<Definition>, Problems> {
        if self.scorecards.is_empty() {
            return Ok(Vec::new());
        }
        load_definitions(&self.scorecards, &self.blueprint.blueprint)
    }

    fn limit(&self) -> Result<Limit, Problems> {
        let lists_entities = |format| matches!(format, DiffFormat::Table | DiffFormat::Markdown);
        self.limit.limit(self.format.iter().any(|target| lists_entities(target.format)))
    }

    fn jira_options(&self) -> Result<Option<JiraOptions<'_>>, Problems> {
        self.jira.options(self.format.iter().any(|target| target.format == DiffFormat::Jira))
    }

    /// Writes the comparison in all formats.
    #[expect(clippy::expect_used, reason = "`jira_options` returns options if the format is chosen")]
    fn write(
        &self,
        diff: &Diff<'_>,
        rule: &FailRule<'_>,
        limit: Limit,
        options: Option<&JiraOptions<'_>>,
    ) -> anyhow::Result<()> {
        let mut sinks = output::open_all(&self.format, rule.is_open() && self.format.len() == 1)?;
        for (target, sink) in self.format.iter().zip(&mut sinks) {
            let screen = sink.screen();
            let mut out = BufWriter::new(sink);
            match target.format {
                DiffFormat::Json => json(diff, rule, &mut out)?,
                DiffFormat::Table => out.write_all(table(diff, limit, screen).as_bytes())?,
                DiffFormat::Markdown => out.write_all(markdown(diff, rule, limit).as_bytes())?,
                DiffFormat::Github => out.write_all(github(diff, rule).as_bytes())?,
                DiffFormat::Slack => out.write_all(slack(message(diff, rule)).as_bytes())?,
                DiffFormat::Jira => {
                    let options = options.expect("the options of a chosen format are checked");
                    jira(issues(diff, rule), options, &mut out)?;
                }
            }
            out.flush()?;
        }
        Ok(output::finish_all(sinks)?)
    }
}
