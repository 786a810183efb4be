//! The kit for everything that is printed for people: width and wrapping, the grid, text of users made harmless.

mod clean;
mod fit;
mod grid;
mod paragraph;
mod text;

pub(crate) use clean::clean;
pub(crate) use fit::most;
pub(crate) use grid::{Cell, Column, Grid, Ink, Line, Span};
pub(crate) use paragraph::Typist;
pub(crate) use text::{counted, width};

/// What the place that text is printed to can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Screen {
    /// It shows colour.
    pub color: bool,
    /// Its width in columns; without one, lines are as long as they are.
    pub width: Option<u16>,
}
