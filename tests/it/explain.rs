//! Tests of `explain`: the facts, the sentences, and whether the advice is correct.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test must fail if a value is missing")]

use crate::program::{Run, directory, run, run_with};
use serde_json::{Value, json};

const OSS: &str = "examples/entities/oss-services.json";
const AS_OF: &str = "2026-08-22T00:00:00Z";

/// Explains entity `e` with these properties in scorecard `card`, which has these rules and the levels None, Low and High.
fn explain(rules: &Value, properties: &Value, arguments: &[&str]) -> Run {
    let set = json!({"identifier": "card", "levels": [{"title": "None"}, {"title": "Low"}, {"title": "High"}],
        "rules": rules});
    explain_set(&set, properties, arguments)
}

fn explain_set(set: &Value, properties: &Value, arguments: &[&str]) -> Run {
    let files = directory(&[("set.json", set.to_string().as_bytes())]);
    let path = files.path().join("set.json");
    let entity = json!({"identifier": "e", "properties": properties}).to_string();
    let mut all = vec!["explain", "-s", path.to_str().expect("UTF-8"), "-e", "-", "--as-of", AS_OF];
    all.extend(arguments);
    run_with(&all, entity.as_bytes())
}

fn rule(identifier: &str, level: &str, conditions: Value) -> Value {
    json!({"identifier": identifier, "level": level, "query": {"combinator": "and", "conditions": conditions}})
}

fn condition(property: &str, operator: &str, value: Value) -> Value {
    json!({"property": property, "operator": operator, "value": value})
}

/// The explanation of `e` in `card`, as JSON.
fn facts(rules: &Value, properties: &Value) -> Value {
    let run = explain(rules, properties, &["e", "-f", "json"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let document: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    document["entities"][0]["scorecards"]["card"].clone()
}

/// The changes in the advice, each as property, action and new value.
fn changes(facts: &Value) -> Vec<(String, String, Value)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let all = facts["next"]["changes"].as_array().expect("there is advice");
    all.iter().map(|one| (text(&one["property"]), text(&one["action"]), one["to"].clone())).collect()
}

fn assert_has(text: &str, lines: &[&str]) {
    for line in lines {
        assert!(text.contains(line), "{line:?} is not in\n{text}");
    }
}

#[test]
fn an_entity_is_explained_in_one_scorecard() {
    let run = run(&["explain", "ripgrep", "--scorecard", "dora_cfr", "-e", OSS, "--as-of", AS_OF]);
    let expected = "\
ripgrep · service · BurntSushi

  Change Failure Rate (dora_cfr): Bronze, next Silver
    ✔ Bronze  At most 30 % of deployments fail (svc_cfr_medium)
      ✔ total_deployments > 0: 8
      ✔ change_failure_rate <= 30 percent: 25
    ✘ Silver  At most one deployment in five fails (svc_cfr_high)
      ✔ total_deployments > 0: 8
      ✘ change_failure_rate <= 20 percent: 25 (5 above 20)
    ✘ Gold    At most one deployment in twenty fails (svc_cfr_elite)
      ✔ total_deployments > 0: 8
      ✘ change_failure_rate <= 5 percent: 25 (20 above 5)
    Silver is blocked by svc_cfr_high.
    → To reach Silver:
      - lower change_failure_rate from 25 to at most 20 percent
";
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, expected, ""));
}

#[test]
fn the_numbers_of_dora_properties_have_units() {
    let all = run(&["explain", "ripgrep", "-e", OSS, "--as-of", AS_OF]).stdout;
    assert_has(
        &all,
        &[
            "deployment_frequency >= 0.25 per week: 0.3111\n",
            "0.3111 (0.6889 below 1)\n",
            "lead_time_for_changes <= 720 hours (30 days): 745.25 (25.25 above 720)\n",
            "mean_time_to_recovery <= 60 minutes: 2161.43 (2101.43 above 60)\n",
        ],
    );
    let other = explain(
        &json!([rule("r", "Low", json!([condition("speed", ">=", json!(2))]))]),
        &json!({"speed": 1}),
        &["e"],
    );
    assert_has(&other.stdout, &["speed >= 2: 1 (1 below 2)\n", "raise speed from 1 to at least 2\n"]);
}

