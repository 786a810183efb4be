//! Severities of diagnostics.

use std::fmt;

/// How serious a problem is, in ascending order. Comes from a [`Diagnostic`](crate::Diagnostic), whose example shows
/// it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Information; nothing has to change.
    Note,
    /// A likely mistake; the program continues.
    Warning,
    /// The program cannot continue, or a scorecard cannot work.
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

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
