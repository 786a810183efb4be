//! The sentences about `diff`, each with a case by hand.

use super::compare::parsed;
use super::naive_diff::Outcome;
use super::pairs::Pair;
use super::results::{Form, written};
use super::side::{Refusal, list};
use super::written::{LEVELS, changes, document, pair};
use serde_json::{Value, json};

/// The naive implementation and the program exit with this code, and say the same.
pub(crate) fn exits(pair: &Pair, code: i32) -> (Value, String) {
    let naive = match pair.expected(["before.json", "after.json"]) {
        Ok(Outcome { document, codes }) => {
            assert!(codes.contains(&code), "naive: {codes:?} instead of {code}");
            Some(document)
        }
        Err(Refusal::Error(_)) => None,
        Err(Refusal::Unclear(why)) => panic!("naive: {why}"),
    };
    assert_eq!(naive.is_none(), code == 2, "naive: refused or not");
    let run = pair.compared().run;
    assert_eq!(run.code, code, "{}{}", run.stdout, run.stderr);
    assert!(!run.stderr.contains("Usage:"), "{}", run.stderr);
    let printed = if code == 2 { Value::Null } else { parsed(&run.stdout) };
    if let Some(naive) = naive {
        assert_eq!(changes(&printed), changes(&naive));
    }
    (printed, run.stderr)
}

/// There are these changes.
fn holds(pair: &Pair, expected: &[&str]) -> Value {
    let mut expected = expected.to_vec();
    expected.sort_unstable();
    if let Ok(outcome) = pair.expected(["before.json", "after.json"]) {
        assert_eq!(changes(&outcome.document), expected, "naive");
    }
    let (printed, _) = exits(pair, 0);
    assert_eq!(changes(&printed), expected);
    printed
}

fn port(has_rules: bool) -> Form {
    Form::Port { has_rules, way: 0 }
}

/// The usual levels in another order, or others.
fn with_levels(mut document: Value, titles: &[&str]) -> Value {
    let levels: Vec<Value> =
        titles.iter().map(|title| json!({"title": title, "color": null, "count": 0})).collect();
    document["summary"]["scorecards"][0]["levels"] = json!(levels);
    for entity in document["entities"].as_array_mut().expect("an array") {
        let result = &mut entity["scorecards"]["card"];
        if let Some(rank) = titles.iter().position(|title| result["level"] == *title) {
            result["rank"] = json!(rank);
        }
    }
    document
}

/// Levels by other names.
fn renamed(document: &Value, names: [&str; 4]) -> String {
    let mut text = document.to_string();
    for (from, to) in LEVELS.iter().zip(names) {
        text = text.replace(&format!("\"{from}\""), &format!("\"{to}\""));
    }
    text
}

const OTHER: [&str; 4] = ["Tin", "Iron", "Steel", "Titanium"];

#[test]
fn each_side_is_a_result_or_entities_as_port_exports_them() {
    let (before, after) = (document("a=Gold b=Basic"), document("a=Bronze b=Basic"));
    let forms = |has_rules| (0..4).map(move |way| Form::Port { has_rules, way });
    let listing: Vec<Form> = [Form::Document, Form::Lines].into_iter().chain(forms(true)).collect();
    for (from, to) in listing.iter().flat_map(|from| listing.iter().map(move |to| (*from, *to))) {
        let pair = pair(written(&before, from), written(&after, to), "");
        holds(&pair, &["a card down Gold>Bronze silver gold"]);
    }
    for form in forms(false) {
        holds(&pair(written(&before, form), &after, ""), &["a card down Gold>Bronze"]);
        holds(&pair(&before, written(&after, form), ""), &["a card down Gold>Bronze"]);
    }
}

#[test]
fn null_in_a_block_of_scorecards_is_not_applicable() {
    let before = written(&document("a=- b=Gold c=-"), port(true));
    let expected = ["a card entered ->Gold", "b card left Gold>-"];
    holds(&pair(before, document("a=Gold b=- c=-"), ""), &expected);
}

