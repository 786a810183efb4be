//! The columns and lines of a grid.

use super::span::Cell;
use super::style::STRONG;
use super::wrap::{narrowest, wrap_header};
use anstyle::Style;

/// A column of a grid.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    /// The header. If the headers of all columns are empty, the grid has no header line.
    pub(crate) header: String,
    pub(crate) header_style: Style,
    pub(crate) is_right_aligned: bool,
    /// Whether its cells are badges. A badge has a space on each side, so the header gets one too.
    pub(crate) has_badges: bool,
    pub(crate) overflow: Overflow,
    /// The width that it should have if there is room, to align it with a column of another grid.
    pub(crate) preferred: usize,
}

/// The handling of cells that are wider than the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Overflow {
    /// The column is as wide as its widest cell, and is not narrowed.
    Keep,
    /// Cells are truncated. The value is the minimum width of the column.
    Cut(usize),
    /// Cells are wrapped. The value is the minimum width of the column.
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

    /// Sets the style of the header.
    #[must_use]
    pub(crate) fn with_header_style(self, header_style: Style) -> Self {
        Self { header_style, ..self }
    }

    /// Sets the width that it should have if there is room.
    #[must_use]
    pub(crate) fn preferring(self, preferred: usize) -> Self {
        Self { preferred, ..self }
    }

    /// The number of spaces between it and the previous column.
    pub(super) fn gap(&self) -> usize {
        if self.has_badges { 1 } else { 2 }
    }

    /// The number of spaces on each side of its header.
    pub(super) fn inset(&self) -> usize {
        usize::from(self.has_badges)
    }

    /// The minimum width; `None` if it must not be narrowed.
    pub(super) fn least(&self) -> Option<usize> {
        match self.overflow {
            Overflow::Keep => None,
            Overflow::Cut(least) | Overflow::Wrap(least) => Some(least),
        }
    }

    /// The header, wrapped to a width.
    pub(super) fn header_lines(&self, width: usize) -> Vec<String> {
        wrap_header(&self.header, width.saturating_sub(2 * self.inset()))
    }

    /// The minimum width of its header.
    pub(super) fn narrowest_header(&self) -> usize {
        narrowest(&self.header)
    }
}

/// A line of a grid.
#[derive(Debug, Clone)]
pub(crate) enum Line<'t> {
    /// A row, with a cell for each column.
    Cells(Vec<Cell<'t>>),
    /// Text across all columns, truncated to the width of the screen.
    Heading(Cell<'t>),
    /// An empty line.
    Gap,
}
