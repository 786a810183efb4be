//! The head of a page: what it is about, when, how many entities and from which files; and the search and filters.

use super::anchors::Anchors;
use super::text::{Exact, named, shown};
use crate::history::trend_words::day;
use crate::page::view::{Head, VerdictLine, View};
use crate::terminal::{clean, counted, thousands};
use maud::{Markup, html};

/// How many file names are shown. The others are only counted.
const MOST_FILES: usize = 3;

pub(super) fn header(head: &Head<'_>) -> Markup {
    html! {
        header {
            div {
                h1 { (named(&head.title)) }
                @if let Some(description) = &head.description { p { (shown(description.as_str())) } }
                p.meta { (about(head)) }
                @if let Some(scope) = &head.scope { p.meta { (shown(scope.as_str())) } }
                @if let Some(baseline) = &head.baseline { p.meta { "compared with " (shown(baseline.as_str())) } }
            }
            @for verdict in &head.verdicts { (verdict_line(verdict)) }
            @if let Some(empty) = &head.empty { (notice(head, empty)) }
        }
    }
}

/// Why there is nothing to see, and what to do about it.
fn notice(head: &Head<'_>, empty: &str) -> Markup {
    html! {
        p.notice {
            strong { (shown(empty)) } ". "
            @if head.scope.is_some() {
                "Check the condition of " code { "--where" } "."
            } @else if head.entities == 0 {
                "Add some with " code { "--entities FILE" } "."
            } @else {
                "Check their " code { "blueprint" } "; entities without one get the blueprint given with " code { "--blueprint NAME" } "."
            }
        }
    }
}

/// One line: the date, the counts and the files.
fn about(head: &Head<'_>) -> Markup {
    let counts =
        head.blueprints.iter().map(|(name, count)| format!("{} {}", thousands(*count), clean(*name)));
    let counts: Vec<String> = counts.collect();
    let (shown_files, more) = head.files.split_at(head.files.len().min(MOST_FILES));
    let files: Vec<String> = shown_files.iter().map(|file| clean(file.as_str()).into_owned()).collect();
    html! {
        "as of " strong { (day(head.as_of)) }
        " · " strong { (counted(head.entities, "entity", "entities")) }
        @match head.blueprints.as_slice() {
            [] => {},
            [(name, _)] => { " (" (clean(*name)) ")" },
            _ => { ": " (counts.join(", ")) },
        }
        " · " (counted(head.scorecards as u64, "scorecard", "scorecards"))
        @if !files.is_empty() {
            " · from " (files.join(", "))
            @if !more.is_empty() { " and " (counted(more.len() as u64, "other file", "other files")) }
        }
    }
}

fn verdict_line(verdict: &VerdictLine) -> Markup {
    let (class, mark) = match verdict.passed {
        Some(true) => ("verdict good", "✔"),
        Some(false) => ("verdict bad", "✘"),
        None => ("verdict", "○"),
    };
    html! {
        p class=(class) {
            span.mark aria-hidden="true" { (mark) }
            span { strong { (shown(verdict.heading)) } ": " (shown(verdict.sentence.as_str())) }
        }
    }
}

/// The search and the filters. The script shows them, because they need it.
pub(super) fn tools(view: &View<'_>, anchors: &Anchors<'_>) -> Markup {
    let has_no_team = |team: &String| team.is_empty();
    html! {
        div.tools role="search" aria-label="Find entities" {
            label { span { "Search" } input type="search" placeholder="title, identifier or team" autocomplete="off" spellcheck="false"; }
            label {
                span { "Level" }
                select data-filter="level" {
                    option value="" { "all levels" }
                    @for level in &view.levels { option value=(Exact(level)) { (named(level)) } }
                    option data-data="no" { "No data" }
                    option data-data="none" { "Not applicable" }
                }
            }
            @if !view.teams.is_empty() {
                label {
                    span { "Team" }
                    select data-filter="team" {
                        option value="" { "all teams" }
                        @for team in view.teams.iter().filter(|team| !has_no_team(team)) {
                            option value=(Exact(team)) { (named(team)) }
                        }
                        option data-none { "No team" }
                    }
                }
            }
            output aria-live="polite" data-listed[anchors.is_cut()] {}
            button.clear type="button" hidden { "Clear filters" }
        }
    }
}
