//! The workflow of a repository in which each team gates its part.

use super::machine::{Machine, document};
use super::{CARD, WAIVE_ALL, WAIVE_NOTHING, services_of};
use serde_json::Value;

pub(super) const WORKFLOW: &str = "examples/ci/monorepo.yml";
/// The file that the workflow is copied to.
const COPY: &str = ".github/workflows/teams.yml";

/// A checkout of the merge of a change.
fn merged(change: &str) -> Machine {
    let mttr = include_bytes!("../../../examples/scorecards/service_4_mttr.json");
    let machine = Machine::new(&[
        ("scorecards/cfr.json", CARD.as_bytes()),
        ("scorecards/mttr.json", mttr),
        ("teams/booking/services.json", services_of("booking").as_bytes()),
        ("teams/payments/services.json", services_of("payments").as_bytes()),
        ("teams/harbour/services.json", services_of("harbour").as_bytes()),
        ("waivers/payments.json", WAIVE_NOTHING.as_bytes()),
        (COPY, b"before"),
    ]);
    machine.succeed("git init -q -b main . && git config user.name a && git config user.email a@localhost");
    machine.succeed("git add . && git commit -q -m before");
    machine.succeed(&format!("git switch -q -c change && {change} && git add . && git commit -q -m change"));
    machine.succeed("git switch -q main && git merge -q --no-ff -m merge change");
    machine
}

/// The exit codes of the gates of the three teams after a change, and the summary.
fn gates(change: &str) -> (Vec<Option<i32>>, String) {
    let mut machine = merged(change);
    let jobs = machine.github(WORKFLOW, "team");
    assert_eq!(jobs.len(), 3);
    (jobs.iter().map(|job| job.step("gate").code).collect(), machine.text("summary"))
}

#[test]
fn a_pull_request_is_judged_by_the_teams_that_it_changes() {
    assert_eq!(gates("echo a > README.md"), (vec![None, None, None], String::new()));
    let (codes, summary) = gates("echo a > teams/payments/README.md");
    assert_eq!(codes, [None, Some(1), None]);
    assert!(summary.contains("Tariff Calculator") && !summary.contains("Booking API"), "{summary}");
    let (codes, _) = gates("echo a > teams/booking/README.md");
    assert_eq!(codes, [Some(1), None, None]);
    let all = [Some(1), Some(1), Some(0)];
    for path in ["scorecards/README.md", COPY, "tools/dora-score/main.rs"] {
        let (codes, _) = gates(&format!("mkdir -p tools/dora-score && echo a > {path}"));
        assert_eq!(codes, all, "{path} decides for all teams");
    }
    let good = "echo '[{\"identifier\": \"a\", \"change_failure_rate\": 1, \"total_deployments\": 900, \
        \"mean_time_to_recovery\": 1, \"total_incidents\": 3}]' > teams/payments/services.json";
    assert_eq!(gates(good).0, [None, Some(0), None]);
}

#[test]
fn a_team_can_have_waivers_or_only_be_shown() {
    assert_eq!(gates(&format!("echo '{WAIVE_ALL}' > waivers/payments.json")).0, [None, Some(0), None]);
    assert_eq!(gates("echo '{' > waivers/payments.json").0, [None, Some(2), None]);
    assert_eq!(gates("git rm -q waivers/payments.json").0, [None, Some(2), None]);
    let (codes, summary) = gates("echo a > teams/harbour/README.md");
    assert_eq!(codes, [None, None, Some(0)]);
    assert!(summary.contains("**Gate failed:**"), "{summary}");
    assert_eq!(gates("echo '{' > teams/harbour/services.json").0, [None, None, Some(2)]);
}

#[test]
fn scorecards_are_linted_if_they_change() {
    for (change, code) in [
        ("echo a > README.md", None),
        ("echo a > teams/booking/README.md", None),
        ("echo a > scorecards/README.md", Some(0)),
        ("echo '{}' > scorecards/a.json", Some(2)),
    ] {
        let mut machine = merged(change);
        let job = machine.github(WORKFLOW, "lint").remove(0);
        assert_eq!(job.step("lint").code, code, "{change}: {job:?}");
        assert_eq!(job.step("install").code.is_some(), code.is_some(), "{change}");
    }
}

#[test]
fn the_required_check_fails_if_a_job_fails_or_does_not_run() {
    let jobs = &document(WORKFLOW)["jobs"];
    let others = jobs.as_object().expect("jobs").keys().filter(|name| *name != "teams").map(String::as_str);
    let mut others: Vec<&str> = others.collect();
    let needs = jobs["teams"]["needs"].as_array().expect("a list").iter().map(Value::as_str);
    let mut needs: Vec<&str> = needs.map(|name| name.expect("a name")).collect();
    others.sort_unstable();
    needs.sort_unstable();
    assert_eq!(needs, others, "a job that is not needed would be forgotten");
    for (result, code) in [("success", 0), ("failure", 1), ("cancelled", 1), ("skipped", 1)] {
        for failing in &needs {
            let mut machine = Machine::new(&[]);
            for name in &needs {
                let result = if name == failing { result } else { "success" };
                machine.values.insert(format!("needs.{name}.result"), result.to_owned());
            }
            let job = machine.github(WORKFLOW, "teams").remove(0);
            assert_eq!(job.step("all jobs succeeded").code, Some(code), "{failing}: {result}");
        }
    }
}
