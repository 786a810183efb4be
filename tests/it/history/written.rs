//! Results for cases by hand, from short texts, and short texts of what a document says.

use super::naive_diff::Options;
use super::pairs::Pair;
use super::side::{list, text};
use super::verdict::FailOn;
use serde_json::{Map, Value, json};

pub(crate) const LEVELS: [&str; 4] = ["Basic", "Bronze", "Silver", "Gold"];
const COLORS: [&str; 4] = ["paleBlue", "bronze", "silver", "gold"];

/// A result of the scorecard with the usual levels, at this level. `?`: without data; `!`: the rule of Gold is turned.
fn result(said: &str) -> Value {
    let title = said.trim_end_matches(['?', '!']);
    if title == "-" {
        return Value::Null;
    }
    let rank = LEVELS.iter().position(|level| *level == title).expect("a level");
    let rule = |index: usize| {
        let passes = (rank >= index) != (index == 3 && said.ends_with('!'));
        let status = if passes { "SUCCESS" } else { "FAILURE" };
        json!({"identifier": LEVELS[index].to_lowercase(), "level": LEVELS[index], "status": status})
    };
    let rules: Vec<Value> = (1..4).map(rule).collect();
    let passed = rules.iter().filter(|rule| rule["status"] == "SUCCESS").count();
    let has_data = !said.contains('?');
    let mut result = json!({
        "level": title, "rank": rank, "noData": !has_data, "passed": passed, "total": 3, "rules": rules,
    });
    if !has_data {
        result["noDataReason"] = json!("missing");
    }
    result
}

fn summary(card: &str, results: &[&Value]) -> Value {
    let count = |test: &dyn Fn(&Value) -> bool| results.iter().filter(|result| test(result)).count();
    let level = |index: usize| {
        json!({
            "title": LEVELS[index],
            "color": COLORS[index],
            "count": count(&|result| result["level"] == LEVELS[index]),
            "noData": count(&|result| result["level"] == LEVELS[index] && result["noData"] == true),
        })
    };
    let rule = |index: usize| {
        let status = |status: &str| count(&|result| result["rules"][index - 1]["status"] == status);
        json!({
            "identifier": LEVELS[index].to_lowercase(), "title": LEVELS[index], "level": LEVELS[index],
            "passed": status("SUCCESS"), "failed": status("FAILURE"),
        })
    };
    json!({
        "identifier": card, "title": card, "blueprint": "service", "digest": "1111111111111111",
        "graded": count(&|result| !result.is_null()),
        "notApplicable": count(&Value::is_null),
        "noData": count(&|result| result["noData"] == true),
        "levels": (0..4).map(level).collect::<Vec<_>>(),
        "rules": (1..4).map(rule).collect::<Vec<_>>(),
    })
}

/// A result document: `ENTITY=LEVEL` of the scorecard `card`, or `ENTITY.SCORECARD=LEVEL`; `-` is not applicable.
pub(crate) fn document(said: &str) -> Value {
    let mut entities: Vec<(String, Map<String, Value>)> = Vec::new();
    let mut cards = Vec::new();
    for token in said.split_whitespace() {
        let (name, level) = token.split_once('=').expect("an entity and a level");
        let (entity, card) = name.split_once('.').unwrap_or((name, "card"));
        if !cards.contains(&card) {
            cards.push(card);
        }
        if !entities.iter().any(|(own, _)| own == entity) {
            entities.push((entity.to_owned(), Map::new()));
        }
        let found = entities.iter_mut().find(|(own, _)| own == entity).expect("it was added");
        found.1.insert(card.to_owned(), result(level));
    }
    if cards.is_empty() {
        cards.push("card");
    }
    let of = |card: &str| entities.iter().filter_map(|(_, results)| results.get(card)).collect::<Vec<_>>();
    let summaries: Vec<Value> = cards.iter().map(|card| summary(card, &of(card))).collect();
    let told: Vec<Value> = entities
        .iter()
        .map(|(name, results)| {
            json!({"identifier": name, "title": name, "blueprint": "service", "team": [], "scorecards": results})
        })
        .collect();
    json!({
        "schemaVersion": 1, "kind": "result", "asOf": "2026-01-31T00:00:00Z", "entities": told,
        "summary": {"entities": told.len(), "scorecards": summaries},
    })
}

/// A result document of a date.
pub(crate) fn dated(as_of: &str, said: &str) -> Value {
    let mut document = document(said);
    document["asOf"] = json!(as_of);
    document
}

fn fail_on(text: &str) -> FailOn {
    match text {
        "down" => FailOn::Down,
        "lost-data" => FailOn::LostData,
        "disappeared" => FailOn::Disappeared,
        "any" => FailOn::Any,
        "changed-rules" => FailOn::ChangedRules,
        _ => {
            let limit = text.strip_prefix("below=").expect("a kind of --fail-on");
            match limit.split_once('=') {
                Some((card, level)) => FailOn::Below(Some(card.to_owned()), level.to_owned()),
                None => FailOn::Below(None, limit.to_owned()),
            }
        }
    }
}

/// A pair of files with these kinds of `--fail-on`, separated by spaces.
pub(crate) fn pair(before: impl ToString, after: impl ToString, kinds: &str) -> Pair {
    let fail_on = kinds.split_whitespace().map(fail_on).collect();
    let options = Options { blueprint: "service".to_owned(), fail_on, ..Options::default() };
    Pair { texts: [before.to_string(), after.to_string()], options }
}

fn or_dash(value: &Value) -> &str {
    value.as_str().unwrap_or("-")
}

/// The changes of a document of `diff`, sorted: `ENTITY SCORECARD KIND FROM>TO` and the rules that flipped.
pub(crate) fn changes(document: &Value) -> Vec<String> {
    let mut changes = Vec::new();
    for entity in list(&document["moves"]) {
        for change in list(&entity["moves"]) {
            let (from, to) = (or_dash(&change["from"]), or_dash(&change["to"]));
            let mut said = ["identifier"].map(|key| text(&entity[key])).to_vec();
            said.extend(["scorecard", "direction"].map(|key| text(&change[key])));
            said.push(format!("{from}>{to}"));
            said.extend(list(&change["rules"]).iter().map(|rule| text(&rule["identifier"])));
            changes.push(said.join(" "));
        }
    }
    changes.sort();
    changes
}

/// Those that are stuck in a document of `trend`: `ENTITY SCORECARD LEVEL DAY`, and a `?` without data.
pub(crate) fn stuck(document: &Value) -> Vec<String> {
    let mut all = Vec::new();
    for entity in list(&document["stuck"]) {
        for one in list(&entity["stuck"]) {
            let mark = if one["noData"] == true { "?" } else { "" };
            let (name, card, level) =
                (text(&entity["identifier"]), text(&one["scorecard"]), text(&one["level"]));
            let since = text(&one["since"]).chars().take(10).collect::<String>();
            all.push(format!("{name} {card} {level}{mark} {since}"));
        }
    }
    all
}
