//! `markdown`, for a pull request or a job summary.

use super::words::{self, CHANGED, MOST_RULES, absence, arrow, level_changes, plain};
use crate::history::change::ChangeKind;
use crate::history::compare::{Diff, EntityChanges, ScorecardChanges};
use crate::history::fail_on::{FailOutcome, FailRule};
use crate::markup::{Align, Table, code, escape};
use crate::report::Limit;
use crate::terminal::thousands;

/// The changes as Markdown.
pub(crate) fn markdown(diff: &Diff<'_>, rule: &FailRule<'_>, limit: Limit) -> String {
    let mut parts = vec!["## Changes".to_owned()];
    if !rule.is_open() {
        parts.push(verdict(rule));
    }
    parts.push(sides(diff));
    if let Some(sentence) = words::changed_definitions(diff) {
        parts.push(format!("⚠️ {}", escape(&sentence)));
    }
    if !diff.scorecards.is_empty() {
        parts.push(scorecards(diff));
    }
    let moves = diff.most_serious(limit.number());
    parts.push(words::summary(diff, moves.len(), limit));
    if !moves.is_empty() {
        parts.push(table(diff, &moves));
    }
    let text: Vec<&str> = parts.iter().map(|part| part.trim_end()).collect();
    text.join("\n\n") + "\n"
}

fn verdict(rule: &FailRule<'_>) -> String {
    let (mark, heading) = match rule.outcome() {
        FailOutcome::Passed => ("✅", "Passed"),
        FailOutcome::Failed => ("❌", "Failed"),
        FailOutcome::NothingToCompare => ("⚠️", "Nothing to compare"),
    };
    format!("{mark} **{heading}:** {}", escape(&words::sentence(rule)))
}

fn sides(diff: &Diff<'_>) -> String {
    let before =
        diff.before.map_or_else(|| "nothing to compare with".to_owned(), |side| escape(&words::side(side)));
    format!("Before: {before}  \nAfter: {}", escape(&words::side(diff.after)))
}

fn scorecards(diff: &Diff<'_>) -> String {
    let headers = [
        ("Scorecard", Align::Left),
        ("▲ up", Align::Right),
        ("▼ down", Align::Right),
        ("other", Align::Right),
        ("same", Align::Right),
        ("Level changes", Align::Left),
    ];
    let mut table = Table::new(&headers.map(|(header, align)| (header.to_owned(), align)));
    for card in diff.shown_scorecards() {
        let [up, down] = [ChangeKind::Up, ChangeKind::Down].map(|kind| card.count(kind));
        let counts = [up, down, card.changed() - up - down, card.same].map(thousands);
        let moves = match absence(card.presence) {
            Some(absence) => absence.to_owned(),
            None => escape(&level_changes(card, diff.catalog)),
        };
        let cells = [name(diff, card)].into_iter().chain(counts).chain([moves]);
        table.row(cells);
    }
    table.into_text()
}

/// The identifier of a scorecard, marked if its definition changed.
fn name(diff: &Diff<'_>, card: &ScorecardChanges) -> String {
    let mark = if card.has_changed_definition() { format!(" {}", escape(CHANGED)) } else { String::new() };
    format!("{}{mark}", code(&plain(diff.card_names(card).1)))
}

fn table(diff: &Diff<'_>, moves: &[EntityChanges<'_>]) -> String {
    let headers = ["Entity", "Team", "Scorecard", "Change", "Rules"];
    let mut table = Table::new(&headers.map(|header| (header.to_owned(), Align::Left)));
    for moved in moves {
        let mut names = [escape(&words::entity(moved)), escape(&words::teams(diff, moved))];
        for one in moved.changes {
            let [entity, teams] = std::mem::take(&mut names);
            let kind = arrow(one.change.kind());
            let change = escape(&words::change(one.change, diff.catalog));
            let rules = escape(&words::flips(one.change, diff.catalog, MOST_RULES));
            let card = name(diff, diff.scorecard(one.scorecard));
            table.row([entity, teams, card, format!("{} {change}", escape(kind)), rules]);
        }
    }
    table.into_text()
}
