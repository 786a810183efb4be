//! The records of a result document.
//!
//! Keys and values of levels and rules are named as in Port's own entities, so `jq` filters that were written for
//! Port's entities work here too.

use super::map::{as_map, from_map};
use super::shown::ShownValue;
use crate::grade::NoDataReason;
use crate::value::Instant;
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;

/// An entity and its results: a line of `evaluate -f ndjson`.
///
/// ```
/// use dora_score::result::{BaselineRecord, EntityRecord, ResultDocument, ScorecardRecord, Summary, Was};
/// use dora_score::{Entity, Gate, Grader, Instant, NoData, Scorecards, Tally, Waivers, builtin, load_waivers};
/// use serde_json::json;
///
/// let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
/// let scorecards = Scorecards::new(builtin(), as_of, "service");
/// let waivers = Waivers::new(load_waivers(&["examples/waivers/waivers.json"])?, as_of);
/// let gate = Gate::new(&["dora_cfr=Bronze".parse()?], NoData::Judge, &scorecards)?.with_waivers(waivers);
/// let mut wanted = scorecards.wanted().clone();
/// let shown = [("tier".to_owned(), wanted.include_property("tier").ok_or("unknown meta-property")?)];
/// let value = json!({"identifier": "wayfinder", "tier": [1, "a"], "total_deployments": 9, "change_failure_rate": 50});
/// let entity = Entity::from_value(&value, &wanted)?;
/// let (mut grader, mut tally) = (Grader::new(&scorecards), Tally::new(&scorecards, true));
/// let graded = grader.grade(&entity);
/// tally.count(&graded);
///
/// let mut record = EntityRecord::new(&graded, &gate).with_shown(&graded, &shown);
/// assert_eq!(record.shown[0].1.json(), r#"[1,"a"]"#);
/// let result = record.scorecards[2].1.as_ref().ok_or("the scorecard applies")?;
/// let waived = result.waived.as_ref().ok_or("a waiver excuses it")?;
/// assert_eq!((&*waived.reason, &*waived.expires), ("older than the gate", "2026-04-30"));
///
/// // with the level of an earlier result
/// let outcome = graded.outcomes().nth(2).ok_or("four scorecards")?;
/// let result = ScorecardRecord::new(&outcome, &gate).ok_or("the scorecard applies")?;
/// record.scorecards[2].1 = Some(result.with_was(Some(Was::Level("Gold".into()))));
/// let document = ResultDocument::new(as_of, vec![record], Summary::new(&scorecards, &tally), None)
///     .with_baseline(Some(BaselineRecord::new("december.json", Instant::parse("2025-12-31T00:00:00Z"))));
/// let mut text = Vec::new();
/// document.write(&mut text)?;
/// let text: serde_json::Value = serde_json::from_slice(&text)?;
/// assert_eq!(text["baseline"]["asOf"], "2025-12-31T00:00:00Z");
/// assert_eq!(text["entities"][0]["scorecards"]["dora_cfr"]["was"], "Gold");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EntityRecord<'a> {
    /// The identifier.
    pub identifier: Cow<'a, str>,
    /// The title, or the identifier if the entity has no title.
    pub title: Cow<'a, str>,
    /// The blueprint, or the default blueprint if the entity has none.
    pub blueprint: Cow<'a, str>,
    /// The teams that own it.
    pub team: Vec<Cow<'a, str>>,
    /// The values of the properties of `--show`, by name.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        serialize_with = "as_map",
        deserialize_with = "from_map"
    )]
    pub shown: Vec<(Cow<'a, str>, ShownValue)>,
    /// The results by identifier of the scorecard, in the order of the definitions; `None` if not applicable.
    #[serde(serialize_with = "as_map", deserialize_with = "from_map")]
    pub scorecards: Vec<(Cow<'a, str>, Option<ScorecardRecord<'a>>)>,
}

