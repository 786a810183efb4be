//! The result document: the JSON that `evaluate -f json` and `-f ndjson` print, for other tools to read.
//!
//! The example of [`ResultDocument`] writes a document and reads it.
//!
//! [`ResultDocument`] and its records are the model. The layout of documents, the fast encoder of entities and the
//! readers are separate; tests compare all of them with the model.

mod build;
mod document;
mod earlier;
mod encoder;
mod layout;
mod map;
mod record;
mod shown;

pub use document::{ResultDocument, read_entities, write_entities};
pub(crate) use earlier::{Earlier, EarlierEntity};
pub(crate) use encoder::EntityEncoder;
pub(crate) use layout::{SEPARATOR, head, tail};
pub(crate) use map::as_map;
pub use record::{
    BaselineRecord, EntityRecord, GateStatus, GateSummary, LevelCount, MinimumRecord, RuleCount, RuleRecord,
    RuleStatus, ScorecardRecord, ScorecardSummary, Summary, TeamLevelCount, TeamScorecardSummary,
    TeamSummary, WaivedRecord, Was,
};
pub use shown::ShownValue;

#[cfg(test)]
mod tests;
