//! The result document: the JSON that `evaluate -f json` and `-f ndjson` print and that other tools read.
//!
//! [`ResultDocument`] and its records are the model. There is one layout for whole documents, one fast
//! encoder of entities for the main path, and one reader; tests hold all three against the model.

mod build;
mod document;
mod encoder;
mod layout;
mod map;
mod record;

pub use document::{ResultDocument, read_entities};
pub(crate) use encoder::EntityEncoder;
pub(crate) use layout::{SEPARATOR, head, tail};
pub(crate) use map::as_map;
pub use record::{
    EntityRecord, LevelCount, RuleCount, RuleRecord, RuleStatus, ScorecardRecord, ScorecardSummary, Summary,
};

#[cfg(test)]
mod tests;
