//! The JSON Schemas (2020-12) of the input and of the result document.
//!
//! They are written by hand, because people read them too. Tests compare them with what the program reads and
//! prints.

/// A document that has a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    /// A file of scorecards.
    Scorecard,
    /// One value of a stream of entities.
    Entities,
    /// The result document of `-f json`. Its `$defs/entity` is a line of `-f ndjson`.
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
