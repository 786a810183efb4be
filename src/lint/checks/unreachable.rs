//! Rules that can never pass, and levels that no entity can reach.
//!
//! An array can pass conditions that exclude each other, because one element may pass one condition and another
//! element the next. The message says so where only an array can pass.

use crate::diagnostic::{Code, quoted};
use crate::lint::analysis::{Fate, Wall};
use crate::lint::case::Case;
use crate::lint::domain::{Builder, Scope};
use crate::lint::finding::Finding;
use crate::scorecard::{Combinator, Condition, Member, Query, Rule};

pub(super) const LINTS: &[Code] =
    &[Code::ContradictoryConditions, Code::RuleNeverPasses, Code::UnreachableLevel, Code::FilterNeverMatches];

const ONLY_ARRAYS: &str = "only an array can pass, with one element for each condition";

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let (Some(filter), Fate::Never(scope)) = (&case.definition.filter, case.analysis.filter_fate) {
        findings.push(never_matches(case, filter, scope));
    }
    for (rule, fate) in case.definition.rules.iter().zip(&case.analysis.fates) {
        match fate {
            Fate::Never(scope) => findings.push(never_passes(case, rule, *scope)),
            Fate::Excluded(scope) => findings.push(excluded(case, rule, *scope)),
            Fate::Open | Fate::Always => findings.extend(dead_parts(case, rule, &rule.query)),
        }
    }
    findings.extend(case.analysis.wall.as_ref().map(|wall| unreachable(case, wall)));
    findings
}

/// The part of an `and` that cannot pass: one condition, two that exclude each other, or only all together.
enum Core<'q> {
    One(&'q Condition),
    Two(&'q Condition, &'q Condition),
    Whole,
}

/// The smallest part of a query that already excludes `scope`.
fn core<'q>(case: &Case<'_>, query: &'q Query, scope: Scope) -> Core<'q> {
    let conditions: Vec<&Condition> = match query.combinator {
        Combinator::And => query
            .members
            .iter()
            .filter_map(|member| match member {
                Member::Condition(condition) => Some(condition),
                Member::Group(_) => None,
            })
            .collect(),
        Combinator::Or => return Core::Whole,
    };
    let excludes = |chosen: &[&Condition]| {
        let mut builder = Builder::default();
        let propositions: Vec<_> = chosen.iter().map(|condition| builder.condition(condition)).collect();
        let space = builder.space(&case.definition.blueprint);
        let found = space.excludes(&propositions.iter().collect::<Vec<_>>());
        found == Some(Scope::Every) || found == Some(scope)
    };
    if let Some(&one) = conditions.iter().find(|condition| excludes(&[condition])) {
        return Core::One(one);
    }
    let pairs = conditions
        .iter()
        .enumerate()
        .flat_map(|(index, one)| conditions.iter().skip(index + 1).map(move |two| (*one, *two)))
        .filter(|(one, two)| one.subject == two.subject);
    for (one, two) in pairs {
        if excludes(&[one, two]) {
            return Core::Two(one, two);
        }
    }
    Core::Whole
}

fn never_passes(case: &Case<'_>, rule: &Rule, scope: Scope) -> Finding {
    let name = quoted(&rule.identifier);
    let (can, only) = match scope {
        Scope::Every => ("can never pass", None),
        Scope::WithoutArrays => ("can pass only for an array", Some(ONLY_ARRAYS.to_owned())),
    };
    let level = quoted(case.definition.level_title(rule.level));
    let note = only.unwrap_or_else(|| format!("so level {level} and the levels above it cannot be reached"));
    let finding = match core(case, &rule.query, scope) {
        Core::One(condition) => {
            let text = quoted(&condition.to_string());
            let message = format!("no value passes {text}, so rule {name} can never pass");
            case.at(Code::RuleNeverPasses, &condition.span, message)
                .help("fix the condition, or remove the rule")
        }
        Core::Two(one, two) => {
            let message = format!("{}, so rule {name} {can}", exclude_each_other(one, two, scope));
            case.at(Code::ContradictoryConditions, &two.span, message).help(REVERSE)
        }
        Core::Whole => {
            let message = format!("the conditions of rule {name} exclude each other, so it {can}");
            case.about_condition(Code::ContradictoryConditions, rule, message).help(REVERSE)
        }
    };
    finding.note(note).of(rule)
}

const REVERSE: &str = "reverse one comparison, or join them by `or`";

