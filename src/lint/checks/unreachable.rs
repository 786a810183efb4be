//! Reports rules that can never pass, and levels that no entity can reach.
//!
//! An array can pass two conditions that exclude each other: one element passes the first condition, and another
//! element passes the second. If only an array can pass, the message says so.

use crate::diagnostic::{Code, quoted};
use crate::lint::analysis::{Satisfiability, UnreachableLevel};
use crate::lint::cause::{Cause, cause};
use crate::lint::domain::{Builder, Premises, Scope};
use crate::lint::finding::Finding;
use crate::lint::target::Target;
use crate::scorecard::{Condition, Member, Query, Rule};

pub(super) const LINTS: &[Code] =
    &[Code::ContradictoryConditions, Code::RuleNeverPasses, Code::UnreachableLevel, Code::FilterNeverMatches];

const ONLY_ARRAYS: &str = "only an array can pass, because different elements can pass different conditions";

pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let (Some(filter), Satisfiability::Never(scope)) =
        (&target.definition.filter, target.analysis.filter_satisfiability)
    {
        findings.push(never_matches(target, filter, scope));
    }
    for (rule, satisfiability) in target.definition.rules.iter().zip(&target.analysis.satisfiability) {
        match satisfiability {
            Satisfiability::Never(scope) => findings.push(never_passes(target, rule, *scope)),
            Satisfiability::Excluded(scope) => findings.push(excluded(target, rule, *scope)),
            Satisfiability::Sometimes | Satisfiability::Always => {
                findings.extend(impassable_groups(target, rule, &rule.query))
            }
        }
    }
    findings.extend(target.analysis.unreachable.as_ref().map(|level| unreachable(target, level)));
    findings
}

fn never_passes(target: &Target<'_>, rule: &Rule, scope: Scope) -> Finding {
    let name = quoted(&rule.identifier);
    let (can, only) = match scope {
        Scope::Every => ("can never pass", None),
        Scope::WithoutArrays => ("can pass only for an array", Some(ONLY_ARRAYS.to_owned())),
    };
    let level = quoted(target.definition.level_title(rule.level));
    let note = only.unwrap_or_else(|| format!("level {level} and the levels above it cannot be reached"));
    let finding = match cause(target, &rule.query, scope) {
        Cause::One(condition) => {
            let text = quoted(&condition.to_string());
            let message = format!("no value passes {text}, so rule {name} can never pass");
            target
                .at(Code::RuleNeverPasses, &condition.span, message)
                .help("fix the condition, or remove the rule")
        }
        Cause::Two(one, two) => {
            let message = format!("{}, so rule {name} {can}", exclude_each_other(one, two, scope));
            target.at(Code::ContradictoryConditions, &two.span, message).help(REVERSE)
        }
        Cause::Whole => {
            let message = format!("the conditions of rule {name} exclude each other, so it {can}");
            target.about_condition(Code::ContradictoryConditions, rule, message).help(REVERSE)
        }
    };
    finding.note(note).of(rule)
}

const REVERSE: &str = "reverse one comparison, or join the conditions by `or`";

fn exclude_each_other(one: &Condition, two: &Condition, scope: Scope) -> String {
    let (one, two) = (quoted(&one.to_string()), quoted(&two.to_string()));
    match scope {
        Scope::Every => format!("{one} and {two} exclude each other"),
        Scope::WithoutArrays => format!("no single value passes both {one} and {two}"),
    }
}

fn excluded(target: &Target<'_>, rule: &Rule, scope: Scope) -> Finding {
    let message = match scope {
        Scope::Every => {
            format!("rule {} fails for every entity that the filter matches", quoted(&rule.identifier))
        }
        Scope::WithoutArrays => format!(
            "of the entities that the filter matches, only those with an array can pass rule {}",
            quoted(&rule.identifier)
        ),
    };
    let note = target
        .definition
        .filter
        .as_ref()
        .and_then(|filter| filter.conditions().first().map(ToString::to_string));
    target
        .about_condition(Code::RuleNeverPasses, rule, message)
        .note_if(note.map(|filter| format!("the filter requires {}", quoted(&filter))))
        .help("fix the rule or the filter; they contradict each other")
        .of(rule)
}

