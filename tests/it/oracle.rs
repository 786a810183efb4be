//! The naive evaluator: a second, simple implementation of the specification, with which tests compare the program.
//!
//! It works on JSON values and has no optimizations, so that it can be compared with the specification line by line. It
//! does not validate its input.

use chrono::{DateTime, Days, NaiveDate, SecondsFormat, TimeDelta, Utc};
use serde_json::{Map, Value, json};

/// Keys of an entity that are never properties of a flat row.
pub(crate) const RESERVED: [&str; 12] = [
    "identifier",
    "title",
    "blueprint",
    "team",
    "icon",
    "createdAt",
    "createdBy",
    "updatedAt",
    "updatedBy",
    "properties",
    "relations",
    "scorecards",
];

/// The complete JSON result of grading `entities` with `scorecards`, both in the given order.
pub(crate) fn grade(
    scorecards: &[Value],
    entities: &[Value],
    default_blueprint: &str,
    as_of: DateTime<Utc>,
) -> Value {
    let settings = Settings { default_blueprint, as_of };
    let graded: Vec<Value> = entities.iter().map(|entity| settings.entity(entity, scorecards)).collect();
    let summary: Vec<Value> =
        scorecards.iter().map(|scorecard| settings.summary(scorecard, entities)).collect();
    json!({
        "schemaVersion": 1,
        "kind": "result",
        "asOf": as_of.to_rfc3339_opts(SecondsFormat::Secs, true),
        "entities": graded,
        "summary": {"entities": entities.len(), "scorecards": summary},
    })
}

/// The settings of an evaluation.
struct Settings<'a> {
    default_blueprint: &'a str,
    as_of: DateTime<Utc>,
}

/// The result of a condition, a group or a query.
#[derive(Clone, Copy)]
struct Outcome {
    holds: bool,
    /// Whether it fails because of missing data; `false` if it holds.
    lacks_data: bool,
    /// Whether it lacks data through guards whose actual value is 0.
    is_idle: bool,
}

