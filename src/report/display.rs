//! The options that select and sort the shown entities and properties. They never change the verdict.

use crate::entity::Slot;
use crate::scorecard::Scorecards;
use glob::Pattern;

/// Which entities and properties to show, and in what order.
#[derive(Debug, Default)]
pub struct Display {
    /// The properties to show, with their slots.
    pub shown: Vec<(String, Slot)>,
    /// Whether to group rows by team.
    pub by_team: bool,
    /// The order of rows. `None` keeps the order of the input.
    pub sort: Option<Sort>,
    /// The maximum number of entities to show.
    pub limit: Option<usize>,
    /// The entities and scorecards to show.
    pub only: Only,
    /// Whether `csv` has text as it is, also text that a spreadsheet would run as a formula.
    pub csv_raw: bool,
}

/// The order of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sort {
    /// By title.
    Title,
    /// By the level in the scorecard with this identifier, the lowest first, then by title.
    Scorecard(String),
}

/// Glob patterns for identifiers. A pattern that matches a scorecard selects scorecards; any other pattern
/// selects entities. Without patterns of a kind, all of that kind are shown.
#[derive(Debug, Default)]
pub struct Only {
    scorecards: Vec<Pattern>,
    entities: Vec<Pattern>,
}

impl Only {
    /// Parses glob patterns, and divides them into patterns for scorecards and patterns for entities.
    ///
    /// # Errors
    /// Returns a message for an invalid pattern.
    pub fn new(globs: &[String], scorecards: &Scorecards) -> Result<Self, String> {
        let mut only = Self::default();
        for glob in globs {
            let pattern = Pattern::new(glob)
                .map_err(|error| format!("invalid glob pattern `{glob}`: {}", error.msg))?;
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
