//! Rules that a zero passes: where nothing happened, exports often hold 0 for a rate or a time.
//!
//! Only properties whose name says that they are a rate or a time are meant: that 0 open bugs pass
//! `open_bugs <= 5` is how it should be.

use crate::diagnostic::{Severity, quoted};
use crate::lint::assume::{holds, passes_on};
use crate::lint::case::Case;
use crate::lint::facts::Fate;
use crate::lint::finding::{Finding, Lint};
use crate::lint::names::is_rate_or_time;
use crate::scorecard::{Condition, Operand, Operator, Rule, Subject};
use crate::value::{Scalar, Value};

pub(super) const LINTS: &[Lint] = &[PASSES_ON_ZERO];

const PASSES_ON_ZERO: Lint = Lint {
    code: "passes-on-zero",
    severity: Severity::Warning,
    page: "The rule asks a rate or a time to be small (`<` or `<=`), and 0 passes it. Where nothing happened, many \
           exports hold 0: no deployment, so a change failure rate of 0 and a lead time of 0, and the best level for \
           a service that never shipped. Guard the rule: add a condition that there was something to measure, such \
           as `total_deployments > 0`, joined by `and`. If your data holds null where there is nothing to measure, \
           the rule is sound as it is, for null never passes it: allow this lint. A rule whose level or filter asks \
           for activity elsewhere is not meant.",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let rules = case.definition.rules.iter().zip(&case.facts.fates);
    rules.filter(|(_, fate)| **fate == Fate::Open).filter_map(|(rule, _)| of_rule(case, rule)).collect()
}

fn of_rule(case: &Case<'_>, rule: &Rule) -> Option<Finding> {
    let conditions = rule.query.conditions();
    let small = *conditions.iter().find(|condition| asks_to_be_small(condition))?;
    let filter = case.definition.filter.as_ref();
    let levels =
        case.definition.rules.iter().filter(|other| other.level <= rule.level).map(|other| &other.query);
    let zero =
        |condition: &Condition| !compares_numbers(condition) || passes_on(condition, &Value::Number(0.0));
    if !filter.into_iter().chain(levels).all(|query| holds(query, &zero)) {
        return None;
    }
    let name = small.subject.to_string();
    let message = format!("rule {} passes when {} is 0", quoted(&rule.identifier), quoted(&name));
    let guard = serde_json::Value::from(guard(case, &name).unwrap_or(&name));
    let help = format!(
        "if 0 can mean that there is nothing to measure, add to an `and`: `{{ \"property\": {guard}, \"operator\": \">\", \"value\": 0 }}`"
    );
    Some(case.at(&PASSES_ON_ZERO, &small.span, message).help(help).of(rule))
}

fn asks_to_be_small(condition: &Condition) -> bool {
    matches!(condition.operator, Operator::Less | Operator::LessOrEqual)
        && matches!(&condition.subject, Subject::Property(name) if is_rate_or_time(name))
        && compares_numbers(condition)
        && passes_on(condition, &Value::Number(0.0))
}

fn compares_numbers(condition: &Condition) -> bool {
    matches!(condition.operand, Operand::Scalar(Scalar::Number(_)))
}

/// A guard that the set uses for this blueprint: one about the same thing, else the first.
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
    let name = name.to_lowercase();
    let incident = ["recover", "restor", "incident", "mttr"].iter().any(|word| name.contains(word));
    about(if incident { "incident" } else { "deploy" }).or(guards.first().copied())
}
