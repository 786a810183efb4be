//! The texts that the formats of comparisons share.

use crate::report::Limit;
use crate::terminal::{clean, counted, thousands};
use crate::what_if::{Comparison, Direction, Move, Presence, ScorecardComparison};

/// A text from the input, sanitized and on one line.
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

/// A level change: `Silver → Gold`.
pub(super) fn level_change(moved: &Move) -> String {
    format!("{} → {}", level(moved.from.as_ref()), level(moved.to.as_ref()))
}

/// The level changes in a scorecard, with the number of entities: `1 Silver → Gold, 2 Bronze → Silver`.
pub(super) fn level_changes(card: &ScorecardComparison) -> String {
    let changed = card.pairs.iter().filter(|pair| pair.from != pair.to);
    let changes = changed.map(|pair| {
        format!("{} {} → {}", thousands(pair.count), level(pair.from.as_ref()), level(pair.to.as_ref()))
    });
    changes.collect::<Vec<_>>().join(", ")
}

/// The text that replaces the counts if only one set has the scorecard.
pub(super) fn absence(presence: Presence) -> Option<&'static str> {
    match presence {
        Presence::Both => None,
        Presence::First => Some("only in the first set"),
        Presence::Second => Some("only in the second set"),
    }
}

/// The sentence that counts the entities whose level changes, and those that are listed.
pub(super) fn summary(comparison: &Comparison, limit: Limit) -> String {
    let (moved, all) = (comparison.moved, comparison.entities);
    let verb = if moved == 1 { "changes" } else { "change" };
    let listed = comparison.moves.len() as u64;
    let help = limit.way_out();
    let more =
        if listed < moved { format!(", {} of them listed{help}", thousands(listed)) } else { String::new() };
    format!("{} of {} {verb} level{more}.", thousands(moved), counted(all, "entity", "entities"))
}
