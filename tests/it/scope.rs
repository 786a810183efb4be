//! The choice of what is graded: `--where`, `--scorecard`, `--alias` and `--blueprint`.

use crate::program::{Run, directory, run, run_with};
use crate::{oracle, random};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::collections::BTreeSet;

const AS_OF: &str = "2026-01-31T00:00:00Z";

const ENTITIES: &str = r#"
{"identifier": "checkout", "title": "Checkout API", "team": ["payments", "web"], "tier": "1", "deployment_frequency": 9}
{"identifier": "ledger", "team": "payments", "tier": "2", "score": 7, "live": true, "deployment_frequency": 2}
{"identifier": "aba", "title": "Search", "team": "core", "a=b c": "x", "since": "2026-01-01T00:00:00Z"}
{"identifier": "core", "blueprint": "_team", "deployment_frequency": 1}
"#;

fn evaluate(arguments: &[&str], entities: &str) -> Run {
    run_with(&[&["evaluate", "-e", "-", "--as-of", AS_OF], arguments].concat(), entities.as_bytes())
}

fn json_of(run: &Run) -> Value {
    assert_eq!(run.code, 0, "{}", run.stderr);
    serde_json::from_str(&run.stdout).expect("the output is JSON")
}

/// The identifiers of the entities that are graded with these conditions.
fn kept(conditions: &[&str]) -> Vec<String> {
    let mut arguments = vec!["-f", "json", "-q"];
    conditions.iter().for_each(|condition| arguments.extend(["--where", condition]));
    let result = json_of(&evaluate(&arguments, ENTITIES));
    let entities = result["entities"].as_array().expect("an array");
    assert_eq!(result["summary"]["entities"], entities.len());
    entities.iter().map(|entity| entity["identifier"].as_str().expect("text").to_owned()).collect()
}

#[test]
fn a_condition_keeps_the_entities_that_meet_it() {
    for (condition, expected) in [
        ("team = payments", &["checkout", "ledger"][..]),
        ("team=payments", &["checkout", "ledger"]),
        ("team != payments", &["aba", "core"]),
        ("team = \"payments\"", &["checkout", "ledger"]),
        ("team = pay*", &["checkout", "ledger"]),
        ("team = p*b", &[]),
        ("team != *e*", &["core"]),
        ("team = \"pay*\"", &[]),
        ("identifier = aba*ba", &[]),
        ("identifier = a*a", &["aba"]),
        ("$identifier = a*a", &["aba"]),
        ("title = *API", &["checkout"]),
        ("title = *", &["checkout", "aba"]),
        ("tier = 1", &[]),
        ("tier = \"1\"", &["checkout"]),
        ("score >= 7", &["ledger"]),
        ("score > 7", &[]),
        ("score <= \"7\"", &["ledger"]),
        ("live = true", &["ledger"]),
        ("live = \"true\"", &[]),
        ("\"a=b c\" = x", &["aba"]),
        ("team = \"= 2\"", &[]),
        ("team != \"a and b\"", &["checkout", "ledger", "aba", "core"]),
        ("team != a-and-b", &["checkout", "ledger", "aba", "core"]),
        ("since > 2025-12-31T23:00:00Z", &["aba"]),
        ("since = 2026-01-01T01:00:00+01:00", &["aba"]),
        ("blueprint = _team", &["core"]),
        ("blueprint = service", &["checkout", "ledger", "aba"]),
    ] {
        assert_eq!(kept(&[condition]), expected, "{condition}");
    }
    assert_eq!(kept(&["team = payments", "score > 1"]), ["ledger"]);
}

