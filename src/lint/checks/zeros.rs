//! Reports rules that pass for 0. Exports often contain 0 as a rate or a time when nothing was measured.
//!
//! Only properties whose names suggest a rate or a time are reported: 0 open bugs should pass `open_bugs <= 5`.

use crate::diagnostic::{Code, list, quoted};
use crate::dora::Metric;
use crate::lint::analysis::Satisfiability;
use crate::lint::finding::Finding;
use crate::lint::names::{is_rate_or_time, metric};
use crate::lint::survey::Kind;
use crate::lint::target::Target;
use crate::scorecard::{Condition, Operand, Operator, Rule, Subject, holds, passes_on};
use crate::terminal::thousands;
use crate::value::{Scalar, Value};
use std::collections::HashMap;

pub(super) const LINTS: &[Code] = &[Code::PassesOnZero];

/// Reports each property once, at its rule of the lowest level, because a guard there also protects the levels above.
pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    let blocked = first_level_without_zero(target);
    let rules = target.definition.rules.iter().zip(&target.analysis.satisfiability);
    let mut meant: Vec<(&Rule, &Condition)> = rules
        .filter(|(_, satisfiability)| **satisfiability == Satisfiability::Sometimes)
        .filter_map(|(rule, _)| Some((rule, passed_by_zero(rule, blocked)?)))
        .collect();
    meant.sort_by_key(|(rule, _)| rule.level);
    let mut properties: Vec<(&Rule, &Condition, Vec<&str>)> = Vec::new();
    let mut known: HashMap<&Subject, usize> = HashMap::new();
    for (rule, condition) in meant {
        let next = properties.len();
        let index = *known.entry(&condition.subject).or_insert(next);
        match properties.get_mut(index) {
            Some((_, _, others)) => others.push(&rule.identifier),
            None => properties.push((rule, condition, Vec::new())),
        }
    }
    let guards = if properties.is_empty() { Vec::new() } else { guards(target) };
    properties
        .into_iter()
        .map(|(rule, condition, others)| finding(target, rule, condition, &others, &guards))
        .collect()
}

/// The lowest level that an entity whose numbers are all 0 cannot reach. The filter counts as level 0.
fn first_level_without_zero(target: &Target<'_>) -> Option<usize> {
    let zero =
        |condition: &Condition| !compares_numbers(condition) || passes_on(condition, &Value::Number(0.0));
    let filter = target.definition.filter.iter().map(|filter| (0, filter));
    let rules = target.definition.rules.iter().map(|rule| (rule.level, &rule.query));
    filter.chain(rules).filter(|(_, query)| !holds(query, &zero)).map(|(level, _)| level).min()
}

/// The condition of a rule that sets an upper bound for a rate or a time. `None` if an entity whose numbers are all 0
/// cannot reach the level of the rule, because it is not below the level `blocked`.
fn passed_by_zero(rule: &Rule, blocked: Option<usize>) -> Option<&Condition> {
    if blocked.is_some_and(|blocked| blocked <= rule.level) {
        return None;
    }
    let conditions = rule.query.conditions();
    conditions.iter().find(|condition| has_upper_bound(condition)).copied()
}

fn finding(target: &Target<'_>, rule: &Rule, small: &Condition, others: &[&str], guards: &[&str]) -> Finding {
    let name = small.subject.to_string();
    let message = format!("rule {} passes when {} is 0", quoted(&rule.identifier), quoted(&name));
    let guard = serde_json::Value::from(guard(guards, &name).unwrap_or(&name));
    let help = format!(
        "if 0 can mean that nothing was measured, add a guard and join it by `and`: `{{ \"property\": {guard}, \"operator\": \">\", \"value\": 0 }}`"
    );
    let also =
        (!others.is_empty()).then(|| format!("this also applies to {}", list(others.iter().copied(), 5)));
    let zeros = zeros(target, small);
    // the lead time without deployments is null in most exports, because a mean of nothing has no value
    let is_lead_time = metric(&name) == Some(Metric::LeadTime);
    let notes: Vec<String> = zeros.clone().into_iter().chain(also).collect();
    target
        .at(Code::PassesOnZero, &small.span, message)
        .note_if((!notes.is_empty()).then(|| notes.join("; ")))
        .help(help)
        .into_note_if(is_lead_time && zeros.is_none())
        .of(rule)
}

/// How many entities have 0 for the property of a condition. `None` if there are none, or no entities.
fn zeros(target: &Target<'_>, condition: &Condition) -> Option<String> {
    let values = target.survey?.values(&target.definition.blueprint, &condition.subject)?;
    let zeros = values.equal_to(0.0);
    let numbers = values.of(Kind::Number);
    (zeros > 0).then(|| format!("{} of {} entities have 0", thousands(zeros), thousands(numbers)))
}

fn has_upper_bound(condition: &Condition) -> bool {
    matches!(condition.operator, Operator::Less | Operator::LessOrEqual)
        && matches!(&condition.subject, Subject::Property(name) if is_rate_or_time(name))
        && compares_numbers(condition)
        && passes_on(condition, &Value::Number(0.0))
}

fn compares_numbers(condition: &Condition) -> bool {
    matches!(condition.operand, Operand::Scalar(Scalar::Number(_)))
}

/// The properties of all guards in rules for this blueprint.
fn guards<'c>(target: &Target<'c>) -> Vec<&'c str> {
    let same_blueprint =
        target.definitions.iter().filter(|other| other.blueprint == target.definition.blueprint);
    let conditions =
        same_blueprint.flat_map(|definition| &definition.rules).flat_map(|rule| rule.query.conditions());
    conditions
        .filter(|condition| condition.is_zero_guard())
        .filter_map(|condition| match &condition.subject {
            Subject::Property(name) => Some(name.as_str()),
            _ => None,
        })
        .collect()
}

/// The guard to suggest for a property: one on the same activity (deployments or incidents) if there is one, else the
/// first.
fn guard<'c>(guards: &[&'c str], name: &str) -> Option<&'c str> {
    let about = |word: &str| guards.iter().find(|guard| guard.to_lowercase().contains(word)).copied();
    about(if is_about_incidents(name) { "incident" } else { "deploy" }).or(guards.first().copied())
}

/// Whether a rate or a time is computed from incidents rather than from deployments.
fn is_about_incidents(name: &str) -> bool {
    metric(name) == Some(Metric::RecoveryTime) || name.to_lowercase().contains("incident")
}
