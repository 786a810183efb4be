//! Prints the rows of a grid. Cells are truncated or wrapped here.
//!
//! comfy-table lays out the header and the first page. Columns have fixed widths, so the rows after it are padded here
//! and printed at once: for a million rows this takes 40 % of the CPU time of laying out pages (measured in 2026-11).

use super::column::{Column, Line, Overflow};
use super::printer::Printer;
use super::span::{Cell, Span, cell_width, render, render_to, truncate_cell};
use super::wrap::wrap;
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, Width};

/// The number of rows of the first page, which are laid out together.
const ROWS: usize = 500;

/// Prints one block of columns.
pub(super) struct Page<'p, 'o, 't> {
    columns: Vec<Place<'p>>,
    printer: &'p mut Printer<'o>,
    /// The first page; `None` once it has been printed.
    first: Option<FirstPage<'t>>,
    /// The line that is being put together. Its memory is used again for the next line.
    line: String,
}

/// The first page.
struct FirstPage<'t> {
    table: Table,
    pending: Vec<Pending<'t>>,
    rows: usize,
}

/// A column of the block.
pub(super) struct Place<'p> {
    /// Its index in the grid.
    pub(super) index: usize,
    pub(super) column: &'p Column,
    pub(super) width: usize,
}

/// A part of the page that has not been printed yet.
enum Pending<'t> {
    /// This many lines of `Page::table`.
    Table(usize),
    /// A line outside the table.
    Other(Line<'t>),
}

impl<'p, 'o, 't> Page<'p, 'o, 't> {
    /// Creates the first page, which has the header.
    pub(super) fn new(columns: Vec<Place<'p>>, printer: &'p mut Printer<'o>) -> Self {
        let mut page = Self { columns, printer, first: None, line: String::new() };
        let mut first = FirstPage { table: table(), pending: Vec::new(), rows: 0 };
        let headers = page.headers();
        let height = height(&headers);
        if headers.iter().any(|header| !header.trim().is_empty()) {
            first.table.set_header(headers);
            first.pending.push(Pending::Table(height + 1));
        }
        page.first = Some(first);
        page
    }

    /// Adds a line. Prints it at once if it is not on the first page.
    pub(super) fn add(&mut self, line: Line<'t>) {
        let Some(mut first) = self.first.take() else { return self.print(line) };
        match line {
            Line::Cells(cells) => {
                let cells = self.broken(cells);
                first.pending.push(Pending::Table(height(&cells)));
                first.table.add_row(cells);
                first.rows += 1;
            }
            other => first.pending.push(Pending::Other(other)),
        }
        if first.rows >= ROWS {
            self.print_first(first);
        } else {
            self.first = Some(first);
        }
    }

    /// Prints the first page if it has not been printed.
    pub(super) fn finish(mut self) {
        if let Some(first) = self.first.take() {
            self.print_first(first);
        }
    }

    fn print_first(&mut self, FirstPage { mut table, pending, .. }: FirstPage<'t>) {
        self.constrain(&mut table);
        let mut lines = table.lines();
        for pending in pending {
            match pending {
                Pending::Table(height) => {
                    lines.by_ref().take(height).for_each(|line| self.printer.rendered(&line));
                }
                Pending::Other(line) => self.print(line),
            }
        }
    }

    /// Prints a line after the first page, or one that is not in the table.
    fn print(&mut self, line: Line<'_>) {
        match line {
            Line::Cells(cells) => self.row(cells),
            Line::Heading(cell) => self.printer.line(&cell),
            Line::Gap => self.printer.gap(),
        }
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
    fn print_line<'c>(&mut self, mut cell: impl FnMut(usize, &Place<'_>) -> Option<Cell<'c>>) {
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

    fn constrain(&self, table: &mut Table) {
        for (position, Place { column, width, .. }) in self.columns.iter().enumerate() {
            let Some(place) = table.column_mut(position) else { continue };
            let gap = if position == 0 { 0 } else { column.gap() };
            let [gap, width] = [gap, *width].map(|columns| u16::try_from(columns).unwrap_or(u16::MAX));
            place.set_padding((gap, 0));
            place.set_constraint(ColumnConstraint::Absolute(Width::Fixed(width.saturating_add(gap))));
            if column.is_right_aligned {
                place.set_cell_alignment(CellAlignment::Right);
            }
        }
    }

    /// The headers, aligned at the bottom.
    fn headers(&self) -> Vec<String> {
        let broken: Vec<Vec<String>> =
            self.columns.iter().map(|place| place.column.header_lines(place.width)).collect();
        let height = broken.iter().map(Vec::len).max().unwrap_or_default();
        let header = |(lines, Place { column, .. }): (&Vec<String>, &Place<'_>)| {
            let inset = " ".repeat(column.inset());
            let blank = std::iter::repeat_n(String::new(), height - lines.len());
            let text = lines.iter().map(|line| {
                self.rendered(&[Span::new(format!("{inset}{line}{inset}"), column.header_style)])
            });
            blank.chain(text).collect::<Vec<_>>().join("\n")
        };
        broken.iter().zip(&self.columns).map(header).collect()
    }

    /// The cells of a row, truncated or wrapped to the widths of their columns.
    fn broken(&self, mut cells: Vec<Cell<'t>>) -> Vec<String> {
        let cell = |Place { index, column, width }: &Place<'_>| {
            let cell = cells.get_mut(*index).map(std::mem::take).unwrap_or_default();
            match column.overflow {
                Overflow::Wrap(_) if cell_width(&cell) > *width => {
                    let lines = wrap(&cell, *width);
                    lines.iter().map(|line| self.rendered(line)).collect::<Vec<_>>().join("\n")
                }
                _ => self.rendered(&truncate_cell(cell, *width)),
            }
        };
        self.columns.iter().map(cell).collect()
    }

    fn rendered(&self, cell: &[Span<'_>]) -> String {
        render(cell, self.printer.screen.color)
    }
}

/// The number of lines of a row.
fn height(cells: &[String]) -> usize {
    cells.iter().map(|cell| cell.matches('\n').count() + 1).max().unwrap_or(1)
}

/// A table without borders, except for the line below the header.
fn table() -> Table {
    let rule = LineStyle { fill: Some('─'), ..LineStyle::none() };
    let mut table = Table::new();
    table.load_style(NOTHING.header_separator(rule));
    table.set_content_arrangement(ContentArrangement::Disabled).force_no_tty();
    table
}

/// Appends spaces.
fn pad(line: &mut String, columns: usize) {
    line.extend(std::iter::repeat_n(' ', columns));
}