#[test]
fn a_condition_that_cannot_be_read_is_an_error_of_usage() {
    for (condition, expected) in [
        ("", "write PROPERTY OP VALUE"),
        ("team", "write PROPERTY OP VALUE"),
        ("= payments", "write PROPERTY OP VALUE"),
        ("team ~ payments", "the operators are `!=`"),
        ("team contains pay", "the operators are `!=`"),
        ("team =", "there is no value after `=`"),
        ("team = \"pay", "begins with a quote, but is not a JSON string"),
        ("\"team = pay", "begins with a quote, but is not a JSON string"),
        ("team = \"pay\" x", "unexpected text after the quoted value"),
        ("$tema = x", "did you mean `$team`"),
        ("tier > abc", "cannot compare with `abc`"),
        ("tier > true", "cannot compare with `true`"),
        ("since > 2026-01-01", "cannot compare with `2026-01-01`"),
        ("tier == 2", "the operators are `!=`"),
        ("tier =! 3", "the operators are `!=`"),
        ("tier => 3", "`=` is followed by `> 3`; the operators are"),
        ("tier <> 3", "`<` is followed by `> 3`"),
        ("tier !== 3", "`!=` is followed by `= 3`"),
        ("tier = '2'", "in double quotes, not in single quotes: `'2'`"),
        ("team = [payments]", "`[payments]` is not a single value"),
        ("team = a and tier = 2", "write `--where` once for each condition"),
        ("team = a AND tier = 2", "`and` does not join conditions"),
        ("team = a&&tier = 2", "`&&` does not join conditions"),
        ("team != a || b", "`||` does not join conditions"),
        ("team = a or b", "conditions cannot be alternatives; to compare with this text, write it in double"),
        ("score = 1e999", "the number `1e999` is out of range"),
    ] {
        for command in ["evaluate", "explain", "lint"] {
            let run = run(&[command, "-e", "-", "--where", condition]);
            assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{condition}");
            let message = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(message.contains(expected), "{command} {condition}: {message}");
        }
    }
}

#[test]
fn an_empty_scope_is_a_warning_with_the_values_that_entities_have() {
    let run = evaluate(&["--where", "tier = 1", "--where", "tire = x"], ENTITIES);
    assert_eq!(run.code, 0);
    for part in [
        "warning[empty-scope]: no entity is in scope: `tier = 1 and tire = x` excludes all of 4 entities",
        "values of `tier`: \"1\", \"2\"",
        "`tier` is text: quote the value, as in `tier = \"1\"`",
        "no entity has `tire`",
    ] {
        assert!(run.stderr.contains(part), "{}", run.stderr);
    }
    let gated = evaluate(&["--where", "tier = 1", "-m", "Bronze", "--exit-zero"], ENTITIES);
    assert_eq!(gated.code, 3, "a gate that checked nothing does not pass");
}

#[test]
fn a_name_that_no_entity_has_is_a_warning() {
    for (condition, effect) in [("teir != x", "every"), ("teir = x", "no"), ("teir != x*", "every")] {
        for command in ["evaluate", "lint", "explain"] {
            let run = run_with(&[command, "-e", "-", "--where", condition], ENTITIES.as_bytes());
            let text = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
            for part in [
                "warning[unknown-property]: no entity has property `teir`",
                &format!("`--where` with `{condition}` keeps {effect} entity"),
                "did you mean `tier`?",
            ] {
                assert!(text.contains(part), "{command} {condition}: {text}");
            }
        }
    }
    let strict = evaluate(&["--where", "taem != x", "--where", "taem != y", "--strict"], ENTITIES);
    assert_eq!((strict.code, strict.stdout.as_str()), (2, ""));
    assert_eq!(strict.stderr.matches("no entity has property `taem`").count(), 1, "{}", strict.stderr);
    assert!(strict.stderr.contains("did you mean `team`?"), "{}", strict.stderr);
    // an entity has it, out of scope, or as null
    for condition in ["live != true", "none != 1", "$icon != x", "blueprint != x"] {
        let entities = format!("{ENTITIES}{{\"identifier\": \"n\", \"none\": null}}\n");
        let run = evaluate(&["--where", condition], &entities);
        assert!(!run.stderr.contains("no entity has property"), "{condition}: {}", run.stderr);
    }
    let long = format!("{} != x", "\u{1b}n".repeat(5000));
    let run = evaluate(&["--where", &long], ENTITIES);
    let line = run.stderr.lines().find(|line| line.contains("no entity has property")).expect("a warning");
    assert!(line.len() < 500 && !run.stderr.contains('\u{1b}'), "{}", run.stderr);
}

