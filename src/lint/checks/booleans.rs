//! Reports `true` and `false` in quotes, where nothing suggests that the property is text.

use crate::diagnostic::{Code, quoted};
use crate::lint::finding::Finding;
use crate::lint::shared::boolean_of;
use crate::lint::survey::Kind;
use crate::lint::target::Target;
use crate::scorecard::{Condition, Operand, Operator, Query, Subject};
use crate::value::Scalar;
use std::collections::HashSet;

pub(super) const LINTS: &[Code] = &[Code::BooleanAsText];

pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    let definition = target.definition;
    let filter = definition.filter.iter().flat_map(|filter| check_query(target, filter));
    let rules = definition
        .rules
        .iter()
        .flat_map(|rule| check_query(target, &rule.query).into_iter().map(|finding| finding.of(rule)));
    filter.chain(rules).collect()
}

fn check_query(target: &Target<'_>, query: &Query) -> Vec<Finding> {
    let conditions = query.conditions();
    let mut found = conditions.iter().filter(|condition| is_meant_as_boolean(target, condition)).peekable();
    if found.peek().is_none() {
        return Vec::new();
    }
    // a query that also compares with the boolean accepts both
    let has_boolean =
        |condition: &&&Condition| scalars(condition).iter().any(|one| matches!(one, Scalar::Bool(_)));
    let both: HashSet<&Subject> =
        conditions.iter().filter(has_boolean).map(|condition| &condition.subject).collect();
    let found = found.filter(|condition| !both.contains(&condition.subject));
    found.map(|condition| finding(target, condition)).collect()
}

fn finding(target: &Target<'_>, condition: &Condition) -> Finding {
    let holds = if condition.operator.positive().is_some() { "always" } else { "never" };
    let message = format!(
        "{} {holds} holds for a boolean, because text never equals a boolean",
        quoted(&condition.to_string())
    );
    let help = match texts(condition).filter_map(boolean_of).next() {
        Some(boolean) if matches!(condition.operand, Operand::Scalar(_)) => {
            format!("write `{boolean}` without quotes")
        }
        _ => "write `true` and `false` without quotes".to_owned(),
    };
    target.about_value(Code::BooleanAsText, condition, message).help(help)
}

/// Whether a condition compares with `true` or `false` in quotes, and the property is a boolean: the entities decide,
/// and without values the other conditions.
pub(super) fn is_meant_as_boolean(target: &Target<'_>, condition: &Condition) -> bool {
    if !matches!(condition.subject, Subject::Property(_)) || !has_only_boolean_words(condition) {
        return false;
    }
    let blueprint = &target.definition.blueprint;
    let values = target.survey.and_then(|survey| survey.values(blueprint, &condition.subject));
    match values.filter(|values| values.present > 0) {
        Some(values) => values.of(Kind::Bool) > 0 && Kind::TEXTS.iter().all(|kind| values.of(*kind) == 0),
        None => !target.shared.are_texts(blueprint, &condition.subject),
    }
}

/// Whether all text that a condition compares with by equality is a boolean in quotes, and there is some.
fn has_only_boolean_words(condition: &Condition) -> bool {
    let compares = condition.operator.is_equality()
        || matches!(condition.operator, Operator::In | Operator::NotIn | Operator::ContainsAny);
    compares && texts(condition).next().is_some() && texts(condition).all(|text| boolean_of(text).is_some())
}

/// The text that a condition compares with.
fn texts(condition: &Condition) -> impl Iterator<Item = &str> {
    scalars(condition).iter().filter_map(|scalar| match scalar {
        Scalar::Text(text) => Some(text.as_str()),
        _ => None,
    })
}

/// The values that a condition compares with.
fn scalars(condition: &Condition) -> &[Scalar] {
    match &condition.operand {
        Operand::Scalar(scalar) => std::slice::from_ref(scalar),
        Operand::List(items) => items,
        _ => &[],
    }
}
