//! What is wrong with what a user wrote: a stable code, one sentence, a place and the way out.
//!
//! A problem in a definition keeps its byte span and source, so that it can be shown with a caret; one
//! in a stream of entities keeps only line and column, for the text is long gone.

mod code;
mod excerpt;
mod render;
mod spelling;

pub use code::Code;
pub(crate) use spelling::{likeness, list, nearest, quoted};

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// A named text: a file of definitions, or the place that stands for it.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    /// What messages call it: the path as given.
    pub name: String,
    /// Its whole text.
    pub text: String,
}

impl Source {
    /// A named text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { name: name.into(), text: text.into() }
    }

    /// A named text as it was read.
    ///
    /// # Errors
    /// Bytes that are no UTF-8.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Self, Problems> {
        let file = name.into();
        String::from_utf8(bytes).map(|text| Self { name: file.clone(), text }).map_err(|error| {
            let (code, message) = crate::json::FaultKind::Utf8.describe();
            let at = error.utf8_error().valid_up_to();
            let (line, column) = crate::json::line_and_column(error.as_bytes(), at);
            let place = Place::Position { file, line, column };
            Diagnostic::error(code, message).help("save the file as UTF-8").at(place).into()
        })
    }
}

impl Source {
    /// Nothing stands in it but white space.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim_start_matches('\u{feff}').trim_ascii().is_empty()
    }
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Likely a mistake; the program goes on.
    Warning,
    /// The program can not go on.
    Error,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// Where it is.
#[derive(Debug, Clone, PartialEq)]
pub enum Place {
    /// Bytes of a definition.
    Span {
        /// The file.
        source: Arc<Source>,
        /// The offending bytes.
        span: Range<usize>,
    },
    /// A character of a stream, counted from 1.
    Position {
        /// The file.
        file: String,
        /// The line.
        line: u64,
        /// The column, in characters.
        column: u64,
    },
    /// A file as a whole.
    File(String),
}

impl Place {
    /// The name of the file.
    pub fn file(&self) -> &str {
        match self {
            Self::Span { source, .. } => &source.name,
            Self::Position { file, .. } | Self::File(file) => file,
        }
    }

    /// Line and column from 1, in characters, where they are known.
    pub fn position(&self) -> Option<(u64, u64)> {
        match self {
            Self::Span { source, span } => {
                Some(crate::json::line_and_column(source.text.as_bytes(), span.start))
            }
            Self::Position { line, column, .. } => Some((*line, *column)),
            Self::File(_) => None,
        }
    }
}

/// `file:line:column`, or the file alone.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.file())?;
        match self.position() {
            Some((line, column)) => write!(f, ":{line}:{column}"),
            None => Ok(()),
        }
    }
}

/// One problem. Shown on one line by `Display`, in full by [`Diagnostic::render`].
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// Stable, in kebab-case.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// One line, lower case, no full stop; what the user wrote stands in back-ticks.
    pub message: String,
    /// Where it is, if anywhere.
    pub place: Option<Place>,
    /// What to do about it.
    pub help: Option<String>,
    /// More that is known, such as the entity.
    pub note: Option<String>,
}

impl Diagnostic {
    /// An error without place or help yet.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, message: message.into(), place: None, help: None, note: None }
    }

    /// A warning without place or help yet.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Something worth knowing, without place or help yet.
    pub fn remark(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Note, ..Self::error(code, message) }
    }

    /// With its place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// With the way out.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With more that is known.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        write!(f, "{}[{}]: {}", self.severity.name(), self.code, self.message)
    }
}

impl std::error::Error for Diagnostic {}

/// One or more problems that stopped a reading; all of them, not the first.
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
