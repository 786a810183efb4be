//! The levels over time: a column for each date, with the levels from the lowest at the bottom.

use super::bar::{Part, column};
use super::colors::{NO_DATA_CLASS, color_class};
use super::letters::letters;
use super::text::shown;
use crate::color::Color;
use crate::history::trend_words::day;
use crate::page::view::{HistoryDate, ScorecardHistory};
use crate::report::percent;
use crate::terminal::{NO_DATA, clean, thousands};
use maud::{Markup, html};

type LevelNames = [(String, Option<String>)];

pub(super) fn history(scorecards: &[ScorecardHistory]) -> Markup {
    let mut legends: Vec<&LevelNames> = Vec::new();
    for scorecard in scorecards {
        if !legends.contains(&scorecard.levels.as_slice()) {
            legends.push(&scorecard.levels);
        }
    }
    let has_no_data = scorecards.iter().flat_map(|scorecard| &scorecard.dates).any(|date| date.no_data > 0);
    html! {
        @if scorecards.is_empty() { p.empty { "No earlier result of these scorecards. Give one with " code { "--history FILE" } "." } }
        @for (index, levels) in legends.iter().enumerate() { (legend(levels, has_no_data && index == 0)) }
        div.years { @for scorecard in scorecards { (chart(scorecard)) } }
    }
}

fn legend(levels: &LevelNames, has_no_data: bool) -> Markup {
    let letters = letters(levels.iter().map(|(title, _)| title.as_str()));
    html! {
        ul.key {
            @for ((title, color), letters) in levels.iter().zip(&letters) {
                li { span.sw.(class(color.as_deref())) aria-hidden="true" { (letters) } (shown(title.as_str())) }
            }
            @if has_no_data { li { span.sw.nd aria-hidden="true" { (NO_DATA) } "no data" } }
        }
    }
}

fn class(color: Option<&str>) -> &'static str {
    color_class(color.and_then(Color::named))
}

/// The number of columns up to which they have outlines.
const MOST_OUTLINED: usize = 24;
/// The width of a column and of the gap after it, in units of the chart.
const STEP: usize = 10;

fn chart(scorecard: &ScorecardHistory) -> Markup {
    let dates = &scorecard.dates;
    // the outlines of many narrow columns would hide their fill
    // a few columns would look like blocks if they took all the width
    let few = if dates.len() < 8 { format!("f{}", dates.len()) } else { String::new() };
    let is_dense = dates.len() > MOST_OUTLINED;
    let ends = [dates.first(), dates.last()].map(|date| date.map(|date| day(date.as_of)));
    let width = dates.len() * STEP;
    html! {
        figure {
            figcaption { (shown(scorecard.title.as_str())) " " span.dim { (shown(scorecard.blueprint.as_str())) } }
            div.plot.(few) {
            svg viewBox={ "0 0 " (width) " 100" } preserveAspectRatio="none" aria-hidden="true" class=[is_dense.then_some("many")] {
                @for (index, date) in dates.iter().enumerate() {
                    (column(&parts(scorecard, date), index * STEP, STEP - 2, &hint(scorecard, date)))
                }
            }
            p.axis { @for end in ends.iter().flatten() { span { (end) } } }
            }
            (figures(scorecard))
        }
    }
}

fn parts(scorecard: &ScorecardHistory, date: &HistoryDate) -> Vec<Part> {
    let levels = scorecard
        .levels
        .iter()
        .zip(&date.levels)
        .map(|((_, color), count)| (*count, class(color.as_deref())));
    levels.chain([(date.no_data, NO_DATA_CLASS)]).collect()
}

fn hint(scorecard: &ScorecardHistory, date: &HistoryDate) -> String {
    let levels = scorecard.levels.iter().zip(&date.levels).rev();
    let mut lines = vec![day(date.as_of)];
    lines.extend(
        levels.map(|((title, _), count)| format!("{}: {}", clean(title.as_str()), thousands(*count))),
    );
    if date.no_data > 0 {
        lines.push(format!("no data: {}", thousands(date.no_data)));
    }
    lines.join("\n")
}

/// The same as numbers.
fn figures(scorecard: &ScorecardHistory) -> Markup {
    html! {
        details.figures {
            summary { "Show numbers" span.vh { " of " (shown(scorecard.title.as_str())) " " (shown(scorecard.blueprint.as_str())) } }
            div.scroll tabindex="0" role="group" aria-label={ "Numbers of " (shown(scorecard.title.as_str())) } {
                table {
                    caption.vh { "Levels over time: " (shown(scorecard.title.as_str())) " " (shown(scorecard.blueprint.as_str())) }
                    thead {
                        tr {
                            th scope="col" { "Date" }
                            @for (title, _) in &scorecard.levels { th.n scope="col" { (shown(title.as_str())) } }
                            th.n scope="col" { "no data" }
                            th.n scope="col" { "not applicable" }
                        }
                    }
                    tbody { @for date in &scorecard.dates { (figures_row(date)) } }
                }
            }
        }
    }
}

fn figures_row(date: &HistoryDate) -> Markup {
    let with_data: u64 = date.levels.iter().sum();
    html! {
        tr {
            th scope="row" { (day(date.as_of)) }
            @for count in &date.levels {
                td.n { (thousands(*count)) " " span.dim { (percent(*count, with_data)) } }
            }
            td.n { (thousands(date.no_data)) }
            td.n { (thousands(date.not_applicable)) }
        }
    }
}
