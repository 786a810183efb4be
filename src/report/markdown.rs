//! `markdown`: for a pull request or a job summary, as GitHub and GitLab show it.
//!
//! Text of users is escaped, so that it stays text: no cell ends early, no tag opens, nobody is pinged.

use super::badge::{NO_DATA, NOT_APPLICABLE, circle};
use super::distribution::{Card, percent};
use super::listing::{Listing, legend, listings};
use super::summary::nothing;
use super::verdict::{Shortfall, heading, sentence, shortfalls};
use super::{Context, Report, Row, RowResult, Totals};
use crate::grade::{GateOutcome, MOST_UNMET};
use crate::markup::{code, escape};
use crate::terminal::counted;

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
        let listings = listings(self.context, totals);
        if listings.is_empty() {
            parts.push(nothing(totals));
        }
        for listing in &listings {
            parts.push(format!("### {} · {}", escape(listing.section.blueprint), listing.count()));
            parts.extend(self.entities(listing));
            if listing.cut > 0 {
                parts.push(format!("… and {} more", listing.cut));
            }
            parts.extend(listing.section.families().iter().map(|family| distribution(family)));
        }
        parts.extend(legend(&listings).map(|legend| format!("<sub>{legend}</sub>")));
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
    /// The entities of a blueprint, a row each.
    fn entities(&self, listing: &Listing<'_>) -> Option<String> {
        if listing.listed == 0 {
            return None;
        }
        let cards = &listing.section.cards;
        let mut header = vec!["Title".to_owned()];
        header.extend(listing.shows_team.then(|| "Team".to_owned()));
        header.extend(self.context.display.shown.iter().map(|(name, _)| escape(name)));
        header.extend(cards.iter().map(|card| escape(&card.title)));
        let mut table = Table::new(&header, header.len());
        for group in &listing.groups {
            if let Some(name) = group.heading {
                let mut cells = vec![String::new(); header.len()];
                if let Some(first) = cells.first_mut() {
                    *first = format!("**{}** · {}", escape(name), group.rows.len());
                }
                table.row(&cells);
            }
            for row in &group.rows {
                table.row(&cells(listing, row));
            }
        }
        Some(table.text)
    }

    /// The shown results below their minimum, folded when they are many.
    fn below_minimum(&self, totals: &Totals<'_>) -> Option<String> {
        const MOST_UNFOLDED: usize = 10;
        const MOST: usize = MOST_UNMET;
        let all: Vec<Shortfall<'_>> = shortfalls(self.context, totals).collect();
        if all.is_empty() {
            return None;
        }
        let mut list: Vec<String> = all.iter().take(MOST).map(item).collect();
        if all.len() > MOST {
            list.push(format!("- … and {} more", all.len() - MOST));
        }
        let list = list.join("\n");
        let heading = format!("{} below the minimum", counted(all.len() as u64, "result", "results"));
        Some(if all.len() > MOST_UNFOLDED {
            format!("<details>\n<summary>{heading}</summary>\n\n{list}\n\n</details>")
        } else {
            format!("### {heading}\n\n{list}")
        })
    }
}

fn cells(listing: &Listing<'_>, row: &Row) -> Vec<String> {
    let mut cells = vec![name(&row.title, &row.identifier)];
    if listing.shows_team {
        cells.push(escape(&row.team.join(", ")));
    }
    cells.extend(row.shown.iter().map(|text| escape(text)));
    cells.extend(
        listing
            .section
            .cards
            .iter()
            .map(|card| row.result(card.index).map(|result| badge(card, result)).unwrap_or_default()),
    );
    cells
}

fn name(title: &str, identifier: &str) -> String {
    if title == identifier { escape(title) } else { format!("{} {}", escape(title), code(identifier)) }
}

fn badge(card: &Card<'_>, result: &RowResult) -> String {
    let Some(standing) = result.standing else {
        return NOT_APPLICABLE.to_owned();
    };
    let Some(level) = card.definition.levels.get(standing.level) else {
        return String::new();
    };
    let mark = if standing.no_data { format!(" {NO_DATA}") } else { String::new() };
    format!("{} {}{mark}", circle(level), escape(&level.title))
}

/// How many entities stand where, for scorecards with the same levels.
fn distribution(family: &[&Card<'_>]) -> String {
    let mut header = vec!["Scorecard".to_owned()];
    let levels = family.first().into_iter().flat_map(|card| card.levels());
    header.extend(levels.map(|(level, _)| escape(&level.title)));
    let no_data = family.iter().any(|card| card.no_data > 0);
    let not_applicable = family.iter().any(|card| card.not_applicable > 0);
    header.extend(no_data.then(|| "No data".to_owned()));
    header.extend(not_applicable.then(|| "Not applicable".to_owned()));
    header.push(String::new());
    let mut table = Table::new(&header, 1);
    for card in family {
        let mut cells = vec![escape(&card.title)];
        cells.extend(card.counts.iter().map(|&count| match count {
            0 => "0".to_owned(),
            count => {
                format!("{count} ({})", percent(count, card.graded).replace('<', "&lt;").replace('>', "&gt;"))
            }
        }));
        cells.extend(no_data.then(|| card.no_data.to_string()));
        cells.extend(not_applicable.then(|| card.not_applicable.to_string()));
        cells.push(card.bar(10).collect());
        table.row(&cells);
    }
    table.text
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

/// A table as it grows.
struct Table {
    text: String,
}

impl Table {
    /// The columns after the first `left` are aligned to the right.
    fn new(header: &[String], left: usize) -> Self {
        let rule = |index: usize| if index < left { ":--" } else { "--:" };
        let mut table = Self { text: String::new() };
        table.row(header);
        let rules: Vec<String> = (0..header.len()).map(|index| rule(index).to_owned()).collect();
        table.row(&rules);
        table
    }

    fn row(&mut self, cells: &[String]) {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(&format!("| {} |", cells.join(" | ")));
    }
}
