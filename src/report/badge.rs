//! The badge of a result.

use crate::color::Color;
use crate::grade::Standing;
use crate::scorecard::{Definition, Level};
use crate::terminal::{self, DIM, NOT_APPLICABLE, Span};

/// The colour of a level, if Port has it.
pub(super) fn color(level: &Level) -> Option<Color> {
    Color::named(level.color.as_deref()?)
}

/// A result as a badge: ` Gold `, ` Basic ? `, ` – `.
pub(super) fn badge(definition: &Definition, standing: Option<Standing>) -> Span<'static> {
    let Some(standing) = standing else {
        return Span::new(format!(" {NOT_APPLICABLE} "), DIM);
    };
    let Some(level) = definition.levels.get(standing.level) else {
        return Span::default();
    };
    terminal::badge(&level.title, color(level), standing.no_data)
}
