//! The columns and lines of a grid.

use super::span::Cell;
use super::style::STRONG;
use super::wrap::{narrowest, wrap_header};
use anstyle::Style;

/// One column.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// Its header; a grid whose headers are all empty has none.
    pub(crate) header: String,
    pub(crate) header_style: Style,
    pub(crate) is_right_aligned: bool,
    /// Its cells are badges, which bring a blank on either side; so does its header.
    pub(crate) has_badges: bool,
    pub(crate) overflow: Overflow,
    /// It is at least this wide if there is room, for columns that align with those of another grid.
    pub(crate) preferred: usize,
}

/// The treatment of cells for which a column is too narrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Overflow {
    /// The column keeps the width of its widest cell.
    Keep,
    /// Cells are cut, and the column may become as narrow as this.
    Cut(usize),
    /// Cells are wrapped, and the column may become as narrow as this.
    Wrap(usize),
}

impl Column {
    /// A column of text.
    pub(crate) fn new(header: impl Into<String>, overflow: Overflow) -> Self {
        Self {
            header: header.into(),
            header_style: STRONG,
            is_right_aligned: false,
            has_badges: false,
            overflow,
            preferred: 0,
        }
    }

    /// A column of badges.
    pub(crate) fn badges(header: impl Into<String>) -> Self {
        Self { has_badges: true, ..Self::new(header, Overflow::Keep) }
    }

    /// A column of numbers.
    pub(crate) fn numbers(header: impl Into<String>) -> Self {
        Self { is_right_aligned: true, ..Self::new(header, Overflow::Keep) }
    }

    /// The same column with its header in another style.
    #[must_use]
    pub(crate) fn with_header_style(self, header_style: Style) -> Self {
        Self { header_style, ..self }
    }

    /// The same column with a width that it has if there is room.
    #[must_use]
    pub(crate) fn preferring(self, preferred: usize) -> Self {
        Self { preferred, ..self }
    }

    /// The blank columns between it and the column before.
    pub(super) fn gap(&self) -> usize {
        if self.has_badges { 1 } else { 2 }
    }

    /// The blank columns on either side of its header.
    pub(super) fn inset(&self) -> usize {
        usize::from(self.has_badges)
    }

    /// The width to which it may be narrowed, if it may.
    pub(super) fn least(&self) -> Option<usize> {
        match self.overflow {
            Overflow::Keep => None,
            Overflow::Cut(least) | Overflow::Wrap(least) => Some(least),
        }
    }

    /// Its header, broken to a width.
    pub(super) fn header_lines(&self, width: usize) -> Vec<String> {
        wrap_header(&self.header, width.saturating_sub(2 * self.inset()))
    }

    /// The fewest columns for its header.
    pub(super) fn narrowest_header(&self) -> usize {
        narrowest(&self.header)
    }
}

/// One line of a grid.
#[derive(Debug, Clone)]
pub(crate) enum Line<'t> {
    /// A cell a column.
    Cells(Vec<Cell<'t>>),
    /// Text across all columns, cut to their width.
    Heading(Cell<'t>),
    /// An empty line.
    Gap,
}
