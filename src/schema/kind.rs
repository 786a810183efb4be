//! The kinds of JSON documents that the program prints.

use serde::{Serialize, Serializer};

/// The version of all documents. It changes when readers must be adapted.
pub(crate) const SCHEMA_VERSION: u32 = 1;

/// The kind of a document, written as `kind` after `schemaVersion`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DocumentKind {
    /// Levels of entities: `evaluate -f json`.
    Result,
    /// Entities whose level differs under other scorecards: `evaluate --compare -f json`.
    WhatIf,
    /// Entities with their metrics: `metrics -f json`, `teams -f json`.
    Entities,
    /// Changes between two results: `diff -f json`.
    Diff,
    /// Levels over time: `trend -f json`.
    Trend,
    /// Reasons and advice: `explain -f json`.
    Explanation,
    /// Where the metrics of services come from: `metrics --explain SERVICE -f json`.
    Metrics,
    /// Problems of scorecards: `lint -f json`.
    Findings,
    /// Scorecards with their rules: `show scorecards -f json`.
    Scorecards,
    /// Levels of scorecards: `show levels -f json`.
    Levels,
    /// Operators of conditions: `show operators -f json`.
    Operators,
}

impl DocumentKind {
    /// The value of `kind`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Result => "result",
            Self::WhatIf => "whatIf",
            Self::Entities => "entities",
            Self::Diff => "diff",
            Self::Trend => "trend",
            Self::Explanation => "explanation",
            Self::Metrics => "metrics",
            Self::Findings => "findings",
            Self::Scorecards => "scorecards",
            Self::Levels => "levels",
            Self::Operators => "operators",
        }
    }
}

impl Serialize for DocumentKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
