//! Scorecards in the forms in which people publish them.

use crate::program::{Run, directory, run};
use serde_json::{Value, json};

/// Runs the program on a file of scorecards and a file of entities.
fn evaluate(scorecards: &Value, entities: &Value) -> Run {
    let place = directory(&[
        ("s.json", scorecards.to_string().as_bytes()),
        ("e.json", entities.to_string().as_bytes()),
    ]);
    let path = |name: &str| place.path().join(name).to_str().expect("UTF-8").to_owned();
    run(&["evaluate", "-s", &path("s.json"), "-e", &path("e.json"), "-f", "json"])
}

/// The level of an entity.
fn level(scorecards: &Value, entity: &Value) -> Value {
    let run = evaluate(scorecards, entity);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let result: Value = serde_json::from_str(&run.stdout).expect("JSON");
    result["entities"][0]["scorecards"]["s"]["level"].clone()
}

/// Runs `lint` on scorecards.
fn lint(scorecards: &Value, arguments: &[&str]) -> Run {
    let place = directory(&[("s.json", scorecards.to_string().as_bytes())]);
    let path = place.path().join("s.json");
    let all = [&["lint", "-s", path.to_str().expect("UTF-8")], arguments].concat();
    run(&all)
}

fn card(condition: &Value) -> Value {
    json!({"identifier": "s", "title": "S", "levels": [{"title": "No"}, {"title": "Yes"}], "rules": [
        {"identifier": "r", "title": "R", "level": "Yes",
            "query": {"combinator": "and", "conditions": [condition]}}]})
}

#[test]
fn an_object_with_rules_is_a_scorecard_whatever_its_properties_hold() {
    let mut scorecard = card(&json!({"property": "a", "operator": "isNotEmpty"}));
    for properties in [json!({"owner": "x", "levels": 7, "rules": [7]}), json!([]), json!(null), json!("x")] {
        scorecard["properties"] = properties;
        scorecard["relations"] = json!({"team": "x", "rules": 3});
        assert_eq!(level(&scorecard, &json!({"identifier": "e", "a": 1})), "Yes", "{scorecard}");
        assert_eq!(lint(&scorecard, &["--deny", "warnings"]).code, 0, "{scorecard}");
    }
    // a null key counts as absent, so this is the entity form
    let body = card(&json!({"property": "a", "operator": "isEmpty"}));
    let entity = json!({"identifier": "s", "rules": null, "properties": body});
    assert_eq!(level(&entity, &json!({"identifier": "e", "a": 1})), "No");
}

#[test]
fn a_number_in_quotes_counts_as_the_number_and_lint_warns() {
    let scorecard = card(&json!({"property": "a", "operator": ">=", "value": "4"}));
    for (value, title) in [(json!(4), "Yes"), (json!(3.5), "No"), (json!("4"), "No")] {
        assert_eq!(level(&scorecard, &json!({"identifier": "e", "a": value})), title, "{value}");
    }
    let found = lint(&scorecard, &["--deny", "warnings"]);
    assert_eq!(found.code, 1, "{}", found.stderr);
    assert!(found.stdout.contains("error[quoted-number]: `4` is in quotes"), "{}", found.stdout);
    assert!(found.stdout.contains("help: write 4 without quotes"), "{}", found.stdout);
    for value in [json!(4), json!("2026-01-31T00:00:00Z")] {
        let scorecard = card(&json!({"property": "a", "operator": ">=", "value": value}));
        assert!(!lint(&scorecard, &[]).stdout.contains("quoted-number"), "{value}");
    }
}

#[test]
fn relations_and_mirrored_properties_can_be_named_as_properties() {
    let relation = card(&json!({"property": "$relation.owner", "operator": "isNotEmpty"}));
    let related = json!({"identifier": "e", "properties": {}, "relations": {"owner": "x"}});
    let unrelated = json!({"identifier": "e", "properties": {"owner": "x", "$relation.owner": "x"}});
    assert_eq!((level(&relation, &related), level(&relation, &unrelated)), (json!("Yes"), json!("No")));
    let mirror = card(&json!({"property": "$mirror.owner", "operator": "isNotEmpty"}));
    assert_eq!((level(&mirror, &related), level(&mirror, &unrelated)), (json!("No"), json!("Yes")));
    let place = directory(&[("s.json", relation.to_string().as_bytes())]);
    let path = place.path().join("s.json");
    let shown = run(&["show", "scorecards", "-s", path.to_str().expect("UTF-8")]).stdout;
    assert!(shown.contains("owner is not empty") && !shown.contains('$'), "{shown}");
}

#[test]
fn a_group_of_scorecards_is_refused_unless_it_names_its_blueprint() {
    let mut scorecard = card(&json!({"property": "a", "operator": "isNotEmpty"}));
    scorecard["blueprints"] = json!(["service", "cluster"]);
    let refused = evaluate(&scorecard, &json!({"identifier": "e", "a": 1}));
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("error[scorecard-group]: "), "{}", refused.stderr);
    scorecard["blueprint"] = json!("service");
    assert_eq!(level(&scorecard, &json!({"identifier": "e", "a": 1})), "Yes");
}

#[test]
fn comments_and_trailing_commas_are_allowed_in_any_file_and_in_directories() {
    let text = r#"// é
{"identifier": "s", /* "rules": [ */ "title": "// no, comment",
 "rules": [{"identifier": "r", "level": "Gold", "query": {"combinator": "and", "conditions": [
   {"property": "a", "operator": ">=", "value": "4"}, // é
 ],},},],
}"#;
    let place = directory(&[("sets/s.jsonc", text.as_bytes()), ("s.txt", text.as_bytes())]);
    for path in ["sets", "s.txt"] {
        let path = place.path().join(path);
        let path = path.to_str().expect("UTF-8");
        let found = run(&["lint", "-s", path, "-f", "json"]);
        assert_eq!(found.code, 0, "{}", found.stderr);
        let document: Value = serde_json::from_str(&found.stdout).expect("JSON");
        let findings = document["findings"].as_array().expect("an array");
        let quoted = findings.iter().find(|finding| finding["code"] == "quoted-number").expect("a finding");
        assert_eq!((&quoted["line"], &quoted["column"]), (&json!(4), &json!(49)));
    }
}
