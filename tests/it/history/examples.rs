//! The examples of the published shapes come out of the naive implementation.

use super::compare::difference;
use super::naive_diff::{Input, diff};
use super::naive_trend::{Options, trend};
use super::written::{dated, document, pair};
use serde_json::{Value, json};

fn rename(document: &mut Value, names: &[(&str, &str)]) {
    for entity in document["entities"].as_array_mut().expect("an array") {
        for (from, to) in names {
            if entity["identifier"] == *from {
                entity["title"] = json!(to);
            }
        }
        if entity["identifier"] == "checkout" || entity["identifier"] == "ledger" {
            entity["team"] = json!(["payments"]);
        }
    }
    document["summary"]["scorecards"][0]["title"] = json!("Change Failure Rate");
}

const NAMES: [(&str, &str); 3] = [("checkout", "Checkout"), ("ledger", "Ledger"), ("old", "Old")];

#[test]
fn the_example_of_a_diff_comes_out() {
    let mut before = document("checkout.dora_cfr=Gold ledger.dora_cfr=Basic old.dora_cfr=Basic");
    before["asOf"] = json!("2026-01-01T00:00:00Z");
    let mut after = document("ledger.dora_cfr=Basic? checkout.dora_cfr=Bronze new.dora_cfr=Silver");
    after["asOf"] = Value::Null;
    rename(&mut before, &NAMES);
    rename(&mut after, &NAMES);
    let (before, after) = (before.to_string(), after.to_string());
    let options = pair("", "", "down").options;
    let outcome =
        diff(Input { name: "last.json", text: &before }, Input { name: "now.json", text: &after }, &options);
    let outcome = outcome.expect("it is compared");
    let flipped = |identifier: &str, level: &str| {
        let [from, to] = ["SUCCESS", "FAILURE"];
        json!({"identifier": identifier, "level": level, "from": from, "to": to})
    };
    let expected = json!({
        "schemaVersion": 1, "kind": "diff",
        "before": {"file": "last.json", "asOf": "2026-01-01T00:00:00Z", "entities": 3},
        "after": {"file": "now.json", "asOf": null, "entities": 3},
        "scorecards": [{
            "identifier": "dora_cfr", "title": "Change Failure Rate", "blueprint": "service", "in": "both",
            "definition": "same", "up": 0, "down": 1, "entered": 0, "left": 0, "appeared": 1, "disappeared": 1,
            "gainedData": 0, "lostData": 1, "rules": 0, "same": 0,
            "pairs": [{"from": "Basic", "to": "Basic", "count": 1}, {"from": "Gold", "to": "Bronze", "count": 1}],
        }],
        "moved": 4,
        "moves": [
            {"identifier": "ledger", "title": "Ledger", "blueprint": "service", "team": ["payments"], "moves": [
                {"scorecard": "dora_cfr", "direction": "lostData", "from": "Basic", "to": "Basic", "rules": []},
            ]},
            {"identifier": "checkout", "title": "Checkout", "blueprint": "service", "team": ["payments"], "moves": [
                {"scorecard": "dora_cfr", "direction": "down", "from": "Gold", "to": "Bronze",
                    "rules": [flipped("silver", "Silver"), flipped("gold", "Gold")]},
            ]},
            {"identifier": "new", "title": "new", "blueprint": "service", "moves": [
                {"scorecard": "dora_cfr", "direction": "appeared", "from": null, "to": "Silver", "rules": []},
            ]},
            {"identifier": "old", "title": "Old", "blueprint": "service", "moves": [
                {"scorecard": "dora_cfr", "direction": "disappeared", "from": "Basic", "to": null, "rules": []},
            ]},
        ],
        "failOn": {"passed": false, "culprits": [
            {"identifier": "checkout", "blueprint": "service", "scorecard": "dora_cfr"},
        ]},
    });
    assert_eq!(difference(&outcome.document, &expected, ""), None);
    assert_eq!(difference(&expected, &outcome.document, ""), None);
    assert_eq!(outcome.codes, [1]);
}

#[test]
fn the_example_of_a_trend_comes_out() {
    let file = |index: usize, said: &str| {
        let mut document = dated(&format!("2026-0{index}-01T00:00:00Z"), said);
        rename(&mut document, &NAMES);
        (format!("{index}.json"), document.to_string())
    };
    let files = [
        file(3, "checkout.dora_cfr=Silver ledger.dora_cfr=Basic?"),
        file(1, "checkout.dora_cfr=Basic ledger.dora_cfr=Basic?"),
        file(2, "ledger.dora_cfr=Basic checkout.dora_cfr=-"),
    ];
    let options = Options {
        blueprint: "service".to_owned(),
        definitions: Vec::new(),
        below: None,
        row: 3,
        skips: false,
        fails: true,
    };
    let outcome = trend(&files, &options).expect("there are enough dates");
    let counts = |month: usize, applicable: [usize; 3], levels: [usize; 4]| {
        let [graded, not_applicable, no_data] = applicable;
        let named = [("Basic", "paleBlue"), ("Bronze", "bronze"), ("Silver", "silver"), ("Gold", "gold")];
        let level = |((title, color), count)| json!({"title": title, "color": color, "count": count});
        json!({
            "asOf": format!("2026-0{month}-01T00:00:00Z"),
            "graded": graded, "notApplicable": not_applicable, "noData": no_data,
            "levels": named.into_iter().zip(levels).map(level).collect::<Vec<_>>(),
        })
    };
    let expected = json!({
        "schemaVersion": 1, "kind": "trend",
        "dates": ["2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"], "for": 3,
        "scorecards": [{
            "identifier": "dora_cfr", "title": "Change Failure Rate", "blueprint": "service", "below": "Bronze",
            "up": 1, "down": 0, "stuck": 1,
            "dates": [
                counts(1, [2, 0, 1], [2, 0, 0, 0]),
                counts(2, [1, 1, 0], [1, 0, 0, 0]),
                counts(3, [2, 0, 1], [1, 0, 1, 0]),
            ],
        }],
        "moves": [{"identifier": "checkout", "title": "Checkout", "blueprint": "service",
            "moves": [{"scorecard": "dora_cfr", "direction": "up", "from": "Basic", "to": "Silver"}]}],
        "stuck": [{"identifier": "ledger", "title": "Ledger", "blueprint": "service", "team": ["payments"],
            "stuck": [{"scorecard": "dora_cfr", "level": "Basic", "noData": true, "since": "2026-01-01T00:00:00Z"}]}],
    });
    assert_eq!(difference(&outcome.document, &expected, ""), None);
    assert_eq!(difference(&expected, &outcome.document, ""), None);
    assert_eq!(outcome.codes, [1]);
}
