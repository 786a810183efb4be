//! A comparison as data: `evaluate --compare -f json` prints it as it is, the other formats show it.

use crate::schema::DocumentKind;
use serde::Serialize;

/// The difference that a second set of scorecards makes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// [`SCHEMA_VERSION`](crate::SCHEMA_VERSION).
    pub schema_version: u32,
    /// [`DocumentKind::WhatIf`].
    pub kind: DocumentKind,
    /// The time that date presets are relative to.
    pub as_of: String,
    /// Entities read.
    pub entities: u64,
    /// Every scorecard of either set: those of the first in their order, then those of the second only.
    pub scorecards: Vec<ScorecardComparison>,
    /// Entities whose level differs in at least one scorecard.
    pub moved: u64,
    /// The first of them, in the order of the input.
    pub moves: Vec<EntityMoves>,
}

/// Which of the two sets has a scorecard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Presence {
    /// Both sets, so it is compared.
    Both,
    /// The first set only.
    First,
    /// The second set only.
    Second,
}

/// The comparison of one scorecard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ScorecardComparison {
    /// The identifier.
    pub identifier: String,
    /// The title in the first set, or in the second if the first does not have the scorecard.
    pub title: String,
    /// The kind of entity it grades.
    pub blueprint: String,
    /// Which of the two sets has it.
    #[serde(rename = "in")]
    pub presence: Presence,
    /// Entities with a higher level in the second set.
    pub up: u64,
    /// Entities with a lower level in the second set.
    pub down: u64,
    /// Entities with the same level in both sets.
    pub same: u64,
    /// Entities that the scorecard applies to in the second set only.
    pub entered: u64,
    /// Entities that the scorecard applies to in the first set only.
    pub left: u64,
    /// The number of entities for each pair of levels, the lowest level of the first set first; pairs
    /// without entities are left out.
    pub pairs: Vec<Pair>,
}

/// The number of entities that hold one level in the first set and one in the second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// The title of the level in the first set; `None` where the scorecard does not apply.
    pub from: Option<String>,
    /// The title of the level in the second set; `None` where the scorecard does not apply.
    pub to: Option<String>,
    /// The number of entities.
    pub count: u64,
}

/// An entity whose level differs.
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

/// The direction from the first set to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// To a higher level.
    Up,
    /// To a lower level.
    Down,
    /// From not applicable to a level.
    Entered,
    /// From a level to not applicable.
    Left,
    /// The same level, or not applicable in both sets.
    Same,
}

/// One result whose level differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move {
    /// The scorecard's identifier.
    pub scorecard: String,
    /// Up, down, entered or left.
    pub direction: Direction,
    /// The title of the level in the first set; `None` where the scorecard does not apply.
    pub from: Option<String>,
    /// The title of the level in the second set; `None` where the scorecard does not apply.
    pub to: Option<String>,
}