#[test]
fn an_entity_without_scorecards_is_an_error_that_names_evaluate() {
    let entity = json!([{"identifier": "a", "blueprint": "service", "properties": {}}]);
    for pair in [pair(&entity, document("a=Gold"), ""), pair(document("a=Gold"), &entity, "")] {
        assert!(exits(&pair, 2).1.contains("evaluate"));
    }
}

#[test]
fn a_result_whose_summary_counts_other_entities_is_an_error() {
    let mut wrong = document("a=Gold");
    wrong["summary"]["entities"] = json!(2);
    exits(&pair(&wrong, document("a=Gold"), ""), 2);
    exits(&pair(document("a=Gold"), &wrong, ""), 2);
}

#[test]
fn another_version_or_kind_is_an_error() {
    for (key, value) in [("schemaVersion", json!(2)), ("kind", json!("diff")), ("kind", json!("entities"))] {
        let mut other = document("a=Gold");
        other[key] = value;
        exits(&pair(&other, document("a=Gold"), ""), 2);
        exits(&pair(document("a=Gold"), &other, ""), 2);
    }
}

#[test]
fn entities_are_matched_by_blueprint_and_identifier() {
    let entity = |blueprint: &str, level: &str| {
        let results = json!({"card": {"level": level}});
        json!({"identifier": "a", "blueprint": blueprint, "scorecards": results})
    };
    let before = json!([entity("service", "Gold"), entity("_team", "Basic")]);
    let after = json!([entity("_team", "Basic"), entity("service", "Silver")]);
    let printed = holds(&pair(&before, &after, ""), &["a card down Gold>Silver"]);
    assert_eq!(printed["moves"][0]["blueprint"], "service");
    let blueprints: Vec<&Value> =
        printed["scorecards"].as_array().expect("an array").iter().map(|card| &card["blueprint"]).collect();
    assert_eq!(blueprints, ["_team", "service"]);
}

#[test]
fn an_entity_without_blueprint_is_of_the_default_one() {
    let one = json!({"identifier": "a", "scorecards": {"card": {"level": "Gold"}}});
    let mut other = one.clone();
    other["blueprint"] = json!("api");
    holds(&pair(&one, &other, ""), &["a card appeared ->Gold", "a card disappeared Gold>-"]);
    let mut same = pair(&one, &other, "");
    same.options.blueprint = "api".to_owned();
    holds(&same, &[]);
}

#[test]
fn an_entity_twice_on_one_side_is_an_error() {
    for form in [Form::Document, Form::Lines, port(true)] {
        let mut twice = document("a=Gold b=Gold");
        twice["entities"][1] = twice["entities"][0].clone();
        let twice = written(&twice, form);
        exits(&pair(&twice, document("a=Gold"), ""), 2);
        exits(&pair(document("a=Gold"), &twice, ""), 2);
    }
}

#[test]
fn the_levels_have_the_order_of_the_summary_of_after() {
    let reversed = ["Gold", "Silver", "Bronze", "Basic"];
    let (before, after) = (document("a=Gold"), with_levels(document("a=Bronze"), &reversed));
    assert_eq!(
        holds(&pair(&before, &after, ""), &["a card up Gold>Bronze silver gold"])["scorecards"][0]["up"],
        1
    );
    holds(&pair(after, before, ""), &["a card up Bronze>Gold silver gold"]);
}

#[test]
fn the_levels_have_the_order_of_the_summary_of_before_where_after_has_none() {
    let before = with_levels(document("a=Gold"), &["Gold", "Silver", "Bronze", "Basic"]);
    let after = written(&document("a=Bronze"), port(true));
    holds(&pair(before, after, ""), &["a card up Gold>Bronze silver gold"]);
}

#[test]
fn the_levels_have_the_order_of_ranks_where_all_results_have_one() {
    let lines = |said: &str| renamed(&document(said), OTHER);
    let lines = |said: &str| written(&parsed(&lines(said)), Form::Lines);
    holds(&pair(lines("a=Gold"), lines("a=Silver"), ""), &["a card down Titanium>Steel gold"]);
}

