//! The pipeline of GitLab.

use super::machine::Machine;
use super::{CARD, SERVICES, best_services};
use serde_json::Value;

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
fn findings_become_a_report_of_code_quality() {
    let faulty = include_str!("../../../examples/faulty/change-failure-rate.json");
    for (card, code, log) in [
        (faulty, 1, "error[contradictory-conditions]"),
        (CARD, 0, "no findings in 1 scorecard"),
        ("{", 2, "error[truncated-json]"),
    ] {
        let machine = machine(SERVICES, card);
        let (actual, text) = machine.gitlab(PIPELINE, "lint");
        assert_eq!(actual, code, "{text}");
        assert!(text.contains(log), "the log of the job shows the findings: {text}");
        let report: Value =
            serde_json::from_str(&machine.text("checkout/code-quality.json")).expect("a report");
        let issues = report.as_array().expect("an array");
        assert_eq!(issues.is_empty(), code == 0, "{report}");
        assert!(issues.iter().all(|issue| issue["location"]["path"] == "scorecards/card.json"), "{report}");
    }
}
