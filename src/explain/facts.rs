//! An explanation as data: what `explain -f json` prints and the other formats put into words.
//!
//! It is versioned on its own, for it says more than a result does and will grow at another pace.

use super::change::Advice;
use super::datum::{Datum, Requirement, number};
use super::gap::Gap;
use super::unit::Unit;
use crate::result::as_map;
use crate::schema::DocumentKind;
use serde::Serialize;

/// The version of the shape; it changes when a reader would have to.
pub const EXPLANATION_VERSION: u32 = 1;

/// All that was asked to be explained.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanations {
    /// [`EXPLANATION_VERSION`].
    pub schema_version: u32,
    /// [`DocumentKind::Explanation`].
    pub kind: DocumentKind,
    /// What dates and presets are relative to.
    pub as_of: String,
    /// The entities were not named, but are those nearest to their next level; of each only the scorecard
    /// in which it is nearest is explained.
    pub nearest: bool,
    /// The entities, in the order asked for, or the nearest first.
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

/// Why an entity stands where it stands in one scorecard.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// The scorecard's title.
    pub title: String,
    /// The title of the level it holds; `None` when the scorecard does not apply.
    pub level: Option<String>,
    /// The index of that level, the base level being 0.
    pub rank: Option<usize>,
    /// There is nothing to judge.
    pub no_data: bool,
    /// The next level that can be reached; `None` at the top, and when the scorecard does not apply.
    pub next: Option<NextLevel>,
    /// Rules of levels above the next that pass already.
    pub passed_above: Vec<String>,
    /// Why the scorecard does not apply, when it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filter: Option<Fact>,
    /// In the order of the levels, and of the definition within one.
    pub rules: Vec<RuleFact>,
}

/// What stands between an entity and its next level.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NextLevel {
    /// Its title.
    pub level: String,
    /// Its index.
    pub rank: usize,
    /// The rules of it that fail.
    pub blocking: Vec<String>,
    /// How many conditions fail; of an `or` those of its nearest member.
    pub failing: usize,
    /// The sum of their relative gaps: shares of the larger of the actual and the required number, of a year
    /// for dates, and 1 for what can not be measured.
    #[serde(serialize_with = "number")]
    pub gap: f64,
    /// What to change.
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
    /// `SUCCESS` or `FAILURE`.
    pub status: &'static str,
    /// Its query.
    pub query: Fact,
}

/// A query, a group in it or a condition, with what was found.
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
    /// `and` or `or`.
    pub combinator: &'static str,
    /// The group passes.
    pub passed: bool,
    /// In the order of the definition.
    pub conditions: Vec<Fact>,
}

/// One condition.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ConditionFact {
    /// What it looks at.
    #[serde(flatten)]
    pub subject: SubjectFact,
    /// What it requires.
    #[serde(flatten)]
    pub requirement: Requirement,
    /// The unit of its numbers, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// What was found; `null` for what is missing, and for objects.
    pub actual: Datum,
    /// What kind of value that is: `missing`, `null`, `boolean`, `number`, `string`, `array` or `object`.
    pub actual_kind: &'static str,
    /// It passes.
    pub passed: bool,
    /// It fails for lack of data.
    pub lacks_data: bool,
    /// How far it is off, when it fails.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gap: Option<Gap>,
}

/// Where a value is found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum SubjectFact {
    /// A property, or with a leading `$` a meta-property.
    Property(String),
    /// A relation.
    Relation(String),
}

impl SubjectFact {
    /// The name, as in a condition.
    pub fn name(&self) -> &str {
        match self {
            Self::Property(name) | Self::Relation(name) => name,
        }
    }
}
