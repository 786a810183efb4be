//! `dora-score lint`: finds likely mistakes in valid scorecards.

use super::output::is_closed_pipe;
use super::policy::{ALL_WARNINGS, Policy};
use super::suggestion::suggesting;
use super::{docs, exit, input, progress, scope, scorecards, screen, unknown_fields, warnings};
use crate::diagnostic::{Code, Diagnostic, Problems, Severity};
use crate::lint::{Finding, LintFormat, Linter, Survey, is_of_portability, lint_named, lints};
use crate::scorecard::Scorecards;
use clap::Args;
use clap::builder::{StringValueParser, TypedValueParser};
use std::io::Write;
use std::process::ExitCode;

/// Find mistakes in scorecards, such as levels that no entity can reach
#[derive(Args)]
#[command(
    after_long_help = EXAMPLES,
    mut_arg("entities", |argument| argument.required(false).help(ENTITIES)),
    mut_arg("conditions", |argument| argument.help(scope::CONSIDERED))
)]
pub(crate) struct LintArguments {
    #[command(flatten)]
    scorecards: scorecards::ScorecardArguments,
    #[command(flatten)]
    input: input::EntityArguments,
    #[command(flatten)]
    scope: scope::ScopeArguments,
    /// Treat every warning as an error, and report duplicate entities
    #[arg(long, help_heading = "Findings")]
    strict: bool,
    /// Treat findings with this code as errors; `warnings` means all warnings (repeatable)
    #[arg(long, value_name = "CODE", value_parser = denied_code(), hide_possible_values = true, help_heading = "Findings")]
    deny: Vec<String>,
    /// Suppress findings with this code (repeatable)
    #[arg(long, value_name = "CODE", value_parser = lint_code(), hide_possible_values = true, help_heading = "Findings")]
    allow: Vec<String>,
    /// Also report what Port may reject or not understand
    #[arg(long, help_heading = "Findings")]
    portable: bool,
    /// Print the page of a code, as `docs CODE` does
    #[arg(long, value_name = "CODE", hide = true)]
    explain: Option<String>,
    /// Output format: text, json, github, gitlab, sarif
    #[arg(short, long, value_name = "FORMAT", default_value_t, value_parser = lint_format(), hide_possible_values = true,
          help_heading = "Output")]
    format: LintFormat,
}

impl LintArguments {
    /// Refuses to deny findings that are looked for only with `--portable`.
    fn check(&self, policy: &Policy) -> Result<(), Problems> {
        let unused = policy.denied_codes().iter().filter(|code| !self.portable && is_of_portability(**code));
        let problem = |code: &Code| {
            let message = format!("`--deny {code}` has no effect without `--portable`");
            Diagnostic::error(Code::UnusedOption, message).help("add `--portable`, or leave out the option")
        };
        let problems: Vec<Diagnostic> = unused.map(problem).collect();
        if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
    }
}

/// The warnings about the input that `lint` gives besides its findings.
const INPUT_WARNINGS: [Code; 2] = [Code::DuplicateEntity, Code::DuplicateFile];

/// The help of `--entities`: for `lint` they are optional, and are not graded.
const ENTITIES: &str = "Entities to check the scorecards against, or `-` for standard input; reports names, types and \
                        thresholds that do not fit them (repeatable)";

const EXAMPLES: &str = "\
Examples:
  dora-score lint -s scorecards/
  dora-score lint -s scorecards/ -e services.json --deny warnings
  dora-score lint -s scorecards/ -f sarif > lint.sarif
  dora-score lint --allow missing-title && dora-score docs missing-title

Exit codes: 0 no errors, 1 errors (with `--strict` or `--deny warnings` also warnings, with `--deny CODE` also findings with \
that code), 2 invalid usage or input";

/// Runs the command. The formats of CI systems also tell an error that stops it.
pub(crate) fn run(arguments: &LintArguments) -> anyhow::Result<ExitCode> {
    lint(arguments).or_else(|error| {
        let Some(Problems(problems)) = exit::problems(error) else { return Ok(ExitCode::SUCCESS) };
        // the error is on standard error as well
        drop(arguments.format.write_problems(&problems, &mut std::io::stdout()));
        Err(Problems(problems).into())
    })
}

