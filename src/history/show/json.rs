//! `json`: the comparison as one document, with one line for each scorecard and each entity.

use crate::history::catalog::{Catalog, Held, Title};
use crate::history::change::{ChangeKind, FlippedRule};
use crate::history::compare::{
    DefinitionState, Diff, EntityChanges, LevelPair, Presence, ResultChange, ScorecardChanges,
};
use crate::history::fail_on::{Culprit, FailOutcome, FailReason, FailRule};
use crate::history::interned::Id;
use crate::history::side::{EntityNames, Side};
use crate::json::write_compact;
use crate::result::RuleStatus;
use crate::schema::{DocumentKind, SCHEMA_VERSION};
use serde::Serialize;
use std::io::{Result, Write};

/// Writes the document.
///
/// # Errors
/// Returns a failure to write.
pub(crate) fn json(diff: &Diff<'_>, rule: &FailRule<'_>, out: &mut dyn Write) -> Result<()> {
    let kind = DocumentKind::Diff.name();
    write!(out, "{{\"schemaVersion\":{SCHEMA_VERSION},\"kind\":\"{kind}\",\"before\":")?;
    value(&diff.before.map(ShownSide::of), out)?;
    out.write_all(b",\"after\":")?;
    value(&ShownSide::of(diff.after), out)?;
    out.write_all(b",\n\"scorecards\":[")?;
    lines(diff.scorecards.iter().map(|card| ShownScorecard::of(diff, card)), out)?;
    write!(out, "],\n\"moved\":{},\n\"moves\":[", diff.moved())?;
    lines(diff.moves().map(|moved| ShownEntity::of(diff, &moved)), out)?;
    out.write_all(b"]")?;
    if !rule.is_open() {
        out.write_all(b",\n\"failOn\":{\"passed\":")?;
        value(&passed(rule.outcome()), out)?;
        out.write_all(b",\"culprits\":[")?;
        lines(rule.culprits().map(|culprit| ShownCulprit::of(diff, &culprit)), out)?;
        out.write_all(b"]}")?;
    }
    out.write_all(b"}\n")
}

/// Whether the comparison passed; `None` if there was nothing to compare.
fn passed(outcome: FailOutcome) -> Option<bool> {
    match outcome {
        FailOutcome::Passed => Some(true),
        FailOutcome::Failed => Some(false),
        FailOutcome::NothingToCompare => None,
    }
}

/// Writes the elements of an array, each on a line.
pub(super) fn lines<T: Serialize>(items: impl Iterator<Item = T>, out: &mut dyn Write) -> Result<()> {
    let mut separator: &[u8] = b"\n";
    for item in items {
        out.write_all(separator)?;
        value(&item, out)?;
        separator = b",\n";
    }
    Ok(())
}

pub(super) fn value<T: Serialize>(value: &T, out: &mut dyn Write) -> Result<()> {
    write_compact(value, out).map_err(std::io::Error::from)
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownSide<'d> {
    file: &'d str,
    as_of: Option<String>,
    entities: usize,
}

impl<'d> ShownSide<'d> {
    fn of(side: &'d Side) -> Self {
        let as_of = side.document.as_of.map(|as_of| as_of.to_string());
        Self { file: &side.name, as_of, entities: side.len() }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownScorecard<'d> {
    identifier: &'d str,
    title: &'d str,
    blueprint: &'d str,
    #[serde(rename = "in")]
    presence: Presence,
    definition: Option<DefinitionState>,
    up: u64,
    down: u64,
    entered: u64,
    left: u64,
    appeared: u64,
    disappeared: u64,
    gained_data: u64,
    lost_data: u64,
    rules: u64,
    same: u64,
    pairs: Vec<Pair<'d>>,
}

#[derive(Serialize)]
struct Pair<'d> {
    from: Option<&'d str>,
    to: Option<&'d str>,
    count: u64,
}

