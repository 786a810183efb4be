//! `--strict`, `--deny` and `--allow`: which warnings are errors, and which are not shown.

use super::suggestion::suggesting;
use crate::diagnostic::{Code, Diagnostic, Problems, Severity, did_you_mean, expected, quoted, similar};
use crate::lint::lints;
use clap::Args;
use clap::builder::{StringValueParser, TypedValueParser};

/// The warnings of `evaluate`, in alphabetical order.
pub(crate) const WARNINGS: &[Code] = &[
    Code::DuplicateEntity,
    Code::DuplicateFile,
    Code::EmptyScope,
    Code::ExpiredWaiver,
    Code::IgnoredPageSetting,
    Code::MisspelledKey,
    Code::NoEntities,
    Code::QuotedNumber,
    Code::ScorecardWithoutEntities,
    Code::UngradedEntities,
    Code::UnknownKey,
    Code::UnknownProperty,
    Code::UnknownRelation,
    Code::UnsupportedWidget,
    Code::UnusedWaiver,
];

/// The word for all warnings in `--deny`.
pub(crate) const ALL_WARNINGS: &str = "warnings";

/// The options for warnings.
#[derive(Args)]
#[command(next_help_heading = "Warnings")]
pub(crate) struct PolicyArguments {
    /// Treat every warning as an error (exit 2), and report duplicate entities
    #[arg(long)]
    strict: bool,
    /// Treat warnings with this code as errors; `warnings` means all (repeatable)
    #[arg(long, value_name = "CODE", value_parser = denied(), hide_possible_values = true)]
    deny: Vec<String>,
    /// Suppress warnings with this code (repeatable)
    #[arg(long, value_name = "CODE", value_parser = allowed(), hide_possible_values = true)]
    allow: Vec<String>,
}

impl PolicyArguments {
    /// The policy.
    ///
    /// # Errors
    /// The names that are not warnings.
    pub(crate) fn policy(&self) -> Result<Policy, Problems> {
        Policy::new(self.strict, &self.deny, &self.allow, warning_named)
    }
}

fn allowed() -> impl TypedValueParser<Value = String> {
    suggesting(StringValueParser::new(), || WARNINGS.iter().map(|code| code.name()).collect())
}

fn denied() -> impl TypedValueParser<Value = String> {
    suggesting(StringValueParser::new(), || {
        std::iter::once(ALL_WARNINGS).chain(WARNINGS.iter().map(|code| code.name())).collect()
    })
}

/// The warning with this name.
fn warning_named(name: &str) -> Result<Code, Problems> {
    let known = || WARNINGS.iter().map(|code| code.name());
    if let Some(code) = WARNINGS.iter().find(|code| code.name() == name) {
        return Ok(*code);
    }
    let is_lint = lints().any(|code| code.name() == name);
    let near = similar(name, known());
    let is_error = Code::named(name).is_some_and(|code| code.severity() == Severity::Error);
    let help = match (is_lint, near.is_empty()) {
        (true, _) => format!("it is a code of `lint`: use `dora-score lint --deny {name}`"),
        _ if is_error => "it is an error, not a warning: it always stops the program".to_owned(),
        (false, true) => expected("warning", known()),
        (false, false) => did_you_mean(near),
    };
    let message = format!("unknown warning {}", quoted(name));
    Err(Diagnostic::error(Code::UnknownWarning, message).help(help).into())
}

/// Which warnings are errors, and which are not shown. `--allow` has priority.
#[derive(Debug, Default)]
pub(crate) struct Policy {
    strict: bool,
    denies_warnings: bool,
    denied: Vec<Code>,
    allowed: Vec<Code>,
}

impl Policy {
    /// A policy from the options. `named` finds a code.
    ///
    /// # Errors
    /// All names without a code.
    pub(crate) fn new(
        strict: bool,
        deny: &[String],
        allow: &[String],
        named: impl Fn(&str) -> Result<Code, Problems>,
    ) -> Result<Self, Problems> {
        let mut policy = Self { strict, ..Self::default() };
        let mut problems = Vec::new();
        for name in deny {
            if name == ALL_WARNINGS {
                policy.denies_warnings = true;
                continue;
            }
            match named(name) {
                Ok(code) => policy.denied.push(code),
                Err(unknown) => problems.extend(unknown.0),
            }
        }
        for name in allow {
            match named(name) {
                Ok(code) => policy.allowed.push(code),
                Err(unknown) => problems.extend(unknown.0),
            }
        }
        if problems.is_empty() { Ok(policy) } else { Err(Problems(problems)) }
    }

    /// The codes of `--deny`.
    pub(crate) fn denied_codes(&self) -> &[Code] {
        &self.denied
    }

    /// The codes of `--allow`.
    pub(crate) fn allowed(&self) -> &[Code] {
        &self.allowed
    }

    /// Whether to look for entities that come twice.
    pub(crate) fn finds_duplicates(&self) -> bool {
        let is_denied = self.strict || self.denied.contains(&Code::DuplicateEntity);
        is_denied && !self.allowed.contains(&Code::DuplicateEntity)
    }

    /// A diagnostic as an error, with the option that makes it one; `None` if no option does.
    pub(crate) fn denied(&self, diagnostic: &Diagnostic) -> Option<Diagnostic> {
        Some(as_error(diagnostic.clone(), &self.denial(diagnostic)?))
    }

    /// The option that makes a diagnostic an error, if one does.
    fn denial(&self, diagnostic: &Diagnostic) -> Option<String> {
        let is_warning = diagnostic.severity >= Severity::Warning;
        if self.denied.contains(&diagnostic.code) {
            Some(format!("--deny {}", diagnostic.code))
        } else if self.strict && is_warning {
            Some("--strict".to_owned())
        } else {
            (self.denies_warnings && is_warning).then(|| format!("--deny {ALL_WARNINGS}"))
        }
    }

    /// The warnings to show.
    ///
    /// # Errors
    /// The warnings that are errors, if there are any.
    pub(crate) fn apply(&self, mut warnings: Vec<Diagnostic>) -> Result<Vec<Diagnostic>, Problems> {
        warnings.retain(|warning| !self.allowed.contains(&warning.code));
        let denied: Vec<Diagnostic> = warnings.iter().filter_map(|warning| self.denied(warning)).collect();
        if denied.is_empty() { Ok(warnings) } else { Err(Problems(denied)) }
    }
}

/// A warning as an error, with the option that makes it one.
fn as_error(mut warning: Diagnostic, option: &str) -> Diagnostic {
    let reason = format!("an error because of `{option}`");
    warning.severity = Severity::Error;
    warning.note = Some(match warning.note {
        Some(note) => format!("{note}; {reason}"),
        None => reason,
    });
    warning
}
