//! The sentences of explanations, which `text` and `markdown` share.

use crate::dora::Unit;
use crate::explain::{
    Action, Advice, Bound, Change, ConditionFact, Datum, Explanation, Gap, NextLevel, NoAdvice, Range,
    Requirement, SubjectFact,
};
use crate::grade::NoDataReason;
use crate::scorecard::Operator;
use crate::terminal::{clean, truncate};
use crate::value::{Scalar, Value, number_text};
use std::fmt;

/// The maximum width of a name or title, in columns. The rest is cut off.
const MOST_OF_NAME: usize = 120;
/// The maximum width of a value, in columns. The rest is cut off.
const MOST_OF_VALUE: usize = 60;

/// Shown if no entity was named and no graded entity has a next level.
pub(super) const NO_NEXT_LEVEL: &str =
    "No entity has a next level: each is at the top level of its scorecards, or is not graded.";

/// Shown below the entities that are nearest to their next level.
pub(super) const NEAREST_HINT: &str = "Sorted by the distance to the next level. For each entity, only the \
    scorecard nearest to its next level is shown; name an entity to see all of its scorecards.";

/// Shown above the filter of a scorecard that does not apply to an entity.
pub(super) const FAILED_FILTER: &str = "The filter does not match this entity:";

/// Shown for an entity that no scorecard grades.
pub(super) fn no_scorecard(blueprint: &str) -> String {
    format!("No scorecard grades blueprint {blueprint}.")
}

/// A name or a title, sanitized and cut if it is too long.
pub(crate) fn plain(text: &str) -> String {
    cut(text, MOST_OF_NAME)
}

fn cut(text: &str, most: usize) -> String {
    clean(truncate(text, most)).into_owned()
}

/// A value in JSON, cut if it is too long.
pub(super) fn value(datum: &Datum) -> String {
    cut(&json(&datum.0), MOST_OF_VALUE)
}

