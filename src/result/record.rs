//! The machine-readable result, versioned: what `-f json` and `-f ndjson` print and other tools read.
//!
//! Levels and rules are named as in Port's own entities, so that filters written for those go on to work.

use crate::grade::{CardTally, Graded, Outcome, Tally};
use crate::scorecard::{Definition, Scorecards};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde::{Deserialize, Serialize as SerializeDerive};
use std::borrow::Cow;

/// The version of the shape; it changes when a reader would have to.
pub const SCHEMA_VERSION: u32 = 1;

/// An entity and its results.
#[derive(Debug, Clone, PartialEq, SerializeDerive, Deserialize)]
pub struct EntityRecord<'a> {
    /// The identifier.
    pub identifier: Cow<'a, str>,
    /// The title, or the identifier where there is none.
    pub title: Cow<'a, str>,
    /// The blueprint, or the default one.
    pub blueprint: Cow<'a, str>,
    /// The teams that own it.
    pub team: Vec<Cow<'a, str>>,
    /// By identifier, in the order of the definitions; `None` where the scorecard does not apply.
    #[serde(serialize_with = "as_map", deserialize_with = "from_map")]
    pub scorecards: Vec<(Cow<'a, str>, Option<ScorecardRecord<'a>>)>,
}

/// One result.
#[derive(Debug, Clone, PartialEq, SerializeDerive, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScorecardRecord<'a> {
    /// The title of the level it holds.
    pub level: Cow<'a, str>,
    /// The index of that level, the base level being 0.
    pub rank: usize,
    /// There is nothing to judge.
    pub no_data: bool,
    /// How many rules pass.
    pub passed: usize,
    /// How many rules there are.
    pub total: usize,
    /// In the order of the definition.
    pub rules: Vec<RuleRecord<'a>>,
}

/// One rule of a result.
#[derive(Debug, Clone, PartialEq, Eq, SerializeDerive, Deserialize)]
pub struct RuleRecord<'a> {
    /// The identifier.
    pub identifier: Cow<'a, str>,
    /// The title of the level it belongs to.
    pub level: Cow<'a, str>,
    /// `SUCCESS` or `FAILURE`.
    pub status: Cow<'a, str>,
}

/// The counts over all entities.
#[derive(Debug, Clone, PartialEq, Eq, SerializeDerive, Deserialize)]
pub struct Summary {
    /// How many entities were read.
    pub entities: u64,
    /// Every scorecard, in the order of the definitions.
    pub scorecards: Vec<ScorecardSummary>,
}

/// The counts of one scorecard.
#[derive(Debug, Clone, PartialEq, Eq, SerializeDerive, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ScorecardSummary {
    /// The identifier.
    pub identifier: String,
    /// The title, or the identifier where there is none.
    pub title: String,
    /// The kind of entity it grades.
    pub blueprint: String,
    /// Entities that it graded, those without data included.
    pub graded: u64,
    /// Entities of its blueprint that its filter leaves out.
    pub not_applicable: u64,
    /// Graded entities with nothing to judge.
    pub no_data: u64,
    /// From the base level up.
    pub levels: Vec<LevelCount>,
    /// In the order of the definition.
    pub rules: Vec<RuleCount>,
}

/// How many entities hold a level.
#[derive(Debug, Clone, PartialEq, Eq, SerializeDerive, Deserialize)]
pub struct LevelCount {
    /// The title.
    pub title: String,
    /// The colour, if it has one.
    pub color: Option<String>,
    /// Entities that hold just this level.
    pub count: u64,
}

/// How many graded entities pass a rule.
#[derive(Debug, Clone, PartialEq, Eq, SerializeDerive, Deserialize)]
pub struct RuleCount {
    /// The identifier.
    pub identifier: String,
    /// The title, or the identifier where there is none.
    pub title: String,
    /// The title of the level it belongs to.
    pub level: String,
    /// Graded entities that pass it.
    pub passed: u64,
    /// Graded entities that fail it.
    pub failed: u64,
}

