//! Mistakes that could make a gate pass: the warnings about them, and `--strict`, `--deny` and `--allow`.

use crate::program::{Run, directory, run, run_with};
use crate::random;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::cell::Cell;
use std::collections::BTreeSet;

const AS_OF: &str = "2026-01-31T00:00:00Z";

/// A scorecard with one rule for each of these conditions.
fn card(conditions: &[&str]) -> String {
    let rule = |(index, condition): (usize, &&str)| {
        format!(
            r#"{{"identifier": "r{index}", "level": "Bronze", "query": {{"combinator": "and", "conditions": [{condition}]}}}}"#
        )
    };
    let rules: Vec<String> = conditions.iter().enumerate().map(rule).collect();
    format!(r#"{{"identifier": "ops", "blueprint": "service", "rules": [{}]}}"#, rules.join(",\n"))
}

const HAS_COVERAGE: &str = r#"{"property": "coverage", "operator": ">=", "value": 80}"#;
const ENTITY: &str =
    r#"{"identifier": "a", "properties": {"coverage": 85, "bugs": null}, "relations": {"owner": "x"}}"#;

/// Evaluates `entities` with a scorecard, in a directory.
fn evaluate(card: &str, entities: &str, arguments: &[&str]) -> Run {
    let place = directory(&[("set.json", card.as_bytes())]);
    let path = place.path().join("set.json");
    let fixed = ["evaluate", "-s", path.to_str().expect("UTF-8"), "-e", "-", "--as-of", AS_OF];
    run_with(&[&fixed, arguments].concat(), entities.as_bytes())
}

/// A mistake, with the code, a part of the message and a part of the notes and the help of its warning.
struct Mistake {
    card: String,
    entities: String,
    more: &'static [&'static str],
    code: &'static str,
    message: &'static str,
    help: &'static str,
}