impl Settings<'_> {
    /// One element of `entities` in the result.
    fn entity(&self, entity: &Value, scorecards: &[Value]) -> Value {
        let mut results = Map::new();
        for scorecard in scorecards {
            if self.grades(scorecard, entity) {
                results.insert(string(scorecard, "identifier").to_owned(), self.result(scorecard, entity));
            }
        }
        json!({
            "identifier": string(entity, "identifier"),
            "title": title_of_entity(entity).unwrap_or(string(entity, "identifier")),
            "blueprint": self.blueprint_of_entity(entity),
            "team": team(entity),
            "scorecards": results,
        })
    }

    /// One element of `summary.scorecards` in the result.
    fn summary(&self, scorecard: &Value, entities: &[Value]) -> Value {
        let results: Vec<Value> = entities
            .iter()
            .filter(|entity| self.grades(scorecard, entity))
            .map(|entity| self.result(scorecard, entity))
            .collect();
        let graded: Vec<&Value> = results.iter().filter(|result| !result.is_null()).collect();

        let level_counts: Vec<Value> = levels(scorecard)
            .into_iter()
            .map(|(title, color)| {
                let held = || graded.iter().filter(|result| string(result, "level") == title);
                let no_data = held().filter(|result| result["noData"] == true).count();
                json!({"title": title, "color": color, "count": held().count(), "noData": no_data})
            })
            .collect();

        let rule_counts: Vec<Value> = list(scorecard, "rules")
            .iter()
            .map(|rule| {
                let identifier = string(rule, "identifier");
                let with_status = |status: &str| {
                    graded
                        .iter()
                        .flat_map(|result| list(result, "rules"))
                        .filter(|entry| {
                            string(entry, "identifier") == identifier && string(entry, "status") == status
                        })
                        .count()
                };
                json!({
                    "identifier": identifier,
                    "title": title_or_identifier(rule),
                    "level": string(rule, "level"),
                    "passed": with_status("SUCCESS"),
                    "failed": with_status("FAILURE"),
                })
            })
            .collect();

        json!({
            "identifier": string(scorecard, "identifier"),
            "title": title_or_identifier(scorecard),
            "blueprint": self.blueprint_of_scorecard(scorecard),
            "graded": graded.len(),
            "notApplicable": results.len() - graded.len(),
            "noData": graded.iter().filter(|result| result["noData"] == true).count(),
            "levels": level_counts,
            "rules": rule_counts,
        })
    }

    fn grades(&self, scorecard: &Value, entity: &Value) -> bool {
        self.blueprint_of_scorecard(scorecard) == self.blueprint_of_entity(entity)
    }

    fn blueprint_of_scorecard(&self, scorecard: &Value) -> String {
        match present(scorecard, "blueprint").and_then(Value::as_str) {
            Some(blueprint) => blueprint.to_owned(),
            None => self.default_blueprint.to_owned(),
        }
    }

    fn blueprint_of_entity(&self, entity: &Value) -> String {
        match present(entity, "blueprint").and_then(Value::as_str) {
            Some("") | None => self.default_blueprint.to_owned(),
            Some(blueprint) => blueprint.to_owned(),
        }
    }

    /// The result of a scorecard for an entity of its blueprint; null if the scorecard does not apply.
    fn result(&self, scorecard: &Value, entity: &Value) -> Value {
        if let Some(filter) = present(scorecard, "filter")
            && !self.outcome(filter, entity).holds
        {
            return Value::Null;
        }

        let rules = list(scorecard, "rules");
        let outcome_of = |rule: &Value| self.outcome(&rule["query"], entity);

        let levels = levels(scorecard);
        let mut rank = 0;
        let mut no_data = None;
        for (index, (title, _)) in levels.iter().enumerate().skip(1) {
            let outcomes: Vec<Outcome> =
                rules.iter().filter(|rule| string(rule, "level") == title).map(outcome_of).collect();
            if outcomes.is_empty() {
                continue;
            }
            if outcomes.iter().all(|outcome| outcome.holds) {
                rank = index;
                continue;
            }
            let failing = || outcomes.iter().filter(|outcome| !outcome.holds);
            if failing().all(|outcome| outcome.lacks_data) {
                no_data = Some(if failing().all(|outcome| outcome.is_idle) { "inactive" } else { "missing" });
            }
            break;
        }

        let reports: Vec<Value> = rules
            .iter()
            .map(|rule| {
                let status = if outcome_of(rule).holds { "SUCCESS" } else { "FAILURE" };
                json!({
                    "identifier": string(rule, "identifier"),
                    "level": string(rule, "level"),
                    "status": status,
                })
            })
            .collect();
        let mut result = json!({
            "level": levels.get(rank).map(|(title, _)| title),
            "rank": rank,
            "noData": no_data.is_some(),
            "passed": rules.iter().filter(|rule| outcome_of(rule).holds).count(),
            "total": rules.len(),
            "rules": reports,
        });
        if let Some(reason) = no_data {
            result["noDataReason"] = json!(reason);
        }
        result
    }

    /// The result of a query, a group or a condition.
    fn outcome(&self, node: &Value, entity: &Value) -> Outcome {
        match present(node, "combinator").and_then(Value::as_str) {
            Some(combinator) => self.group(combinator, node, entity),
            None => self.condition(node, entity),
        }
    }

    fn group(&self, combinator: &str, group: &Value, entity: &Value) -> Outcome {
        let key = if present(group, "conditions").is_some() { "conditions" } else { "rules" };
        let members: Vec<Outcome> =
            list(group, key).iter().map(|member| self.outcome(member, entity)).collect();
        let holds = match combinator {
            "and" => members.iter().all(|member| member.holds),
            "or" => members.iter().any(|member| member.holds),
            other => unreachable!("combinator {other:?}"),
        };
        let lacks_data = match combinator {
            "and" => members.iter().any(|member| !member.holds && member.lacks_data),
            _ => members.iter().all(|member| member.lacks_data),
        };
        let is_idle = match combinator {
            "and" => members.iter().any(|member| member.is_idle),
            _ => members.iter().all(|member| member.is_idle),
        };
        Outcome { holds, lacks_data: !holds && lacks_data, is_idle: !holds && is_idle }
    }

    fn condition(&self, condition: &Value, entity: &Value) -> Outcome {
        let operator = string(condition, "operator");
        let value = &unquoted(operator, &condition["value"]);
        let actual = self.actual(condition, entity);
        let holds = match operator {
            "isEmpty" | "isNotEmpty" => {
                let plain = is_empty(&actual) == (operator == "isEmpty");
                let inverted = condition["not"] == true;
                plain != inverted
            }
            _ => match positive_of(operator) {
                Some(positive) => !self.positive(positive, value, &actual),
                None => self.positive(operator, value, &actual),
            },
        };
        let zero_guard = operator == ">" && value.as_f64() == Some(0.0) && actual.as_f64() == Some(0.0);
        Outcome {
            holds,
            lacks_data: !holds && (actual.is_null() || zero_guard),
            is_idle: !holds && zero_guard,
        }
    }

    /// The value that a condition tests; null if it is missing.
    fn actual(&self, condition: &Value, entity: &Value) -> Value {
        if let Some(relation) = present(condition, "relation").and_then(Value::as_str) {
            return entity["relations"].get(relation).cloned().unwrap_or_default();
        }
        let property = string(condition, "property");
        if let Some(relation) = property.strip_prefix("$relation.") {
            return entity["relations"].get(relation).cloned().unwrap_or_default();
        }
        if let Some(mirrored) = property.strip_prefix("$mirror.") {
            return property_of(entity, mirrored);
        }
        match property {
            "$title" => title_of_entity(entity).map(Value::from).unwrap_or_default(),
            "$blueprint" => Value::from(self.blueprint_of_entity(entity)),
            _ => match property.strip_prefix('$') {
                Some(meta) => entity[meta].clone(),
                None => property_of(entity, property),
            },
        }
    }

    /// Whether a positive operator holds, except for `isEmpty` and `isNotEmpty`.
    fn positive(&self, operator: &str, value: &Value, actual: &Value) -> bool {
        if actual.is_null() {
            return false;
        }
        match operator {
            "=" => match value {
                Value::Object(_) => some_element(actual, |one| self.in_range(value, one)),
                Value::Array(wanted) => equal_as_sets(wanted, actual),
                _ => some_element(actual, |one| equal(value, one)),
            },
            ">" | ">=" | "<" | "<=" => some_element(actual, |one| compares(operator, one, value)),
            "contains" => match value {
                Value::Array(wanted) => {
                    (actual.is_string() || actual.is_number() || actual.is_array())
                        && wanted.iter().all(|one| contains(actual, one))
                }
                _ => contains(actual, value),
            },
            "beginsWith" => {
                some_element(actual, |one| on_texts(one, value, |whole, part| whole.starts_with(part)))
            }
            "endsWith" => {
                some_element(actual, |one| on_texts(one, value, |whole, part| whole.ends_with(part)))
            }
            "containsAny" | "in" => {
                some_element(actual, |one| elements(value).iter().any(|wanted| equal(wanted, one)))
            }
            "between" => some_element(actual, |one| self.in_range(value, one)),
            other => unreachable!("operator {other:?}"),
        }
    }

    /// Whether a value is a date in the range of a date object.
    fn in_range(&self, range: &Value, actual: &Value) -> bool {
        let Some(moment) = actual.as_str().and_then(start) else {
            return false;
        };
        let (Some(first), Some(last)) = self.ends(range) else {
            return false;
        };
        first <= moment && moment <= last
    }

    /// The first and the last moment in the range of a date object.
    fn ends(&self, range: &Value) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
        let Some(preset) = present(range, "preset").and_then(Value::as_str) else {
            return (start(string(range, "from")), end(string(range, "to")));
        };
        let today = self.as_of.date_naive();
        let whole_day = |day: Option<NaiveDate>| (day.map(midnight), day.and_then(last_moment));
        let back = |days| (self.as_of.checked_sub_days(Days::new(days)), Some(self.as_of));
        let forward = |days| (Some(self.as_of), self.as_of.checked_add_days(Days::new(days)));
        match preset {
            "today" => whole_day(Some(today)),
            "tomorrow" => whole_day(today.succ_opt()),
            "yesterday" => whole_day(today.pred_opt()),
            "lastDay" => back(1),
            "lastWeek" => back(7),
            "last2Weeks" => back(14),
            "lastMonth" => back(30),
            "last3Months" => back(90),
            "last6Months" => back(180),
            "last12Months" => back(365),
            "last2Years" => back(730),
            "last3Years" => back(1095),
            "nextDay" => forward(1),
            "nextWeek" => forward(7),
            "next2Weeks" => forward(14),
            "nextMonth" => forward(30),
            "next3Months" => forward(90),
            "next6Months" => forward(180),
            "next12Months" => forward(365),
            other => unreachable!("preset {other:?}"),
        }
    }
}

