//! `text`: for a terminal. Rules in level order, each with what was found, then what to do.

use super::sentence::{advice, found, plain, remarks, required, standing};
use crate::explain::{ExplainedEntity, Explanation, Explanations, Fact, RuleFact};
use crate::result::RuleStatus;
use crate::scorecard::Combinator;
use crate::terminal::{Screen, Typist};
use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

const PLAIN: Style = Style::new();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const GREEN: Style = AnsiColor::Green.on_default();
const RED: Style = AnsiColor::Red.on_default();
const STRONG_GREEN: Style = GREEN.bold();

pub(super) fn write(explanations: &Explanations, screen: Screen) -> String {
    let mut typist = Typist::new(screen.color, screen.width);
    for (index, entity) in explanations.entities.iter().enumerate() {
        if index > 0 {
            typist.gap();
        }
        write_entity(&mut typist, entity);
    }
    if explanations.entities.is_empty() {
        typist.line(
            0,
            (PLAIN, ""),
            &[(PLAIN, "No entity has a next level: all that are graded are at the top.")],
        );
    } else if explanations.nearest {
        typist.gap();
        let hint = "Nearest to a next level first, each in the scorecard where it is nearest; \
                    name an entity to see all of its scorecards.";
        typist.line(0, (PLAIN, ""), &[(DIM, hint)]);
    }
    typist.text
}

fn write_entity(typist: &mut Typist, entity: &ExplainedEntity) {
    let (title, blueprint) = (plain(&entity.title), plain(&entity.blueprint));
    let name = if entity.title == entity.identifier {
        String::new()
    } else {
        format!("({})", plain(&entity.identifier))
    };
    let team = plain(&entity.team.join(", "));
    let team = if team.is_empty() { String::new() } else { format!("· {team}") };
    let kind = format!("· {blueprint}");
    typist.line(0, (PLAIN, ""), &[(BOLD, &title), (DIM, &name), (DIM, &kind), (DIM, &team)]);
    if entity.scorecards.is_empty() {
        let message = format!("No scorecard grades blueprint {blueprint}.");
        typist.line(2, (PLAIN, ""), &[(PLAIN, &message)]);
    }
    for (identifier, explanation) in &entity.scorecards {
        typist.gap();
        write_scorecard(typist, identifier, explanation);
    }
}

fn write_scorecard(typist: &mut Typist, identifier: &str, explanation: &Explanation) {
    let (title, name) = (plain(&explanation.title), format!("({}):", plain(identifier)));
    typist.line(2, (PLAIN, ""), &[(BOLD, &title), (DIM, &name), (BOLD, &standing(explanation))]);
    if let Some(filter) = &explanation.filter {
        typist.line(4, (PLAIN, ""), &[(PLAIN, "Its filter leaves this one out:")]);
        write_query(typist, filter, 4);
        return;
    }
    let widest = explanation.rules.iter().map(|rule| plain(&rule.level).width()).max().unwrap_or_default();
    for rule in &explanation.rules {
        write_rule(typist, rule, widest);
    }
    for remark in remarks(explanation) {
        typist.line(4, (PLAIN, ""), &[(PLAIN, &remark)]);
    }
    if let Some(next) = &explanation.next {
        let (heading, changes) = advice(next, explanation.no_data);
        typist.line(4, (STRONG_GREEN, "→ "), &[(BOLD, &heading)]);
        for change in changes {
            typist.line(6, (PLAIN, "- "), &[(PLAIN, &change)]);
        }
    }
}

fn write_rule(typist: &mut Typist, rule: &RuleFact, widest: usize) {
    let level = plain(&rule.level);
    let padding = " ".repeat(widest.saturating_sub(level.width()));
    let (style, mark) = if rule.status == RuleStatus::Success { (GREEN, "✔") } else { (RED, "✘") };
    let mark = format!("{mark} {level}{padding}  ");
    let identifier = plain(&rule.identifier);
    if rule.title == rule.identifier {
        typist.line(4, (style, &mark), &[(PLAIN, &identifier)]);
    } else {
        let name = format!("({identifier})");
        typist.line(4, (style, &mark), &[(PLAIN, &plain(&rule.title)), (DIM, &name)]);
    }
    write_query(typist, &rule.query, 6);
}

/// The members of the outermost `and` stand alone; any other group says what it is.
fn write_query(typist: &mut Typist, fact: &Fact, indent: usize) {
    match fact {
        Fact::Group(group) if group.combinator == Combinator::And || group.conditions.len() == 1 => {
            group.conditions.iter().for_each(|member| write_fact(typist, member, indent));
        }
        other => write_fact(typist, other, indent),
    }
}

fn write_fact(typist: &mut Typist, fact: &Fact, indent: usize) {
    // nesting is bounded by the reader, but not to what a terminal can show
    let indent = indent.min(24);
    match fact {
        Fact::Condition(condition) => {
            let asked = format!(
                "{} {}:",
                plain(condition.subject.name()),
                required(&condition.requirement, condition.unit)
            );
            let found = found(condition);
            let style = if condition.passed { PLAIN } else { RED };
            typist.line(indent, sign(condition.passed), &[(PLAIN, &asked), (style, &found)]);
        }
        Fact::Group(group) => {
            let words = match group.combinator {
                Combinator::Or => "any of:",
                Combinator::And => "all of:",
            };
            typist.line(indent, sign(group.passed), &[(DIM, words)]);
            group.conditions.iter().for_each(|member| write_fact(typist, member, indent + 2));
        }
    }
}

fn sign(passed: bool) -> (Style, &'static str) {
    if passed { (GREEN, "✔ ") } else { (RED, "✘ ") }
}