fn json(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => Scalar::Text(text.to_string()).to_string(),
        Value::List(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

/// The requirement of a condition, to be written after a name: `>= 0.25 per week`, `must not be empty` or `must be in
/// lastMonth (2026-07-23 to 2026-08-22)`.
pub(crate) fn required(requirement: &Requirement, unit: Option<Unit>) -> String {
    let (operator, kind) = (requirement.operator, requirement.kind());
    let words = if operator.is_compact(kind) { operator.name() } else { operator.verb(kind).requirement };
    with_operand(words, requirement, unit)
}

/// The requirement as a statement about the new value: `is at least 0.25 per week`.
fn statement(requirement: &Requirement, unit: Option<Unit>) -> String {
    with_operand(requirement.operator.verb(requirement.kind()).statement, requirement, unit)
}

fn with_operand(words: &str, requirement: &Requirement, unit: Option<Unit>) -> String {
    match operand(requirement, unit) {
        Some(operand) => format!("{words} {operand}"),
        None => words.to_owned(),
    }
}

fn operand(requirement: &Requirement, unit: Option<Unit>) -> Option<String> {
    match (&requirement.value, &requirement.range) {
        (Some(Datum(Value::Number(amount))), _) => Some(amount_of(*amount, unit)),
        (Some(required), _) => Some(value(required)),
        (None, range) => range.as_ref().map(range_in_words),
    }
}

fn range_in_words(range: &Range) -> String {
    let (from, to) = (day(&range.from), day(&range.to));
    match &range.preset {
        Some(preset) => format!("{preset} ({from} to {to})"),
        None => format!("{from} and {to}"),
    }
}

/// An instant as text. The first and the last instant of a day are shown as the day.
fn day(instant: &str) -> &str {
    ["T00:00:00Z", "T23:59:59.999999999Z"]
        .into_iter()
        .find_map(|time| instant.strip_suffix(time))
        .unwrap_or(instant)
}

/// An amount with its unit: `720 hours (30 days)`. A count, such as a number of incidents, is shown without a unit.
pub(crate) fn amount_of(amount: f64, unit: Option<Unit>) -> String {
    let number = number_text(amount);
    match unit {
        Some(unit) if unit.singular().is_none() => match unit.days(amount) {
            Some(days) => format!("{number} {} ({} days)", unit.name(), number_text(days)),
            None => format!("{number} {}", unit.name()),
        },
        _ => number,
    }
}

/// The actual value of a condition. If the condition fails, also the gap: `25`, `25 (5 above 20)`, `missing`.
pub(crate) fn found(fact: &ConditionFact) -> String {
    let actual = match &fact.actual.0 {
        Value::Missing => "missing".to_owned(),
        Value::Text(text) if text.is_empty() => "empty".to_owned(),
        _ => value(&fact.actual),
    };
    let unquoted = match &fact.actual.0 {
        Value::Text(text) => cut(text, MOST_OF_VALUE),
        _ => actual.clone(),
    };
    match &fact.gap {
        None | Some(Gap::Different) => actual,
        Some(Gap::Missing) => {
            if fact.actual.0 == Value::Null { "missing (null)" } else { "missing" }.to_owned()
        }
        Some(Gap::ZeroGuard) => match fact.unit.filter(|unit| unit.singular().is_some()) {
            Some(unit) => format!("no {} recorded", unit.name()),
            None => format!("{actual} (nothing to judge)"),
        },
        Some(Gap::Above { by, bound }) => {
            format!("{actual} ({} above {})", number_text(*by), number_text(*bound))
        }
        Some(Gap::Below { by, bound }) => {
            format!("{actual} ({} below {})", number_text(*by), number_text(*bound))
        }
        Some(Gap::AtBound) => format!("{unquoted} (equal to the limit, which does not pass)"),
        Some(Gap::TooEarly { seconds }) => format!("{unquoted} ({} too early)", duration(*seconds)),
        Some(Gap::TooLate { seconds }) => format!("{unquoted} ({} too late)", duration(*seconds)),
        Some(Gap::WrongType { expected }) => {
            format!("{actual} ({}, not a {})", fact.actual_kind.described(), expected.name())
        }
    }
}

/// A number of seconds, in the largest unit of which there are at least two: `26 hours`.
fn duration(seconds: i64) -> String {
    let (count, unit) = match seconds {
        172_800.. => (seconds / 86_400, "day"),
        7_200.. => (seconds / 3_600, "hour"),
        120.. => (seconds / 60, "minute"),
        0 => return "less than a second".to_owned(),
        _ => (seconds, "second"),
    };
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

/// The level of an entity and its next level: `Bronze, next Silver`.
pub(super) fn level_and_next(explanation: &Explanation) -> String {
    let Some(level) = &explanation.level else {
        return "does not apply".to_owned();
    };
    let no_data = if explanation.no_data { " (no data)" } else { "" };
    match &explanation.next {
        Some(next) => format!("{}{no_data}, next {}", plain(level), plain(&next.level)),
        None => format!("{}, the top level", plain(level)),
    }
}

/// The sentences between the rules and the advice: which rules block the next level, and which rules above it pass.
pub(super) fn remarks(explanation: &Explanation) -> Vec<String> {
    let mut remarks = Vec::new();
    let Some(next) = &explanation.next else {
        return remarks;
    };
    remarks.extend(explanation.no_data_reason.map(|why| no_data(why, &explanation.without_data)));
    let names = |rules: &[String]| rules.iter().map(|rule| plain(rule)).collect::<Vec<_>>().join(", ");
    remarks.push(format!("{} is blocked by {}.", plain(&next.level), names(&next.blocking)));
    if !explanation.passed_above.is_empty() {
        let passed = names(&explanation.passed_above);
        remarks.push(format!("Rules above {} that already pass: {passed}.", plain(&next.level)));
    }
    remarks
}

/// Why there is nothing to judge: `No data: total_incidents and mean_time_to_recovery are missing.`
pub(crate) fn no_data(why: NoDataReason, without_data: &[SubjectFact]) -> String {
    let names: Vec<String> = without_data.iter().map(|subject| plain(subject.name())).collect();
    let (names, verb) = match names.as_slice() {
        [one] => (one.clone(), "is"),
        [first @ .., last] => (format!("{} and {last}", first.join(", ")), "are"),
        [] => unreachable!("a result without data lacks the data of some condition"),
    };
    match why {
        NoDataReason::Missing => format!("No data: {names} {verb} missing."),
        NoDataReason::Inactive => format!("No data: nothing happened, because {names} {verb} 0."),
    }
}

/// The advice: its heading, and one line for each change. `no_data` is why there is nothing to judge yet.
pub(crate) fn advice(next: &NextLevel, no_data: Option<NoDataReason>) -> (String, Vec<String>) {
    let level = plain(&next.level);
    let (changes, reaches, is_smallest) = match &next.advice {
        Advice::Changes { changes, reaches, is_smallest } => (changes, reaches, *is_smallest),
        Advice::Unknown(why) => {
            let why = match why {
                NoAdvice::Inactive => {
                    return (format!("Nothing to do: {level} is judged when something happens."), Vec::new());
                }
                NoAdvice::Fixed => "a rule fails on a value that cannot be changed, such as `$createdAt`",
                NoAdvice::TooMany => "there are too many combinations to try",
                NoAdvice::NotFound => "no values were found that pass all conditions together",
            };
            return (format!("No changes that reach {level} are known: {why}."), Vec::new());
        }
    };
    let further = if *reaches == next.level {
        String::new()
    } else {
        format!(" (the same changes reach {})", plain(reaches))
    };
    let size = if is_smallest { "" } else { ", though fewer changes may do" };
    let is_unmeasured = no_data == Some(NoDataReason::Missing);
    let lines = changes.iter().map(|one| if is_unmeasured { measurement(one) } else { change(one) });
    let purpose = if is_unmeasured { "To be judged for" } else { "To reach" };
    (format!("{purpose} {level}{further}{size}:"), lines.collect())
}

/// A change of a result for which something is not measured: `record lead_time_for_changes; it passes if it is at most
/// 720 hours (30 days)`.
fn measurement(one: &Change) -> String {
    let name = plain(one.subject.name());
    let is_guard = one.action == Action::Above && one.least.is_some_and(|least| least.value == 0.0);
    match (&one.from.0, goal(one)) {
        (Value::Missing | Value::Null, _) if is_guard => format!("record {name}"),
        (Value::Missing | Value::Null, Some(goal)) => format!("record {name}; it passes if it is {goal}"),
        (Value::Number(0.0), _) if is_guard => format!("nothing to do about {name}, which is 0"),
        _ => change(one),
    }
}

/// The advice on one line: `To reach Silver: raise deployment_frequency from 0.5 to at least 1 per week`.
impl fmt::Display for NextLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (heading, changes) = advice(self, None);
        match changes.as_slice() {
            [] => f.write_str(&heading),
            changes => write!(f, "{heading} {}", changes.join("; ")),
        }
    }
}

/// A change in words: `raise deployment_frequency from 0.3111 to at least 1 per week`.
fn change(change: &Change) -> String {
    let name = plain(change.subject.name());
    if let Some(activity) = required_activity(change) {
        return format!("at least one {activity} ({name} above 0)");
    }
    match (&change.from.0, goal(change)) {
        _ if change.action == Action::Remove => format!("remove {name}, now {}", value(&change.from)),
        (Value::Number(from), Some(goal)) => {
            let rises = matches!(change.to.0, Value::Number(to) if to > *from);
            let verb = if rises { "raise" } else { "lower" };
            format!("{verb} {name} from {} to {goal}", number_text(*from))
        }
        (Value::Missing | Value::Null, Some(goal)) => format!("set {name} to {goal}, now missing"),
        (Value::Text(text), Some(goal)) if text.trim().parse::<f64>().is_ok() => {
            format!("export {name} as a number, {goal}, not as the string {}", value(&change.from))
        }
        (_, Some(goal)) => format!("set {name} to {goal}, now {}", value(&change.from)),
        (Value::Missing | Value::Null, None) => format!("{}, now missing", set(change, &name)),
        (_, None) => format!("{}, now {}", set(change, &name), value(&change.from)),
    }
}

/// The counted activity, `deployment` or `incident`, if the change only requires activity.
fn required_activity(change: &Change) -> Option<&'static str> {
    let is_guard = change.action == Action::Above && change.least?.value == 0.0;
    change.unit.filter(|_| is_guard)?.singular()
}

