//! Rules that pass without data: a negative operator holds for a missing value.

use crate::diagnostic::{Code, quoted};
use crate::entity::Meta;
use crate::lint::analysis::Fate;
use crate::lint::assume::{holds, passes_on};
use crate::lint::case::Case;
use crate::lint::finding::Finding;
use crate::scorecard::{Condition, Rule, Subject};
use crate::value::Value;

pub(super) const LINTS: &[Code] = &[Code::PassesWithoutData];

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let rules = case.definition.rules.iter().zip(&case.analysis.fates);
    rules.filter(|(_, fate)| **fate == Fate::Open).filter_map(|(rule, _)| of_rule(case, rule)).collect()
}

fn of_rule(case: &Case<'_>, rule: &Rule) -> Option<Finding> {
    if !holds(&rule.query, &|condition| passes_by_absence(condition)) {
        return None;
    }
    let conditions = rule.query.conditions();
    let absent = |condition: &Condition| {
        !conditions.iter().any(|other| other.subject == condition.subject)
            || passes_on(condition, &Value::Missing)
    };
    let reached = case.definition.filter.iter().chain(
        case.definition.rules.iter().filter(|other| other.level <= rule.level).map(|other| &other.query),
    );
    if !reached.into_iter().all(|query| holds(query, &absent)) {
        return None;
    }
    let negative = *conditions.iter().find(|condition| passes_by_absence(condition))?;
    let key = if matches!(negative.subject, Subject::Relation(_)) { "relation" } else { "property" };
    let message = format!(
        "rule {} passes without {}: `{}` holds for a missing value",
        quoted(&rule.identifier),
        quoted(&negative.subject.to_string()),
        negative.effective_operator().name()
    );
    let name = serde_json::Value::from(negative.subject.to_string());
    let help = format!(
        "unless this is intended, add a condition and join it by `and`: `{{ \"{key}\": {name}, \"operator\": \"isNotEmpty\" }}`"
    );
    Some(case.at(Code::PassesWithoutData, &negative.span, message).help(help).of(rule))
}

/// Whether it holds for a missing value without testing for one.
fn passes_by_absence(condition: &Condition) -> bool {
    let always_there = matches!(condition.subject, Subject::Meta(Meta::Identifier | Meta::Blueprint));
    !always_there && !condition.operator.is_emptiness() && passes_on(condition, &Value::Missing)
}
