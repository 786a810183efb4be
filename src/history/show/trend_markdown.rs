//! `markdown`: the trend for a pull request or a job summary.

use super::spark::sparkline;
use super::trend_words::{self, day};
use crate::history::trend::{ScorecardTrend, Trend};
use crate::markup::{Align, Table, code, escape};
use crate::report::Limit;
use crate::terminal::thousands;

/// The trend as Markdown.
pub(crate) fn trend_markdown(trend: &Trend<'_>, limit: Limit) -> String {
    let mut parts = vec!["## Trend".to_owned(), escape(&trend_words::heading(trend))];
    for card in trend.scorecards.iter().filter(|card| trend_words::is_shown(trend, card)) {
        parts.push(format!("### {}", escape(&card.title)));
        parts.push(scorecard(trend, card));
    }
    parts.extend(moves(trend, limit));
    parts.extend(stuck(trend, limit));
    let text: Vec<&str> = parts.iter().map(|part| part.trim_end()).collect();
    text.join("\n\n") + "\n"
}

fn scorecard(trend: &Trend<'_>, card: &ScorecardTrend) -> String {
    let headers =
        [("Level", Align::Left), ("Dates", Align::Left), ("First", Align::Right), ("Last", Align::Right)];
    let mut table = Table::new(&headers.map(|(header, align)| (header.to_owned(), align)));
    let lines = trend_words::lines(trend, card);
    let most = lines.iter().flat_map(|line| &line.counts).copied().max().unwrap_or_default();
    for line in lines {
        let [first, last] = [line.counts.first(), line.counts.last()]
            .map(|count| thousands(count.copied().unwrap_or_default()));
        table.row([escape(&line.name), code(&sparkline(line.counts.iter().copied(), most)), first, last]);
    }
    table.into_text()
}

fn moves(trend: &Trend<'_>, limit: Limit) -> Vec<String> {
    let since = trend.dates.first().map_or_else(String::new, |date| day(*date));
    if trend.moves.is_empty() {
        return vec![format!("Nobody rose or fell since {since}.")];
    }
    let mut table =
        Table::new(&["Entity", "Scorecard", "Change"].map(|header| (header.to_owned(), Align::Left)));
    for (entity, moves) in trend_words::serious_moves(trend).take(limit.number()) {
        let mut name = escape(&trend_words::entity(trend, entity));
        for one in moves {
            let (card, change) = trend_words::change(trend, one);
            let arrow = if one.is_up { '▲' } else { '▼' };
            table.row([std::mem::take(&mut name), code(&card), format!("{arrow} {}", escape(&change))]);
        }
    }
    let mut parts = vec![format!("### Rose or fell since {since}"), table.into_text()];
    parts.extend(more(trend.moves.len(), limit));
    parts
}

fn stuck(trend: &Trend<'_>, limit: Limit) -> Vec<String> {
    if trend.stuck.is_empty() {
        return vec![escape(&trend_words::nobody_is_stuck(trend))];
    }
    let headers = ["Entity", "Scorecard", "Level", "Since"];
    let mut table = Table::new(&headers.map(|header| (header.to_owned(), Align::Left)));
    for (entity, stuck) in trend.stuck.iter().take(limit.number()) {
        let mut name = escape(&trend_words::entity(trend, *entity));
        for one in stuck {
            let (card, level, since) = trend_words::stuck(trend, one);
            table.row([std::mem::take(&mut name), code(&card), escape(&level), since]);
        }
    }
    let mut parts = vec![format!("### {}", escape(&trend_words::stuck_heading(trend))), table.into_text()];
    parts.extend(more(trend.stuck.len(), limit));
    parts
}

/// Says how many entities are not listed.
fn more(count: usize, limit: Limit) -> Option<String> {
    let more = count.saturating_sub(limit.number());
    (more > 0).then(|| format!("… and {} more{}", thousands(more as u64), limit.way_out()))
}