/// 34.2 is 4.2 above 30, not 4.200000000000003.
#[test]
fn a_gap_has_no_more_decimals_than_the_two_numbers() {
    let rules = json!([rule("r", "Low", json!([condition("change_failure_rate", "<=", json!(30))]))]);
    let facts = facts(&rules, &json!({"change_failure_rate": 34.2}));
    let found = &facts["rules"][0]["query"]["conditions"][0];
    assert_eq!(found["gap"], json!({"kind": "above", "by": 4.2, "bound": 30}));
    assert_eq!(found["unit"], json!("percent"));
    let text = explain(&rules, &json!({"change_failure_rate": 34.2}), &["e"]).stdout;
    assert_has(&text, &["34.2 (4.2 above 30)\n"]);
}

#[test]
fn missing_data_is_distinguished_from_a_poor_result() {
    let text = run(&["explain", "jaq", "--scorecard", "dora_mttr", "-e", OSS, "--as-of", AS_OF]).stdout;
    assert_has(
        &text,
        &[
            "MTTR (dora_mttr): Basic (no data), next Bronze\n",
            "total_incidents > 0: no incidents recorded\n",
            "mean_time_to_recovery <= 1440 minutes: missing (null)\n",
            "No data: nothing happened, because total_incidents is 0.\n",
            "Nothing to do: Bronze is judged when something happens.\n",
        ],
    );
    let json = run(&["explain", "jaq", "-e", OSS, "--as-of", AS_OF, "-f", "json"]).stdout;
    let document: Value = serde_json::from_str(&json).expect("it is JSON");
    let facts = &document["entities"][0]["scorecards"]["dora_mttr"];
    assert_eq!((&facts["noData"], &facts["noDataReason"]), (&json!(true), &json!("inactive")));
    assert_eq!(facts["withoutData"], json!([{"property": "total_incidents"}]));
    assert_eq!((&facts["next"]["changes"], &facts["next"]["noAdvice"]), (&Value::Null, &json!("inactive")));
    let conditions = &facts["rules"][0]["query"]["conditions"];
    assert_eq!(conditions[0]["gap"], json!({"kind": "zeroGuard"}));
    assert_eq!(
        (&conditions[1]["gap"], &conditions[1]["actualKind"]),
        (&json!({"kind": "missing"}), &json!("null"))
    );
}

#[test]
fn what_is_not_measured_is_to_be_recorded_and_nothing_is_to_be_done_about_a_guard() {
    let guard = |name: &str| condition(name, ">", json!(0));
    let rules = json!([
        rule("r1", "Low", json!([guard("runs"), condition("rate", "<=", json!(5))])),
        rule("r2", "Low", json!([guard("other")])),
        rule("r3", "Low", json!([condition("tier", "=", json!("A"))])),
        rule("r4", "Low", json!([json!({"relation": "owner", "operator": "isNotEmpty"})])),
    ]);
    let properties = json!({"runs": null, "other": 0});
    let text = explain(&rules, &properties, &["e"]).stdout;
    assert_has(
        &text,
        &[
            "No data: runs, rate, tier and owner are missing.\n",
            "→ To be judged for Low:\n",
            "- record runs\n",
            "- record rate; it passes if it is at most 5\n",
            "- nothing to do about other, which is 0\n",
            "- set tier to \"A\", now missing\n",
            "- fill in owner, now missing\n",
        ],
    );
    let markdown = explain(&rules, &properties, &["e", "-f", "markdown"]).stdout;
    assert_has(&markdown, &["No data: runs, rate, tier and owner are missing.\n", "- record runs\n"]);
    let found = facts(&rules, &properties);
    assert_eq!(found["noDataReason"], json!("missing"));
    assert_eq!(found["withoutData"].as_array().map(Vec::len), Some(4));
    assert_eq!(found["withoutData"][3], json!({"relation": "owner"}));

    let idle = json!([rule("r", "Low", json!([guard("runs"), guard("builds"), guard("n\u{7}\u{1b}[31m")]))]);
    let properties = json!({"runs": 0, "builds": 0, "n\u{7}\u{1b}[31m": 0});
    let text = explain(&idle, &properties, &["e"]).stdout;
    assert_has(
        &text,
        &["No data: nothing happened, because runs, builds and n", " are 0.", "Nothing to do: Low is judged"],
    );
    assert!(!text.contains('\u{1b}') && !text.contains('\u{7}'), "{text:?}");
    let poor = facts(&rules, &json!({"runs": 0, "other": 0, "tier": "B"}));
    assert_eq!((&poor["noDataReason"], &poor["withoutData"]), (&Value::Null, &Value::Null));
}

