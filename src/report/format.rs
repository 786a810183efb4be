//! The names of the formats, and the report for each.

use super::context::Context;
use super::contract::Report;
use super::{csv, github, json, junit, markdown, rows, summary, table};
use crate::diagnostic::suggest;
use std::fmt;
use std::str::FromStr;

/// A format of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For a terminal: one table for each blueprint.
    Table,
    /// How many entities hold each level, for each scorecard.
    Summary,
    /// One JSON document.
    Json,
    /// The entities of the JSON document, one per line.
    Ndjson,
    /// A row for each entity and a column for each scorecard.
    Csv,
    /// CSV with a row for each result.
    Rows,
    /// Markdown for a pull request or a job summary.
    Markdown,
    /// JUnit XML: a test case for each result that has a minimum level.
    Junit,
    /// Annotations of GitHub Actions for results below their minimum.
    Github,
    /// A page that opens without a network.
    Html,
}

impl Format {
    /// All formats, in the order of the help.
    pub const ALL: [Self; 10] = [
        Self::Table,
        Self::Summary,
        Self::Json,
        Self::Ndjson,
        Self::Csv,
        Self::Rows,
        Self::Markdown,
        Self::Junit,
        Self::Github,
        Self::Html,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Summary => "summary",
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
            Self::Rows => "rows",
            Self::Markdown => "markdown",
            Self::Junit => "junit",
            Self::Github => "github",
            Self::Html => "html",
        }
    }

    /// Whether results are printed before all input has been read. If the input turns out to be invalid, the printed
    /// part remains. This is safe, because a truncated `json` document is not valid JSON, and every printed line of
    /// `ndjson` is complete.
    pub fn is_streamed(self) -> bool {
        matches!(self, Self::Json | Self::Ndjson)
    }

    /// The report that writes this format; `None` for the page, which needs more than a report.
    pub(crate) fn report<'c>(self, context: Context<'c>) -> Option<Box<dyn Report + 'c>> {
        Some(match self {
            Self::Table => Box::new(table::Table { context }),
            Self::Summary => Box::new(summary::Summary { context }),
            Self::Json => Box::new(json::Document { context }),
            Self::Ndjson => Box::new(json::EntityLines { context }),
            Self::Csv => Box::new(csv::Csv { context }),
            Self::Rows => Box::new(rows::Rows { context }),
            Self::Markdown => Box::new(markdown::Markdown { context }),
            Self::Junit => Box::new(junit::Junit { context }),
            Self::Github => Box::new(github::Github { context }),
            Self::Html => return None,
        })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = Self::ALL.iter().copied().find(|format| format.name() == text);
        named.ok_or_else(|| suggest("format", text, Self::ALL.iter().map(|format| format.name())))
    }
}
