//! Teams by scorecards: each cell is a small bar of levels, the weakest team first.

use super::anchors::Anchors;
use super::bar::{Part, bar};
use super::colors::{NO_DATA_CLASS, NONE_CLASS, level_class};
use super::text::{Exact, named, shown};
use crate::page::view::{LevelCount, TeamMatrix, TeamRow};
use crate::report::NO_TEAM;
use crate::scorecard::Definition;
use crate::terminal::{clean, counted, thousands};
use maud::{Markup, html};

pub(super) fn teams(matrix: &TeamMatrix<'_>, anchors: &Anchors<'_>) -> Markup {
    if matrix.teams.is_empty() {
        return html! {
            p.empty { "No entity has a team. Add " code { "\"team\": \"NAME\"" } " to the entities to see which team needs help." }
        };
    }
    let target = anchors.of_blueprint(matrix.blueprint);
    html! {
        div.scroll tabindex="0" role="group" aria-label={ "Teams of " (shown(matrix.blueprint)) } {
            table.teams {
                caption.vh { "Levels of each team, the weakest first: " (shown(matrix.blueprint)) }
                thead {
                    tr {
                        th scope="col" { "Team" }
                        th.n scope="col" title="0%: all results at the lowest level; 100%: all at the highest" { "Average" }
                        th.n scope="col" { "Entities" }
                        th scope="col" { "Results at the lowest level" }
                        @for scorecard in &matrix.scorecards { th scope="col" { (named(&scorecard.title)) } }
                    }
                }
                tbody { @for team in &matrix.teams { (row(team, matrix, target)) } }
            }
        }
        p.dim.note {
            (counted(matrix.teams.iter().filter(|team| team.name.is_some()).count() as u64, "team", "teams"))
            @if matrix.others > 0 { " and " (thousands(matrix.others)) " stronger ones (" code { "-f json --group-by team" } " has all)" }
            ", sorted by the average level of their results, from 0% (all at the lowest level) to 100% (all at the highest)"
        }
    }
}

fn row(team: &TeamRow<'_>, matrix: &TeamMatrix<'_>, target: Option<&str>) -> Markup {
    let name = html! { (named(team.name.unwrap_or(NO_TEAM))) };
    html! {
        tr {
            th scope="row" {
                @match target {
                    Some(target) => a href={ "#" (Exact(target)) } data-find-team=[team.name.map(Exact)]
                        data-find-none[team.name.is_none()] { (name) },
                    None => (name),
                }
            }
            td.n { @match team.average { Some(average) => (format!("{:.0}%", average * 100.0)), None => "–" } }
            td.n { (thousands(team.entities)) }
            td.weak { (weakness(team, &matrix.scorecards)) }
            @for (scorecard, cell) in matrix.scorecards.iter().zip(&team.cells) {
                td { @if let Some((levels, not_applicable)) = cell { (levels_bar(scorecard, levels, *not_applicable)) } }
            }
        }
    }
}

fn levels_bar(scorecard: &Definition, counts: &[LevelCount], not_applicable: u64) -> Markup {
    let levels = || scorecard.levels.iter().zip(counts);
    let no_data: u64 = counts.iter().map(|count| count.no_data).sum();
    let others = [(no_data, NO_DATA_CLASS, "no data"), (not_applicable, NONE_CLASS, "not applicable")];
    let parts: Vec<Part> = levels()
        .map(|(level, count)| (count.with_data, level_class(level)))
        .chain(others.iter().map(|(count, class, _)| (*count, *class)))
        .collect();
    let level_names = levels().rev().map(|(level, count)| (count.with_data, level.title.as_str()));
    let names = level_names.chain(others.iter().map(|(count, _, name)| (*count, *name)));
    let named = names.filter(|(count, _)| *count > 0);
    let name: Vec<String> =
        named.map(|(count, name)| format!("{} {}", clean(name), thousands(count))).collect();
    bar(&parts, &name.join(", "))
}

/// How weak a team is: `6 of 12 at Basic`.
fn weakness(team: &TeamRow<'_>, scorecards: &[&Definition]) -> Markup {
    let cells = || team.cells.iter().flatten().map(|(levels, _)| levels);
    let with_data: u64 = cells().flatten().map(|level| level.with_data).sum();
    let lowest: u64 = cells().filter_map(|levels| levels.first()).map(|level| level.with_data).sum();
    let base = |scorecard: &&Definition| scorecard.levels.first().map(|level| level.title.clone());
    let titles: Vec<String> = scorecards.iter().filter_map(base).collect();
    let title = match titles.as_slice() {
        [first, others @ ..] if others.iter().all(|other| other == first) => first.as_str(),
        _ => "the lowest level",
    };
    html! {
        @if with_data == 0 {
            "no data"
        } @else {
            @if lowest == 0 { "none" } @else { strong { (thousands(lowest)) } " of " (thousands(with_data)) }
            " at " (shown(title))
        }
    }
}
