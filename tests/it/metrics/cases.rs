//! One small example for each sentence about fields, status and environment, and what all examples share.
//!
//! Every example is checked with the naive implementation too, whose figures are computed by hand here.

use super::naive::{self, Average, Failures, Options};
use super::{exact, exact_lines, exact_values, fields, marked};
use crate::program::{Run, directory, run};
use serde_json::{Number, Value};

/// The window is 2026-02-01 to 2026-03-01, four weeks, unless an example has its own.
const AS_OF: &str = "2026-03-01T00:00:00Z";
const WINDOW: &str = "4w";

/// A sentence; the feeds, each an option and a text; further arguments; and for each entity some of its properties,
/// null for an entity that must not be there.
pub(crate) type Example =
    (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str], &'static str);

/// Runs `metrics` with these feeds, each in a file that is named like its option.
pub(crate) fn metrics(feeds: &[(&str, &str)], arguments: &[&str]) -> Run {
    let files: Vec<(&str, &[u8])> = feeds.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let place = directory(&files);
    let paths: Vec<String> =
        feeds.iter().map(|(name, _)| place.path().join(name).to_str().expect("UTF-8").to_owned()).collect();
    let inputs = feeds.iter().zip(&paths).flat_map(|((name, _), path)| [*name, path]);
    let mut all: Vec<&str> = ["metrics"].into_iter().chain(inputs).collect();
    for [option, value] in [["--as-of", AS_OF], ["--window", WINDOW]] {
        if !arguments.contains(&option) {
            all.extend([option, value]);
        }
    }
    all.extend(arguments);
    run(&all)
}

/// The values of a text in any of the input forms.
pub(crate) fn values(text: &str) -> Vec<Value> {
    let marked = marked(text, |number| format!("\"\\u0000{number}\""));
    let stream = serde_json::Deserializer::from_str(&marked).into_iter::<Value>();
    stream.flat_map(|value| members(with_numbers(value.expect("JSON")))).collect()
}

fn members(value: Value) -> Vec<Value> {
    match &value {
        Value::Array(values) => values.iter().cloned().flat_map(members).collect(),
        Value::Object(_) if value["identifier"].is_null() && value["entities"].is_array() => {
            members(value["entities"].clone())
        }
        Value::Object(_) if value["identifier"].is_null() && value["entity"].is_object() => {
            vec![value["entity"].clone()]
        }
        _ => vec![value],
    }
}

/// Restores the numbers that are marked.
fn with_numbers(value: Value) -> Value {
    match value {
        Value::Array(values) => values.into_iter().map(with_numbers).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(name, value)| (name, with_numbers(value))).collect()
        }
        Value::String(text) if text.starts_with('\0') => {
            let text = &text[1..];
            let whole = text.parse::<i64>().map(Number::from).or(text.parse::<u64>().map(Number::from));
            let double = || Number::from_f64(text.parse().expect("a number")).expect("it is finite");
            Value::Number(whole.unwrap_or_else(|_| double()))
        }
        other => other,
    }
}

/// The entities of the naive implementation for the same input.
fn naive(feeds: &[(&str, &str)], arguments: &[&str]) -> Vec<Value> {
    let feed = |name: &str| -> Option<Vec<Value>> {
        let mut given = feeds.iter().filter(|(feed, _)| *feed == name).peekable();
        given.peek()?;
        Some(given.flat_map(|(_, text)| values(text)).collect())
    };
    let all = |option: &str| -> Vec<&str> {
        arguments.chunks(2).filter(|pair| pair[0] == option).map(|pair| pair[1]).collect()
    };
    let last =
        |option: &str, default: &'static str| all(option).last().map_or(default, |value| *value).to_owned();
    let window = last("--window", WINDOW);
    let (count, unit) = window.split_at(window.len() - 1);
    let count: u32 = count.parse().expect("a number");
    let options = Options {
        deployments: feed("-d"),
        changes: feed("-c"),
        incidents: feed("-i"),
        services: feed("--services"),
        blueprint: last("--blueprint", "service"),
        as_of: fields::instant(&last("--as-of", AS_OF)),
        window_days: if unit == "w" { 7 * count } else { count },
        environments: all("--environment").into_iter().map(str::to_owned).collect(),
        average: if last("--average", "mean") == "mean" { Average::Mean } else { Average::Median },
        failures: match last("--failures", "incidents").as_str() {
            "incidents" => Failures::Incidents,
            "linked" => Failures::Linked,
            _ => Failures::Status,
        },
    };
    exact_values(&naive::entities(&options))
}

/// Checks an example with the naive implementation and with the program.
pub(crate) fn holds(sentence: &str, feeds: &[(&str, &str)], arguments: &[&str], expected: &str) {
    shows(&naive(feeds, arguments), &format!("naive: {sentence}"), expected);
    let run = metrics(feeds, arguments);
    assert_eq!(run.code, 0, "{sentence}: {}", run.stderr);
    shows(&exact_lines(&run.stdout), sentence, expected);
}