/// The value of a condition. A comparison of numbers takes a number in quotes as the number.
fn unquoted(operator: &str, value: &Value) -> Value {
    let number = match value {
        Value::String(text) if matches!(operator, ">" | ">=" | "<" | "<=") => {
            serde_json::from_str(text).ok().filter(Value::is_number)
        }
        _ => None,
    };
    number.unwrap_or_else(|| value.clone())
}

/// The positive operator of a negative one.
fn positive_of(negative: &str) -> Option<&'static str> {
    match negative {
        "!=" => Some("="),
        "doesNotContains" => Some("contains"),
        "doesNotBeginsWith" => Some("beginsWith"),
        "doesNotEndsWith" => Some("endsWith"),
        "notIn" => Some("in"),
        "notBetween" => Some("between"),
        _ => None,
    }
}

// Lookups.

/// The value of a key; `None` if it is missing or null.
fn present<'a>(object: &'a Value, key: &str) -> Option<&'a Value> {
    object.get(key).filter(|value| !value.is_null())
}

/// The string of a key; empty if it is missing.
fn string<'a>(object: &'a Value, key: &str) -> &'a str {
    present(object, key).and_then(Value::as_str).unwrap_or_default()
}

/// The array of a key; empty if it is missing.
fn list<'a>(object: &'a Value, key: &str) -> &'a [Value] {
    match present(object, key) {
        Some(Value::Array(members)) => members,
        _ => &[],
    }
}

/// The title of a scorecard or of a rule; the identifier if it has no title.
fn title_or_identifier(object: &Value) -> &str {
    match present(object, "title").and_then(Value::as_str) {
        Some(title) => title,
        None => string(object, "identifier"),
    }
}

fn title_of_entity(entity: &Value) -> Option<&str> {
    Some(string(entity, "title")).filter(|title| !title.is_empty())
}

fn team(entity: &Value) -> Vec<&str> {
    match present(entity, "team") {
        Some(Value::Array(members)) => {
            members.iter().filter_map(Value::as_str).filter(|name| !name.is_empty()).collect()
        }
        Some(Value::String(name)) if !name.is_empty() => vec![name],
        _ => Vec::new(),
    }
}

/// The value of a property; null if the entity does not have it.
pub(crate) fn property_of(entity: &Value, key: &str) -> Value {
    let found = match entity.get("properties") {
        Some(properties) => properties.get(key),
        None if RESERVED.contains(&key) => None,
        None => entity.get(key),
    };
    found.cloned().unwrap_or_default()
}

/// The titles and colours of the levels, the base level first.
fn levels(scorecard: &Value) -> Vec<(String, Value)> {
    let own = list(scorecard, "levels");
    if own.is_empty() {
        return [("Basic", "paleBlue"), ("Bronze", "bronze"), ("Silver", "silver"), ("Gold", "gold")]
            .into_iter()
            .map(|(title, color)| (title.to_owned(), Value::from(color)))
            .collect();
    }
    own.iter().map(|level| (string(level, "title").to_owned(), level["color"].clone())).collect()
}

// Comparisons of values.

fn is_empty(actual: &Value) -> bool {
    match actual {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(members) => members.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

/// The elements of an array. Another value counts as an array of one element.
fn elements(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(members) => members.iter().collect(),
        single => vec![single],
    }
}

/// Whether the test holds for the value or, if it is an array, for at least one of its elements.
fn some_element(actual: &Value, test: impl Fn(&Value) -> bool) -> bool {
    elements(actual).into_iter().any(test)
}

/// Whether two scalars are equal. Other values are never equal.
fn equal(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Bool(left), Value::Bool(right)) => left == right,
        (Value::Number(left), Value::Number(right)) => left.as_f64() == right.as_f64(),
        (Value::String(left), Value::String(right)) => {
            let same_instant = match (instant(left), instant(right)) {
                (Some(left), Some(right)) => left == right,
                _ => false,
            };
            left == right || same_instant
        }
        _ => false,
    }
}

fn equal_as_sets(wanted: &[Value], actual: &Value) -> bool {
    let actual = elements(actual);
    wanted.iter().all(|one| actual.iter().any(|other| equal(one, other)))
        && actual.iter().all(|one| wanted.iter().any(|other| equal(one, other)))
}

