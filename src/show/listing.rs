//! The kinds of listings, each as a table and as JSON.

use super::{levels, operators, scorecards};
use crate::json::pretty;
use crate::scorecard::Definition;
use crate::terminal::{Screen, print_to_string};

/// A kind of listing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Listing {
    /// Scorecards with their rules, in plain words.
    Scorecards,
    /// The levels of each scorecard, with their colours.
    Levels,
    /// The operators of conditions, with the presets and meta-properties.
    Operators,
}

impl Listing {
    /// Returns the listing as a table. `screen` gives its width and colours. `definitions` are not needed for operators.
    pub(crate) fn table(self, definitions: &[Definition], screen: Screen) -> String {
        print_to_string(screen, |printer| match self {
            Self::Scorecards => scorecards::print(definitions, printer),
            Self::Levels => levels::print(definitions, printer),
            Self::Operators => operators::print(printer),
        })
    }

    /// Returns the listing as one JSON document.
    ///
    /// # Errors
    /// The document cannot be serialized. No definition can cause this.
    pub(crate) fn json(self, definitions: &[Definition]) -> serde_json::Result<String> {
        match self {
            Self::Scorecards => pretty(&scorecards::Document::new(definitions)),
            Self::Levels => pretty(&levels::Document::new(definitions)),
            Self::Operators => pretty(&operators::Document::new()),
        }
    }
}
