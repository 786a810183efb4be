//! Reports rules that pass without data, because a negative operator holds for a missing value.

use crate::diagnostic::{Code, quoted};
use crate::entity::Meta;
use crate::lint::absence::Absence;
use crate::lint::analysis::Satisfiability;
use crate::lint::finding::Finding;
use crate::lint::target::Target;
use crate::scorecard::{Condition, Rule, Subject, holds, passes_on};
use crate::value::Value;

pub(super) const LINTS: &[Code] = &[Code::PassesWithoutData];

pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    let absence = Absence::new(target.definition);
    let rules = target.definition.rules.iter().zip(&target.analysis.satisfiability);
    rules
        .filter(|(_, satisfiability)| **satisfiability == Satisfiability::Sometimes)
        .filter_map(|(rule, _)| check_rule(target, rule, &absence))
        .collect()
}

fn check_rule(target: &Target<'_>, rule: &Rule, absence: &Absence<'_>) -> Option<Finding> {
    if !holds(&rule.query, &|condition| passes_by_absence(condition)) {
        return None;
    }
    let conditions = rule.query.conditions();
    let mut subjects: Vec<&Subject> = conditions.iter().map(|condition| &condition.subject).collect();
    subjects.sort_unstable();
    subjects.dedup();
    if !absence.allows(&subjects, rule.level, &target.analysis.space.budget) {
        return None;
    }
    let negative = *conditions.iter().find(|condition| passes_by_absence(condition))?;
    let key = if matches!(negative.subject, Subject::Relation(_)) { "relation" } else { "property" };
    let message = format!(
        "rule {} passes without {}: `{}` passes for a missing value",
        quoted(&rule.identifier),
        quoted(&negative.subject.to_string()),
        negative.effective_operator().name()
    );
    let name = serde_json::Value::from(negative.subject.to_string());
    let help = format!(
        "unless this is intended, add a condition and join it by `and`: `{{ \"{key}\": {name}, \"operator\": \"isNotEmpty\" }}`"
    );
    Some(target.at(Code::PassesWithoutData, &negative.span, message).help(help).of(rule))
}

/// Whether a condition holds for a missing value, although it is not `isEmpty` or `isNotEmpty`.
fn passes_by_absence(condition: &Condition) -> bool {
    let always_there = matches!(condition.subject, Subject::Meta(Meta::Identifier | Meta::Blueprint));
    !always_there && !condition.operator.is_emptiness() && passes_on(condition, &Value::Missing)
}
