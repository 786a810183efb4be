//! JSON Schemas (2020-12) of the input and of the result.
//!
//! They are written by hand because people and editors read them too; tests compare them with the readers
//! and the writers.

/// The documents that have a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    /// A file of scorecards.
    Scorecard,
    /// One value of a stream of entities.
    Entities,
    /// The result as `json`; its `$defs/entity` is a line of `ndjson`.
    Result,
}

impl Schema {
    /// The schema as JSON.
    pub fn text(self) -> &'static str {
        match self {
            Self::Scorecard => include_str!("scorecard.json"),
            Self::Entities => include_str!("entities.json"),
            Self::Result => include_str!("result.json"),
        }
    }
}
