//! Explanations as data: `explain -f json` prints them, and the other formats turn them into sentences.

use super::change::Advice;
use super::datum::{Datum, Requirement, ValueKind, number};
use super::gap::Gap;
use super::subject::SubjectFact;
use crate::dora::Unit;
use crate::grade::NoDataReason;
use crate::result::{RuleStatus, as_map};
use crate::schema::DocumentKind;
use crate::scorecard::Combinator;
use serde::Serialize;

/// The version of the JSON document. It increases with each change that can break a reader, independently of the
/// version of results.
pub(crate) const EXPLANATION_VERSION: u32 = 1;

/// The explanations of all requested entities.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Explanations {
    /// [`EXPLANATION_VERSION`].
    pub schema_version: u32,
    /// Always `explanation`.
    pub kind: DocumentKind,
    /// The time that date presets are relative to, in RFC 3339 format.
    pub as_of: String,
    /// `true` if no entity was named. Then these are the entities nearest to their next level, and each is explained
    /// only in the scorecard where it is nearest.
    pub nearest: bool,
    /// The entities in the order of the requested names, or the nearest first.
    pub entities: Vec<ExplainedEntity>,
}

/// The explanations of one entity. Comes from [`explain`](super::explain()), whose example shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ExplainedEntity {
    /// The identifier.
    pub identifier: String,
    /// The title, or the identifier if the entity has no title.
    pub title: String,
    /// The blueprint, or the default blueprint if the entity has none.
    pub blueprint: String,
    /// The teams that own it.
    pub team: Vec<String>,
    /// The explanation for each scorecard, by its identifier, in the order of the definitions.
    #[serde(serialize_with = "as_map")]
    pub scorecards: Vec<(String, Explanation)>,
}

/// The reasons for an entity's level in one scorecard.
/// Comes from [`explain`](super::explain()), whose example shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Explanation {
    /// The scorecard's title.
    pub title: String,
    /// The title of the entity's level; `None` if the scorecard does not apply.
    pub level: Option<String>,
    /// The index of this level; the base level has index 0.
    pub rank: Option<usize>,
    /// Whether the entity stops at this level only because of missing data.
    pub no_data: bool,
    /// Why there is no data; `None` if there is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_data_reason: Option<NoDataReason>,
    /// If the result has no data, where it lacks: what is missing, or the guards whose value is 0.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub without_data: Vec<SubjectFact>,
    /// The next level, whose rules the entity fails. `None` if there is no such level or if the scorecard does not apply.
    pub next: Option<NextLevel>,
    /// The identifiers of rules above the next level that already pass.
    pub passed_above: Vec<String>,
    /// The filter that the entity fails, if the scorecard does not apply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter: Option<Fact>,
    /// The rules, sorted by level. Rules of one level are in the order of the definition.
    pub rules: Vec<RuleFact>,
}

/// The next level of an entity, and how to reach it.
/// Comes from [`explain`](super::explain()), whose example shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NextLevel {
    /// The title of the level.
    pub level: String,
    /// The index of the level.
    pub rank: usize,
    /// The identifiers of the failing rules of the level.
    pub blocking: Vec<String>,
    /// The number of failing conditions. For an `or`, only those of its nearest member count.
    pub failing: usize,
    /// The sum of the relative gaps of these conditions, each from 0 to 1. The gap of a number is relative to the larger
    /// of the required number and the difference, and the gap of a date is relative to a year. Other gaps are 1.
    #[serde(serialize_with = "number")]
    pub gap: f64,
    /// The changes that reach the level.
    #[serde(flatten)]
    pub advice: Advice,
}

/// The explanation of one rule. Comes from [`explain`](super::explain()), whose example shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RuleFact {
    /// The identifier.
    pub identifier: String,
    /// The title, or the identifier if the rule has no title.
    pub title: String,
    /// The title of its level.
    pub level: String,
    /// Whether the entity passes it.
    pub status: RuleStatus,
    /// Its query, with the actual values.
    pub query: Fact,
}

/// A query, group or condition with the actual values of the entity.
/// Comes from [`explain`](super::explain()), whose example shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Fact {
    /// One condition.
    Condition(Box<ConditionFact>),
    /// Several conditions or groups, joined by a combinator.
    Group(GroupFact),
}

/// Several conditions or groups, joined by a combinator.
/// Comes from [`explain`](super::explain()), whose example shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct GroupFact {
    /// The combinator.
    pub combinator: Combinator,
    /// Whether the group passes.
    pub passed: bool,
    /// The members, in the order of the definition.
    pub conditions: Vec<Fact>,
}

/// One condition with the actual value of the entity.
/// Comes from [`explain`](super::explain()), whose example shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ConditionFact {
    /// The property or relation.
    #[serde(flatten)]
    pub subject: SubjectFact,
    /// The operator and the required value.
    #[serde(flatten)]
    pub requirement: Requirement,
    /// The unit of its numbers, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The value of the entity; `null` for missing values and for objects.
    pub actual: Datum,
    /// The kind of the actual value.
    pub actual_kind: ValueKind,
    /// Whether the condition passes.
    pub passed: bool,
    /// Whether the condition fails because of missing data.
    pub lacks_data: bool,
    /// The difference from the required value, if the condition fails.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<Gap>,
}