#[test]
fn what_is_out_of_scope_is_not_said_to_be_missing() {
    let card = |name: &str, blueprint: &str| {
        json!({"identifier": name, "blueprint": blueprint, "rules": [{"identifier": "r", "level": "Gold",
            "query": {"combinator": "and", "conditions": [{"property": "tier", "operator": "isNotEmpty"}]}}]})
    };
    let set = json!([card("s", "service"), card("t", "_team"), card("u", "db")]).to_string();
    let place = directory(&[("set.json", set.as_bytes())]);
    let path = place.path().join("set.json");
    let path = path.to_str().expect("UTF-8");
    let run = evaluate(&["-s", path, "--where", "blueprint = _team"], ENTITIES);
    let text = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains("no entity has blueprint `db`"), "{text}");
    assert!(!text.contains("no entity has blueprint `service`"), "{text}");
    assert!(text.contains("missing in the only entity of blueprint `_team` in scope"), "{text}");
    assert!(text.contains("property in scope is `deployment_frequency`"), "{text}");
    let run = evaluate(&["-s", path, "--where", "blueprint = service"], ENTITIES);
    assert!(!run.stderr.contains("`_team`"), "{}", run.stderr);
    let lint =
        run_with(&["lint", "-s", path, "-e", "-", "--where", "blueprint = _team"], ENTITIES.as_bytes());
    assert!(lint.stdout.contains("no entity in scope has blueprint `service`"), "{}", lint.stdout);
}

#[test]
fn what_is_out_of_scope_is_not_judged_but_must_be_valid() {
    let judged = |condition| evaluate(&["-m", "dora_deploy_freq=Gold", "--where", condition], ENTITIES).code;
    assert_eq!(judged("identifier = checkout"), 0);
    assert_eq!(judged("identifier = ledger"), 1);
    let invalid = format!("{ENTITIES}{{\"identifier\": 1}}\n");
    assert_eq!(evaluate(&["--where", "identifier = checkout"], &invalid).code, 2);
}

#[test]
fn explain_and_lint_use_only_entities_in_scope() {
    let explain = |arguments: &[&str]| {
        run_with(&[&["explain", "-e", "-", "--as-of", AS_OF], arguments].concat(), ENTITIES.as_bytes())
    };
    let all = explain(&["-f", "json", "--where", "team = payments"]);
    let all: Value = serde_json::from_str(&all.stdout).expect("JSON");
    let named =
        all["entities"].as_array().expect("an array").iter().map(|entity| entity["identifier"].as_str());
    assert_eq!(named.collect::<BTreeSet<_>>(), BTreeSet::from([Some("checkout"), Some("ledger")]));
    let outside = explain(&["aba", "--where", "team = payments"]);
    assert_eq!((outside.code, outside.stdout.as_str()), (2, ""));
    assert!(outside.stderr.contains("entity `aba` is not in scope"), "{}", outside.stderr);
    assert!(outside.stderr.contains("the scope is `team = payments`"), "{}", outside.stderr);

    let lint = |condition| {
        let arguments =
            ["lint", "-e", "-", "-f", "json", "--where", condition, "--scorecard", "dora_deploy_freq"];
        run_with(&arguments, ENTITIES.as_bytes()).stdout
    };
    assert!(
        lint("identifier = aba").contains("property `deployment_frequency` is missing in the only entity")
    );
    assert!(
        !lint("identifier = ledger")
            .contains("property `deployment_frequency` is missing in the only entity")
    );
}

#[test]
fn scorecards_are_chosen_by_pattern_in_every_command() {
    let count = |arguments: &[&str]| {
        let run = evaluate(&[&["-f", "json", "-q"], arguments].concat(), ENTITIES);
        json_of(&run)["summary"]["scorecards"].as_array().expect("an array").len()
    };
    assert_eq!(count(&[]), 8);
    assert_eq!(count(&["--scorecard", "dora_cfr"]), 1);
    assert_eq!(count(&["--scorecard", "*cfr", "--scorecard", "dora_mttr"]), 3);
    for command in ["evaluate", "explain", "lint", "show"] {
        let entities: &[&str] = if command == "show" { &[] } else { &["-e", "-"] };
        let unknown = run(&[&[command, "--scorecard", "dora_crf"], entities].concat());
        assert_eq!((unknown.code, unknown.stdout.as_str()), (2, ""), "{command}");
        assert!(unknown.stderr.contains("error[unknown-scorecard]"), "{}", unknown.stderr);
        let invalid = run(&[&[command, "--scorecard", "["], entities].concat());
        assert!(invalid.stderr.contains("error[bad-glob]: invalid glob pattern `[`"), "{}", invalid.stderr);
    }
    let minimum = evaluate(&["--scorecard", "dora_cfr", "-m", "dora_mttr=Gold"], ENTITIES);
    assert_eq!(minimum.code, 2, "a scorecard that is not used cannot have a minimum: {}", minimum.stderr);
}

