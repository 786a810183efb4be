//! `text`, for a terminal: the rules from the lowest level up, each with the actual values, then the advice.

use super::sentence::{
    FAILED_FILTER, NEAREST_HINT, NO_NEXT_LEVEL, advice, found, level_and_next, no_scorecard, plain, remarks,
    required,
};
use crate::explain::{ExplainedEntity, Explanation, Fact, RuleFact};
use crate::result::RuleStatus;
use crate::scorecard::Combinator;
use crate::terminal::{BAD, DIM, GOOD, PLAIN, Printer, STRONG, STRONG_GOOD, Span, width};

/// Prints one entity.
pub(super) fn entity(printer: &mut Printer<'_>, is_first: bool, entity: &ExplainedEntity) {
    if !is_first {
        printer.gap();
    }
    print_entity(printer, entity);
}

/// Prints the text after all entities.
pub(super) fn end(printer: &mut Printer<'_>, nearest: bool, is_empty: bool) {
    if is_empty {
        print(printer, 0, &[Span::plain(NO_NEXT_LEVEL)]);
    } else if nearest {
        printer.gap();
        print(printer, 0, &[Span::new(NEAREST_HINT, DIM)]);
    }
}

/// Prints a paragraph without a mark in front of it.
fn print(printer: &mut Printer<'_>, indent: usize, spans: &[Span<'_>]) {
    printer.paragraph(indent, &Span::default(), spans);
}

fn print_entity(printer: &mut Printer<'_>, entity: &ExplainedEntity) {
    let blueprint = plain(&entity.blueprint);
    let mut title = vec![Span::new(plain(&entity.title), STRONG)];
    if entity.title != entity.identifier {
        title.push(Span::new(format!(" ({})", plain(&entity.identifier)), DIM));
    }
    title.push(Span::new(format!(" · {blueprint}"), DIM));
    if !entity.team.is_empty() {
        title.push(Span::new(format!(" · {}", plain(&entity.team.join(", "))), DIM));
    }
    print(printer, 0, &title);
    if entity.scorecards.is_empty() {
        print(printer, 2, &[Span::plain(no_scorecard(&blueprint))]);
    }
    for (identifier, explanation) in &entity.scorecards {
        printer.gap();
        print_scorecard(printer, identifier, explanation);
    }
}

fn print_scorecard(printer: &mut Printer<'_>, identifier: &str, explanation: &Explanation) {
    let title = Span::new(plain(&explanation.title), STRONG);
    let name = Span::new(format!(" ({}): ", plain(identifier)), DIM);
    print(printer, 2, &[title, name, Span::new(level_and_next(explanation), STRONG)]);
    if let Some(filter) = &explanation.filter {
        print(printer, 4, &[Span::plain(FAILED_FILTER)]);
        print_query(printer, filter, 4);
        return;
    }
    let widest = explanation.rules.iter().map(|rule| width(&plain(&rule.level))).max().unwrap_or_default();
    for rule in &explanation.rules {
        print_rule(printer, rule, widest);
    }
    for remark in remarks(explanation) {
        print(printer, 4, &[Span::plain(remark)]);
    }
    if let Some(next) = &explanation.next {
        let (heading, changes) = advice(next, explanation.no_data_reason);
        printer.paragraph(4, &Span::new("→ ", STRONG_GOOD), &[Span::new(heading, STRONG)]);
        for change in changes {
            printer.paragraph(6, &Span::plain("- "), &[Span::plain(change)]);
        }
    }
}

fn print_rule(printer: &mut Printer<'_>, rule: &RuleFact, widest: usize) {
    let level = plain(&rule.level);
    let padding = " ".repeat(widest.saturating_sub(width(&level)));
    let (style, mark) = if rule.status == RuleStatus::Success { (GOOD, "✔") } else { (BAD, "✘") };
    let mark = Span::new(format!("{mark} {level}{padding}  "), style);
    let mut name = vec![Span::plain(plain(&rule.title))];
    if rule.title != rule.identifier {
        name.push(Span::new(format!(" ({})", plain(&rule.identifier)), DIM));
    }
    printer.paragraph(4, &mark, &name);
    print_query(printer, &rule.query, 6);
}

/// Prints a query. The members of an outermost `and` get no heading; other groups do.
fn print_query(printer: &mut Printer<'_>, fact: &Fact, indent: usize) {
    match fact {
        Fact::Group(group) if group.combinator == Combinator::And || group.conditions.len() == 1 => {
            group.conditions.iter().for_each(|member| print_fact(printer, member, indent));
        }
        other => print_fact(printer, other, indent),
    }
}

fn print_fact(printer: &mut Printer<'_>, fact: &Fact, indent: usize) {
    // the reader allows deeper nesting than fits on a terminal
    let indent = indent.min(24);
    match fact {
        Fact::Condition(condition) => {
            let requirement = format!(
                "{} {}: ",
                plain(condition.subject.name()),
                required(&condition.requirement, condition.unit)
            );
            let style = if condition.passed { PLAIN } else { BAD };
            let found = Span::new(found(condition), style);
            printer.paragraph(indent, &sign(condition.passed), &[Span::plain(requirement), found]);
        }
        Fact::Group(group) => {
            let words = if group.combinator == Combinator::Or { "any of:" } else { "all of:" };
            printer.paragraph(indent, &sign(group.passed), &[Span::new(words, DIM)]);
            group.conditions.iter().for_each(|member| print_fact(printer, member, indent + 2));
        }
    }
}

fn sign(passed: bool) -> Span<'static> {
    if passed { Span::new("✔ ", GOOD) } else { Span::new("✘ ", BAD) }
}
