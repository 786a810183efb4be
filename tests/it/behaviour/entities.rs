//! Section 2 of the specification, entities: the forms of input and of entities.

use super::{each, evaluate, result, rule};
use serde_json::{Value, json};

fn set() -> String {
    format!(
        r#"{{"identifier": "c", "rules": [{}, {}]}}"#,
        rule("x", "Bronze", r#"{"property": "x", "operator": "=", "value": 1}"#),
        rule("r", "Silver", r#"{"relation": "r", "operator": "=", "value": "s"}"#)
    )
}

#[test]
fn every_form_of_input_produces_the_same_output() {
    let a =
        r#"{"identifier": "a", "title": "Ä", "properties": {"x": 1, "z": [{}]}, "relations": {"r": "s"}}"#;
    let b = r#"{"identifier": "b", "properties": null, "x": 1, "relations": null}"#;
    let row_a = r#"{"z": [{}], "x": 1, "relations": {"r": "s"}, "identifier": "a", "title": "Ä"}"#;
    let expected = evaluate(&set(), format!("[{a},{b}]").as_bytes(), &[]);
    assert_eq!(expected.code, 0, "{}", expected.stderr);
    let document = super::document(&expected);
    assert_eq!(document["entities"][0]["scorecards"]["c"]["level"], "Silver");
    assert_eq!(document["entities"][1]["scorecards"]["c"]["level"], "Basic");
    for stream in [
        format!("{a}\n{b}\n"),
        format!("{a}\r\n{b}\r\n"),
        format!("{a}{b}"),
        format!("\n\n{a}\n\n\t {b}   "),
        format!("\u{feff}{a} {b}"),
        format!("\u{feff}[{a} , {b}]"),
        format!("[{a}][{b}]"),
        format!("[] [{a}] {b} []"),
        format!(r#"{{"entities": [{a}, {b}]}}"#),
        format!(r#"{{"entities": [{a}, {b}], "next": "x"}}"#),
        format!(r#"{{"ok": true, "entities": [{a}]}} {{"entities": []}} {{"ok": false, "entities": [{b}]}}"#),
        format!(r#"{{"ok": true, "entity": {a}}}{{"entity": {b}, "x": 1}}"#),
        format!(r#"{{"entity": {{}}, "entities": 3, "entities": [{a}]}} [{b}]"#),
        format!("{row_a}\n{b}"),
        format!("[{row_a}, {b}]"),
    ] {
        let run = evaluate(&set(), stream.as_bytes(), &[]);
        assert_eq!(run.code, 0, "{stream}: {}", run.stderr);
        assert_eq!(run.stdout, expected.stdout, "{stream}");
    }
}

/// `entities` may come before `identifier`. It is then a property of a flat row.
#[test]
fn an_object_with_an_identifier_is_never_a_wrapper() {
    let set = format!(
        r#"{{"identifier": "c", "rules": [{}]}}"#,
        rule("x", "Gold", r#"{"property": "entities", "operator": "=", "value": ["e"]}"#)
    );
    for entity in [
        r#"{"entities": ["e"], "identifier": "a"}"#,
        r#"{"identifier": "a", "entities": ["e"], "entity": {}}"#,
        r#"{"identifier": 7, "entities": ["e"], "identifier": "a"}"#,
    ] {
        let result = result(&set, entity);
        assert_eq!(each(&result["entities"], "identifier"), ["a"], "{entity}");
        assert_eq!(result["entities"][0]["scorecards"]["c"]["level"], "Gold", "{entity}");
    }
}

/// Each case is an entity, and whether its property `x` is 1.
#[test]
fn properties_are_read_from_rows_and_from_the_last_of_duplicate_keys() {
    for (entity, found) in [
        (r#"{"identifier": "a", "x": 1}"#, true),
        (r#"{"identifier": "a", "properties": {"x": 1}}"#, true),
        (r#"{"identifier": "a", "\u0078": 1}"#, true),
        (r#"{"identifier": "a", "properties": {}, "x": 1}"#, false),
        (r#"{"identifier": "a", "x": 1, "properties": {}}"#, false),
        (r#"{"identifier": "a", "x": 1, "properties": null}"#, false),
        (r#"{"identifier": "a", "properties": null, "x": 1}"#, false),
        (r#"{"identifier": "a", "x": 2, "x": 1}"#, true),
        (r#"{"identifier": "a", "x": 1, "x": 2}"#, false),
        (r#"{"identifier": "a", "properties": {"x": 2, "x": 1}}"#, true),
        (r#"{"identifier": "a", "properties": {"x": 1}, "properties": {}}"#, false),
        (r#"{"identifier": "a", "properties": {}, "properties": {"x": 1}}"#, true),
        (r#"{"identifier": "a", "properties": [], "properties": {"x": 1}}"#, true),
        (r#"{"identifier": "a", "relations": {"x": 1}}"#, false),
        (r#"{"identifier": "a", "X": 1, "x ": 1}"#, false),
    ] {
        let result = result(&set(), entity);
        let level = &result["entities"][0]["scorecards"]["c"]["level"];
        assert_eq!(level, if found { "Bronze" } else { "Basic" }, "{entity}");
    }
}

#[test]
fn keys_of_the_entity_itself_are_not_properties_of_a_row() {
    let keys = [
        "identifier",
        "title",
        "blueprint",
        "team",
        "icon",
        "createdAt",
        "createdBy",
        "updatedAt",
        "updatedBy",
        "properties",
        "relations",
        "scorecards",
    ];
    let rules: Vec<String> = keys
        .iter()
        .map(|key| rule(key, "Gold", &format!(r#"{{"property": "{key}", "operator": "isEmpty"}}"#)))
        .collect();
    let set = format!(r#"{{"identifier": "c", "rules": [{}]}}"#, rules.join(","));
    let row = r#"{"identifier": "a", "title": "t", "blueprint": "service", "team": "t", "icon": "i", "createdAt": "c", "createdBy": "c",
        "updatedAt": "u", "updatedBy": "u", "relations": {"x": 1}, "scorecards": {"c": {"level": "Gold"}}}"#;
    assert_eq!(result(&set, row)["entities"][0]["scorecards"]["c"]["passed"], 12);
    // but they are properties inside `properties`
    let entity = r#"{"identifier": "a", "properties": {"team": "t", "scorecards": 1}}"#;
    assert_eq!(result(&set, entity)["entities"][0]["scorecards"]["c"]["passed"], 10);
}

#[test]
fn absent_titles_and_blueprints_get_defaults_and_teams_are_strings() {
    for (entity, title, team) in [
        (r#"{"identifier": "a"}"#, "a", json!([])),
        (r#"{"identifier": "a", "title": "", "team": ""}"#, "a", json!([])),
        (r#"{"identifier": "a", "title": null, "team": null}"#, "a", json!([])),
        (r#"{"identifier": "a", "title": "é\n\u0000", "team": "one"}"#, "é\n\0", json!(["one"])),
        (r#"{"identifier": "a", "title": " ", "team": ["two", "one"]}"#, " ", json!(["two", "one"])),
        (r#"{"identifier": "a", "team": []}"#, "a", json!([])),
        (r#"{"identifier": "a", "team": ["x", null, "", 7, ["y"], "x"]}"#, "a", json!(["x", "x"])),
        (r#"{"identifier": "a", "team": 7}"#, "a", json!([])),
        (r#"{"identifier": "a", "team": {"name": "x"}}"#, "a", json!([])),
        (r#"{"identifier": "a", "team": "x", "team": ["y"]}"#, "a", json!(["y"])),
    ] {
        let result = result(&set(), entity);
        assert_eq!(result["entities"][0]["title"], title, "{entity}");
        assert_eq!(result["entities"][0]["team"], team, "{entity}");
    }
    let result =
        result(&set(), r#"{"identifier": "a", "blueprint": ""} {"identifier": "b", "blueprint": null}"#);
    assert_eq!(each(&result["entities"], "blueprint"), ["service", "service"]);
}

#[test]
fn property_names_may_be_any_string() {
    for name in [
        "",
        " ",
        "\0",
        "a\0b",
        "\u{feff}",
        "🦀",
        "e\u{301}",
        "é",
        "a.b",
        "a/b",
        "__proto__",
        "'\"\\`",
        "\u{202e}x",
        "\u{7f}",
        "length",
    ] {
        let name = Value::from(name).to_string();
        let identifier = if name == "\"\"" { "\"empty\"" } else { &name };
        let set = format!(
            r#"{{"identifier": {identifier}, "rules": [{}]}}"#,
            rule("r", "Gold", &format!(r#"{{"property": {name}, "operator": "=", "value": {name}}}"#)),
        );
        let entities = format!(r#"{{"identifier": "a", "properties": {{{name}: {name}, "other": 1}}}}"#);
        let result = result(&set, &entities);
        let results = result["entities"][0]["scorecards"].as_object().expect("results");
        assert_eq!(results.values().next().expect("one result")["level"], "Gold", "{name}");
    }
}

#[test]
fn an_input_without_entities_is_a_warning() {
    for stream in ["", " \r\n", "\u{feff}", "[]", "{\"entities\": []}", "[] []"] {
        let run = evaluate(&set(), stream.as_bytes(), &[]);
        assert_eq!(run.code, 0, "{stream}: {}", run.stderr);
        assert!(run.stderr.starts_with("warning[no-entities]: "), "{stream}: {}", run.stderr);
        let document = super::document(&run);
        assert_eq!(document["entities"], json!([]), "{stream}");
        assert_eq!(document["summary"]["entities"], 0, "{stream}");
    }
}

#[test]
fn entities_keep_their_order_and_duplicates_are_kept() {
    let result = result(&set(), r#"[{"identifier": "b"}, {"identifier": "a"}] {"identifier": "b", "x": 1}"#);
    assert_eq!(each(&result["entities"], "identifier"), ["b", "a", "b"]);
    assert_eq!(result["entities"][2]["scorecards"]["c"]["level"], "Bronze");
    assert_eq!(result["summary"]["entities"], 3);
}
