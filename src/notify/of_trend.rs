//! The message about the entities of a trend that are stuck.

use super::message::{Entity, Line, Message};
use crate::history::{Trend, trend_words};
use crate::terminal::counted;

/// The message about the entities that are stuck, in the order of the last date.
pub(crate) fn stuck_message<'t>(trend: &'t Trend<'_>) -> Message<'t> {
    let count = trend.stuck.len() as u64;
    let heading = match count {
        0 => trend_words::nobody_is_stuck(trend).trim_end_matches('.').to_owned(),
        _ => format!("{}: {}", counted(count, "entity is stuck", "entities are stuck"), row(trend)),
    };
    Message { heading, ..stuck_issues(trend) }
}

/// The row of dates at which all stuck entities are below a level.
fn row(trend: &Trend<'_>) -> String {
    format!("below {} on each of the last {} dates", trend_words::below(trend), trend.options.dates)
}

/// The entities that are stuck, for an issue each.
pub(crate) fn stuck_issues<'t>(trend: &'t Trend<'_>) -> Message<'t> {
    let heading = format!("Stuck {}:", row(trend));
    let entities = trend.stuck.iter().map(|(entity, stuck)| {
        let names = trend.names(*entity);
        let lines = stuck.iter().map(|one| {
            let (_, level, since) = trend_words::stuck(trend, one);
            let scorecard = trend.scorecard(one.scorecard).title.clone();
            Line { mark: "●", scorecard, event: format!("{level} since {since}"), details: String::new() }
        });
        Entity {
            identifier: names.identifier,
            title: names.title,
            blueprint: &trend.catalog.blueprints.get(names.blueprint).0,
            teams: trend.teams(&names).collect(),
            lines: lines.collect(),
        }
    });
    Message { heading, context: vec![trend_words::heading(trend)], entities: Box::new(entities) }
}
