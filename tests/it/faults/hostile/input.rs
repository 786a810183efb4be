//! Hostile text in scorecards and entities.

use super::{FEW_WIDTHS, Kind, LINT_FORMATS, WIDTHS, hostile, run};
use crate::program::directory;
use serde_json::{Value, json};
use std::path::Path;

/// A scorecard with hostile text in every place. `bound` is the threshold of its first rule.
fn scorecard(text: &str, index: usize, bound: usize) -> Value {
    let level = |rank: usize| format!("{text}{rank}");
    let condition = |property: &str, operator: &str, value: Value| json!({"property": property, "operator": operator, "value": value});
    json!({
        "identifier": format!("{text}{index}"), "title": text, "description": text, "blueprint": text,
        "levels": [{"title": level(0), "color": text}, {"title": level(1), "color": "red"}, {"title": level(2)}],
        "filter": {"combinator": "or", "conditions": [
            condition(text, "!=", json!("other")),
            {"relation": text, "operator": "isNotEmpty"}]},
        "rules": [
            {"identifier": text, "title": text, "description": text, "level": level(1), text: text,
             "query": {"combinator": "and", "conditions": [
                condition("n", ">", json!(bound)), condition(text, "contains", json!(text))]}},
            {"identifier": format!("{text}2"), "level": level(2), "query": {"combinator": "and", "conditions": [
                condition(text, "=", json!(format!("{text}!"))),
                condition(text, "containsAny", json!([text, format!("{text}?")])),
                condition("$title", "beginsWith", json!(text)), condition("list", "contains", json!([text])),
                {"combinator": "or", "conditions": [
                    condition("$team", "in", json!([text])), condition("n", "<", json!(bound))]}]}}]
    })
}

fn entity(text: &str, index: usize) -> Value {
    json!({"identifier": format!("{text}{index}"), "title": text, "blueprint": text, "team": [text, "core"],
           "icon": text, "properties": {"n": index, text: text, "list": [text, "a"]}, "relations": {text: text}})
}

/// A directory with one scorecard and an entity for each padding, and with a scorecard for each padding and one entity.
fn files(width: usize) -> tempfile::TempDir {
    let texts: Vec<String> = (0..width).map(hostile).collect();
    // scorecards take longer than entities, so not every padding has one
    let step = (width / 20).max(1);
    let blueprint = hostile(0);
    let of_one = |mut value: Value| {
        value["blueprint"] = json!(blueprint);
        value
    };
    let cards = |bound| -> Vec<Value> {
        texts
            .iter()
            .enumerate()
            .step_by(step)
            .map(|(index, text)| of_one(scorecard(text, index, bound)))
            .collect()
    };
    let entities: Vec<Value> =
        texts.iter().enumerate().map(|(index, text)| of_one(entity(text, index))).collect();
    let bytes = |value: &Value| serde_json::to_vec(value).expect("values can be written");
    directory(&[
        ("card.json", &bytes(&of_one(scorecard(&texts[width / 2], 0, 5)))),
        ("other.json", &bytes(&of_one(scorecard(&texts[width / 2], 0, 9)))),
        ("cards.json", &bytes(&json!(cards(5)))),
        ("other_cards.json", &bytes(&json!(cards(0)))),
        ("entity.json", &bytes(&entities[1])),
        ("entities.json", &bytes(&json!(entities))),
    ])
}

/// Runs the program with hostile text for each padding, in both kinds of files. `CARDS` and `ENTITIES` in the arguments
/// are replaced by the files, `OTHER` by the same scorecards with other thresholds.
fn each(kind: Kind, arguments: &[&str]) {
    for width in WIDTHS {
        let files = files(width);
        let all =
            [["card.json", "other.json", "entities.json"], ["cards.json", "other_cards.json", "entity.json"]];
        for [cards, other, entities] in all {
            let path = |name: &str| files.path().join(name).to_string_lossy().into_owned();
            let replaced: Vec<String> = arguments
                .iter()
                .map(|argument| match *argument {
                    "CARDS" => path(cards),
                    "OTHER" => path(other),
                    "ENTITIES" => path(entities),
                    other => other.to_owned(),
                })
                .collect();
            let printed = run(width, kind, &replaced, "");
            assert!(printed.code < 2, "{replaced:?}: {}", printed.stderr);
            assert!(!printed.stdout.is_empty(), "{replaced:?}");
        }
    }
}

fn minimum(files: &Path) -> String {
    let read = std::fs::read(files).expect("the file can be read");
    let card: Value = serde_json::from_slice(&read).expect("it is JSON");
    format!("{}={}", card["identifier"], card["levels"][2]["title"])
}

const EVALUATE: [&str; 5] = ["evaluate", "-s", "CARDS", "-e", "ENTITIES"];

#[test]
fn tables_and_summaries_are_safe() {
    let shown = hostile(0);
    for more in [&["-f", "table"][..], &["-f", "summary"], &["-f", "table", "--color", "always"]] {
        each(Kind::People, &[&EVALUATE[..], more].concat());
    }
    each(
        Kind::People,
        &[&EVALUATE[..], &["--show", &shown, "--group-by", "team", "--sort", "title"]].concat(),
    );
}

#[test]
fn markdown_and_junit_are_safe() {
    let shown = hostile(0);
    each(
        Kind::People,
        &[&EVALUATE[..], &["-f", "markdown", "--show", &shown, "--group-by", "team"]].concat(),
    );
    each(Kind::People, &[&EVALUATE[..], &["-f", "junit"]].concat());
}

#[test]
fn json_and_annotations_are_safe() {
    for format in ["json", "ndjson"] {
        each(Kind::Json, &[&EVALUATE[..], &["-f", format]].concat());
    }
    each(Kind::Commands, &[&EVALUATE[..], &["-f", "github"]].concat());
    each(Kind::Exact, &[&EVALUATE[..], &["-f", "csv"]].concat());
}

