//! Facts in words, the same for every format that people read.

use crate::explain::{
    Action, Bound, Change, ConditionFact, Datum, Explanation, Gap, NextLevel, NoAdvice, Range, Requirement,
    Unit,
};
use crate::terminal::{clean, truncate};
use crate::value::{Value, number_text};

/// The widths to which a name or a title, and a value, are truncated.
const MOST_OF_NAME: usize = 120;
const MOST_OF_VALUE: usize = 60;

/// A name or a title, clean and not too long.
pub(super) fn plain(text: &str) -> String {
    cut(text, MOST_OF_NAME)
}

fn cut(text: &str, most: usize) -> String {
    clean(truncate(text, most)).into_owned()
}

/// A value as JSON has it.
pub(super) fn value(datum: &Datum) -> String {
    cut(&json(&datum.0), MOST_OF_VALUE)
}

fn json(value: &Value<'_>) -> String {
    match value {
        Value::Text(text) => serde_json::to_string(text).unwrap_or_default(),
        Value::List(items) => format!("[{}]", items.iter().map(json).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

/// `>= 0.25 per week`, `between lastMonth (2026-07-23 to 2026-08-22)`.
pub(super) fn required(requirement: &Requirement, unit: Option<Unit>) -> String {
    match operand(requirement, unit) {
        Some(operand) => format!("{} {operand}", requirement.operator),
        None => requirement.operator.to_owned(),
    }
}

fn operand(requirement: &Requirement, unit: Option<Unit>) -> Option<String> {
    match (&requirement.value, &requirement.range) {
        (Some(Datum(Value::Number(amount))), _) => Some(amount_of(*amount, unit)),
        (Some(required), _) => Some(value(required)),
        (None, range) => range.as_ref().map(range_words),
    }
}

fn range_words(range: &Range) -> String {
    let ends = format!("{} to {}", day(&range.from), day(&range.to));
    match &range.preset {
        Some(preset) => format!("{preset} ({ends})"),
        None => ends,
    }
}

/// A midnight, or the end of a day, as the day.
fn day(instant: &str) -> &str {
    ["T00:00:00Z", "T23:59:59.999999999Z"]
        .into_iter()
        .find_map(|time| instant.strip_suffix(time))
        .unwrap_or(instant)
}

/// `720 hours (30 days)`; a count of things is only a number.
fn amount_of(amount: f64, unit: Option<Unit>) -> String {
    let number = number_text(amount);
    match unit {
        Some(unit) if unit.one().is_none() => match unit.days(amount) {
            Some(days) => format!("{number} {} ({} days)", unit.name(), number_text(days)),
            None => format!("{number} {}", unit.name()),
        },
        _ => number,
    }
}

/// What was found for a condition: `25`, `25 is 5 above 20`, `missing`.
pub(super) fn found(fact: &ConditionFact) -> String {
    let actual = match &fact.actual.0 {
        Value::Missing => "missing".to_owned(),
        Value::Text(text) if text.is_empty() => "empty".to_owned(),
        _ => value(&fact.actual),
    };
    let bare = match &fact.actual.0 {
        Value::Text(text) => cut(text, MOST_OF_VALUE),
        _ => actual.clone(),
    };
    match &fact.gap {
        None | Some(Gap::Different) => actual,
        Some(Gap::Missing) => {
            if fact.actual.0 == Value::Null { "missing (null)" } else { "missing" }.to_owned()
        }
        Some(Gap::ZeroGuard) => match fact.unit.filter(|unit| unit.one().is_some()) {
            Some(unit) => format!("zero guard: no {}", unit.name()),
            None => format!("zero guard: it is {actual}"),
        },
        Some(Gap::Above { by, bound }) => {
            format!("{actual} is {} above {}", number_text(*by), number_text(*bound))
        }
        Some(Gap::Below { by, bound }) => {
            format!("{actual} is {} below {}", number_text(*by), number_text(*bound))
        }
        Some(Gap::AtBound) => format!("{bare} is exactly at the bound, which does not count"),
        Some(Gap::TooEarly { seconds }) => format!("{bare} is {} too early", span(*seconds)),
        Some(Gap::TooLate { seconds }) => format!("{bare} is {} too late", span(*seconds)),
        Some(Gap::WrongType { expected }) => {
            format!("{actual} is {} {}, not a {expected}", article(fact.actual_kind), fact.actual_kind)
        }
    }
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'o']) { "an" } else { "a" }
}

/// A span of time in the largest unit of which there are two.
fn span(seconds: i64) -> String {
    let (count, unit) = match seconds {
        172_800.. => (seconds / 86_400, "day"),
        7_200.. => (seconds / 3_600, "hour"),
        120.. => (seconds / 60, "minute"),
        0 => return "less than a second".to_owned(),
        _ => (seconds, "second"),
    };
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

/// Where it stands: `Bronze, next Silver`.
pub(super) fn standing(explanation: &Explanation) -> String {
    let Some(level) = &explanation.level else {
        return "does not apply".to_owned();
    };
    let no_data = if explanation.no_data { " (no data)" } else { "" };
    match &explanation.next {
        Some(next) => format!("{}{no_data}, next {}", plain(level), plain(&next.level)),
        None => format!("{}, the top", plain(level)),
    }
}

/// What blocks the next level, and what is passed already above it.
pub(super) fn remarks(explanation: &Explanation) -> Vec<String> {
    let mut remarks = Vec::new();
    let Some(next) = &explanation.next else {
        return remarks;
    };
    if explanation.no_data {
        remarks.push("No data: there is nothing to judge yet, so the level says little.".to_owned());
    }
    let names = |rules: &[String]| rules.iter().map(|rule| plain(rule)).collect::<Vec<_>>().join(", ");
    remarks.push(format!("{} is blocked by {}.", plain(&next.level), names(&next.blocking)));
    if !explanation.passed_above.is_empty() {
        remarks.push(format!("Passed already above it: {}.", names(&explanation.passed_above)));
    }
    remarks
}

/// What to do, in a heading and its points.
pub(super) fn advice(next: &NextLevel, no_data: bool) -> (String, Vec<String>) {
    let level = plain(&next.level);
    let Some(changes) = &next.advice.changes else {
        let why = match next.advice.no_advice {
            Some(NoAdvice::Fixed) => "what fails can not be changed, such as when it was created",
            Some(NoAdvice::TooMany) => "there are too many possibilities to go through",
            _ => "no values were found that satisfy all its conditions together",
        };
        return (format!("No way to {level} is known: {why}."), Vec::new());
    };
    let further = match &next.advice.reaches {
        Some(reached) if *reached != next.level => format!(", and with it {}", plain(reached)),
        _ => String::new(),
    };
    let once = if no_data { ", once there is data" } else { "" };
    (format!("To reach {level}{further}{once}:"), changes.iter().map(change).collect())
}

/// One change as advice: `raise deployment_frequency from 0.3111 to at least 1 per week`.
fn change(change: &Change) -> String {
    let name = plain(change.subject.name());
    if let Some(one) = guarded(change) {
        return format!("at least one {one} ({name} above 0)");
    }
    match (&change.from.0, goal(change)) {
        (_, _) if change.action == Action::Remove => format!("remove {name}, now {}", value(&change.from)),
        (Value::Number(from), Some(goal)) => {
            let rises = matches!(change.to.0, Value::Number(to) if to > *from);
            let verb = if rises { "raise" } else { "lower" };
            format!("{verb} {name} from {} to {goal}", number_text(*from))
        }
        (Value::Missing | Value::Null, Some(goal)) => format!("report {name}, now missing: {goal}"),
        (_, Some(goal)) => format!("set {name} to {goal}, now {}", value(&change.from)),
        (Value::Missing | Value::Null, None) => format!("{}, now missing", set(change, &name)),
        (_, None) => format!("{}, now {}", set(change, &name), value(&change.from)),
    }
}

/// What there must be one of, where all that is asked for is activity to judge.
fn guarded(change: &Change) -> Option<&'static str> {
    let is_guard = change.action == Action::Above && change.least?.value == 0.0;
    change.unit.filter(|_| is_guard)?.one()
}

/// A goal in numbers: `at least 1 per week`.
fn goal(change: &Change) -> Option<String> {
    let amount = |bound: Option<Bound>| bound.map(|bound| amount_of(bound.value, change.unit));
    let (least, most) = (amount(change.least), amount(change.most));
    Some(match change.action {
        Action::AtLeast => format!("at least {}", least?),
        Action::Above => format!("above {}", least?),
        Action::AtMost => format!("at most {}", most?),
        Action::Below => format!("below {}", most?),
        Action::Within => {
            let edge = |bound: Option<Bound>| bound.is_some_and(|bound| !bound.included);
            let left_out = if edge(change.least) || edge(change.most) { ", ends left out" } else { "" };
            format!("between {} and {}{left_out}, such as {}", least?, most?, value(&change.to))
        }
        Action::Set | Action::Remove => return None,
    })
}

/// A change that is no matter of a range of numbers.
fn set(change: &Change, name: &str) -> String {
    if let Some(members) = members(change, name) {
        return members;
    }
    match change.needs.as_slice() {
        [need] if need.operator == "=" && need.range.is_none() => {
            format!("set {name} to {}", value(&change.to))
        }
        [need] if need.operator == "isNotEmpty" => format!("fill in {name}"),
        needs => {
            let needs: Vec<String> = needs.iter().map(|need| demand(need, change.unit)).collect();
            let such = if is_unasked_list(change) {
                format!(", such as {}", value(&change.to))
            } else {
                String::new()
            };
            format!("make {name} {}{such}", needs.join(" and "))
        }
    }
}

/// Only an array will do, though no condition says so.
fn is_unasked_list(change: &Change) -> bool {
    let is_list = |datum: &Datum| matches!(datum.0, Value::List(_));
    is_list(&change.to) && !change.needs.iter().any(|need| need.value.as_ref().is_some_and(is_list))
}

/// An array that gets more elements, or fewer.
fn members(change: &Change, name: &str) -> Option<String> {
    let (Value::List(from), Value::List(to)) = (&change.from.0, &change.to.0) else {
        return None;
    };
    let beyond = |all: &[Value<'static>], others: &[Value<'static>]| {
        all.iter().filter(|item| !others.contains(item)).map(json).collect::<Vec<_>>().join(", ")
    };
    let (more, fewer) = (beyond(to, from), beyond(from, to));
    let any = match change.needs.as_slice() {
        [need] if matches!(need.operator, "containsAny" | "in") => {
            format!(" (or another of {})", operand(need, None).unwrap_or_default())
        }
        _ => String::new(),
    };
    match (more.as_str(), fewer.as_str()) {
        (more, "") if !more.is_empty() => Some(format!("add {} to {name}{any}", cut(more, MOST_OF_VALUE))),
        ("", fewer) if !fewer.is_empty() => Some(format!("take {} out of {name}", cut(fewer, MOST_OF_VALUE))),
        _ => None,
    }
}

/// What is asked of a value, after "make it".
fn demand(need: &Requirement, unit: Option<Unit>) -> String {
    let is_text = matches!(need.value, Some(Datum(Value::Text(_))));
    let verb = match need.operator {
        "=" | "between" if need.range.is_some() => "lie in",
        "!=" | "notBetween" if need.range.is_some() => "lie outside",
        "=" => "equal",
        "!=" => "differ from",
        ">" if is_text => "be after",
        ">=" if is_text => "be at or after",
        "<" if is_text => "be before",
        "<=" if is_text => "be at or before",
        ">" => "be above",
        ">=" => "be at least",
        "<" => "be below",
        "<=" => "be at most",
        "contains" => "contain",
        "doesNotContains" => "not contain",
        "containsAny" => "contain one of",
        "in" => "be one of",
        "notIn" => "be none of",
        "beginsWith" => "begin with",
        "doesNotBeginsWith" => "not begin with",
        "endsWith" => "end with",
        "doesNotEndsWith" => "not end with",
        "isEmpty" => return "be empty".to_owned(),
        "isNotEmpty" => return "be filled in".to_owned(),
        other => other,
    };
    format!("{verb} {}", operand(need, unit).unwrap_or_default())
}
