//! Lists what is loaded, for people and for programs: scorecards, their levels, and all operators.
//!
//! It only reads definitions. Each listing has a file with its tables and its JSON.

mod levels;
mod operators;
mod scorecards;

use crate::scorecard::Definition;
use crate::terminal::{Cell, Line, Screen, Span, print_to_string};

/// The kinds of listings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listing {
    /// Scorecards with their rules, in plain words.
    Scorecards,
    /// The levels of each scorecard, with their colours.
    Levels,
    /// The operators of conditions, with the presets and meta-properties.
    Operators,
}

impl Listing {
    /// The listing as text for a terminal.
    pub fn table(self, definitions: &[Definition], screen: Screen) -> String {
        print_to_string(screen, |printer| match self {
            Self::Scorecards => scorecards::print(definitions, printer),
            Self::Levels => levels::print(definitions, printer),
            Self::Operators => operators::print(printer),
        })
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

/// A row of plain text.
fn row<'t, const N: usize>(texts: [impl Into<std::borrow::Cow<'t, str>>; N]) -> Line<'t> {
    Line::Cells(texts.map(|text| Cell::from([Span::plain(text)])).into())
}
