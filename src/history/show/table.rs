//! `table`, for a terminal: one row of counts for each scorecard, then each entity with its changes.

use super::words::{self, CHANGED, MOST_RULES, absence, arrow, level_changes};
use crate::history::change::ChangeKind;
use crate::history::compare::{Diff, EntityChanges, ResultChange, ScorecardChanges};
use crate::report::Limit;
use crate::terminal::{
    BAD, Cell, Column, DIM, GOOD, Grid, Line, Overflow, PLAIN, Printer, STRONG, Screen, Span, WARNING,
    print_to_string, thousands,
};

/// The changes as a table.
pub(crate) fn table(diff: &Diff<'_>, limit: Limit, screen: Screen) -> String {
    print_to_string(screen, |printer| {
        print_sides(diff, printer);
        if let Some(sentence) = words::changed_definitions(diff) {
            printer.gap();
            printer.message(0, &[Span::new("! ", WARNING)], &[Span::plain(sentence)]);
        }
        if !diff.scorecards.is_empty() {
            printer.gap();
            print_scorecards(diff, printer);
        }
        let moves = diff.most_serious(limit.number());
        print_moves(diff, &moves, printer);
        printer.gap();
        printer.message(0, &[], &[Span::plain(words::summary(diff, moves.len(), limit))]);
    })
}

fn print_sides(diff: &Diff<'_>, printer: &mut Printer<'_>) {
    let before = diff.before.map_or_else(|| "nothing to compare with".to_owned(), words::side);
    for (label, side) in [("before  ", before), ("after   ", words::side(diff.after))] {
        printer.message(0, &[Span::new(label, DIM)], &[Span::plain(side)]);
    }
}

/// The kinds of change that have a column only if there are such changes.
const RARE: [(ChangeKind, &str); 7] = [
    (ChangeKind::Entered, "applies now"),
    (ChangeKind::Left, "no longer applies"),
    (ChangeKind::Appeared, "new"),
    (ChangeKind::Disappeared, "gone"),
    (ChangeKind::GainedData, "has data now"),
    (ChangeKind::LostData, "lost data"),
    (ChangeKind::Rules, "rules"),
];

fn print_scorecards(diff: &Diff<'_>, printer: &mut Printer<'_>) {
    let occurs = |kind| diff.scorecards.iter().any(|card| card.count(kind) > 0);
    let rare: Vec<(ChangeKind, &str)> = RARE.into_iter().filter(|(kind, _)| occurs(*kind)).collect();
    let mut columns = vec![Column::new("Scorecard", Overflow::Cut(12))];
    columns.extend(["▲ up", "▼ down"].map(Column::numbers));
    columns.extend(rare.iter().map(|(kind, name)| Column::numbers(format!("{} {name}", arrow(*kind)))));
    columns.push(Column::numbers("same"));
    columns.push(Column::new("Level changes", Overflow::Wrap(20)));
    let lines = diff.shown_scorecards().map(|card| {
        let mut cells = vec![vec![Span::plain(name(diff, card))]];
        cells.extend([ChangeKind::Up, ChangeKind::Down].map(|kind| number(card.count(kind))));
        cells.extend(rare.iter().map(|(kind, _)| number(card.count(*kind))));
        cells.push(number(card.same));
        cells.push(vec![match absence(card.presence) {
            Some(absence) => Span::new(absence, DIM),
            None => Span::plain(level_changes(card, diff.catalog)),
        }]);
        Line::Cells(cells)
    });
    Grid::new(columns, lines).print(printer);
}

/// The identifier of a scorecard, marked if its definition changed.
fn name(diff: &Diff<'_>, card: &ScorecardChanges) -> String {
    let mark = if card.has_changed_definition() { format!(" {CHANGED}") } else { String::new() };
    format!("{}{mark}", diff.card_names(card).1)
}

fn number(count: u64) -> Cell<'static> {
    vec![if count == 0 { Span::new("0", DIM) } else { Span::plain(thousands(count)) }]
}

fn print_moves(diff: &Diff<'_>, moves: &[EntityChanges<'_>], printer: &mut Printer<'_>) {
    let columns = vec![
        Column::new("", Overflow::Cut(16)),
        Column::new("", Overflow::Wrap(16)),
        Column::new("", Overflow::Wrap(16)),
    ];
    let lines = moves.iter().flat_map(|moved| {
        let rows = moved.changes.iter().map(|change| row(diff, change));
        [Line::Gap, Line::Heading(heading(diff, moved))].into_iter().chain(rows)
    });
    Grid::new(columns, lines).print(printer);
}

fn heading<'d>(diff: &Diff<'_>, moved: &EntityChanges<'d>) -> Cell<'d> {
    let mut heading = vec![Span::new(words::entity(moved), STRONG)];
    let teams = words::teams(diff, moved);
    if !teams.is_empty() {
        heading.push(Span::new(format!("  {teams}"), DIM));
    }
    heading
}

fn row(diff: &Diff<'_>, one: &ResultChange) -> Line<'static> {
    let kind = one.change.kind();
    let style = match kind {
        ChangeKind::Up | ChangeKind::Entered | ChangeKind::GainedData => GOOD,
        ChangeKind::Down | ChangeKind::Left | ChangeKind::LostData | ChangeKind::Disappeared => BAD,
        ChangeKind::Appeared | ChangeKind::Rules => PLAIN,
    };
    let scorecard = Span::plain(format!(" {}", name(diff, diff.scorecard(one.scorecard))));
    Line::Cells(vec![
        vec![Span::plain("  "), Span::new(arrow(kind), style), scorecard],
        vec![Span::plain(words::change(one.change, diff.catalog))],
        vec![Span::new(words::flips(one.change, diff.catalog, MOST_RULES), DIM)],
    ])
}
