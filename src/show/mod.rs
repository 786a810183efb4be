//! What is loaded, for people and for programs: scorecards, their levels, and the operators there are.
//!
//! It reads definitions and decides nothing. Each listing has a file with its tables and its JSON.

mod grid;
mod levels;
mod operators;
mod scorecards;

use crate::scorecard::Definition;
use crate::terminal::Screen;

/// What can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// Scorecards with their rules, in plain words.
    Scorecards,
    /// The levels of each scorecard, with their colours.
    Levels,
    /// The operators of conditions, and the presets and meta-properties they are used with.
    Operators,
}

impl Listing {
    /// The listing as text for a terminal.
    pub fn table(self, definitions: &[Definition], screen: Screen) -> String {
        match self {
            Self::Scorecards => scorecards::table(definitions, screen),
            Self::Levels => levels::table(definitions, screen),
            Self::Operators => operators::table(screen),
        }
    }

    /// The listing as one JSON document.
    ///
    /// # Errors
    /// None that a definition could cause.
    pub fn json(self, definitions: &[Definition]) -> serde_json::Result<String> {
        let text = match self {
            Self::Scorecards => serde_json::to_string_pretty(&scorecards::Document::new(definitions)),
            Self::Levels => serde_json::to_string_pretty(&levels::Document::new(definitions)),
            Self::Operators => serde_json::to_string_pretty(&operators::Document::new()),
        }?;
        Ok(text + "\n")
    }
}
