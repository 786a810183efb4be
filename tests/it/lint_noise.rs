//! Tests that `lint` is silent, or only prints a note, about what people write on purpose.

use crate::program::{directory, run, run_with};
use serde_json::{Value, json};
use std::path::Path;

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// The severity, code and message of each finding about a scorecard.
fn findings(scorecard: &Value, more: &[&str], entities: &str) -> Vec<String> {
    let files = directory(&[("set.json", scorecard.to_string().as_bytes())]);
    let path = files.path().join("set.json");
    let always = ["lint", "-f", "json", "-s", text(&path), "--allow", "missing-title"];
    let run = run_with(&[&always, more].concat(), entities.as_bytes());
    let document: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    let field = |finding: &Value, key: &str| finding[key].as_str().expect("text").to_owned();
    let all = document["findings"].as_array().expect("an array").iter();
    all.map(|found| {
        format!("{}[{}]: {}", field(found, "severity"), field(found, "code"), field(found, "message"))
    })
    .collect()
}

/// A scorecard with one rule for each condition, for the levels above the base in turn.
fn scorecard(levels: &[&str], conditions: &[Value]) -> Value {
    let rules: Vec<Value> = conditions
        .iter()
        .enumerate()
        .map(|(index, condition)| {
            let level = levels[1 + index % (levels.len() - 1)];
            json!({"identifier": format!("r{index}"), "level": level,
                "query": {"combinator": "and", "conditions": [condition]}})
        })
        .collect();
    let levels: Vec<Value> =
        levels.iter().map(|title| json!({"title": title, "color": "paleBlue"})).collect();
    json!({"identifier": "s", "levels": levels, "rules": rules})
}

fn equals(property: &str, value: impl Into<Value>) -> Value {
    json!({"property": property, "operator": "=", "value": value.into()})
}

fn two_levels(conditions: &[Value]) -> Value {
    scorecard(&["No", "Yes"], conditions)
}

const IN_QUOTES: &str =
    "warning[boolean-as-text]: `p = \"true\"` never holds for a boolean, because text never equals a boolean";

#[test]
fn a_boolean_in_quotes_is_reported_unless_the_property_is_text() {
    assert_eq!(findings(&two_levels(&[equals("p", "true")]), &[], ""), [IN_QUOTES]);
    assert_eq!(findings(&two_levels(&[equals("p", "true"), equals("p", false)]), &[], "").len(), 2);
    for other in [
        equals("p", "maybe"),
        json!({"property": "p", "operator": "contains", "value": "true"}),
        json!({"property": "p", "operator": "notIn", "value": ["true", "unknown"]}),
    ] {
        let found = findings(&two_levels(&[equals("p", "true"), other.clone()]), &[], "");
        assert!(!found.iter().any(|found| found.contains("boolean-as-text")), "{other}: {found:?}");
    }
    for condition in [
        json!({"property": "$title", "operator": "=", "value": "true"}),
        json!({"relation": "p", "operator": "=", "value": "true"}),
        json!({"property": "p", "operator": "in", "value": ["true", true]}),
        equals("p", "truely"),
        equals("p", ""),
    ] {
        assert_eq!(findings(&two_levels(std::slice::from_ref(&condition)), &[], ""), [""; 0], "{condition}");
    }
}

#[test]
fn with_entities_the_values_decide_whether_a_boolean_in_quotes_is_meant() {
    let with = |values: &[Value], other: &[Value]| {
        let conditions: Vec<Value> = [equals("p", "true")].iter().chain(other).cloned().collect();
        let entities: String = values
            .iter()
            .map(|value| format!("{}\n", json!({"identifier": "e", "properties": {"p": value}})))
            .collect();
        findings(&two_levels(&conditions), &["-e", "-"], &entities)
    };
    assert_eq!(with(&[json!(true), json!(null)], &[]), [IN_QUOTES]);
    let despite_text = with(&[json!(true)], &[equals("p", "maybe")]);
    assert!(despite_text.iter().any(|found| found == IN_QUOTES), "{despite_text:?}");
    assert_eq!(with(&[json!("true"), json!(true)], &[]), [""; 0]);
    let number = with(&[json!(7)], &[]);
    assert!(number.len() == 1 && number[0].starts_with("warning[type-never-fits]"), "{number:?}");
}