/// The result of an entity in one scorecard.
/// Part of a [`ResultDocument`](super::ResultDocument), whose example shows it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ScorecardRecord<'a> {
    /// The title of the level that the entity holds.
    pub level: Cow<'a, str>,
    /// The level in the baseline; only present if the run has a baseline that has the entity and the scorecard.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    pub was: Option<Was<'a>>,
    /// The index of the level; 0 is the base level.
    pub rank: usize,
    /// Whether the result has no data.
    pub no_data: bool,
    /// Why it has no data; only present if it has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_data_reason: Option<NoDataReason>,
    /// How many rules pass.
    pub passed: usize,
    /// How many rules there are.
    pub total: usize,
    /// The judgement of the gate; only present if the scorecard has a minimum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate: Option<GateStatus>,
    /// The title of the minimum level; present together with `gate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<Cow<'a, str>>,
    /// The waiver that excuses the result; only present if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waived: Option<WaivedRecord<'a>>,
    /// The rules in the order of the definition.
    pub rules: Vec<RuleRecord<'a>>,
}

/// The level of a result in a baseline. Part of an [`EntityRecord`], whose example shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Was<'a> {
    /// The title of the level that the entity held.
    Level(Cow<'a, str>),
    /// The scorecard was not applicable: `null`.
    NotApplicable,
}

/// Deserializes a value that is there, also if it is null.
fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// The judgement of a gate on a result. Part of a [`ResultDocument`](super::ResultDocument), whose example shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum GateStatus {
    /// The entity holds at least the minimum.
    Passed,
    /// The entity holds a level below the minimum.
    Failed,
    /// The result was not judged, because it has no data.
    NoData,
    /// The result is below the minimum, but a waiver excuses it.
    Waived,
}

impl GateStatus {
    /// The name in results.
    pub fn name(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::NoData => "noData",
            Self::Waived => "waived",
        }
    }
}

/// The waiver that excuses a result. Part of an [`EntityRecord`], whose example shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WaivedRecord<'a> {
    /// Why it is excused.
    pub reason: Cow<'a, str>,
    /// The last day on which it is, such as `2026-12-31`.
    pub expires: Cow<'a, str>,
}

/// The result of one rule. Part of a [`ResultDocument`](super::ResultDocument), whose example shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RuleRecord<'a> {
    /// The rule's identifier.
    pub identifier: Cow<'a, str>,
    /// The title of the level it belongs to.
    pub level: Cow<'a, str>,
    /// Whether the entity passes it.
    pub status: RuleStatus,
}

/// Whether an entity passes a rule, named as in Port.
/// Part of a [`ResultDocument`](super::ResultDocument), whose example shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RuleStatus {
    /// It passes.
    Success,
    /// It fails.
    Failure,
}

/// The result that a run was compared with. Part of a document with an [`EntityRecord`], whose example shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct BaselineRecord {
    /// The name of its file.
    pub file: String,
    /// The time of its evaluation, in RFC 3339; `None` if it does not tell one.
    pub as_of: Option<String>,
}

impl BaselineRecord {
    /// Creates the record of a baseline from the name of its file and the time of its evaluation, if that is known.
    pub fn new(file: impl Into<String>, as_of: Option<Instant>) -> Self {
        Self { file: file.into(), as_of: as_of.map(|as_of| as_of.to_string()) }
    }
}

/// The counts over all entities. Part of a [`ResultDocument`](super::ResultDocument), whose example shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Summary {
    /// How many entities are in scope.
    pub entities: u64,
    /// Every scorecard, in the order of the definitions.
    pub scorecards: Vec<ScorecardSummary>,
    /// The counts of each team, the weakest first; only present with `--group-by team`. A team is weaker if its mean of
    /// rank ÷ top rank over all results with data is lower; teams with the same mean are sorted by name. Teams without
    /// such a result follow, and the entities without a team are last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub teams: Option<Vec<TeamSummary>>,
}

