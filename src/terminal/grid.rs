//! Columns for a terminal, laid out by comfy-table under a thin rule.
//!
//! The colour inside the cells is ours: it follows `--color` alone, whatever the environment says to
//! others, and one cell may have several.

use super::fit::fit;
use super::text::{clip, lines, width};
use anstyle::Style;
use comfy_table::presets::NOTHING;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table, Width};
use std::borrow::Cow;

/// Text in one style.
#[derive(Debug, Clone, Default)]
pub(crate) struct Span {
    pub(crate) text: String,
    pub(crate) style: Style,
}

impl Span {
    pub(crate) fn new(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style }
    }

    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::new(text, Style::new())
    }
}

/// What stands in one row of one column: text of several styles.
pub(crate) type Cell = Vec<Span>;

/// One column.
#[derive(Debug, Default)]
pub(crate) struct Column {
    pub(crate) header: String,
    pub(crate) header_style: Style,
    pub(crate) right_aligned: bool,
    /// Its cells are badges, which bring a space on either side; so does its header.
    pub(crate) badges: bool,
    /// A width to which it may be clipped; without one it keeps its own.
    pub(crate) least: Option<usize>,
}

impl Column {
    /// Columns between it and the one before.
    pub(crate) fn gap(&self) -> usize {
        if self.badges { 1 } else { 2 }
    }

    /// Columns on either side of its header.
    pub(crate) fn inset(&self) -> usize {
        usize::from(self.badges)
    }

    /// Its header, broken to a width.
    pub(crate) fn header_lines(&self, width: usize) -> Vec<String> {
        lines(&self.header, width.saturating_sub(2 * self.inset()))
    }
}

/// One row.
pub(crate) enum Line {
    Cells(Vec<Cell>),
    /// A heading of the rows that follow.
    Heading(Cell),
}

/// A table. Its first column leads every block.
#[derive(Default)]
pub(crate) struct Grid {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Line>,
}

impl Grid {
    /// Appends it as text.
    pub(crate) fn print(&self, screen: super::Screen, out: &mut Vec<u8>) {
        let fitted = fit(self, screen);
        for (index, block) in fitted.blocks.iter().enumerate() {
            if index > 0 {
                out.push(b'\n');
            }
            let columns = std::iter::once(0).chain(block.clone()).filter_map(|index| {
                Some((index, self.columns.get(index)?, fitted.widths.get(index).copied()?))
            });
            let block = Block { grid: self, columns: columns.collect(), color: screen.color };
            block.print(out);
        }
    }
}

/// Some of the columns side by side, each with its index and width.
struct Block<'g> {
    grid: &'g Grid,
    columns: Vec<(usize, &'g Column, usize)>,
    color: bool,
}

