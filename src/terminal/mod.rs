//! The building blocks of all output for people.
//!
//! A [`Span`] is styled text, which is sanitized ([`clean()`]) when the span is created. Spans are wrapped or
//! truncated, arranged in paragraphs or in a [`Grid`], and written by a [`Printer`]. All lines for people are
//! written this way, so user text cannot move the cursor or become a command of a CI system.

mod clean;
#[cfg(feature = "cli")]
mod column;
#[cfg(feature = "cli")]
mod fit;
#[cfg(feature = "cli")]
mod grid;
mod number;
#[cfg(feature = "cli")]
mod page;
mod palette;
mod printer;
mod screen;
mod span;
mod style;
#[cfg(test)]
mod tests;
mod wrap;

pub(crate) use clean::clean;
#[cfg(feature = "cli")]
pub(crate) use column::{Column, Line, Overflow};
#[cfg(feature = "cli")]
pub(crate) use grid::Grid;
pub(crate) use number::{counted, thousands};
pub(crate) use palette::{NO_DATA, NOT_APPLICABLE, WAIVED, badge, badge_style, bar_style, circle};
pub(crate) use printer::{Printer, print_to_string};
pub use screen::Screen;
#[cfg(test)]
pub(crate) use span::render;
pub(crate) use span::{Cell, Span, truncate, width};
pub(crate) use style::{
    BAD, DIM, ERROR, GOOD, GUTTER, NOTE, PLAIN, STRONG, STRONG_BAD, STRONG_GOOD, WARNING,
};
