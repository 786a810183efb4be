//! Section 2 of the specification, scorecards: forms of files, optional keys, and directories.

use super::{each, evaluate, result, rule};
use crate::program::{directory, run_with};
use serde_json::Value;

const ENTITY: &str = r#"{"identifier": "a", "x": 1}"#;

/// A scorecard as Port defines it, and the same scorecard in the form of an entity.
fn both_forms(identifier: &str) -> [String; 2] {
    let rules = rule("r", "Gold", r#"{"property": "x", "operator": "=", "value": 1}"#);
    [
        format!(
            r#"{{"identifier": "{identifier}", "title": "T", "blueprint": "service", "rules": [{rules}], "id": 1, "createdAt": []}}"#
        ),
        format!(
            r#"{{"identifier": "{identifier}", "title": "T", "blueprint": "_scorecard", "rules": null, "levels": 7,
            "properties": {{"blueprint": "service", "levels": null, "filter": null, "rules": [{rules}]}}}}"#
        ),
    ]
}

#[test]
fn every_form_of_file_is_read() {
    let sound = |set: &str, names: &[&str]| {
        let result = result(set, ENTITY);
        let cards = &result["summary"]["scorecards"];
        assert_eq!(each(cards, "identifier"), names, "{set}");
        assert!(each(cards, "title").iter().all(|title| title == "T"), "{set}");
        for name in names {
            assert_eq!(result["entities"][0]["scorecards"][name]["level"], "Gold", "{set}");
        }
    };
    for form in both_forms("a") {
        sound(&form, &["a"]);
        sound(&format!("\u{feff} {form}\r\n"), &["a"]);
        sound(&format!("[{form}]"), &["a"]);
        for wrapper in ["scorecard", "entity"] {
            sound(&format!(r#"{{"ok": true, "{wrapper}": {form}}}"#), &["a"]);
        }
        for wrapper in ["scorecards", "entities"] {
            sound(
                &format!(r#"{{"ok": true, "identifier": null, "{wrapper}": [{form}], "next": "x"}}"#),
                &["a"],
            );
        }
    }
    let [[a, _], [_, b]] = [both_forms("a"), both_forms("b")];
    sound(&format!("[{b}, {a}]"), &["b", "a"]);
    sound(&format!(r#"{{"entities": [{a}, {b}]}}"#), &["a", "b"]);
}

#[test]
fn null_counts_as_absent_and_the_last_of_duplicate_keys_counts() {
    let set = r#"{"identifier": "old", "title": null, "blueprint": null, "levels": null, "filter": null, "description": null,
        "rules": 5, "identifier": "new", "rules": [{"identifier": "r", "title": null, "level": "Silver", "level": "Gold",
          "query": {"combinator": "or", "combinator": "and", "rules": null, "conditions": [
            {"relation": null, "property": "y", "property": "x", "operator": "~", "operator": "=", "value": [], "value": 1, "not": null}]}}]}"#;
    let result = result(set, ENTITY);
    let card = &result["summary"]["scorecards"][0];
    assert_eq!(
        (&card["identifier"], &card["title"], &card["blueprint"]),
        (&"new".into(), &"new".into(), &"service".into())
    );
    assert_eq!(each(&card["levels"], "title"), ["Basic", "Bronze", "Silver", "Gold"]);
    assert_eq!(each(&card["levels"], "color"), ["paleBlue", "bronze", "silver", "gold"]);
    assert_eq!(each(&card["rules"], "title"), ["r"]);
    assert_eq!(result["entities"][0]["scorecards"]["new"]["level"], "Gold");
}

#[test]
fn groups_may_be_nested_and_rules_is_another_name_for_conditions() {
    let set = r#"{"identifier": "c", "levels": [], "rules": [{"identifier": "r", "level": "Gold", "query": {"combinator": "and", "rules": [
        {"combinator": "or", "conditions": [{"property": "x", "operator": "=", "value": 2}, {"combinator": "and", "rules": [
            {"property": "x", "operator": "=", "value": 1}]}]},
        {"property": "y", "operator": "isEmpty"}]}}]}"#;
    let result = result(
        set,
        r#"[{"identifier": "a", "x": 1}, {"identifier": "b", "x": 3}, {"identifier": "c", "x": 2, "y": 1}]"#,
    );
    let levels: Vec<&Value> = result["entities"]
        .as_array()
        .expect("entities")
        .iter()
        .map(|entity| &entity["scorecards"]["c"]["level"])
        .collect();
    assert_eq!(levels, ["Gold", "Basic", "Basic"]);
}

