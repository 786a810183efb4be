//! `table`: for a terminal, one a blueprint, with the distribution of levels below it.

use super::badge::{BOLD, DIM, badge};
use super::listing::{Listing, legend, listings};
use super::summary::{distribution, heading, nothing};
use super::{Context, Report, Row, Totals};
use crate::terminal::{Cell, Column, Grid, Ink, Line, Span};
use crate::terminal::{clean, counted, width};

pub(super) struct Table<'c> {
    pub(super) context: Context<'c>,
}

/// Widths to which columns may be clipped and still say something.
const LEAST_TITLE: usize = 20;
const LEAST_OTHER: usize = 8;

impl Report for Table<'_> {
    fn wants_rows(&self) -> bool {
        true
    }

    fn finish(&self, totals: &Totals<'_>, out: &mut Vec<u8>) {
        let listings = listings(self.context, totals);
        if listings.is_empty() {
            out.extend_from_slice(nothing(totals).as_bytes());
        }
        for (index, listing) in listings.iter().enumerate() {
            if index > 0 {
                out.push(b'\n');
            }
            self.blueprint(listing, out);
        }
        if let Some(legend) = legend(&listings) {
            out.push(b'\n');
            self.note(&legend, out);
        }
    }
}

impl Table<'_> {
    fn blueprint(&self, listing: &Listing<'_>, out: &mut Vec<u8>) {
        let screen = self.context.screen;
        heading(listing.section.blueprint, &listing.count(), screen, out);
        out.push(b'\n');
        if listing.listed > 0 {
            self.grid(listing).print(screen, out);
        }
        if listing.cut > 0 {
            self.note(&format!("… and {} more", listing.cut), out);
        }
        if listing.listed > 0 || listing.cut > 0 {
            out.push(b'\n');
        }
        if listing.listed as u64 != listing.section.entities {
            let all = counted(listing.section.entities, "entity", "entities");
            self.note(&format!("all {all}"), out);
        }
        distribution(&listing.section, screen, out);
    }

    fn grid(&self, listing: &Listing<'_>) -> Grid {
        let mut rows = Vec::new();
        for group in &listing.groups {
            if let Some(name) = group.heading {
                let count = format!(" · {}", group.rows.len());
                rows.push(Line::Heading(vec![Span::new(clean(name), BOLD), Span::new(count, DIM)]));
            }
            let indent = if group.heading.is_some() { "  " } else { "" };
            rows.extend(group.rows.iter().map(|row| Line::Cells(self.cells(listing, row, indent))));
        }
        Grid { columns: self.columns(listing), rows }
    }

    fn columns(&self, listing: &Listing<'_>) -> Vec<Column> {
        let text = |header: &str, least: usize| Column {
            header: clean(header).into_owned(),
            header_style: BOLD,
            least: Some(least.max(width(&clean(header)).min(2 * LEAST_OTHER))),
            ..Column::default()
        };
        let mut columns = vec![text("Title", LEAST_TITLE)];
        if listing.shows_team {
            columns.push(text("Team", LEAST_OTHER));
        }
        columns.extend(self.context.display.shown.iter().map(|(name, _)| text(name, LEAST_OTHER)));
        columns.extend(listing.section.cards.iter().map(|card| Column {
            header: card.title.clone(),
            header_style: BOLD,
            badges: true,
            ..Column::default()
        }));
        columns
    }

    fn cells(&self, listing: &Listing<'_>, row: &Row, indent: &str) -> Vec<Cell> {
        let mut name = vec![Span::plain(format!("{indent}{}", clean(&row.title)))];
        if row.identifier != row.title {
            name.push(Span::new(format!("  {}", clean(&row.identifier)), DIM));
        }
        let mut cells = vec![name];
        if listing.shows_team {
            cells.push(vec![Span::plain(clean(&row.team.join(", ")))]);
        }
        cells.extend(row.shown.iter().map(|text| vec![Span::plain(clean(text))]));
        cells.extend(listing.section.cards.iter().map(|card| {
            row.result(card.index).map(|result| badge(card.definition, result.standing)).into_iter().collect()
        }));
        cells
    }

    fn note(&self, text: &str, out: &mut Vec<u8>) {
        let screen = self.context.screen;
        let most = crate::terminal::most(screen).unwrap_or(usize::MAX);
        Ink::new(screen.color, out).line(&[Span::new(text, DIM)], most);
    }
}
