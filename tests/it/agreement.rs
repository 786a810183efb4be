//! Compares the program with the naive evaluator, on random scorecards and entities.

use crate::program::{directory, run_with};
use crate::schema::{faults, schema, validator};
use crate::{oracle, random};
use dora_score::{Instant, Scorecards};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::cell::Cell;

const AS_OF: &str = "2026-01-31T00:00:00Z";

fn expected(scorecards: &[Value], entities: &[Value]) -> Value {
    let as_of = AS_OF.parse().expect("it is a time");
    oracle::grade(scorecards, entities, "service", as_of)
}

/// The result from the public API.
fn graded(scorecards: &[Value], entities: &[Value]) -> Value {
    let text = serde_json::to_string(scorecards).expect("values can be written");
    let source = dora_score::Source::new("random", text);
    let definitions = dora_score::read_definitions(vec![source], "service").expect("the set is valid");
    let scorecards = Scorecards::new(definitions, Instant::parse(AS_OF).expect("it is a time"), "service");
    let stream: Vec<u8> = entities.iter().flat_map(|entity| format!("{entity}\n").into_bytes()).collect();
    let mut document = Vec::new();
    dora_score::program::grade_json(&scorecards, stream.as_slice(), &mut document)
        .expect("the entities are valid");
    without_digests(serde_json::from_slice(&document).expect("the result is JSON"))
}

/// A result without the digests of definitions, which the naive evaluator does not know.
fn without_digests(mut result: Value) -> Value {
    for card in result["summary"]["scorecards"].as_array_mut().expect("an array") {
        let digest = card.as_object_mut().expect("an object").remove("digest");
        let digits = digest.as_ref().and_then(Value::as_str).expect("every scorecard has a digest");
        assert_eq!(digits.len(), 16, "{digits}");
    }
    result
}

/// Compares at least 10,000 pairs of an entity and a scorecard.
#[test]
fn the_library_agrees_with_the_naive_evaluator() {
    let pairs = Cell::new(0);
    let mut seed = 0_u64;
    while pairs.get() < 10_000 {
        seed += 1;
        assert!(seed < 100, "the generators make too few pairs");
        let mut runner =
            TestRunner::new(Config { cases: 64, failure_persistence: None, ..Config::default() });
        let outcome = runner.run(&random::sets(), |(scorecards, entities)| {
            let expected = expected(&scorecards, &entities);
            let count = |entity: &Value| entity["scorecards"].as_object().map_or(0, serde_json::Map::len);
            let judged: usize = expected["entities"].as_array().map_or(0, |all| all.iter().map(count).sum());
            pairs.set(pairs.get() + judged);
            prop_assert_eq!(graded(&scorecards, &entities), expected);
            Ok(())
        });
        if let Err(error) = outcome {
            panic!("{error}");
        }
    }
}

/// The counts of each team, from the graded entities and the summary of the naive evaluator.
fn teams(result: &Value) -> Value {
    let mut teams: Vec<(Option<&str>, Vec<&Value>)> = Vec::new();
    for entity in result["entities"].as_array().expect("an array") {
        let mut names: Vec<Option<&str>> =
            entity["team"].as_array().expect("an array").iter().map(Value::as_str).collect();
        names.sort_unstable();
        names.dedup();
        if names.is_empty() {
            names.push(None);
        }
        for name in names {
            match teams.iter_mut().find(|(known, _)| *known == name) {
                Some((_, entities)) => entities.push(entity),
                None => teams.push((name, vec![entity])),
            }
        }
    }
    let counted = |(name, entities): (Option<&str>, Vec<&Value>)| {
        let (mut cards, mut sum, mut count) = (Vec::new(), 0.0, 0);
        for card in result["summary"]["scorecards"].as_array().expect("an array") {
            let id = card["identifier"].as_str().expect("text");
            let mine = entities.iter().filter(|entity| entity["blueprint"] == card["blueprint"]);
            let results: Vec<&Value> = mine.map(|entity| &entity["scorecards"][id]).collect();
            if results.is_empty() {
                continue;
            }
            let levels = card["levels"].as_array().expect("an array");
            let at = |rank: usize, no_data: bool| {
                results
                    .iter()
                    .filter(|one| one["rank"] == rank && (!no_data || one["noData"] == true))
                    .count()
            };
            if levels.len() > 1 {
                let judged: Vec<f64> = results
                    .iter()
                    .filter(|one| one["noData"] == false)
                    .filter_map(|one| one["rank"].as_f64())
                    .collect();
                sum += judged.iter().sum::<f64>() / (levels.len() - 1) as f64;
                count += judged.len();
            }
            let counts: Vec<Value> = levels.iter().enumerate().map(|(rank, level)| {
                json!({"title": level["title"], "count": at(rank, false), "noData": at(rank, true)})
            }).collect();
            cards.push(json!({
                "identifier": id, "blueprint": card["blueprint"],
                "graded": results.iter().filter(|one| !one.is_null()).count(),
                "notApplicable": results.iter().filter(|one| one.is_null()).count(),
                "noData": results.iter().filter(|one| one["noData"] == true).count(),
                "levels": counts,
            }));
        }
        let mean = if count == 0 { f64::INFINITY } else { sum / count as f64 };
        let summary = json!({"team": name, "entities": entities.len(), "scorecards": cards});
        (name.is_none(), mean, name.unwrap_or_default().to_lowercase(), name.map(str::to_owned), summary)
    };
    let mut counted: Vec<_> = teams.into_iter().map(counted).collect();
    counted.sort_by(|one, other| {
        let by_mean = one.0.cmp(&other.0).then(one.1.total_cmp(&other.1));
        by_mean.then_with(|| (&one.2, &one.3).cmp(&(&other.2, &other.3)))
    });
    counted.into_iter().map(|(.., summary)| summary).collect()
}