#[test]
fn an_alias_reads_another_property() {
    let level = |arguments: &[&str], entity: &str| {
        let arguments = [&["-f", "json", "-q", "--scorecard", "dora_deploy_freq"], arguments].concat();
        json_of(&evaluate(&arguments, entity))["entities"][0]["scorecards"]["dora_deploy_freq"]["level"]
            .clone()
    };
    let alias = "deployment_frequency=deploys per week";
    assert_eq!(level(&["--alias", alias], r#"{"identifier": "a", "deploys per week": 9}"#), "Gold");
    assert_eq!(level(&["--alias", alias], r#"{"identifier": "a", "deployment_frequency": 9}"#), "Basic");
    let quoted = r#"deployment_frequency="a=b""#;
    assert_eq!(level(&["--alias", quoted], r#"{"identifier": "a", "a=b": 9}"#), "Gold");
    let unknown = evaluate(&["--alias", "deployment_freq=x"], ENTITIES);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("error[unknown-alias]"), "{}", unknown.stderr);
    assert!(unknown.stderr.contains("did you mean `deployment_frequency`"), "{}", unknown.stderr);
    let unlike = evaluate(&["--alias", "nope=x"], ENTITIES);
    assert!(unlike.stderr.contains("the properties of the scorecards are `"), "{}", unlike.stderr);
    for wrong in ["a", "=a", "a=", "$title=a", "a=$title", "\"a=b"] {
        assert_eq!(evaluate(&["--alias", wrong], ENTITIES).code, 2, "{wrong}");
    }
}

#[test]
fn the_built_in_set_grades_the_blueprint_of_the_option() {
    let entities = r#"{"identifier": "a", "blueprint": "microservice", "deployment_frequency": 9}"#;
    let result = json_of(&evaluate(&["-f", "json", "-q", "--blueprint", "microservice"], entities));
    assert_eq!(result["entities"][0]["scorecards"]["dora_deploy_freq"]["level"], "Gold");
    let blueprints = result["summary"]["scorecards"].as_array().expect("an array");
    let services = blueprints.iter().filter(|card| card["blueprint"] == "microservice").count();
    let teams = blueprints.iter().filter(|card| card["blueprint"] == "_team").count();
    assert_eq!((services, teams), (4, 4));
}

#[test]
fn identifiers_with_special_characters_are_quoted_for_set() {
    let rule = json!({"identifier": "r=1/x", "level": "Gold",
        "query": {"combinator": "and", "conditions": [{"property": "p", "operator": ">=", "value": 5}]}});
    let set = json!({"identifier": "a/b c", "blueprint": "service", "rules": [rule]}).to_string();
    let place = directory(&[("set.json", set.as_bytes())]);
    let path = place.path().join("set.json");
    for (option, level) in [
        (r#""a/b c"/"r=1/x"=3"#, "Gold"),
        (r#""a/b c"/r=1/x=3"#, "Gold"),
        ("a/b c/r=1/x=3", "Gold"),
        (r#"a/b c/r=1/x=6"#, "Basic"),
    ] {
        let arguments = ["-s", path.to_str().expect("UTF-8"), "-f", "json", "-q", "--set", option];
        let result = json_of(&evaluate(&arguments, r#"{"identifier": "e", "p": 4}"#));
        assert_eq!(result["entities"][0]["scorecards"]["a/b c"]["level"], level, "{option}");
    }
    for wrong in
        [r#""a/b c"=3"#, r#""a/b c"/"r=1/x"3"#, r#""a/b c/r=3"#, r#""a/b c"/"r=1/x"=x"#, r#""a"/"r=1/x"=3"#]
    {
        let run = evaluate(&["-s", path.to_str().expect("UTF-8"), "--set", wrong], r#"{"identifier": "e"}"#);
        assert_eq!(run.code, 2, "{wrong}");
    }
}

fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!("a")),
        Just(json!("1")),
        Just(json!("")),
        Just(json!("2026-01-01T00:00:00Z")),
        (-3_i8..4).prop_map(|number| json!(number)),
        any::<bool>().prop_map(|value| json!(value)),
    ]
}

/// The names of properties that the random entities have.
fn property() -> impl Strategy<Value = &'static str> {
    use random::{LIST, MOMENT, NUMBER, TEXT};
    prop::sample::select(vec![
        NUMBER,
        TEXT,
        MOMENT,
        LIST,
        " ",
        "a.b",
        "identifier",
        "title",
        "team",
        "blueprint",
    ])
}

/// Whether an entity meets a condition, by the filter of a scorecard in the naive evaluator.
fn meets(entity: &Value, property: &str, operator: &str, value: &Value) -> bool {
    let name = match property {
        "identifier" | "title" | "team" | "blueprint" => format!("${property}"),
        other => other.to_owned(),
    };
    let filter = json!({"combinator": "and",
        "conditions": [{"property": name, "operator": operator, "value": value}]});
    let blueprint = entity["blueprint"].as_str().filter(|name| !name.is_empty()).unwrap_or("service");
    let set = [json!({"identifier": "c", "blueprint": blueprint, "filter": filter, "rules": []})];
    let entities = std::slice::from_ref(entity);
    let result = oracle::grade(&set, entities, "service", AS_OF.parse().expect("it is a time"));
    result["entities"][0]["scorecards"]["c"] != Value::Null
}

#[test]
fn a_scope_has_the_effect_of_filtering_the_input() {
    let mut runner = TestRunner::new(Config { cases: 60, failure_persistence: None, ..Config::default() });
    let operator = prop::sample::select(vec!["=", "!=", ">", ">=", "<", "<="]);
    let case = (random::sets(), property(), operator, scalar());
    let outcome = runner.run(&case, |((scorecards, entities), property, operator, value)| {
        let is_order = !operator.contains('=') || operator.len() == 2 && operator != "!=";
        let is_bound = value.is_number() || value.as_str().is_some_and(|text| text.len() > 1);
        prop_assume!(!is_order || is_bound);
        let set = serde_json::to_vec(&scorecards).expect("values can be written");
        let place = directory(&[("set.json", &set)]);
        let path = place.path().join("set.json");
        let lines = |keep: &dyn Fn(&Value) -> bool| -> String {
            entities.iter().filter(|entity| keep(entity)).map(|entity| format!("{entity}\n")).collect()
        };
        let condition = format!("{} {operator} {value}", json!(property));
        let arguments = ["-s", path.to_str().expect("UTF-8"), "-f", "json", "-m", "Bronze"];
        let scoped = evaluate(&[&arguments[..], &["--where", &condition]].concat(), &lines(&|_| true));
        let filtered = evaluate(&arguments, &lines(&|entity| meets(entity, property, operator, &value)));
        prop_assert_eq!(scoped.stdout, filtered.stdout, "{}", condition);
        prop_assert_eq!(scoped.code, filtered.code, "{}", condition);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn init_writes_the_set_that_the_options_describe() {
    let place = directory(&[("odd.nd", br#"{"identifier": "a", "blueprint": "my service", "df \"x\"": 9}"#)]);
    let path = |name: &str| place.path().join(name).to_str().expect("UTF-8").to_owned();
    let (set, entities) = (path("set"), path("odd.nd"));
    let options = ["--blueprint", "my service", "--alias", r#"deployment_frequency="df \"x\"""#];
    for year in [&[][..], &["--year", "2022"]] {
        let init = run(&[&["init", &set, "--force"], &options[..], year].concat());
        assert_eq!(
            (init.code, init.stdout.contains("--blueprint 'my service'")),
            (0, true),
            "{}",
            init.stdout
        );
        let read = |arguments: &[&str]| {
            let fixed = ["evaluate", "-e", &entities, "-f", "json", "--as-of", AS_OF];
            json_of(&run(&[&fixed, arguments].concat()))["entities"].clone()
        };
        let written = read(&["-s", &set]);
        assert_eq!(
            written[0]["scorecards"]["dora_deploy_freq"]["level"],
            if year.is_empty() { "Gold" } else { "Silver" }
        );
        if year.is_empty() {
            assert_eq!(written, read(&options));
        }
    }
    let unknown = run(&["init", &path("other"), "--alias", "deploys=x"]);
    assert_eq!((unknown.code, place.path().join("other").exists()), (2, false), "{}", unknown.stderr);
}
