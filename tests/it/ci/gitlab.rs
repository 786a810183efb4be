//! The pipeline of GitLab.

use super::machine::{Machine, gitlab_runs};
use super::{CARD, SERVICES, best_services, services_of};
use serde_json::Value;

pub(super) const PIPELINE: &str = "examples/ci/gitlab.yml";
pub(super) const MONOREPO: &str = "examples/ci/gitlab-monorepo.yml";

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
    let cases = [
        (faulty, 1, "error[contradictory-conditions]"),
        (CARD, 0, "no findings in 1 scorecard"),
        ("{", 2, "error[truncated-json]"),
    ];
    for (pipeline, (card, code, log)) in
        [PIPELINE, MONOREPO].into_iter().flat_map(|file| cases.map(|case| (file, case)))
    {
        let machine = machine(SERVICES, card);
        let (actual, text) = machine.gitlab(pipeline, "lint");
        assert_eq!(actual, code, "{text}");
        assert!(text.contains(log), "the log of the job shows the findings: {text}");
        let report: Value =
            serde_json::from_str(&machine.text("checkout/code-quality.json")).expect("a report");
        let issues = report.as_array().expect("an array");
        assert_eq!(issues.is_empty(), code == 0, "{report}");
        assert!(issues.iter().all(|issue| issue["location"]["path"] == "scorecards/card.json"), "{report}");
    }
}

#[test]
fn each_team_of_a_monorepo_is_judged_by_its_own_minimum_and_waivers() {
    let mttr = include_bytes!("../../../examples/scorecards/service_4_mttr.json");
    let gate = |job: &str, waivers: &str| {
        let team = |name: &str| (format!("teams/{name}/services.json"), services_of(name));
        let machine = Machine::new(&[
            ("scorecards/cfr.json", CARD.as_bytes()),
            ("scorecards/mttr.json", mttr),
            ("waivers/payments.json", waivers.as_bytes()),
        ]);
        for (name, services) in ["booking", "payments", "harbour"].map(team) {
            machine.write(&name, services.as_bytes());
        }
        let (code, text) = machine.gitlab(MONOREPO, job);
        let report = machine.text("checkout/levels.xml");
        assert!(report.is_empty() || roxmltree::Document::parse(&report).is_ok(), "{report}");
        (code, text, report)
    };
    let all = super::WAIVE_ALL;
    for (job, waivers, code, verdict) in [
        ("booking", all, 1, "gate failed: "),
        ("payments", super::WAIVE_NOTHING, 1, "gate failed: "),
        ("payments", all, 0, "gate passed: "),
        ("harbour", all, 0, "gate failed: "),
        ("payments", "{", 2, "waivers/payments.json:1:"),
    ] {
        let (actual, text, report) = gate(job, waivers);
        assert_eq!(actual, code, "{job}: {text}");
        assert!(text.contains(verdict), "{job}: {text}");
        assert_eq!(report.contains("<testcase"), code != 2, "{report}");
    }
}

#[test]
fn a_merge_request_is_judged_by_the_teams_that_it_changes() {
    let judged = |changed: &str| {
        let jobs = ["booking", "payments", "harbour", "lint"].into_iter();
        jobs.filter(|job| gitlab_runs(MONOREPO, job, changed)).collect::<Vec<_>>()
    };
    for (changed, jobs) in [
        ("README.md", &["lint"][..]),
        ("teams/booking/a/b.json", &["booking", "lint"]),
        ("teams/bookings/a.json", &["lint"]),
        ("waivers/payments.json", &["payments", "lint"]),
        ("teams/harbour/a.json", &["harbour", "lint"]),
    ] {
        assert_eq!(judged(changed), jobs, "{changed}");
    }
    for changed in ["scorecards/a.json", ".gitlab-ci.yml", "tools/dora-score/src/main.rs"] {
        assert_eq!(judged(changed), ["booking", "payments", "harbour", "lint"], "{changed}");
    }
}
