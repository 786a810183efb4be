//! A diagnostic, and a list of them as an error.

use super::code::Code;
use super::place::Place;
use super::severity::Severity;
use super::source::Source;
use super::spelling::{quoted, suggest};
use crate::terminal::clean;
use std::fmt;

/// One problem. `Display` prints it on one safe line, [`Diagnostic::render`] in full.
///
/// ```
/// use dora_score::{Code, Screen, Severity, Source, read_definitions};
///
/// let text = r#"{"identifier": "cfr", "rules": [{"identifier": "low", "level": "Glod", "query":
///     {"combinator": "and", "conditions": [{"property": "change_failure_rate", "operator": "<", "value": 5}]}}]}"#;
/// let problems = read_definitions(vec![Source::new("cfr.json", text)], "service").unwrap_err();
/// let [problem] = &problems.0[..] else { return Err("one problem".into()) };
/// assert_eq!((problem.code, problem.severity), (Code::UnknownLevel, Severity::Error));
/// assert!(problem.help.as_ref().is_some_and(|help| help.starts_with("did you mean `Gold`?")));
/// let place = problem.place.as_ref().ok_or("it is in a file")?;
/// assert_eq!((place.file(), place.position()), ("cfr.json", Some((1, 64))));
///
/// // for a log, and for people
/// assert_eq!(problem.to_string(), "cfr.json:1:64: error[unknown-level]: unknown level `Glod`");
/// assert!(problem.render(Screen::PLAIN).starts_with("error[unknown-level]: unknown level `Glod`\n"));
/// let narrow = problem.render(Screen { color: false, width: Some(40) });
/// assert!(narrow.lines().all(|line| line.chars().count() <= 40), "{narrow}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The kind of problem.
    pub code: Code,
    /// How serious it is.
    pub severity: Severity,
    /// One line, lower case, without a full stop. Text of the user is in back-ticks.
    pub message: String,
    /// The place; `None` for a problem that is in no file, such as an unknown option value.
    pub place: Option<Place>,
    /// How to fix it.
    pub help: Option<String>,
    /// An additional fact, such as the entity that contains the problem.
    pub note: Option<String>,
}

impl Diagnostic {
    /// A diagnostic with the severity of its code, without place or help yet.
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        let severity = code.severity();
        Self { code, severity, message: message.into(), place: None, help: None, note: None }
    }

    /// The error for a `name` that is not one of the `known` words. `kind` describes them in the singular.
    ///
    /// For the kind `scorecard` the message is ``unknown scorecard `dora_crf` ``, the help ``did you mean
    /// `dora_cfr`?``.
    pub(crate) fn unknown<'a>(
        code: Code,
        kind: &str,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let help = suggest(kind, name, known);
        Self::new(code, format!("unknown {kind} {}", quoted(name))).help(help)
    }

    /// An error without place or help yet.
    pub(crate) fn error(code: Code, message: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, message: message.into(), place: None, help: None, note: None }
    }

    /// A warning without place or help yet.
    pub(crate) fn warning(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// A note without place or help yet.
    pub(crate) fn remark(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, message) }
    }

    /// Sets the place.
    #[must_use]
    pub(crate) fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Sets the help.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Sets the note.
    #[must_use]
    pub(crate) fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = self.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
        let line = format!("{place}{}[{}]: {}", self.severity.name(), self.code, self.message);
        f.write_str(clean(line).as_str())
    }
}

impl std::error::Error for Diagnostic {}

/// The maximum number of diagnostics to print. All of them are counted.
pub(crate) const MOST_PRINTED: usize = 20;

/// The help of a diagnostic after `before` others. For one that is not printed it does not name the known words, because
/// the search for similar words would take most of the time if there are thousands.
pub(crate) fn help_if_printed(before: usize, kind: &str, help: impl FnOnce() -> String) -> String {
    if before < MOST_PRINTED { help() } else { format!("use a known {kind}") }
}

/// All problems that stopped an operation, at least one. `Display` prints each on a line. The field has them as a
/// [`Diagnostic`] each, whose example shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Problems(pub Vec<Diagnostic>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

impl From<Diagnostic> for Problems {
    fn from(problem: Diagnostic) -> Self {
        Self(vec![problem])
    }
}

impl Source {
    /// Creates a source from the bytes of a file.
    ///
    /// # Errors
    /// Returns a problem with its line and column if the bytes are not UTF-8.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Problems> {
        let file = name.into();
        String::from_utf8(bytes).map(|text| Self::new(file.clone(), text)).map_err(|error| {
            let (code, message) = crate::json::FaultKind::Utf8.describe();
            let at = error.utf8_error().valid_up_to();
            let (line, column) = crate::json::line_and_column(error.as_bytes(), at);
            let place = Place::Position { file, line, column };
            Diagnostic::error(code, message).help(crate::json::FaultKind::Utf8.help()).at(place).into()
        })
    }
}
