//! Comparisons as data: `evaluate --compare -f json` prints them, and the other formats make tables of them.

use crate::schema::DocumentKind;
use serde::Serialize;

/// The level changes between two sets of scorecards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    /// [`SCHEMA_VERSION`](crate::schema::SCHEMA_VERSION).
    pub schema_version: u32,
    /// [`DocumentKind::WhatIf`].
    pub kind: DocumentKind,
    /// The time that date presets are relative to.
    pub as_of: String,
    /// The number of entities in scope.
    pub entities: u64,
    /// All scorecards: first those of the first set, then those that only the second set has.
    pub scorecards: Vec<ScorecardComparison>,
    /// The number of entities whose level changes in at least one scorecard.
    pub moved: u64,
    /// The changes of these entities, in the order of the input, up to the limit.
    pub moves: Vec<EntityMoves>,
}

/// The sets that contain a scorecard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Presence {
    /// Both sets; only these scorecards are compared.
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
    /// The kind of entity that it grades.
    pub blueprint: String,
    /// The sets that contain it.
    #[serde(rename = "in")]
    pub presence: Presence,
    /// The number of entities with a higher level in the second set.
    pub up: u64,
    /// The number of entities with a lower level in the second set.
    pub down: u64,
    /// The number of entities with the same level in both sets.
    pub same: u64,
    /// The number of entities that the scorecard applies to only in the second set.
    pub entered: u64,
    /// The number of entities that the scorecard applies to only in the first set.
    pub left: u64,
    /// The number of entities for each pair of levels, sorted by the level in the first set, the lowest first. Pairs
    /// without entities are left out.
    pub pairs: Vec<Pair>,
}

/// The number of entities that hold one level in the first set and one in the second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// The title of the level in the first set; `None` if the scorecard does not apply.
    pub from: Option<String>,
    /// The title of the level in the second set; `None` if the scorecard does not apply.
    pub to: Option<String>,
    /// The number of entities.
    pub count: u64,
}

/// The level changes of one entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntityMoves {
    /// The identifier.
    pub identifier: String,
    /// The title, or the identifier if the entity has no title.
    pub title: String,
    /// The blueprint, or the default blueprint if the entity has none.
    pub blueprint: String,
    /// The changes, in the order of the scorecards of the first set.
    pub moves: Vec<Move>,
}

/// The direction of a level change, from the first set to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Direction {
    /// To a higher level.
    Up,
    /// To a lower level.
    Down,
    /// The scorecard applies only in the second set.
    Entered,
    /// The scorecard applies only in the first set.
    Left,
    /// The same level in both sets, or the scorecard applies in neither.
    Same,
}

/// A level change in one scorecard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Move {
    /// The identifier of the scorecard.
    pub scorecard: String,
    /// The direction; never [`Direction::Same`].
    pub direction: Direction,
    /// The title of the level in the first set; `None` if the scorecard does not apply.
    pub from: Option<String>,
    /// The title of the level in the second set; `None` if the scorecard does not apply.
    pub to: Option<String>,
}
