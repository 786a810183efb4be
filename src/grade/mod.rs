//! Grading: which level an entity holds in each scorecard, and why. Pure: no files, clock or printing.

mod evaluated;
mod gate;
mod grader;
mod reason;
mod tally;

pub use evaluated::Evaluated;
pub use gate::{Gate, GateCounts, GateOutcome, Judgement, Minimum, NoData, Unmet, Verdict};
pub(crate) use gate::{MOST_UNMET, blocking};
pub use grader::{Graded, Grader, Outcome};
pub(crate) use reason::Finding;
pub use reason::Reason;
pub(crate) use tally::CardTally;
pub use tally::Tally;
