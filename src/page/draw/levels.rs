//! The card of a scorecard: how many entities hold each level, the share at or above the minimum, the median of the
//! metric, and what changed.

use super::colors::{NO_DATA_CLASS, NONE_CLASS, level_class};
use super::donut::{Slice, donut};
use super::letters::letters;
use super::text::{Exact, named, shown, with_code};
use crate::explain::amount_of;
use crate::grade::Share;
use crate::page::view::{Distribution, LevelCount, Median, MinimumShare};
use crate::report::{Mark, percent};
use crate::scorecard::{Definition, Level};
use crate::terminal::{NO_DATA, NOT_APPLICABLE, clean, counted, thousands};
use maud::{Markup, html};

/// Draws a distribution. `target` is the table that lists the entities.
pub(super) fn distribution(chart: &Distribution<'_>, target: Option<&str>) -> Markup {
    let letters = letters(chart.scorecard.levels.iter().map(|level| level.title.as_str()));
    let segments = segments(chart, &letters);
    let total: u64 = segments.iter().map(|segment| segment.count).sum();
    if total == 0 {
        let text = chart.empty_text.map(|text| clean(text).into_owned());
        return html! {
            p.empty {
                @match (text, chart.is_filtered) {
                    (Some(text), _) => (text),
                    (None, true) => (NONE_SELECTED),
                    (None, false) => (with_code(&no_entities(&chart.scorecard.blueprint))),
                }
            }
        };
    }
    let with_data: u64 = chart.levels.iter().map(|level| level.with_data).sum();
    let slices = segments.iter().map(|segment| Slice {
        count: segment.count,
        class: segment.class,
        letters: segment.letters,
        hint: format!("{}: {}", segment.name, thousands(segment.count)),
        target,
    });
    let slices: Vec<Slice<'_>> = slices.collect();
    let moves = chart.moves.filter(|(up, down)| up + down > 0);
    html! {
        div.chart {
            (donut(&slices, total))
            ul.legend { @for segment in &segments { li { (legend_row(segment, chart.scorecard, with_data, target)) } } }
        }
        @if let Some(minimum) = &chart.minimum { (minimum_line(minimum, chart.scorecard)) }
        @if chart.median.is_some() || moves.is_some() {
            p.facts {
                @if let Some(median) = &chart.median { (median_text(median)) }
                @if let Some((up, down)) = moves { (moves_text(up, down)) }
            }
        }
    }
}

/// The text of a chart or a table whose dataset no entity meets.
pub(super) const NONE_SELECTED: &str = "No entity meets the dataset and the filters of this widget.";

/// The text of a chart or a table without entities.
pub(super) fn no_entities(blueprint: &str) -> String {
    format!("No entity of blueprint {} was graded. Add some with `--entities FILE`.", clean(blueprint))
}

/// A part of the ring, and a row of the list beside it.
struct Segment<'s> {
    /// `None` if the scorecard is not applicable.
    level: Option<&'s Level>,
    has_data: bool,
    /// What people read.
    name: String,
    count: u64,
    class: &'static str,
    letters: &'s str,
}

/// The levels in their order, then the results without data, then those that are not applicable.
fn segments<'s>(chart: &'s Distribution<'_>, letters: &'s [String]) -> Vec<Segment<'s>> {
    let with_data = |(level, count, letters): (&'s Level, LevelCount, &'s str)| Segment {
        level: Some(level),
        has_data: true,
        name: named(&level.title).as_str().to_owned(),
        count: count.with_data,
        class: level_class(level),
        letters,
    };
    // nearly all results without data are at one level, the base level
    let is_at_one_level = chart.levels.iter().filter(|level| level.no_data > 0).count() == 1;
    let no_data = |(level, count, _): (&'s Level, LevelCount, &'s str)| Segment {
        level: Some(level),
        has_data: false,
        name: if is_at_one_level {
            "no data".to_owned()
        } else {
            format!("no data, {}", clean(level.title.as_str()))
        },
        count: count.no_data,
        class: NO_DATA_CLASS,
        letters: NO_DATA,
    };
    let levels = || {
        let counts = chart.levels.iter().copied();
        let letters = letters.iter().map(String::as_str);
        let levels = chart.scorecard.levels.iter().zip(counts).zip(letters);
        levels.map(|((level, count), letters)| (level, count, letters))
    };
    let not_applicable = Segment {
        level: None,
        has_data: false,
        name: "not applicable".to_owned(),
        count: chart.not_applicable,
        class: NONE_CLASS,
        letters: NOT_APPLICABLE,
    };
    let others = levels().map(no_data).chain([not_applicable]).filter(|segment| segment.count > 0);
    levels().map(with_data).chain(others).collect()
}