#[test]
fn empty_default_levels_are_a_note_and_empty_own_levels_a_warning() {
    let gold = [equals("p", 1), equals("q", 1)];
    let default = ["Basic", "Bronze", "Silver", "Gold"];
    let note = "note[level-without-rules]: the default level `Gold` has no rules, so no entity ever holds it";
    assert_eq!(findings(&scorecard(&default, &gold), &[], ""), [note]);
    let mut without_levels = scorecard(&default, &gold);
    without_levels["levels"] = Value::Null;
    assert_eq!(findings(&without_levels, &[], ""), [note]);
    let own = findings(&scorecard(&["Basic", "Bronze", "Silver", "Platinum"], &gold), &[], "");
    assert!(
        own.len() == 1 && own[0].starts_with("warning[level-without-rules]: level `Platinum`"),
        "{own:?}"
    );
}

#[test]
fn the_order_of_levels_is_checked_only_on_well_known_scales() {
    let is_reported = |levels: &[&str]| {
        let conditions: Vec<Value> = (1..levels.len()).map(|index| equals(&format!("p{index}"), 1)).collect();
        let found = findings(&scorecard(levels, &conditions), &[], "");
        assert!(found.iter().all(|found| found.starts_with("warning[level-order]")), "{found:?}");
        !found.is_empty()
    };
    for levels in [
        &["Basic", "Silver", "Bronze"][..],
        &["None", "gold", "SILVER"],
        &["Elite", "High", "Medium", "Low"],
        &["Red", "Green", "Amber"],
    ] {
        assert!(is_reported(levels), "{levels:?}");
    }
    for levels in [
        &["Severe", "High", "Elevated", "Low"][..],
        &["Critical", "High", "Medium", "Low"],
        &["Basic", "Gold", "Diamond hands", "Silver"],
        &["Low", "High"],
        &["Gold"],
    ] {
        assert!(!is_reported(levels), "{levels:?}");
    }
}

/// The messages and the help of findings that were misleading.
#[test]
fn notes_and_help_fit_the_finding() {
    let order = ["Basic", "Gold", "Silver", "Bronze"].map(|title| json!({"title": title, "color": "gold"}));
    let same = equals("a", 1);
    let rule = |identifier: &str, level: &str, conditions: &[Value]| {
        json!({"identifier": identifier, "title": "T", "level": level,
            "query": {"combinator": "and", "conditions": conditions}})
    };
    let rules = [
        rule("r1", "Bronze", &[same.clone(), equals("b", 1)]),
        rule("r2", "Silver", std::slice::from_ref(&same)),
        rule("r3", "Gold", &[equals("c", 1)]),
    ];
    let set = json!([
        {"identifier": "order", "title": "T", "levels": order, "rules": []},
        {"identifier": "same", "title": "T", "rules": rules},
    ]);
    let files = directory(&[("set.json", set.to_string().as_bytes())]);
    let text = run(&["lint", "-s", text(files.path())]).stdout;
    for expected in [
        "help: list the levels from the lowest to the highest: `Basic`, `Bronze`, `Silver`, `Gold`\n",
        "note: `Silver` requires `a = 1`, which `Bronze` requires too\n",
        "help: rules must get stricter from level to level; check whether their levels are swapped\n",
    ] {
        assert!(text.contains(expected), "{expected} is not in {text}");
    }
}

