//! Grading: which level an entity holds in each scorecard, and why. Pure: no files, clock or printing.

mod gate;
mod grader;
mod reason;
mod record;
mod tally;

pub use gate::{Gate, Judgement, Minimum, NoData, Unmet};
pub use grader::{Graded, Grader, Outcome};
pub use reason::Reason;
pub use record::{
    EntityRecord, LevelCount, RuleCount, RuleRecord, SCHEMA_VERSION, ScorecardRecord, ScorecardSummary,
    Summary,
};
pub use tally::Tally;
