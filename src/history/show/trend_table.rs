//! `table`, for a terminal: for each scorecard a bar per level and date, then who moved and who is stuck.

use super::spark::sparkline;
use super::trend_words::{self, Line as TrendLine, dates, day};
use super::words::plain;
use crate::color::Color;
use crate::history::trend::{ScorecardTrend, Trend};
use crate::report::Limit;
use crate::terminal::{
    BAD, Column, DIM, GOOD, Grid, Line, Overflow, PLAIN, Printer, STRONG, Screen, Span, bar_style,
    print_to_string, thousands,
};

/// The trend as a table.
pub(crate) fn trend_table(trend: &Trend<'_>, limit: Limit, screen: Screen) -> String {
    print_to_string(screen, |printer| {
        printer.message(0, &[], &[Span::plain(trend_words::heading(trend))]);
        for card in trend.scorecards.iter().filter(|card| trend_words::is_shown(trend, card)) {
            printer.gap();
            print_scorecard(trend, card, printer);
        }
        print_moves(trend, limit, printer);
        print_stuck(trend, limit, printer);
    })
}

/// The columns that a line needs beside the bars.
const BESIDE: usize = 44;

fn print_scorecard(trend: &Trend<'_>, card: &ScorecardTrend, printer: &mut Printer<'_>) {
    let (_, identifier) = trend.card_names(card);
    let mut heading = vec![Span::new(card.title.as_str(), STRONG)];
    if card.title != identifier {
        heading.push(Span::new(format!("  {}", plain(identifier)), DIM));
    }
    printer.message(0, &[], &heading);
    let room = printer.screen.columns().map_or(usize::MAX, |columns| columns.saturating_sub(BESIDE).max(12));
    let skipped = trend.dates.len().saturating_sub(room);
    let lines: Vec<TrendLine> = trend_words::lines(trend, card);
    let most = lines.iter().flat_map(|line| &line.counts).copied().max().unwrap_or_default();
    let columns = vec![
        Column::new("", Overflow::Cut(10)).preferring(16),
        Column::new(dates(trend, skipped), Overflow::Keep),
        Column::numbers("first"),
        Column::numbers("last"),
        Column::numbers("change"),
    ];
    let rows = lines.iter().map(|line| row(line, skipped, most));
    Grid::new(columns, rows).print(printer);
}

fn row<'l>(line: &'l TrendLine, skipped: usize, most: u64) -> Line<'l> {
    let bars = sparkline(line.counts.iter().copied().skip(skipped), most);
    let style = line.color.as_deref().and_then(Color::named).and_then(|color| bar_style(Some(color)));
    let [first, last] =
        [line.counts.first(), line.counts.last()].map(|count| count.copied().unwrap_or_default());
    let name = if line.is_level { PLAIN } else { DIM };
    Line::Cells(vec![
        vec![Span::plain("  "), Span::new(line.name.as_str(), name)],
        vec![Span::new(bars, style.unwrap_or(PLAIN))],
        vec![number(first)],
        vec![number(last)],
        vec![Span::new(change(first, last), DIM)],
    ])
}

fn number(count: u64) -> Span<'static> {
    if count == 0 { Span::new("0", DIM) } else { Span::plain(thousands(count)) }
}

fn change(first: u64, last: u64) -> String {
    match last.abs_diff(first) {
        0 => String::new(),
        difference => format!("{}{}", if last > first { '+' } else { '−' }, thousands(difference)),
    }
}

fn print_moves(trend: &Trend<'_>, limit: Limit, printer: &mut Printer<'_>) {
    let Some(first) = trend.dates.first() else { return };
    printer.gap();
    let (up, down) = trend_words::moved(trend);
    if up + down == 0 {
        return printer.message(
            0,
            &[],
            &[Span::plain(format!("Nobody rose or fell since {}.", day(*first)))],
        );
    }
    let heading = format!("Rose or fell since {}", day(*first));
    let counts = format!("  ▲ {} ▼ {}", thousands(up), thousands(down));
    printer.message(0, &[], &[Span::new(heading, STRONG), Span::new(counts, DIM)]);
    let lines = trend_words::serious_moves(trend).take(limit.number()).flat_map(|(entity, moves)| {
        let name = trend_words::entity(trend, entity);
        moves.iter().enumerate().map(move |(index, one)| {
            let style = if one.is_up { GOOD } else { BAD };
            let (card, change) = trend_words::change(trend, one);
            let name = if index == 0 { name.clone() } else { String::new() };
            Line::Cells(vec![
                vec![Span::plain("  "), Span::plain(name)],
                vec![Span::new(if one.is_up { "▲" } else { "▼" }, style), Span::plain(format!(" {card}"))],
                vec![Span::plain(change)],
            ])
        })
    });
    let lines: Vec<Line<'_>> = lines.collect();
    list(lines, printer);
    print_more(trend.moves.len(), limit, printer);
}

fn print_stuck(trend: &Trend<'_>, limit: Limit, printer: &mut Printer<'_>) {
    printer.gap();
    if trend.stuck.is_empty() {
        return printer.message(0, &[], &[Span::plain(trend_words::nobody_is_stuck(trend))]);
    }
    printer.message(0, &[], &[Span::new(trend_words::stuck_heading(trend), STRONG)]);
    let lines = trend.stuck.iter().take(limit.number()).flat_map(|(entity, stuck)| {
        let name = trend_words::entity(trend, *entity);
        stuck.iter().enumerate().map(move |(index, one)| {
            let (card, level, since) = trend_words::stuck(trend, one);
            let name = if index == 0 { name.clone() } else { String::new() };
            Line::Cells(vec![
                vec![Span::plain("  "), Span::plain(name)],
                vec![Span::plain(card)],
                vec![Span::plain(level), Span::new(format!("  since {since}"), DIM)],
            ])
        })
    });
    let lines: Vec<Line<'_>> = lines.collect();
    list(lines, printer);
    print_more(trend.stuck.len(), limit, printer);
}

/// Prints entities, each with its scorecards.
fn list(lines: Vec<Line<'_>>, printer: &mut Printer<'_>) {
    let column = |least| Column::new("", Overflow::Wrap(least));
    let columns: Vec<Column> = vec![Column::new("", Overflow::Cut(16)), column(12), column(12)];
    Grid::new(columns, lines.into_iter()).print(printer);
}

/// Says how many entities are not listed.
fn print_more(count: usize, limit: Limit, printer: &mut Printer<'_>) {
    let more = count.saturating_sub(limit.number());
    if more > 0 {
        let text = format!("  … and {} more{}", thousands(more as u64), limit.way_out());
        printer.message(0, &[], &[Span::new(text, DIM)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_has_its_sign() {
        assert_eq!(
            (change(1, 3), change(3, 1), change(2, 2)),
            ("+2".to_owned(), "−2".to_owned(), String::new())
        );
    }
}
