//! `markdown`, for a pull request that changes definitions.

use super::words::{absence, arrow, level_change, level_changes, plain, summary};
use crate::markup::{Align, Table, code, escape};
use crate::report::{Limit, Scoped};
use crate::terminal::thousands;
use crate::what_if::{Comparison, ScorecardComparison};

pub(super) fn write(comparison: &Comparison, scoped: Option<&Scoped>, limit: Limit) -> String {
    let mut text = scoped.map_or_else(String::new, |scoped| format!("{}\n\n", escape(&scoped.line())));
    text.push_str(&scorecards(comparison));
    text.push_str(&format!("\n{}\n", summary(comparison, limit)));
    if !comparison.moves.is_empty() {
        text.push('\n');
        text.push_str(&moves(comparison));
    }
    text
}

fn scorecards(comparison: &Comparison) -> String {
    let headers = [
        ("Scorecard", Align::Left),
        ("▲ up", Align::Right),
        ("▼ down", Align::Right),
        ("same", Align::Right),
        ("Level changes", Align::Left),
    ];
    let mut table = Table::new(&headers.map(|(header, align)| (header.to_owned(), align)));
    let counts = |card: &ScorecardComparison| [card.up, card.down, card.same].map(thousands);
    for card in &comparison.scorecards {
        let name = code(&plain(&card.identifier));
        let ([up, down, same], moves) = match absence(card.presence) {
            Some(absence) => (Default::default(), absence.to_owned()),
            None => (counts(card), escape(&level_changes(card))),
        };
        table.row([name, up, down, same, moves]);
    }
    table.into_text()
}

fn moves(comparison: &Comparison) -> String {
    let headers = ["Entity", "Scorecard", "Level change"];
    let mut table = Table::new(&headers.map(|header| (header.to_owned(), Align::Left)));
    for entity in &comparison.moves {
        let mut name = escape(&entity.title);
        for moved in &entity.moves {
            let change = format!("{} {}", arrow(moved.direction), escape(&level_change(moved)));
            table.row([std::mem::take(&mut name), code(&plain(&moved.scorecard)), change]);
        }
    }
    table.into_text()
}