/// The new value of a change to a range of numbers: `at least 1 per week`. `None` for other changes.
fn goal(change: &Change) -> Option<String> {
    let least = change.least.map(|bound| lower(bound, change.unit));
    let most = change.most.map(|bound| upper(bound, change.unit));
    match (least, most) {
        (Some(least), Some(most)) => Some(format!("{least} and {most}, such as {}", value(&change.to))),
        (least, most) => least.or(most),
    }
}

fn lower(bound: Bound, unit: Option<Unit>) -> String {
    let words = if bound.included { "at least" } else { "more than" };
    format!("{words} {}", amount_of(bound.value, unit))
}

fn upper(bound: Bound, unit: Option<Unit>) -> String {
    let words = if bound.included { "at most" } else { "less than" };
    format!("{words} {}", amount_of(bound.value, unit))
}

/// A change in words, if its new value is not a range of numbers.
fn set(change: &Change, name: &str) -> String {
    if let Some(members) = members(change, name) {
        return members;
    }
    match change.needs.as_slice() {
        [need] if need.operator == Operator::Equal && need.range.is_none() => {
            format!("set {name} to {}", value(&change.to))
        }
        [need] if need.operator == Operator::IsNotEmpty => format!("fill in {name}"),
        needs => {
            let needs: Vec<String> = needs.iter().map(|need| statement(need, change.unit)).collect();
            let example = if is_unexpected_list(change) {
                format!(", such as {}", value(&change.to))
            } else {
                String::new()
            };
            format!("change {name} so that it {}{example}", needs.join(" and "))
        }
    }
}

