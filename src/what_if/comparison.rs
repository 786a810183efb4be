//! A comparison as data: what `evaluate --compare -f json` prints and the other formats show.

use crate::schema::DocumentKind;
use serde::Serialize;

/// What a comparison came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// [`SCHEMA_VERSION`](crate::SCHEMA_VERSION).
    pub schema_version: u32,
    /// [`DocumentKind::WhatIf`].
    pub kind: DocumentKind,
    /// What date presets are relative to.
    pub as_of: String,
    /// Entities read.
    pub entities: u64,
    /// Every scorecard of either set: those of the first in their order, then those only in the second.
    pub scorecards: Vec<ScorecardComparison>,
    /// Entities that stand elsewhere in some scorecard.
    pub moved: u64,
    /// The first of them, in the order of the input.
    pub moves: Vec<EntityMoves>,
}

/// Which of the sets has a scorecard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Presence {
    /// Both: it is compared.
    Both,
    /// Only the first.
    First,
    /// Only the second.
    Second,
}

/// The moves in one scorecard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScorecardComparison {
    /// The identifier.
    pub identifier: String,
    /// The title, of the first set where it has one.
    pub title: String,
    /// The kind of entity it grades.
    pub blueprint: String,
    /// Which of the sets has it.
    #[serde(rename = "in")]
    pub presence: Presence,
    /// Entities that stand higher in the second set.
    pub up: u64,
    /// Entities that stand lower in the second set.
    pub down: u64,
    /// Entities that stand where they stood.
    pub same: u64,
    /// Entities that only the second set's filter takes in.
    pub entered: u64,
    /// Entities that only the first set's filter takes in.
    pub left: u64,
    /// How many stand where in the two, the lowest of the first set first; pairs that nobody has are left
    /// out.
    pub pairs: Vec<Pair>,
}

/// How many entities hold one level in the first set and another, or the same, in the second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// The title of the level in the first set; `None` where the scorecard does not apply.
    pub from: Option<String>,
    /// The same in the second.
    pub to: Option<String>,
    /// Entities.
    pub count: u64,
}

/// An entity that stands elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntityMoves {
    /// The identifier.
    pub identifier: String,
    /// The title, or the identifier where there is none.
    pub title: String,
    /// The blueprint, or the default one.
    pub blueprint: String,
    /// In the order of the definitions.
    pub moves: Vec<Move>,
}

/// Which way a result goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// To a higher level.
    Up,
    /// To a lower level.
    Down,
    /// Only the second set's filter takes it in.
    Entered,
    /// Only the first set's filter takes it in.
    Left,
    /// It stays.
    Same,
}

/// One result that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move {
    /// The scorecard's identifier.
    pub scorecard: String,
    /// Which way.
    pub direction: Direction,
    /// The title of the level in the first set; `None` where the scorecard does not apply.
    pub from: Option<String>,
    /// The same in the second.
    pub to: Option<String>,
}
