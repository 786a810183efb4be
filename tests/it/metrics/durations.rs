//! Examples for each sentence about changes, incidents and ids, with figures that are computed by hand.

use super::cases::{all_hold, holds};

#[test]
fn changes_are_timed_as_specified() {
    const DEPLOYMENTS: &str = r#"
        {"id": "good", "service": ["a", "b"], "deployedAt": "2026-02-10T10:00:00Z"}
        {"id": 7, "service": "a", "deployedAt": "2026-02-11T10:00:00Z"}
        {"id": "bad", "service": "a", "status": "failed", "deployedAt": "2026-02-10T02:00:00Z"}
        {"id": "queued", "service": "a", "status": "queued", "deployedAt": "2026-02-10T02:00:00Z"}
        {"id": "elsewhere", "service": "a", "env": "test", "deployedAt": "2026-02-10T02:00:00Z"}
        {"id": "old", "service": "a", "deployedAt": "2026-01-10T02:00:00Z"}"#;
    // all changes start at midnight on February 10 and are merged at 04:00
    for (sentence, change, expected) in [
        ("deployedAt", r#""deployedAt": "2026-02-10T01:00:00Z", "deployment": "good""#, "1"),
        ("a deployment by id", r#""deployment": "good""#, "10"),
        ("a number as id", r#""deployment": "7""#, "34"),
        ("a number as reference", r#""deployment": 7"#, "34"),
        ("the earliest of several", r#""deployment": [7, "good", "nothing"]"#, "10"),
        ("an unknown id is as if absent", r#""deployment": "nothing""#, "4"),
        ("no deployment", r#""deployment": null"#, "4"),
        ("a failed one gives no time", r#""deployment": "bad""#, "null"),
        ("an unfinished one gives no time", r#""deployment": "queued""#, "null"),
        ("one elsewhere gives no time", r#""deployment": "elsewhere""#, "null"),
        ("only successful ones give a time", r#""deployment": ["bad", "queued", "good"]"#, "10"),
        (
            "a known one that gives no time beside an unknown one",
            r#""deployment": ["nothing", "bad"]"#,
            "null",
        ),
        ("one outside the window", r#""deployment": "old""#, "null"),
        ("lead time in hours", r#""leadTimeHours": 2.5, "createdAt": "soon""#, "2.5"),
        (
            "lead time in hours, deployed outside the window",
            r#""leadTimeHours": 2.5, "deployment": "old""#,
            "null",
        ),
        ("a null lead time is absent", r#""leadTimeHours": null"#, "4"),
        ("the first commit before the creation", r#""firstCommitAt": "2026-02-10T03:30:00Z""#, "0.5"),
        ("a negative lead time is ignored", r#""deployedAt": "2026-02-09T23:59:59.999999999Z""#, "null"),
        ("no lead time at all", r#""deployedAt": "2026-02-10""#, "0"),
        ("the longest lead time", r#""leadTimeHours": 10000000"#, "10000000"),
        ("one above it is ignored", r#""leadTimeHours": 10000000.00000001"#, "null"),
    ] {
        let created = if change.contains("createdAt") { "" } else { r#""createdAt": "2026-02-10", "# };
        let change = format!(r#"{{"service": "a", "mergedAt": "2026-02-10T04:00:00Z", {created}{change}}}"#);
        let feeds = [("-d", DEPLOYMENTS), ("-c", &*change)];
        holds(sentence, &feeds, &[], &format!(r#"{{"a": {{"lead_time_for_changes": {expected}}}}}"#));
    }
    // b does not know 7 and uses the merge; c knows no deployment
    let change = r#"{"service": ["a", "b", "c"], "createdAt": "2026-02-10", "mergedAt": "2026-02-10T04:00:00Z", "deployment": [7]}"#;
    holds(
        "links are within the service",
        &[("-d", DEPLOYMENTS), ("-c", change)],
        &[],
        r#"{"a": {"lead_time_for_changes": 34}, "b": {"lead_time_for_changes": 4}, "c": {"lead_time_for_changes": 4}}"#,
    );
    holds(
        "without deployments no id is known",
        &[("-c", change)],
        &[],
        r#"{"a": {"lead_time_for_changes": 4, "total_deployments": null}}"#,
    );
}

#[test]
fn incidents_are_timed_as_specified() {
    for (sentence, incident, total, recovery) in [
        (
            "resolved minus start",
            r#""triggeredAt": "2026-02-10T00:00:00Z", "startedAt": "2026-01-01", "resolvedAt": "2026-02-10T00:45:00Z""#,
            "1",
            "45",
        ),
        (
            "other names of the start",
            r#""startedAt": "2026-02-10T00:00:00Z", "createdAt": "2026-01-01", "resolvedAt": "2026-02-10T00:45:00Z""#,
            "1",
            "45",
        ),
        (
            "a recovery in minutes",
            r#""createdAt": "2026-02-10", "recoveryTime": 1.5, "resolvedAt": "2026-02-10T00:45:00Z""#,
            "1",
            "1.5",
        ),
        ("unresolved", r#""createdAt": "2026-02-10""#, "1", "null"),
        ("unresolved, with a recovery", r#""createdAt": "2026-02-10", "recoveryTime": 5"#, "1", "null"),
        (
            "started before the window, resolved inside",
            r#""createdAt": "2026-01-31T23:00:00Z", "resolvedAt": "2026-02-01""#,
            "0",
            "60",
        ),
        (
            "started inside, resolved after the window",
            r#""createdAt": "2026-02-28T23:00:00Z", "resolvedAt": "2026-03-01""#,
            "1",
            "null",
        ),
        (
            "resolved before the start",
            r#""createdAt": "2026-02-10", "resolvedAt": "2026-02-09""#,
            "1",
            "null",
        ),
        (
            "the longest recovery",
            r#""createdAt": "2026-02-10", "resolvedAt": "2026-02-11", "recoveryTime": 600000000"#,
            "1",
            "600000000",
        ),
        (
            "one above it",
            r#""createdAt": "2026-02-10", "resolvedAt": "2026-02-11", "recoveryTime": 600000001"#,
            "1",
            "null",
        ),
        (
            "a negative one",
            r#""createdAt": "2026-02-10", "resolvedAt": "2026-02-11", "recoveryTime": -1"#,
            "1",
            "null",
        ),
        // 10,000,000 hours before it is 0885-04-26
        (
            "a recovery of more than 1141 years",
            r#""createdAt": "0884-01-01", "resolvedAt": "2026-02-11""#,
            "0",
            "null",
        ),
    ] {
        let incident = format!(r#"{{"service": "a", {incident}}}"#);
        let expected =
            format!(r#"{{"a": {{"total_incidents": {total}, "mean_time_to_recovery": {recovery}}}}}"#);
        holds(sentence, &[("-i", &incident)], &[], &expected);
    }
}

#[test]
fn an_id_that_comes_again_replaces_the_earlier_event() {
    all_hold(&[
        (
            "in the same kind",
            &[(
                "-d",
                r#"{"id": 1, "service": "a", "deployedAt": "2026-02-10"} {"service": "a", "deployedAt": "2026-02-10"} {"identifier": "1", "service": "a", "status": "failed", "deployedAt": "2026-02-10"}
            {"service": "a", "deployedAt": "2026-02-10"}"#,
            )],
            &["--failures", "status"],
            // two without an id, and one failed
            r#"{"a": {"total_deployments": 2, "change_failure_rate": 33.333333333333336}}"#,
        ),
        (
            "also for another service",
            &[(
                "-d",
                r#"{"id": 1, "service": "a", "deployedAt": "2026-02-10"} {"id": 1, "service": "b", "deployedAt": "2026-02-10"} {"id": 2, "service": "a", "deployedAt": "2026-02-10"}"#,
            )],
            &[],
            r#"{"a": {"total_deployments": 1}, "b": {"total_deployments": 1}}"#,
        ),
        (
            "not in another kind",
            &[
                ("-d", r#"{"id": 1, "service": "a", "deployedAt": "2026-02-10"}"#),
                ("-i", r#"{"id": 1, "service": "a", "createdAt": "2026-02-10"}"#),
            ],
            &[],
            r#"{"a": {"total_deployments": 1, "total_incidents": 1}}"#,
        ),
        (
            "the text of a number counts",
            &[(
                "-d",
                r#"{"id": 9007199254740993, "service": "a", "deployedAt": "2026-02-10"} {"id": 9007199254740992, "service": "a", "deployedAt": "2026-02-10"}
            {"id": "9007199254740993", "service": "a", "deployedAt": "2026-02-10"}"#,
            )],
            &[],
            r#"{"a": {"total_deployments": 2}}"#,
        ),
    ]);
}
