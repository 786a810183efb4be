//! `markdown`, for a pull request or a chat: for each scorecard a table of conditions, then the advice.

use super::sentence::{NO_NEXT_LEVEL, advice, found, level_and_next, no_scorecard, plain, remarks, required};
use crate::explain::{ExplainedEntity, Explanation, Fact};
use crate::markup::{Align, Table, code, escape};
use crate::scorecard::Combinator;
use std::fmt::Write;

/// One entity.
pub(super) fn entity(is_first: bool, entity: &ExplainedEntity) -> String {
    let mut out = String::new();
    if !is_first {
        out.push('\n');
    }
    write_entity(&mut out, entity);
    out
}

/// The text after all entities.
pub(super) fn end(is_empty: bool) -> String {
    if is_empty { format!("{NO_NEXT_LEVEL}\n") } else { String::new() }
}

/// Adds a line.
fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    #[expect(clippy::expect_used, reason = "writing to a string cannot fail")]
    out.write_fmt(text).expect("writing to a string cannot fail");
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
        line(out, format_args!("\n{}", no_scorecard(&blueprint)));
    }
    for (_, explanation) in &entity.scorecards {
        write_scorecard(out, explanation);
    }
}

fn write_scorecard(out: &mut String, explanation: &Explanation) {
    let (title, level) = (plain(&explanation.title), level_and_next(explanation));
    line(out, format_args!("\n### {}: {}\n", escape(&title), escape(&level)));
    let headers = ["", "Level", "Rule", "Condition", "Found"];
    let mut table = Table::new(&headers.map(|header| (header.to_owned(), Align::Left)));
    if let Some(filter) = &explanation.filter {
        add_rows(&mut table, filter, ["", "filter"], "");
    }
    for rule in &explanation.rules {
        let (level, title) = (escape(&plain(&rule.level)), escape(&plain(&rule.title)));
        add_rows(&mut table, &rule.query, [&level, &title], "");
    }
    out.push_str(&table.into_text());
    out.push('\n');
    for remark in remarks(explanation) {
        line(out, format_args!("{}\n", escape(&remark)));
    }
    if let Some(next) = &explanation.next {
        let (heading, changes) = advice(next, explanation.no_data_reason);
        line(out, format_args!("**{}**", escape(&heading)));
        if !changes.is_empty() {
            out.push('\n');
        }
        for change in changes {
            line(out, format_args!("- {}", escape(&change)));
        }
    }
}

/// Adds one row for each condition of a fact. `names` are the level and the rule, which only the first row shows.
/// Returns the names for the next row.
fn add_rows<'n>(table: &mut Table, fact: &Fact, names: [&'n str; 2], within: &str) -> [&'n str; 2] {
    match fact {
        Fact::Condition(condition) => {
            let sign = if condition.passed { "✔" } else { "✘" };
            let requirement = format!(
                "{} {}",
                plain(condition.subject.name()),
                required(&condition.requirement, condition.unit)
            );
            let (requirement, found) = (code(&requirement), escape(&found(condition)));
            let [level, rule] = names;
            table.row([sign, level, rule, &format!("{within}{requirement}"), &found]);
            ["", ""]
        }
        Fact::Group(group) => {
            let several = group.conditions.len() > 1;
            let within = if group.combinator == Combinator::Or && several {
                format!("{within}or: ")
            } else {
                within.to_owned()
            };
            group.conditions.iter().fold(names, |names, member| add_rows(table, member, names, &within))
        }
    }
}
