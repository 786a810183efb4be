//! The gate: the minimum level of each scorecard, what it says of one result, and its verdict on all of them.

mod counts;
mod judge;
mod minimum;
mod unmet;
mod verdict;

pub use counts::{GateCounts, GateOutcome};
pub use judge::{Gate, Judgement};
pub use minimum::{Minimum, NoData};
pub use unmet::Unmet;
pub(crate) use unmet::blocking;
pub(crate) use verdict::MAX_UNMET;
pub use verdict::Verdict;