impl Block<'_> {
    fn print(&self, out: &mut Vec<u8>) {
        let headers = self.headers();
        let height = headers.iter().map(|header| header.matches('\n').count() + 1).max().unwrap_or_default();
        let mut table = self.table();
        table.set_header(headers);
        for row in &self.grid.rows {
            if let Line::Cells(cells) = row {
                table.add_row(self.cells(cells));
            }
        }
        self.constrain(&mut table);
        let mut lines = table.lines();
        for line in lines.by_ref().take(height + 1) {
            end_line(&line, out);
        }
        for row in &self.grid.rows {
            match row {
                Line::Heading(cell) => Ink::new(self.color, out).line(cell, self.total()),
                Line::Cells(_) => end_line(&lines.next().unwrap_or_default(), out),
            }
        }
    }

    /// A table without any lines but the rule below the header.
    fn table(&self) -> Table {
        let rule = LineStyle { fill: Some('─'), ..LineStyle::none() };
        let mut table = Table::new();
        table.load_style(NOTHING.header_separator(rule));
        table.set_content_arrangement(ContentArrangement::Disabled).force_no_tty();
        table
    }

    fn constrain(&self, table: &mut Table) {
        for (position, (_, column, room)) in self.columns.iter().enumerate() {
            let Some(place) = table.column_mut(position) else { continue };
            let gap = if position == 0 { 0 } else { column.gap() };
            let gap = u16::try_from(gap).unwrap_or_default();
            let room = u16::try_from(*room).unwrap_or(u16::MAX);
            place.set_padding((gap, 0));
            place.set_constraint(ColumnConstraint::Absolute(Width::Fixed(room.saturating_add(gap))));
            if column.right_aligned {
                place.set_cell_alignment(CellAlignment::Right);
            }
        }
    }

    fn total(&self) -> usize {
        let sum: usize = self.columns.iter().map(|(_, column, width)| column.gap() + width).sum();
        sum - self.columns.first().map_or(0, |(_, column, _)| column.gap())
    }

    /// Headers stand on the rule, however many lines they have.
    fn headers(&self) -> Vec<String> {
        let broken: Vec<Vec<String>> =
            self.columns.iter().map(|(_, column, width)| column.header_lines(*width)).collect();
        let height = broken.iter().map(Vec::len).max().unwrap_or_default();
        let header = |(lines, (_, column, _)): (&Vec<String>, &(usize, &Column, usize))| {
            let inset = " ".repeat(column.inset());
            let blank = std::iter::repeat_n(String::new(), height - lines.len());
            let text = lines
                .iter()
                .map(|line| self.styled(&[Span::new(format!("{inset}{line}{inset}"), column.header_style)]));
            blank.chain(text).collect::<Vec<_>>().join("\n")
        };
        broken.iter().zip(&self.columns).map(header).collect()
    }

    fn cells(&self, cells: &[Cell]) -> Vec<String> {
        let cell = |(index, _, room): &(usize, &Column, usize)| {
            cells.get(*index).map_or_else(String::new, |cell| self.styled(&clipped(cell, *room)))
        };
        self.columns.iter().map(cell).collect()
    }

    fn styled(&self, cell: &[Span]) -> String {
        let mut text = Vec::new();
        let mut ink = Ink::new(self.color, &mut text);
        cell.iter().for_each(|span| ink.span(span));
        ink.settle();
        String::from_utf8_lossy(&text).into_owned()
    }
}

/// A line without the blanks at its end.
fn end_line(line: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(line.trim_end().as_bytes());
    out.push(b'\n');
}

/// Columns that a cell takes.
pub(crate) fn cell_width(cell: &[Span]) -> usize {
    cell.iter().map(|span| width(&span.text)).sum()
}

/// As much of a cell as some columns hold. Of a further span of which nothing would be left, there is not
/// even an ellipsis.
fn clipped(cell: &[Span], most: usize) -> Cell {
    let mut room = most;
    let mut kept: Cell = Vec::with_capacity(cell.len());
    for span in cell {
        let text = clip(&span.text, room);
        let whole = matches!(text, Cow::Borrowed(_));
        if !whole && !kept.is_empty() && width(&text) <= 1 {
            break;
        }
        room -= width(&text).min(room);
        kept.push(Span::new(text, span.style));
        if !whole {
            break;
        }
    }
    kept
}

/// Writes styled text without blanks at the ends of lines.
pub(crate) struct Ink<'o> {
    color: bool,
    out: &'o mut Vec<u8>,
    blanks: usize,
}

impl<'o> Ink<'o> {
    pub(crate) fn new(color: bool, out: &'o mut Vec<u8>) -> Self {
        Self { color, out, blanks: 0 }
    }

    fn skip(&mut self, columns: usize) {
        self.blanks += columns;
    }

    /// A line of its own, clipped to some columns.
    pub(crate) fn line(&mut self, cell: &[Span], most: usize) {
        clipped(cell, most).iter().for_each(|span| self.span(span));
        self.end_line();
    }

    fn span(&mut self, span: &Span) {
        if self.color && !span.style.is_plain() && !span.text.is_empty() {
            self.settle();
            let styled = format!("{}{}{}", span.style.render(), span.text, span.style.render_reset());
            self.out.extend_from_slice(styled.as_bytes());
            return;
        }
        let text = span.text.trim_start_matches(' ');
        self.skip(span.text.len() - text.len());
        let inked = text.trim_end_matches(' ');
        if !inked.is_empty() {
            self.settle();
            self.out.extend_from_slice(inked.as_bytes());
        }
        self.skip(text.len() - inked.len());
    }

    fn settle(&mut self) {
        let blanks = std::mem::take(&mut self.blanks);
        self.out.extend(std::iter::repeat_n(b' ', blanks));
    }

    fn end_line(&mut self) {
        self.blanks = 0;
        self.out.push(b'\n');
    }
}
