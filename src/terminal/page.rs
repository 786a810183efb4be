//! Prints the rows of a grid. Each row is printed at once, so the memory does not grow with their number.

use super::column::{Column, Line, Overflow};
use super::printer::Printer;
use super::span::{Cell, Span, cell_width, render_to, truncate_cell};
use super::wrap::wrap;

/// Prints one block of columns.
pub(super) struct Page<'p, 'o> {
    columns: Vec<Place<'p>>,
    printer: &'p mut Printer<'o>,
    /// The line that is being put together. Its memory is used again for the next line.
    line: String,
}

/// A column of the block.
pub(super) struct Place<'p> {
    /// Its index in the grid.
    pub(super) index: usize,
    pub(super) column: &'p Column,
    pub(super) width: usize,
}

impl<'p, 'o> Page<'p, 'o> {
    /// Prints the header, if there is one.
    pub(super) fn new(columns: Vec<Place<'p>>, printer: &'p mut Printer<'o>) -> Self {
        let mut page = Self { columns, printer, line: String::new() };
        page.header();
        page
    }

    /// Prints a line.
    pub(super) fn add(&mut self, line: Line<'_>) {
        match line {
            Line::Cells(cells) => self.row(cells),
            Line::Heading(cell) => self.printer.spans(&truncate_cell(cell, self.total())),
            Line::Gap => self.printer.gap(),
        }
    }

    /// The total width of the block.
    fn total(&self) -> usize {
        let sum: usize = self.columns.iter().map(|place| place.column.gap() + place.width).sum();
        sum - self.columns.first().map_or(0, |place| place.column.gap())
    }

    /// Prints the headers, aligned at the bottom, and a thin line below them.
    fn header(&mut self) {
        let headers: Vec<Vec<String>> =
            self.columns.iter().map(|place| place.column.header_lines(place.width)).collect();
        if headers.iter().flatten().all(|line| line.trim().is_empty()) {
            return;
        }
        let height = headers.iter().map(Vec::len).max().unwrap_or_default();
        for line in 0..height {
            self.print_line(|position, place| {
                let lines = headers.get(position)?;
                let text = lines.get(line.checked_sub(height - lines.len())?)?;
                let inset = " ".repeat(place.column.inset());
                Some(vec![Span::new(format!("{inset}{text}{inset}"), place.column.header_style)])
            });
        }
        self.printer.rendered(&"─".repeat(self.total()));
    }

    /// Prints a row. Its cells are truncated or wrapped to the widths of their columns.
    fn row(&mut self, mut cells: Vec<Cell<'_>>) {
        let mut wrapped: Vec<(usize, Vec<Cell<'static>>)> = Vec::new();
        for (position, place) in self.columns.iter().enumerate() {
            let cell = cells.get_mut(place.index);
            if let (Overflow::Wrap(_), Some(cell)) = (place.column.overflow, cell)
                && cell_width(cell) > place.width
            {
                let mut lines = wrap(cell, place.width);
                lines.reverse();
                *cell = lines.pop().unwrap_or_default();
                wrapped.push((position, lines));
            }
        }
        self.print_line(|_, place| cells.get_mut(place.index).map(std::mem::take));
        while wrapped.iter().any(|(_, lines)| !lines.is_empty()) {
            self.print_line(|position, _| {
                wrapped.iter_mut().find(|(wrapped, _)| *wrapped == position)?.1.pop()
            });
        }
    }

    /// Prints one line of a row. `cell` returns the content for the column at a position of the block.
    fn print_line<'t>(&mut self, mut cell: impl FnMut(usize, &Place<'_>) -> Option<Cell<'t>>) {
        let Self { columns, printer, line, .. } = self;
        line.clear();
        for (position, place) in columns.iter().enumerate() {
            if position > 0 {
                pad(line, place.column.gap());
            }
            let cell = truncate_cell(cell(position, place).unwrap_or_default(), place.width);
            let rest = place.width.saturating_sub(cell_width(&cell));
            if place.column.is_right_aligned {
                pad(line, rest);
            }
            render_to(line, &cell, printer.screen.color);
            if !place.column.is_right_aligned {
                pad(line, rest);
            }
        }
        printer.rendered(line);
    }
}

/// Appends spaces.
fn pad(line: &mut String, columns: usize) {
    line.extend(std::iter::repeat_n(' ', columns));
}
