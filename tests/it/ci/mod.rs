//! The commands of the workflows in the examples do what their guides say.

mod expression;
mod gate;
mod gitlab;
mod hook;
mod machine;
mod monorepo;
mod nightly;
mod pages;

use machine::Machine;
use serde_json::{Value, json};
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

/// With `--no-data skip`, a gate would pass although what it asks for is missing.
#[test]
fn every_recipe_with_a_gate_judges_what_is_missing() {
    let rule = |level: &str| {
        json!({"identifier": level, "level": level, "query": {"combinator": "and", "conditions": [
            {"property": "readme", "operator": "isNotEmpty"}]}})
    };
    let card = json!({"identifier": "docs", "rules": [rule("Bronze"), rule("Silver")]}).to_string();
    for (readme, code) in [("null", 1), ("\"\"", 1), ("\"here\"", 0)] {
        let service = format!("{{\"identifier\": \"a\", \"readme\": {readme}}}");
        let files = [
            ("scorecards/card.json", &card),
            ("services.json", &service),
            ("teams/booking/a.json", &service),
        ];
        let files = files.map(|(name, text)| (name, text.as_bytes()));
        let job = Machine::new(&files).github(gate::WORKFLOW, "gate").remove(0);
        assert_eq!(job.step("gate").code, Some(code), "{readme}: {job:?}");
        for (pipeline, job) in [(gitlab::PIPELINE, "gate"), (gitlab::MONOREPO, "booking")] {
            assert_eq!(Machine::new(&files).gitlab(pipeline, job).0, code, "{readme}: {pipeline}");
        }
        let mut machine = Machine::new(&files);
        machine.values.insert("steps.changes.outputs.found".to_owned(), "yes".to_owned());
        let job = machine.github(monorepo::WORKFLOW, "team").remove(0);
        assert_eq!(job.step("gate").code, Some(code), "{readme}: {job:?}");
    }
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