impl<'g> ScorecardRecord<'g> {
    /// The record of a result; `None` where the scorecard does not apply.
    pub fn new(outcome: &Outcome<'g>) -> Option<Self> {
        let standing = outcome.standing()?;
        let definition = outcome.scorecard();
        let rules: Vec<RuleRecord<'g>> = outcome
            .rules()
            .map(|(rule, passes)| RuleRecord {
                identifier: Cow::Borrowed(&rule.identifier),
                level: Cow::Borrowed(definition.level_title(rule.level)),
                status: Cow::Borrowed(if passes { "SUCCESS" } else { "FAILURE" }),
            })
            .collect();
        Some(Self {
            level: Cow::Borrowed(definition.level_title(standing.level)),
            rank: standing.level,
            no_data: standing.no_data,
            passed: outcome.rules().filter(|(_, passes)| *passes).count(),
            total: rules.len(),
            rules,
        })
    }
}

impl<'g> EntityRecord<'g> {
    /// The record of an entity.
    pub fn new(graded: &Graded<'g>) -> Self {
        let entity = graded.entity();
        Self {
            identifier: Cow::Borrowed(entity.identifier()),
            title: Cow::Borrowed(entity.title()),
            blueprint: Cow::Borrowed(graded.blueprint()),
            team: entity.team().iter().map(|name| Cow::Borrowed(&**name)).collect(),
            scorecards: graded
                .outcomes()
                .map(|outcome| {
                    (Cow::Borrowed(outcome.scorecard().identifier.as_str()), ScorecardRecord::new(&outcome))
                })
                .collect(),
        }
    }
}

impl Summary {
    /// The summary of a tally that counted rules.
    pub fn new(scorecards: &Scorecards, tally: &Tally) -> Self {
        let cards = scorecards.definitions().iter().zip(&tally.cards);
        Self {
            entities: tally.entities,
            scorecards: cards.map(|(card, counts)| summarize(card, counts)).collect(),
        }
    }
}

fn summarize(definition: &Definition, counts: &CardTally) -> ScorecardSummary {
    let graded = counts.graded();
    ScorecardSummary {
        identifier: definition.identifier.clone(),
        title: definition.title.clone(),
        blueprint: definition.blueprint.clone(),
        graded,
        not_applicable: counts.not_applicable,
        no_data: counts.no_data,
        levels: definition
            .levels
            .iter()
            .zip(&counts.levels)
            .map(|(level, &count)| LevelCount {
                title: level.title.clone(),
                color: level.color.clone(),
                count,
            })
            .collect(),
        rules: definition
            .rules
            .iter()
            .zip(&counts.passed)
            .map(|(rule, &passed)| RuleCount {
                identifier: rule.identifier.clone(),
                title: rule.title.clone(),
                level: definition.level_title(rule.level).to_owned(),
                passed,
                failed: graded - passed,
            })
            .collect(),
    }
}

type Results<'a> = Vec<(Cow<'a, str>, Option<ScorecardRecord<'a>>)>;

/// Pairs as an object, in their order.
pub(crate) fn as_map<K: Serialize, V: Serialize, S: Serializer>(
    results: &[(K, V)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(results.len()))?;
    for (identifier, result) in results {
        map.serialize_entry(identifier, result)?;
    }
    map.end()
}

fn from_map<'de, 'a, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Results<'a>, D::Error> {
    struct Visitor<'a>(std::marker::PhantomData<&'a ()>);
    impl<'de, 'a> serde::de::Visitor<'de> for Visitor<'a> {
        type Value = Results<'a>;
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object of results by scorecard")
        }
        fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut results = Vec::new();
            while let Some((identifier, result)) = map.next_entry::<String, Option<ScorecardRecord<'a>>>()? {
                results.push((Cow::Owned(identifier), result));
            }
            Ok(results)
        }
    }
    deserializer.deserialize_map(Visitor(std::marker::PhantomData))
}
