//! `summary`: only the distribution per scorecard; for big inputs.
//!
//! A row a scorecard, a column a level. Scorecards with other levels stand in a table of their own.

use super::badge::{BOLD, DIM, ink, style};
use super::distribution::{Card, Section, percent, sections};
use super::{Context, Report, Totals};
use crate::terminal::{Cell, Column, Grid, Ink, Line, Screen, Span};
use crate::terminal::{clean, counted};
use anstyle::Style as TextStyle;

pub(super) struct Distribution<'c> {
    pub(super) context: Context<'c>,
}

impl Report for Distribution<'_> {
    fn finish(&self, totals: &Totals<'_>, out: &mut Vec<u8>) {
        let screen = self.context.screen;
        let sections = sections(self.context, totals.tally);
        if sections.is_empty() {
            out.extend_from_slice(nothing(totals).as_bytes());
        }
        for (index, section) in sections.iter().enumerate() {
            if index > 0 {
                out.push(b'\n');
            }
            let count = counted(section.entities, "entity", "entities");
            heading(section.blueprint, &count, screen, out);
            out.push(b'\n');
            distribution(section, screen, out);
        }
    }
}

/// What is said when there is nothing to show.
pub(super) fn nothing(totals: &Totals<'_>) -> String {
    match totals.tally.entities {
        0 => "no entities\n".to_owned(),
        count => {
            format!("none of {} is graded by a scorecard shown here\n", counted(count, "entity", "entities"))
        }
    }
}

/// The blueprint, and how many entities of it.
pub(super) fn heading(blueprint: &str, count: &str, screen: Screen, out: &mut Vec<u8>) {
    let cell = [Span::new(clean(blueprint), BOLD), Span::new(format!(" · {count}"), DIM)];
    Ink::new(screen.color, out).line(&cell, crate::terminal::most(screen).unwrap_or(usize::MAX));
}

/// How many entities stand where, for each scorecard of a blueprint.
pub(super) fn distribution(section: &Section<'_>, screen: Screen, out: &mut Vec<u8>) {
    for (index, family) in section.families().iter().enumerate() {
        if index > 0 {
            out.push(b'\n');
        }
        grid(family, screen).print(screen, out);
    }
}

fn grid(family: &[&Card<'_>], screen: Screen) -> Grid {
    let no_data = family.iter().any(|card| card.no_data > 0);
    let not_applicable = family.iter().any(|card| card.not_applicable > 0);
    let mut columns = vec![Column { header: "Scorecard".to_owned(), least: Some(20), ..Column::default() }];
    let levels = family.first().into_iter().flat_map(|card| card.levels());
    columns.extend(levels.map(|(level, _)| Column {
        header: clean(&level.title).into_owned(),
        header_style: self::style(level),
        right_aligned: true,
        badges: true,
        ..Column::default()
    }));
    for (header, shown) in [("no data", no_data), ("not applicable", not_applicable)] {
        if shown {
            columns.push(Column {
                header: header.to_owned(),
                header_style: DIM,
                right_aligned: true,
                ..Column::default()
            });
        }
    }
    columns.push(Column::default());
    let digits = family.iter().flat_map(|card| card.counts).max().map_or(1, |most| most.to_string().len());
    let row = |card: &&Card<'_>| {
        let mut cells = vec![vec![Span::plain(card.title.as_str())]];
        cells.extend(card.counts.iter().map(|&count| vec![figure(count, card.graded, digits)]));
        if no_data {
            cells.push(vec![mark(card.no_data)]);
        }
        if not_applicable {
            cells.push(vec![mark(card.not_applicable)]);
        }
        cells.push(bar(card, screen));
        Line::Cells(cells)
    };
    Grid { columns, rows: family.iter().map(row).collect() }
}

/// ` 12  25% `, dim if there are none.
fn figure(count: u64, graded: u64, digits: usize) -> Span {
    let text = format!(" {count:>digits$} {:>4} ", percent(count, graded));
    Span::new(text, if count == 0 { DIM } else { TextStyle::new() })
}

fn mark(count: u64) -> Span {
    if count == 0 { Span::new("0", DIM) } else { Span::plain(count.to_string()) }
}

/// A bar with a part for each level: in its colour, or else the higher the darker.
fn bar(card: &Card<'_>, screen: Screen) -> Cell {
    let cells = if screen.width.is_some_and(|width| width < 100) { 10 } else { 20 };
    card.levels()
        .zip(card.bar(cells))
        .map(|((level, _), shades)| match ink(level) {
            Some(ink) if screen.color => Span::new("█".repeat(shades.chars().count()), ink),
            _ => Span::plain(shades),
        })
        .collect()
}
