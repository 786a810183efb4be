//! Very large scorecards. Their findings are counted; the steps that find them are counted too, so a run that compares
//! all pairs of rules reports less, or does not end.

use crate::program::{directory, run};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// A scorecard whose rules have these conditions, joined by `and`, on three levels.
fn scorecard(rules: &[Value]) -> Value {
    let rule = |(index, conditions): (usize, &Value)| {
        let level = ["Bronze", "Silver", "Gold"][index * 3 / rules.len()];
        json!({"identifier": format!("r{index}"), "title": "t", "level": level,
            "query": {"combinator": "and", "conditions": conditions}})
    };
    let rules: Vec<Value> = rules.iter().enumerate().map(rule).collect();
    json!({"identifier": "card", "title": "T", "rules": rules})
}

fn condition(property: &str, operator: &str, value: impl Into<Value>) -> Value {
    json!({"property": property, "operator": operator, "value": value.into()})
}

/// The number of findings of each code.
fn counts(scorecards: &Value) -> BTreeMap<String, usize> {
    let files = directory(&[("s.json", scorecards.to_string().as_bytes())]);
    let run = run(&["lint", "-f", "json", "-s", files.path().to_str().expect("UTF-8")]);
    let document: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let mut counts = BTreeMap::new();
    for finding in document["findings"].as_array().expect("findings") {
        *counts.entry(finding["code"].as_str().expect("a code").to_owned()).or_default() += 1;
    }
    counts
}

fn only(code: &str, count: usize) -> BTreeMap<String, usize> {
    BTreeMap::from([(code.to_owned(), count)])
}

#[test]
fn each_of_ten_thousand_rules_on_one_property_that_a_stricter_one_implies_is_reported() {
    let rules: Vec<Value> = (0..9_999).map(|index| json!([condition("p", ">=", index)])).collect();
    // the strictest rule of each level remains
    assert_eq!(counts(&scorecard(&rules)), only("implied-rule", 9_996));
}

#[test]
fn copies_among_ten_thousand_rules_are_reported() {
    let rules: Vec<Value> =
        (0..10_000).map(|index| json!([condition("p", "=", format!("w{}", index / 2))])).collect();
    let found = counts(&scorecard(&rules));
    assert_eq!(found.get("duplicate-query"), Some(&5_000), "{found:?}");
    let ranges = |index: i32| json!([condition("p", ">=", index / 2), condition("q", "<", index / 2)]);
    let rules: Vec<Value> = (0..10_000).map(ranges).collect();
    assert_eq!(counts(&scorecard(&rules)), only("duplicate-query", 5_000));
}

#[test]
fn rules_with_a_guard_are_compared_by_their_other_condition() {
    let guarded = |index: usize| {
        json!([condition("guard", ">", 0), condition(&format!("p{}", index % 20), ">=", index)])
    };
    let rules: Vec<Value> = (0..6_000).map(guarded).collect();
    assert_eq!(counts(&scorecard(&rules)), only("implied-rule", 6_000 - 3 * 20));
}

#[test]
fn a_contradiction_among_three_thousand_conditions_is_found() {
    let contradiction = |code: &str, conditions: Vec<Value>| {
        let found = counts(&scorecard(&[Value::from(conditions)]));
        assert_eq!(found.get(code), Some(&1), "{found:?}");
    };
    let many =
        |operator: &str| (2..3_000).map(|value| condition("p", operator, value)).collect::<Vec<Value>>();
    let pair = [condition("p", ">=", 1), condition("p", "<=", 1)];
    contradiction("contradictory-conditions", [&pair[..], &many("!="), &[condition("p", "!=", 1)]].concat());
    contradiction("contradictory-conditions", [&pair[1..], &many(">=")].concat());
    let texts = [
        condition("p", "beginsWith", "a"),
        condition("p", "in", json!(["ab", "b"])),
        condition("p", "!=", "ab"),
    ];
    contradiction("contradictory-conditions", [&many("!=")[..], &texts].concat());
}

#[test]
fn lists_of_thirty_thousand_values_are_compared() {
    let list = |from: usize| -> Value { (from..from + 30_000).map(|value| format!("w{value}")).collect() };
    let rules = [0, 1, 0].map(|from| json!([condition("t", "in", list(from))]));
    assert_eq!(counts(&scorecard(&rules)).get("duplicate-query"), Some(&1));
}

/// The steps of one scorecard do not reduce those that another one needs.
#[test]
fn each_of_four_thousand_scorecards_is_checked() {
    let rules = [json!([condition("p", ">=", 1)]), json!([condition("p", "<", 1)])];
    let card = |index: usize| {
        let mut card = scorecard(&rules);
        card["identifier"] = Value::from(format!("c{index}"));
        card["levels"] = json!([{"title": "-"}, {"title": "Bronze"}, {"title": "Silver"}]);
        card
    };
    let cards: Value = (0..4_000).map(card).collect();
    assert_eq!(counts(&cards), only("unreachable-level", 4_000));
}

#[test]
fn text_prints_the_most_severe_findings_and_counts_all() {
    let untitled = |index: usize| {
        let condition =
            if index == 999 { condition("p", "in", json!([])) } else { condition("p", ">=", index) };
        let query = json!({"combinator": "and", "conditions": [condition]});
        json!({"identifier": format!("r{index}"), "level": "Gold", "query": query})
    };
    let rules: Vec<Value> = (0..1_000).map(untitled).collect();
    let card = json!({"identifier": "c", "title": "C", "levels": [{"title": "-"}, {"title": "Gold"}], "rules": rules});
    let files = directory(&[("s.json", card.to_string().as_bytes())]);
    let path = files.path().to_str().expect("UTF-8");
    let text = run(&["lint", "-s", path, "--allow", "implied-rule"]);
    assert_eq!(text.code, 1);
    assert_eq!(text.stdout.matches("\n  --> ").count() + text.stdout.matches("\n --> ").count(), 20);
    assert!(text.stdout.contains("error[rule-never-passes]"), "{}", text.stdout);
    let end = "… and 981 more; use `-f json` to list all findings\n1 error, 1,000 notes in 1 scorecard\n";
    assert!(text.stdout.ends_with(end), "{}", text.stdout);
    let github = run(&["lint", "-s", path, "--allow", "implied-rule", "-f", "github"]);
    let starting = |word: &str| github.stdout.lines().filter(|line| line.starts_with(word)).count();
    assert_eq!((starting("::error "), starting("::notice "), github.stdout.lines().count()), (1, 10, 11));
    let end = "::notice title=dora-score::… and 991 more; use `-f json` to list all findings\n";
    assert!(github.stdout.contains(end), "{}", github.stdout);
    let json = run(&["lint", "-s", path, "--allow", "implied-rule", "-f", "json"]);
    assert_eq!(json.stdout.matches("\"code\":").count(), 1_001);
}
