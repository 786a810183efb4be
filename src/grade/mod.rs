//! Grading: which level an entity holds in each scorecard, and why. It uses no files and no clock, and prints
//! nothing.

mod card_tally;
mod climb;
mod duplicates;
mod evaluated;
mod field_names;
mod gate;
mod grader;
mod no_data;
mod presence;
mod reason;
mod scope_counts;
mod tally;
mod team_tally;

pub(crate) use card_tally::CardTally;
pub use climb::Standing;
pub(crate) use duplicates::Duplicates;
pub(crate) use evaluated::Evaluated;
pub(crate) use field_names::FieldNames;
pub(crate) use gate::blocking;
pub use gate::{
    Gate, GateCounts, GateOutcome, GateRequirement, GatedCounts, Judgement, Minimum, NoData, Share, Unmet,
    Verdict, WaiverUse,
};
pub use grader::{Graded, Grader, Outcome};
pub use no_data::NoDataReason;
pub use reason::{ConditionReason, Reason};
pub use tally::Tally;
pub(crate) use team_tally::TeamCounts;
