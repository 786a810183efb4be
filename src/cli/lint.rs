//! `dora-score lint`: what is legal in scorecards but wrong.

use super::{color, exit, input, progress, scorecards, time};
use clap::{Args, ValueEnum};
use dora_score::{Code, Finding, LintFormat, Linter, Problems, Scorecards, Severity, Survey, lint_named};
use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// Find what is legal in scorecards but wrong: levels nobody can reach, rules that decide nothing, …
#[derive(Args)]
#[command(after_long_help = EXAMPLES)]
pub(crate) struct LintArguments {
    #[command(flatten)]
    scorecards: scorecards::ScorecardArguments,
    /// Entities to hold the scorecards against, or `-` for standard input: finds names, types and
    /// thresholds that do not fit them
    #[arg(short, long, value_name = "PATH")]
    entities: Vec<PathBuf>,
    /// What to print: text, json, github, sarif
    #[arg(short, long, value_name = "FORMAT", default_value_t)]
    format: LintFormat,
    /// Exit 1 for warnings too, not only for errors
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Do not tell findings with this code
    #[arg(long, value_name = "CODE")]
    allow: Vec<String>,
    /// Tell also what Port itself may refuse or not understand
    #[arg(long)]
    portable: bool,
    /// Print the page of a lint and do nothing else
    #[arg(long, value_name = "CODE")]
    explain: Option<String>,
    #[command(flatten)]
    input: input::InputArguments,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings
    Warnings,
}

const EXAMPLES: &str = "\
Examples:
  dora-score lint -s scorecards/
  dora-score lint -s scorecards/ -e services.json --deny warnings
  dora-score lint -s scorecards/ -f sarif > lint.sarif
  dora-score lint --explain implied-level

Exit codes: 0 nothing denied, 1 an error was found (or a warning, with `--deny warnings`),
2 the scorecards or entities could not be read";

/// Runs the command.
pub(crate) fn run(arguments: &LintArguments) -> anyhow::Result<ExitCode> {
    if let Some(code) = &arguments.explain {
        let lint = lint_named(code)?;
        writeln!(std::io::stdout(), "{} ({})\n\n{}", lint.code, lint.severity.name(), lint.page)?;
        return Ok(ExitCode::SUCCESS);
    }
    let allow = allowed(&arguments.allow)?;
    let definitions = arguments.scorecards.read()?;
    let scorecards = Scorecards::new(definitions, time::now(), &arguments.scorecards.blueprint);
    let survey = match arguments.entities.is_empty() {
        true => None,
        false => {
            let mut line = progress::Line::new(false, input::total_size(&arguments.entities));
            let inputs = input::open(&arguments.entities)?;
            let settings = arguments.input.settings();
            let survey = Survey::take(&scorecards, inputs, settings, |progress| line.update(progress));
            line.clear();
            Some(survey?)
        }
    };
    let linter = Linter { survey: survey.as_ref(), portable: arguments.portable, allow };
    let findings = linter.run(scorecards.definitions());
    let mut out = std::io::stdout().lock();
    let count = scorecards.definitions().len();
    let shown =
        arguments.format.write(&findings, count, color::on_stdout(), &mut out).and_then(|()| out.flush());
    // a reader that stops reading does not change the verdict
    shown.or_else(|error| if error.kind() == ErrorKind::BrokenPipe { Ok(()) } else { Err(error) })?;
    let denied = findings.iter().any(|finding| is_denied(finding, arguments.deny));
    Ok(if denied { ExitCode::from(exit::FINDINGS_DENIED) } else { ExitCode::SUCCESS })
}

/// The codes that are not told, or what is wrong with those that do not exist.
fn allowed(codes: &[String]) -> Result<Vec<Code>, Problems> {
    let mut problems = Vec::new();
    let mut known = Vec::new();
    for code in codes {
        match lint_named(code) {
            Ok(lint) => known.push(lint.code),
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
