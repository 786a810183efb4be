//! `markdown`: for a pull request or a chat. A table of conditions a scorecard, then what to do.

use super::sentence::{advice, found, plain, remarks, required, standing};
use crate::explain::{ExplainedEntity, Explanation, Explanations, Fact, RuleFact};
use crate::markup::{code, escape};
use crate::scorecard::Combinator;
use std::fmt::Write;

pub(super) fn write(explanations: &Explanations) -> String {
    let mut out = String::new();
    for (index, entity) in explanations.entities.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        write_entity(&mut out, entity);
    }
    if explanations.entities.is_empty() {
        out.push_str("No entity has a next level: all that are graded are at the top.\n");
    }
    out
}

/// Adds a line; writing to memory can not fail.
fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    let written = out.write_fmt(text);
    debug_assert!(written.is_ok());
    out.push('\n');
}

fn write_entity(out: &mut String, entity: &ExplainedEntity) {
    let title = escape(&plain(&entity.title));
    if entity.title == entity.identifier {
        line(out, format_args!("## {title}"));
    } else {
        line(out, format_args!("## {title} ({})", escape(&plain(&entity.identifier))));
    }
    if entity.scorecards.is_empty() {
        let blueprint = escape(&plain(&entity.blueprint));
        line(out, format_args!("\nNo scorecard grades blueprint {blueprint}."));
    }
    for (_, explanation) in &entity.scorecards {
        write_scorecard(out, explanation);
    }
}

fn write_scorecard(out: &mut String, explanation: &Explanation) {
    let (title, standing) = (plain(&explanation.title), standing(explanation));
    line(out, format_args!("\n### {}: {}\n", escape(&title), escape(&standing)));
    line(out, format_args!("| | Level | Rule | Condition | Found |\n| --- | --- | --- | --- | --- |"));
    if let Some(filter) = &explanation.filter {
        write_rows(out, filter, ["", "filter"], "");
    }
    for rule in &explanation.rules {
        write_rule(out, rule);
    }
    out.push('\n');
    for remark in remarks(explanation) {
        line(out, format_args!("{}\n", escape(&remark)));
    }
    if let Some(next) = &explanation.next {
        let (heading, changes) = advice(next, explanation.no_data);
        line(out, format_args!("**{}**", escape(&heading)));
        if !changes.is_empty() {
            out.push('\n');
        }
        for change in changes {
            line(out, format_args!("- {}", escape(&change)));
        }
    }
}

fn write_rule(out: &mut String, rule: &RuleFact) {
    let level = escape(&plain(&rule.level));
    let title = escape(&plain(&rule.title));
    write_rows(out, &rule.query, [&level, &title], "");
}

/// A row a condition; the names stand in the first.
fn write_rows<'n>(out: &mut String, fact: &Fact, names: [&'n str; 2], within: &str) -> [&'n str; 2] {
    match fact {
        Fact::Condition(condition) => {
            let sign = if condition.passed { "✔" } else { "✘" };
            let asked = format!(
                "{} {}",
                plain(condition.subject.name()),
                required(&condition.requirement, condition.unit)
            );
            let (asked, found) = (code(&asked), escape(&found(condition)));
            let [level, rule] = names;
            line(out, format_args!("| {sign} | {level} | {rule} | {within}{asked} | {found} |"));
            ["", ""]
        }
        Fact::Group(group) => {
            let several = group.conditions.len() > 1;
            let within = if group.combinator == Combinator::Or && several {
                format!("{within}or: ")
            } else {
                within.to_owned()
            };
            group.conditions.iter().fold(names, |names, member| write_rows(out, member, names, &within))
        }
    }
}
