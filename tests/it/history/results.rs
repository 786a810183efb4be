//! Results of the program, made from random definitions and entities, and bent to what it does not print.

use super::side::{key_of, list, text};
use crate::program::{directory, run_with};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// The forms in which results are given.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Form {
    /// `evaluate -f json`
    Document,
    /// `evaluate -f ndjson`
    Lines,
    /// Entities as Port exports them, with rules or without, in one of [`PORT_FORMS`] ways.
    Port { has_rules: bool, way: usize },
}

const PORT_FORMS: usize = 4;

pub(crate) fn forms() -> BoxedStrategy<Form> {
    prop_oneof![
        9 => Just(Form::Document),
        2 => Just(Form::Lines),
        3 => (any::<bool>(), 0..PORT_FORMS).prop_map(|(has_rules, way)| Form::Port { has_rules, way }),
    ]
    .boxed()
}

/// What is bent in a result, of some entity and some scorecard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Bend {
    Level(usize),
    Data,
    NoData,
    NoRank,
    NoRules,
    Rule,
    NotApplicable,
    NoResult,
    // in documents only
    NoDigest,
    Digest,
    Title,
    // mistakes
    Twice,
    Count,
    Kind,
    Version,
}

pub(crate) type Bends = Vec<(usize, usize, Bend)>;

pub(crate) fn bends() -> BoxedStrategy<Bends> {
    let bend = prop_oneof![
        6 => (0..5_usize).prop_map(Bend::Level),
        8 => select(vec![Bend::Data, Bend::NoData, Bend::NoRules, Bend::Rule]),
        4 => select(vec![Bend::NotApplicable, Bend::NoResult, Bend::NoDigest, Bend::Title]),
        2 => select(vec![Bend::Digest, Bend::NoRank]),
        1 => select(vec![Bend::Twice, Bend::Count, Bend::Kind, Bend::Version]),
    ];
    let some = (0..8_usize, 0..3_usize, bend);
    prop_oneof![2 => Just(Vec::new()), 1 => vec(some, 1..5)].boxed()
}

/// What `evaluate` prints about these entities.
pub(crate) fn evaluate(definitions: &[Value], entities: &[Value], options: &[&str]) -> String {
    let files = directory(&[("cards.json", json!(definitions).to_string().as_bytes())]);
    let path = files.path().join("cards.json");
    let path = path.to_str().expect("UTF-8");
    let stream: String = entities.iter().map(|entity| format!("{entity}\n")).collect();
    let fixed = ["evaluate", "-q", "-s", path, "-e", "-"];
    let run = run_with(&[&fixed, options].concat(), stream.as_bytes());
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout
}

/// Bends a document of `evaluate -f json`. Counts of the summary stay right, but for [`Bend::Count`].
pub(crate) fn bent(text: &str, bends: &Bends) -> Value {
    let mut document: Value = serde_json::from_str(text).expect("a document");
    for (entity, card, bend) in bends {
        bend_document(&mut document, *card, *bend);
        let summary = document["summary"]["scorecards"].clone();
        let entities = document["entities"].as_array_mut().expect("an array");
        if entities.is_empty() {
            continue;
        }
        let index = entity % entities.len();
        if *bend == Bend::Twice {
            entities.push(entities[index].clone());
            continue;
        }
        bend_entity(&mut entities[index], *card, *bend, list(&summary));
    }
    recount(&mut document);
    if bends.iter().any(|(_, _, bend)| *bend == Bend::Count) {
        document["summary"]["entities"] = json!(99);
    }
    document
}

fn bend_document(document: &mut Value, card: usize, bend: Bend) {
    match bend {
        Bend::Kind => document["kind"] = json!("diff"),
        Bend::Version => document["schemaVersion"] = json!(2),
        _ => {}
    }
    let cards = document["summary"]["scorecards"].as_array_mut().expect("an array");
    let index = card % cards.len();
    match bend {
        Bend::NoDigest => drop(cards[index].as_object_mut().map(|card| card.remove("digest"))),
        Bend::Digest => cards[index]["digest"] = json!("0123456789abcdef"),
        Bend::Title => cards[index]["title"] = json!("Bent"),
        _ => {}
    }
}

