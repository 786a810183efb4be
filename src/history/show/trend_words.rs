//! The texts that the formats of trends share. They are safe to print on one line.

use super::words::plain;
use crate::history::catalog::Grade;
use crate::history::interned::Id;
use crate::history::side::{EntityNames, EntityNumber};
use crate::history::trend::{ScorecardTrend, Stuck, Trend, TrendMove};
use crate::terminal::{counted, thousands};
use crate::value::Instant;

/// The counts of a level, or of results without a level, at each date.
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) color: Option<String>,
    /// Whether it is a level.
    pub(crate) is_level: bool,
    pub(crate) counts: Vec<u64>,
}

/// The lines of a scorecard: the levels, the highest first, then no data and not applicable if that occurs. Results without
/// data count in their level too.
pub(crate) fn lines(trend: &Trend<'_>, card: &ScorecardTrend) -> Vec<Line> {
    let levels = card.levels.iter().enumerate().rev().map(|(index, level)| Line {
        name: plain(&trend.catalog.titles.get(level.title).0),
        color: level.color.clone(),
        is_level: true,
        counts: card.dates.iter().map(|date| date.levels.get(index).copied().unwrap_or_default()).collect(),
    });
    let mut lines: Vec<Line> = levels.collect();
    let no_data: Vec<u64> = card.dates.iter().map(|date| date.no_data).collect();
    let not_applicable: Vec<u64> = card.dates.iter().map(|date| date.not_applicable).collect();
    for (name, counts) in [("no data", no_data), ("not applicable", not_applicable)] {
        if counts.iter().any(|count| *count > 0) {
            lines.push(Line { name: name.to_owned(), color: None, is_level: false, counts });
        }
    }
    lines
}

/// Whether people should see a scorecard: it has results, or no scorecard has.
pub(crate) fn is_shown(trend: &Trend<'_>, card: &ScorecardTrend) -> bool {
    let has_results =
        |card: &ScorecardTrend| card.dates.iter().any(|date| date.graded + date.not_applicable > 0);
    has_results(card) || !trend.scorecards.iter().any(has_results)
}

/// A date without its time, if that is midnight.
pub(crate) fn day(date: Instant) -> String {
    let text = date.to_string();
    match text.strip_suffix("T00:00:00Z") {
        Some(day) => day.to_owned(),
        None => text,
    }
}

/// The first line: dates and entities.
pub(crate) fn heading(trend: &Trend<'_>) -> String {
    let [first, last] = [trend.dates.first(), trend.dates.last()]
        .map(|date| date.map_or_else(String::new, |date| day(*date)));
    let entities = counted(trend.series.last().len() as u64, "entity", "entities");
    format!(
        "{} dates from {first} to {last}, {entities} on the last date",
        thousands(trend.dates.len() as u64)
    )
}

/// The dates of the bars; the first `skipped` ones do not fit.
pub(crate) fn dates(trend: &Trend<'_>, skipped: usize) -> String {
    match skipped {
        0 => String::new(),
        _ => format!("last {} dates", thousands((trend.dates.len() - skipped) as u64)),
    }
}

/// How many results rose and fell.
pub(crate) fn moved(trend: &Trend<'_>) -> (u64, u64) {
    let sum = |count: fn(&ScorecardTrend) -> u64| trend.scorecards.iter().map(count).sum();
    (sum(|card| card.up), sum(|card| card.down))
}

/// The entities that moved, those that fell first.
pub(crate) fn serious_moves<'t>(
    trend: &'t Trend<'_>,
) -> impl Iterator<Item = (EntityNumber, &'t Vec<TrendMove>)> {
    let fell = |moves: &[TrendMove]| moves.iter().any(|one| !one.is_up);
    let of = move |wanted: bool| {
        let moves = trend.moves.iter().filter(move |(_, moves)| fell(moves) == wanted);
        moves.map(|(entity, moves)| (*entity, moves))
    };
    of(true).chain(of(false))
}

/// An entity: its title, its identifier if that differs, and its teams.
pub(crate) fn entity(trend: &Trend<'_>, entity: EntityNumber) -> String {
    let names = trend.names(entity);
    let EntityNames { identifier, title, .. } = names;
    let teams: Vec<String> = trend.teams(&names).map(plain).collect();
    let name =
        if title == identifier { plain(title) } else { format!("{} ({})", plain(title), plain(identifier)) };
    if teams.is_empty() { name } else { format!("{name}, {}", teams.join(", ")) }
}

fn level(trend: &Trend<'_>, grade: Id<Grade>) -> String {
    plain(&trend.catalog.titles.get(trend.catalog.grades.get(grade).level).0)
}

/// The scorecard of a move and the levels, such as `Basic → Silver`.
pub(crate) fn change(trend: &Trend<'_>, one: &TrendMove) -> (String, String) {
    let card = plain(trend.card_names(trend.scorecard(one.scorecard)).1);
    (card, format!("{} → {}", level(trend, one.from), level(trend, one.to)))
}

/// The scorecard of a stuck result, its level, and since when.
pub(crate) fn stuck(trend: &Trend<'_>, one: &Stuck) -> (String, String, String) {
    let card = plain(trend.card_names(trend.scorecard(one.scorecard)).1);
    let has_no_data = trend.catalog.grades.get(one.grade).no_data == Some(true);
    let no_data = if has_no_data { " (no data)" } else { "" };
    (card, format!("{}{no_data}", level(trend, one.grade)), day(one.since))
}

/// What those who are stuck have in common.
pub(crate) fn stuck_heading(trend: &Trend<'_>) -> String {
    format!("Stuck: below {} on each of the last {} dates", below(trend), trend.options.dates)
}

/// The sentence for a trend in which nobody is stuck.
pub(crate) fn nobody_is_stuck(trend: &Trend<'_>) -> String {
    let dates = trend.options.dates;
    if trend.dates.len() < dates {
        return format!(
            "Nobody can be stuck yet: that takes {dates} dates, and there are {}.",
            trend.dates.len()
        );
    }
    format!("Nobody is stuck below {} on each of the last {dates} dates.", below(trend))
}

/// The level below which entities may be stuck. It may differ between scorecards.
pub(crate) fn below(trend: &Trend<'_>) -> String {
    if let Some(name) = &trend.options.below {
        return plain(name);
    }
    let mut titles: Vec<String> = Vec::new();
    for card in trend.scorecards.iter().filter(|card| is_shown(trend, card)) {
        let level = card.levels.iter().find(|level| Some(level.rank) == card.below);
        let title = level.map(|level| plain(&trend.catalog.titles.get(level.title).0));
        titles.extend(title.filter(|title| !titles.contains(title)));
    }
    match titles.as_slice() {
        [one] => one.clone(),
        _ => "Bronze, or the first level above the base,".to_owned(),
    }
}
