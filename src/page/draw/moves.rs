//! What changed since the baseline.

use super::anchors::Anchors;
use super::text::{Exact, named, shown};
use crate::page::view::{MovedEntity, Moves};
use crate::report::{Mark, Move};
use crate::terminal::thousands;
use maud::{Markup, html};

pub(super) fn moves(moves: Option<&Moves>, baseline: Option<&str>, anchors: &Anchors<'_>) -> Markup {
    let Some(moves) = moves else {
        return html! {
            p.empty {
                "No baseline. Save the result with " code { "-f json=last.json" } ", and compare the next run with "
                code { "--baseline last.json" } "."
            }
        };
    };
    if moves.entities.is_empty() {
        let since = baseline.unwrap_or("the baseline");
        return html! { p.empty { "No level has changed since " (shown(since)) "." } };
    }
    let more = moves.total.saturating_sub(moves.entities.len() as u64);
    html! {
        div.scroll tabindex="0" role="group" aria-label="What changed" {
            table.moves {
                caption.vh { "What changed since the baseline" }
                thead { tr { th scope="col" { "Entity" } th scope="col" { "Scorecard" } th scope="col" { "Change" } } }
                @for entity in &moves.entities { (rows(entity, anchors)) }
            }
        }
        @if more > 0 { p.dim { "and " (thousands(more)) " more: " code { "dora-score diff" } " lists them all" } }
    }
}

fn rows(entity: &MovedEntity, anchors: &Anchors<'_>) -> Markup {
    let target = anchors.of_blueprint(&entity.blueprint).filter(|_| entity.is_listed);
    let name = named(&entity.title);
    html! {
        tbody {
            @for (index, (scorecard, change)) in entity.moves.iter().enumerate() {
                tr {
                    @if index == 0 {
                        th scope="row" rowspan=(entity.moves.len()) {
                            @match target {
                                Some(target) => a href={ "#" (Exact(target)) } data-find-entity=(Exact(&entity.identifier))
                                    data-of=(Exact(&entity.blueprint)) { (name) },
                                None => (name),
                            }
                        }
                    }
                    td { (named(scorecard)) }
                    td { (drawn(change, false)) }
                }
            }
        }
    }
}

/// A change in the cell of a result: its meaning for screen readers, its mark, and the words after it.
pub(super) fn change_text(change: &Move) -> Markup {
    drawn(change, true)
}

/// A change. In a list, the words say what it means.
fn drawn(change: &Move, has_meaning: bool) -> Markup {
    let class = match change.mark {
        Mark::Up => "mv good",
        Mark::Down => "mv bad",
        _ => "mv",
    };
    html! {
        span class=(class) title=[has_meaning.then(|| change.mark.meaning())] {
            @if has_meaning { span.vh { (change.mark.meaning()) " " } }
            (change.mark.symbol()) @if !change.words.is_empty() { " " (shown(change.words.as_str())) }
        }
    }
}