pub(crate) fn all_hold(examples: &[Example]) {
    for (sentence, feeds, arguments, expected) in examples {
        holds(sentence, feeds, arguments, expected);
    }
}

/// Checks that exactly these entities are printed.
pub(crate) fn prints(sentence: &str, feeds: &[(&str, &str)], arguments: &[&str], expected: &str) {
    let expected: Vec<Value> = exact(expected).as_array().expect("an array").clone();
    assert_eq!(naive(feeds, arguments), expected, "naive: {sentence}");
    let run = metrics(feeds, arguments);
    assert_eq!(run.code, 0, "{sentence}: {}", run.stderr);
    assert_eq!(exact_lines(&run.stdout), expected, "{sentence}");
}

pub(crate) fn shows(entities: &[Value], sentence: &str, expected: &str) {
    for (name, properties) in exact(expected).as_object().expect("an object") {
        let found = entities.iter().find(|entity| entity["identifier"] == **name);
        let Some(properties) = properties.as_object() else {
            assert!(found.is_none(), "{sentence}: {name} is there");
            continue;
        };
        let found = found.unwrap_or_else(|| panic!("{sentence}: {name} is missing: {entities:#?}"));
        for (property, value) in properties {
            assert_eq!(found["properties"].get(property), Some(value), "{sentence}: {name}: {property}");
        }
    }
}

