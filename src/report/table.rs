//! `table`: a table of entities for each blueprint, followed by the distribution of levels.

use super::badge::badge;
use super::entity_list::{EntityList, entity_lists, legend};
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
        let lists = entity_lists(self.context, totals);
        let mut printer = Printer::new(self.context.screen, out);
        if lists.is_empty() {
            printer.line(&[Span::plain(empty_message(totals))]);
        }
        for (index, list) in lists.iter().enumerate() {
            if index > 0 {
                printer.gap();
            }
            self.blueprint(list, &mut printer);
        }
        if let Some(legend) = legend(&lists) {
            printer.gap();
            printer.line(&[Span::new(legend, DIM)]);
        }
    }
}

impl Table<'_> {
    fn blueprint(&self, list: &EntityList<'_>, printer: &mut Printer<'_>) {
        heading(list.section.blueprint, &list.count(), printer);
        printer.gap();
        if list.listed > 0 {
            self.grid(list, printer);
        }
        if list.cut > 0 {
            printer.line(&[Span::new(format!("… and {} more", thousands(list.cut as u64)), DIM)]);
        }
        if list.listed > 0 || list.cut > 0 {
            printer.gap();
        }
        if list.listed as u64 != list.section.entities {
            let all = counted(list.section.entities, "entity", "entities");
            printer.line(&[Span::new(format!("all {all}"), DIM)]);
        }
        distribution(&list.section, printer);
    }

    fn grid(&self, list: &EntityList<'_>, printer: &mut Printer<'_>) {
        let lines = list.groups.iter().flat_map(|group| {
            let heading = group.heading.map(|name| {
                let count = format!(" · {}", thousands(group.rows.len() as u64));
                Line::Heading(vec![Span::new(name, STRONG), Span::new(count, DIM)])
            });
            let indent = if group.heading.is_some() { "  " } else { "" };
            let rows = group.rows.iter().map(move |row| Line::Cells(cells(list, row, indent)));
            heading.into_iter().chain(rows)
        });
        Grid::new(self.columns(list), lines).print(printer);
    }

    fn columns(&self, list: &EntityList<'_>) -> Vec<Column> {
        let text = |header: &str, least: usize| {
            let header = clean(header).into_owned();
            let least = least.max(width(&header).min(2 * LEAST_OTHER));
            Column::new(header, Overflow::Cut(least))
        };
        let mut columns = vec![text("Title", LEAST_TITLE)];
        if list.shows_team {
            columns.push(text("Team", LEAST_OTHER));
        }
        columns.extend(self.context.display.shown.iter().map(|(name, _)| text(name, LEAST_OTHER)));
        columns.extend(list.section.cards.iter().map(|card| Column::badges(card.title.as_str())));
        columns
    }
}

fn cells<'t>(list: &EntityList<'_>, row: &'t Row, indent: &'static str) -> Vec<Cell<'t>> {
    let mut name = vec![Span::plain(indent), Span::plain(row.title.as_str())];
    if row.identifier != row.title {
        name.push(Span::new(format!("  {}", row.identifier), DIM));
    }
    let mut cells = vec![name];
    if list.shows_team {
        cells.push(vec![Span::plain(row.team.join(", "))]);
    }
    cells.extend(row.shown.iter().map(|text| vec![Span::plain(text.as_str())]));
    cells.extend(list.section.cards.iter().map(|card| {
        row.result(card.index).map(|result| badge(card.definition, result.standing)).into_iter().collect()
    }));
    cells
}
