//! The words that the formats of comparisons share.

use crate::terminal::{clean, counted, thousands};
use crate::what_if::{Comparison, Direction, Move, Presence, ScorecardComparison};

/// Text of a user on one line.
pub(super) fn plain(text: &str) -> String {
    clean(text).into_owned()
}

fn level(title: Option<&String>) -> String {
    title.map_or_else(|| "–".to_owned(), |title| plain(title))
}

pub(super) fn arrow(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "▲",
        Direction::Down => "▼",
        Direction::Entered => "+",
        Direction::Left => "−",
        Direction::Same => " ",
    }
}

/// `Silver → Gold`
pub(super) fn way(moved: &Move) -> String {
    format!("{} → {}", level(moved.from.as_ref()), level(moved.to.as_ref()))
}

/// The pairs of different levels: `1 Silver → Gold, 2 Bronze → Silver`.
pub(super) fn ways(card: &ScorecardComparison) -> String {
    let moving = card.pairs.iter().filter(|pair| pair.from != pair.to);
    let ways = moving.map(|pair| {
        format!("{} {} → {}", thousands(pair.count), level(pair.from.as_ref()), level(pair.to.as_ref()))
    });
    ways.collect::<Vec<_>>().join(", ")
}

/// The text in place of counts where only one set has the scorecard.
pub(super) fn absence(presence: Presence) -> Option<&'static str> {
    match presence {
        Presence::Both => None,
        Presence::First => Some("only in the first set"),
        Presence::Second => Some("only in the second set"),
    }
}

/// How many move, and how many of them are listed.
pub(super) fn closing(comparison: &Comparison) -> String {
    let (moved, all) = (comparison.moved, comparison.entities);
    let verb = if moved == 1 { "moves" } else { "move" };
    let listed = comparison.moves.len() as u64;
    let more = if listed < moved { format!(", {} of them listed", thousands(listed)) } else { String::new() };
    format!("{} of {} {verb}{more}.", thousands(moved), counted(all, "entity", "entities"))
}
