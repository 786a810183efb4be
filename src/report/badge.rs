//! The level of a result as a badge.

use super::row::HeldLevel;
use crate::color::Color;
use crate::scorecard::{Definition, Level};
use crate::terminal::{self, DIM, NOT_APPLICABLE, Span};

/// The colour of a level; `None` without one, or for a name that Port does not know.
pub(super) fn color(level: &Level) -> Option<Color> {
    Color::named(level.color.as_deref()?)
}

/// The badge of a result, such as ` Gold `, ` Basic ? ` without data, ` Basic † ` if waived, or ` – ` if not applicable.
pub(super) fn badge(definition: &Definition, held: Option<HeldLevel>) -> Span<'static> {
    let Some(held) = held else {
        return Span::new(format!(" {NOT_APPLICABLE} "), DIM);
    };
    let level = definition.level(held.level);
    terminal::badge(&level.title, color(level), &held.marks())
}