#[test]
fn the_default_blueprint_applies_to_scorecards_and_entities() {
    let set =
        r#"[{"identifier": "c", "rules": []}, {"identifier": "c", "blueprint": "service", "rules": []}]"#;
    let run = evaluate(
        set,
        br#"{"identifier": "a"} {"identifier": "b", "blueprint": "service"}"#,
        &["--blueprint", "thing"],
    );
    let result = super::document(&run);
    assert_eq!(run.code, 0);
    assert_eq!(each(&result["entities"], "blueprint"), ["thing", "service"]);
    assert_eq!(each(&result["summary"]["scorecards"], "blueprint"), ["thing", "service"]);
    for index in 0..2 {
        assert_eq!(result["entities"][index]["scorecards"]["c"]["level"], "Basic");
        assert_eq!(result["summary"]["scorecards"][index]["graded"], 1);
    }
}

/// The identifiers of the scorecards in these paths, in order.
fn names(paths: &[String]) -> Vec<String> {
    let mut arguments = vec!["evaluate", "-e", "-", "-f", "json"];
    for path in paths {
        arguments.extend(["-s", path]);
    }
    let run = run_with(&arguments, ENTITY.as_bytes());
    assert_eq!(run.code, 0, "{}", run.stderr);
    each(&super::document(&run)["summary"]["scorecards"], "identifier")
}

fn card(name: &str) -> Vec<u8> {
    format!(r#"{{"identifier": "{name}", "rules": []}}"#).into_bytes()
}

#[test]
fn files_of_a_directory_are_read_in_the_byte_order_of_their_paths() {
    let paths =
        ["b.json", "a/z.json", "a/b/c.json", "B.json", "ä.json", "a-.json", "a.json", "10.json", "9.json"];
    let cards: Vec<(&str, Vec<u8>)> = paths.iter().map(|path| (*path, card(path))).collect();
    let mut files: Vec<(&str, &[u8])> = cards.iter().map(|(path, card)| (*path, card.as_slice())).collect();
    let broken: &[u8] = b"no JSON";
    for ignored in
        ["c.JSON", "c.json.bak", "c.yaml", ".d.json", ".git/e.json", "json", ".json", "a/.f/g.json"]
    {
        files.push((ignored, broken));
    }
    let directory = directory(&files);
    let path = |name: &str| directory.path().join(name).display().to_string();
    // `-` and `.` sort before `/`, upper case before lower, ASCII before all else
    let sorted =
        ["10.json", "9.json", "B.json", "a-.json", "a.json", "a/b/c.json", "a/z.json", "b.json", "ä.json"];
    assert_eq!(names(&[path("")]), sorted);
    // the order of the arguments is kept, and a file given as an argument may have any name
    std::fs::write(path(".hidden"), card("hidden")).expect("it is written");
    assert_eq!(
        names(&[path("b.json"), path(".hidden"), path("a")]),
        ["b.json", "hidden", "a/b/c.json", "a/z.json"]
    );
}

/// A link to a parent directory is not followed. A hidden directory can be given as an argument.
#[cfg(unix)]
#[test]
fn links_in_directories_are_followed() {
    use std::os::unix::fs::symlink;
    let elsewhere = directory(&[("there.json", &card("there")), ("more/deep.json", &card("deep"))]);
    let directory = directory(&[(".set/z/z.json", &card("z"))]);
    let set = directory.path().join(".set");
    symlink(elsewhere.path().join("there.json"), set.join("link.json")).expect("links are made");
    symlink(elsewhere.path().join("more"), set.join("sub")).expect("links are made");
    symlink(&set, set.join("z/round")).expect("links are made");
    assert_eq!(names(&[set.display().to_string()]), ["there", "deep", "z"]);
    let link = directory.path().join("link");
    symlink(&set, &link).expect("links are made");
    assert_eq!(names(&[link.display().to_string()]), ["there", "deep", "z"]);
}

#[test]
fn without_scorecards_the_built_in_set_is_used() {
    assert_eq!(
        names(&[]),
        [
            "dora_deploy_freq",
            "dora_lead_time",
            "dora_cfr",
            "dora_mttr",
            "team_dora_deploy_freq",
            "team_dora_lead_time",
            "team_dora_cfr",
            "team_dora_mttr",
        ]
    );
}
