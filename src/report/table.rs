//! `table`: a table of entities for each blueprint, followed by the distribution of levels.

use super::badge::badge;
use super::listing::{Listing, legend, listings};
use super::summary::{distribution, empty_message, heading};
use super::{Context, Report, Row, Totals};
use crate::terminal::{
    Cell, Column, DIM, Grid, Line, Overflow, Printer, STRONG, Span, clean, counted, thousands, width,
};

pub(super) struct Table<'c> {
    pub(super) context: Context<'c>,
}

/// The minimum widths of columns.
const LEAST_TITLE: usize = 20;
const LEAST_OTHER: usize = 8;

impl Report for Table<'_> {
    fn wants_rows(&self) -> bool {
        true
    }

    fn finish(&self, totals: &Totals<'_>, out: &mut Vec<u8>) {
        let listings = listings(self.context, totals);
        let mut printer = Printer::new(self.context.screen, out);
        if listings.is_empty() {
            printer.line(&[Span::plain(empty_message(totals))]);
        }
        for (index, listing) in listings.iter().enumerate() {
            if index > 0 {
                printer.gap();
            }
            self.blueprint(listing, &mut printer);
        }
        if let Some(legend) = legend(&listings) {
            printer.gap();
            printer.line(&[Span::new(legend, DIM)]);
        }
    }
}

impl Table<'_> {
    fn blueprint(&self, listing: &Listing<'_>, printer: &mut Printer<'_>) {
        heading(listing.section.blueprint, &listing.count(), printer);
        printer.gap();
        if listing.listed > 0 {
            self.grid(listing, printer);
        }
        if listing.cut > 0 {
            printer.line(&[Span::new(format!("… and {} more", thousands(listing.cut as u64)), DIM)]);
        }
        if listing.listed > 0 || listing.cut > 0 {
            printer.gap();
        }
        if listing.listed as u64 != listing.section.entities {
            let all = counted(listing.section.entities, "entity", "entities");
            printer.line(&[Span::new(format!("all {all}"), DIM)]);
        }
        distribution(&listing.section, printer);
    }

    fn grid(&self, listing: &Listing<'_>, printer: &mut Printer<'_>) {
        let lines = listing.groups.iter().flat_map(|group| {
            let heading = group.heading.map(|name| {
                let count = format!(" · {}", thousands(group.rows.len() as u64));
                Line::Heading(vec![Span::new(name, STRONG), Span::new(count, DIM)])
            });
            let indent = if group.heading.is_some() { "  " } else { "" };
            let rows = group.rows.iter().map(move |row| Line::Cells(cells(listing, row, indent)));
            heading.into_iter().chain(rows)
        });
        Grid::new(self.columns(listing), lines).print(printer);
    }

    fn columns(&self, listing: &Listing<'_>) -> Vec<Column> {
        let text = |header: &str, least: usize| {
            let header = clean(header).into_owned();
            let least = least.max(width(&header).min(2 * LEAST_OTHER));
            Column::new(header, Overflow::Cut(least))
        };
        let mut columns = vec![text("Title", LEAST_TITLE)];
        if listing.shows_team {
            columns.push(text("Team", LEAST_OTHER));
        }
        columns.extend(self.context.display.shown.iter().map(|(name, _)| text(name, LEAST_OTHER)));
        columns.extend(listing.section.cards.iter().map(|card| Column::badges(card.title.as_str())));
        columns
    }
}

fn cells<'t>(listing: &Listing<'_>, row: &'t Row, indent: &'static str) -> Vec<Cell<'t>> {
    let mut name = vec![Span::plain(indent), Span::plain(row.title.as_str())];
    if row.identifier != row.title {
        name.push(Span::new(format!("  {}", row.identifier), DIM));
    }
    let mut cells = vec![name];
    if listing.shows_team {
        cells.push(vec![Span::plain(row.team.join(", "))]);
    }
    cells.extend(row.shown.iter().map(|text| vec![Span::plain(text.as_str())]));
    cells.extend(listing.section.cards.iter().map(|card| {
        row.result(card.index).map(|result| badge(card.definition, result.standing)).into_iter().collect()
    }));
    cells
}
