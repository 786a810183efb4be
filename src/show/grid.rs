//! Tables without frames: bold headers over one thin line, and text that wraps between words.
//!
//! Text of users is made fit for one line first, so that nothing in it moves the cursor.

use crate::terminal::Screen;
use crate::terminal::clean;
use comfy_table::{
    Attribute, Cell, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width,
};

/// No terminal is narrower; if one says so, its lines are longer.
const NARROWEST: u16 = 40;

/// A table to be.
pub(super) struct Grid {
    table: Table,
    screen: Screen,
}

impl Grid {
    /// A table with these headers.
    pub(super) fn new(headers: &[&str], screen: Screen) -> Self {
        let mut table = table(screen);
        table.load_style(TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─')));
        table.set_header(headers.iter().map(|header| Cell::new(header).add_attribute(Attribute::Bold)));
        Self { table, screen }
    }

    /// Adds a row.
    pub(super) fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        let cells: Vec<String> = cells.into_iter().map(|cell| clean(cell.as_ref()).into_owned()).collect();
        self.table.add_row(cells);
    }

    /// The columns that its text takes, one after the other.
    pub(super) fn widths(&self) -> Vec<u16> {
        self.table.column_max_content_widths()
    }

    /// Makes the first columns at least so wide, where that leaves enough to the last.
    pub(super) fn align(&mut self, widths: &[u16]) {
        let taken: u16 = widths.iter().fold(0, |sum, width| sum.saturating_add(*width).saturating_add(2));
        if self.screen.width.is_some_and(|most| taken > most.max(NARROWEST) / 5 * 3) {
            return;
        }
        for (index, width) in widths.iter().enumerate() {
            if let Some(column) = self.table.column_mut(index) {
                // the blanks beside the text count
                let width = width.saturating_add(1 + u16::from(index > 0));
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(width)));
            }
        }
    }

    /// Its text, without blanks at the ends of lines.
    pub(super) fn text(&mut self) -> String {
        let last = self.table.column_count().saturating_sub(1);
        for (index, column) in self.table.column_iter_mut().enumerate() {
            column.set_padding((u16::from(index > 0), u16::from(index < last)));
        }
        self.table.trim_fmt() + "\n"
    }
}

/// A heading over a table, which wraps as well.
pub(super) fn heading(text: &str, screen: Screen) -> String {
    paragraph(Cell::new(clean(text)).add_attribute(Attribute::Bold), screen)
}

/// A line over a table, which wraps as well.
pub(super) fn line(text: &str, screen: Screen) -> String {
    paragraph(Cell::new(clean(text)), screen)
}

fn paragraph(cell: Cell, screen: Screen) -> String {
    let mut table = table(screen);
    table.add_row([cell]);
    if let Some(only) = table.column_mut(0) {
        only.set_padding((0, 0));
    }
    table.trim_fmt() + "\n"
}

/// A table without lines.
fn table(screen: Screen) -> Table {
    let mut table = Table::new();
    table.load_style(TableStyle::new()).force_no_tty();
    if screen.color {
        table.enforce_styling();
        table.style_text_only();
    }
    if let Some(width) = screen.width {
        table.set_width(width.max(NARROWEST)).set_content_arrangement(ContentArrangement::Dynamic);
    }
    table
}
