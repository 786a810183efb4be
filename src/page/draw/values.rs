//! The chart of the values of a field, and the number of a number chart.

use super::colors::{NONE_CLASS, OTHER_CLASS, value_class};
use super::donut::{Slice, donut};
use super::levels::NONE_SELECTED;
use super::text::{Exact, named, shown};
use crate::page::view::ValueCounts;
use crate::report::percent;
use crate::terminal::{NOT_APPLICABLE, clean, counted, thousands};
use maud::{Markup, html};

/// A part of the ring, and a row of the list beside it.
struct Segment<'s> {
    name: String,
    /// `None` for entities without a value and for other values.
    value: Option<&'s str>,
    is_missing: bool,
    count: u64,
    class: &'static str,
    mark: String,
}

/// Draws how many entities have each value.
pub(super) fn values(chart: &ValueCounts<'_>) -> Markup {
    let segments = segments(chart);
    if chart.entities == 0 {
        let text = chart.empty_text.map(|text| clean(text).into_owned());
        return html! { p.empty { (text.unwrap_or_else(|| NONE_SELECTED.to_owned())) } };
    }
    let slices = segments.iter().map(|segment| Slice {
        count: segment.count,
        class: segment.class,
        letters: segment.mark.as_str(),
        hint: format!("{}: {}", segment.name, thousands(segment.count)),
        target: None,
    });
    let slices: Vec<Slice<'_>> = slices.collect();
    // an entity with several values counts in each of them, so the others cannot be a share of the entities
    let sum: u64 = segments.iter().map(|segment| segment.count).sum();
    let with_value = (chart.entities - chart.missing, sum == chart.entities);
    html! {
        div.chart {
            (donut(&slices, chart.entities))
            ul.legend {
                @for segment in &segments { li { (legend_row(segment, chart.field, with_value)) } }
            }
        }
    }
}

fn segments<'s>(chart: &'s ValueCounts<'_>) -> Vec<Segment<'s>> {
    let value = |(position, (value, count)): (usize, &'s (String, u64))| Segment {
        name: named(value).as_str().to_owned(),
        value: Some(value),
        is_missing: false,
        count: *count,
        class: value_class(position),
        mark: (position + 1).to_string(),
    };
    let others = chart.others.map(|(count, values)| Segment {
        name: others_name(values, chart.has_more),
        value: None,
        is_missing: false,
        count,
        class: OTHER_CLASS,
        mark: "…".to_owned(),
    });
    let missing = (chart.missing > 0).then(|| Segment {
        name: "no value".to_owned(),
        value: None,
        is_missing: true,
        count: chart.missing,
        class: NONE_CLASS,
        mark: NOT_APPLICABLE.to_owned(),
    });
    chart.values.iter().enumerate().map(value).chain(others).chain(missing).collect()
}

fn others_name(values: u64, has_more: bool) -> String {
    let more = if has_more { "more than " } else { "" };
    format!("Other ({more}{})", counted(values, "value", "values"))
}

/// A row of the list. `with_value` is the number of entities with a value, and whether each has one.
fn legend_row(segment: &Segment<'_>, field: &str, with_value: (u64, bool)) -> Markup {
    let (all, is_single) = with_value;
    let has_share = !segment.is_missing && (segment.value.is_some() || is_single);
    let share = if has_share { percent(segment.count, all) } else { String::new() };
    let inside = html! {
        span.sw.(segment.class) aria-hidden="true" { (segment.mark) }
        span.name { (segment.name) }
        strong { (thousands(segment.count)) }
        span.share { (share) }
    };
    html! {
        @if segment.value.is_some() || segment.is_missing {
            span.row data-segment data-property=(Exact(field)) data-value=[segment.value.map(Exact)]
                data-count=(segment.count) { (inside) }
        } @else {
            span.row data-others data-count=(segment.count) { (inside) }
        }
    }
}

/// One number, large.
pub(super) fn number(count: u64) -> Markup {
    html! { p.number { (shown(thousands(count))) } }
}
