//! Rules that a zero passes: where nothing happened, exports often have 0 for a rate or a time.
//!
//! Only properties with the name of a rate or a time are reported; 0 open bugs should pass `open_bugs <= 5`.

use crate::diagnostic::{Code, list, quoted};
use crate::dora::{self, Metric};
use crate::lint::analysis::Fate;
use crate::lint::assume::{holds, passes_on};
use crate::lint::case::Case;
use crate::lint::finding::Finding;
use crate::lint::names::is_rate_or_time;
use crate::scorecard::{Condition, Operand, Operator, Rule, Subject};
use crate::value::{Scalar, Value};

pub(super) const LINTS: &[Code] = &[Code::PassesOnZero];

/// One finding for each property, at its lowest rule; a guard there also protects the levels above.
pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let rules = case.definition.rules.iter().zip(&case.analysis.fates);
    let mut meant: Vec<(&Rule, &Condition)> = rules
        .filter(|(_, fate)| **fate == Fate::Open)
        .filter_map(|(rule, _)| Some((rule, passed_by_zero(case, rule)?)))
        .collect();
    meant.sort_by_key(|(rule, _)| rule.level);
    let mut findings = Vec::new();
    while let Some((rule, condition)) = meant.first().copied() {
        let same = |(_, other): &(&Rule, &Condition)| other.subject == condition.subject;
        let others: Vec<&str> =
            meant.iter().filter(|one| same(one)).skip(1).map(|(rule, _)| rule.identifier.as_str()).collect();
        findings.push(finding(case, rule, condition, &others));
        meant.retain(|one| !same(one));
    }
    findings
}

/// The condition with an upper bound for a rate or a time, if an entity with zeros passes the rule and reaches its
/// level.
fn passed_by_zero<'r>(case: &Case<'_>, rule: &'r Rule) -> Option<&'r Condition> {
    let conditions = rule.query.conditions();
    let small = *conditions.iter().find(|condition| has_upper_bound(condition))?;
    let filter = case.definition.filter.as_ref();
    let levels =
        case.definition.rules.iter().filter(|other| other.level <= rule.level).map(|other| &other.query);
    let zero =
        |condition: &Condition| !compares_numbers(condition) || passes_on(condition, &Value::Number(0.0));
    filter.into_iter().chain(levels).all(|query| holds(query, &zero)).then_some(small)
}

fn finding(case: &Case<'_>, rule: &Rule, small: &Condition, others: &[&str]) -> Finding {
    let name = small.subject.to_string();
    let message = format!("rule {} passes when {} is 0", quoted(&rule.identifier), quoted(&name));
    let guard = serde_json::Value::from(guard(case, &name).unwrap_or(&name));
    let help = format!(
        "if 0 can mean that there is nothing to measure, add a guard and join it by `and`: `{{ \"property\": {guard}, \"operator\": \">\", \"value\": 0 }}`"
    );
    let note =
        (!others.is_empty()).then(|| format!("this also concerns {}", list(others.iter().copied(), 5)));
    case.at(Code::PassesOnZero, &small.span, message).note_if(note).help(help).of(rule)
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

/// A guard that the set uses for this blueprint: one for the same activity, else the first.
fn guard<'c>(case: &Case<'c>, name: &str) -> Option<&'c str> {
    let same_blueprint = case.definitions.iter().filter(|other| other.blueprint == case.definition.blueprint);
    let guards: Vec<&str> = same_blueprint
        .flat_map(|definition| &definition.rules)
        .flat_map(|rule| rule.query.conditions())
        .filter(|condition| condition.is_zero_guard())
        .filter_map(|condition| match &condition.subject {
            Subject::Property(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    let about = |word: &str| guards.iter().find(|guard| guard.to_lowercase().contains(word)).copied();
    about(if is_about_incidents(name) { "incident" } else { "deploy" }).or(guards.first().copied())
}

/// Whether a rate or time is measured from incidents rather than from deployments.
fn is_about_incidents(name: &str) -> bool {
    if let Some(metric) = dora::property(name).and_then(|property| property.metric) {
        return metric == Metric::RecoveryTime;
    }
    let name = name.to_lowercase();
    ["recover", "restor", "incident", "mttr"].iter().any(|word| name.contains(word))
}
