//! Compares documents of the program with expected ones.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRng, TestRunner};
use serde_json::{Value, json};

/// Runs a law with random input. `PROPTEST_CASES` sets the number of cases.
pub(crate) fn check<T: std::fmt::Debug>(
    usual: u32,
    input: impl Strategy<Value = T>,
    law: impl Fn(T) -> Result<(), TestCaseError>,
) {
    let asked = std::env::var("PROPTEST_CASES").ok();
    let cases = asked.map_or(usual, |cases| cases.parse().expect("a number of cases"));
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 1000, ..Config::default() };
    if let Err(error) = TestRunner::new(config).run(&input, law) {
        panic!("{error}");
    }
}

/// Looks at the same random input in every run, so that what it reaches does not depend on luck.
pub(crate) fn survey<T: std::fmt::Debug>(cases: u32, input: impl Strategy<Value = T>, look: impl Fn(T)) {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let generator = TestRng::deterministic_rng(config.rng_algorithm);
    let looked = |case: T| {
        look(case);
        Ok(())
    };
    if let Err(error) = TestRunner::new_with_rng(config, generator).run(&input, looked) {
        panic!("{error}");
    }
}

pub(crate) fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// Where a value differs from what is expected. Objects may have further keys.
pub(crate) fn difference(actual: &Value, expected: &Value, place: &str) -> Option<String> {
    match (actual, expected) {
        (Value::Object(actual), Value::Object(expected)) => {
            expected.iter().find_map(|(key, value)| match actual.get(key) {
                Some(found) => difference(found, value, &format!("{place}.{key}")),
                None => Some(format!("{place}.{key} is missing")),
            })
        }
        (Value::Array(actual), Value::Array(expected)) if actual.len() == expected.len() => {
            actual.iter().zip(expected).enumerate().find_map(|(index, (actual, expected))| {
                difference(actual, expected, &format!("{place}[{index}]"))
            })
        }
        _ if actual == expected => None,
        _ => Some(format!("{place} is {actual} instead of {expected}")),
    }
}

/// Sorts the elements of an array by these keys.
fn sort(array: &mut Value, keys: &[&str]) {
    if let Some(array) = array.as_array_mut() {
        array.sort_by_key(|element| keys.iter().map(|key| element[*key].to_string()).collect::<Vec<_>>());
    }
}

/// A document of `diff` in an order of our own where the specification names none. Of culprits only the results are
/// kept.
pub(crate) fn normal_diff(mut document: Value) -> Value {
    for card in document["scorecards"].as_array_mut().into_iter().flatten() {
        sort(&mut card["pairs"], &["from", "to"]);
    }
    for entity in document["moves"].as_array_mut().into_iter().flatten() {
        sort(&mut entity["moves"], &["scorecard"]);
    }
    sort(&mut document["moves"], &["blueprint", "identifier"]);
    if let Some(culprits) = document.pointer_mut("/failOn/culprits").and_then(Value::as_array_mut) {
        // the difference of a definition has no entity
        culprits.retain(|culprit| !culprit["identifier"].is_null());
        let mut results: Vec<Value> = Vec::new();
        for culprit in culprits.iter() {
            let [identifier, blueprint, card] =
                ["identifier", "blueprint", "scorecard"].map(|key| culprit[key].clone());
            results.push(json!({"identifier": identifier, "blueprint": blueprint, "scorecard": card}));
        }
        results.sort_by_key(Value::to_string);
        results.dedup();
        *culprits = results;
    }
    document
}

/// A document of `trend` with times in one spelling.
pub(crate) fn normal_trend(mut document: Value) -> Value {
    spell_times(&mut document, false);
    document
}

fn spell_times(value: &mut Value, is_time: bool) {
    match value {
        Value::String(text) if is_time => {
            if let Ok(time) = chrono::DateTime::parse_from_rfc3339(text) {
                *text = time.to_utc().to_rfc3339();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| spell_times(value, is_time)),
        Value::Object(members) => {
            let times = ["asOf", "since", "dates"];
            members.iter_mut().for_each(|(key, value)| spell_times(value, times.contains(&key.as_str())));
        }
        _ => {}
    }
}
