//! The widths of the columns of a table.
//!
//! If a table is too wide, its headers are wrapped first. If that is not enough, its columns are narrowed down to
//! their minimum widths. After that, it is split into several blocks, each of which repeats the first column.

use super::column::Column;
use super::span::width;
use std::ops::Range;

/// The widths of all columns, and the blocks of a table.
pub(super) struct Fitted {
    pub(super) widths: Vec<usize>,
    /// The columns of each block, without the first column.
    pub(super) blocks: Vec<Range<usize>>,
}

/// The maximum width of a column if the width of the screen is unknown. Every row is padded to the width of its
/// columns, so one long text would otherwise be multiplied by the number of rows.
const WIDEST: usize = 1_000;

/// Fits columns to a width. `content` are the widths of their widest cells. Without a maximum width, each column is
/// as wide as its content, up to 1,000 columns.
pub(super) fn fit(columns: &[Column], mut content: Vec<usize>, max_width: Option<usize>) -> Fitted {
    let all = 1..columns.len().max(1);
    prefer(columns, &mut content, max_width);
    let natural_header = |column: &Column| width(&column.header);
    let Some(max_width) = max_width else {
        content.iter_mut().for_each(|width| *width = (*width).min(WIDEST));
        let natural_header = |column: &Column| natural_header(column).min(WIDEST);
        return Fitted { widths: with_headers(columns, &content, natural_header), blocks: vec![all] };
    };
    content.iter_mut().for_each(|width| *width = (*width).min(max_width));
    let natural = with_headers(columns, &content, natural_header);
    if total(columns, &natural) <= max_width {
        return Fitted { widths: natural, blocks: vec![all] };
    }
    let mut widths = with_headers(columns, &content, Column::narrowest_header);
    shrink(columns, &mut widths, max_width);
    let blocks = match max_width.checked_sub(total(columns, &widths)) {
        Some(room) => {
            flatten(columns, &mut widths, &natural, room);
            vec![all]
        }
        None => split(columns, &mut widths, &natural, max_width),
    };
    Fitted { widths, blocks }
}

/// Widens columns to their preferred widths, unless those need more than three fifths of the width.
fn prefer(columns: &[Column], content: &mut [usize], max_width: Option<usize>) {
    let preferred: Vec<usize> = columns.iter().map(|column| column.preferred).collect();
    if max_width.is_none_or(|max_width| total(columns, &preferred) <= max_width / 5 * 3) {
        content.iter_mut().zip(preferred).for_each(|(width, preferred)| *width = preferred.max(*width));
    }
}

/// The width of a table whose headers are wrapped as far as possible, and whose cells are whole. `content` are the widths
/// of the widest cells.
pub(super) fn narrowest_uncut(columns: &[Column], content: &[usize]) -> usize {
    total(columns, &with_headers(columns, content, Column::narrowest_header))
}

fn with_headers(columns: &[Column], content: &[usize], header: impl Fn(&Column) -> usize) -> Vec<usize> {
    let headers = columns.iter().map(|column| header(column) + 2 * column.inset());
    headers.zip(content).map(|(header, &content)| content.max(header)).collect()
}

fn total(columns: &[Column], widths: &[usize]) -> usize {
    let gaps: usize = columns.iter().skip(1).map(Column::gap).sum();
    gaps + widths.iter().sum::<usize>()
}

/// Narrows columns until the table fits or all have their minimum width. The column that is furthest above its
/// minimum is narrowed first.
fn shrink(columns: &[Column], widths: &mut [usize], max_width: usize) {
    let excess = total(columns, widths).saturating_sub(max_width);
    for _ in 0..excess {
        let slack = |(width, column): (usize, &Column)| Some(width.saturating_sub(column.least()?));
        let widest = widths.iter_mut().zip(columns).max_by_key(|(width, column)| slack((**width, column)));
        match widest {
            Some((width, column)) if slack((*width, column)) > Some(0) => *width -= 1,
            _ => return,
        }
    }
}

/// Uses the remaining room to widen the columns with the tallest headers.
fn flatten(columns: &[Column], widths: &mut [usize], natural: &[usize], room: usize) {
    for _ in 0..room {
        let cramped = widths.iter_mut().zip(natural).zip(columns);
        let tallest = cramped
            .filter(|((width, natural), _)| **width < **natural)
            .max_by_key(|((width, _), column)| column.header_lines(**width).len());
        match tallest {
            Some(((width, _), _)) => *width += 1,
            None => return,
        }
    }
}

/// Splits the columns into blocks, each with as many columns as fit beside the first column. A column that can be
/// narrowed gets only a part of the width.
fn split(columns: &[Column], widths: &mut [usize], natural: &[usize], max_width: usize) -> Vec<Range<usize>> {
    for (index, ((width, natural), column)) in widths.iter_mut().zip(natural).zip(columns).enumerate() {
        if column.least().is_some() {
            let part = if index == 0 { max_width / 4 } else { max_width / 6 };
            *width = (*natural).min(part.max(*width)).min(max_width / 2);
        }
    }
    let lead = widths.first().copied().unwrap_or_default();
    let (mut blocks, mut from, mut taken) = (Vec::new(), 1, lead);
    for (index, (width, column)) in widths.iter_mut().zip(columns).enumerate().skip(1) {
        *width = (*width).min(max_width.saturating_sub(lead + column.gap())).max(1);
        if taken + column.gap() + *width > max_width && from < index {
            blocks.push(from..index);
            (from, taken) = (index, lead);
        }
        taken += column.gap() + *width;
    }
    blocks.push(from..columns.len().max(from));
    blocks
}
