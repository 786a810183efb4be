//! Tests of `show`: its tables and its JSON, and the words for each kind of condition.

use crate::program::{command, directory, run};
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

fn json_of(arguments: &[&str]) -> Value {
    let shown = run(arguments);
    assert_eq!((shown.code, shown.stderr.as_str()), (0, ""));
    serde_json::from_str(&shown.stdout).expect("JSON")
}

/// The output at a width in columns, without a terminal.
fn at(columns: &str, arguments: &[&str]) -> String {
    let output = command().args(arguments).env("COLUMNS", columns).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn condition(property: &str, operator: &str, value: Value) -> Value {
    json!({"property": property, "operator": operator, "value": value})
}

fn and(conditions: &[Value]) -> Value {
    json!({"combinator": "and", "conditions": conditions})
}

/// Queries, and how `show` writes them.
fn phrases() -> Vec<(Value, &'static str)> {
    let one = |property: &str, operator: &str, value: Value| and(&[condition(property, operator, value)]);
    vec![
        (one("a", "=", json!("x")), "a is \"x\""),
        (one("a", "=", json!(["x", 1])), "a is the set [\"x\", 1]"),
        (one("a", "!=", json!(true)), "a is not true"),
        (one("a", "!=", json!([])), "a is not the set []"),
        (one("a", ">", json!(0)), "a is above 0"),
        (one("a", ">=", json!(0.25)), "a is at least 0.25"),
        (one("a", "<", json!(7)), "a is below 7"),
        (one("a", "<=", json!(30)), "a is at most 30"),
        (one("a", ">", json!("2026-01-31T00:00:00Z")), "a is after \"2026-01-31T00:00:00Z\""),
        (one("a", ">=", json!("2026-01-31T00:00:00Z")), "a is at or after \"2026-01-31T00:00:00Z\""),
        (one("a", "<", json!("2026-01-31T00:00:00Z")), "a is before \"2026-01-31T00:00:00Z\""),
        (one("a", "<=", json!("2026-01-31T00:00:00Z")), "a is at or before \"2026-01-31T00:00:00Z\""),
        (one("a", "contains", json!("x")), "a contains \"x\""),
        (one("a", "contains", json!(["x", "y"])), "a contains all of [\"x\", \"y\"]"),
        (one("a", "doesNotContains", json!("x")), "a does not contain \"x\""),
        (one("a", "doesNotContains", json!(["x"])), "a does not contain all of [\"x\"]"),
        (one("a", "containsAny", json!(["x", 7])), "a contains any of [\"x\", 7]"),
        (one("a", "in", json!(["x"])), "a is one of [\"x\"]"),
        (one("a", "notIn", json!(["x"])), "a is none of [\"x\"]"),
        (one("a", "beginsWith", json!("x")), "a begins with \"x\""),
        (one("a", "doesNotBeginsWith", json!("x")), "a does not begin with \"x\""),
        (one("a", "endsWith", json!(7)), "a ends with 7"),
        (one("a", "doesNotEndsWith", json!("x")), "a does not end with \"x\""),
        (
            one("a", "between", json!({"from": "2026-01-01", "to": "2026-01-31"})),
            "a is between 2026-01-01 and 2026-01-31",
        ),
        (one("a", "notBetween", json!({"preset": "lastDay"})), "a is not within the last 24 hours (lastDay)"),
        (one("a", "=", json!({"preset": "nextWeek"})), "a is within the next 7 days (nextWeek)"),
        (
            one("a", "!=", json!({"preset": "yesterday"})),
            "a is not within the calendar day before today (yesterday)",
        ),
        (and(&[json!({"property": "a", "operator": "isEmpty"})]), "a is empty"),
        (and(&[json!({"property": "a", "operator": "isEmpty", "not": true})]), "a is not empty"),
        (and(&[json!({"property": "a", "operator": "isNotEmpty"})]), "a is not empty"),
        (and(&[json!({"property": "a", "operator": "isNotEmpty", "not": true})]), "a is empty"),
        (one("$team", "contains", json!("x")), "$team contains \"x\""),
        (one("two words", "=", json!(1)), "\"two words\" is 1"),
        (one("", "=", json!(1)), "\"\" is 1"),
        (and(&[json!({"relation": "owner", "operator": "isNotEmpty"})]), "relation owner is not empty"),
        (
            json!({"combinator": "or", "rules": [
                condition("a", ">", json!(0)),
                and(&[condition("b", "<", json!(1)), condition("c", "=", json!(2))]),
                and(&[condition("d", "<", json!(1))]),
            ]}),
            "a is above 0 or (b is below 1 and c is 2) or d is below 1",
        ),
        (
            and(&[
                json!({"combinator": "or", "conditions": [condition("a", ">", json!(0)), condition("b", ">", json!(0))]}),
            ]),
            "a is above 0 or b is above 0",
        ),
    ]
}

#[test]
fn conditions_are_shown_in_plain_words() {
    let phrases = phrases();
    let rules: Vec<Value> = phrases
        .iter()
        .enumerate()
        .map(|(index, (query, _))| json!({"identifier": index.to_string(), "level": "Gold", "query": query}))
        .collect();
    let filter = and(&[condition("tier", "!=", json!("Deprecated"))]);
    let set = json!({"identifier": "words", "description": "All of them", "filter": filter, "rules": rules});
    let place = directory(&[("set.json", set.to_string().as_bytes())]);
    let path = place.path().join("set.json");
    let path = path.to_str().expect("UTF-8");
    let listed = json_of(&["show", "-f", "json", "-s", path, "--blueprint", "system"]);
    let scorecard = &listed["scorecards"][0];
    assert_eq!(scorecard["filter"], "tier is not \"Deprecated\"");
    assert_eq!(scorecard["blueprint"], "system");
    assert_eq!(scorecard["title"], "words");
    assert_eq!(scorecard["description"], "All of them");
    let found = scorecard["rules"].as_array().expect("an array");
    assert_eq!(found.len(), phrases.len());
    for (rule, (query, words)) in found.iter().zip(&phrases) {
        assert_eq!(rule["condition"], *words, "{query}");
        assert_eq!((&rule["level"], &rule["description"]), (&json!("Gold"), &Value::Null));
    }
    let table = run(&["show", "-s", path]).stdout;
    assert!(
        table.starts_with("words, blueprint service\napplies only if tier is not \"Deprecated\"\n"),
        "{table}"
    );
    for (_, words) in &phrases {
        assert!(table.lines().any(|line| line.ends_with(&format!("  {words}"))), "{words} in {table}");
    }
}

#[test]
fn the_built_in_set_is_shown_by_default() {
    let expected = "\
Change Failure Rate (dora_cfr), blueprint service
Level   Color     Rule             Passes when
────────────────────────────────────────────────────────────────────────────────
Basic   paleBlue  –                always: the base level
Bronze  bronze    svc_cfr_medium   total_deployments is above 0 and
                                   change_failure_rate is at most 30
Silver  silver    svc_cfr_high     total_deployments is above 0 and
                                   change_failure_rate is at most 20
Gold    gold      svc_cfr_elite    total_deployments is above 0 and
                                   change_failure_rate is at most 5
";
    let shown = at("80", &["show"]);
    assert!(shown.contains(expected), "{shown}");
    assert_eq!(shown, at("80", &["show", "scorecards"]));
    let listed = json_of(&["show", "-f", "json"]);
    assert_eq!(listed["scorecards"].as_array().map(Vec::len), Some(8));
    for scorecard in listed["scorecards"].as_array().expect("an array") {
        assert!(shown.contains(scorecard["identifier"].as_str().expect("a string")));
        for rule in scorecard["rules"].as_array().expect("an array") {
            assert!(shown.contains(rule["identifier"].as_str().expect("a string")));
        }
    }
}

#[test]
fn levels_are_listed_with_colours_and_numbers_of_rules() {
    let listed = json_of(&["show", "levels", "-f", "json", "-s", "examples/filtered"]);
    assert_eq!(
        listed["scorecards"][0]["levels"],
        json!([
            {"rank": 0, "title": "Unranked", "color": "darkGray", "rules": 0},
            {"rank": 1, "title": "Ready", "color": "turquoise", "rules": 4},
            {"rank": 2, "title": "Exemplary", "color": "purple", "rules": 3},
        ])
    );
    let expected = "\
Blueprint  Scorecard             Rank  Level      Color      Rules
──────────────────────────────────────────────────────────────────
service    production_readiness     0  Unranked   darkGray       0
                                    1  Ready      turquoise      4
                                    2  Exemplary  purple         3
";
    assert_eq!(at("80", &["show", "levels", "-s", "examples/filtered"]), expected);
}

#[test]
fn a_level_without_rules_or_colour_is_listed_too() {
    let set = json!({"identifier": "bare", "levels": [{"title": "Low"}, {"title": "High"}], "rules": []});
    let place = directory(&[("set.json", set.to_string().as_bytes())]);
    let shown = run(&["show", "-s", place.path().to_str().expect("UTF-8")]).stdout;
    let expected = "\
bare, blueprint service
Level  Color  Rule  Passes when
──────────────────────────────────────────
Low    –      –     always: the base level
High   –      –     never: it has no rules
";
    assert_eq!(shown, expected);
}

#[test]
fn operators_presets_and_meta_properties_are_listed() {
    let listed = json_of(&["show", "operators", "-f", "json"]);
    let operators = listed["operators"].as_array().expect("an array");
    assert_eq!(operators.len(), 19);
    let negatives: Vec<(&str, &str)> = operators
        .iter()
        .filter_map(|operator| Some((operator["operator"].as_str()?, operator["negativeOf"].as_str()?)))
        .collect();
    assert_eq!(
        negatives,
        [
            ("!=", "="),
            ("doesNotContains", "contains"),
            ("notIn", "in"),
            ("doesNotBeginsWith", "beginsWith"),
            ("doesNotEndsWith", "endsWith"),
            ("notBetween", "between"),
        ]
    );
    let shown = at("200", &["show", "operators"]);
    for operator in operators {
        let (name, holds) = (operator["operator"].as_str(), operator["holds"].as_str());
        let line = shown.lines().find(|line| line.split_whitespace().next() == name).expect("a line");
        assert!(line.contains(&holds.expect("a string").replace('`', "")), "{line}");
        assert!(line.contains(&operator["value"].as_str().expect("a string").replace('`', "")), "{line}");
    }
    for preset in listed["presets"].as_array().expect("an array") {
        let (name, meaning) = (preset["preset"].as_str(), preset["meaning"].as_str());
        let line = shown.lines().find(|line| line.split_whitespace().next() == name).expect("a line");
        assert!(line.ends_with(meaning.expect("a string")), "{line}");
    }
    for meta in listed["metaProperties"].as_array().expect("an array") {
        assert!(shown.contains(meta.as_str().expect("a string")));
    }
    for form in listed["nameForms"].as_array().expect("an array") {
        let (name, meaning) = (form["name"].as_str(), form["meaning"].as_str());
        let line = format!("{}: {}\n", name.expect("a string"), meaning.expect("a string"));
        assert!(shown.contains(&line), "{line}");
    }
    assert!(
        shown.contains("$relation.NAME")
            && shown.contains("$mirror.NAME")
            && shown.contains("also in quotes")
    );
}

/// A scorecard with wide characters, combining characters and control characters in titles, and with long names that
/// have no space to break at.
fn awkward() -> Value {
    let levels = json!([{"title": "基本", "color": "paleBlue"}, {"title": "Góld 時刻表", "color": null}]);
    let long = "a_name_that_goes_on_and_on_without_any_blank_".repeat(3);
    json!({
        "identifier": "awkward", "title": "Ti\u{1b}[31mtle\n\u{202e}時刻表 e\u{301}", "levels": levels,
        "filter": and(&[condition(&long, "=", json!("\u{7}"))]),
        "rules": [
            {"identifier": "時刻表", "level": "Góld 時刻表", "query": and(&[condition(&long, "in", json!(["x", "y"]))])},
            {"identifier": "r\u{1b}", "level": "Góld 時刻表", "query": and(&[condition("b", "=", json!("時刻表 時刻表"))])},
        ],
    })
}

#[test]
fn tables_fit_their_width() {
    let place = directory(&[("set.json", awkward().to_string().as_bytes())]);
    let own = place.path().to_str().expect("UTF-8");
    for columns in ["60", "80", "120", "200"] {
        for what in ["scorecards", "levels", "operators"] {
            for set in [&[][..], &["-s", "examples/filtered"], &["-s", own]] {
                let arguments: Vec<&str> = ["show", what].iter().chain(set).copied().collect();
                let shown = at(columns, &arguments);
                let most: usize = columns.parse().expect("a number");
                for line in shown.lines() {
                    assert!(line.width() <= most, "{columns}: {line}\n{shown}");
                    assert_eq!(line, line.trim_end(), "{shown}");
                    assert!(!line.contains(|c: char| c.is_control() || c == '\u{202e}'), "{line:?}");
                }
            }
        }
    }
}

#[test]
fn colour_does_not_change_the_text() {
    for what in ["scorecards", "levels", "operators"] {
        let plain = run(&["show", what]).stdout;
        let styled = run(&["show", what, "--color", "always"]).stdout;
        assert!(!plain.contains('\u{1b}') && styled.contains("\u{1b}[1m"), "{what}");
        assert_eq!(styled.replace("\u{1b}[1m", "").replace("\u{1b}[0m", ""), plain, "{what}");
    }
    let json = run(&["show", "-f", "json", "--color", "always"]).stdout;
    assert!(!json.contains('\u{1b}'));
}

#[test]
fn show_rejects_definitions_that_evaluate_rejects() {
    let place = directory(&[("set.json", br#"{"identifier": "x", "rules": [{"identifier": "r"}]}"#)]);
    for what in ["scorecards", "levels"] {
        let refused = run(&["show", what, "-s", place.path().to_str().expect("UTF-8")]);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
        assert!(refused.stderr.contains("error[missing-query]"), "{}", refused.stderr);
    }
    assert_eq!(run(&["show", "entities"]).code, 2);
    assert_eq!(run(&["show", "-f", "csv"]).code, 2);
}