/// Whether the new value is an array although no condition has one. Then an example makes the advice clearer.
fn is_unexpected_list(change: &Change) -> bool {
    let is_list = |datum: &Datum| matches!(datum.0, Value::List(_));
    is_list(&change.to) && !change.needs.iter().any(|need| need.value.as_ref().is_some_and(is_list))
}

/// A change that adds elements to an array or removes some, in words. `None` for other changes.
fn members(change: &Change, name: &str) -> Option<String> {
    let (Value::List(from), Value::List(to)) = (&change.from.0, &change.to.0) else {
        return None;
    };
    let without = |all: &[Value<'static>], others: &[Value<'static>]| {
        all.iter().filter(|item| !others.contains(item)).map(json).collect::<Vec<_>>().join(", ")
    };
    let (added, removed) = (without(to, from), without(from, to));
    let alternatives = match change.needs.as_slice() {
        [Requirement { operator: Operator::ContainsAny | Operator::In, value: Some(all), .. }] => {
            format!(" (or another of {})", value(all))
        }
        _ => String::new(),
    };
    match (added.as_str(), removed.as_str()) {
        (added, "") if !added.is_empty() => {
            Some(format!("add {} to {name}{alternatives}", cut(added, MOST_OF_VALUE)))
        }
        ("", removed) if !removed.is_empty() => {
            Some(format!("remove {} from {name}", cut(removed, MOST_OF_VALUE)))
        }
        _ => None,
    }
}
