//! `table`, for a terminal: one row of counts for each scorecard, then each entity whose level changes.

use super::words::{absence, arrow, level_change, level_changes, summary};
use crate::report::{Limit, Scoped};
use crate::terminal::{
    BAD, Cell, Column, DIM, GOOD, Grid, Line, Overflow, Printer, STRONG, Screen, Span, print_to_string,
    thousands,
};
use crate::what_if::{Comparison, Direction, EntityMoves, Move, ScorecardComparison};

pub(super) fn write(
    comparison: &Comparison,
    scoped: Option<&Scoped>,
    limit: Limit,
    screen: Screen,
) -> String {
    print_to_string(screen, |printer| {
        if let Some(scoped) = scoped {
            scoped.print(printer);
            printer.gap();
        }
        print_scorecards(&comparison.scorecards, printer);
        print_moves(&comparison.moves, printer);
        printer.gap();
        printer.line(&[Span::plain(summary(comparison, limit))]);
    })
}

fn print_scorecards(cards: &[ScorecardComparison], printer: &mut Printer<'_>) {
    let entered = cards.iter().any(|card| card.entered > 0);
    let left = cards.iter().any(|card| card.left > 0);
    let mut columns = vec![Column::new("Scorecard", Overflow::Cut(12))];
    columns.extend(["▲ up", "▼ down", "same"].map(Column::numbers));
    columns.extend(entered.then(|| Column::numbers("+ newly applies")));
    columns.extend(left.then(|| Column::numbers("− no longer applies")));
    columns.push(Column::new("Level changes", Overflow::Wrap(20)));
    let lines = cards.iter().map(|card| {
        let absence = absence(card.presence);
        let number = |count: u64| match count {
            _ if absence.is_some() => Cell::new(),
            0 => vec![Span::new("0", DIM)],
            count => vec![Span::plain(thousands(count))],
        };
        let mut cells = vec![vec![Span::plain(card.identifier.as_str())]];
        cells.extend([card.up, card.down, card.same].map(number));
        cells.extend(entered.then(|| number(card.entered)));
        cells.extend(left.then(|| number(card.left)));
        cells.push(vec![
            absence.map_or_else(|| Span::plain(level_changes(card)), |absence| Span::new(absence, DIM)),
        ]);
        Line::Cells(cells)
    });
    Grid::new(columns, lines).print(printer);
}

fn print_moves(entities: &[EntityMoves], printer: &mut Printer<'_>) {
    let columns = vec![Column::new("", Overflow::Cut(16)), Column::new("", Overflow::Wrap(16))];
    let lines = entities.iter().flat_map(|entity| {
        [Line::Gap, Line::Heading(name(entity))].into_iter().chain(entity.moves.iter().map(row))
    });
    Grid::new(columns, lines).print(printer);
}

fn name(entity: &EntityMoves) -> Cell<'_> {
    let mut name = vec![Span::new(entity.title.as_str(), STRONG)];
    if entity.title != entity.identifier {
        name.push(Span::new(format!(" ({})", entity.identifier), STRONG));
    }
    name
}

fn row(moved: &Move) -> Line<'_> {
    let style = match moved.direction {
        Direction::Up | Direction::Entered => GOOD,
        Direction::Down | Direction::Left => BAD,
        Direction::Same => DIM,
    };
    let mark = Span::new(arrow(moved.direction), style);
    let scorecard = Span::plain(format!(" {}", moved.scorecard));
    Line::Cells(vec![vec![Span::plain("  "), mark, scorecard], vec![Span::plain(level_change(moved))]])
}
