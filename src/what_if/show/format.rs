//! The formats of comparisons, and which scorecards each shows.

use super::{markdown, table};
use crate::report::Only;
use crate::terminal::Screen;
use crate::what_if::{Comparison, Presence, ScorecardComparison};

/// The formats of comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompareFormat {
    /// For a terminal.
    Table,
    /// One JSON document: the [`Comparison`] itself.
    Json,
    /// For a pull request.
    Markdown,
}

impl Comparison {
    /// The comparison in a format, for a place. Of the scorecards only those that `only` lets through are
    /// shown.
    pub fn show(&self, format: CompareFormat, only: &Only, screen: Screen) -> String {
        // people see scorecards without entities only if there is nothing else; programs see all
        let met = |card: &ScorecardComparison| {
            let counts = card.up + card.down + card.same + card.entered + card.left;
            counts > 0 || card.presence != Presence::Both
        };
        let all = format == CompareFormat::Json || !self.scorecards.iter().any(met);
        let is_shown =
            |card: &&ScorecardComparison| only.shows_scorecard(&card.identifier) && (all || met(card));
        let shown: Vec<ScorecardComparison> = self.scorecards.iter().filter(is_shown).cloned().collect();
        let shown = Self { scorecards: shown, ..self.clone() };
        match format {
            CompareFormat::Table => table::write(&shown, screen),
            CompareFormat::Markdown => markdown::write(&shown),
            #[expect(clippy::expect_used, reason = "a comparison has no map whose keys are not strings")]
            CompareFormat::Json => {
                serde_json::to_string_pretty(&shown).expect("a comparison can be written as JSON") + "\n"
            }
        }
    }
}
