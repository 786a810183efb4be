//! The workflow of a repository in which each team gates its part.

use super::machine::Machine;
use super::{CARD, services_of};

pub(super) const WORKFLOW: &str = "examples/ci/monorepo.yml";

/// The exit codes of the gates of the two teams after a change, and the summary.
fn gates(change: &str) -> (Vec<Option<i32>>, String) {
    let mttr = include_bytes!("../../../examples/scorecards/service_4_mttr.json");
    let mut machine = Machine::new(&[
        ("scorecards/cfr.json", CARD.as_bytes()),
        ("scorecards/mttr.json", mttr),
        ("teams/booking/services.json", services_of("booking").as_bytes()),
        ("teams/payments/services.json", services_of("payments").as_bytes()),
    ]);
    machine.succeed("git init -q -b main . && git config user.name a && git config user.email a@localhost");
    machine.succeed("git add . && git commit -q -m before");
    machine.succeed(&format!("git switch -q -c change && {change} && git add . && git commit -q -m change"));
    machine.succeed("git switch -q main && git merge -q --no-ff -m merge change");
    let jobs = machine.github(WORKFLOW, "team");
    assert_eq!(jobs.len(), 2);
    (jobs.iter().map(|job| job.step("gate").code).collect(), machine.text("summary"))
}

#[test]
fn a_pull_request_is_judged_by_the_teams_that_it_changes() {
    assert_eq!(gates("echo a > README.md"), (vec![None, None], String::new()));
    let (codes, summary) = gates("echo a > teams/payments/README.md");
    assert_eq!(codes, [None, Some(1)]);
    assert!(summary.contains("Tariff Calculator") && !summary.contains("Booking API"), "{summary}");
    let (codes, _) = gates("echo a > teams/booking/README.md");
    assert_eq!(codes, [Some(1), None]);
    assert_eq!(gates("echo a > scorecards/README.md").0, [Some(1), Some(1)]);
    let good = "echo '[{\"identifier\": \"a\", \"change_failure_rate\": 1, \"total_deployments\": 900, \
        \"mean_time_to_recovery\": 1, \"total_incidents\": 3}]' > teams/payments/services.json";
    assert_eq!(gates(good).0, [None, Some(0)]);
}

#[test]
fn the_required_check_fails_if_a_team_fails_or_is_not_judged() {
    for (result, code) in [("success", 0), ("failure", 1), ("cancelled", 1), ("skipped", 1)] {
        let mut machine = Machine::new(&[]);
        machine.values.insert("needs.team.result".to_owned(), result.to_owned());
        let job = machine.github(WORKFLOW, "teams").remove(0);
        assert_eq!(job.step("all teams hold their minimum").code, Some(code), "{result}");
    }
}
