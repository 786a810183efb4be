//! The fields of events: how section 7 finds them, and the forms of their values.

use super::exact::rounded_product;
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub(crate) const SECOND: i128 = 1_000_000_000;
pub(crate) const MINUTE: i128 = 60 * SECOND;
pub(crate) const HOUR: i128 = 60 * MINUTE;
pub(crate) const DAY: i128 = 24 * HOUR;

/// "each name first in `properties`, then in `relations`, then among the keys of the object itself …; the first value
/// that is present, not null and not empty text is taken" and "an empty array is absent".
/// Choice: an empty array is absent for every field, so that the search goes on.
pub(crate) fn field<'e>(event: &'e Value, names: &[&str]) -> Option<&'e Value> {
    let places = |name: &&str| [&event["properties"][name], &event["relations"][name], &event[name]];
    let is_absent = |value: &Value| value.is_null() || value == "" || *value == json!([]);
    names.iter().flat_map(places).find(|value| !is_absent(value))
}

pub(crate) fn text<'e>(event: &'e Value, names: &[&str]) -> Option<&'e str> {
    field(event, names).map(|value| value.as_str().expect("it is text"))
}

pub(crate) fn time(event: &Value, names: &[&str]) -> Option<i128> {
    text(event, names).map(instant)
}

/// "Times are RFC 3339, the same with an offset without colon …, or `YYYY-MM-DD` (midnight UTC)", in nanoseconds since
/// 1970. Further digits of a fraction are cut, as elsewhere in the program.
pub(crate) fn instant(text: &str) -> i128 {
    let number = |from: usize, to: usize| text[from..to].parse::<i128>().expect("digits");
    let midnight = days(number(0, 4), number(5, 7), number(8, 10)) * DAY;
    if text.len() == 10 {
        return midnight;
    }
    let clock = number(11, 13) * HOUR + number(14, 16) * MINUTE + number(17, 19) * SECOND;
    let fraction: String = text[19..].chars().skip(1).take_while(char::is_ascii_digit).collect();
    let has_fraction = text[19..].starts_with('.');
    let (nanoseconds, zone) = match has_fraction {
        true => (format!("{fraction:0<9}")[..9].parse().expect("digits"), &text[20 + fraction.len()..]),
        false => (0, &text[19..]),
    };
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let offset = match zone {
        "Z" | "z" => 0,
        _ => {
            let minutes: i128 = digits[2..].parse().expect("digits");
            let size = digits[..2].parse::<i128>().expect("digits") * HOUR + minutes * MINUTE;
            if zone.starts_with('-') { -size } else { size }
        }
    };
    midnight + clock + nanoseconds - offset
}

/// The days from 1970-01-01 to this one.
fn days(year: i128, month: i128, day: i128) -> i128 {
    let is_leap = |year: i128| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    // leap years before `year`, the year 0 among them
    let leaps = (year + 3) / 4 - (year + 99) / 100 + (year + 399) / 400;
    let february = if is_leap(year) { 29 } else { 28 };
    let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let months: i128 = lengths.iter().take(usize::try_from(month - 1).expect("a month")).sum();
    365 * year + leaps + months + day - 1 - 719_528
}

/// "A `service` may be an array of strings: the event counts once for each different one".
pub(crate) fn services_of(event: &Value) -> BTreeSet<String> {
    texts(field(event, &["service"])).into_iter().collect()
}

/// A text, or each member of an array; "an identifier … may be a number (its text counts)".
pub(crate) fn texts(value: Option<&Value>) -> Vec<String> {
    match value {
        None => Vec::new(),
        Some(Value::Array(values)) => values.iter().flat_map(|value| texts(Some(value))).collect(),
        Some(Value::String(text)) => vec![text.clone()],
        Some(value) => vec![value.as_number().expect("text or a number").to_string()],
    }
}

/// "id (of all three kinds)".
pub(crate) fn id(event: &Value) -> Option<String> {
    texts(field(event, &["identifier", "id"])).pop()
}

/// "compared without regard to case, `_`, `-` and spaces".
pub(crate) fn status(event: &Value, names: &[&str]) -> Option<String> {
    text(event, names).map(|word| word.replace(['_', '-', ' '], "").to_lowercase())
}

/// "A negative lead time or recovery, or one above 10,000,000 hours, is ignored".
pub(crate) fn within_limits(duration: i128) -> Option<i128> {
    (0..=10_000_000 * HOUR).contains(&duration).then_some(duration)
}

/// "numbers given in hours or minutes are rounded to it", the nanosecond.
/// Choice: the limits are those of the number before it is rounded, and halves are rounded up.
pub(crate) fn duration(number: &Value, unit: i128) -> Option<i128> {
    let number = number.as_f64().expect("it is a number");
    let limit = f64::from(10_000_000) * (HOUR / unit) as f64;
    let nanoseconds = || rounded_product(number, unit.unsigned_abs());
    (0.0..=limit).contains(&number).then(|| nanoseconds().try_into().expect("it is within limits"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn instants_agree_with_chrono() {
        for text in [
            "1970-01-01T00:00:00Z",
            "2026-02-28T23:59:59.999999999Z",
            "2024-02-29T12:30:15.5+05:30",
            "0001-03-01T00:00:00-23:59",
            "9998-12-31T23:59:59Z",
            "1900-02-28T23:00:00-02:00",
            "2000-12-31t00:00:00.000000001z",
        ] {
            let expected = DateTime::parse_from_rfc3339(text).expect("it is a time");
            let nanoseconds =
                i128::from(expected.timestamp()) * SECOND + i128::from(expected.timestamp_subsec_nanos());
            assert_eq!(instant(text), nanoseconds, "{text}");
        }
        assert_eq!(instant("1970-01-02"), DAY);
        assert_eq!(instant("1970-01-01T01:00:00.25+0100"), SECOND / 4);
        assert_eq!(instant("1970-01-01T00:00:00.0000000019-00:00"), 1);
    }

    #[test]
    fn fields_are_searched_name_by_name() {
        let event = json!({"properties": {"b": "1", "a": ""}, "relations": {"a": null}, "a": "2", "b": "3"});
        assert_eq!(field(&event, &["a", "b"]), Some(&json!("2")));
        assert_eq!(field(&event, &["b", "a"]), Some(&json!("1")));
        assert_eq!(field(&event, &["c"]), None);
        assert_eq!(field(&json!({"properties": null, "c": [], "d": 0}), &["c", "d"]), Some(&json!(0)));
    }
}
