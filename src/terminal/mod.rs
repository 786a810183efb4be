//! The kit for everything that is printed for people.
//!
//! Text becomes [`Clean`] when a [`Span`] is made of it. Spans are wrapped or truncated to a width, put
//! into a [`Grid`] of columns or into paragraphs, and written by a [`Printer`]. Nothing else writes lines
//! for people, so no text of a user can move a cursor or become a command of a CI system.

mod clean;
#[cfg(feature = "cli")]
mod column;
#[cfg(feature = "cli")]
mod fit;
#[cfg(feature = "cli")]
mod grid;
#[cfg(test)]
mod law;
mod number;
#[cfg(feature = "cli")]
mod page;
mod palette;
mod printer;
mod screen;
mod span;
mod style;
mod wrap;

pub(crate) use clean::clean;
#[cfg(feature = "cli")]
pub(crate) use column::{Column, Line, Overflow};
#[cfg(feature = "cli")]
pub(crate) use grid::Grid;
pub(crate) use number::{counted, thousands};
pub(crate) use palette::{NO_DATA, NOT_APPLICABLE, badge, badge_style, bar_style, circle};
pub(crate) use printer::{Printer, print_to_string};
pub use screen::Screen;
#[cfg(test)]
pub(crate) use span::render;
pub(crate) use span::{Cell, Span, truncate, width};
pub(crate) use style::{
    BAD, DIM, ERROR, GOOD, GUTTER, NOTE, PLAIN, STRONG, STRONG_BAD, STRONG_GOOD, WARNING,
};
