//! Reports conditions on values of a type that no entity has, such as a number where all values are strings.

use super::booleans::is_meant_as_boolean;
use super::entities::count;
use crate::diagnostic::{Code, quoted};
use crate::lint::finding::Finding;
use crate::lint::survey::{Kind, ValueCounts};
use crate::lint::target::Target;
use crate::scorecard::{Check, Condition, Known, Test};
use crate::value::{Instant, Scalar};

pub(super) const LINTS: &[Code] = &[Code::TypeNeverFits];

pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    let definition = target.definition;
    let check_condition = |target: &Target<'_>, condition: &Condition| {
        check_condition(target, condition).filter(|_| !is_meant_as_boolean(target, condition))
    };
    let filter = definition.filter.iter().flat_map(|filter| filter.conditions());
    let mut findings: Vec<Finding> =
        filter.filter_map(|condition| check_condition(target, condition)).collect();
    for rule in &definition.rules {
        let conditions = rule.query.conditions().into_iter();
        findings.extend(
            conditions.filter_map(|condition| check_condition(target, condition)).map(|found| found.of(rule)),
        );
    }
    findings
}

/// Whether the entities have values, but none of a type for which the condition can hold.
pub(super) fn never_fits(target: &Target<'_>, condition: &Condition) -> bool {
    check_condition(target, condition).is_some()
}

fn check_condition(target: &Target<'_>, condition: &Condition) -> Option<Finding> {
    let values = target.survey?.values(&target.definition.blueprint, &condition.subject)?;
    let kinds = values.kinds();
    let fits = fitting(condition)?;
    if kinds.is_empty() || kinds.iter().any(|kind| fits.contains(kind)) {
        return None;
    }
    let name = quoted(&condition.subject.to_string());
    let wanted: Vec<&str> = names(&fits);
    let held = names(&kinds);
    let always = if condition.operator.positive().is_some() { "always" } else { "never" };
    let message = format!(
        "{name} is {} in {}, never {}: {} {always} passes",
        held.join(" or "),
        count(values.present),
        wanted.join(" or "),
        quoted(&condition.comparison()),
    );
    Some(
        target
            .at(Code::TypeNeverFits, &condition.span, message)
            .note_if(sample(values))
            .help(advice(&kinds, &fits, values)),
    )
}

fn sample(values: &ValueCounts) -> Option<String> {
    Some(format!("an example is {}", quoted(values.sample.as_deref()?)))
}

fn advice(kinds: &[Kind], fits: &[Kind], values: &ValueCounts) -> &'static str {
    let numeric = values.sample.as_deref().is_some_and(|sample| sample.trim().parse::<f64>().is_ok());
    if fits.contains(&Kind::Number) && kinds.contains(&Kind::Text) && numeric {
        return "export the value as a number: 7, not \"7\"";
    }
    if fits.contains(&Kind::DateTime) && kinds.contains(&Kind::Day) {
        return "use `between`, which accepts days, or export the value with a time";
    }
    "fix the export, or compare with a value of the type that the entities have"
}

/// The names of kinds. If all three kinds of strings are present, they are listed once, as `a string`.
fn names(kinds: &[Kind]) -> Vec<&'static str> {
    let all_texts = Kind::TEXTS.iter().all(|kind| kinds.contains(kind));
    let shown = kinds.iter().filter(|kind| !all_texts || !matches!(kind, Kind::DateTime | Kind::Day));
    shown.map(|kind| kind.describe()).collect()
}

/// The kinds of values, or of elements of arrays, for which the test of a condition can hold. `None` if there is no
/// restriction.
fn fitting(condition: &Condition) -> Option<Vec<Kind>> {
    let check = Check::new(condition, Instant::from_chrono(chrono::DateTime::UNIX_EPOCH));
    let kinds = match &check.test {
        Test::Empty | Test::NotEmpty => return None,
        Test::Number(..) => vec![Kind::Number],
        Test::Instant(..) => vec![Kind::DateTime],
        Test::Between(..) => vec![Kind::DateTime, Kind::Day],
        Test::Equal(known) => kinds_of(std::slice::from_ref(known)),
        Test::AnyOf(known) | Test::SameSet(known) => kinds_of(known),
        Test::ContainsAll(_) | Test::BeginsWith(_) | Test::EndsWith(_) | Test::Like(_) => {
            vec![Kind::Number, Kind::DateTime, Kind::Day, Kind::Text]
        }
    };
    (!kinds.is_empty()).then_some(kinds)
}

fn kinds_of(known: &[Known]) -> Vec<Kind> {
    let fitting = |known: &Known| match &known.scalar {
        Scalar::Number(_) => vec![Kind::Number],
        Scalar::Bool(_) => vec![Kind::Bool],
        Scalar::Text(_) => Kind::TEXTS.to_vec(),
    };
    let mut kinds: Vec<Kind> = known.iter().flat_map(fitting).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}
