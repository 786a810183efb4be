//! The pipeline of GitLab.

use super::machine::Machine;
use super::{CARD, SERVICES, best_services};
use serde_json::Value;
use std::collections::BTreeSet;

pub(super) const PIPELINE: &str = "examples/ci/gitlab.yml";

fn machine(services: &str, card: &str) -> Machine {
    Machine::new(&[("services.json", services.as_bytes()), ("scorecards/card.json", card.as_bytes())])
}

#[test]
fn the_gate_writes_a_report_for_junit() {
    for (services, code) in [(best_services().as_str(), 0), (SERVICES, 1), ("[]", 3)] {
        let machine = machine(services, CARD);
        let (actual, text) = machine.gitlab(PIPELINE, "gate");
        assert_eq!(actual, code, "{text}");
        assert_eq!(machine.text("cargo.log"), "install --locked --path tools/dora-score\n");
        let report = machine.text("checkout/levels.xml");
        assert!(roxmltree::Document::parse(&report).is_ok(), "{report}");
    }
}

#[test]
#[ignore = "needs jq; .ci/run installs it and runs this"]
fn findings_become_a_report_of_code_quality() {
    // two rules with the same mistake, a rule without a title, and a name with a line break
    let rule = |identifier: &str| {
        format!(
            r#"{{"identifier": "{identifier}", "level": "Gold", "query": {{"combinator": "and", "conditions": [
            {{"property": "p\n\"", "operator": ">", "value": 5}}, {{"property": "p\n\"", "operator": "<", "value": 1}}]}}}}"#
        )
    };
    let card = format!(
        r#"{{"identifier": "a", "blueprint": "service", "levels": [{{"title": "Basic", "color": "paleBlue"}},
        {{"title": "Gold", "color": "gold"}}], "rules": [{}, {}]}}"#,
        rule("r"),
        rule("s")
    );
    for (card, code) in [(card.as_str(), 1), (CARD, 0), ("{", 2)] {
        let machine = machine(SERVICES, card);
        let (actual, text) = machine.gitlab(PIPELINE, "lint");
        assert_eq!(actual, code, "{text}");
        let report = machine.text("checkout/code-quality.json");
        if code == 2 {
            assert_eq!(report, "", "there are no findings");
            continue;
        }
        let report: Value = serde_json::from_str(&report).expect("a report");
        let issues = report.as_array().expect("an array");
        assert_eq!(issues.is_empty(), code != 1, "{report}");
        let mut fingerprints = BTreeSet::new();
        for issue in issues {
            assert!(["info", "minor", "major"].contains(&issue["severity"].as_str().expect("a severity")));
            assert_eq!(issue["location"]["path"], "scorecards/card.json");
            assert!(issue["location"]["lines"]["begin"].as_u64().is_some_and(|line| line >= 1));
            assert!(issue["description"].is_string() && issue["check_name"].is_string());
            assert!(fingerprints.insert(issue["fingerprint"].as_str().expect("a fingerprint")), "{report}");
        }
    }
}
