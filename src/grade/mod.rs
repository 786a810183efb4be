//! Grading: which level an entity holds in each scorecard, and why. Pure: no files, clock or printing.

mod climb;
mod gate;
mod grader;
mod reason;
mod tally;

pub use climb::Standing;
pub use gate::{Gate, Judgement, Minimum, NoData, Unmet};
pub use grader::{Graded, Grader, Outcome};
pub(crate) use reason::ConditionReason;
pub use reason::Reason;
pub(crate) use tally::CardTally;
pub use tally::Tally;
