//! The kit for everything that is printed for people.
//!
//! Text becomes [`Clean`] when a [`Span`] is made of it. Spans are wrapped or truncated to a width, put
//! into a [`Grid`] of columns or into paragraphs, and written by a [`Printer`]. Nothing else writes lines
//! for people, so no text of a user can move a cursor or become a command of a CI system.

mod clean;
mod fit;
mod grid;
#[cfg(test)]
mod law;
mod number;
mod page;
mod palette;
mod printer;
mod span;
mod style;
mod wrap;

pub(crate) use clean::clean;
pub(crate) use grid::{Column, Grid, Line, Overflow};
pub(crate) use number::{counted, thousands};
pub(crate) use palette::{NO_DATA, NOT_APPLICABLE, badge, badge_style, bar_style, circle};
pub(crate) use printer::{Printer, print_to_string};
#[cfg(test)]
pub(crate) use span::render;
pub(crate) use span::{Cell, Span, truncate, width};
pub(crate) use style::{ADVICE, BAD, DIM, ERROR, GOOD, GUTTER, NOTE, PLAIN, STRONG, WARNING};

/// The abilities of the place that text is printed to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// It shows colour.
    pub color: bool,
    /// Its width in columns; without one, lines are as long as their text.
    pub width: Option<u16>,
}

impl Screen {
    /// The width that lines keep to, if there is one. No terminal is narrower than 20 columns; if one says
    /// so, its lines are longer.
    pub(crate) fn columns(self) -> Option<usize> {
        const NARROWEST: usize = 20;
        self.width.map(|width| usize::from(width).max(NARROWEST))
    }
}