fn compares(operator: &str, actual: &Value, value: &Value) -> bool {
    let order = match (actual, value) {
        (Value::Number(actual), Value::Number(value)) => {
            actual.as_f64().zip(value.as_f64()).and_then(|(actual, value)| actual.partial_cmp(&value))
        }
        (Value::String(actual), Value::String(value)) => {
            instant(actual).zip(instant(value)).map(|(actual, value)| actual.cmp(&value))
        }
        _ => None,
    };
    let Some(order) = order else {
        return false;
    };
    match operator {
        ">" => order.is_gt(),
        ">=" => order.is_ge(),
        "<" => order.is_lt(),
        _ => order.is_le(),
    }
}

/// Whether the actual value contains one string or number.
fn contains(actual: &Value, value: &Value) -> bool {
    match actual {
        Value::Array(members) => members.iter().any(|one| equal(one, value)),
        _ => on_texts(actual, value, |whole, part| whole.contains(part)),
    }
}

/// Whether the test holds for the texts of the two values; `false` if one of them has no text.
fn on_texts(actual: &Value, value: &Value, test: impl Fn(&str, &str) -> bool) -> bool {
    match (text(actual), text(value)) {
        (Some(actual), Some(value)) => test(&actual, &value),
        _ => false,
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => {
            let double = number.as_f64()?;
            // Rust writes a double with the fewest digits that identify it, and never with an exponent.
            Some(if double == 0.0 { "0".to_owned() } else { double.to_string() })
        }
        _ => None,
    }
}

// Dates.

/// The number that consists of exactly `count` ASCII digits.
fn digits(text: &str, count: usize) -> Option<u32> {
    let right = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    if right { text.parse().ok() } else { None }
}

/// A calendar day, `YYYY-MM-DD`.
fn date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.splitn(3, '-');
    let year = digits(parts.next()?, 4)?;
    let month = digits(parts.next()?, 2)?;
    let day = digits(parts.next()?, 2)?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// The moment of an RFC 3339 date-time.
fn instant(text: &str) -> Option<DateTime<Utc>> {
    let day = date(text.get(..10)?)?;
    if !matches!(text.get(10..11)?, "T" | "t" | " ") {
        return None;
    }

    let mut clock = text.get(11..19)?.splitn(3, ':');
    let hour = digits(clock.next()?, 2)?;
    let minute = digits(clock.next()?, 2)?;
    let second = digits(clock.next()?, 2)?;

    let mut rest = text.get(19..)?;
    let mut nanosecond = 0;
    if let Some(after_point) = rest.strip_prefix('.') {
        let zone = after_point.trim_start_matches(|c: char| c.is_ascii_digit());
        let fraction = after_point.strip_suffix(zone)?;
        if fraction.is_empty() {
            return None;
        }
        let nine: String = fraction.chars().chain("000000000".chars()).take(9).collect();
        nanosecond = digits(&nine, 9)?;
        rest = zone;
    }

    // Rejects hour 24, minute 60 and second 60.
    let local = day.and_hms_nano_opt(hour, minute, second, nanosecond)?;
    Some(local.and_utc() - offset(rest)?)
}

/// The offset of a time zone from UTC.
fn offset(zone: &str) -> Option<TimeDelta> {
    if zone == "Z" || zone == "z" {
        return Some(TimeDelta::zero());
    }
    let (hour, minute) = zone.get(1..)?.split_once(':')?;
    let (hour, minute) = (digits(hour, 2)?, digits(minute, 2)?);
    if hour > 23 || minute > 59 {
        return None;
    }
    let ahead = TimeDelta::minutes(i64::from(hour * 60 + minute));
    match zone.get(..1)? {
        "+" => Some(ahead),
        "-" => Some(-ahead),
        _ => None,
    }
}

fn midnight(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc()
}

/// The last nanosecond of a day; times are not more precise than that.
fn last_moment(day: NaiveDate) -> Option<DateTime<Utc>> {
    Some(midnight(day.succ_opt()?) - TimeDelta::nanoseconds(1))
}

/// The moment of a date-time, or the first moment of a day.
fn start(text: &str) -> Option<DateTime<Utc>> {
    instant(text).or_else(|| date(text).map(midnight))
}

