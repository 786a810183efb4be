//! Conditions that expect another type than the entities have, such as a number where all values are strings.

use super::entities::count;
use crate::diagnostic::{Code, quoted};
use crate::lint::case::Case;
use crate::lint::finding::Finding;
use crate::lint::survey::{Holding, Kind};
use crate::scorecard::{Check, Condition, Known, Test};
use crate::value::{Instant, Scalar};

pub(super) const LINTS: &[Code] = &[Code::TypeNeverFits];

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let definition = case.definition;
    let filter = definition.filter.iter().flat_map(|filter| filter.conditions());
    let mut findings: Vec<Finding> = filter.filter_map(|condition| of_condition(case, condition)).collect();
    for rule in &definition.rules {
        let conditions = rule.query.conditions().into_iter();
        findings.extend(
            conditions.filter_map(|condition| of_condition(case, condition)).map(|found| found.of(rule)),
        );
    }
    findings
}

/// Whether the entities have values, but none of a type that the condition can hold for.
pub(super) fn never_fits(case: &Case<'_>, condition: &Condition) -> bool {
    of_condition(case, condition).is_some()
}

fn of_condition(case: &Case<'_>, condition: &Condition) -> Option<Finding> {
    let holding = case.survey?.holding(&case.definition.blueprint, &condition.subject)?;
    let kinds = holding.kinds();
    let fits = fitting(condition)?;
    if kinds.is_empty() || kinds.iter().any(|kind| fits.contains(kind)) {
        return None;
    }
    let name = quoted(&condition.subject.to_string());
    let wanted: Vec<&str> = names(&fits);
    let held = names(&kinds);
    let always = if condition.operator.positive().is_some() { "always" } else { "never" };
    let message = format!(
        "{name} is {} in {}, never {}: {} {always} holds",
        held.join(" or "),
        count(holding.present),
        wanted.join(" or "),
        quoted(&condition.comparison()),
    );
    Some(
        case.at(Code::TypeNeverFits, &condition.span, message)
            .note_if(sample(holding))
            .help(advice(&kinds, &fits, holding)),
    )
}

fn sample(holding: &Holding) -> Option<String> {
    Some(format!("an example is {}", quoted(holding.sample.as_deref()?)))
}

fn advice(kinds: &[Kind], fits: &[Kind], holding: &Holding) -> &'static str {
    let numeric = holding.sample.as_deref().is_some_and(|sample| sample.trim().parse::<f64>().is_ok());
    if fits.contains(&Kind::Number) && kinds.contains(&Kind::Text) && numeric {
        return "export it as a number: 7, not \"7\"";
    }
    if fits.contains(&Kind::DateTime) && kinds.contains(&Kind::Day) {
        return "use `between`, which takes days, or export it with a time";
    }
    "fix the export, or compare with a value of the type that the entities have"
}

/// The names of kinds; all kinds of strings together are one.
fn names(kinds: &[Kind]) -> Vec<&'static str> {
    let all_texts = Kind::TEXTS.iter().all(|kind| kinds.contains(kind));
    let shown = kinds.iter().filter(|kind| !all_texts || !matches!(kind, Kind::DateTime | Kind::Day));
    shown.map(|kind| kind.describe()).collect()
}

/// The kinds of values, or of elements of arrays, that the test of a condition can hold for; `None` for any kind.
fn fitting(condition: &Condition) -> Option<Vec<Kind>> {
    let check = Check::new(condition, Instant::from_chrono(chrono::DateTime::UNIX_EPOCH));
    let kinds = match &check.test {
        Test::Empty | Test::NotEmpty => return None,
        Test::Number(..) => vec![Kind::Number],
        Test::Instant(..) => vec![Kind::DateTime],
        Test::Between(..) => vec![Kind::DateTime, Kind::Day],
        Test::Equal(known) => kinds_of(std::slice::from_ref(known)),
        Test::AnyOf(known) | Test::SameSet(known) => kinds_of(known),
        Test::ContainsAll(_) | Test::BeginsWith(_) | Test::EndsWith(_) => {
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
