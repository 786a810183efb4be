//! `markdown`: for a pull request or a job summary on GitHub or GitLab.
//!
//! User text is escaped, so it cannot end a cell, open a tag or notify anyone.

use super::comparison::{ComparedVerdict, Move, baseline_line};
use super::distribution::{ScorecardCounts, percent};
use super::entity_list::{EntityList, LEGEND_GAP, entity_lists, legend};
use super::row::{HeldLevel, Row};
use super::scope::{Scoped, empty_message};
use super::verdict::{Shortfall, heading, sentence, shortfalls};
use super::{Collected, Context, Report, Totals};
use crate::grade::GateOutcome;
use crate::markup::{Align, Table, code, escape};
use crate::terminal::{NOT_APPLICABLE, circle, counted, thousands};
use std::io::{Result, Write};

pub(super) struct Markdown<'c> {
    pub(super) context: Context<'c>,
}

impl Report for Markdown<'_> {
    fn lists_entities(&self) -> bool {
        true
    }

    fn finish(&self, totals: &Totals<'_>, _: &mut Collected, out: &mut dyn Write) -> Result<()> {
        write!(out, "## Scorecards")?;
        if !self.context.gate.is_open() {
            part(out, &self.gate(totals))?;
        }
        if let Some(verdict) = totals.comparison.and_then(|comparison| comparison.verdict()) {
            part(out, &compared(&verdict))?;
        }
        if let Some(scoped) = Scoped::new(self.context.scope, totals.tally) {
            part(out, &escape(&scoped.line()))?;
        }
        if let Some(baseline) = self.context.baseline {
            part(out, &escape(&baseline_line(baseline)))?;
        }
        let lists = entity_lists(self.context, totals);
        if lists.is_empty()
            && let Some(message) = empty_message(totals)
        {
            part(out, &message)?;
        }
        for list in &lists {
            part(out, &format!("### {} · {}", escape(list.section.blueprint), list.count()))?;
            self.entities(list, out)?;
            if let Some(more) = &list.more {
                part(out, more)?;
            }
            for cards in list.section.cards_by_levels() {
                part(out, &distribution(&cards))?;
            }
        }
        let legend = legend(&lists).join(LEGEND_GAP);
        if !legend.is_empty() {
            part(out, &format!("<sub>{}</sub>", escape(&legend)))?;
        }
        if let Some(list) = self.below_minimum(totals) {
            part(out, &list)?;
        }
        writeln!(out)
    }
}

/// Writes a paragraph, a heading or a table after a blank line.
fn part(out: &mut dyn Write, text: &str) -> Result<()> {
    write!(out, "\n\n{}", text.trim_end())
}

impl Markdown<'_> {
    fn gate(&self, totals: &Totals<'_>) -> String {
        let outcome = totals.verdict.outcome();
        verdict_line(outcome, heading(outcome), &sentence(totals.verdict, self.context.scorecards))
    }

    /// Writes the table of the listed entities of a blueprint.
    fn entities(&self, list: &EntityList<'_>, out: &mut dyn Write) -> Result<()> {
        if list.listed == 0 {
            return Ok(());
        }
        let mut headers = vec!["Title".to_owned()];
        headers.extend(list.shows_team.then(|| "Team".to_owned()));
        headers.extend(self.context.display.shown.iter().map(|(name, _)| escape(name)));
        headers.extend(list.headers().map(|header| escape(&header)));
        let columns: Vec<(String, Align)> = headers.into_iter().map(|header| (header, Align::Left)).collect();
        let mut table = Table::new(&columns);
        part(out, &table.take_text())?;
        for group in &list.groups {
            if let Some(name) = group.heading {
                let count = list.count_of(group);
                table.row([format!("**{}** · {count}", escape(name))]);
            }
            for row in &group.rows {
                table.row(cells(list, row));
                write!(out, "\n{}", table.take_text().trim_end())?;
            }
        }
        Ok(())
    }

    /// The first results below their minimum, in a collapsed section if there are many.
    fn below_minimum(&self, totals: &Totals<'_>) -> Option<String> {
        const MAX_UNFOLDED: u64 = 10;
        let failed = totals.verdict.failures();
        if failed == 0 {
            return None;
        }
        let mut list: Vec<String> =
            shortfalls(totals.verdict, self.context.scorecards).map(|one| item(&one)).collect();
        let more = failed.saturating_sub(list.len() as u64);
        if more > 0 {
            list.push(format!("- … and {} more", thousands(more)));
        }
        let list = list.join("\n");
        let heading = format!("{} below the minimum", counted(failed, "result", "results"));
        Some(if failed > MAX_UNFOLDED {
            format!("<details>\n<summary>{heading}</summary>\n\n{list}\n\n</details>")
        } else {
            format!("### {heading}\n\n{list}")
        })
    }
}

/// A verdict with its mark, such as `❌ **Gate failed:** 1 of 3 results is below the minimum`.
fn verdict_line(outcome: GateOutcome, heading: &str, sentence: &str) -> String {
    let mark = match outcome {
        GateOutcome::Passed => "✅",
        GateOutcome::Failed => "❌",
        GateOutcome::NothingToJudge => "⚠️",
    };
    let (first, rest) = heading.split_at(1);
    format!("{mark} **{}{rest}:** {}", first.to_uppercase(), escape(sentence))
}

/// The verdict of the comparison with the baseline, and the changes that fail.
fn compared(verdict: &ComparedVerdict) -> String {
    let culprits = verdict.culprits.iter().map(|culprit| format!("\n- {}", escape(culprit)));
    let list: String = culprits.collect();
    let gap = if list.is_empty() { "" } else { "\n" };
    verdict_line(verdict.outcome, verdict.heading, &verdict.sentence) + gap + &list
}

fn cells(list: &EntityList<'_>, row: &Row) -> Vec<String> {
    let mut cells = vec![name(row.title(), &row.identifier)];
    if list.shows_team {
        cells.push(escape(&row.team.join(", ")));
    }
    cells.extend(row.shown.iter().map(|text| escape(text)));
    let mut moves = list.moves(row).into_iter();
    cells.extend(list.section.cards.iter().zip(&row.results).map(|(card, held)| {
        let change = moves.next().flatten().map(|one| change(&one)).unwrap_or_default();
        badge(card, *held) + &change
    }));
    cells
}

/// A change since the baseline, after the level.
fn change(Move { mark, words }: &Move) -> String {
    let gap = if words.is_empty() { "" } else { " " };
    format!(" {}{gap}{}", escape(mark.symbol()), escape(words))
}

fn name(title: &str, identifier: &str) -> String {
    if title == identifier { escape(title) } else { format!("{} {}", escape(title), code(identifier)) }
}

fn badge(card: &ScorecardCounts<'_>, held: Option<HeldLevel>) -> String {
    let Some(held) = held else {
        return NOT_APPLICABLE.to_owned();
    };
    let level = card.definition.level(held.level);
    format!("{} {}{}", circle(level.known_color()), escape(&level.title), held.marks())
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
            count => format!("{} ({})", thousands(count), escape(&percent(count, card.with_data()))),
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
