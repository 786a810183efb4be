//! The result document: what `-f json` and `-f ndjson` print and other tools read.

mod record;

pub(crate) use record::as_map;
pub use record::{
    EntityRecord, LevelCount, RuleCount, RuleRecord, SCHEMA_VERSION, ScorecardRecord, ScorecardSummary,
    Summary,
};
