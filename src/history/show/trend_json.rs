//! `json`: the trend as one document, with one line for each scorecard and each entity.

use super::json::{ShownNames, lines, value};
use crate::history::catalog::Grade;
use crate::history::interned::Id;
use crate::history::side::EntityNumber;
use crate::history::trend::{DateCounts, ScorecardTrend, Stuck, Trend, TrendLevel, TrendMove};
use crate::schema::{DocumentKind, SCHEMA_VERSION};
use serde::Serialize;
use std::io::{Result, Write};

/// Writes the document.
///
/// # Errors
/// Returns a failure to write.
pub(crate) fn trend_json(trend: &Trend<'_>, out: &mut dyn Write) -> Result<()> {
    let kind = DocumentKind::Trend.name();
    write!(out, "{{\"schemaVersion\":{SCHEMA_VERSION},\"kind\":\"{kind}\",\"dates\":")?;
    let dates: Vec<String> = trend.dates.iter().map(ToString::to_string).collect();
    value(&dates, out)?;
    write!(out, ",\"for\":{},\n\"scorecards\":[", trend.options.dates)?;
    lines(trend.scorecards.iter().map(|card| ShownScorecard::of(trend, card)), out)?;
    out.write_all(b"],\n\"moves\":[")?;
    lines(trend.moves.iter().map(|(entity, moves)| ShownEntity::of(trend, *entity, moves)), out)?;
    out.write_all(b"],\n\"stuck\":[")?;
    lines(trend.stuck.iter().map(|(entity, stuck)| StuckEntity::of(trend, *entity, stuck)), out)?;
    out.write_all(b"]}\n")
}

#[derive(Serialize)]
struct ShownScorecard<'t> {
    identifier: &'t str,
    title: &'t str,
    blueprint: &'t str,
    below: Option<&'t str>,
    up: u64,
    down: u64,
    stuck: u64,
    dates: Vec<ShownDate<'t>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownDate<'t> {
    as_of: String,
    graded: u64,
    not_applicable: u64,
    no_data: u64,
    levels: Vec<ShownLevel<'t>>,
}

#[derive(Serialize)]
struct ShownLevel<'t> {
    title: &'t str,
    color: Option<&'t str>,
    count: u64,
}

impl<'t> ShownScorecard<'t> {
    fn of(trend: &'t Trend<'_>, card: &'t ScorecardTrend) -> Self {
        let (blueprint, identifier) = trend.card_names(card);
        let title = |level: &TrendLevel| trend.level_title(level);
        let level = |(level, count): (&'t TrendLevel, &u64)| ShownLevel {
            title: title(level),
            color: level.color.as_deref(),
            count: *count,
        };
        let date = |(as_of, counts): (&_, &DateCounts)| ShownDate {
            as_of: ToString::to_string(as_of),
            graded: counts.graded,
            not_applicable: counts.not_applicable,
            no_data: counts.no_data,
            levels: card.levels.iter().zip(&counts.levels).map(level).collect(),
        };
        Self {
            identifier,
            title: &card.title,
            blueprint,
            below: card.levels.iter().find(|level| Some(level.rank) == card.below).map(title),
            up: card.up,
            down: card.down,
            stuck: card.stuck,
            dates: trend.dates.iter().zip(&card.dates).map(date).collect(),
        }
    }
}

#[derive(Serialize)]
struct ShownEntity<'t> {
    #[serde(flatten)]
    names: ShownNames<'t>,
    moves: Vec<ShownMove<'t>>,
}

#[derive(Serialize)]
struct ShownMove<'t> {
    scorecard: &'t str,
    direction: &'static str,
    from: &'t str,
    to: &'t str,
}

#[derive(Serialize)]
struct StuckEntity<'t> {
    #[serde(flatten)]
    names: ShownNames<'t>,
    stuck: Vec<ShownStuck<'t>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownStuck<'t> {
    scorecard: &'t str,
    level: &'t str,
    /// `None` if the result does not tell it.
    no_data: Option<bool>,
    since: String,
}

fn level<'t>(trend: &'t Trend<'_>, grade: Id<Grade>) -> &'t str {
    &trend.catalog.titles.get(trend.catalog.grades.get(grade).level).0
}

impl<'t> ShownEntity<'t> {
    fn of(trend: &'t Trend<'_>, entity: EntityNumber, moves: &[TrendMove]) -> Self {
        let one = |one: &TrendMove| ShownMove {
            scorecard: trend.card_names(trend.scorecard(one.scorecard)).1,
            direction: if one.is_up { "up" } else { "down" },
            from: level(trend, one.from),
            to: level(trend, one.to),
        };
        Self {
            names: ShownNames::of(&trend.names(entity), trend.catalog),
            moves: moves.iter().map(one).collect(),
        }
    }
}

impl<'t> StuckEntity<'t> {
    fn of(trend: &'t Trend<'_>, entity: EntityNumber, stuck: &[Stuck]) -> Self {
        let one = |one: &Stuck| ShownStuck {
            scorecard: trend.card_names(trend.scorecard(one.scorecard)).1,
            level: level(trend, one.grade),
            no_data: trend.catalog.grades.get(one.grade).no_data,
            since: one.since.to_string(),
        };
        Self {
            names: ShownNames::of(&trend.names(entity), trend.catalog),
            stuck: stuck.iter().map(one).collect(),
        }
    }
}
