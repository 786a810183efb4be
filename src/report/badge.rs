//! The level of a result as a badge.

use super::row::HeldLevel;
use crate::scorecard::Definition;
use crate::terminal::{self, DIM, NOT_APPLICABLE, Span};

/// The badge of a result, such as ` Gold `, ` Basic ? ` without data, ` Basic † ` if waived, or ` – ` if not applicable.
pub(super) fn badge(definition: &Definition, held: Option<HeldLevel>) -> Span<'static> {
    let Some(held) = held else {
        return Span::new(format!(" {NOT_APPLICABLE} "), DIM);
    };
    let level = definition.level(held.level);
    terminal::badge(&level.title, level.known_color(), &held.marks())
}