#[test]
fn a_preset_is_shown_with_its_range() {
    let preset = json!({"preset": "lastMonth"});
    let rules = json!([rule("r", "Low", json!([condition("seen", "between", preset)]))]);
    let at = |seen: &str| explain(&rules, &json!({"seen": seen}), &["e"]).stdout;
    assert_has(
        &at("2026-07-11"),
        &[
            "seen must be within lastMonth (2026-07-23 to 2026-08-22): 2026-07-11 (12\n        days too early)\n",
            "change seen so that it is within lastMonth (2026-07-23 to 2026-08-22),\n        now \"2026-07-11\"\n",
        ],
    );
    let words = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_has(&words(at("2026-08-22T05:00:00Z")), &[": 2026-08-22T05:00:00Z (5 hours too late) "]);
    assert_has(&words(at("soon")), &[": \"soon\" (a string, not a date) "]);
    let facts = facts(&rules, &json!({"seen": "2026-07-11"}));
    let found = &facts["rules"][0]["query"]["conditions"][0];
    assert_eq!(found["gap"], json!({"kind": "tooEarly", "seconds": 12 * 86_400}));
    assert_eq!(
        found["range"],
        json!({"preset": "lastMonth", "from": "2026-07-23T00:00:00Z", "to": "2026-08-22T00:00:00Z"})
    );
    assert_eq!(changes(&facts), [("seen".to_owned(), "set".to_owned(), json!("2026-07-23T00:00:00Z"))]);
}

#[test]
fn a_new_value_passes_all_conditions_on_its_property() {
    let rules = json!([
        rule("low", "Low", json!([condition("n", "<", json!(10)), condition("n", "!=", json!(9))])),
        rule("low2", "Low", json!([condition("n", ">=", json!(8))])),
        rule("high", "High", json!([condition("n", "<", json!(0))])),
    ]);
    let facts = facts(&rules, &json!({"n": 12}));
    let [(_, action, to)] = changes(&facts).try_into().expect("one change");
    let to = to.as_f64().expect("it is a number");
    assert!(action == "set" && (8.0..10.0).contains(&to) && to != 9.0, "{action} {to}");
    assert_eq!(facts["next"]["blocking"], json!(["low"]));
    // the rules of High exclude those of Low, so High cannot be reached and there is no advice
    let stuck = super::explain::facts(&rules, &json!({"n": 8.5}));
    assert_eq!((&stuck["next"]["changes"], &stuck["next"]["noAdvice"]), (&Value::Null, &json!("notFound")));
    let text = explain(&rules, &json!({"n": 8.5}), &["e"]).stdout;
    assert_has(&text, &["No changes that reach High are known: no values were found"]);
}

