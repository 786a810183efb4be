//! The formats of comparisons, and the scorecards that each format shows.

use super::{markdown, table};
use crate::json::pretty;
use crate::report::Only;
use crate::terminal::Screen;
use crate::what_if::{Comparison, Presence, ScorecardComparison};

/// A format for comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompareFormat {
    /// A table for a terminal.
    Table,
    /// One JSON document: the [`Comparison`] itself.
    Json,
    /// Markdown for a pull request.
    Markdown,
}

impl Comparison {
    /// Writes the comparison in a format. Scorecards that `only` does not select are left out. `screen` gives the width
    /// and the colours of tables.
    pub fn show(&self, format: CompareFormat, only: &Only, screen: Screen) -> String {
        // tables leave out scorecards without entities, unless there are no other scorecards; JSON has all scorecards
        let has_entities_or_no_partner = |card: &ScorecardComparison| {
            let counts = card.up + card.down + card.same + card.entered + card.left;
            counts > 0 || card.presence != Presence::Both
        };
        let all = format == CompareFormat::Json || !self.scorecards.iter().any(has_entities_or_no_partner);
        let is_shown = |card: &&ScorecardComparison| {
            only.shows_scorecard(&card.identifier) && (all || has_entities_or_no_partner(card))
        };
        let shown: Vec<ScorecardComparison> = self.scorecards.iter().filter(is_shown).cloned().collect();
        let shown = Self { scorecards: shown, ..self.clone() };
        match format {
            CompareFormat::Table => table::write(&shown, screen),
            CompareFormat::Markdown => markdown::write(&shown),
            #[expect(clippy::expect_used, reason = "all keys of maps in a comparison are strings")]
            CompareFormat::Json => pretty(&shown).expect("a comparison can be written as JSON"),
        }
    }
}
