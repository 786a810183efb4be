//! Prints comparisons: how many entities move in each scorecard, between which levels, and which.

mod markdown;
mod table;

use crate::report::Only;
use crate::terminal::{Screen, clean, counted, thousands};
use crate::what_if::{Comparison, Direction, Move, Presence, ScorecardComparison};

/// The formats of comparisons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompareFormat {
    /// For a terminal.
    Table,
    /// One JSON document: the [`Comparison`] itself.
    Json,
    /// For a pull request.
    Markdown,
}

impl Comparison {
    /// The comparison in a format, for a place. Of the scorecards only those that `only` lets through are
    /// shown.
    pub fn show(&self, format: CompareFormat, only: &Only, screen: Screen) -> String {
        // people see scorecards without entities only if there is nothing else; programs see all
        let met = |card: &ScorecardComparison| {
            let counts = card.up + card.down + card.same + card.entered + card.left;
            counts > 0 || card.presence != Presence::Both
        };
        let all = format == CompareFormat::Json || !self.scorecards.iter().any(met);
        let is_shown =
            |card: &&ScorecardComparison| only.shows_scorecard(&card.identifier) && (all || met(card));
        let shown: Vec<ScorecardComparison> = self.scorecards.iter().filter(is_shown).cloned().collect();
        let shown = Self { scorecards: shown, ..self.clone() };
        match format {
            CompareFormat::Table => table::write(&shown, screen),
            CompareFormat::Markdown => markdown::write(&shown),
            #[expect(clippy::expect_used, reason = "a comparison has no map whose keys are not strings")]
            CompareFormat::Json => {
                serde_json::to_string_pretty(&shown).expect("a comparison can be written as JSON") + "\n"
            }
        }
    }
}

/// Text of a user on one line.
fn plain(text: &str) -> String {
    clean(text).into_owned()
}

fn level(title: Option<&String>) -> String {
    title.map_or_else(|| "–".to_owned(), |title| plain(title))
}

fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "▲",
        Direction::Down => "▼",
        Direction::Entered => "+",
        Direction::Left => "−",
        Direction::Same => " ",
    }
}

/// `Silver → Gold`
fn way(moved: &Move) -> String {
    format!("{} → {}", level(moved.from.as_ref()), level(moved.to.as_ref()))
}

/// The pairs of different levels: `1 Silver → Gold, 2 Bronze → Silver`.
fn ways(card: &ScorecardComparison) -> String {
    let moving = card.pairs.iter().filter(|pair| pair.from != pair.to);
    let ways = moving.map(|pair| {
        format!("{} {} → {}", thousands(pair.count), level(pair.from.as_ref()), level(pair.to.as_ref()))
    });
    ways.collect::<Vec<_>>().join(", ")
}

/// The text in place of counts where only one set has the scorecard.
fn absence(presence: Presence) -> Option<&'static str> {
    match presence {
        Presence::Both => None,
        Presence::First => Some("only in the first set"),
        Presence::Second => Some("only in the second set"),
    }
}

/// How many move, and how many of them are listed.
fn closing(comparison: &Comparison) -> String {
    let (moved, all) = (comparison.moved, comparison.entities);
    let verb = if moved == 1 { "moves" } else { "move" };
    let listed = comparison.moves.len() as u64;
    let more = if listed < moved { format!(", {} of them listed", thousands(listed)) } else { String::new() };
    format!("{} of {} {verb}{more}.", thousands(moved), counted(all, "entity", "entities"))
}
