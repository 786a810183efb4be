//! The workflow that compares each night with the night before.

use super::machine::{Job, Machine};
use super::{SERVICES, worse_services};

pub(super) const WORKFLOW: &str = "examples/ci/nightly.yml";
/// A `curl` that keeps what is posted.
const CURL: &str = "#!/bin/sh\necho \"$@\" >> ../curl.log\n";

fn machine(branch: &str, address: &str) -> Machine {
    let mut machine = Machine::new(&[]);
    machine.fake("curl", CURL);
    machine.values.insert("github.ref".to_owned(), format!("refs/heads/{branch}"));
    machine.values.insert("secrets.SLACK_WEBHOOK_URL".to_owned(), address.to_owned());
    machine
}

/// Runs the workflow in a new checkout, which has the result of the last night.
fn night(machine: &mut Machine, services: &str) -> Job {
    machine.succeed("rm -f now.json changes.md message.json");
    machine.write("services.json", services.as_bytes());
    machine.github(WORKFLOW, "levels").remove(0)
}

#[test]
fn a_drop_fails_one_night_and_an_empty_result_is_never_stored() {
    let mut machine = machine("main", "https://hooks.invalid/a b");
    let nothing: Vec<&str> = Vec::new();
    assert_eq!(
        night(&mut machine, SERVICES).failed(),
        nothing,
        "the first night has nothing to compare with"
    );
    assert_eq!(night(&mut machine, SERVICES).failed(), nothing, "nothing changed");
    assert_eq!(machine.text("curl.log"), "");
    assert_eq!(night(&mut machine, &worse_services()).failed(), ["compare"], "a level dropped");
    let posted = "-sS --fail-with-body -H Content-Type: application/json --data-binary @message.json https://hooks.invalid/a b\n";
    assert_eq!(machine.text("curl.log"), posted);
    assert!(machine.text("checkout/message.json").contains("Kiosk"));
    assert_eq!(
        night(&mut machine, &worse_services()).failed(),
        nothing,
        "the drop was reported the night before"
    );
    let kept = machine.text("checkout/last.json");
    let empty = night(&mut machine, "[]");
    assert_eq!(empty.failed(), ["grade"], "the export is empty");
    assert_eq!(empty.step("store the result").code, None);
    assert_eq!(machine.text("checkout/last.json"), kept);
    assert_eq!(machine.text("curl.log"), posted, "only the drop is posted");
    let summary = machine.text("summary");
    assert_eq!(summary.matches("## Changes").count(), 4, "{summary}");
    assert!(summary.contains("▼ Bronze → Basic"), "{summary}");
    assert_eq!(machine.text("cargo.log").lines().count(), 5);
}

#[test]
fn only_main_changes_what_is_compared_with_and_without_an_address_nothing_is_posted() {
    let mut machine = machine("main", "");
    night(&mut machine, SERVICES);
    let kept = machine.text("checkout/last.json");
    machine.values.insert("github.ref".to_owned(), "refs/heads/other".to_owned());
    let other = night(&mut machine, &worse_services());
    assert_eq!(other.failed(), ["compare"]);
    assert_eq!((other.step("keep the result").code, other.step("store the result").code), (None, None));
    assert_eq!(machine.text("checkout/last.json"), kept);

    machine.values.insert("secrets.SLACK_WEBHOOK_URL".to_owned(), "https://hooks.invalid".to_owned());
    machine.write("last.json", b"{");
    let invalid = night(&mut machine, SERVICES);
    assert_eq!(invalid.failed()[0], "compare", "{invalid:?}");
    assert_eq!(invalid.step("compare").code, Some(2));
    assert_eq!(machine.text("curl.log"), "", "there is no message if nothing was compared");
}