#[test]
fn a_failed_gate_is_safe_in_every_format() {
    for width in WIDTHS {
        let files = files(width);
        let path = |name: &str| files.path().join(name).to_string_lossy().into_owned();
        let minimum = minimum(&files.path().join("card.json"));
        let (card, entities) = (path("card.json"), path("entities.json"));
        for (format, kind) in [
            ("table", Kind::People),
            ("markdown", Kind::People),
            ("junit", Kind::People),
            ("github", Kind::Commands),
        ] {
            let arguments = ["evaluate", "-s", &card, "-e", &entities, "-f", format, "-m", &minimum];
            let printed = run(width, kind, &arguments, "");
            assert_eq!(printed.code, 1, "{}", printed.stderr);
            assert!(printed.stderr.lines().count() > 50, "{}", printed.stderr);
        }
    }
}

#[test]
fn explanations_are_safe() {
    let explain = ["explain", "-s", "CARDS", "-e", "ENTITIES", "--limit", "1000", "-f"];
    for (format, kind) in [("text", Kind::People), ("markdown", Kind::People), ("json", Kind::Json)] {
        each(kind, &[&explain[..], &[format]].concat());
    }
    each(Kind::People, &[&explain[..], &["text", "--color", "always"]].concat());
}

#[test]
fn findings_are_safe() {
    for (format, kind) in LINT_FORMATS {
        each(kind, &["lint", "--portable", "-s", "CARDS", "-f", format]);
        each(kind, &["lint", "--portable", "-s", "CARDS", "-e", "ENTITIES", "-f", format]);
    }
}

#[test]
fn listings_are_safe() {
    for what in ["scorecards", "levels"] {
        each(Kind::People, &["show", what, "-s", "CARDS"]);
        each(Kind::Json, &["show", what, "-s", "CARDS", "-f", "json"]);
    }
}

#[test]
fn comparisons_are_safe() {
    for (format, kind) in [("table", Kind::People), ("markdown", Kind::People), ("json", Kind::Json)] {
        each(kind, &[&EVALUATE[..], &["--compare", "OTHER", "-f", format]].concat());
    }
}

/// Definitions with a mistake, each of whose messages repeats the text.
fn mistakes(text: &str) -> Vec<String> {
    let query = |condition: Value| json!({"combinator": "and", "conditions": [condition]});
    let rule = |query: Value| json!([{"identifier": text, "level": "Gold", "query": query}]);
    let condition =
        |operator: &str, value: Value| json!({"property": text, "operator": operator, "value": value});
    let all = [
        rule(query(condition(text, json!(1)))),
        rule(json!({"combinator": text, "conditions": [condition("=", json!(1))]})),
        rule(json!({text: text})),
        rule(query(condition("between", json!({"preset": text})))),
        rule(query(condition("between", json!({"from": text, "to": text})))),
        rule(query(condition(">", json!(text)))),
        rule(query(json!({"property": format!("${text}"), "operator": "isEmpty"}))),
        rule(query(json!({text: text, "operator": "isEmpty"}))),
        json!([{"identifier": text, "level": text, "query": query(condition("=", json!(1)))}]),
        json!([{"identifier": text}, {"identifier": text}]),
        json!({text: text}),
    ];
    let card =
        |rules: &Value| json!({"identifier": text, "title": text, text: text, "rules": rules}).to_string();
    let duplicate = json!([{"identifier": text, "rules": []}, {"identifier": text, "rules": []}]).to_string();
    let level =
        json!({"identifier": text, "levels": [{"title": text}, {"title": text}], "rules": []}).to_string();
    let raw = format!("{{\"identifier\": \"a\", {text}}}");
    let key = format!("{{\"identifier\": \"a\", \"rules\": [], \"{}\": }}", text.replace(['"', '\\'], ""));
    all.iter()
        .map(card)
        .chain([duplicate, level, raw, key, text.to_owned(), json!(text).to_string()])
        .collect()
}

#[test]
fn messages_about_scorecards_are_safe() {
    for width in FEW_WIDTHS {
        for padding in [0, width / 3, width - 14, width - 1] {
            for (index, mistake) in mistakes(&hostile(padding)).iter().enumerate() {
                let files = directory(&[("set.json", mistake.as_bytes())]);
                let path = files.path().join("set.json").to_string_lossy().into_owned();
                let printed = run(width, Kind::People, &["show", "-s", &path], "");
                assert_eq!((printed.code, printed.stdout.as_str()), (2, ""), "{index}: {mistake}");
            }
        }
    }
}

#[test]
fn messages_about_entities_are_safe() {
    for width in FEW_WIDTHS {
        for padding in [0, width / 3, width - 14, width - 1] {
            let text = hostile(padding);
            let quoted = json!(text);
            let valid = json!({"identifier": text, "blueprint": text});
            let inputs = [
                text.clone(),
                format!("{valid} {text}"),
                format!("{{\"identifier\": {quoted}, \"properties\": {quoted}}}"),
                format!("{{\"identifier\": {quoted}, \"title\": [{quoted}]}}"),
                format!("{{{quoted}: {quoted}}}"),
                format!("{{\"identifier\": {quoted}, {quoted}: 1e999}}"),
                format!("{{\"identifier\": {quoted}, {quoted}: {text}}}"),
                valid.to_string(),
            ];
            for input in inputs {
                run(width, Kind::People, &["evaluate", "-e", "-"], &input);
                run(width, Kind::People, &["explain", "-e", "-"], &input);
                run(width, Kind::People, &["lint", "-e", "-"], &input);
            }
        }
    }
}