/// The counts of one team. An entity of several teams counts in each.
/// Part of a [`ResultDocument`](super::ResultDocument), whose example shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TeamSummary {
    /// The team; `None` for the entities without a team.
    pub team: Option<String>,
    /// Its entities.
    pub entities: u64,
    /// The scorecards of its entities, in the order of the definitions.
    pub scorecards: Vec<TeamScorecardSummary>,
}

/// The counts of one scorecard for one team.
/// Part of a [`ResultDocument`](super::ResultDocument), whose example shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TeamScorecardSummary {
    /// The identifier.
    pub identifier: String,
    /// The blueprint of the entities that it grades.
    pub blueprint: String,
    /// Entities that it graded, including those without data.
    pub graded: u64,
    /// Entities of its blueprint that its filter excludes.
    pub not_applicable: u64,
    /// Graded entities without data.
    pub no_data: u64,
    /// The levels, from the base level up.
    pub levels: Vec<TeamLevelCount>,
}

/// How many entities of a team hold a level.
/// Part of a [`ResultDocument`](super::ResultDocument), whose example shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct TeamLevelCount {
    /// The title of the level.
    pub title: String,
    /// Entities that hold this level and no higher one.
    pub count: u64,
    /// How many of them have no data.
    pub no_data: u64,
}

/// The counts of one scorecard. Part of a [`ResultDocument`](super::ResultDocument), whose example shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ScorecardSummary {
    /// The identifier.
    pub identifier: String,
    /// The title, or the identifier if the scorecard has no title.
    pub title: String,
    /// The blueprint of the entities that it grades.
    pub blueprint: String,
    /// 16 hexadecimal digits that change with the definition, as far as it can change a result.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
    /// Entities that it graded, including those without data.
    pub graded: u64,
    /// Entities of its blueprint that its filter excludes.
    pub not_applicable: u64,
    /// Graded entities without data.
    pub no_data: u64,
    /// The levels, from the base level up.
    pub levels: Vec<LevelCount>,
    /// The rules in the order of the definition.
    pub rules: Vec<RuleCount>,
}

/// How many entities hold a level. Part of a [`ResultDocument`](super::ResultDocument), whose example shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LevelCount {
    /// The title of the level.
    pub title: String,
    /// The colour, if it has one.
    pub color: Option<String>,
    /// Entities that hold this level and no higher one.
    pub count: u64,
    /// How many of them have no data.
    #[serde(default, rename = "noData")]
    pub no_data: u64,
}

/// How many graded entities pass a rule. Part of a [`ResultDocument`](super::ResultDocument), whose example shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RuleCount {
    /// The identifier.
    pub identifier: String,
    /// The title, or the identifier if the rule has no title.
    pub title: String,
    /// The title of the level it belongs to.
    pub level: String,
    /// Graded entities that pass it.
    pub passed: u64,
    /// Graded entities that fail it.
    pub failed: u64,
}

/// The verdict of a gate. Part of a [`ResultDocument`](super::ResultDocument), whose example shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct GateSummary {
    /// Whether the gate passed; `None` if there was nothing to judge.
    pub passed: Option<bool>,
    /// Results that were judged.
    pub judged: u64,
    /// Judged results below their minimum.
    pub failed: u64,
    /// Results that were not judged, because they have no data.
    pub no_data: u64,
    /// Results below their minimum that a waiver excuses. They count neither as judged nor as failed.
    pub waived: u64,
    /// The minimum of each gated scorecard, in the order of the definitions.
    pub minimums: Vec<MinimumRecord>,
}

/// The requirement of a gate for the results of a scorecard.
/// Part of a [`ResultDocument`](super::ResultDocument), whose example shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct MinimumRecord {
    /// The identifier of the scorecard.
    pub scorecard: String,
    /// The blueprint of the entities that it grades.
    pub blueprint: String,
    /// The title of the minimum level.
    pub level: String,
    /// The percentage of the judged results that must hold it; `None` for all of them.
    pub share: Option<u8>,
}