fn exclude_each_other(one: &Condition, two: &Condition, scope: Scope) -> String {
    let (one, two) = (quoted(&one.to_string()), quoted(&two.to_string()));
    match scope {
        Scope::Every => format!("{one} and {two} exclude each other"),
        Scope::WithoutArrays => format!("no single value passes both {one} and {two}"),
    }
}

fn excluded(case: &Case<'_>, rule: &Rule, scope: Scope) -> Finding {
    let message = match scope {
        Scope::Every => {
            format!("rule {} fails for every entity that the filter matches", quoted(&rule.identifier))
        }
        Scope::WithoutArrays => format!(
            "of the entities that the filter matches, rule {} can pass only for an array",
            quoted(&rule.identifier)
        ),
    };
    let note = case
        .definition
        .filter
        .as_ref()
        .and_then(|filter| filter.conditions().first().map(ToString::to_string));
    case.about_condition(Code::RuleNeverPasses, rule, message)
        .note_if(note.map(|filter| format!("the filter requires {}", quoted(&filter))))
        .help("fix the rule or the filter; one of them contradicts the other")
        .of(rule)
}

/// Findings for nested groups that no entity can pass.
fn dead_parts(case: &Case<'_>, rule: &Rule, query: &Query) -> Vec<Finding> {
    let groups = query.members.iter().filter_map(|member| match member {
        Member::Group(group) => Some(group),
        Member::Condition(_) => None,
    });
    groups
        .flat_map(|group| {
            let mut builder = Builder::default();
            let proposition = builder.query(group);
            let space = builder.space(&case.definition.blueprint);
            match space.excludes(&[&proposition]) {
                Some(scope) => vec![dead_part(case, rule, group, scope)],
                None => dead_parts(case, rule, group),
            }
        })
        .collect()
}

fn dead_part(case: &Case<'_>, rule: &Rule, group: &Query, scope: Scope) -> Finding {
    let (span, what) = match core(case, group, scope) {
        Core::One(condition) => {
            (&condition.span, format!("no value passes {}", quoted(&condition.to_string())))
        }
        Core::Two(one, two) => (&two.span, exclude_each_other(one, two, scope)),
        Core::Whole => (&group.span, "the conditions of the group exclude each other".to_owned()),
    };
    let can = match scope {
        Scope::Every => "can never pass",
        Scope::WithoutArrays => "can pass only for an array",
    };
    let message = format!("{what}, so part of rule {} {can}", quoted(&rule.identifier));
    case.at(Code::ContradictoryConditions, span, message).help(REVERSE).of(rule)
}

fn unreachable(case: &Case<'_>, wall: &Wall) -> Finding {
    let definition = case.definition;
    let title = |level: usize| quoted(definition.level_title(level));
    let level = title(wall.level);
    let Some(rule) = definition.rules.get(wall.rule) else {
        return case.about_all(Code::UnreachableLevel, format!("no entity can reach level {level}"));
    };
    let who = match wall.scope {
        Scope::Every => format!("no entity can reach level {level}"),
        Scope::WithoutArrays => format!("only entities with arrays can reach level {level}"),
    };
    let name = quoted(&rule.identifier);
    let message = match wall.other.and_then(|other| definition.rules.get(other)) {
        Some(other) => format!(
            "{who}: rule {name} excludes rule {} of {}",
            quoted(&other.identifier),
            if other.level == wall.level {
                "the same level".to_owned()
            } else {
                format!("level {}", title(other.level))
            }
        ),
        None => format!("{who}: its rules and those of the levels below exclude each other"),
    };
    let only = (wall.scope == Scope::WithoutArrays).then(|| ONLY_ARRAYS.to_owned());
    case.about_condition(Code::UnreachableLevel, rule, message)
        .note_if(only)
        .help("change one of the rules; an entity stops at the first level with a failing rule")
        .of(rule)
}

fn never_matches(case: &Case<'_>, filter: &Query, scope: Scope) -> Finding {
    let matches = match scope {
        Scope::Every => "matches no entity",
        Scope::WithoutArrays => "matches only entities with arrays",
    };
    let (span, message) = match core(case, filter, scope) {
        Core::One(one) => {
            (&one.span, format!("no value passes {}, so the filter {matches}", quoted(&one.to_string())))
        }
        Core::Two(one, two) => {
            (&two.span, format!("{}, so the filter {matches}", exclude_each_other(one, two, scope)))
        }
        Core::Whole => {
            (&filter.span, format!("the conditions of the filter exclude each other, so it {matches}"))
        }
    };
    case.at(Code::FilterNeverMatches, span, message).help("fix the filter, or remove it")
}