/// The moment of a date-time, or the last moment of a day.
fn end(text: &str) -> Option<DateTime<Utc>> {
    instant(text).or_else(|| date(text).and_then(last_moment))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noon of the last day of January 2026.
    fn noon() -> DateTime<Utc> {
        instant("2026-01-31T12:00:00Z").unwrap_or_default()
    }

    fn settings() -> Settings<'static> {
        Settings { default_blueprint: "service", as_of: noon() }
    }

    /// Whether the condition `p OPERATOR VALUE` holds for an entity whose property `p` has the actual value.
    fn holds(actual: &Value, operator: &str, value: &Value) -> bool {
        let entity = json!({"identifier": "e", "properties": {"p": actual}});
        let condition = json!({"property": "p", "operator": operator, "value": value});
        settings().outcome(&condition, &entity).holds
    }

    /// Checks a positive operator and its negation. Each row has the actual value, the value of the condition, and
    /// whether the positive operator holds.
    fn table(positive: &str, negative: Option<&str>, rows: &[(Value, Value, bool)]) {
        for (actual, value, expected) in rows {
            assert_eq!(holds(actual, positive, value), *expected, "{actual} {positive} {value}");
            if let Some(negative) = negative {
                assert_eq!(holds(actual, negative, value), !expected, "{actual} {negative} {value}");
            }
        }
    }

    #[test]
    fn equality_compares_types_and_values() {
        table(
            "=",
            Some("!="),
            &[
                (json!(7), json!(7.0), true),
                (json!(-0.0), json!(0), true),
                (json!("7"), json!(7), false),
                (json!(7), json!("7"), false),
                (json!(true), json!(true), true),
                (json!("true"), json!(true), false),
                (json!("a"), json!("A"), false),
                (json!(""), json!(""), true),
                (json!(null), json!(""), false),
                (json!(9_007_199_254_740_993_u64), json!(9.007199254740992e15), true),
                (json!({}), json!("a"), false),
                // The same instant, written differently. A day is compared as text.
                (json!("2026-01-31T02:00:00+02:00"), json!("2026-01-31 00:00:00z"), true),
                (json!("2026-01-31"), json!("2026-01-31T00:00:00Z"), false),
                (json!("2026-01-31"), json!("2026-01-31"), true),
                (json!("2026-01-31T00:00:60Z"), json!("2026-01-31T00:01:00Z"), false),
                (json!("2026-01-31T00:00:60Z"), json!("2026-01-31T00:00:60Z"), true),
                // One of the elements, but not of nested arrays.
                (json!(["a", "b"]), json!("b"), true),
                (json!([["b"]]), json!("b"), false),
                (json!([]), json!("b"), false),
            ],
        );
    }

    #[test]
    fn arrays_are_compared_as_sets() {
        table(
            "=",
            Some("!="),
            &[
                (json!(["a", "b", "a"]), json!(["b", "a"]), true),
                (json!(["a"]), json!(["b", "a"]), false),
                (json!(["a", "b"]), json!(["a"]), false),
                (json!("a"), json!(["a", "a"]), true),
                (json!("a"), json!(["a", "b"]), false),
                (json!([]), json!([]), true),
                (json!("a"), json!([]), false),
                (json!(null), json!([]), false),
                (json!({}), json!([]), false),
                (json!([["a"]]), json!(["a"]), false),
                (json!(["a", null]), json!(["a"]), false),
                (json!([1, true]), json!([true, 1.0]), true),
            ],
        );
    }

    #[test]
    fn numbers_and_date_times_are_ordered() {
        let (early, late) = ("2026-01-31T00:00:00+02:00", "2026-01-31T00:00:00Z");
        table(
            ">",
            None,
            &[
                (json!(8), json!(7), true),
                (json!(7), json!(7.0), false),
                (json!("8"), json!(7), false),
                (json!(true), json!(0), false),
                (json!(null), json!(-1), false),
                (json!([1, 8]), json!(7), true),
                (json!([[8]]), json!(7), false),
                (json!(late), json!(early), true),
                (json!(early), json!(late), false),
                (json!("2026-02-01"), json!(late), false),
                (json!(9_007_199_254_740_993_u64), json!(9_007_199_254_740_992_u64), false),
            ],
        );
        table(
            ">=",
            None,
            &[
                (json!(0), json!(-0.0), true),
                (json!(6), json!(7), false),
                (json!(late), json!("2026-01-31t00:00:00.0000000009z"), true),
            ],
        );
        table(
            "<",
            None,
            &[
                (json!(1e-7), json!(0.25), true),
                (json!(1e21), json!(123456789012345680000.0), false),
                (json!(early), json!(late), true),
                (json!(late), json!("2026-01-31T00:00:00.000000001Z"), true),
            ],
        );
        table(
            "<=",
            None,
            &[
                (json!(7), json!(7.0), true),
                (json!(null), json!(7), false),
                (json!("2026-01-31T00:00:60Z"), json!(late), false),
            ],
        );
    }

    #[test]
    fn texts_contain_parts_and_arrays_contain_elements() {
        table(
            "contains",
            Some("doesNotContains"),
            &[
                (json!("abc"), json!("bc"), true),
                (json!("abc"), json!("B"), false),
                (json!("a7"), json!(7), true),
                (json!(170), json!("7"), true),
                (json!(7.0), json!("."), false),
                (json!(-0.0), json!("-"), false),
                (json!(1e21), json!("e"), false),
                (json!(1e21), json!("1000000000000000000000"), true),
                (json!(1e-7), json!("0.0000001"), true),
                (json!(123456789012345680000.0), json!("123456789012345680000"), true),
                (json!("0.0000001"), json!(1e-7), true),
                (json!(true), json!("t"), false),
                (json!({"a": 1}), json!("a"), false),
                // An array must have an element that is equal to the whole value.
                (json!(["abc"]), json!("b"), false),
                (json!(["abc", "b"]), json!("b"), true),
                (json!(["7"]), json!(7), false),
                (json!([["b"]]), json!("b"), false),
                // If the value is an array, each of its elements must be contained.
                (json!("abc"), json!(["a", "c"]), true),
                (json!("abc"), json!(["a", "d"]), false),
                (json!(["a", "b"]), json!(["b", "a"]), true),
                (json!(["a"]), json!(["b", "a"]), false),
                (json!(""), json!([]), true),
                (json!(0), json!([]), true),
                (json!([]), json!([]), true),
                (json!(true), json!([]), false),
                (json!({}), json!([]), false),
                (json!(null), json!([]), false),
            ],
        );
    }

    #[test]
    fn texts_begin_and_end_with_parts() {
        table(
            "beginsWith",
            Some("doesNotBeginsWith"),
            &[
                (json!("abc"), json!("ab"), true),
                (json!("abc"), json!("bc"), false),
                (json!(70), json!(7), true),
                (json!("x"), json!(""), true),
                (json!(["b", "ab"]), json!("a"), true),
                (json!([["ab"]]), json!("a"), false),
                (json!(true), json!("t"), false),
                (json!(null), json!(""), false),
                (json!([]), json!(""), false),
            ],
        );
        table(
            "endsWith",
            Some("doesNotEndsWith"),
            &[
                (json!("abc"), json!("bc"), true),
                (json!(0.25), json!(25), true),
                (json!(7.0), json!("0"), false),
                (json!(["bc", 1]), json!("c"), true),
            ],
        );
    }

    #[test]
    fn values_are_in_lists() {
        let rows = [
            (json!("a"), json!(["b", "a"]), true),
            (json!("ab"), json!(["a", "b"]), false),
            (json!(["x", "b"]), json!(["b", "a"]), true),
            (json!([["b"]]), json!(["b"]), false),
            (json!(true), json!([true]), true),
            (json!(7), json!(["7"]), false),
            (json!("a"), json!([]), false),
            (json!(null), json!(["a"]), false),
        ];
        table("in", Some("notIn"), &rows);
        table("containsAny", None, &rows);
    }

    #[test]
    fn ranges_include_both_ends() {
        let days = json!({"from": "2026-01-30", "to": "2026-01-31"});
        let hours = json!({"from": "2026-01-31T00:00:00+02:00", "to": "2026-01-31T00:00:00Z"});
        let rows = [
            (json!("2026-01-29T23:59:59.999999999Z"), days.clone(), false),
            (json!("2026-01-30T00:00:00Z"), days.clone(), true),
            (json!("2026-01-30"), days.clone(), true),
            (json!("2026-01-31"), days.clone(), true),
            (json!("2026-01-31T23:59:59.9999999999Z"), days.clone(), true),
            (json!("2026-02-01T00:00:00Z"), days.clone(), false),
            (json!("2026-02-01T00:00:00+00:01"), days.clone(), true),
            (json!(["x", "2026-01-31"]), days.clone(), true),
            (json!([["2026-01-31"]]), days.clone(), false),
            (json!("2026-01-31T00:00:60Z"), days.clone(), false),
            (json!("2026-1-31"), days.clone(), false),
            (json!(20260131), days.clone(), false),
            (json!(null), days, false),
            (json!("2026-01-30T22:00:00Z"), hours.clone(), true),
            (json!("2026-01-31"), hours.clone(), true),
            (json!("2026-01-31T00:00:00.000000001Z"), hours.clone(), false),
            (json!("2026-01-30"), hours, false),
        ];
        table("between", Some("notBetween"), &rows);
        table("=", Some("!="), &rows);
    }

    #[test]
    fn presets_have_the_specified_ranges() {
        // The preset, and its first and last moment at noon of 31 January 2026.
        let rows = [
            ("today", "2026-01-31T00:00:00Z", "2026-01-31T23:59:59.999999999Z"),
            ("tomorrow", "2026-02-01T00:00:00Z", "2026-02-01T23:59:59.999999999Z"),
            ("yesterday", "2026-01-30T00:00:00Z", "2026-01-30T23:59:59.999999999Z"),
            ("lastDay", "2026-01-30T12:00:00Z", "2026-01-31T12:00:00Z"),
            ("lastWeek", "2026-01-24T12:00:00Z", "2026-01-31T12:00:00Z"),
            ("last2Weeks", "2026-01-17T12:00:00Z", "2026-01-31T12:00:00Z"),
            ("lastMonth", "2026-01-01T12:00:00Z", "2026-01-31T12:00:00Z"),
            ("last3Months", "2025-11-02T12:00:00Z", "2026-01-31T12:00:00Z"),
            ("last6Months", "2025-08-04T12:00:00Z", "2026-01-31T12:00:00Z"),
            ("last12Months", "2025-01-31T12:00:00Z", "2026-01-31T12:00:00Z"),
            ("last2Years", "2024-02-01T12:00:00Z", "2026-01-31T12:00:00Z"),
            ("last3Years", "2023-02-01T12:00:00Z", "2026-01-31T12:00:00Z"),
            ("nextDay", "2026-01-31T12:00:00Z", "2026-02-01T12:00:00Z"),
            ("nextWeek", "2026-01-31T12:00:00Z", "2026-02-07T12:00:00Z"),
            ("next2Weeks", "2026-01-31T12:00:00Z", "2026-02-14T12:00:00Z"),
            ("nextMonth", "2026-01-31T12:00:00Z", "2026-03-02T12:00:00Z"),
            ("next3Months", "2026-01-31T12:00:00Z", "2026-05-01T12:00:00Z"),
            ("next6Months", "2026-01-31T12:00:00Z", "2026-07-30T12:00:00Z"),
            ("next12Months", "2026-01-31T12:00:00Z", "2027-01-31T12:00:00Z"),
        ];
        let tick = TimeDelta::nanoseconds(1);
        for (preset, first, last) in rows {
            let (first, last) = (instant(first), instant(last));
            let inside = |moment: Option<DateTime<Utc>>| {
                let text = moment.map(|moment| moment.to_rfc3339());
                holds(&json!(text), "between", &json!({"preset": preset}))
            };
            assert!(inside(first) && inside(last), "{preset}");
            assert!(!inside(first.map(|moment| moment - tick)), "{preset}");
            assert!(!inside(last.map(|moment| moment + tick)), "{preset}");
        }
    }

    #[test]
    fn date_times_are_parsed_or_rejected() {
        let same = [
            "2026-01-31T00:00:00Z",
            "2026-01-31t00:00:00z",
            "2026-01-31 00:00:00.000-00:00",
            "2026-01-31T02:30:00+02:30",
            "2026-01-30T23:00:00-01:00",
            "2026-01-31T00:00:00.0000000009Z",
        ];
        for text in same {
            assert_eq!(instant(text), Some(midnight_of_the_31st()), "{text}");
        }
        let not = [
            "",
            "2026-01-31",
            "2026-01-31T00:00:60Z",
            "2026-01-31T24:00:00Z",
            "2026-01-31T00:60:00Z",
            "2026-02-29T00:00:00Z",
            "2026-1-31T00:00:00Z",
            "2026-01-31T00:00:00",
            "2026-01-31T00:00Z",
            "2026-01-31T00:00:00.Z",
            "2026-01-31T00:00:00,5Z",
            "2026-01-31T00:00:00+24:00",
            "2026-01-31T00:00:00+02:60",
            "2026-01-31T00:00:00+0200",
            "2026-01-31T00:00:00+2:00",
            "2026-01-31T00:00:00 Z",
            "2026-01-31T00:00:00ZZ",
            " 2026-01-31T00:00:00Z",
            "2026-01-31_00:00:00Z",
            "2026-01-31T+0:00:00Z",
            "2026-01-31Té0:00:00Z",
            "2026-01-31T00:00:00é",
        ];
        for text in not {
            assert_eq!(instant(text), None, "{text}");
        }
        assert!(instant("0000-01-01T00:00:00+23:59").is_some());
        assert!(end("9999-12-31").is_some());
    }

    fn midnight_of_the_31st() -> DateTime<Utc> {
        noon() - TimeDelta::hours(12)
    }

    #[test]
    fn missing_null_and_empty_values_are_empty() {
        let cases = [
            (json!(null), true),
            (json!(""), true),
            (json!([]), true),
            (json!({}), true),
            (json!(" "), false),
            (json!(0), false),
            (json!(false), false),
            (json!([null]), false),
            (json!([""]), false),
            (json!({"a": null}), false),
        ];
        for (actual, empty) in cases {
            let entity = json!({"identifier": "e", "p": actual});
            let asks = |operator: &str, not: Value| {
                let condition = json!({"property": "p", "operator": operator, "not": not, "value": [null]});
                settings().outcome(&condition, &entity).holds
            };
            assert_eq!(asks("isEmpty", json!(null)), empty, "{actual}");
            assert_eq!(asks("isEmpty", json!(false)), empty, "{actual}");
            assert_eq!(asks("isEmpty", json!(true)), !empty, "{actual}");
            assert_eq!(asks("isNotEmpty", json!(null)), !empty, "{actual}");
            assert_eq!(asks("isNotEmpty", json!(true)), empty, "{actual}");
        }
    }

    #[test]
    fn values_are_found_in_both_forms_of_entities() {
        let actual = |entity: &Value, condition: Value| settings().actual(&condition, entity);
        let property = |name: &str| json!({"property": name});

        let port = json!({
            "identifier": "e", "title": "", "team": "t", "icon": "i", "createdAt": "then", "p": 1,
            "properties": {"a.b": 2, "": 3, "title": 4, "$title": 5, "properties": 6},
            "relations": {"system": "s", "parts": ["x"]},
        });
        assert_eq!(actual(&port, property("p")), json!(null));
        assert_eq!(actual(&port, property("a.b")), json!(2));
        assert_eq!(actual(&port, property("")), json!(3));
        assert_eq!(actual(&port, property("title")), json!(4));
        assert_eq!(actual(&port, property("$title")), json!(null));
        assert_eq!(actual(&port, property("properties")), json!(6));
        assert_eq!(actual(&port, property("$identifier")), json!("e"));
        assert_eq!(actual(&port, property("$blueprint")), json!("service"));
        assert_eq!(actual(&port, property("$team")), json!("t"));
        assert_eq!(actual(&port, property("$icon")), json!("i"));
        assert_eq!(actual(&port, property("$createdAt")), json!("then"));
        assert_eq!(actual(&port, property("$updatedBy")), json!(null));
        assert_eq!(actual(&port, json!({"relation": "parts", "property": null})), json!(["x"]));
        assert_eq!(actual(&port, json!({"relation": "p"})), json!(null));

        let row = json!({"identifier": "e", "title": "T", "p": 1, "relations": {"p": 2}});
        assert_eq!(actual(&row, property("p")), json!(1));
        assert_eq!(actual(&row, property("title")), json!(null));
        assert_eq!(actual(&row, property("relations")), json!(null));
        assert_eq!(actual(&row, property("$title")), json!("T"));

        let bare = json!({"identifier": "e", "properties": null, "p": 1});
        assert_eq!(actual(&bare, property("p")), json!(null));
    }

    /// Whether the query holds, and whether it lacks data, for an entity with these properties.
    fn outcome(query: &Value, properties: &Value) -> (bool, bool) {
        let entity = json!({"identifier": "e", "properties": properties});
        let outcome = settings().outcome(query, &entity);
        (outcome.holds, outcome.lacks_data)
    }

    #[test]
    fn missing_values_and_zero_guards_lack_data() {
        let guard = json!({"property": "n", "operator": ">", "value": -0.0});
        assert_eq!(outcome(&guard, &json!({"n": 0})), (false, true));
        assert_eq!(outcome(&guard, &json!({"n": -1})), (false, false));
        assert_eq!(outcome(&guard, &json!({"n": [0]})), (false, false));
        assert_eq!(outcome(&guard, &json!({"n": "0"})), (false, false));
        assert_eq!(outcome(&guard, &json!({"n": null})), (false, true));
        assert_eq!(outcome(&guard, &json!({})), (false, true));
        assert_eq!(outcome(&guard, &json!({"n": 1})), (true, false));
        let at_least = json!({"property": "n", "operator": ">=", "value": 1});
        assert_eq!(outcome(&at_least, &json!({"n": 0})), (false, false));
        let filled = json!({"property": "n", "operator": "isNotEmpty"});
        assert_eq!(outcome(&filled, &json!({})), (false, true));
        assert_eq!(outcome(&filled, &json!({"n": ""})), (false, false));

        let poor = json!({"property": "m", "operator": "<", "value": 1});
        let both = json!({"combinator": "and", "conditions": [guard, poor]});
        assert_eq!(outcome(&both, &json!({"n": 0, "m": 7})), (false, true));
        assert_eq!(outcome(&both, &json!({"n": 1, "m": 7})), (false, false));
        assert_eq!(outcome(&both, &json!({"n": 1})), (false, true));
        let either = json!({"combinator": "or", "rules": [guard, poor]});
        assert_eq!(outcome(&either, &json!({"n": 0, "m": 7})), (false, false));
        assert_eq!(outcome(&either, &json!({"n": 0})), (false, true));
        assert_eq!(outcome(&either, &json!({"n": 0, "m": 0})), (true, false));
        let nested = json!({"combinator": "or", "conditions": [both, guard]});
        assert_eq!(outcome(&nested, &json!({"n": 0, "m": 7})), (false, true));
        assert_eq!(outcome(&nested, &json!({"n": -1, "m": 7})), (false, false));
    }

    /// A rule that requires `property > 0` for a level.
    fn rule(level: &str, property: &str) -> Value {
        json!({
            "identifier": property,
            "level": level,
            "query": {"combinator": "and", "conditions": [
                {"property": property, "operator": ">", "value": 0},
            ]},
        })
    }

    fn climb(rules: Value, properties: Value) -> (Value, Value, Value) {
        let scorecard = json!({"identifier": "s", "rules": rules});
        let entity = json!({"identifier": "e", "properties": properties});
        let result = settings().result(&scorecard, &entity);
        let field = |key: &str| result.get(key).cloned().unwrap_or_default();
        (field("level"), field("rank"), field("noData"))
    }

    #[test]
    fn an_entity_stops_at_the_first_failing_level() {
        let found = |level: &str, rank: usize, no_data: bool| {
            (Value::from(level), Value::from(rank), Value::from(no_data))
        };
        let all = json!([rule("Gold", "g"), rule("Bronze", "b"), rule("Silver", "s")]);
        let with = |properties: Value| climb(all.clone(), properties);
        assert_eq!(with(json!({"b": 1, "s": 1, "g": 1})), found("Gold", 3, false));
        assert_eq!(with(json!({"b": 1, "s": -1, "g": 1})), found("Bronze", 1, false));
        assert_eq!(with(json!({"b": -1, "s": 1, "g": 1})), found("Basic", 0, false));
        assert_eq!(with(json!({"b": 1, "g": -1})), found("Bronze", 1, true));

        // A level without rules is skipped, and no entity holds it.
        let gap = json!([rule("Silver", "s")]);
        assert_eq!(climb(gap.clone(), json!({"s": 1})), found("Silver", 2, false));
        assert_eq!(climb(gap, json!({"s": 0})), found("Basic", 0, true));
        assert_eq!(climb(json!([]), json!({})), found("Basic", 0, false));

        // The level has no data if all failing rules lack data. Passing rules do not matter.
        let three = json!([rule("Bronze", "x"), rule("Bronze", "y"), rule("Bronze", "z")]);
        assert_eq!(climb(three.clone(), json!({"x": 0, "z": 1})), found("Basic", 0, true));
        assert_eq!(climb(three, json!({"x": 0, "y": -1})), found("Basic", 0, false));
    }

    #[test]
    fn the_complete_result_has_the_specified_keys() {
        let scorecards = [
            json!({
                "identifier": "s", "title": "S", "blueprint": null,
                "levels": [{"title": "Low", "color": "red"}, {"title": "High"}],
                "filter": {"combinator": "and", "conditions": [
                    {"property": "$team", "operator": "!=", "value": "none"},
                ]},
                "rules": [rule("High", "x")],
            }),
            json!({"identifier": "s", "blueprint": "_team", "rules": []}),
        ];
        let entities = [
            json!({"identifier": "one", "title": "One", "team": "t", "properties": {"x": 1}}),
            json!({"identifier": "two", "blueprint": "", "team": ["a", "b"], "x": 0}),
            json!({"identifier": "three", "blueprint": "service", "team": "none", "x": 1}),
            json!({"identifier": "four", "blueprint": "_team", "title": null}),
            json!({"identifier": "five", "blueprint": "other"}),
        ];
        let rules = |status: &str| json!([{"identifier": "x", "level": "High", "status": status}]);
        let expected = json!({
            "schemaVersion": 1,
        "kind": "result",
            "asOf": "2026-01-31T12:00:00Z",
            "entities": [
                {"identifier": "one", "title": "One", "blueprint": "service", "team": ["t"], "scorecards": {"s":
                    {"level": "High", "rank": 1, "noData": false, "passed": 1, "total": 1, "rules": rules("SUCCESS")}}},
                {"identifier": "two", "title": "two", "blueprint": "service", "team": ["a", "b"], "scorecards": {"s":
                    {"level": "Low", "rank": 0, "noData": true, "noDataReason": "inactive",
                     "passed": 0, "total": 1, "rules": rules("FAILURE")}}},
                {"identifier": "three", "title": "three", "blueprint": "service", "team": ["none"],
                    "scorecards": {"s": null}},
                {"identifier": "four", "title": "four", "blueprint": "_team", "team": [], "scorecards": {"s":
                    {"level": "Basic", "rank": 0, "noData": false, "passed": 0, "total": 0, "rules": []}}},
                {"identifier": "five", "title": "five", "blueprint": "other", "team": [], "scorecards": {}},
            ],
            "summary": {"entities": 5, "scorecards": [
                {"identifier": "s", "title": "S", "blueprint": "service",
                 "graded": 2, "notApplicable": 1, "noData": 1,
                 "levels": [{"title": "Low", "color": "red", "count": 1, "noData": 1},
                            {"title": "High", "color": null, "count": 1, "noData": 0}],
                 "rules": [{"identifier": "x", "title": "x", "level": "High", "passed": 1, "failed": 1}]},
                {"identifier": "s", "title": "s", "blueprint": "_team",
                 "graded": 1, "notApplicable": 0, "noData": 0,
                 "levels": [
                     {"title": "Basic", "color": "paleBlue", "count": 1, "noData": 0},
                     {"title": "Bronze", "color": "bronze", "count": 0, "noData": 0},
                     {"title": "Silver", "color": "silver", "count": 0, "noData": 0},
                     {"title": "Gold", "color": "gold", "count": 0, "noData": 0}],
                 "rules": []},
            ]},
        });
        assert_eq!(grade(&scorecards, &entities, "service", noon()), expected);
    }
}
