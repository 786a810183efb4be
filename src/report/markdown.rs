//! `markdown`: for a pull request or a job summary on GitHub or GitLab.
//!
//! User text is escaped, so it cannot end a cell, open a tag or notify anyone.

use super::badge::color;
use super::distribution::{ScorecardCounts, percent};
use super::entity_list::{EntityList, entity_lists, legend};
use super::summary::empty_message;
use super::verdict::{Shortfall, heading, sentence, shortfalls};
use super::{Context, Report, Row, RowResult, Totals};
use crate::grade::{GateOutcome, MAX_UNMET};
use crate::markup::{Align, Table, code, escape};
use crate::terminal::{NO_DATA, NOT_APPLICABLE, circle, counted, thousands};

pub(super) struct Markdown<'c> {
    pub(super) context: Context<'c>,
}

impl Report for Markdown<'_> {
    fn wants_rows(&self) -> bool {
        true
    }

    fn finish(&self, totals: &Totals<'_>, out: &mut Vec<u8>) {
        let mut parts = vec!["## Scorecards".to_owned()];
        if !self.context.gate.is_open() {
            parts.push(gate(totals));
        }
        let lists = entity_lists(self.context, totals);
        if lists.is_empty() {
            parts.push(empty_message(totals));
        }
        for list in &lists {
            parts.push(format!("### {} · {}", escape(list.section.blueprint), list.count()));
            parts.extend(self.entities(list));
            if list.cut > 0 {
                parts.push(format!("… and {} more", thousands(list.cut as u64)));
            }
            parts.extend(list.section.cards_by_levels().iter().map(|cards| distribution(cards)));
        }
        parts.extend(legend(&lists).map(|legend| format!("<sub>{legend}</sub>")));
        parts.extend(self.below_minimum(totals));
        out.extend_from_slice(parts.join("\n\n").trim_end().as_bytes());
        out.push(b'\n');
    }
}

fn gate(totals: &Totals<'_>) -> String {
    let counts = &totals.verdict.counts;
    let outcome = counts.outcome();
    let mark = match outcome {
        GateOutcome::Passed => "✅",
        GateOutcome::Failed => "❌",
        GateOutcome::NothingToJudge => "⚠️",
    };
    let (first, rest) = heading(outcome).split_at(1);
    format!("{mark} **{}{rest}:** {}", first.to_uppercase(), sentence(counts))
}

impl Markdown<'_> {
    /// The table of the listed entities of a blueprint.
    fn entities(&self, list: &EntityList<'_>) -> Option<String> {
        if list.listed == 0 {
            return None;
        }
        let mut headers = vec!["Title".to_owned()];
        headers.extend(list.shows_team.then(|| "Team".to_owned()));
        headers.extend(self.context.display.shown.iter().map(|(name, _)| escape(name)));
        headers.extend(list.section.cards.iter().map(|card| escape(&card.title)));
        let columns: Vec<(String, Align)> = headers.into_iter().map(|header| (header, Align::Left)).collect();
        let mut table = Table::new(&columns);
        for group in &list.groups {
            if let Some(name) = group.heading {
                let count = thousands(group.rows.len() as u64);
                table.row([format!("**{}** · {count}", escape(name))]);
            }
            for row in &group.rows {
                table.row(cells(list, row));
            }
        }
        Some(table.into_text().trim_end().to_owned())
    }

    /// The shown results below their minimum, in a collapsed section if there are many.
    fn below_minimum(&self, totals: &Totals<'_>) -> Option<String> {
        const MAX_UNFOLDED: usize = 10;
        let all: Vec<Shortfall<'_>> = shortfalls(self.context, totals).collect();
        if all.is_empty() {
            return None;
        }
        let mut list: Vec<String> = all.iter().take(MAX_UNMET).map(item).collect();
        if all.len() > MAX_UNMET {
            list.push(format!("- … and {} more", thousands((all.len() - MAX_UNMET) as u64)));
        }
        let list = list.join("\n");
        let heading = format!("{} below the minimum", counted(all.len() as u64, "result", "results"));
        Some(if all.len() > MAX_UNFOLDED {
            format!("<details>\n<summary>{heading}</summary>\n\n{list}\n\n</details>")
        } else {
            format!("### {heading}\n\n{list}")
        })
    }
}

fn cells(list: &EntityList<'_>, row: &Row) -> Vec<String> {
    let mut cells = vec![name(&row.title, &row.identifier)];
    if list.shows_team {
        cells.push(escape(&row.team.join(", ")));
    }
    cells.extend(row.shown.iter().map(|text| escape(text)));
    cells.extend(
        list.section
            .cards
            .iter()
            .map(|card| row.result(card.index).map(|result| badge(card, result)).unwrap_or_default()),
    );
    cells
}

fn name(title: &str, identifier: &str) -> String {
    if title == identifier { escape(title) } else { format!("{} {}", escape(title), code(identifier)) }
}

fn badge(card: &ScorecardCounts<'_>, result: &RowResult) -> String {
    let Some(standing) = result.standing else {
        return NOT_APPLICABLE.to_owned();
    };
    let Some(level) = card.definition.levels.get(standing.level) else {
        return String::new();
    };
    let mark = if standing.no_data.is_some() { format!(" {NO_DATA}") } else { String::new() };
    format!("{} {}{mark}", circle(color(level)), escape(&level.title))
}

/// The table of how many entities hold each level, for scorecards with the same levels.
fn distribution(cards: &[&ScorecardCounts<'_>]) -> String {
    let numbers = |header: String| (header, Align::Right);
    let mut columns = vec![("Scorecard".to_owned(), Align::Left)];
    let levels = cards.first().into_iter().flat_map(|card| card.levels());
    columns.extend(levels.map(|(level, _)| numbers(escape(&level.title))));
    let no_data = cards.iter().any(|card| card.no_data > 0);
    let not_applicable = cards.iter().any(|card| card.not_applicable > 0);
    columns.extend(no_data.then(|| numbers("No data".to_owned())));
    columns.extend(not_applicable.then(|| numbers("Not applicable".to_owned())));
    columns.push((String::new(), Align::Left));
    let mut table = Table::new(&columns);
    for card in cards {
        let mut cells = vec![escape(&card.title)];
        cells.extend(card.counts.iter().map(|&count| match count {
            0 => "0".to_owned(),
            count => format!("{} ({})", thousands(count), escape(&percent(count, card.graded))),
        }));
        cells.extend(no_data.then(|| thousands(card.no_data)));
        cells.extend(not_applicable.then(|| thousands(card.not_applicable)));
        cells.push(card.bar(10).collect());
        table.row(&cells);
    }
    table.into_text().trim_end().to_owned()
}

fn item(shortfall: &Shortfall<'_>) -> String {
    let Shortfall { entity, title, scorecard, .. } = shortfall;
    format!(
        "- **{}** · {}: {} — {}",
        name(title, entity),
        escape(scorecard),
        escape(&shortfall.gap()),
        escape(&shortfall.reasons("; "))
    )
}
