//! The options that choose, order and group what is shown. They never change the verdict.

use crate::entity::Slot;
use crate::scorecard::Scorecards;
use glob::Pattern;

/// Which entities and properties are shown, and in what order.
#[derive(Debug, Default)]
pub struct Display {
    /// Properties to show, with the slots they are read into.
    pub shown: Vec<(String, Slot)>,
    /// Rows are grouped by team.
    pub by_team: bool,
    /// The order of rows; `None` for the order of the input.
    pub sort: Option<Sort>,
    /// The largest number of entities to show.
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

/// Globs over identifiers. A glob that matches a scorecard chooses scorecards; any other chooses entities.
#[derive(Debug, Default)]
pub struct Only {
    scorecards: Vec<Pattern>,
    entities: Vec<Pattern>,
}

impl Only {
    /// Splits globs into those for scorecards and those for entities.
    ///
    /// # Errors
    /// An invalid glob.
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
