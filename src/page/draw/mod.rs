//! Draws a page as HTML. Everything is there without the script; the script searches, filters and sorts.
//!
//! Charts are SVG. Identifiers and titles stand in `data-` attributes as they are; visible text is sanitized. The page
//! has no `style` attribute and no inline handler, so its policy allows the one style sheet and the one script only.

mod anchors;
mod assets;
mod bar;
mod colors;
mod donut;
mod head;
mod history;
mod letters;
mod levels;
mod markdown;
mod moves;
mod result;
mod table;
mod teams;
#[cfg(test)]
mod tests;
mod text;
mod values;

use super::view::{Body, Placed, View, WidgetView};
use crate::explain::Explainer;
use crate::scorecard::Scorecards;
use anchors::Anchors;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::io::{self, Write};
use text::{Exact, named, shown, with_code};

/// The place in an element where its content is written later. It cannot be in a text, where `<` is escaped.
const SLOT: PreEscaped<&str> = PreEscaped("<!---->");

/// Writes a page. The results of the entities that a table lists are explained on several threads.
///
/// # Errors
/// Returns the error of `out`.
pub(crate) fn draw(
    view: &View<'_>,
    scorecards: &Scorecards,
    threads: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let anchors = Anchors::new(view);
    let baseline = view.head.baseline.as_deref();
    let explainer = Explainer::new(scorecards);
    let mut drawing = Drawing { anchors: &anchors, baseline, tables: 0, scorecards, threads, explainer, out };
    drawing.wrap(&document(view, &anchors), |drawing| {
        drawing.rows(&view.rows, Inside { heading: 1, width: 1.0 })
    })
}

/// What is around a part of the page.
#[derive(Clone, Copy)]
struct Inside {
    /// The level of the heading above it.
    heading: u8,
    /// Its share of the width of the page.
    width: f64,
}

/// A page that is being written.
struct Drawing<'d, 'v> {
    anchors: &'d Anchors<'v>,
    /// What the run is compared with.
    baseline: Option<&'d str>,
    /// How many tables are written.
    tables: usize,
    scorecards: &'d Scorecards,
    threads: usize,
    explainer: Explainer<'d>,
    out: &'d mut dyn Write,
}

/// The page without its widgets.
fn document(view: &View<'_>, anchors: &Anchors<'_>) -> Markup {
    let style = assets::style();
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(assets::policy(&style));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (shown(view.head.title.as_str())) }
                // an icon of its own, or a browser asks the server for one
                link rel="icon" href="data:,";
                style { (PreEscaped(&style)) }
            }
            body {
                @if let Some(first) = anchors.first() { a.skip href={ "#" (Exact(first)) } { "Skip to the tables" } }
                (patterns())
                (head::header(&view.head))
                (head::tools(view, anchors))
                main { (SLOT) }
                script { (PreEscaped(assets::SCRIPT)) }
            }
        }
    }
}

/// The hatching of results without data, which all charts refer to.
fn patterns() -> Markup {
    html! {
        svg.vh aria-hidden="true" width="0" height="0" {
            pattern #hatch width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                rect.hatch-back width="5" height="5" {}
                rect.hatch-line width="2" height="5" {}
            }
        }
    }
}

impl Drawing<'_, '_> {
    fn write(&mut self, markup: Markup) -> io::Result<()> {
        self.out.write_all(markup.into_string().as_bytes())
    }

    /// Writes an element around the content of its slot.
    #[expect(clippy::expect_used, reason = "each frame is written in this directory, with a slot")]
    fn wrap(&mut self, frame: &Markup, inside: impl FnOnce(&mut Self) -> io::Result<()>) -> io::Result<()> {
        let (start, end) = frame.0.split_once(SLOT.0).expect("a frame has a slot");
        self.out.write_all(start.as_bytes())?;
        inside(self)?;
        self.out.write_all(end.as_bytes())
    }

