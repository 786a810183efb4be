//! Grading: which level an entity holds in each scorecard, and why. It uses no files and no clock, and prints
//! nothing.

mod climb;
mod evaluated;
mod gate;
mod grader;
mod reason;
mod tally;

pub use climb::Standing;
pub use evaluated::Evaluated;
pub use gate::{Gate, GateCounts, GateOutcome, Judgement, Minimum, NoData, Unmet, Verdict};
pub(crate) use gate::{MAX_UNMET, blocking};
pub use grader::{Graded, Grader, Outcome};
pub(crate) use reason::ConditionReason;
pub use reason::Reason;
pub(crate) use tally::CardTally;
pub use tally::Tally;
