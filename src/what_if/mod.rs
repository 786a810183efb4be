//! What if the definitions were others: `evaluate --set` and `--compare`.
//!
//! Every entity is read once and graded by two sets of scorecards; the comparison tells who moves.

mod comparison;
mod run;
mod sets;
mod show;
mod threshold;

pub use comparison::{Comparison, Direction, EntityMoves, Move, Pair, Presence, ScorecardComparison};
pub use show::CompareFormat;
pub use threshold::{Threshold, set_thresholds};