fn mistakes() -> Vec<Mistake> {
    let of = |condition: &str, code, message, help| Mistake {
        card: card(&[HAS_COVERAGE, condition]),
        entities: ENTITY.to_owned(),
        more: &[],
        code,
        message,
        help,
    };
    let mut all = vec![
        of(
            r#"{"property": "coverge", "operator": ">=", "value": 80}"#,
            "unknown-property",
            "property `coverge` is missing in the only entity of blueprint `service`",
            "did you mean `coverage`?",
        ),
        of(
            r#"{"property": "status", "operator": "!=", "value": "broken"}"#,
            "unknown-property",
            "property `status` is missing",
            "rule `ops/r1` passes for every entity",
        ),
        of(
            r#"{"property": "bgs", "operator": "isEmpty"}"#,
            "unknown-property",
            "property `bgs` is missing",
            "did you mean `bugs`?",
        ),
        of(
            r#"{"property": "bgs", "operator": "=", "value": 1}"#,
            "unknown-property",
            "property `bgs` is missing",
            "rule `ops/r1` fails for every entity",
        ),
        of(
            &format!(r#"{HAS_COVERAGE}, {{"property": "bgs", "operator": "notIn", "value": [1]}}"#),
            "unknown-property",
            "property `bgs` is missing",
            "the condition holds for every entity in `ops/r1`",
        ),
        of(
            r#"{"relation": "ownr", "operator": "isNotEmpty"}"#,
            "unknown-relation",
            "relation `ownr` is missing",
            "did you mean `owner`?",
        ),
        of(
            r#"{"relation": "coverage", "operator": "isNotEmpty"}"#,
            "unknown-relation",
            "relation `coverage` is missing",
            "it is a property: write",
        ),
        of(
            r#"{"property": "coverage", "operator": ">", "value": "4"}"#,
            "quoted-number",
            "`4` is in quotes",
            "write 4 without quotes",
        ),
        of(
            r#"{"property": "coverage", "operator": ">", "value": 4, "nto": true}"#,
            "unknown-key",
            "key `nto` has no effect here",
            "did you mean `not`?",
        ),
    ];
    let filter = r#""filter": {"combinator": "and", "conditions": [{"property": "kind", "operator": "!=", "value": 1}]}, "rules""#;
    all.push(Mistake {
        card: card(&[HAS_COVERAGE]).replace("\"rules\"", filter),
        ..of(
            HAS_COVERAGE,
            "unknown-property",
            "property `kind` is missing",
            "the filter of `ops` matches every entity",
        )
    });
    all.push(Mistake {
        card: card(&[HAS_COVERAGE]).replace("\"rules\"", "\"titel\": \"x\", \"rules\""),
        ..of(HAS_COVERAGE, "misspelled-key", "key `titel` has no effect", "did you mean `title`?")
    });
    all.push(Mistake {
        entities: format!(r#"{ENTITY} {{"identifier": "b", "blueprint": "servce"}}"#),
        ..of(HAS_COVERAGE, "ungraded-entities", "no scorecard grades blueprint `servce` (1)", "")
    });
    all.push(Mistake {
        card: format!("[{}, {}]", card(&[HAS_COVERAGE]), card(&[HAS_COVERAGE]).replace("service", "_team")),
        ..of(HAS_COVERAGE, "scorecard-without-entities", "no entity has blueprint `_team`", "")
    });
    all.push(Mistake { entities: String::new(), ..of(HAS_COVERAGE, "no-entities", "no entities", "") });
    all.push(Mistake {
        more: &["--where", "coverage > 90"],
        ..of(HAS_COVERAGE, "empty-scope", "no entity is in scope", "values of `coverage`: 85")
    });
    all
}

#[test]
fn each_mistake_is_a_warning_that_options_can_deny_or_suppress() {
    for Mistake { card, entities, more, code, message, help } in mistakes() {
        let with =
            |arguments: &[&str]| evaluate(&card, &entities, &[more, &["-f", "csv"], arguments].concat());
        let plain = with(&[]);
        assert_eq!(plain.code, 0, "{code}: {}", plain.stderr);
        assert!(plain.stderr.starts_with(&format!("warning[{code}]: ")), "{code}: {}", plain.stderr);
        assert!(plain.stderr.contains(message) && plain.stderr.contains(help), "{code}: {}", plain.stderr);
        assert_eq!(plain.stderr.matches("warning[").count(), 1, "{code}: {}", plain.stderr);
        for options in [&["--strict"][..], &["--deny", code], &["--deny", "warnings"]] {
            let denied = with(options);
            assert_eq!((denied.code, denied.stdout.as_str()), (2, ""), "{code} {options:?}");
            assert!(denied.stderr.starts_with(&format!("error[{code}]: ")), "{}", denied.stderr);
            assert!(denied.stderr.contains(message) && denied.stderr.contains(help), "{}", denied.stderr);
            let reason = format!("an error because of `{}`", options.join(" "));
            assert!(denied.stderr.contains(&reason), "{code}: {}", denied.stderr);
        }
        for options in [&["--allow", code][..], &["--strict", "--allow", code], &["-q"]] {
            let allowed = with(options);
            assert_eq!((allowed.code, allowed.stderr.as_str()), (0, ""), "{code} {options:?}");
            assert_eq!(allowed.stdout, plain.stdout, "{code} {options:?}");
        }
        let denied = with(&["-q", "--strict"]);
        assert!(denied.code == 2 && denied.stderr.contains(code), "{code}: {}", denied.stderr);
    }
}

#[test]
fn a_field_that_one_entity_has_is_known_even_if_it_is_null() {
    let conditions = [
        r#"{"property": "bugs", "operator": "=", "value": 1}"#,
        r#"{"relation": "owner", "operator": "isEmpty"}"#,
        r#"{"property": "$icon", "operator": "isEmpty"}"#,
    ];
    // the last of many blocks has the property
    let others = "{\"identifier\": \"b\", \"relations\": {\"owner\": null}}\n".repeat(20_000);
    let run = evaluate(&card(&conditions), &format!("{others}{ENTITY}"), &["-f", "summary"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let run = evaluate(&card(&conditions), &others, &["-f", "summary"]);
    assert!(run.stderr.contains("property `bugs` is missing in all 20,000 entities"), "{}", run.stderr);
}

#[test]
fn with_a_scope_only_entities_in_scope_count() {
    let entities = format!(r#"{ENTITY} {{"identifier": "b", "properties": {{"bugs": 1}}}}"#);
    let run = evaluate(&card(&[HAS_COVERAGE]), &entities, &["--where", "identifier = b"]);
    assert!(run.stderr.contains("property `coverage` is missing in the only entity"), "{}", run.stderr);
    let run = evaluate(&card(&[HAS_COVERAGE]), &entities, &["--where", "identifier = a"]);
    assert_eq!(run.stderr, "");
}

/// Names of properties are bounded: in number, in length and in the time to compare them.
#[test]
fn thousands_of_names_and_very_long_names_are_no_problem() {
    let names: Vec<String> = (0..3000).map(|index| format!("\"property {index}\": 1")).collect();
    let long = "x".repeat(1_000_000);
    let entity =
        format!("{{\"identifier\": \"a\", \"{long}\": 1, \"\\u001b[2J\": 1, {}}}\n", names.join(", "));
    let conditions: Vec<String> = (0..3000)
        .map(|index| format!(r#"{{"property": "propery {index}", "operator": "isEmpty"}}"#))
        .collect();
    let conditions: Vec<&str> = conditions.iter().map(String::as_str).collect();
    let run = evaluate(&card(&conditions), &entity.repeat(5), &["-f", "summary"]);
    assert_eq!(run.code, 0);
    assert_eq!(run.stderr.matches("warning[unknown-property]").count(), 20);
    assert!(run.stderr.ends_with("… and 2,980 more\n") && run.stderr.len() < 20_000, "{}", run.stderr.len());
    assert!(!run.stderr.contains('\u{1b}'));
}

#[test]
fn without_a_verdict_files_are_not_replaced_and_streams_are_cut_off() {
    let wrong = card(&[r#"{"property": "coverge", "operator": ">=", "value": 80}"#]);
    let place =
        directory(&[("set.json", wrong.as_bytes()), ("e.ndjson", ENTITY.as_bytes()), ("out", b"old")]);
    let path = |name: &str| place.path().join(name).display().to_string();
    let (set, entities, out) = (path("set.json"), path("e.ndjson"), path("out"));
    let with = |format: &str| {
        run(&["evaluate", "-s", &set, "-e", &entities, "-m", "Bronze", "--strict", "-f", format])
    };
    for format in ["table", "summary", "csv", "markdown", "junit"] {
        let run = with(format);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{format}");
        assert!(!run.stderr.contains("Gate"), "{format}: {}", run.stderr);
    }
    for format in ["json", "ndjson", "csv", "table"] {
        assert_eq!(with(&format!("{format}={out}")).code, 2);
        assert_eq!(std::fs::read(&out).expect("it is there"), b"old", "{format}");
    }
    assert_eq!(with("ndjson").stdout.lines().count(), 1);
    let cut = with("json").stdout;
    assert!(cut.contains("\"identifier\":\"a\"") && serde_json::from_str::<Value>(&cut).is_err(), "{cut}");
    let compared = run(&["evaluate", "-s", &set, "-e", &entities, "--compare", &set, "--strict"]);
    assert_eq!((compared.code, compared.stdout.as_str()), (2, ""), "{}", compared.stderr);
}

#[test]
fn files_of_both_kinds_that_come_twice_are_told_together() {
    let place = directory(&[("set.json", card(&[HAS_COVERAGE]).as_bytes()), ("e.ndjson", ENTITY.as_bytes())]);
    let path = |name: &str| place.path().join(name).display().to_string();
    let (set, entities) = (path("set.json"), path("e.ndjson"));
    let twice = ["evaluate", "-s", &set, "-s", &set, "-e", &entities, "-e", &entities, "--strict"];
    for more in [&[][..], &["--compare", &set]] {
        let run = run(&[&twice, more].concat());
        let told = run.stderr.matches("error[duplicate-file]").count();
        assert_eq!((run.code, run.stdout.as_str(), told), (2, "", 2), "{more:?}: {}", run.stderr);
    }
}

#[test]
fn mistakes_in_definitions_are_told_before_entities_are_read() {
    let misspelled = card(&[HAS_COVERAGE]).replace("\"rules\"", "\"titel\": \"x\", \"rules\"");
    let run = evaluate(&misspelled, "this is not JSON", &["--strict"]);
    assert!(run.code == 2 && run.stderr.starts_with("error[misspelled-key]"), "{}", run.stderr);
}

#[test]
fn entities_that_come_twice_are_an_error_with_strict() {
    let line = |blueprint: &str, name: &str| {
        format!("{{\"identifier\": \"{name}\", \"blueprint\": \"{blueprint}\", \"coverage\": 1}}\n")
    };
    let card = card(&[HAS_COVERAGE]);
    let other = line("service", "a") + &line("servic", "ea") + &line("_team", "a");
    let run = evaluate(&card, &other, &["--strict", "--allow", "ungraded-entities"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let many: String = (0..30_000).map(|index| line("service", &format!("e{index}"))).collect();
    let twice = format!("{many}{}{}", line("service", "e7\\n::error::x"), many);
    for threads in ["1", "4"] {
        let run = evaluate(&card, &twice, &["--strict", "--threads", threads]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""));
        let expected = "error[duplicate-entity]: 30,000 entities repeat the blueprint and identifier of an earlier one: \
                        `e0`, `e1`, `e2` and 29,997 more\n";
        assert!(run.stderr.starts_with(expected), "{}", run.stderr);
    }
    let hostile = line("service", "\\u001b[2J\\n::error::x").repeat(2);
    let run = evaluate(&card, &hostile, &["--deny", "duplicate-entity"]);
    assert!(run.code == 2 && run.stderr.contains("1 entity repeats"), "{}", run.stderr);
    assert!(!run.stderr.contains('\u{1b}') && !run.stderr.contains("\n::"), "{}", run.stderr);
    for options in [&["--strict", "--allow", "duplicate-entity"][..], &["--deny", "warnings"], &[]] {
        assert_eq!(evaluate(&card, &hostile, options).code, 0, "{options:?}");
    }
    // only entities in scope count
    let scope = ["--strict", "--where", "coverage = 1"];
    let out_of_scope = line("service", "a") + &line("service", "a").replace("1}", "2}");
    assert_eq!(evaluate(&card, &out_of_scope, &scope).code, 0);
}

#[test]
fn unknown_codes_are_errors_with_a_suggestion() {
    for (arguments, words) in [
        (&["--deny", "unknown-propery"][..], "did you mean `unknown-property`?"),
        (&["--allow", "unknown-propery"], "did you mean `unknown-property`?"),
        (&["--allow", "warnings"], "unknown warning `warnings`"),
        (&["--deny", ""], "unknown warning ``"),
        (&["--deny", "passes-on-zero"], "use `dora-score lint --deny passes-on-zero`"),
        (&["--deny", "\u{1b}[2J\n::error::x"], "unknown warning"),
        (&["--deny", "x", "--allow", "y"], "2 errors"),
    ] {
        let run = evaluate(&card(&[HAS_COVERAGE]), ENTITY, arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(run.stderr.starts_with("error[unknown-warning]: "), "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(words), "{arguments:?}: {}", run.stderr);
        assert!(
            !run.stderr.contains('\u{1b}') && !run.stderr.contains("\n::"),
            "{arguments:?}: {}",
            run.stderr
        );
    }
    let long = "x".repeat(100_000);
    let run = evaluate(&card(&[HAS_COVERAGE]), ENTITY, &["--deny", &long]);
    assert!(run.code == 2 && run.stderr.len() < 1000, "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn a_code_that_is_not_utf_8_is_an_error_of_usage() {
    use std::os::unix::ffi::OsStrExt;
    let mut command = crate::program::command();
    let word = std::ffi::OsStr::from_bytes(b"a\xff");
    let output = command.args(["evaluate", "-e", "-", "--deny"]).arg(word).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn lint_has_the_same_three_options() {
    let place = directory(&[
        ("set.json", card(&[r#"{"property": "coverage", "operator": ">", "value": "4"}"#]).as_bytes()),
        ("e.ndjson", format!("{ENTITY}\n{ENTITY}\n").as_bytes()),
    ]);
    let path = |name: &str| place.path().join(name).display().to_string();
    let (set, entities) = (path("set.json"), path("e.ndjson"));
    let lint = |arguments: &[&str]| {
        run(&[&["lint", "-s", &set, "--allow", "level-without-rules"], arguments].concat())
    };
    for (arguments, code) in [
        (&[][..], 0),
        (&["--strict"], 1),
        (&["--deny", "warnings"], 1),
        (&["--deny", "quoted-number"], 1),
        (&["--deny", "unknown-color"], 0),
        (&["--strict", "--allow", "quoted-number"], 0),
        (&["--strict", "--allow", "quoted-number", "-e", &entities], 2),
        (&["--strict", "--allow", "quoted-number", "--allow", "duplicate-entity", "-e", &entities], 0),
        (&["--deny", "duplicate-file", "-e", &entities, "-e", &entities], 2),
        (&["-e", &entities, "-e", &entities], 0),
        (&["--deny", "unknown-colour"], 2),
        (&["--deny", "ungraded-entities"], 2),
    ] {
        let run = lint(arguments);
        assert_eq!(run.code, code, "{arguments:?}: {}{}", run.stdout, run.stderr);
        assert_eq!(run.stdout.is_empty(), code == 2, "{arguments:?}: {}", run.stdout);
    }
    assert!(lint(&["-e", &entities, "-e", &entities]).stderr.starts_with("warning[duplicate-file]"));
    let note = run(&["lint", "-s", &set, "--deny", "missing-title"]);
    assert_eq!(note.code, 1, "a note that is denied by its code is an error");
}

/// The names that the entities of a blueprint have.
fn names(entities: &[Value], blueprint: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut properties, mut relations) = (BTreeSet::new(), BTreeSet::new());
    let keys = |value: &Value| value.as_object().map(|object| object.keys().cloned().collect::<Vec<_>>());
    for entity in entities {
        let own = entity["blueprint"].as_str().filter(|name| !name.is_empty()).unwrap_or("service");
        if own != blueprint {
            continue;
        }
        match entity.get("properties") {
            Some(inner) => properties.extend(keys(inner).unwrap_or_default()),
            None => {
                let row = keys(entity).expect("an object").into_iter();
                properties.extend(row.filter(|key| !crate::oracle::RESERVED.contains(&key.as_str())));
            }
        }
        relations.extend(keys(&entity["relations"]).unwrap_or_default());
    }
    (properties, relations)
}

/// All conditions in a query.
fn conditions(query: &Value, found: &mut Vec<Value>) {
    match query["conditions"].as_array().or_else(|| query["rules"].as_array()) {
        Some(members) => members.iter().for_each(|member| conditions(member, found)),
        None if query.is_object() => found.push(query.clone()),
        None => {}
    }
}

/// The number of fields that a simple search finds missing, of properties and of relations.
fn missing(scorecards: &[Value], entities: &[Value]) -> (usize, usize) {
    let blueprint = |card: &Value| card["blueprint"].as_str().unwrap_or("service").to_owned();
    let blueprints: BTreeSet<String> = scorecards.iter().map(blueprint).collect();
    let (mut properties, mut relations) = (0, 0);
    for name in blueprints {
        let has_entities = entities.iter().any(|entity| {
            entity["blueprint"].as_str().filter(|name| !name.is_empty()).unwrap_or("service") == name
        });
        if !has_entities {
            continue;
        }
        let (own, related) = names(entities, &name);
        let mut all = Vec::new();
        for card in scorecards.iter().filter(|card| blueprint(card) == name) {
            conditions(&card["filter"], &mut all);
            for rule in card["rules"].as_array().into_iter().flatten() {
                conditions(&rule["query"], &mut all);
            }
        }
        let mut named_properties: BTreeSet<&str> = BTreeSet::new();
        // a relation may have a name that begins with `$`
        let mut named_relations: BTreeSet<&str> =
            all.iter().filter_map(|condition| condition["relation"].as_str()).collect();
        for name in all.iter().filter_map(|condition| condition["property"].as_str()) {
            if let Some(relation) = name.strip_prefix("$relation.") {
                named_relations.insert(relation);
            } else if let Some(mirrored) = name.strip_prefix("$mirror.") {
                named_properties.insert(mirrored);
            } else if !name.starts_with('$') {
                named_properties.insert(name);
            }
        }
        properties += named_properties.iter().filter(|name| !own.contains(**name)).count();
        relations += named_relations.iter().filter(|name| !related.contains(**name)).count();
    }
    (properties, relations)
}

#[test]
fn exactly_the_fields_that_no_entity_has_are_told() {
    let mut runner = TestRunner::new(Config { cases: 80, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&random::sets(), |(scorecards, entities)| {
        let set = serde_json::to_string(&scorecards).expect("values can be written");
        let lines: String = entities.iter().map(|entity| format!("{entity}\n")).collect();
        let silent = [
            "--allow",
            "scorecard-without-entities",
            "--allow",
            "ungraded-entities",
            "--allow",
            "no-entities",
        ];
        let run = evaluate(&set, &lines, &[&silent[..], &["-f", "csv"]].concat());
        prop_assert_eq!(run.code, 0, "{}", run.stderr);
        let told = |code: &str| run.stderr.matches(&format!("warning[{code}]")).count();
        let (properties, relations) = missing(&scorecards, &entities);
        prop_assert_eq!(
            (told("unknown-property"), told("unknown-relation")),
            (properties, relations),
            "{}",
            run.stderr
        );
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn a_strict_run_that_succeeds_has_the_same_results_without_strict() {
    let mut runner = TestRunner::new(Config { cases: 240, failure_persistence: None, ..Config::default() });
    let codes = [
        "quoted-number",
        "unknown-property",
        "unknown-relation",
        "scorecard-without-entities",
        "ungraded-entities",
    ];
    let allowed = prop::sample::subsequence(codes.to_vec(), 3..=5);
    let (successes, refusals) = (Cell::new(0), Cell::new(0));
    let outcome = runner.run(&(random::sets(), allowed), |((scorecards, entities), allowed)| {
        let set = serde_json::to_string(&scorecards).expect("values can be written");
        let lines: String = entities.iter().map(|entity| format!("{entity}\n")).collect();
        let mut options = vec!["-f", "json", "-m", "Bronze", "--exit-zero"];
        allowed.iter().for_each(|code| options.extend(["--allow", code]));
        let plain = evaluate(&set, &lines, &options);
        let strict = evaluate(&set, &lines, &[&options[..], &["--strict"]].concat());
        if plain.stderr.starts_with("error[") {
            prop_assert_eq!(strict.code, 2);
        } else if strict.code == 2 {
            refusals.set(refusals.get() + 1);
            prop_assert!(
                plain.stderr.contains("warning[") || strict.stderr.contains("error[duplicate-entity]")
            );
        } else {
            successes.set(successes.get() + 1);
            prop_assert_eq!(
                (strict.code, strict.stdout, strict.stderr),
                (plain.code, plain.stdout, plain.stderr)
            );
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    assert!(successes.get() > 5 && refusals.get() > 5, "{successes:?} {refusals:?}");
}

#[test]
fn the_built_in_set_accepts_an_input_with_one_kind_of_entity() {
    let service = json!({"identifier": "a", "deployment_frequency": 1, "lead_time_for_changes": 1,
        "total_deployments": 1, "change_failure_rate": 1, "total_incidents": 1, "mean_time_to_recovery": 1});
    let run = run_with(&["evaluate", "-e", "-", "--strict", "-f", "csv"], service.to_string().as_bytes());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
}