fn lint(arguments: &LintArguments) -> anyhow::Result<ExitCode> {
    if let Some(code) = &arguments.explain {
        return docs::print(Some(code));
    }
    let policy = Policy::new(arguments.strict, &arguments.deny, &arguments.allow, code_named)?;
    arguments.check(&policy)?;
    let scorecards::LoadedScorecards { definitions, mut warnings, .. } = arguments.scorecards.load()?;
    let scorecards =
        Scorecards::new(definitions, arguments.input.as_of(), &arguments.scorecards.blueprint.blueprint);
    let survey = match arguments.input.entities.is_empty() {
        true => None,
        false => {
            let input::Inputs { inputs, size, warnings: more } = input::open(&arguments.input.entities)?;
            warnings.extend(more);
            let mut line = progress::Line::new(false, size);
            let settings = arguments.input.settings();
            let mut wanted = scorecards.wanted().clone();
            let scope = arguments.scope.scope(scorecards.as_of(), &mut wanted);
            let progress = |progress| line.update(progress);
            let survey = match policy.finds_duplicates() {
                true => Survey::take_with_duplicates(&scorecards, &scope, wanted, inputs, settings, progress),
                false => Survey::take(&scorecards, &scope, wanted, inputs, settings, progress),
            };
            line.clear();
            let survey = survey?;
            warnings.extend(unknown_fields::of_scope(&scope, survey.tally()));
            warnings.extend(survey.tally().duplicates.as_ref().and_then(warnings::duplicates));
            Some(survey)
        }
    };
    let warnings = policy.apply(warnings)?;
    let allow = policy.allowed().to_vec();
    let linter = Linter { survey: survey.as_ref(), portable: arguments.portable, allow };
    let mut findings = linter.run(scorecards.definitions());
    if arguments.format.shows_denied() {
        findings.iter_mut().for_each(|finding| apply(&policy, finding));
    }
    let mut out = std::io::stdout().lock();
    let count = scorecards.definitions().len();
    let shown =
        arguments.format.write(&findings, count, screen::stdout(), &mut out).and_then(|()| out.flush());
    // a closed pipe does not change the exit code
    shown.or_else(|error| if is_closed_pipe(&error) { Ok(()) } else { Err(error) })?;
    exit::show(&warnings);
    let is_denied = |finding: &Finding| {
        finding.diagnostic.severity == Severity::Error || policy.denied(&finding.diagnostic).is_some()
    };
    let denied = findings.iter().any(is_denied);
    Ok(if denied { ExitCode::from(exit::FINDINGS_DENIED) } else { ExitCode::SUCCESS })
}

/// Makes a finding that is not an error by itself one if an option does.
fn apply(policy: &Policy, finding: &mut Finding) {
    let denied = policy.denied(&finding.diagnostic);
    if let Some(denied) = denied.filter(|_| finding.diagnostic.severity != Severity::Error) {
        finding.diagnostic = denied;
    }
}

/// The codes of `--allow` and `--deny`.
fn codes() -> impl Iterator<Item = Code> {
    lints().chain(INPUT_WARNINGS)
}

fn lint_code() -> impl TypedValueParser<Value = String> {
    suggesting(StringValueParser::new(), || codes().map(Code::name).collect())
}

fn denied_code() -> impl TypedValueParser<Value = String> {
    suggesting(StringValueParser::new(), || {
        std::iter::once(ALL_WARNINGS).chain(codes().map(Code::name)).collect()
    })
}

fn lint_format() -> impl TypedValueParser<Value = LintFormat> {
    suggesting(StringValueParser::new().try_map(|text| text.parse()), || LintFormat::names().collect())
}

/// The code of a finding or a warning with this name.
fn code_named(name: &str) -> Result<Code, Problems> {
    INPUT_WARNINGS.into_iter().find(|code| code.name() == name).map_or_else(|| lint_named(name), Ok)
}
