//! Shows the effect of other definitions on the same entities: `evaluate --set` and `--compare`.
//!
//! `--set` changes thresholds. `--compare` reads each entity once, grades it with two sets of scorecards, and reports
//! the entities whose level changes.

mod comparison;
mod run;
mod sets;
mod show;
mod threshold;

pub(crate) use comparison::{Comparison, Direction, EntityMoves, Move, Presence, ScorecardComparison};
pub(crate) use show::CompareFormat;
pub(crate) use threshold::{Threshold, set_thresholds};
