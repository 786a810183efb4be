//! Digests of definitions: the same for what cannot change a result, different for what can.

use super::cards::{self, Fate};
use super::compare::{check, parsed};
use super::side::{key_of, list};
use crate::program::{Run, directory, run};
use crate::random;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The digests of the definitions in this text, by blueprint and identifier.
fn digests(text: &str, options: &[&str]) -> BTreeMap<(String, String), String> {
    let files = directory(&[("cards.jsonc", text.as_bytes()), ("none.json", b"[]")]);
    let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
    let (cards, none) = (path("cards.jsonc"), path("none.json"));
    let fixed = ["evaluate", "-q", "-s", &cards, "-e", &none, "-f", "json"];
    let Run { code, stdout, stderr } = run(&[&fixed, options].concat());
    assert_eq!(code, 0, "{stderr}");
    let digest = |card: &Value| (key_of(card), card["digest"].as_str().expect("a digest").to_owned());
    list(&parsed(&stdout)["summary"]["scorecards"]).iter().map(digest).collect()
}

/// JSON with the keys of all objects in the opposite order, comments and a comma at each end.
fn backwards(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let written = |(key, value): (&String, &Value)| format!("{}: {},", json!(key), backwards(value));
            format!("{{{}}} // an object\n", members.iter().rev().map(written).collect::<String>())
        }
        Value::Array(values) => {
            format!("[{}]", values.iter().map(|value| format!("{},\n", backwards(value))).collect::<String>())
        }
        other => other.to_string(),
    }
}

/// The same definition with other words for people, other colours and what is the default written out.
fn reworded(mut card: Value) -> Value {
    let mut levels = list(&card["levels"]).to_vec();
    if levels.is_empty() {
        levels = ["Basic", "Bronze", "Silver", "Gold"].map(|title| json!({"title": title})).to_vec();
    }
    levels.iter_mut().for_each(|level| level["color"] = json!("lime"));
    card["levels"] = json!(levels);
    card["title"] = json!("Another title");
    card["blueprint"] =
        card.get("blueprint").filter(|own| !own.is_null()).cloned().unwrap_or(json!("service"));
    card["createdAt"] = json!("2020-02-20T20:20:20Z");
    card["updatedBy"] = json!("someone");
    for rule in card["rules"].as_array_mut().into_iter().flatten() {
        rule["title"] = json!("Another rule");
        rule["description"] = json!("In other words");
    }
    card
}

fn is_digest(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

#[test]
fn a_digest_does_not_depend_on_the_date_nor_on_spelling() {
    check(25, random::scorecards(), |cards| {
        let text = json!(cards).to_string();
        let plain = digests(&text, &["--as-of", "2026-01-31"]);
        prop_assert_eq!(plain.len(), cards.len());
        prop_assert!(plain.values().all(|digest| is_digest(digest)), "{:?}", plain);
        prop_assert_eq!(&digests(&text, &["--as-of", "2031-07-08T09:10:11Z"]), &plain);
        prop_assert_eq!(&digests(&backwards(&json!(cards)), &[]), &plain);
        let words: Vec<Value> = cards.iter().cloned().map(reworded).collect();
        prop_assert_eq!(&digests(&json!({"scorecards": words}).to_string(), &[]), &plain);
        let mut reversed = cards.clone();
        reversed.reverse();
        prop_assert_eq!(&digests(&format!("{:#}", json!(reversed)), &[]), &plain);
        Ok(())
    });
}

#[test]
fn a_digest_changes_with_levels_and_rules_but_not_with_titles() {
    let one = cards::cards().prop_map(|cards| vec![cards[0].clone()]);
    check(20, one, |cards| {
        let of = |fate: Fate| {
            let text = json!(cards::definitions(&cards, &[fate])).to_string();
            digests(&text, &[]).into_values().collect::<Vec<_>>()
        };
        let plain = of(Fate::Same);
        prop_assert_eq!(&of(Fate::Retitled), &plain);
        prop_assert_eq!(&of(Fate::Respelled), &plain);
        prop_assert_ne!(&of(Fate::Extended), &plain);
        let titles = cards[0].titles(Fate::Same);
        prop_assert_eq!(of(Fate::Reversed) == plain, titles.len() == 1);
        let has_rules = list(&cards[0].definition(Fate::Same)["rules"]).is_empty();
        prop_assert_eq!(of(Fate::Raised) == plain, has_rules);
        prop_assert_eq!(of(Fate::Shorter) == plain, has_rules);
        Ok(())
    });
}

#[test]
fn a_digest_changes_with_a_threshold_or_a_property_that_an_option_sets() {
    let condition = json!({"property": "n", "operator": ">=", "value": 1});
    let rule = json!({"identifier": "r", "level": "Bronze", "query": {"combinator": "and", "conditions": [condition]}});
    let card = json!([{"identifier": "card", "rules": [rule]}]).to_string();
    let of = |text: &str, options: &[&str]| digests(text, options).into_values().next();
    let plain = of(&card, &[]);
    assert_eq!(of(&card, &["--set", "card/r=1"]), plain);
    assert_ne!(of(&card, &["--set", "card/r=2"]), plain);
    assert_eq!(of(&card, &["--set", "card/r=2"]), of(&card.replace("\"value\":1", "\"value\":2"), &[]));
    assert_ne!(of(&card, &["--alias", "n=m"]), plain);
    assert_eq!(of(&card, &["--alias", "n=m"]), of(&card.replace("\"n\"", "\"m\""), &[]));
    assert_ne!(of(&card, &["--blueprint", "other"]), None);
    assert_ne!(of(&card, &["--blueprint", "other"]), plain);
}
