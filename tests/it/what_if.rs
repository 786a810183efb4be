//! Tests of `evaluate --set` and `evaluate --compare`.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test must fail if a value is missing")]

use crate::program::{Run, directory, run, run_with};
use serde_json::{Value, json};

const OSS: &str = "examples/entities/oss-services.json";
const AS_OF: &str = "2026-08-22T00:00:00Z";

fn evaluate(arguments: &[&str]) -> Run {
    let mut all = vec!["evaluate", "-e", OSS, "--as-of", AS_OF];
    all.extend(arguments);
    run(&all)
}

fn json_of(run: &Run) -> Value {
    assert_eq!(run.code, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).expect("it is JSON")
}

fn assert_has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part:?} is not in\n{text}");
    }
}

fn level(document: &Value, entity: &str, card: &str) -> String {
    let all = document["entities"].as_array().expect("an array");
    let found = all.iter().find(|one| one["identifier"] == json!(entity)).expect("it is there");
    found["scorecards"][card]["level"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn another_threshold_changes_levels() {
    let before = json_of(&evaluate(&["-f", "json"]));
    let after = json_of(&evaluate(&["-f", "json", "--set", "dora_cfr/svc_cfr_high=25"]));
    assert_eq!(level(&before, "ripgrep", "dora_cfr"), "Bronze");
    assert_eq!(level(&after, "ripgrep", "dora_cfr"), "Silver");
    // the guard does not change: without deployments there is nothing to judge
    assert_eq!(level(&after, "xsv", "dora_cfr"), "Basic");
    let last =
        evaluate(&["-f", "json", "--set", "dora_cfr/svc_cfr_high=1", "--set", "dora_cfr/svc_cfr_high=25"]);
    assert_eq!(json_of(&last), after);
}

/// `b > 0` looks like a guard, and a rule with only guards has no threshold.
#[test]
fn the_last_threshold_of_a_rule_counts_even_if_the_first_makes_it_look_like_a_guard() {
    let condition = |name: &str, bound: u8| json!({"property": name, "operator": ">", "value": bound});
    let query = json!({"combinator": "and", "conditions": [condition("a", 0), condition("b", 5)]});
    let set = json!({"identifier": "card", "rules": [{"identifier": "r", "level": "Gold", "query": query}]});
    let files = directory(&[("set.json", set.to_string().as_bytes())]);
    let path = files.path().join("set.json");
    let path = path.to_str().expect("a path in UTF-8");
    let entity = json!({"identifier": "e", "properties": {"a": 1, "b": 3}}).to_string();
    let level_after = |sets: &[&str]| {
        let mut arguments = vec!["evaluate", "-s", path, "-e", "-", "-f", "json"];
        arguments.extend(sets.iter().flat_map(|set| ["--set", set]));
        level(&json_of(&run_with(&arguments, entity.as_bytes())), "e", "card")
    };
    assert_eq!(level_after(&["card/r=0", "card/r=3"]), "Basic");
    assert_eq!(level_after(&["card/r=3", "card/r=0"]), "Gold");
    assert_eq!(level_after(&["card/r=0", "card/r=9", "card/r=2"]), "Gold");
}

#[test]
fn a_threshold_that_cannot_be_set_is_an_error() {
    let fails = |set: &str, parts: &[&str]| {
        let run = evaluate(&["--set", set]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{set}");
        assert_has(&run.stderr, parts);
    };
    fails("dora_cf/svc_cfr_high=5", &["unknown scorecard `dora_cf`", "did you mean `dora_cfr`?"]);
    fails("dora_cfr/svc_cfr_hig=5", &["has no rule `svc_cfr_hig`", "did you mean `svc_cfr_high`?"]);
    fails("dora_cfr/svc_cfr_high=five", &["`five` is not a number"]);
    fails("dora_cfr/svc_cfr_high=1e999", &["is not a number"]);
    fails("svc_cfr_high=5", &["write SCORECARD/RULE=VALUE"]);
    let set = ["-s", "examples/filtered", "--set", "production_readiness/runbook=5"];
    let run = evaluate(&set);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert_has(
        &run.stderr,
        &[
            "error[no-threshold]: rule `runbook` has no single threshold to set",
            "its conditions are `runbook_url beginsWith",
        ],
    );
}

/// Also tests identifiers with slashes and equals signs.
#[test]
fn in_a_rule_with_only_a_guard_the_guard_is_the_threshold() {
    let guard = json!({"combinator": "and", "conditions": [{"property": "n", "operator": ">", "value": 0}]});
    let set =
        json!({"identifier": "a/b", "rules": [{"identifier": "c/d=e", "level": "Gold", "query": guard}]});
    let files = directory(&[("set.json", set.to_string().as_bytes())]);
    let path = files.path().join("set.json");
    let path = path.to_str().expect("UTF-8");
    let arguments = ["evaluate", "-s", path, "-e", "-", "-f", "json", "--set", "a/b/c/d=e=3"];
    let run = run_with(&arguments, br#"{"identifier": "x", "n": 3} {"identifier": "y", "n": 4}"#);
    let document = json_of(&run);
    assert_eq!(level(&document, "x", "a/b"), "Basic");
    assert_eq!(level(&document, "y", "a/b"), "Gold");
}

const CARDS: &str = "examples/scorecards";

#[test]
fn a_comparison_shows_the_entities_whose_level_changes() {
    let arguments = [
        "--compare",
        CARDS,
        "--set",
        "dora_cfr/svc_cfr_high=4",
        "--set",
        "dora_deploy_freq/svc_df_medium=0.2",
    ];
    let table = evaluate(&arguments);
    assert_eq!((table.code, table.stderr.as_str()), (0, ""));
    assert_has(
        &table.stdout,
        &[
            "Scorecard         ▲ up  ▼ down  same  Level changes\n",
            "\ndora_deploy_freq     1       0    23  1 Basic → Bronze\n",
            "\ndora_cfr             0       2    22  2 Silver → Bronze\n",
            "\nconftest\n  ▲ dora_deploy_freq  Basic → Bronze\n  ▼ dora_cfr          Silver → Bronze\n",
            "\n2 of 24 entities change level.\n",
        ],
    );
    let markdown = evaluate(&[arguments.as_slice(), &["-f", "markdown", "--limit", "1"]].concat()).stdout;
    assert_has(
        &markdown,
        &[
            "| `dora_cfr` | 0 | 2 | 22 | 2 Silver → Bronze |\n",
            "2 of 24 entities change level, 1 of them listed.\n",
            "| typos | `dora_cfr` | ▼ Silver → Bronze |\n",
        ],
    );
    assert!(!markdown.contains("conftest"));
    let document =
        json_of(&evaluate(&[&arguments[..4], &["-f", "json", "--scorecard", "dora_cfr"]].concat()));
    let cards = document["scorecards"].as_array().expect("an array");
    assert_eq!(cards.len(), 1);
    assert_eq!(
        (&cards[0]["in"], &cards[0]["down"], &cards[0]["same"]),
        (&json!("both"), &json!(2), &json!(22))
    );
    assert_eq!(document["moved"], json!(2), "{document}");
    let conftest = document["moves"].as_array().expect("an array").last().expect("two move").clone();
    assert_eq!(
        conftest["moves"],
        json!([{"scorecard": "dora_cfr", "direction": "down", "from": "Silver", "to": "Bronze"}])
    );
}

#[test]
fn a_comparison_has_the_entities_whose_level_differs_between_two_evaluations() {
    let set = ["--set", "dora_lead_time/svc_lt_high=800", "--set", "dora_lead_time/svc_lt_elite=100"];
    let before = json_of(&evaluate(&["-f", "json"]));
    let after = json_of(&evaluate(&[["-f", "json"].as_slice(), &set].concat()));
    let compared = json_of(&evaluate(&[["-f", "json", "--compare", CARDS].as_slice(), &set].concat()));
    let differing: Vec<&str> = before["entities"]
        .as_array()
        .expect("an array")
        .iter()
        .filter_map(|entity| entity["identifier"].as_str())
        .filter(|name| level(&before, name, "dora_lead_time") != level(&after, name, "dora_lead_time"))
        .collect();
    let moves = compared["moves"].as_array().expect("an array");
    let moving: Vec<&str> = moves.iter().filter_map(|one| one["identifier"].as_str()).collect();
    assert!(!moving.is_empty());
    assert_eq!(moving, differing);
}

#[test]
fn no_level_changes_between_equal_sets() {
    let compared = json_of(&evaluate(&["-f", "json", "--compare", CARDS]));
    assert_eq!((&compared["moved"], &compared["moves"]), (&json!(0), &json!([])));
    for card in compared["scorecards"].as_array().expect("an array") {
        assert_eq!((&card["up"], &card["down"]), (&json!(0), &json!(0)), "{card}");
    }
}

/// The sets have different levels and filters, and each has a scorecard that the other does not have.
#[test]
fn sets_with_different_levels_filters_and_scorecards_are_compared() {
    let rule = |name: &str, level: &str, least: i64| {
        json!({"identifier": name, "level": level, "query": {"combinator": "and", "conditions": [
            {"property": "n", "operator": ">=", "value": least}]}})
    };
    let live =
        json!({"combinator": "and", "conditions": [{"property": "live", "operator": "=", "value": true}]});
    let first = json!([
        {"identifier": "a", "rules": [rule("b", "Bronze", 1), rule("s", "Silver", 2), rule("g", "Gold", 3)]},
        {"identifier": "old", "rules": []}]);
    let second = json!([
        {"identifier": "a", "levels": [{"title": "Basic"}, {"title": "Poor"}, {"title": "Bronze"}, {"title": "Silver"}],
         "filter": live, "rules": [rule("b", "Bronze", 1), rule("s", "Silver", 3)]},
        {"identifier": "new", "rules": []}]);
    let files =
        directory(&[("1.json", first.to_string().as_bytes()), ("2.json", second.to_string().as_bytes())]);
    let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
    let (first, second) = (path("1.json"), path("2.json"));
    let entities =
        br#"{"identifier": "bronze", "n": 1, "live": true} {"identifier": "silver", "n": 2, "live": true}
        {"identifier": "gold", "n": 3, "live": true} {"identifier": "dead", "n": 3}"#;
    let arguments = ["evaluate", "-s", &first, "-e", "-", "--compare", &second, "-f", "json"];
    let document = json_of(&run_with(&arguments, entities));
    let directions: Vec<(&str, &str)> = document["moves"]
        .as_array()
        .expect("an array")
        .iter()
        .map(|one| {
            (one["identifier"].as_str().unwrap_or(""), one["moves"][0]["direction"].as_str().unwrap_or(""))
        })
        .collect();
    assert_eq!(directions, [("silver", "down"), ("gold", "down"), ("dead", "left")]);
    let cards: Vec<(&str, &str)> = document["scorecards"]
        .as_array()
        .expect("an array")
        .iter()
        .map(|card| (card["identifier"].as_str().unwrap_or(""), card["in"].as_str().unwrap_or("")))
        .collect();
    assert_eq!(cards, [("a", "both"), ("old", "first"), ("new", "second")]);
}

#[test]
fn the_gate_uses_the_results_of_the_first_set() {
    let gated = |arguments: &[&str]| {
        let all = [
            ["-s", "examples/scorecards/service_3_change_failure_rate.json", "--no-data", "pass"].as_slice(),
            arguments,
        ];
        evaluate(&all.concat())
    };
    let without = gated(&["-m", "Bronze"]);
    let with = gated(&["-m", "Bronze", "--compare", CARDS, "--set", "dora_cfr/svc_cfr_medium=0"]);
    assert_eq!((with.code, &with.stderr), (without.code, &without.stderr));
    assert_has(&with.stdout, &["Bronze → Basic"]);
}

#[test]
fn other_formats_cannot_show_a_comparison() {
    let run = evaluate(&["--compare", CARDS, "-f", "csv"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert_has(
        &run.stderr,
        &["`--compare` does not support the format `csv`", "`table`, `json` or `markdown`"],
    );
    let run = evaluate(&["--compare", CARDS, "--show", "language"]);
    assert_eq!(run.code, 2);
}
