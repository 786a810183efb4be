//! The formats of comparisons, and the scorecards that each format shows.

use super::{markdown, table};
use crate::json::pretty;
use crate::report::{Display, Limit, Scoped};
use crate::terminal::Screen;
use crate::what_if::{Comparison, Presence, ScorecardComparison};

/// A format for comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CompareFormat {
    /// A table for a terminal.
    Table,
    /// One JSON document: the [`Comparison`] itself.
    Json,
    /// Markdown for a pull request.
    Markdown,
}

impl CompareFormat {
    /// The maximum number of entities to show.
    pub(crate) fn limit(self, limit: Limit) -> usize {
        match self {
            Self::Table | Self::Markdown => limit.number(),
            Self::Json => usize::MAX,
        }
    }
}

impl Comparison {
    /// Writes the comparison in a format, without the entities over the limit of `display`. `scoped` is the scope for
    /// people, if there is one. `screen` gives the width and the colours of tables.
    pub(crate) fn show(
        &self,
        format: CompareFormat,
        scoped: Option<&Scoped>,
        display: &Display,
        screen: Screen,
    ) -> String {
        // tables leave out scorecards without entities, unless there are no other scorecards; JSON has all scorecards
        let has_entities_or_no_partner = |card: &ScorecardComparison| {
            let counts = card.up + card.down + card.same + card.entered + card.left;
            counts > 0 || card.presence != Presence::Both
        };
        let all = format == CompareFormat::Json || !self.scorecards.iter().any(has_entities_or_no_partner);
        let is_shown = |card: &&ScorecardComparison| all || has_entities_or_no_partner(card);
        let shown: Vec<ScorecardComparison> = self.scorecards.iter().filter(is_shown).cloned().collect();
        let limit = format.limit(display.limit);
        let moves = self.moves.iter().take(limit).cloned().collect();
        let shown = Self { scorecards: shown, moves, as_of: self.as_of.clone(), ..*self };
        match format {
            CompareFormat::Table => table::write(&shown, scoped, display.limit, screen),
            CompareFormat::Markdown => markdown::write(&shown, scoped, display.limit),
            #[expect(clippy::expect_used, reason = "all keys of maps in a comparison are strings")]
            CompareFormat::Json => pretty(&shown).expect("a comparison can be written as JSON"),
        }
    }
}