/// For an `or`, the advice uses the member that needs fewer changes, or the nearer one if the numbers are equal.
#[test]
fn advice_has_the_fewest_changes() {
    let pick = |first: Value, second: Value| {
        json!([{"identifier": "r", "level": "Low",
            "query": {"combinator": "or", "conditions": [first, second]}}])
    };
    let group = |a: Value, b: Value| json!({"combinator": "and", "conditions": [a, b]});
    let both = group(condition("a", "=", json!(1)), condition("b", "=", json!(1)));
    let found = facts(&pick(both, condition("c", ">=", json!(100))), &json!({"c": 1}));
    assert_eq!(changes(&found), [("c".to_owned(), "atLeast".to_owned(), json!(100))]);
    assert_eq!((&found["next"]["failing"], &found["next"]["level"]), (&json!(1), &json!("Low")));
    let near = pick(condition("a", ">=", json!(7)), condition("b", "<=", json!(24)));
    let found = facts(&near, &json!({"a": 1, "b": 25}));
    assert_eq!(changes(&found), [("b".to_owned(), "atMost".to_owned(), json!(24))]);
    // one change makes two rules pass
    let shared = json!([rule("r", "Low", json!([condition("a", "=", json!("x"))])), {"identifier": "s",
        "level": "Low", "query": {"combinator": "or", "conditions":
            [condition("b", "=", json!(1)), condition("a", "beginsWith", json!("x"))]}}]);
    assert_eq!(
        changes(&facts(&shared, &json!({"a": "y"}))),
        [("a".to_owned(), "set".to_owned(), json!("x"))]
    );
}

#[test]
fn advice_on_strings_arrays_and_dates_is_a_sentence() {
    let advice = |condition: Value, properties: Value| {
        let text = explain(&json!([rule("r", "Low", json!([condition]))]), &properties, &["e"]).stdout;
        text.lines()
            .skip_while(|line| !line.contains('→'))
            .skip(1)
            .map(str::trim)
            .collect::<Vec<_>>()
            .join(" ")
    };
    let none = || json!({});
    assert_eq!(advice(condition("a", "isNotEmpty", Value::Null), none()), "- fill in a, now missing");
    assert_eq!(advice(condition("a", "isEmpty", Value::Null), json!({"a": "x"})), "- remove a, now \"x\"");
    let asked = condition("a", "contains", json!(["x", "y"]));
    assert_eq!(advice(asked, json!({"a": ["x"]})), "- add \"y\" to a, now [\"x\"]");
    let asked = condition("a", "doesNotContains", json!("x"));
    assert_eq!(advice(asked, json!({"a": ["x", "y"]})), "- remove \"x\" from a, now [\"x\", \"y\"]");
    let asked = condition("a", "beginsWith", json!("https://"));
    assert_eq!(
        advice(asked, json!({"a": "wiki"})),
        "- change a so that it begins with \"https://\", now \"wiki\""
    );
    let asked = condition("a", "=", json!("Tier 1"));
    assert_eq!(advice(asked, none()), "- set a to \"Tier 1\", now missing");
    let asked = condition("a", "<=", json!("2026-01-01T00:00:00Z"));
    let late = json!({"a": "2026-01-02T00:00:00Z"});
    assert_eq!(
        advice(asked, late),
        "- change a so that it is at or before \"2026-01-01T00:00:00Z\", now \"2026-01-02T00:00:00Z\""
    );
}

#[test]
fn advice_never_changes_a_fixed_value() {
    let rules =
        json!([rule("r", "Low", json!([condition("$createdAt", "<", json!("2020-01-01T00:00:00Z"))]))]);
    let facts = facts(&rules, &json!({}));
    assert_eq!(facts["next"]["noAdvice"], json!("fixed"));
}

