//! Laws of the advice of `explain`, with random scorecards and entities.
//!
//! `PROPTEST_CASES` sets the number of cases.

use crate::{oracle, random};
use dora_score::program::{Chosen, ExplainFormat, Explaining};
use dora_score::{Entity, Grader, Input, Instant, Scope, Scorecards, Screen, Settings};
use proptest::prop_assert;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde_json::{Map, Value, json};
use std::cell::Cell;

const AS_OF: &str = "2026-08-22T00:00:00Z";

/// Converts an entity to Port's form, with `properties` and `relations`.
fn in_ports_form(entity: &Value) -> Map<String, Value> {
    let mut entity = entity.as_object().expect("an entity is an object").clone();
    if !entity.contains_key("properties") {
        let own: Map<String, Value> = entity
            .iter()
            .filter(|(key, _)| !oracle::RESERVED.contains(&key.as_str()))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        entity.insert("properties".to_owned(), Value::Object(own));
    }
    for key in ["properties", "relations"] {
        if !entity.get(key).is_some_and(Value::is_object) {
            entity.insert(key.to_owned(), json!({}));
        }
    }
    entity
}

/// The entity after these changes.
fn changed<'c>(entity: &Value, changes: impl IntoIterator<Item = &'c Value>) -> Value {
    let mut entity = in_ports_form(entity);
    for change in changes {
        let property = change["property"].as_str();
        let name = property.or(change["relation"].as_str()).expect("a change has a subject");
        let (place, name) = match (property, name.strip_prefix('$')) {
            (Some(_), Some(meta)) => (&mut entity, meta),
            (Some(_), None) => (entity["properties"].as_object_mut().expect("properties"), name),
            (None, _) => (entity["relations"].as_object_mut().expect("relations"), name),
        };
        if change["action"] == json!("remove") {
            place.remove(name);
        } else {
            place.insert(name.to_owned(), change["to"].clone());
        }
    }
    Value::Object(entity)
}

/// Compiles scorecards; `None` if they are invalid.
fn compiled(set: &Value) -> Option<Scorecards> {
    let source = dora_score::Source::new("random", set.to_string());
    let definitions = dora_score::read_definitions(vec![source], "service").ok()?;
    Some(Scorecards::new(definitions, Instant::parse(AS_OF).expect("it is a time"), "service"))
}

fn runner(usual: u32) -> TestRunner {
    let asked = std::env::var("PROPTEST_CASES").ok();
    let cases = asked.map_or(usual, |cases| cases.parse().expect("a number of cases"));
    TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() })
}

/// All explanations of one entity, as the JSON that the program prints.
fn explained(scorecards: &Scorecards, entity: &Value) -> Value {
    let wanted = scorecards.wanted().clone();
    let name = entity["identifier"].as_str().expect("an identifier").to_owned();
    let chosen = Chosen::Named(vec![name]);
    let settings = Settings { threads: std::num::NonZero::<usize>::MIN, ..Settings::default() };
    let explaining =
        Explaining { scorecards, scope: &Scope::default(), wanted: &wanted, chosen: &chosen, settings };
    let text = entity.to_string();
    let input = Input::open("entity", text.as_bytes());
    let selected = explaining.select(vec![input], |_| {}).expect("the entity is valid");
    let explanations = selected.explanations();
    let screen = Screen::PLAIN;
    // the other formats must also print something
    for format in [ExplainFormat::Text, ExplainFormat::Markdown] {
        assert!(!explanations.show(format, screen).is_empty());
    }
    // convert without text, because serde_json may read back a number that differs in the last digit
    serde_json::to_value(&explanations).expect("it can be written")
}

