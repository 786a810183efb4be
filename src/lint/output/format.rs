//! The formats of findings, and the choice of a writer.

use super::{github, json, sarif, text};
use crate::diagnostic::suggest;
use crate::lint::finding::Finding;
use crate::terminal::Screen;
use std::fmt;
use std::io::Write;
use std::str::FromStr;

/// A format for findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LintFormat {
    /// For people: the source line with a caret, and how to fix the problem.
    #[default]
    Text,
    /// One JSON document.
    Json,
    /// Workflow annotations for GitHub Actions.
    Github,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

const ALL: [(LintFormat, &str); 4] = [
    (LintFormat::Text, "text"),
    (LintFormat::Json, "json"),
    (LintFormat::Github, "github"),
    (LintFormat::Sarif, "sarif"),
];

impl LintFormat {
    /// The names of all formats, in the order of the help.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        ALL.iter().map(|(_, name)| *name)
    }
}

impl FromStr for LintFormat {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = ALL.iter().find(|(_, name)| *name == text).map(|(format, _)| *format);
        named.ok_or_else(|| suggest("format", text, Self::names()))
    }
}

impl fmt::Display for LintFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(ALL.iter().find(|(format, _)| format == self).map_or("", |(_, name)| name))
    }
}

impl LintFormat {
    /// Writes the findings. `scorecards` is the number of scorecards that were checked; `screen` gives the width and
    /// the colours of text.
    ///
    /// # Errors
    /// Returns a failure to write.
    pub fn write(
        self,
        findings: &[Finding],
        scorecards: usize,
        screen: Screen,
        out: &mut dyn Write,
    ) -> std::io::Result<()> {
        match self {
            Self::Text => text::write(findings, scorecards, screen, out),
            Self::Json => json::write(findings, out),
            Self::Github => github::write(findings, out),
            Self::Sarif => sarif::write(findings, out),
        }
    }
}
