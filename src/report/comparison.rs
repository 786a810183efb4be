//! How the results of a run differ from those of a baseline, as reports show it. The history of results implements it,
//! because it knows which changes there are.

use crate::grade::GateOutcome;
use crate::result::Earlier;
use crate::terminal::clean;

/// The change of a result, for a cell of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Move {
    pub(crate) mark: Mark,
    /// What follows the mark if there is room, such as `from Gold`; it may be empty. It is safe to print on one line.
    pub(crate) words: String,
}

/// An entity with changes, for a list of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MovedResults {
    pub(crate) identifier: String,
    pub(crate) title: String,
    pub(crate) blueprint: String,
    /// The title of each scorecard with the change.
    pub(crate) moves: Vec<(String, Move)>,
}

/// The mark of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Up,
    Down,
    /// The baseline has no level: the entity or the scorecard is new, or it applies only now.
    New,
    /// The scorecard no longer applies.
    Gone,
    /// The same level, with data only now or no longer.
    Data,
    /// The same level, and other rules pass.
    Rules,
}

impl Mark {
    pub(super) const ALL: [Self; 6] = [Self::Up, Self::Down, Self::New, Self::Gone, Self::Data, Self::Rules];

    pub(crate) fn symbol(self) -> &'static str {
        match self {
            Self::Up => "▲",
            Self::Down => "▼",
            Self::New => "+",
            Self::Gone => "−",
            Self::Data => "!",
            Self::Rules => "~",
        }
    }

    /// The meaning, for a legend.
    pub(crate) fn meaning(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
            Self::New => "had no level",
            Self::Gone => "no longer applies",
            Self::Data => "gained or lost data",
            Self::Rules => "same level, other rules pass",
        }
    }
}

/// The mark of a scorecard that another definition graded in the baseline.
pub(super) const OTHER_DEFINITION: &str = "*";

/// The verdict of `--fail-on`. Its texts are safe to print on one line.
pub(crate) struct ComparedVerdict {
    pub(crate) outcome: GateOutcome,
    /// How the comparison ended, in two or three words.
    pub(crate) heading: &'static str,
    pub(crate) sentence: String,
    /// The first changes that fail, then how many more there are.
    pub(crate) culprits: Vec<String>,
}

/// The comparison of a run with a baseline.
pub(crate) trait Comparison {
    /// The changes of an entity in these scorecards of its blueprint, in their order.
    fn moves(&self, identifier: &str, scorecards: &[usize]) -> Vec<Option<Move>>;

    /// The entities with changes, the most serious first, at most this many, and how many there are.
    fn moved(&self, most: usize) -> (Vec<MovedResults>, u64);

    /// How many results of a scorecard rose and fell.
    fn up_and_down(&self, scorecard: usize) -> (u64, u64);

    /// `None` if nothing can fail.
    fn verdict(&self) -> Option<ComparedVerdict>;
}

/// The line that says which baseline was used: `compared with last.json of 2026-11-01T00:00:00Z`.
pub(super) fn baseline_line(baseline: &dyn Earlier) -> String {
    let record = baseline.record();
    let date = record.as_of.as_ref().map(|as_of| format!(" of {as_of}")).unwrap_or_default();
    format!("compared with {}{date}", clean(&record.file))
}