#[test]
fn a_lead_time_of_0_is_a_note_unless_an_entity_has_it() {
    let at_most = |property: &str| json!({"property": property, "operator": "<=", "value": 24});
    let card = |property: &str| two_levels(&[at_most(property)]);
    let entities =
        |lead_time: Value| json!({"identifier": "e", "lead_time_for_changes": lead_time}).to_string();
    let message = "rule `r0` passes when `lead_time_for_changes` is 0";
    let found = |more: &[&str], entities: &str| findings(&card("lead_time_for_changes"), more, entities);
    assert_eq!(found(&[], ""), [format!("note[passes-on-zero]: {message}")]);
    let with = ["-e", "-", "--allow", "crowded-threshold"];
    assert_eq!(found(&with, &entities(json!(3))), [format!("note[passes-on-zero]: {message}")]);
    assert_eq!(found(&with, &entities(json!(0))), [format!("warning[passes-on-zero]: {message}")]);
    assert_eq!(
        findings(&card("change_failure_rate"), &[], ""),
        ["warning[passes-on-zero]: rule `r0` passes when `change_failure_rate` is 0"]
    );
    for name in ["days_since_last_push", "daysSinceScan", "time since release"] {
        assert_eq!(findings(&card(name), &[], ""), [""; 0], "{name}");
    }
    let zeros = run_with(&["lint", "-e", "-"], entities(json!(0)).as_bytes()).stdout;
    assert!(zeros.contains("1 of 1 entities have 0; this also applies to `svc_lt_high`"), "{zeros}");
}

#[test]
fn equal_thresholds_of_a_dora_report_are_a_note_only_for_different_levels() {
    let rate = |value: u32| json!({"property": "change_failure_rate", "operator": "<=", "value": value});
    let guard = json!({"property": "total_deployments", "operator": ">", "value": 0});
    let severity = |levels: &[&str], value: u32| {
        let found = findings(&scorecard(levels, &[rate(value), rate(value), guard.clone()]), &[], "");
        let duplicate = found.iter().find(|found| found.contains("duplicate-query")).expect("a finding");
        duplicate.split('[').next().expect("a severity").to_owned()
    };
    assert_eq!(severity(&["Basic", "Bronze", "Silver"], 15), "note");
    assert_eq!(severity(&["Basic", "Bronze", "Silver"], 17), "warning");
    assert_eq!(severity(&["Basic", "Bronze"], 15), "warning");
}

/// Also for another blueprint, and for names of properties that differ a little.
#[test]
fn the_scorecards_that_init_writes_and_the_command_that_it_suggests_are_without_warnings() {
    let years = ["", "2019", "2021", "2022", "2023", "2024"];
    let aliases = [
        "--blueprint",
        "app",
        "--alias",
        "lead_time_for_changes=leadTime",
        "--alias",
        "change_failure_rate=cfr",
    ];
    for year in years {
        for more in [&[][..], &aliases] {
            let place = directory(&[]);
            let target = text(place.path());
            let year = if year.is_empty() { vec![] } else { vec!["--year", year] };
            let made = run(&[&["init", target], year.as_slice(), more].concat());
            assert_eq!(made.code, 0, "{}", made.stderr);
            let linted = run(&["lint", "-s", target, "--deny", "warnings"]);
            assert_eq!((linted.code, linted.stderr.as_str()), (0, ""), "{year:?}: {}", linted.stdout);
            assert!(!linted.stdout.contains("warning"), "{}", linted.stdout);
            let next = made.stdout.lines().last().and_then(|line| line.strip_prefix("next: dora-score "));
            let entity = json!({"identifier": "checkout", "deployment_frequency": 1, "lead_time_for_changes": 9,
                "leadTime": 9, "change_failure_rate": 5, "cfr": 5, "mean_time_to_recovery": 60,
                "total_deployments": 3, "total_incidents": 1});
            let words =
                next.expect("a suggestion").split(' ').map(|word| if word == "FILE" { "-" } else { word });
            let evaluated = run_with(&words.collect::<Vec<_>>(), entity.to_string().as_bytes());
            assert_eq!((evaluated.code, evaluated.stderr.as_str()), (0, ""), "{year:?}");
        }
    }
}