#[test]
fn the_levels_have_the_order_of_the_definitions() {
    let export = |said: &str| written(&parsed(&renamed(&document(said), OTHER)), port(false));
    let mut with = pair(export("a=Gold"), export("a=Silver"), "");
    assert!(exits(&with, 2).1.contains("--scorecards"));
    let levels: Vec<Value> = OTHER.iter().map(|title| json!({"title": title})).collect();
    with.options.definitions = vec![json!({"identifier": "card", "levels": levels, "rules": []})];
    holds(&with, &["a card down Titanium>Steel"]);
    with.options.definitions[0]["levels"].as_array_mut().expect("an array").reverse();
    holds(&with, &["a card up Titanium>Steel"]);
}

#[test]
fn the_usual_levels_have_the_usual_order() {
    let export = |said: &str| written(&document(said), port(false));
    let expected = ["a card down Silver>Bronze", "b card up Basic>Gold"];
    holds(&pair(export("a=Silver b=Basic"), export("a=Bronze b=Gold"), ""), &expected);
}

#[test]
fn a_level_that_the_order_lacks_is_an_error() {
    let export = written(&parsed(&renamed(&document("a=Gold"), OTHER)), port(false));
    exits(&pair(&export, document("a=Gold"), ""), 2);
    exits(&pair(document("a=Gold"), &export, ""), 2);
}

#[test]
fn a_change_of_a_result_is_of_one_kind() {
    let before = document("a=Basic b=Gold c=- d=Gold e=Gold f=Basic? g=Basic h=Basic i=Silver j=-");
    let after = document("a=Bronze b=Basic? c=Basic d=- k=Gold f=Basic! g=Basic?! h=Basic! i=Silver l=-");
    let expected = [
        "a card up Basic>Bronze bronze",
        "b card down Gold>Basic bronze silver gold",
        "c card entered ->Basic",
        "d card left Gold>-",
        "k card appeared ->Gold",
        "f card gainedData Basic>Basic gold",
        "g card lostData Basic>Basic gold",
        "h card rules Basic>Basic gold",
        "l card appeared ->-",
        "e card disappeared Gold>-",
        "j card disappeared ->-",
    ];
    let printed = holds(&pair(before, after, ""), &expected);
    let card = &printed["scorecards"][0];
    let counts = [
        "up",
        "down",
        "entered",
        "left",
        "appeared",
        "disappeared",
        "gainedData",
        "lostData",
        "rules",
        "same",
    ]
    .map(|kind| card[kind].as_u64().expect("a number"));
    assert_eq!(counts, [1, 1, 1, 1, 2, 2, 1, 1, 1, 1]);
    assert_eq!(printed["moved"], 11);
    let mut pairs: Vec<String> = card["pairs"]
        .as_array()
        .expect("an array")
        .iter()
        .map(|pair| format!("{} {} {}", pair["from"], pair["to"], pair["count"]))
        .collect();
    pairs.sort();
    assert_eq!(
        pairs,
        [
            "\"Basic\" \"Basic\" 3",
            "\"Basic\" \"Bronze\" 1",
            "\"Gold\" \"Basic\" 1",
            "\"Gold\" null 1",
            "\"Silver\" \"Silver\" 1",
            "null \"Basic\" 1",
        ]
    );
}

#[test]
fn a_result_that_is_applicable_on_no_side_is_a_pair_but_neither_same_nor_a_change() {
    let printed = holds(&pair(document("a=-"), document("a=-"), ""), &[]);
    assert_eq!(printed["scorecards"][0]["pairs"], json!([{"from": null, "to": null, "count": 1}]));
    assert_eq!((&printed["scorecards"][0]["same"], &printed["moved"]), (&json!(0), &json!(0)));
}

#[test]
fn data_is_compared_only_when_both_sides_tell_it() {
    let mut before = document("a=Basic b=Basic");
    before["entities"][0]["scorecards"]["card"].as_object_mut().expect("an object").remove("noData");
    let expected = ["b card lostData Basic>Basic"];
    holds(&pair(before, document("a=Basic? b=Basic?"), ""), &expected);
    holds(&pair(written(&document("a=Basic"), port(true)), document("a=Basic?"), ""), &[]);
}

