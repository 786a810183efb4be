//! SPEC section 2, scorecards: the shapes of files, what may be left out, and directories.

use super::{each, evaluate, result, rule};
use crate::program::{directory, run_with};
use serde_json::Value;

const ENTITY: &str = r#"{"identifier": "a", "x": 1}"#;

/// A scorecard in Port's own form, and as an entity.
fn both_forms(identifier: &str) -> [String; 2] {
    let rules = rule("r", "Gold", r#"{"property": "x", "operator": "=", "value": 1}"#);
    [
        format!(
            r#"{{"identifier": "{identifier}", "title": "T", "blueprint": "service", "rules": [{rules}], "id": 1, "createdAt": []}}"#
        ),
        format!(
            r#"{{"identifier": "{identifier}", "title": "T", "blueprint": "_scorecard", "rules": 7, "levels": 7,
            "properties": {{"blueprint": "service", "levels": null, "filter": null, "rules": [{rules}]}}}}"#
        ),
    ]
}

#[test]
fn all_shapes_in_both_forms() {
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

/// Keys that are null count as absent; of a key that stands twice the last counts, also in conditions.
#[test]
fn null_and_doubled_keys() {
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
fn groups_and_the_other_name_of_conditions() {
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
fn the_default_blueprint_serves_both() {
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

/// The scorecards of the paths, in order.
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
fn directories_are_searched_in_the_order_of_the_bytes() {
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
    // the order of the arguments is kept, and a file that is named may be called anything
    std::fs::write(path(".hidden"), card("hidden")).expect("it is written");
    assert_eq!(
        names(&[path("b.json"), path(".hidden"), path("a")]),
        ["b.json", "hidden", "a/b/c.json", "a/z.json"]
    );
}

/// Links are followed; one that leads back up ends there. A hidden directory may be the one that is given.
#[cfg(unix)]
#[test]
fn links_are_followed() {
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
