//! An explanation as data: `explain -f json` prints it, and the other formats put it into words.
//!
//! It has its own version, because it says more than a result and changes at another pace.

use super::change::Advice;
use super::datum::{Datum, Requirement, ValueKind, number};
use super::gap::Gap;
use super::subject::SubjectFact;
use crate::dora::Unit;
use crate::result::{RuleStatus, as_map};
use crate::schema::DocumentKind;
use crate::scorecard::Combinator;
use serde::Serialize;

/// The version of the JSON shape; it changes when readers must change.
pub const EXPLANATION_VERSION: u32 = 1;

/// The explanations of all requested entities.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanations {
    /// [`EXPLANATION_VERSION`].
    pub schema_version: u32,
    /// Always `explanation`.
    pub kind: DocumentKind,
    /// The time that date presets are relative to.
    pub as_of: String,
    /// No entity was named, so these are the entities nearest to their next level, each only in the scorecard
    /// where it is nearest.
    pub nearest: bool,
    /// The entities, in the order of their names on the command line, or the nearest first.
    pub entities: Vec<ExplainedEntity>,
}

/// One entity.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ExplainedEntity {
    /// The identifier.
    pub identifier: String,
    /// The title, or the identifier where there is none.
    pub title: String,
    /// The blueprint, or the default one.
    pub blueprint: String,
    /// The teams that own it.
    pub team: Vec<String>,
    /// By identifier, in the order of the definitions.
    #[serde(serialize_with = "as_map")]
    pub scorecards: Vec<(String, Explanation)>,
}

/// The reasons for an entity's level in one scorecard.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The scorecard's title.
    pub title: String,
    /// The title of the level it holds; `None` when the scorecard does not apply.
    pub level: Option<String>,
    /// The index of that level, the base level being 0.
    pub rank: Option<usize>,
    /// The level is only due to missing data.
    pub no_data: bool,
    /// The level that ended the climb; `None` at the top, and when the scorecard does not apply.
    pub next: Option<NextLevel>,
    /// Rules of levels above the next level that already pass.
    pub passed_above: Vec<String>,
    /// The failing filter, when the scorecard does not apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter: Option<Fact>,
    /// Ordered by level, and within a level as in the definition.
    pub rules: Vec<RuleFact>,
}

/// The next level of an entity, and what it takes to reach it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NextLevel {
    /// Its title.
    pub level: String,
    /// Its index.
    pub rank: usize,
    /// The failing rules of this level.
    pub blocking: Vec<String>,
    /// The number of failing conditions; for an `or`, those of its nearest member.
    pub failing: usize,
    /// The sum of their relative gaps, each from 0 to 1: for numbers a share of the larger of the actual and the
    /// required number, for dates a share of a year, and 1 where there is no measure.
    #[serde(serialize_with = "number")]
    pub gap: f64,
    /// The changes that reach the level.
    #[serde(flatten)]
    pub advice: Advice,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleFact {
    /// The identifier.
    pub identifier: String,
    /// The title, or the identifier where there is none.
    pub title: String,
    /// The title of its level.
    pub level: String,
    /// Whether it passes.
    pub status: RuleStatus,
    /// Its query.
    pub query: Fact,
}

/// A query, group or condition with the values found for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Fact {
    /// One condition.
    Condition(Box<ConditionFact>),
    /// Several under a combinator.
    Group(GroupFact),
}

/// Several conditions under a combinator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupFact {
    /// The combinator.
    pub combinator: Combinator,
    /// The group passes.
    pub passed: bool,
    /// In the order of the definition.
    pub conditions: Vec<Fact>,
}

/// One condition with the value found for it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConditionFact {
    /// The property or relation.
    #[serde(flatten)]
    pub subject: SubjectFact,
    /// The required value.
    #[serde(flatten)]
    pub requirement: Requirement,
    /// The unit of its numbers, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The value of the entity; `null` for missing values and for objects.
    pub actual: Datum,
    /// The kind of that value.
    pub actual_kind: ValueKind,
    /// It passes.
    pub passed: bool,
    /// It fails because there is no data.
    pub lacks_data: bool,
    /// The distance to the required value, when it fails.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<Gap>,
}
