//! The formats of findings, and the choice of a writer.

use super::{github, gitlab, json, sarif, text};
use crate::diagnostic::{Diagnostic, suggest};
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
    /// A Code Quality report for GitLab.
    Gitlab,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

const ALL: [(LintFormat, &str); 5] = [
    (LintFormat::Text, "text"),
    (LintFormat::Json, "json"),
    (LintFormat::Github, "github"),
    (LintFormat::Gitlab, "gitlab"),
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
            Self::Gitlab => gitlab::write(findings, out),
            Self::Sarif => sarif::write(findings, out),
        }
    }

    /// Writes the problems that stop `lint`, if a reader of the format sees no other output.
    ///
    /// # Errors
    /// Returns a failure to write.
    pub(crate) fn write_problems(self, problems: &[Diagnostic], out: &mut dyn Write) -> std::io::Result<()> {
        match self {
            Self::Github => github::write_problems(problems, out),
            Self::Gitlab => gitlab::write_problems(problems, out),
            Self::Text | Self::Json | Self::Sarif => Ok(()),
        }
    }

    /// Whether a finding that an option denies is shown as an error. Data tells what a finding is, whatever the options
    /// say.
    pub(crate) fn shows_denied(self) -> bool {
        match self {
            Self::Text | Self::Github | Self::Gitlab => true,
            Self::Json | Self::Sarif => false,
        }
    }
}
