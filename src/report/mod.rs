//! Reports: what is shown of the results, one file a format behind one trait.
//!
//! A format either prints each entity as it comes (`lines`, one writer a thread) or wants all rows kept
//! until the end (`wants_rows`). Output is always in the order of the input or of the definitions,
//! whatever the threads did.

mod badge;
mod csv;
mod distribution;
mod github;
mod json;
mod junit;
mod listing;
mod markdown;
mod row;
mod summary;
mod table;
mod unmet;

pub(crate) use row::{Cell, Row};

use crate::diagnostic::suggest;
use crate::entity::Slot;
use crate::evaluate::Verdict;
use crate::grade::{Gate, Graded, Tally};
use crate::scorecard::Scorecards;
use crate::terminal::Screen;
use crate::value::Value;
use glob::Pattern;
use std::str::FromStr;

/// The formats of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A table for a terminal, one a blueprint.
    Table,
    /// The distribution per scorecard.
    Summary,
    /// One JSON document.
    Json,
    /// The entities of the JSON document, one a line.
    Ndjson,
    /// A row an entity, a column a scorecard.
    Csv,
    /// Markdown for a pull request or a job summary.
    Markdown,
    /// JUnit XML: a case for each gated result.
    Junit,
    /// Workflow annotations for what falls below the minimum.
    Github,
}

impl Format {
    /// All formats, in the order of the help.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Table, "table"),
        (Self::Summary, "summary"),
        (Self::Json, "json"),
        (Self::Ndjson, "ndjson"),
        (Self::Csv, "csv"),
        (Self::Markdown, "markdown"),
        (Self::Junit, "junit"),
        (Self::Github, "github"),
    ];

    /// What it prints stands even when the input turns out to be bad further on.
    pub fn stands_alone(self) -> bool {
        matches!(self, Self::Json | Self::Ndjson)
    }

    /// The report that writes this format: the one place where formats are told apart.
    pub(crate) fn report<'c>(self, context: Context<'c>) -> Box<dyn Report + 'c> {
        match self {
            Self::Table => Box::new(table::Table { context }),
            Self::Summary => Box::new(summary::Distribution { context }),
            Self::Json => Box::new(json::Document { context }),
            Self::Ndjson => Box::new(json::EntityLines { context }),
            Self::Csv => Box::new(csv::Csv { context }),
            Self::Markdown => Box::new(markdown::Markdown { context }),
            Self::Junit => Box::new(junit::Junit { context }),
            Self::Github => Box::new(github::Github { context }),
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = Self::ALL.iter().find(|(_, name)| *name == text).map(|(format, _)| *format);
        named.ok_or_else(|| suggest("format", text, Self::ALL.iter().map(|(_, name)| *name)))
    }
}

/// What is shown of the entities. It never changes the verdict.
#[derive(Debug, Default)]
pub struct Display {
    /// Properties to show, with the slots they are read into.
    pub shown: Vec<(String, Slot)>,
    /// Rows are grouped by team.
    pub by_team: bool,
    /// The order of rows; without one that of the input.
    pub sort: Option<Sort>,
    /// How many entities are shown at the most.
    pub limit: Option<usize>,
    /// Only entities and scorecards that match are shown.
    pub only: Only,
}

/// The order of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sort {
    /// By title.
    Title,
    /// By the level in the scorecard with this identifier, lowest first; then by title.
    Scorecard(String),
}

/// Globs over identifiers, told apart by whether a scorecard matches: those choose columns, the others
/// choose entities.
#[derive(Debug, Default)]
pub struct Only {
    scorecards: Vec<Pattern>,
    entities: Vec<Pattern>,
}

impl Only {
    /// Sorts globs into those for scorecards and those for entities.
    ///
    /// # Errors
    /// A glob that is malformed.
    pub fn new(globs: &[String], scorecards: &Scorecards) -> Result<Self, String> {
        let mut only = Self::default();
        for glob in globs {
            let pattern =
                Pattern::new(glob).map_err(|error| format!("`{glob}` is no glob: {}", error.msg))?;
            let is_scorecard =
                scorecards.definitions().iter().any(|definition| pattern.matches(&definition.identifier));
            if is_scorecard { only.scorecards.push(pattern) } else { only.entities.push(pattern) }
        }
        Ok(only)
    }

    pub(crate) fn shows_scorecard(&self, identifier: &str) -> bool {
        self.scorecards.is_empty() || self.scorecards.iter().any(|pattern| pattern.matches(identifier))
    }

    pub(crate) fn shows_entity(&self, identifier: &str) -> bool {
        self.entities.is_empty() || self.entities.iter().any(|pattern| pattern.matches(identifier))
    }
}

/// What reports know before the first entity.
#[derive(Clone, Copy)]
pub(crate) struct Context<'c> {
    pub(crate) scorecards: &'c Scorecards,
    pub(crate) gate: &'c Gate,
    pub(crate) display: &'c Display,
    pub(crate) screen: Screen,
}

/// What reports know at the end.
pub(crate) struct Totals<'t> {
    pub(crate) tally: &'t Tally,
    /// The shown entities in the order of the input, for reports that want them.
    pub(crate) rows: &'t [Row],
    pub(crate) verdict: &'t Verdict,
}

/// A format.
pub(crate) trait Report: Sync {
    /// It needs the rows at the end.
    fn wants_rows(&self) -> bool {
        false
    }

    /// It needs counts of rules at the end.
    fn wants_rule_counts(&self) -> bool {
        false
    }

    /// A writer of entities, for formats that print them as they come.
    fn lines(&self) -> Option<Box<dyn Lines + '_>> {
        None
    }

    /// What stands between two entities.
    fn separator(&self) -> &'static [u8] {
        b""
    }

    /// What comes before the first entity.
    fn begin(&self, _out: &mut Vec<u8>) {}

    /// What comes after the last.
    fn finish(&self, totals: &Totals<'_>, out: &mut Vec<u8>);
}

/// Prints one entity after the other. Each thread has its own, which may remember what it printed.
pub(crate) trait Lines: Send {
    /// Appends an entity.
    fn entity(&mut self, graded: &Graded<'_>, out: &mut Vec<u8>);
}

/// A shown property: nothing where there is none, the elements of an array with commas.
pub(crate) fn shown(value: &Value<'_>) -> String {
    match value {
        Value::Missing | Value::Null => String::new(),
        Value::List(items) => items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
