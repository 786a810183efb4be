//! Scorecards that are hard to explain: the search must end, and say what it does not know.
//!
//! The steps of the search are counted, so that it ends at the same place on every machine. Its unit tests prove the
//! bound; here, each run must only end within a minute.

use crate::program::{command, directory};
use serde_json::{Value, json};
use std::io::Read;
use std::process::Stdio;
use std::time::{Duration, Instant};

const AS_OF: &str = "2026-08-22T00:00:00Z";

/// The standard output of a run, which must succeed within a minute.
fn output(arguments: &[&str]) -> String {
    let mut command = command();
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().expect("the program starts");
    let mut stdout = child.stdout.take().expect("standard output is a pipe");
    let reader = std::thread::spawn(move || {
        let mut text = String::new();
        stdout.read_to_string(&mut text).expect("the output is UTF-8");
        text
    });
    let start = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("the program can be waited for") {
            break status;
        }
        if start.elapsed() > Duration::from_secs(60) {
            child.kill().expect("the program can be killed");
            panic!("{arguments:?} did not end");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    assert!(status.success(), "{arguments:?}");
    reader.join().expect("the output is read")
}

/// Files with these rules, all at the level Bronze, and these entities.
fn files(rules: impl Iterator<Item = Value>, entities: &[Value]) -> tempfile::TempDir {
    let rules: Vec<Value> = rules
        .enumerate()
        .map(|(index, query)| json!({"identifier": format!("r{index}"), "level": "Bronze", "query": query}))
        .collect();
    let card = json!({"identifier": "card", "blueprint": "service", "rules": rules});
    let lines: String = entities.iter().map(|entity| entity.to_string() + "\n").collect();
    directory(&[("card.json", card.to_string().as_bytes()), ("entities.ndjson", lines.as_bytes())])
}

fn entity(properties: Value) -> Value {
    json!({"identifier": "e", "properties": properties})
}

fn run(files: &tempfile::TempDir, command: &str, more: &[&str]) -> String {
    let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
    let (card, entities) = (path("card.json"), path("entities.ndjson"));
    output(&[&[command, "-q", "-s", card.as_str(), "-e", entities.as_str(), "--as-of", AS_OF], more].concat())
}

/// The next level of the only entity.
fn next(files: &tempfile::TempDir) -> Value {
    let document: Value = serde_json::from_str(&run(files, "explain", &["-f", "json"])).expect("it is JSON");
    document["entities"][0]["scorecards"]["card"]["next"].clone()
}

fn condition(property: impl Into<String>, operator: &str, value: impl Into<Value>) -> Value {
    json!({"property": property.into(), "operator": operator, "value": value.into()})
}

fn all(conditions: Vec<Value>) -> Value {
    json!({"combinator": "and", "conditions": conditions})
}

fn any(conditions: Vec<Value>) -> Value {
    json!({"combinator": "or", "conditions": conditions})
}

/// The number of changes, and whether they are the fewest.
fn size(next: &Value) -> (usize, bool) {
    let changes = next["changes"].as_array().unwrap_or_else(|| panic!("no advice: {}", next["noAdvice"]));
    (changes.len(), next.get("smallest").is_none())
}

#[test]
fn as_many_rules_as_properties_need_one_change_each() {
    let rules = (0..2_000).map(|rule| all(vec![condition(format!("p{rule}"), ">=", rule)]));
    assert_eq!(size(&next(&files(rules, &[entity(json!({}))]))), (2_000, true));
}

#[test]
fn thousands_of_rules_on_one_property_need_one_change() {
    let rules = (0..3_000).map(|rule| all(vec![condition("p", ">=", rule)]));
    let found = next(&files(rules, &[entity(json!({"p": 7}))]));
    assert_eq!(size(&found), (1, true));
    let change = &found["changes"][0];
    assert_eq!((&change["action"], &change["to"]), (&json!("atLeast"), &json!(2_999)));
    assert_eq!(change["needs"], json!([{"operator": ">=", "value": 2_999}]));
    let different = (0..3_000).map(|rule| all(vec![condition("t", "!=", format!("w{rule}"))]));
    let present = std::iter::once(all(vec![condition("t", "isNotEmpty", Value::Null)]));
    assert_eq!(size(&next(&files(different.chain(present), &[entity(json!({"t": "w5"}))]))), (1, true));
    let parts = (0..1_000).map(|rule| all(vec![condition("t", "contains", format!("w{rule}"))]));
    assert_eq!(size(&next(&files(parts, &[entity(json!({"t": "x"}))]))), (1, true));
}

#[test]
fn independent_alternatives_do_not_multiply() {
    let rules = (0..300).map(|rule| {
        any(vec![condition(format!("a{rule}"), ">=", rule), condition(format!("b{rule}"), ">=", rule)])
    });
    assert_eq!(size(&next(&files(rules, &[entity(json!({}))]))), (300, true));
    let rules = (0..300).map(|rule| {
        let group =
            || all((0..3).map(|part| condition(format!("q{part}_{}", rule % 7), ">=", rule)).collect());
        any((0..6).map(|_| group()).collect())
    });
    assert_eq!(size(&next(&files(rules, &[entity(json!({}))]))), (21, true));
}

/// Rules that require one of three of 100 properties. The smallest set of changes is hard to find.
fn entangled() -> impl Iterator<Item = Value> {
    let mut random = 1_u64;
    let mut property = move || {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        format!("p{}", (random >> 33) % 100)
    };
    (0..100).map(move |rule| {
        any(vec![
            condition(property(), ">=", rule),
            condition(property(), ">=", rule),
            condition(property(), "<", rule),
        ])
    })
}

#[test]
fn a_set_of_changes_that_may_not_be_the_smallest_is_sufficient_and_says_so() {
    let files = files(entangled(), &[entity(json!({}))]);
    let found = next(&files);
    assert_eq!((found["smallest"].as_bool(), &found["reaches"]), (Some(false), &json!("Bronze")));
    let text = run(&files, "explain", &[]);
    assert!(text.contains(", though fewer changes may do:\n"), "{text}");
    let changes = found["changes"].as_array().expect("there is advice");
    let without = |left_out: Option<usize>| {
        let kept = changes.iter().enumerate().filter(|(index, _)| Some(*index) != left_out);
        let pair = |(_, change): (usize, &Value)| {
            (change["property"].as_str().expect("a property").to_owned(), change["to"].clone())
        };
        entity(Value::Object(kept.map(pair).collect()))
    };
    let variants: Vec<Value> = (0..changes.len()).map(Some).chain([None]).map(without).collect();
    let graded = run(&self::files(entangled(), &variants), "evaluate", &["-f", "ndjson"]);
    let ranks: Vec<bool> = graded
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).expect("it is JSON"))
        .map(|entity| entity["scorecards"]["card"]["rank"].as_u64() > Some(0))
        .collect();
    let (complete, reduced) = ranks.split_last().expect("there are entities");
    assert!(*complete && reduced.len() == changes.len());
    assert!(reduced.iter().all(|reached| !reached), "a change is superfluous");
}

#[test]
fn the_answer_does_not_depend_on_the_number_of_threads() {
    let entities: Vec<Value> = (0..9)
        .map(
            |number| json!({"identifier": format!("e{number}"), "properties": {"p1": number, "p2": -number}}),
        )
        .collect();
    let files = files(entangled(), &entities);
    for format in ["json", "text", "markdown"] {
        let [one, four] =
            ["1", "4"].map(|threads| run(&files, "explain", &["-f", format, "--threads", threads]));
        assert!(one.len() > 1_000 && one == four, "{format}");
    }
}
