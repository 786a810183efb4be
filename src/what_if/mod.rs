//! Other definitions for the same entities: `evaluate --set` and `--compare`.
//!
//! `--set` changes thresholds. `--compare` reads every entity once, grades it by two sets of scorecards and
//! shows the entities whose level differs.

mod comparison;
mod run;
mod sets;
mod show;
mod threshold;

pub use comparison::{Comparison, Direction, EntityMoves, Move, Presence, ScorecardComparison};
pub use show::CompareFormat;
pub use threshold::{Threshold, set_thresholds};