#[test]
fn fields_are_found_as_specified() {
    const ONE: &str = r#"{"a": {"total_deployments": 1}}"#;
    const NONE: &str = r#"{"a": {"total_deployments": 0}}"#;
    all_hold(&[
        (
            "names in their order",
            &[("-d", r#"{"service": "a", "createdAt": "2026-01-01", "finishedAt": "2026-02-10"}"#)],
            &[],
            ONE,
        ),
        (
            "a name before a place",
            &[(
                "-d",
                r#"{"properties": {"service": "a", "finishedAt": "2026-01-01"}, "deployedAt": "2026-02-10"}"#,
            )],
            &[],
            ONE,
        ),
        (
            "properties, relations, own keys",
            &[(
                "-d",
                r#"{"properties": {"service": "a"}, "relations": {"service": "b"}, "service": "c", "deployedAt": "2026-02-10"}
            {"properties": {}, "relations": {"service": "b"}, "service": "c", "deployedAt": "2026-02-10"}"#,
            )],
            &[],
            r#"{"a": {"total_deployments": 1}, "b": {"total_deployments": 1}, "c": null}"#,
        ),
        (
            "null and empty text are passed over",
            &[(
                "-d",
                r#"{"properties": {"service": null}, "relations": {"service": ""}, "service": "a", "deployedAt": "", "createdAt": "2026-02-10"}"#,
            )],
            &[],
            ONE,
        ),
        (
            "properties may be null",
            &[("-d", r#"{"properties": null, "relations": {"service": "a"}, "deployedAt": "2026-02-10"}"#)],
            &[],
            ONE,
        ),
        (
            "fields that are not needed are not looked at",
            &[(
                "-d",
                r#"{"service": "a", "deployedAt": "2026-02-10", "finishedAt": 7, "createdAt": [], "resolvedAt": {}}"#,
            )],
            &[],
            ONE,
        ),
        // 23:00 on January 31 in UTC is outside
        (
            "an offset without colon",
            &[("-d", r#"{"service": "a", "deployedAt": "2026-02-01T01:00:00.000+0200"}"#)],
            &[],
            NONE,
        ),
        (
            "an offset without colon",
            &[("-d", r#"{"service": "a", "deployedAt": "2026-01-31T23:00:00.000-0100"}"#)],
            &[],
            ONE,
        ),
        (
            "a date is midnight UTC, the first instant of the window is inside",
            &[("-d", r#"{"service": "a", "deployedAt": "2026-02-01"}"#)],
            &[],
            ONE,
        ),
        ("the last one is not", &[("-d", r#"{"service": "a", "deployedAt": "2026-03-01"}"#)], &[], NONE),
        (
            "a nanosecond before it is",
            &[("-d", r#"{"service": "a", "deployedAt": "2026-02-28T23:59:59.999999999Z"}"#)],
            &[],
            ONE,
        ),
        (
            "a nanosecond before the window is not",
            &[("-d", r#"{"service": "a", "deployedAt": "2026-01-31T23:59:59.999999999Z"}"#)],
            &[],
            NONE,
        ),
        (
            "several services count once each",
            &[("-d", r#"{"service": ["a", "b", "a"], "deployedAt": "2026-02-10"}"#)],
            &[],
            r#"{"a": {"total_deployments": 1}, "b": {"total_deployments": 1}}"#,
        ),
        (
            "an empty array is absent",
            &[(
                "-d",
                r#"{"properties": {"service": []}, "relations": {"service": "a"}, "deployedAt": "2026-02-10"}"#,
            )],
            &[],
            ONE,
        ),
        (
            "arrays of arrays",
            &[(
                "-d",
                r#"[[{"service": "a", "deployedAt": "2026-02-10"}], [[], [{"service": "a", "deployedAt": "2026-02-11"}]]]"#,
            )],
            &[],
            r#"{"a": {"total_deployments": 2}}"#,
        ),
        (
            "API answers",
            &[(
                "-d",
                r#"{"ok": true, "entities": [{"service": "a", "deployedAt": "2026-02-10"}]} {"entity": {"service": "a", "deployedAt": "2026-02-10"}}"#,
            )],
            &[],
            r#"{"a": {"total_deployments": 2}}"#,
        ),
        (
            "a service that has only events that are skipped or ignored",
            &[
                ("-d", r#"{"service": "a", "status": "queued", "deployedAt": "2026-02-10"}"#),
                ("-c", r#"{"service": "b"}"#),
            ],
            &[],
            r#"{"a": {"total_deployments": 0}, "b": {"total_deployments": 0, "lead_time_for_changes": null}}"#,
        ),
    ]);
}

#[test]
fn status_and_environment_are_compared_as_specified() {
    const ONE: &str = r#"{"a": {"total_deployments": 1, "change_failure_rate": 50}}"#;
    all_hold(&[
        (
            "case, `_`, `-` and spaces",
            &[(
                "-d",
                r#"{"service": "a", "status": "SUCC-ESS", "deployedAt": "2026-02-10"} {"service": "a", "state": "In_Active", "deployedAt": "2026-02-10"}
            {"service": "a", "conclusion": "timed_out", "deployedAt": "2026-02-10"} {"service": "a", "status": "in progress", "deployedAt": "2026-02-10"}"#,
            )],
            &["--failures", "status"],
            // 1 of 3 finished ones
            r#"{"a": {"total_deployments": 2, "change_failure_rate": 33.333333333333336}}"#,
        ),
        (
            "names of the status in their order",
            &[(
                "-d",
                r#"{"service": "a", "conclusion": "failure", "status": "completed", "deployedAt": "2026-02-10"}
            {"service": "a", "deploymentStatus": "Rolled Back", "status": "ok", "deployedAt": "2026-02-10"}"#,
            )],
            &["--failures", "status"],
            ONE,
        ),
        (
            "production and prod by default, or no environment",
            &[(
                "-d",
                r#"{"service": "a", "environment": "Prod", "deployedAt": "2026-02-10"} {"service": "a", "deployedAt": "2026-02-10"}
            {"service": "a", "env": "PRODUCTION", "deployedAt": "2026-02-10"} {"service": "a", "env": "eu-prod", "deployedAt": "2026-02-10"}"#,
            )],
            &[],
            r#"{"a": {"total_deployments": 3}}"#,
        ),
        (
            "--environment replaces both",
            &[(
                "-d",
                r#"{"service": "a", "environment": "Staging", "deployedAt": "2026-02-10"} {"service": "a", "deployedAt": "2026-02-10"}
            {"service": "a", "environment": "prod", "deployedAt": "2026-02-10"} {"service": "a", "environment": "qa", "deployedAt": "2026-02-10"}"#,
            )],
            &["--environment", "staging", "--environment", "QA"],
            r#"{"a": {"total_deployments": 2}}"#,
        ),
        (
            "no environment counts if prod is asked for",
            &[(
                "-d",
                r#"{"service": "a", "environment": "production", "deployedAt": "2026-02-10"} {"service": "a", "deployedAt": "2026-02-10"}"#,
            )],
            &["--environment", "PROD"],
            r#"{"a": {"total_deployments": 1}}"#,
        ),
        (
            "failed deployments elsewhere do not count",
            &[(
                "-d",
                r#"{"service": "a", "deployedAt": "2026-02-10"} {"service": "a", "status": "failed", "env": "test", "deployedAt": "2026-02-10"}
            {"service": "a", "status": "failed", "deployedAt": "2026-01-10"}"#,
            )],
            &["--failures", "status"],
            r#"{"a": {"change_failure_rate": 0}}"#,
        ),
        // 1, 2, 4, 8, 16 and 33 hours; 64 and 128 do not count
        (
            "the status of a change",
            &[(
                "-c",
                r#"[{"service": "a", "leadTimeHours": 1, "mergedAt": "2026-02-10"}, {"service": "a", "leadTimeHours": 2, "mergedAt": "2026-02-10", "status": "MERGED"},
            {"service": "a", "leadTimeHours": 4, "mergedAt": "2026-02-10", "state": "closed"}, {"service": "a", "leadTimeHours": 8, "mergedAt": "2026-02-10", "state": "released"},
            {"service": "a", "leadTimeHours": 16, "deployedAt": "2026-02-10", "state": "Done"}, {"service": "a", "leadTimeHours": 33, "deployedAt": "2026-02-10", "state": "success"},
            {"service": "a", "leadTimeHours": 64, "deployedAt": "2026-02-10", "state": "closed"}, {"service": "a", "leadTimeHours": 128, "mergedAt": "2026-02-10", "state": "open"}]"#,
            )],
            &[],
            // 64 / 6
            r#"{"a": {"lead_time_for_changes": 10.666666666666666}}"#,
        ),
    ]);
}
