//! The gate: the minimum level of each scorecard, the judgement on one result, and the verdict on all results.

mod counts;
mod judge;
mod minimum;
mod unmet;
mod uses;
mod verdict;

pub use counts::{GateCounts, GateOutcome, GatedCounts};
pub use judge::{Gate, GateRequirement, Judgement};
pub use minimum::{Minimum, NoData, Share};
pub use unmet::Unmet;
pub(crate) use unmet::blocking;
pub use uses::WaiverUse;
pub use verdict::Verdict;