#[test]
fn the_counts_of_teams_agree_with_the_naive_evaluator() {
    let mut runner = TestRunner::new(Config { cases: 32, failure_persistence: None, ..Config::default() });
    let with_teams = random::sets().prop_flat_map(|(set, entities)| {
        let team = prop::sample::select(vec![
            json!("b"),
            json!("B"),
            json!(["a", "b", "a"]),
            json!(["c"]),
            json!([]),
            json!("é "),
        ]);
        (Just(set), Just(entities.clone()), prop::collection::vec(team, entities.len()))
    });
    let outcome = runner.run(&with_teams, |(scorecards, mut entities, teams)| {
        for (entity, team) in entities.iter_mut().zip(teams) {
            entity["team"] = team;
        }
        let files = directory(&[("set.json", &serde_json::to_vec(&scorecards).expect("written"))]);
        let path = files.path().join("set.json").display().to_string();
        let stdin = serde_json::to_vec(&entities).expect("written");
        let print = |more: &[&str]| {
            let all =
                [&["evaluate", "-s", &path, "-e", "-", "-f", "json", "--as-of", AS_OF, "-q"], more].concat();
            run_with(&all, &stdin).stdout
        };
        let result: Value =
            serde_json::from_str(&print(&["--group-by", "team", "--threads", "2"])).expect("JSON");
        let expected = expected(&scorecards, &entities);
        prop_assert_eq!(&result["summary"]["teams"], &self::teams(&expected));
        prop_assert_eq!(faults(&validator(&schema("result")), &result), "");
        // nothing else differs
        let mut without = result;
        without["summary"].as_object_mut().expect("an object").remove("teams");
        prop_assert_eq!(&without, &serde_json::from_str::<Value>(&print(&[])).expect("JSON"));
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// Whether two values are the same, if numbers are compared as doubles.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(ones), Value::Array(others)) => {
            ones.len() == others.len() && ones.iter().zip(others).all(|(one, other)| same(one, other))
        }
        (Value::Object(ones), Value::Object(others)) => {
            ones.len() == others.len()
                && ones.iter().all(|(key, one)| others.get(key).is_some_and(|other| same(one, other)))
        }
        _ => one == other,
    }
}

#[test]
fn shown_properties_agree_with_the_naive_evaluator() {
    let names = [
        random::NUMBER,
        random::TEXT,
        random::MOMENT,
        random::LIST,
        "",
        "title",
        "größe 日本",
        "q\"\\/\n\u{1}",
    ];
    let mut arguments = vec!["evaluate", "-e", "-", "-f", "ndjson", "-q"];
    names.iter().for_each(|name| arguments.extend(["--show", name]));
    let mut runner = TestRunner::new(Config { cases: 48, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&random::entities(), |entities| {
        let run = run_with(&arguments, &serde_json::to_vec(&entities).expect("written"));
        prop_assert_eq!(run.code, 0, "{}", run.stderr);
        prop_assert_eq!(run.stdout.lines().count(), entities.len());
        for (line, entity) in run.stdout.lines().zip(&entities) {
            let line: Value = serde_json::from_str(line).expect("JSON");
            prop_assert_eq!(line["shown"].as_object().map(serde_json::Map::len), Some(names.len()));
            for name in names {
                let (shown, expected) = (&line["shown"][name], oracle::property_of(entity, name));
                prop_assert!(same(shown, &expected), "{name}: {shown} is not {expected}");
            }
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// Uses fewer sets, because starting the program takes longer than grading them.
#[test]
fn the_program_agrees_with_the_naive_evaluator() {
    let mut runner = TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&random::sets(), |(scorecards, entities)| {
        let set = serde_json::to_vec(&scorecards).expect("values can be written");
        let files = directory(&[("set.json", &set)]);
        let path = files.path().join("set.json");
        let stdin =
            serde_json::to_vec(&serde_json::json!({"ok": true, "entities": entities})).expect("written");
        let arguments = [
            "evaluate",
            "-s",
            path.to_str().expect("UTF-8"),
            "-e",
            "-",
            "-f",
            "json",
            "--as-of",
            AS_OF,
            "-q",
        ];
        let run = run_with(&arguments, &stdin);
        prop_assert_eq!(run.code, 0, "{}", run.stderr);
        let result: Value = serde_json::from_str(&run.stdout).expect("the result is JSON");
        prop_assert_eq!(without_digests(result), expected(&scorecards, &entities));
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}