#[test]
fn a_rule_is_compared_only_when_both_sides_list_it() {
    let mut before = document("a=Gold b=Basic");
    for entity in before["entities"].as_array_mut().expect("an array") {
        let rules = entity["scorecards"]["card"]["rules"].as_array_mut().expect("an array");
        rules.retain(|rule| rule["identifier"] != "gold");
    }
    holds(&pair(before, document("a=Bronze b=Basic!"), ""), &["a card down Gold>Bronze silver"]);
}

#[test]
fn rules_that_flipped_stand_in_the_order_of_after() {
    let mut after = document("a=Basic");
    after["entities"][0]["scorecards"]["card"]["rules"].as_array_mut().expect("an array").reverse();
    let printed = holds(&pair(document("a=Gold"), after, ""), &["a card down Gold>Basic gold silver bronze"]);
    let expected = json!({"identifier": "gold", "level": "Gold", "from": "SUCCESS", "to": "FAILURE"});
    assert_eq!(printed["moves"][0]["moves"][0]["rules"][0], expected);
}

#[test]
fn a_scorecard_on_one_side_appears_or_disappears() {
    let (one, two) = (document("a.x=Gold b.x=-"), document("a.x=Gold a.y=Basic b.x=-"));
    let printed = holds(&pair(&one, &two, ""), &["a y appeared ->Basic"]);
    let on = |document: &Value, index: usize| document["scorecards"][index]["in"].as_str().map(str::to_owned);
    assert_eq!([on(&printed, 0), on(&printed, 1)].map(Option::unwrap_or_default), ["both", "after"]);
    assert_eq!(printed["scorecards"][1]["definition"], Value::Null);
    let printed = holds(&pair(two, one, ""), &["a y disappeared Basic>-"]);
    assert_eq!([on(&printed, 0), on(&printed, 1)].map(Option::unwrap_or_default), ["both", "before"]);
}

#[test]
fn scorecards_stand_in_the_order_of_after_then_those_only_in_before() {
    let (before, after) = (document("a.old=Gold a.x=Gold"), document("a.x=Gold a.b=Gold"));
    let (printed, _) = exits(&pair(before, after, ""), 0);
    let names: Vec<&Value> =
        printed["scorecards"].as_array().expect("an array").iter().map(|card| &card["identifier"]).collect();
    assert_eq!(names, ["x", "b", "old"]);
}

#[test]
fn entities_stand_in_the_order_of_after_then_those_only_in_before() {
    let (before, after) =
        (document("dd=Gold cc=Gold bb=Gold aa=Gold"), document("bb=Basic ee=Gold aa=Basic"));
    let (printed, _) = exits(&pair(before, after, ""), 0);
    let names: Vec<&Value> = list(&printed["moves"]).iter().map(|entity| &entity["identifier"]).collect();
    assert_eq!(names, ["bb", "ee", "aa", "dd", "cc"]);
}

#[test]
fn the_title_of_a_scorecard_is_the_identifier_where_no_summary_tells_it() {
    let mut after = document("a=Gold");
    let export = written(&after, port(true));
    after["summary"]["scorecards"][0]["title"] = json!("Told");
    let title = |pair: &Pair| holds(pair, &[])["scorecards"][0]["title"].clone();
    assert_eq!(title(&pair(&export, &after, "")), "Told");
    assert_eq!(title(&pair(&after, &export, "")), "Told");
    assert_eq!(title(&pair(&export, &export, "")), "card");
}

#[test]
fn both_sides_are_named_with_their_dates_where_they_tell_one() {
    let (before, after) = (document("a=Gold b=Gold"), written(&document("a=Gold"), Form::Lines));
    let (printed, _) = exits(&pair(before, after, ""), 0);
    assert_eq!(printed["before"]["asOf"], "2026-01-31T00:00:00Z");
    assert_eq!(printed["after"]["asOf"], Value::Null);
    assert_eq!((&printed["before"]["entities"], &printed["after"]["entities"]), (&json!(2), &json!(1)));
    assert!(printed["before"]["file"].as_str().is_some_and(|file| file.ends_with("before.json")));
}