/// The naive evaluator grades the changed entities.
#[test]
fn the_advised_changes_reach_the_next_level_and_none_of_them_is_superfluous() {
    let (asked, advised) = (Cell::new(0_u32), Cell::new(0_u32));
    let outcome = runner(200).run(&random::sets(), |(set, entities)| {
        let scorecards = compiled(&Value::from(set.clone())).expect("the set is valid");
        let result = |entity: &Value, card: &str| {
            let as_of = AS_OF.parse().expect("it is a time");
            let graded = oracle::grade(&set, std::slice::from_ref(entity), "service", as_of);
            graded["entities"][0]["scorecards"][card].clone()
        };
        let rank = |entity: &Value, card: &str| result(entity, card)["rank"].as_u64();
        for entity in &entities {
            let document = explained(&scorecards, entity);
            let cards = document["entities"][0]["scorecards"].as_object().expect("an object");
            for (card, facts) in cards {
                let expected = result(entity, card);
                proptest::prop_assert_eq!(facts["rank"].as_u64(), expected["rank"].as_u64());
                proptest::prop_assert_eq!(&facts["noDataReason"], &expected["noDataReason"]);
                let has_data = facts["withoutData"].as_array().is_none_or(Vec::is_empty);
                proptest::prop_assert_eq!(has_data, facts["noDataReason"].is_null());
                let Some(next) = facts["next"]["rank"].as_u64() else { continue };
                asked.set(asked.get() + 1);
                let is_inactive = facts["noDataReason"] == "inactive";
                proptest::prop_assert_eq!(facts["next"]["noAdvice"] == "inactive", is_inactive);
                let Some(changes) = facts["next"]["changes"].as_array() else { continue };
                advised.set(advised.get() + 1);
                let after = changed(entity, changes);
                prop_assert!(rank(&after, card) >= Some(next), "{} {:?}\n{}", card, changes, after);
                for index in 0..changes.len() {
                    let fewer = changes.iter().enumerate().filter(|(at, _)| *at != index);
                    let fewer = changed(entity, fewer.map(|(_, change)| change));
                    prop_assert!(rank(&fewer, card) < Some(next), "{:?} has a superfluous change", changes);
                }
            }
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    let (asked, advised) = (asked.get(), advised.get());
    assert!(asked > 200 && advised * 10 > asked * 6, "advice on {advised} of {asked}");
}

/// The index of the level that an entity holds in the scorecard `card`; `None` if the entity is invalid.
fn rank_of(scorecards: &Scorecards, entity: &Value, card: &str) -> Option<usize> {
    let entity = Entity::from_value(entity, scorecards.wanted()).ok()?;
    let mut grader = Grader::new(scorecards);
    let graded = grader.grade(&entity);
    let outcome = graded.outcomes().find(|outcome| outcome.scorecard().identifier() == card)?;
    outcome.standing().map(|standing| standing.level)
}

/// A scorecard with the needs of a change as its only rule, at the level with index 1; `None` if they cannot be
/// written as conditions.
fn needs_as_scorecard(change: &Value, blueprint: &Value) -> Option<Scorecards> {
    let needs = change["needs"].as_array().expect("a change has needs");
    let conditions: Vec<Value> = needs
        .iter()
        .map(|need| {
            let mut condition = need.as_object().expect("a need is an object").clone();
            if let Some(mut range) = condition.remove("range") {
                if !range["preset"].is_null() {
                    range = json!({"preset": range["preset"]});
                }
                condition.insert("value".to_owned(), range);
            }
            for key in ["property", "relation"] {
                if !change[key].is_null() {
                    condition.insert(key.to_owned(), change[key].clone());
                }
            }
            Value::Object(condition)
        })
        .collect();
    compiled(
        &json!({"identifier": "needs", "blueprint": blueprint, "levels": [{"title": "No"}, {"title": "Yes"}],
        "rules": [{"identifier": "r", "level": "Yes", "query": {"combinator": "and", "conditions": conditions}}]}),
    )
}

/// Values to try for a property: all kinds of empty values, the advised value, and values in and near the needs.
fn values_to_try(change: &Value) -> Vec<Value> {
    let usual = json!([null, "", [], {}, false, true, 0, 1, -1, 7, 8.5, 1e9, -1e9, "a", "ab", "b", "some value", "7",
        "2026-08-22", "2026-08-21T12:00:00Z", "1970-01-01T00:00:00Z", "9999-12-31", ["a"], ["ab", 7], [0, 25, "b"],
        [null], {"a": 1}]);
    let mut values = usual.as_array().expect("an array").clone();
    values.push(change["to"].clone());
    for need in change["needs"].as_array().expect("an array") {
        let operand = &need["value"];
        let parts = operand.as_array().cloned().unwrap_or_else(|| vec![operand.clone()]);
        for part in parts.iter().chain([&need["range"]["from"], &need["range"]["to"]]) {
            values.extend(
                part.as_f64().into_iter().flat_map(|number| [number + 1.0, number - 1.0]).map(Value::from),
            );
            values.extend(part.as_str().map(|text| json!(format!("x{text}"))));
            values.extend(part.as_str().map(|text| json!(format!("{text}x"))));
            values.extend([part.clone(), json!([part]), json!([part, "a"])]);
        }
        values.push(operand.clone());
    }
    values
}

/// The changes that replace the advised value by another one that meets the needs. The needs are judged by grading.
fn alternatives(entity: &Value, change: &Value, blueprint: &Value) -> Option<Vec<Value>> {
    let needs = needs_as_scorecard(change, blueprint)?;
    let removal = json!({"action": "remove", "to": null});
    let others = values_to_try(change).into_iter().map(|to| json!({"action": "set", "to": to}));
    let merged = std::iter::once(removal).chain(others).map(|other| {
        let mut one = change.clone();
        one["action"] = other["action"].clone();
        one["to"] = other["to"].clone();
        one
    });
    Some(merged.filter(|one| rank_of(&needs, &changed(entity, [one]), "needs") == Some(1)).collect())
}

/// Replaces the advised values by others that meet the needs: one at a time, and all at once.
fn check_needs(
    scorecards: &Scorecards,
    entity: &Value,
    card: &str,
    facts: &Value,
) -> Result<u32, TestCaseError> {
    let (Some(next), Some(changes)) = (facts["next"]["rank"].as_u64(), facts["next"]["changes"].as_array())
    else {
        return Ok(0);
    };
    let blueprint = &facts["blueprint"];
    let found: Option<Vec<_>> =
        changes.iter().map(|change| alternatives(entity, change, blueprint)).collect();
    let Some(found) = found else { return Ok(0) };
    let most = found.iter().map(Vec::len).max().unwrap_or_default();
    let all_at_once = (0..most).map(|round| {
        let pick =
            |(place, all): (usize, &Vec<Value>)| all.get((round * (place + 1)) % all.len().max(1)).cloned();
        found.iter().enumerate().map(pick).collect::<Option<Vec<Value>>>()
    });
    let one_at_a_time = found.iter().enumerate().flat_map(|(place, all)| {
        all.iter().map(move |one| {
            let mut set = changes.clone();
            set[place] = one.clone();
            Some(set)
        })
    });
    let mut tried = 0;
    for set in all_at_once.chain(one_at_a_time) {
        let set = set.expect("the advised value meets the needs");
        let after = changed(entity, &set);
        let rank = rank_of(scorecards, &after, card).map(|rank| rank as u64);
        prop_assert!(rank >= Some(next), "{} with {:?}\nadvice: {:?}", card, set, changes);
        tried += 1;
    }
    Ok(tried)
}

#[test]
fn every_value_that_meets_the_needs_of_all_changes_reaches_the_level() {
    let tried = Cell::new(0);
    let outcome = runner(100).run(&random::sets(), |(set, entities)| {
        let scorecards = compiled(&Value::from(set)).expect("the set is valid");
        for entity in &entities {
            let document = explained(&scorecards, entity);
            for explained in document["entities"].as_array().expect("an array") {
                for (card, facts) in explained["scorecards"].as_object().expect("an object") {
                    let mut facts = facts.clone();
                    facts["blueprint"] = explained["blueprint"].clone();
                    tried.set(tried.get() + check_needs(&scorecards, entity, card, &facts)?);
                }
            }
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    assert!(tried.get() > 1_000, "only {} values were tried", tried.get());
}