impl<'d> ShownScorecard<'d> {
    fn of(diff: &'d Diff<'_>, card: &'d ScorecardChanges) -> Self {
        let (blueprint, identifier) = diff.card_names(card);
        let title = |level: Option<Id<Title>>| level.map(|level| &*diff.catalog.titles.get(level).0);
        let pair =
            |(pair, count): (LevelPair, u64)| Pair { from: title(pair.from), to: title(pair.to), count };
        Self {
            identifier,
            title: &card.title,
            blueprint,
            presence: card.presence,
            definition: card.definition,
            up: card.count(ChangeKind::Up),
            down: card.count(ChangeKind::Down),
            entered: card.count(ChangeKind::Entered),
            left: card.count(ChangeKind::Left),
            appeared: card.count(ChangeKind::Appeared),
            disappeared: card.count(ChangeKind::Disappeared),
            gained_data: card.count(ChangeKind::GainedData),
            lost_data: card.count(ChangeKind::LostData),
            rules: card.count(ChangeKind::Rules),
            same: card.same,
            pairs: card.pairs(diff.catalog).into_iter().map(pair).collect(),
        }
    }
}

/// The names of an entity.
#[derive(Serialize)]
pub(super) struct ShownNames<'d> {
    identifier: &'d str,
    title: &'d str,
    blueprint: &'d str,
    team: Vec<&'d str>,
}

impl<'d> ShownNames<'d> {
    pub(super) fn of(names: &EntityNames<'d>, catalog: &'d Catalog) -> Self {
        Self {
            identifier: names.identifier,
            title: names.title,
            blueprint: &catalog.blueprints.get(names.blueprint).0,
            team: catalog.team_names(names.teams).collect(),
        }
    }
}

#[derive(Serialize)]
struct ShownEntity<'d> {
    #[serde(flatten)]
    names: ShownNames<'d>,
    moves: Vec<ShownMove<'d>>,
}

#[derive(Serialize)]
struct ShownMove<'d> {
    scorecard: &'d str,
    direction: ChangeKind,
    from: Option<&'d str>,
    to: Option<&'d str>,
    rules: Vec<ShownRule<'d>>,
}

#[derive(Serialize)]
struct ShownRule<'d> {
    identifier: &'d str,
    level: Option<&'d str>,
    from: RuleStatus,
    to: RuleStatus,
}

impl<'d> ShownEntity<'d> {
    fn of(diff: &'d Diff<'_>, moved: &EntityChanges<'d>) -> Self {
        Self {
            names: ShownNames::of(&moved.names, diff.catalog),
            moves: moved.changes.iter().map(|change| ShownMove::of(diff, change)).collect(),
        }
    }
}

impl<'d> ShownMove<'d> {
    fn of(diff: &'d Diff<'_>, one: &ResultChange) -> Self {
        let level = |held: Held| held.map(|grade| level(diff.catalog, diff.catalog.grades.get(grade).level));
        Self {
            scorecard: diff.card_names(diff.scorecard(one.scorecard)).1,
            direction: one.change.kind(),
            from: level(one.change.from()),
            to: level(one.change.to()),
            rules: one
                .change
                .flipped_rules(diff.catalog)
                .iter()
                .map(|flip| ShownRule::of(diff, flip))
                .collect(),
        }
    }
}

fn level(catalog: &Catalog, title: Id<Title>) -> &str {
    &catalog.titles.get(title).0
}

impl<'d> ShownRule<'d> {
    fn of(diff: &'d Diff<'_>, flip: &FlippedRule) -> Self {
        let status = |passes| if passes { RuleStatus::Success } else { RuleStatus::Failure };
        Self {
            identifier: &diff.catalog.rules.get(flip.rule).0,
            level: flip.level.map(|title| level(diff.catalog, title)),
            from: status(!flip.passes),
            to: status(flip.passes),
        }
    }
}

#[derive(Serialize)]
struct ShownCulprit<'d> {
    /// `None` if the definition of the scorecard changed.
    identifier: Option<&'d str>,
    blueprint: &'d str,
    scorecard: &'d str,
    reason: FailReason,
}

impl<'d> ShownCulprit<'d> {
    fn of(diff: &'d Diff<'_>, culprit: &Culprit<'d>) -> Self {
        let (blueprint, scorecard) = diff.card_names(culprit.scorecard);
        let identifier = culprit.entity.as_ref().map(|moved| moved.names.identifier);
        Self { identifier, blueprint, scorecard, reason: culprit.reason }
    }
}
