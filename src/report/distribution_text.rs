//! Prints distributions as tables, for the reports for terminals.
//!
//! A table has a row for each scorecard and a column for each level. Scorecards with the same levels share a table.

use super::comparison::baseline_line;
use super::distribution::{ScorecardCounts, Section, Team, percent};
use super::scope::{Scoped, empty_message};
use super::{Context, Totals};
use crate::terminal::{
    Cell, Column, DIM, Grid, Line, Overflow, PLAIN, Printer, STRONG, Screen, Span, badge_style, bar_style,
    clean, thousands,
};

/// Prints the scope, the baseline, and a message if no blueprint follows.
pub(super) fn print_heading(
    context: Context<'_>,
    totals: &Totals<'_>,
    is_empty: bool,
    printer: &mut Printer<'_>,
) {
    let message = if is_empty { empty_message(totals) } else { None };
    let scoped = Scoped::new(context.scope, totals.tally);
    if let Some(scoped) = &scoped {
        scoped.print(printer);
    }
    if let Some(baseline) = context.baseline {
        printer.message(0, &[], &[Span::new(baseline_line(baseline), DIM)]);
    }
    if (scoped.is_some() || context.baseline.is_some()) && (!is_empty || message.is_some()) {
        printer.gap();
    }
    if let Some(message) = message {
        printer.line(&[Span::plain(message)]);
    }
}

/// Prints a blueprint and how many entities it has.
pub(super) fn heading(blueprint: &str, count: &str, printer: &mut Printer<'_>) {
    printer.line(&[Span::new(blueprint, STRONG), Span::new(format!(" · {count}"), DIM)]);
}

/// Prints how many entities hold each level, for each scorecard of a blueprint.
pub(super) fn distribution(section: &Section<'_>, printer: &mut Printer<'_>) {
    for (index, cards) in section.cards_by_levels().iter().enumerate() {
        if index > 0 {
            printer.gap();
        }
        print_rows(&[Rows { team: None, cards: cards.clone() }], printer);
    }
}

/// Prints the same for each team; nothing without teams.
pub(super) fn distribution_by_team(section: &Section<'_>, teams: &[Team<'_>], printer: &mut Printer<'_>) {
    if teams.is_empty() {
        return;
    }
    printer.gap();
    printer.line(&[Span::new("by team, the weakest first", DIM)]);
    for cards in section.cards_by_levels() {
        let is_listed = |card: &&ScorecardCounts<'_>| cards.iter().any(|other| other.index == card.index);
        let rows = |team| Rows { team: Some(team), cards: team.cards.iter().filter(is_listed).collect() };
        printer.gap();
        print_rows(&teams.iter().map(rows).collect::<Vec<_>>(), printer);
    }
}

/// The rows of scorecards with the same levels.
struct Rows<'t> {
    /// The team above the rows.
    team: Option<&'t Team<'t>>,
    cards: Vec<&'t ScorecardCounts<'t>>,
}

/// Prints a table of scorecards with the same levels, with the widest bars that fit.
fn print_rows(rows: &[Rows<'_>], printer: &mut Printer<'_>) {
    let screen = printer.screen;
    let widest = if screen.width.is_some_and(|width| width < 100) { 10 } else { 20 };
    let fitting = [widest, 10].into_iter().find(|&cells| grid(rows, cells, screen).fits(screen.columns()));
    grid(rows, fitting.unwrap_or_default(), screen).print(printer);
}

/// A table of scorecards with the same levels, with bars of `cells` columns.
fn grid<'t>(rows: &[Rows<'t>], cells: usize, screen: Screen) -> Grid<std::vec::IntoIter<Line<'t>>> {
    let cards = || rows.iter().flat_map(|rows| rows.cards.iter().copied());
    let no_data = cards().any(|card| card.no_data > 0);
    let not_applicable = cards().any(|card| card.not_applicable > 0);
    let mut columns = vec![Column::new("Scorecard", Overflow::Cut(20)).with_header_style(PLAIN)];
    let levels = cards().take(1).flat_map(|card| card.levels());
    columns.extend(levels.map(|(level, _)| Column {
        is_right_aligned: true,
        ..Column::badges(clean(&level.title).into_owned()).with_header_style(badge_style(level.known_color()))
    }));
    for (header, is_shown) in [("no data", no_data), ("not applicable", not_applicable)] {
        columns.extend(is_shown.then(|| Column::numbers(header).with_header_style(DIM)));
    }
    columns.extend((cells > 0).then(|| Column::new("", Overflow::Keep)));
    let largest = cards().flat_map(|card| &card.counts).copied().max().unwrap_or_default();
    let digits = thousands(largest).len();
    let row = |indent: &'static str, card: &'t ScorecardCounts<'t>| {
        let mut row = vec![vec![Span::plain(indent), Span::plain(card.title.as_str())]];
        row.extend(card.counts.iter().map(|&count| vec![figure(count, card.with_data(), digits)]));
        row.extend(no_data.then(|| vec![mark(card.no_data)]));
        row.extend(not_applicable.then(|| vec![mark(card.not_applicable)]));
        row.push(bar(card, cells, screen));
        Line::Cells(row)
    };
    let mut lines = Vec::new();
    for Rows { team, cards } in rows {
        lines.extend(team.map(|team| Line::Heading(group_heading(team.name, thousands(team.entities)))));
        let indent = if team.is_some() { "  " } else { "" };
        lines.extend(cards.iter().map(|card| row(indent, card)));
    }
    Grid::new(columns, lines.into_iter())
}

/// The heading of a group of rows, such as `payments · 3`.
pub(super) fn group_heading(name: &str, count: impl std::fmt::Display) -> Cell<'_> {
    vec![Span::new(name, STRONG), Span::new(format!(" · {count}"), DIM)]
}

/// A count with its percentage, such as ` 12  25% `. A count of zero is dim.
fn figure(count: u64, total: u64, digits: usize) -> Span<'static> {
    let text = format!(" {:>digits$} {:>4} ", thousands(count), percent(count, total));
    Span::new(text, if count == 0 { DIM } else { PLAIN })
}

fn mark(count: u64) -> Span<'static> {
    if count == 0 { Span::new("0", DIM) } else { Span::plain(thousands(count)) }
}

/// A bar with a segment for each level, in the colour of the level or in shades.
fn bar(card: &ScorecardCounts<'_>, cells: usize, screen: Screen) -> Cell<'static> {
    card.levels()
        .zip(card.bar(cells))
        .map(|((level, _), shades)| match bar_style(level.known_color()) {
            Some(style) if screen.color => Span::new("█".repeat(shades.chars().count()), style),
            _ => Span::plain(shades),
        })
        .collect()
}
