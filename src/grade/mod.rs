//! Grading: which level an entity holds in each scorecard, and why. Pure: no files, clock or printing.

mod evaluated;
mod gate;
mod grader;
mod reason;
mod tally;

pub use evaluated::Evaluated;
pub(crate) use gate::blocking;
pub use gate::{Gate, GateCounts, GateOutcome, Judgement, MOST_UNMET, Minimum, NoData, Unmet, Verdict};
pub use grader::{Graded, Grader, Outcome};
pub(crate) use reason::Finding;
pub use reason::Reason;
pub(crate) use tally::CardTally;
pub use tally::Tally;
