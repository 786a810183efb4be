//! The grid, which lays out every table: bold headers over a thin line, then rows.
//!
//! A first pass over the rows finds the widths of the columns (`fit`), and a second pass prints the rows (`page`). So
//! rows are created twice, but never kept in memory together.

use super::column::{Column, Line};
use super::fit::{fit, narrowest_uncut};
use super::page::{Page, Place};
use super::printer::Printer;
use super::span::{cell_width, width};

/// A table. If it is too wide for the screen, it is split into blocks that repeat the first column.
pub(crate) struct Grid<I> {
    columns: Vec<Column>,
    lines: I,
}

impl<'t, I: Iterator<Item = Line<'t>> + Clone> Grid<I> {
    /// Creates a table. The iterator of lines is cloned, because the lines are needed more than once.
    pub(crate) fn new(columns: Vec<Column>, lines: I) -> Self {
        Self { columns, lines }
    }

    /// The width of the widest cell or header of each column.
    pub(crate) fn natural_widths(&self) -> Vec<usize> {
        let headers = self.columns.iter().map(|column| width(&column.header) + 2 * column.inset());
        headers.zip(self.content_widths()).map(|(header, content)| header.max(content)).collect()
    }

    fn content_widths(&self) -> Vec<usize> {
        let mut widths = vec![0; self.columns.len()];
        for line in self.lines.clone() {
            let Line::Cells(cells) = line else { continue };
            for (widest, cell) in widths.iter_mut().zip(&cells) {
                *widest = cell_width(cell).max(*widest);
            }
        }
        widths
    }

    /// Whether the table fits a screen of this width without being split.
    pub(crate) fn fits(&self, columns: Option<usize>) -> bool {
        fit(&self.columns, self.content_widths(), columns).blocks.len() == 1
    }

    /// Whether the table fits a screen of this width without cutting or wrapping a cell.
    pub(crate) fn fits_uncut(&self, columns: Option<usize>) -> bool {
        columns.is_none_or(|columns| narrowest_uncut(&self.columns, &self.content_widths()) <= columns)
    }

    /// Prints the table.
    pub(crate) fn print(&self, printer: &mut Printer<'_>) {
        let fitted = fit(&self.columns, self.content_widths(), printer.screen.columns());
        for (index, block) in fitted.blocks.into_iter().enumerate() {
            if index > 0 {
                printer.gap();
            }
            let chosen = std::iter::once(0).chain(block);
            let placed = chosen.filter_map(|index| {
                let (column, width) = (self.columns.get(index)?, fitted.widths.get(index).copied()?);
                Some(Place { index, column, width })
            });
            let mut page = Page::new(placed.collect(), printer);
            self.lines.clone().for_each(|line| page.add(line));
            page.finish();
        }
    }
}