fn bend_entity(entity: &mut Value, card: usize, bend: Bend, summary: &[Value]) {
    let blueprint = text(&entity["blueprint"]);
    let results = entity["scorecards"].as_object_mut().expect("an object");
    let Some(name) = results.keys().nth(card % results.len().max(1)).cloned() else { return };
    let result = &mut results[&name];
    match bend {
        Bend::NotApplicable => *result = Value::Null,
        Bend::NoResult => drop(results.remove(&name)),
        _ if result.is_null() => {}
        Bend::Level(level) => {
            let told = summary.iter().find(|told| key_of(told) == (blueprint.clone(), name.clone()));
            let levels = list(&told.expect("the summary has every scorecard")["levels"]);
            let rank = level % levels.len();
            result["level"] = levels[rank]["title"].clone();
            result["rank"] = json!(rank);
        }
        Bend::Data => result["noData"] = json!(result["noData"] == false),
        Bend::NoData => drop(result.as_object_mut().map(|result| result.remove("noData"))),
        Bend::NoRank => drop(result.as_object_mut().map(|result| result.remove("rank"))),
        Bend::NoRules => result["rules"] = json!([]),
        Bend::Rule => {
            for rule in result["rules"].as_array_mut().into_iter().flatten().take(1) {
                rule["status"] = json!(if rule["status"] == "SUCCESS" { "FAILURE" } else { "SUCCESS" });
            }
        }
        _ => {}
    }
}

/// Corrects the counts of the summary.
fn recount(document: &mut Value) {
    let entities = list(&document["entities"]).to_vec();
    document["summary"]["entities"] = json!(entities.len());
    for card in document["summary"]["scorecards"].as_array_mut().expect("an array") {
        let (blueprint, identifier) = key_of(card);
        let own = entities.iter().filter(|entity| entity["blueprint"] == blueprint.as_str());
        let all: Vec<&Value> = own.filter_map(|entity| entity["scorecards"].get(&identifier)).collect();
        let count = |test: &dyn Fn(&Value) -> bool| json!(all.iter().filter(|result| test(result)).count());
        card["graded"] = count(&|result| !result.is_null());
        card["notApplicable"] = count(&Value::is_null);
        card["noData"] = count(&|result| result["noData"] == true);
        for level in card["levels"].as_array_mut().expect("an array") {
            let title = level["title"].clone();
            level["count"] = count(&|result| result["level"] == title);
            level["noData"] = count(&|result| result["level"] == title && result["noData"] == true);
        }
        for rule in card["rules"].as_array_mut().expect("an array") {
            let has = |result: &Value, status: &str| {
                let mut rules = list(&result["rules"]).iter();
                rules.any(|own| own["identifier"] == rule["identifier"] && own["status"] == status)
            };
            let counts = ["SUCCESS", "FAILURE"].map(|status| count(&|result| has(result, status)));
            [rule["passed"], rule["failed"]] = counts;
        }
    }
}

fn lines(values: impl IntoIterator<Item = impl std::fmt::Display>) -> String {
    values.into_iter().map(|value| format!("{value}\n")).collect()
}

/// An entity of a result as Port exports it.
fn exported(entity: &Value, has_rules: bool) -> Value {
    let mut exported = entity.clone();
    exported["createdAt"] = json!("2026-01-01T00:00:00.000Z");
    exported["properties"] = json!({"n": 1});
    exported["relations"] = json!({});
    match list(&entity["team"]) {
        [] => exported["team"] = Value::Null,
        [one] => exported["team"] = one.clone(),
        _ => {}
    }
    if exported["title"] == exported["identifier"] {
        exported["title"] = Value::Null;
    }
    for result in exported["scorecards"].as_object_mut().expect("an object").values_mut() {
        if result.is_null() {
            continue;
        }
        let mut kept = json!({"level": result["level"]});
        if has_rules {
            kept["rules"] = result["rules"].clone();
        }
        *result = kept;
    }
    exported
}

/// A document in this form.
pub(crate) fn written(document: &Value, form: Form) -> String {
    let entities = list(&document["entities"]);
    match form {
        Form::Document => document.to_string(),
        Form::Lines => lines(entities),
        Form::Port { has_rules, way } => {
            let exported: Vec<Value> = entities.iter().map(|entity| exported(entity, has_rules)).collect();
            match way {
                0 => json!(exported).to_string(),
                1 => json!({"ok": true, "entities": exported}).to_string(),
                2 => lines(exported.chunks(2).map(|page| json!({"ok": true, "entities": page}))),
                _ => lines(exported),
            }
        }
    }
}

/// The text of a file of results.
pub(crate) fn results(
    definitions: &[Value],
    entities: &[Value],
    (form, bends): (Form, &Bends),
    options: &[&str],
) -> String {
    if bends.is_empty() && form == Form::Lines {
        // so that the order of the scorecards is that of the definitions
        return evaluate(definitions, entities, &[options, &["-f", "ndjson"]].concat());
    }
    let text = evaluate(definitions, entities, &[options, &["-f", "json"]].concat());
    if bends.is_empty() && form == Form::Document {
        return text;
    }
    written(&bent(&text, bends), form)
}
