//! The commands of the workflows in the examples do what their guides say.

mod expression;
mod gate;
mod gitlab;
mod hook;
mod machine;
mod monorepo;
mod nightly;
mod pages;

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const SERVICES: &str = include_str!("../../../examples/entities/services.json");
const CARD: &str = include_str!("../../../examples/scorecards/service_3_change_failure_rate.json");

/// A file of waivers that excuses every result.
const WAIVE_ALL: &str =
    r#"{"waivers": [{"entity": "*", "scorecard": "*", "reason": "it starts", "expires": "9999-12-31"}]}"#;
const WAIVE_NOTHING: &str = r#"{"waivers": []}"#;

/// The services for which this holds.
fn services_where(is_meant: impl Fn(&Value) -> bool) -> String {
    let document: Value = serde_json::from_str(SERVICES).expect("JSON");
    let all = document["entities"].as_array().expect("entities");
    Value::Array(all.iter().filter(|entity| is_meant(entity)).cloned().collect()).to_string()
}

/// The services whose first team is this one.
fn services_of(team: &str) -> String {
    services_where(|entity| entity["team"][0] == team)
}

/// The services at the highest level of each scorecard.
fn best_services() -> String {
    services_where(|entity| entity["identifier"] == "booking-api" || entity["identifier"] == "seat-map")
}

/// The services after one of them became worse: Café Kiosk falls from Bronze to Basic.
fn worse_services() -> String {
    SERVICES.replace("\"change_failure_rate\": 25,", "\"change_failure_rate\": 35,")
}

/// A workflow whose commands no test runs would get out of date.
#[test]
fn every_workflow_in_the_examples_is_run() {
    let examples = std::fs::read_dir(Path::new(ROOT).join("examples")).expect("there are examples");
    let mut found = BTreeSet::new();
    for directory in examples.map(|entry| entry.expect("it can be read").path()).filter(|path| path.is_dir())
    {
        for file in std::fs::read_dir(directory).expect("it can be listed") {
            let path = file.expect("it can be read").path();
            if path.extension().is_some_and(|extension| extension == "yml" || extension == "yaml") {
                let path = path.strip_prefix(ROOT).expect("it is below");
                found.insert(path.to_str().expect("UTF-8").replace('\\', "/"));
            }
        }
    }
    let run = [
        gate::WORKFLOW,
        gitlab::PIPELINE,
        gitlab::MONOREPO,
        monorepo::WORKFLOW,
        nightly::WORKFLOW,
        pages::BADGES,
        pages::PAGE,
    ];
    assert_eq!(found, run.map(str::to_owned).into());
}
