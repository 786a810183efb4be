//! Pages of a grid. Cells are truncated or wrapped here, and padded and aligned by comfy-table.

use super::column::{Column, Line, Overflow};
use super::printer::Printer;
use super::span::{Cell, Span, cell_width, render, truncate_cell};
use super::wrap::wrap;
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, Width};

/// The number of rows that are laid out together. Columns have fixed widths, so they align across pages.
const ROWS: usize = 500;

/// Prints one block of columns, page by page.
pub(super) struct Page<'p, 'o, 't> {
    /// The index in the grid, the column and the width of each column.
    columns: Vec<(usize, &'p Column, usize)>,
    printer: &'p mut Printer<'o>,
    table: Table,
    pending: Vec<Pending<'t>>,
    rows: usize,
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
    pub(super) fn new(columns: Vec<(usize, &'p Column, usize)>, printer: &'p mut Printer<'o>) -> Self {
        let mut page = Self { columns, printer, table: table(), pending: Vec::new(), rows: 0 };
        let headers = page.headers();
        let height = height(&headers);
        if headers.iter().any(|header| !header.trim().is_empty()) {
            page.table.set_header(headers);
            page.pending.push(Pending::Table(height + 1));
        }
        page
    }

    /// Adds a line. Prints the page if it is full.
    pub(super) fn add(&mut self, line: Line<'t>) {
        match line {
            Line::Cells(cells) => {
                let cells = self.broken(cells);
                self.pending.push(Pending::Table(height(&cells)));
                self.table.add_row(cells);
                self.rows += 1;
            }
            other => self.pending.push(Pending::Other(other)),
        }
        if self.rows >= ROWS {
            self.flush();
        }
    }

    /// Prints the last page.
    pub(super) fn finish(mut self) {
        self.flush();
    }

    fn flush(&mut self) {
        let mut table = std::mem::replace(&mut self.table, table());
        self.constrain(&mut table);
        let mut lines = table.lines();
        for pending in std::mem::take(&mut self.pending) {
            match pending {
                Pending::Table(height) => {
                    lines.by_ref().take(height).for_each(|line| self.printer.rendered(&line));
                }
                Pending::Other(line) => self.across(line),
            }
        }
        self.rows = 0;
    }

    fn across(&mut self, line: Line<'_>) {
        match line {
            Line::Heading(cell) => self.printer.spans(&truncate_cell(cell, self.total())),
            Line::Gap | Line::Cells(_) => self.printer.gap(),
        }
    }

    fn constrain(&self, table: &mut Table) {
        for (position, (_, column, room)) in self.columns.iter().enumerate() {
            let Some(place) = table.column_mut(position) else { continue };
            let gap = if position == 0 { 0 } else { column.gap() };
            let [gap, room] = [gap, *room].map(|columns| u16::try_from(columns).unwrap_or(u16::MAX));
            place.set_padding((gap, 0));
            place.set_constraint(ColumnConstraint::Absolute(Width::Fixed(room.saturating_add(gap))));
            if column.is_right_aligned {
                place.set_cell_alignment(CellAlignment::Right);
            }
        }
    }

    /// The total width of the block.
    fn total(&self) -> usize {
        let sum: usize = self.columns.iter().map(|(_, column, width)| column.gap() + width).sum();
        sum - self.columns.first().map_or(0, |(_, column, _)| column.gap())
    }

    /// The headers, aligned at the bottom.
    fn headers(&self) -> Vec<String> {
        let broken: Vec<Vec<String>> =
            self.columns.iter().map(|(_, column, width)| column.header_lines(*width)).collect();
        let height = broken.iter().map(Vec::len).max().unwrap_or_default();
        let header = |(lines, (_, column, _)): (&Vec<String>, &(usize, &Column, usize))| {
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
        let cell = |(index, column, room): &(usize, &Column, usize)| {
            let cell = cells.get_mut(*index).map(std::mem::take).unwrap_or_default();
            match column.overflow {
                Overflow::Wrap(_) if cell_width(&cell) > *room => {
                    let lines = wrap(&cell, *room);
                    lines.iter().map(|line| self.rendered(line)).collect::<Vec<_>>().join("\n")
                }
                _ => self.rendered(&truncate_cell(cell, *room)),
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