fn legend_row(segment: &Segment<'_>, scorecard: &Definition, with_data: u64, target: Option<&str>) -> Markup {
    let share = if segment.has_data { percent(segment.count, with_data) } else { String::new() };
    let inside = html! {
        span.sw.(segment.class) aria-hidden="true" { (segment.letters) }
        span.name { (segment.name) }
        strong { (thousands(segment.count)) }
        span.share { (share) }
    };
    let level = segment.level.map(|level| Exact(&level.title));
    let (id, count) = (Exact(&scorecard.identifier), segment.count);
    let no_data = segment.level.is_some() && !segment.has_data;
    let none = segment.level.is_none();
    html! {
        @match target.filter(|_| count > 0) {
            Some(target) => a href={ "#" (Exact(target)) } data-segment data-scorecard=(id) data-level=[level]
                data-no-data[no_data] data-not-applicable[none] data-count=(count) data-of=(Exact(&scorecard.blueprint)) { (inside) },
            None => span.row data-segment data-scorecard=(id) data-level=[level]
                data-no-data[no_data] data-not-applicable[none] data-count=(count) { (inside) },
        }
    }
}

/// Such as `Silver or better: 18 of 24 (75%)`, and what is required.
fn minimum_line(minimum: &MinimumShare, scorecard: &Definition) -> Markup {
    let MinimumShare { level, holding, judged, required } = *minimum;
    let is_reached =
        required.map_or(Some(Share::ALL), Share::new).is_some_and(|share| share.is_reached(holding, judged));
    let (class, mark) = match (judged, is_reached) {
        (0, _) => ("minimum", "○"),
        (_, true) => ("minimum good", "✔"),
        (_, false) => ("minimum bad", "✘"),
    };
    // rounded down, so that it is below the required one only if the share is
    let share = (u128::from(holding) * 100).checked_div(u128::from(judged)).unwrap_or_default();
    let better = if level + 1 < scorecard.levels.len() { " or better" } else { "" };
    let required = format!("{}%", required.unwrap_or(100));
    html! {
        p class=(class) {
            span.mark aria-hidden="true" { (mark) } " "
            (shown(scorecard.level_title(level))) (better) ": "
            @if judged == 0 {
                "nothing to judge"
            } @else {
                strong { (share) "%" } " of " (thousands(judged))
            }
            " · " (required) " required"
        }
    }
}

fn median_text(median: &Median) -> Markup {
    html! {
        span title={ "median of " (Exact(clean(median.property.as_str()).as_str())) " of " (counted(median.count, "entity", "entities")) } {
            "median " strong { (amount_of(rounded(median.value), median.unit)) }
        }
    }
}

/// A number with about three digits, which is enough to compare it with a threshold.
fn rounded(number: f64) -> f64 {
    let factor = match number.abs() {
        100.0.. => 1.0,
        10.0.. => 10.0,
        1.0.. => 100.0,
        _ => 10_000.0,
    };
    (number * factor).round() / factor
}

fn moves_text(up: u64, down: u64) -> Markup {
    html! {
        span.moved {
            @if down > 0 { span.bad { (Mark::Down.symbol()) " " (thousands(down)) " fell" } " " }
            @if up > 0 { span.good { (Mark::Up.symbol()) " " (thousands(up)) " rose" } }
        }
    }
}
