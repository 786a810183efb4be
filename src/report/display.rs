//! The options that select and sort the shown entities and properties. They never change the verdict.

use crate::entity::Slot;

/// Which entities and properties to show, and in what order.
#[derive(Debug, Default)]
pub struct Display {
    /// The properties to show, with their slots.
    pub shown: Vec<(String, Slot)>,
    /// Whether to group rows by team.
    pub by_team: bool,
    /// The order of rows. `None` keeps the order of the input.
    pub sort: Option<Sort>,
    /// How many entities to list.
    pub limit: Limit,
    /// Whether to list only entities with a result below its minimum.
    pub failing: bool,
    /// Whether `csv` and `rows` have text as it is, also text that a spreadsheet would run as a formula.
    pub csv_raw: bool,
}

/// How many entities the lists for people show. Formats for programs always have all entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Limit {
    /// As many as a person reads.
    #[default]
    Usual,
    /// All.
    All,
    /// At most this many.
    Most(usize),
}

/// How many entities the lists for people show by default.
pub(super) const USUAL: usize = 500;

impl Limit {
    /// The limit of `--limit`.
    pub(crate) fn of_option(limit: Option<usize>) -> Self {
        match limit {
            None => Self::Usual,
            Some(0) => Self::All,
            Some(most) => Self::Most(most),
        }
    }

    /// The maximum number.
    pub(crate) fn number(self) -> usize {
        match self {
            Self::Usual => USUAL,
            Self::All => usize::MAX,
            Self::Most(most) => most,
        }
    }

    /// The end of a line that tells how many entities are left out: the way out of the usual number.
    pub(crate) fn way_out(self) -> &'static str {
        if self == Self::Usual { "; use `--limit 0` to list all" } else { "" }
    }
}

/// The order of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sort {
    /// By title.
    Title,
    /// By the level in the scorecard with this identifier, the lowest first, then by title.
    Scorecard(String),
}