/// Reports nested groups that no entity can pass.
fn impassable_groups(target: &Target<'_>, rule: &Rule, query: &Query) -> Vec<Finding> {
    let groups = query.members.iter().filter_map(|member| match member {
        Member::Group(group) => Some(group),
        Member::Condition(_) => None,
    });
    groups
        .flat_map(|group| {
            let mut builder = Builder::default();
            let proposition = builder.query(group);
            let space = builder.space(&target.definition.blueprint, target.analysis.space.budget.clone());
            match space.excludes(&Premises::default(), &[&proposition]) {
                Some(scope) => vec![impassable_group(target, rule, group, scope)],
                None => impassable_groups(target, rule, group),
            }
        })
        .collect()
}

fn impassable_group(target: &Target<'_>, rule: &Rule, group: &Query, scope: Scope) -> Finding {
    let (span, what) = match cause(target, group, scope) {
        Cause::One(condition) => {
            (&condition.span, format!("no value passes {}", quoted(&condition.to_string())))
        }
        Cause::Two(one, two) => (&two.span, exclude_each_other(one, two, scope)),
        Cause::Whole => (&group.span, "the conditions of the group exclude each other".to_owned()),
    };
    let can = match scope {
        Scope::Every => "can never pass",
        Scope::WithoutArrays => "can pass only for an array",
    };
    let message = format!("{what}, so part of rule {} {can}", quoted(&rule.identifier));
    target.at(Code::ContradictoryConditions, span, message).help(REVERSE).of(rule)
}

fn unreachable(target: &Target<'_>, unreachable: &UnreachableLevel) -> Finding {
    let definition = target.definition;
    let title = |level: usize| quoted(definition.level_title(level));
    let level = title(unreachable.level);
    let Some(rule) = definition.rules.get(unreachable.rule) else {
        return target.about_all(Code::UnreachableLevel, format!("no entity can reach level {level}"));
    };
    let who = match unreachable.scope {
        Scope::Every => format!("no entity can reach level {level}"),
        Scope::WithoutArrays => format!("only entities with arrays can reach level {level}"),
    };
    let name = quoted(&rule.identifier);
    let message = match unreachable.other.and_then(|other| definition.rules.get(other)) {
        Some(other) => format!(
            "{who}: rule {name} and rule {} of {} exclude each other",
            quoted(&other.identifier),
            if other.level == unreachable.level {
                "the same level".to_owned()
            } else {
                format!("level {}", title(other.level))
            }
        ),
        None => format!("{who}: the rules of this level and of the levels below exclude each other"),
    };
    let only = (unreachable.scope == Scope::WithoutArrays).then(|| ONLY_ARRAYS.to_owned());
    target
        .about_condition(Code::UnreachableLevel, rule, message)
        .note_if(only)
        .help("change one of the rules; an entity stops at the first level with a failing rule")
        .of(rule)
}

fn never_matches(target: &Target<'_>, filter: &Query, scope: Scope) -> Finding {
    let matches = match scope {
        Scope::Every => "matches no entity",
        Scope::WithoutArrays => "matches only entities with arrays",
    };
    let (span, message) = match cause(target, filter, scope) {
        Cause::One(one) => {
            (&one.span, format!("no value passes {}, so the filter {matches}", quoted(&one.to_string())))
        }
        Cause::Two(one, two) => {
            (&two.span, format!("{}, so the filter {matches}", exclude_each_other(one, two, scope)))
        }
        Cause::Whole => {
            (&filter.span, format!("the conditions of the filter exclude each other, so it {matches}"))
        }
    };
    target.at(Code::FilterNeverMatches, span, message).help("fix the filter, or remove it")
}
