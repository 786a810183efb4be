//! The places of diagnostics.
//!
//! A problem in a file of scorecards or waivers, or in a page, has its source and a span of bytes, so that the line is printed with carets. A problem
//! in a stream of entities has only a line and a column, because the text is no longer in memory.

use super::source::Source;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

/// The place of a problem. Comes from a [`Diagnostic`](crate::Diagnostic), whose example shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// A span of bytes in a file of scorecards or waivers, or in a page.
    Span {
        /// The file.
        source: Arc<Source>,
        /// The offending bytes.
        span: Range<usize>,
    },
    /// A character in a stream of entities.
    Position {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u64,
        /// The column, in characters from 1.
        column: u64,
    },
    /// A file as a whole.
    File(String),
}

impl Place {
    /// The name of the file.
    pub fn file(&self) -> &str {
        match self {
            Self::Span { source, .. } => source.name(),
            Self::Position { file, .. } | Self::File(file) => file,
        }
    }

    /// The path of the file for other programs, which compare it with the paths of a repository: with `/` on every system.
    #[cfg(feature = "cli")]
    pub(crate) fn path(&self) -> String {
        self.file().replace(std::path::MAIN_SEPARATOR, "/")
    }

    /// The line and the column in characters, both from 1; `None` for a file as a whole.
    pub fn position(&self) -> Option<(u64, u64)> {
        match self {
            Self::Span { source, span } => Some(source.position(span.start)),
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
