//! Tests sections 2 to 6 of the specification through the program, with expected results that were found by hand.

mod entities;
mod gate;
mod levels;
mod operators;
mod outputs;
mod scorecards;
mod shares;

use crate::program::{Run, directory, run_with};
use serde_json::Value;

pub(crate) const AS_OF: &str = "2026-01-31T12:00:00Z";

/// Grades `entities` with the scorecards in `set`. The format is `json` unless `more` has another one.
pub(crate) fn evaluate(set: &str, entities: &[u8], more: &[&str]) -> Run {
    let files = directory(&[("set.json", set.as_bytes())]);
    let path = files.path().join("set.json").display().to_string();
    let format: &[&str] = if more.contains(&"-f") { &[] } else { &["-f", "json"] };
    let arguments = [&["evaluate", "-s", &path, "-e", "-", "--as-of", AS_OF], format, more].concat();
    run_with(&arguments, entities)
}

/// Grades `entities` and returns the result document. The run must succeed.
pub(crate) fn result(set: &str, entities: &str) -> Value {
    let run = evaluate(set, entities.as_bytes(), &[]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    document(&run)
}

/// The standard output of a run, parsed as JSON.
pub(crate) fn document(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {}{}", run.stdout, run.stderr))
}

/// The string under `key` in each element of an array.
pub(crate) fn each(array: &Value, key: &str) -> Vec<String> {
    let text =
        |member: &Value| member[key].as_str().unwrap_or_else(|| panic!("no {key} in {member}")).to_owned();
    array.as_array().unwrap_or_else(|| panic!("no array: {array}")).iter().map(text).collect()
}

/// A rule with one condition.
pub(crate) fn rule(identifier: &str, level: &str, condition: &str) -> String {
    format!(
        r#"{{"identifier": "{identifier}", "level": "{level}", "query": {{"combinator": "and", "conditions": [{condition}]}}}}"#
    )
}
