//! Columns for a terminal, printed under a thin rule.
//!
//! Colour is ours and not a table library's: it follows `--color` alone, whatever the environment says
//! to others, and one cell may have several.

use super::fit::fit;
use super::text::{clip, lines, width};
use anstyle::Style;
use std::borrow::Cow;

/// Text in one style.
#[derive(Debug, Clone, Default)]
pub(super) struct Span {
    pub(super) text: String,
    pub(super) style: Style,
}

impl Span {
    pub(super) fn new(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style }
    }

    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::new(text, Style::new())
    }
}

/// What stands in one row of one column: text of several styles.
pub(super) type Cell = Vec<Span>;

/// One column.
#[derive(Debug, Default)]
pub(super) struct Column {
    pub(super) header: String,
    pub(super) header_style: Style,
    pub(super) right_aligned: bool,
    /// Its cells are badges, which bring a space on either side; so does its header.
    pub(super) badges: bool,
    /// A width to which it may be clipped; without one it keeps its own.
    pub(super) least: Option<usize>,
}

impl Column {
    /// Columns between it and the one before.
    pub(super) fn gap(&self) -> usize {
        if self.badges { 1 } else { 2 }
    }

    /// Columns on either side of its header.
    pub(super) fn inset(&self) -> usize {
        usize::from(self.badges)
    }

    /// Its header, broken to a width.
    pub(super) fn header_lines(&self, width: usize) -> Vec<String> {
        lines(&self.header, width.saturating_sub(2 * self.inset()))
    }
}

/// One row.
pub(super) enum Line {
    Cells(Vec<Cell>),
    /// A heading of the rows that follow.
    Heading(Cell),
}

/// A table. Its first column leads every block.
#[derive(Default)]
pub(super) struct Grid {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Line>,
}

impl Grid {
    /// Appends it as text.
    pub(super) fn print(&self, style: super::Style, out: &mut Vec<u8>) {
        let fitted = fit(self, style);
        for (index, block) in fitted.blocks.iter().enumerate() {
            if index > 0 {
                out.push(b'\n');
            }
            let columns = std::iter::once(0).chain(block.clone()).filter_map(|index| {
                Some((index, self.columns.get(index)?, fitted.widths.get(index).copied()?))
            });
            Block { columns: columns.collect(), ink: Ink::new(style.color, out) }.print(self);
        }
    }
}

/// Some of the columns side by side, each with its index and width.
struct Block<'g, 'o> {
    columns: Vec<(usize, &'g Column, usize)>,
    ink: Ink<'o>,
}

impl Block<'_, '_> {
    fn print(mut self, grid: &Grid) {
        self.headers();
        self.rule();
        let total = self.total();
        for row in &grid.rows {
            match row {
                Line::Heading(cell) => self.ink.line(cell, total),
                Line::Cells(cells) => self.cells(cells),
            }
        }
    }

    fn total(&self) -> usize {
        let sum: usize = self.columns.iter().map(|(_, column, width)| column.gap() + width).sum();
        sum - self.columns.first().map_or(0, |(_, column, _)| column.gap())
    }

    /// Headers stand on the rule, however many lines they have.
    fn headers(&mut self) {
        let headers: Vec<Vec<String>> =
            self.columns.iter().map(|(_, column, width)| column.header_lines(*width)).collect();
        let height = headers.iter().map(Vec::len).max().unwrap_or_default();
        for line in 0..height {
            let texts: Vec<Cell> = self
                .columns
                .iter()
                .zip(&headers)
                .map(|((_, column, _), header)| {
                    let text = (line + header.len()).checked_sub(height).and_then(|line| header.get(line));
                    let inset = " ".repeat(column.inset());
                    text.map(|text| Span::new(format!("{inset}{text}{inset}"), column.header_style))
                        .into_iter()
                        .collect()
                })
                .collect();
            self.line(texts.iter());
        }
    }

    fn rule(&mut self) {
        let rule = Span::new("─".repeat(self.total()), super::badge::DIM);
        self.ink.span(&rule);
        self.ink.end_line();
    }

    fn cells(&mut self, cells: &[Cell]) {
        let chosen: Vec<&Cell> = self.columns.iter().filter_map(|(index, ..)| cells.get(*index)).collect();
        self.line(chosen.into_iter());
    }

    fn line<'c>(&mut self, cells: impl Iterator<Item = &'c Cell>) {
        for (index, ((_, column, room), cell)) in self.columns.iter().zip(cells).enumerate() {
            if index > 0 {
                self.ink.skip(column.gap());
            }
            let cell = clipped(cell, *room);
            let rest = room.saturating_sub(cell_width(&cell));
            let (before, after) = if column.right_aligned { (rest, 0) } else { (0, rest) };
            self.ink.skip(before);
            cell.iter().for_each(|span| self.ink.span(span));
            self.ink.skip(after);
        }
        self.ink.end_line();
    }
}

/// Columns that a cell takes.
pub(super) fn cell_width(cell: &[Span]) -> usize {
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
pub(super) struct Ink<'o> {
    color: bool,
    out: &'o mut Vec<u8>,
    blanks: usize,
}

impl<'o> Ink<'o> {
    pub(super) fn new(color: bool, out: &'o mut Vec<u8>) -> Self {
        Self { color, out, blanks: 0 }
    }

    fn skip(&mut self, columns: usize) {
        self.blanks += columns;
    }

    /// A line of its own, clipped to some columns.
    pub(super) fn line(&mut self, cell: &[Span], most: usize) {
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