    /// Draws rows of widgets.
    fn rows(&mut self, rows: &[Vec<Placed<'_>>], inside: Inside) -> io::Result<()> {
        for row in rows {
            let frame = html! { div.grid { (SLOT) } };
            self.wrap(&frame, |drawing| row.iter().try_for_each(|placed| drawing.placed(placed, inside)))?;
        }
        Ok(())
    }

    fn placed(&mut self, placed: &Placed<'_>, inside: Inside) -> io::Result<()> {
        let WidgetView { id, kind, description, body, .. } = &placed.widget;
        let title = title(&placed.widget);
        let size = placed.size.clamp(1, 12);
        let class = format!("s{size} {}", body_class(body));
        let count = if let Body::Count(count) = body { Some(count) } else { None };
        let is_unsupported = matches!(body, Body::Unsupported(_));
        let inside = Inside {
            heading: inside.heading + u8::from(title.is_some()),
            width: inside.width * f64::from(size) / 12.0,
        };
        let frame = html! {
            section.w.(class) data-widget=(Exact(id)) data-type=(Exact(kind)) data-count=[count]
                data-unsupported[is_unsupported] role=[title.as_ref().map(|_| "group")] aria-label=[title.as_ref().map(|title| title.0.as_str())] {
                @if let Some((title, blueprint)) = &title {
                    (heading(inside.heading, &html! {
                        (title) @if let Some(blueprint) = blueprint { " " small { (blueprint) } }
                    }))
                }
                @if let Some(description) = description { p.dim { (shown(*description)) } }
                (SLOT)
            }
        };
        self.wrap(&frame, |drawing| drawing.body(&placed.widget, inside))
    }

    /// Draws what a widget shows.
    fn body(&mut self, widget: &WidgetView<'_>, inside: Inside) -> io::Result<()> {
        let markup = match &widget.body {
            Body::Dashboard(rows) => return self.rows(rows, inside),
            Body::Tables(tables) => return self.tables(tables, inside),
            Body::Levels(chart) => levels::distribution(chart, self.anchors.of_scorecard(chart.scorecard)),
            Body::Values(chart) => values::values(chart),
            Body::Count(count) => values::number(*count),
            Body::Markdown(text) => markdown::markdown(text, inside.heading),
            Body::Unsupported(reason) => html! {
                p { code { (shown(widget.kind)) } " is not drawn: " (with_code(reason)) }
            },
            Body::Teams(matrix) => teams::teams(matrix, self.anchors),
            Body::Moves(moves) => moves::moves(moves.as_ref(), self.baseline, self.anchors),
            Body::History(scorecards) => history::history(scorecards),
        };
        self.write(markup)
    }
}

/// The title of a widget, and the blueprint that it is about if nobody gave it a title of its own.
fn title(widget: &WidgetView<'_>) -> Option<(String, Option<String>)> {
    let own = |text: &str| named(text).as_str().to_owned();
    let blueprint = match &widget.body {
        Body::Levels(chart) => {
            let is_own = widget.title.as_ref().is_some_and(|title| *title != chart.scorecard.title);
            (!is_own).then(|| own(&chart.scorecard.blueprint))
        }
        Body::Teams(matrix) => Some(own(matrix.blueprint)),
        _ => None,
    };
    let title = widget.title.clone().or_else(|| match &widget.body {
        Body::Levels(chart) => Some(chart.scorecard.title.clone()),
        Body::Values(chart) => Some(chart.field.to_owned()),
        Body::Count(_) => Some("Entities".to_owned()),
        Body::Tables(_) => Some("Entities".to_owned()),
        Body::Unsupported(_) => Some(widget.kind.to_owned()),
        Body::Teams(_) => Some("Teams".to_owned()),
        Body::Moves(_) => Some("What changed".to_owned()),
        Body::History(_) => Some("Over time".to_owned()),
        Body::Dashboard(_) | Body::Markdown(_) => None,
    })?;
    Some((own(&title), blueprint))
}

/// The class of a widget by what it shows.
fn body_class(body: &Body<'_>) -> &'static str {
    match body {
        Body::Dashboard(_) => "dashboard",
        Body::Levels(_) | Body::Values(_) => "card pie",
        Body::Count(_) => "card count",
        Body::Tables(_) => "card tables",
        Body::Markdown(_) => "card text",
        Body::Unsupported(_) => "card unsupported",
        Body::Teams(_) | Body::Moves(_) => "card side",
        Body::History(_) => "card over-time",
    }
}

/// A heading of a level from 2 to 6.
fn heading(level: u8, text: &Markup) -> Markup {
    html! {
        @match level {
            0..=2 => h2 { (text) },
            3 => h3 { (text) },
            4 => h4 { (text) },
            5 => h5 { (text) },
            _ => h6 { (text) },
        }
    }
}
