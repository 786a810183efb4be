//! How wide the columns of a table are.
//!
//! What does not fit first gets headers of several lines, then is clipped as far as its columns still
//! say something, and then stands in several blocks that each repeat the first column.

use super::Screen;
use super::grid::{Column, Grid, Line, cell_width};
use super::text::{narrowest, width};
use std::ops::Range;

/// The widths of all columns, and which of them stand in each block besides the first.
pub(crate) struct Fitted {
    pub(crate) widths: Vec<usize>,
    pub(crate) blocks: Vec<Range<usize>>,
}

/// No terminal is narrower; if one says so, its lines are longer.
const NARROWEST: usize = 20;

/// The width to keep to, if there is one.
pub(crate) fn most(screen: Screen) -> Option<usize> {
    screen.width.map(|width| usize::from(width).max(NARROWEST))
}

/// Fits a table to a place; without a width it is as wide as it is.
pub(crate) fn fit(grid: &Grid, screen: Screen) -> Fitted {
    let columns = &grid.columns;
    let all = 1..columns.len().max(1);
    let Some(most) = most(screen) else {
        let widths = with_headers(columns, &content_widths(grid, usize::MAX), width);
        return Fitted { widths, blocks: vec![all] };
    };
    let content = content_widths(grid, most);
    let natural = with_headers(columns, &content, width);
    if total(columns, &natural) <= most {
        return Fitted { widths: natural, blocks: vec![all] };
    }
    let mut widths = with_headers(columns, &content, narrowest);
    shrink(columns, &mut widths, most);
    let blocks = match most.checked_sub(total(columns, &widths)) {
        Some(room) => {
            flatten(columns, &mut widths, &natural, room);
            vec![all]
        }
        None => split(columns, &mut widths, &natural, most),
    };
    Fitted { widths, blocks }
}

/// The widest cell of each column, as far as it matters.
fn content_widths(grid: &Grid, most: usize) -> Vec<usize> {
    let mut widths = vec![0; grid.columns.len()];
    for row in &grid.rows {
        let Line::Cells(cells) = row else { continue };
        for (widest, cell) in widths.iter_mut().zip(cells) {
            *widest = cell_width(cell).max(*widest).min(most);
        }
    }
    widths
}

fn with_headers(columns: &[Column], content: &[usize], header: fn(&str) -> usize) -> Vec<usize> {
    let headers = columns.iter().map(|column| header(&column.header) + 2 * column.inset());
    headers.zip(content).map(|(header, &content)| content.max(header)).collect()
}

fn total(columns: &[Column], widths: &[usize]) -> usize {
    let gaps: usize = columns.iter().skip(1).map(Column::gap).sum();
    gaps + widths.iter().sum::<usize>()
}

/// Takes from the columns that may be clipped, most where most is left, until all fit or none may be.
fn shrink(columns: &[Column], widths: &mut [usize], most: usize) {
    let excess = total(columns, widths).saturating_sub(most);
    for _ in 0..excess {
        let slack = |(width, column): (usize, &Column)| Some(width.saturating_sub(column.least?));
        let widest = widths.iter_mut().zip(columns).max_by_key(|(width, column)| slack((**width, column)));
        match widest {
            Some((width, column)) if slack((*width, column)) > Some(0) => *width -= 1,
            _ => return,
        }
    }
}

/// Gives room that is left to the columns whose headers take the most lines, so that they take fewer.
fn flatten(columns: &[Column], widths: &mut [usize], natural: &[usize], room: usize) {
    for _ in 0..room {
        let cramped = widths.iter_mut().zip(natural).zip(columns);
        let tallest = cramped
            .filter(|((width, natural), column)| **width < **natural && column.least.is_none())
            .max_by_key(|((width, _), column)| column.header_lines(**width).len());
        match tallest {
            Some(((width, _), _)) => *width += 1,
            None => return,
        }
    }
}

/// As many columns in each block as fit beside the first. With so little room, what may be clipped gets
/// no more than a part of it.
fn split(columns: &[Column], widths: &mut [usize], natural: &[usize], most: usize) -> Vec<Range<usize>> {
    for (index, ((width, natural), column)) in widths.iter_mut().zip(natural).zip(columns).enumerate() {
        if column.least.is_some() {
            let part = if index == 0 { most / 4 } else { most / 6 };
            *width = (*natural).min(part.max(*width)).min(most / 2);
        }
    }
    let lead = widths.first().copied().unwrap_or_default();
    let (mut blocks, mut from, mut taken) = (Vec::new(), 1, lead);
    for (index, (width, column)) in widths.iter_mut().zip(columns).enumerate().skip(1) {
        *width = (*width).min(most.saturating_sub(lead + column.gap())).max(1);
        if taken + column.gap() + *width > most && from < index {
            blocks.push(from..index);
            (from, taken) = (index, lead);
        }
        taken += column.gap() + *width;
    }
    blocks.push(from..columns.len().max(from));
    blocks
}
