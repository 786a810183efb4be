//! `dora-score lint`: finds likely mistakes in valid scorecards.

use super::suggestion::suggesting;
use super::{docs, exit, input, progress, scope, scorecards, screen};
use crate::diagnostic::{Code, Problems, Severity};
use crate::lint::{Finding, LintFormat, Linter, Survey, lint_named, lints};
use crate::scorecard::Scorecards;
use clap::builder::{StringValueParser, TypedValueParser};
use clap::{Args, ValueEnum};
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

/// Find mistakes in scorecards, such as levels that no entity can reach
#[derive(Args)]
#[command(
    after_long_help = EXAMPLES,
    mut_arg("entities", |argument| argument.required(false).help(ENTITIES))
)]
pub(crate) struct LintArguments {
    #[command(flatten)]
    scorecards: scorecards::ScorecardArguments,
    #[command(flatten)]
    input: input::EntityArguments,
    #[command(flatten)]
    scope: scope::ScopeArguments,
    /// Fail (exit 1) on warnings too, not only on errors
    #[arg(long, value_enum, value_name = "WHAT", help_heading = "Findings")]
    deny: Option<Deny>,
    /// Suppress findings with this code (repeatable)
    #[arg(long, value_name = "CODE", value_parser = lint_code(), hide_possible_values = true, help_heading = "Findings")]
    allow: Vec<String>,
    /// Also report what Port may reject or not understand
    #[arg(long, help_heading = "Findings")]
    portable: bool,
    /// Print the page of a code, as `docs CODE` does
    #[arg(long, value_name = "CODE", hide = true)]
    explain: Option<String>,
    /// Output format: text, json, github, sarif
    #[arg(short, long, value_name = "FORMAT", default_value_t, value_parser = lint_format(), hide_possible_values = true,
          help_heading = "Output")]
    format: LintFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings as well as errors
    Warnings,
}

/// The help of `--entities`: for `lint` they are optional, and are not graded.
const ENTITIES: &str = "Entities to check the scorecards against, or `-` for standard input; reports names, types and \
                        thresholds that do not fit them (repeatable)";

const EXAMPLES: &str = "\
Examples:
  dora-score lint -s scorecards/
  dora-score lint -s scorecards/ -e services.json --deny warnings
  dora-score lint -s scorecards/ -f sarif > lint.sarif
  dora-score lint --allow missing-title && dora-score docs missing-title

Exit codes: 0 no errors, 1 errors (with `--deny warnings` also warnings), 2 invalid usage or input";

/// Runs the command.
pub(crate) fn run(arguments: &LintArguments) -> anyhow::Result<ExitCode> {
    if let Some(code) = &arguments.explain {
        return docs::print(Some(code));
    }
    let allow = allowed(&arguments.allow)?;
    let definitions = arguments.scorecards.read()?;
    let scorecards = Scorecards::new(definitions, arguments.input.as_of(), &arguments.scorecards.blueprint);
    let survey = match arguments.input.entities.is_empty() {
        true => None,
        false => {
            let mut line = progress::Line::new(false, input::total_size(&arguments.input.entities));
            let inputs = input::open(&arguments.input.entities)?;
            let settings = arguments.input.settings();
            let mut wanted = scorecards.wanted().clone();
            let scope = arguments.scope.scope(scorecards.as_of(), &mut wanted);
            let survey =
                Survey::take(&scorecards, &scope, wanted, inputs, settings, |progress| line.update(progress));
            line.clear();
            Some(survey?)
        }
    };
    let linter = Linter { survey: survey.as_ref(), portable: arguments.portable, allow };
    let findings = linter.run(scorecards.definitions());
    let mut out = std::io::stdout().lock();
    let count = scorecards.definitions().len();
    let shown =
        arguments.format.write(&findings, count, screen::stdout(), &mut out).and_then(|()| out.flush());
    // a closed pipe does not change the exit code
    shown.or_else(|error| if error.kind() == ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })?;
    let denied = findings.iter().any(|finding| is_denied(finding, arguments.deny));
    Ok(if denied { ExitCode::from(exit::FINDINGS_DENIED) } else { ExitCode::SUCCESS })
}

fn lint_code() -> impl TypedValueParser<Value = String> {
    suggesting(StringValueParser::new(), || lints().map(Code::name).collect())
}

fn lint_format() -> impl TypedValueParser<Value = LintFormat> {
    suggesting(StringValueParser::new().try_map(|text| text.parse()), || LintFormat::names().collect())
}

/// The codes of lints with these names.
///
/// # Errors
/// The names that are not lints.
fn allowed(codes: &[String]) -> Result<Vec<Code>, Problems> {
    let mut problems = Vec::new();
    let mut known = Vec::new();
    for code in codes {
        match lint_named(code) {
            Ok(lint) => known.push(lint),
            Err(unknown) => problems.extend(unknown.0),
        }
    }
    if problems.is_empty() { Ok(known) } else { Err(Problems(problems)) }
}

fn is_denied(finding: &Finding, deny: Option<Deny>) -> bool {
    match finding.diagnostic.severity {
        Severity::Error => true,
        Severity::Warning => deny == Some(Deny::Warnings),
        Severity::Note => false,
    }
}