/// `!=` also passes for a missing value, and `>=` does not.
#[test]
fn is_not_empty_is_left_out_of_the_needs_only_if_the_others_imply_it() {
    let needs = |other: Value| {
        let rules = json!([rule("r", "Low", json!([condition("a", "isNotEmpty", Value::Null), other]))]);
        let facts = facts(&rules, &json!({}));
        let needs = facts["next"]["changes"][0]["needs"].as_array().expect("there is a change");
        needs.iter().map(|need| need["operator"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(needs(condition("a", "!=", json!("x"))), ["isNotEmpty", "!="]);
    assert_eq!(needs(condition("a", ">=", json!(2))), [">="]);
}

#[test]
fn rules_that_pass_above_the_next_level_are_listed() {
    let rules = json!([
        rule("low", "Low", json!([condition("a", ">=", json!(1))])),
        rule("high", "High", json!([condition("b", ">=", json!(1))])),
    ]);
    let text = explain(&rules, &json!({"a": 0, "b": 1}), &["e"]).stdout;
    assert_has(
        &text,
        &[
            "Low is blocked by low.\n",
            "Rules above Low that already pass: high.\n",
            "To reach Low (the same changes reach High):",
        ],
    );
    let facts = facts(&rules, &json!({"a": 0, "b": 1}));
    assert_eq!((&facts["passedAbove"], &facts["next"]["reaches"]), (&json!(["high"]), &json!("High")));
}

#[test]
fn a_scorecard_that_does_not_apply_shows_its_filter() {
    let filter = json!({"combinator": "and", "conditions": [condition("live", "=", json!(true))]});
    let set = json!({"identifier": "card", "filter": filter, "rules": []});
    let text = explain_set(&set, &json!({"live": false}), &["e"]).stdout;
    assert_has(
        &text,
        &[
            "(card): does not apply\n    The filter does not match this entity:\n    ✘ live must be true: false\n",
        ],
    );
}

#[test]
fn an_unknown_entity_or_scorecard_is_an_error_with_a_suggestion() {
    let run_ = run(&["explain", "riprep", "nothing-like-it-at-all", "-e", OSS]);
    assert_eq!((run_.code, run_.stdout.as_str()), (2, ""));
    assert_has(
        &run_.stderr,
        &[
            "error[unknown-entity]: unknown entity `riprep`",
            "did you mean `ripgrep`?",
            "unknown entity `nothing-like-it-at-all`",
        ],
    );
    let run_ = run(&["explain", "ripgrep", "--scorecard", "dora_cf", "-e", OSS]);
    assert_eq!((run_.code, run_.stdout.as_str()), (2, ""));
    assert_has(
        &run_.stderr,
        &["error[unknown-scorecard]: unknown scorecard `dora_cf`", "did you mean `dora_cfr`?"],
    );
}

/// The order is by the number of failing conditions, then by the gap. Entities at the top level are left out.
#[test]
fn without_a_name_the_nearest_entities_are_explained() {
    let set = json!({"identifier": "card", "rules": [
        rule("r", "Bronze", json!([condition("a", ">=", json!(10)), condition("b", ">=", json!(10))]))]});
    let files = directory(&[("set.json", set.to_string().as_bytes())]);
    let path = files.path().join("set.json");
    let entities = [("two", 9, 9), ("far", 1, 10), ("top", 10, 10), ("near", 10, 9), ("same", 9, 10)];
    let lines: String = entities
        .iter()
        .map(|(name, a, b)| json!({"identifier": name, "a": a, "b": b}).to_string() + "\n")
        .collect();
    let order = |limit: &str| {
        let arguments =
            ["explain", "-s", path.to_str().expect("UTF-8"), "-e", "-", "-f", "json", "--limit", limit];
        let run = run_with(&arguments, lines.as_bytes());
        let document: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
        assert_eq!(document["nearest"], json!(true));
        let all = document["entities"].as_array().expect("it is an array");
        all.iter().map(|entity| entity["identifier"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(order("10"), ["near", "same", "far", "two"]);
    assert_eq!(order("2"), ["near", "same"]);
    assert_eq!(order("0"), order("10"), "0 is no limit");
}

#[test]
fn the_nearest_of_many_entities_do_not_depend_on_the_number_of_threads() {
    let lines: String = (0..20_000)
        .map(|number| {
            let value = f64::from((number * 7919) % 20_000) / 20_000.0;
            json!({"identifier": format!("e{number:05}"), "deployment_frequency": value}).to_string() + "\n"
        })
        .collect();
    let arguments = |threads| {
        ["explain", "-e", "-", "--limit", "3", "-f", "json", "--threads", threads, "--as-of", AS_OF]
    };
    let one = run_with(&arguments("1"), lines.as_bytes());
    let four = run_with(&arguments("4"), lines.as_bytes());
    assert_eq!(one.code, 0, "{}", one.stderr);
    assert_eq!(one.stdout, four.stdout);
    let document: Value = serde_json::from_str(&one.stdout).expect("it is JSON");
    let first =
        &document["entities"][0]["scorecards"]["dora_deploy_freq"]["rules"][0]["query"]["conditions"][0];
    assert_eq!(document["entities"].as_array().map(Vec::len), Some(3));
    assert!(first["actual"].as_f64().expect("a number") < 1.0);
}

/// Only a line with a single long word may be wider than the terminal.
#[test]
fn text_fits_the_width_of_the_terminal() {
    use unicode_width::UnicodeWidthStr;
    for (width, color) in [("80", "never"), ("60", "never")] {
        let mut command = crate::program::command();
        command.env("COLUMNS", width).args(["explain", "-s", "examples/filtered", "--color", color]);
        command.args(["-e", "examples/entities/services.json", "--as-of", AS_OF, "--limit", "50"]);
        let output = command.output().expect("the program runs");
        let text = String::from_utf8(output.stdout).expect("it is UTF-8");
        let most: usize = width.parse().expect("it is a number");
        assert!(text.contains("時刻表同期サービス"), "{text}");
        for line in text.lines() {
            let is_one_word = line.trim().split(' ').count() == 1;
            assert!(line.width() <= most || is_one_word, "{} columns: {line}", line.width());
        }
    }
    let plain = run(&["explain", "ripgrep", "-e", OSS, "--as-of", AS_OF]).stdout;
    let colored = run(&["explain", "ripgrep", "-e", OSS, "--as-of", AS_OF, "--color", "always"]).stdout;
    assert!(colored.contains("\u{1b}[") && !plain.contains('\u{1b}'));
    assert_eq!(anstream::adapter::strip_str(&colored).to_string(), plain);
}

#[test]
fn markdown_escapes_text_of_users() {
    let rules = json!([rule("r|<b>", "Low", json!([condition("a|b", "=", json!("<x>|`"))]))]);
    let text = explain(&rules, &json!({"a|b": "*y*"}), &["e", "-f", "markdown"]).stdout;
    assert_has(
        &text,
        &[
            "| ✘ | Low | r\\|&lt;b&gt; | <code>a\\|b must be \"&lt;x&gt;\\|\\`\"</code> | \"\\*y\\*\" |\n",
            "**To reach Low:**",
        ],
    );
}

#[test]
fn a_number_in_quotes_is_to_be_exported_as_a_number() {
    let arguments = ["explain", "a", "-e", "-", "--scorecard", "dora_lead_time"];
    let advice = |value: &str| {
        let entity = format!(r#"{{"identifier": "a", "lead_time_for_changes": {value}}}"#);
        let text = run_with(&arguments, entity.as_bytes()).stdout;
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let quoted = advice("\"3\"");
    let expected =
        "export lead_time_for_changes as a number, at most 720 hours (30 days), not as the string \"3\"";
    assert!(quoted.contains(expected), "{quoted}");
    assert!(
        advice("\"fast\"").contains("set lead_time_for_changes to at most 720 hours (30 days), now \"fast\"")
    );
}
