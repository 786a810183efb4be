//! A result in a table: the level, which can be opened to the next step, the rules, what was found and what is required.

use super::colors::level_class;
use super::moves::change_text;
use super::text::{Exact, named};
use crate::explain::{Explanation, Fact, NextLevel, RuleFact, advice, found, no_data, plain, required};
use crate::page::view::LevelCell;
use crate::report::Move;
use crate::result::RuleStatus;
use crate::scorecard::{Combinator, Definition};
use crate::terminal::{NOT_APPLICABLE, WAIVED};
use maud::{Markup, html};

/// What a cell needs besides its result.
pub(super) struct Place<'p> {
    pub(super) column: &'p str,
    pub(super) entity: &'p str,
    pub(super) scorecard: &'p Definition,
    pub(super) only_failing_rules: bool,
}

/// The cell of a result; `None` if the scorecard is not applicable.
pub(super) fn cell(
    place: &Place<'_>,
    result: Option<LevelCell>,
    change: Option<&Move>,
    explanation: Option<&Explanation>,
) -> Markup {
    let Some(result) = result else {
        return html! {
            td data-column=(Exact(place.column)) {
                span.no { (NOT_APPLICABLE) span.vh { " not applicable" } }
                @if let Some(change) = change { " " (change_text(change)) }
            }
        };
    };
    let level = place.scorecard.level_title(result.level);
    let badge = badge(place.scorecard, result, change);
    html! {
        td data-column=(Exact(place.column)) data-level=(Exact(level)) data-no-data[result.no_data] {
            @match explanation {
                Some(explanation) => details name="r" data-entity=(Exact(place.entity)) data-scorecard=(Exact(&place.scorecard.identifier)) {
                    summary { (badge) }
                    div { (opened(explanation, place.only_failing_rules)) }
                },
                None => (badge),
            }
        }
    }
}

/// The level and its marks.
fn badge(scorecard: &Definition, result: LevelCell, change: Option<&Move>) -> Markup {
    let class = scorecard.levels.get(result.level).map(level_class);
    html! {
        i class=[class] { (named(scorecard.level_title(result.level))) }
        @if result.no_data { i.q {} }
        @if result.is_below && !result.waived { i.x {} }
        @if result.waived { span.y { (WAIVED) span.vh { " waived" } } }
        @if let Some(change) = change { " " (change_text(change)) }
    }
}

/// What people see when they open a result: first what to do, then why.
fn opened(explanation: &Explanation, only_failing_rules: bool) -> Markup {
    let is_listed = |rule: &&RuleFact| !only_failing_rules || rule.status == RuleStatus::Failure;
    let mut rules = explanation.rules.iter().filter(is_listed).peekable();
    html! {
        @match &explanation.next {
            Some(next) => (next_step(next, explanation)),
            None => p { strong { "At the top level." } },
        }
        @if let Some(why) = explanation.no_data_reason { p { (no_data(why, &explanation.without_data)) } }
        @if rules.peek().is_some() {
            ul { @for rule in rules { (rule_line(rule, only_failing_rules)) } }
        }
    }
}

fn next_step(next: &NextLevel, explanation: &Explanation) -> Markup {
    let (heading, changes) = advice(next, explanation.no_data_reason);
    html! {
        @match changes.as_slice() {
            [] => p { strong { (heading) } },
            [one] => p { strong { (heading) } " " (one) },
            several => {
                p { strong { (heading) } }
                ol { @for change in several { li { (change) } } }
            },
        }
    }
}

fn rule_line(rule: &RuleFact, only_failing: bool) -> Markup {
    let status = match rule.status {
        RuleStatus::Success => "SUCCESS",
        RuleStatus::Failure => "FAILURE",
    };
    html! {
        li data-rule=(Exact(&rule.identifier)) data-status=(status) {
            i { (plain(&rule.level)) } " " (plain(&rule.title)) (conditions(&rule.query, only_failing))
        }
    }
}

/// A query with what was found. The members of an outermost `and` stand side by side; other groups have a heading.
fn conditions(fact: &Fact, only_failing: bool) -> Markup {
    match fact {
        Fact::Group(group) if group.combinator == Combinator::And || group.conditions.len() == 1 => {
            let is_listed = |member: &&Fact| !only_failing || !has_passed(member);
            html! { @for member in group.conditions.iter().filter(is_listed) { (condition(member)) } }
        }
        other => condition(other),
    }
}

fn has_passed(fact: &Fact) -> bool {
    match fact {
        Fact::Condition(condition) => condition.passed,
        Fact::Group(group) => group.passed,
    }
}

fn condition(fact: &Fact) -> Markup {
    // most of what is listed fails, so what passes has the class
    let class = has_passed(fact).then_some("ok");
    match fact {
        Fact::Condition(condition) => html! {
            p class=[class] {
                (plain(condition.subject.name())) " " (required(&condition.requirement, condition.unit)) ": "
                em { (found(condition)) }
            }
        },
        Fact::Group(group) => html! {
            p class=[class] { @if group.combinator == Combinator::Or { "any of:" } @else { "all of:" } }
            div.g { @for member in &group.conditions { (condition(member)) } }
        },
    }
}
