//! One small example for each sentence of sections 7 and 8, with figures that are computed by hand.

use super::exact;
use crate::program::{Run, directory, run};
use serde_json::Value;

/// The window is 2026-02-01 to 2026-03-01, four weeks, unless an example has its own.
const DEFAULTS: [&str; 2] = ["--as-of", "2026-03-01T00:00:00Z"];

/// A sentence; the feeds, each an option and a text; further arguments; and for each entity some of its properties,
/// null for an entity that must not be there.
type Example = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str], &'static str);

/// Runs `metrics` with these feeds, each in a file that is named like its option.
pub(crate) fn metrics(feeds: &[(&str, &str)], arguments: &[&str]) -> Run {
    let files: Vec<(&str, &[u8])> = feeds.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let place = directory(&files);
    let paths: Vec<String> =
        feeds.iter().map(|(name, _)| place.path().join(name).to_str().expect("UTF-8").to_owned()).collect();
    let inputs = feeds.iter().zip(&paths).flat_map(|((name, _), path)| [*name, path]);
    let has = |option: &str| arguments.contains(&option);
    let mut all: Vec<&str> = ["metrics"].into_iter().chain(inputs).collect();
    all.extend(DEFAULTS.iter().filter(|_| !has("--as-of")));
    all.extend(["--window", "4w"].iter().filter(|_| !has("--window")));
    all.extend(arguments);
    run(&all)
}

fn shows(run: &Run, sentence: &str, expected: &str) {
    assert_eq!(run.code, 0, "{sentence}: {}", run.stderr);
    let entities = super::exact_lines(&run.stdout);
    for (name, properties) in exact(expected).as_object().expect("an object") {
        let found = entities.iter().find(|entity| entity["identifier"] == **name);
        let Some(properties) = properties.as_object() else {
            assert!(found.is_none(), "{sentence}: {name} is there");
            continue;
        };
        let found = found.unwrap_or_else(|| panic!("{sentence}: {name} is missing: {}", run.stdout));
        for (property, value) in properties {
            assert_eq!(found["properties"].get(property), Some(value), "{sentence}: {name}: {property}");
        }
    }
}

fn all_hold(examples: &[Example]) {
    for (sentence, feeds, arguments, expected) in examples {
        shows(&metrics(feeds, arguments), sentence, expected);
    }
}

#[test]
fn fields_are_found_as_specified() {
    const ONE: &str = r#"{"a": {"total_deployments": 1}}"#;
    const NONE: &str = r#"{"a": {"total_deployments": 0}}"#;
    all_hold(&[
        (
            "names in their order",
            &[("-d", r#"{"service": "a", "createdAt": "2026-01-01", "finishedAt": "2026-02-10"}"#)],
            &[],
            ONE,
        ),
        (
            "a name before a place",
            &[(
                "-d",
                r#"{"properties": {"service": "a", "finishedAt": "2026-01-01"}, "deployedAt": "2026-02-10"}"#,
            )],
            &[],
            ONE,
        ),
        (
            "properties, relations, own keys",
            &[(
                "-d",
                r#"{"properties": {"service": "a"}, "relations": {"service": "b"}, "service": "c", "deployedAt": "2026-02-10"}
            {"properties": {}, "relations": {"service": "b"}, "service": "c", "deployedAt": "2026-02-10"}"#,
            )],
            &[],
            r#"{"a": {"total_deployments": 1}, "b": {"total_deployments": 1}, "c": null}"#,
        ),
        (
            "null and empty text are passed over",
            &[(
                "-d",
                r#"{"properties": {"service": null}, "relations": {"service": ""}, "service": "a", "deployedAt": "", "createdAt": "2026-02-10"}"#,
            )],
            &[],
            ONE,
        ),
        (
            "properties may be null",
            &[("-d", r#"{"properties": null, "relations": {"service": "a"}, "deployedAt": "2026-02-10"}"#)],
            &[],
            ONE,
        ),
        (
            "fields that are not needed are not looked at",
            &[(
                "-d",
                r#"{"service": "a", "deployedAt": "2026-02-10", "finishedAt": 7, "createdAt": [], "resolvedAt": {}}"#,
            )],
            &[],
            ONE,
        ),
        // 23:00 on January 31 in UTC is outside
        (
            "an offset without colon",
            &[("-d", r#"{"service": "a", "deployedAt": "2026-02-01T01:00:00.000+0200"}"#)],
            &[],
            NONE,
        ),
        (
            "an offset without colon",
            &[("-d", r#"{"service": "a", "deployedAt": "2026-01-31T23:00:00.000-0100"}"#)],
            &[],
            ONE,
        ),
        (
            "a date is midnight UTC, the first instant of the window is inside",
            &[("-d", r#"{"service": "a", "deployedAt": "2026-02-01"}"#)],
            &[],
            ONE,
        ),
        ("the last one is not", &[("-d", r#"{"service": "a", "deployedAt": "2026-03-01"}"#)], &[], NONE),
        (
            "a nanosecond before it is",
            &[("-d", r#"{"service": "a", "deployedAt": "2026-02-28T23:59:59.999999999Z"}"#)],
            &[],
            ONE,
        ),
        (
            "a nanosecond before the window is not",
            &[("-d", r#"{"service": "a", "deployedAt": "2026-01-31T23:59:59.999999999Z"}"#)],
            &[],
            NONE,
        ),
        (
            "several services count once each",
            &[("-d", r#"{"service": ["a", "b", "a"], "deployedAt": "2026-02-10"}"#)],
            &[],
            r#"{"a": {"total_deployments": 1}, "b": {"total_deployments": 1}}"#,
        ),
        (
            "an empty array is absent",
            &[(
                "-d",
                r#"{"properties": {"service": []}, "relations": {"service": "a"}, "deployedAt": "2026-02-10"}"#,
            )],
            &[],
            ONE,
        ),
        (
            "arrays of arrays",
            &[(
                "-d",
                r#"[[{"service": "a", "deployedAt": "2026-02-10"}], [[], [{"service": "a", "deployedAt": "2026-02-11"}]]]"#,
            )],
            &[],
            r#"{"a": {"total_deployments": 2}}"#,
        ),
        (
            "API answers",
            &[(
                "-d",
                r#"{"ok": true, "entities": [{"service": "a", "deployedAt": "2026-02-10"}]} {"entity": {"service": "a", "deployedAt": "2026-02-10"}}"#,
            )],
            &[],
            r#"{"a": {"total_deployments": 2}}"#,
        ),
        (
            "a service that has only events that are skipped or ignored",
            &[
                ("-d", r#"{"service": "a", "status": "queued", "deployedAt": "2026-02-10"}"#),
                ("-c", r#"{"service": "b"}"#),
            ],
            &[],
            r#"{"a": {"total_deployments": 0}, "b": {"total_deployments": 0, "lead_time_for_changes": null}}"#,
        ),
    ]);
}

#[test]
fn status_and_environment_are_compared_as_specified() {
    const ONE: &str = r#"{"a": {"total_deployments": 1, "change_failure_rate": 50}}"#;
    all_hold(&[
        (
            "case, `_`, `-` and spaces",
            &[(
                "-d",
                r#"{"service": "a", "status": "SUCC-ESS", "deployedAt": "2026-02-10"} {"service": "a", "state": "In_Active", "deployedAt": "2026-02-10"}
            {"service": "a", "conclusion": "timed_out", "deployedAt": "2026-02-10"} {"service": "a", "status": "in progress", "deployedAt": "2026-02-10"}"#,
            )],
            &["--failures", "status"],
            // 1 of 3 finished ones
            r#"{"a": {"total_deployments": 2, "change_failure_rate": 33.333333333333336}}"#,
        ),
        (
            "names of the status in their order",
            &[(
                "-d",
                r#"{"service": "a", "conclusion": "failure", "status": "completed", "deployedAt": "2026-02-10"}
            {"service": "a", "deploymentStatus": "Rolled Back", "status": "ok", "deployedAt": "2026-02-10"}"#,
            )],
            &["--failures", "status"],
            ONE,
        ),
        (
            "production and prod by default, or no environment",
            &[(
                "-d",
                r#"{"service": "a", "environment": "Prod", "deployedAt": "2026-02-10"} {"service": "a", "deployedAt": "2026-02-10"}
            {"service": "a", "env": "PRODUCTION", "deployedAt": "2026-02-10"} {"service": "a", "env": "eu-prod", "deployedAt": "2026-02-10"}"#,
            )],
            &[],
            r#"{"a": {"total_deployments": 3}}"#,
        ),
        (
            "--environment replaces both",
            &[(
                "-d",
                r#"{"service": "a", "environment": "Staging", "deployedAt": "2026-02-10"} {"service": "a", "deployedAt": "2026-02-10"}
            {"service": "a", "environment": "prod", "deployedAt": "2026-02-10"} {"service": "a", "environment": "qa", "deployedAt": "2026-02-10"}"#,
            )],
            &["--environment", "staging", "--environment", "QA"],
            r#"{"a": {"total_deployments": 2}}"#,
        ),
        (
            "no environment counts if prod is asked for",
            &[(
                "-d",
                r#"{"service": "a", "environment": "production", "deployedAt": "2026-02-10"} {"service": "a", "deployedAt": "2026-02-10"}"#,
            )],
            &["--environment", "PROD"],
            r#"{"a": {"total_deployments": 1}}"#,
        ),
        (
            "failed deployments elsewhere do not count",
            &[(
                "-d",
                r#"{"service": "a", "deployedAt": "2026-02-10"} {"service": "a", "status": "failed", "env": "test", "deployedAt": "2026-02-10"}
            {"service": "a", "status": "failed", "deployedAt": "2026-01-10"}"#,
            )],
            &["--failures", "status"],
            r#"{"a": {"change_failure_rate": 0}}"#,
        ),
        // 1, 2, 4, 8, 16 and 33 hours; 64 and 128 do not count
        (
            "the status of a change",
            &[(
                "-c",
                r#"[{"service": "a", "leadTimeHours": 1, "mergedAt": "2026-02-10"}, {"service": "a", "leadTimeHours": 2, "mergedAt": "2026-02-10", "status": "MERGED"},
            {"service": "a", "leadTimeHours": 4, "mergedAt": "2026-02-10", "state": "closed"}, {"service": "a", "leadTimeHours": 8, "mergedAt": "2026-02-10", "state": "released"},
            {"service": "a", "leadTimeHours": 16, "deployedAt": "2026-02-10", "state": "Done"}, {"service": "a", "leadTimeHours": 33, "deployedAt": "2026-02-10", "state": "success"},
            {"service": "a", "leadTimeHours": 64, "deployedAt": "2026-02-10", "state": "closed"}, {"service": "a", "leadTimeHours": 128, "mergedAt": "2026-02-10", "state": "open"}]"#,
            )],
            &[],
            // 64 / 6
            r#"{"a": {"lead_time_for_changes": 10.666666666666666}}"#,
        ),
    ]);
}

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
        let run = metrics(&[("-d", DEPLOYMENTS), ("-c", &change)], &[]);
        shows(&run, sentence, &format!(r#"{{"a": {{"lead_time_for_changes": {expected}}}}}"#));
    }
    // b does not know 7 and uses the merge; c knows no deployment
    let change = r#"{"service": ["a", "b", "c"], "createdAt": "2026-02-10", "mergedAt": "2026-02-10T04:00:00Z", "deployment": [7]}"#;
    shows(
        &metrics(&[("-d", DEPLOYMENTS), ("-c", change)], &[]),
        "links are within the service",
        r#"{"a": {"lead_time_for_changes": 34}, "b": {"lead_time_for_changes": 4}, "c": {"lead_time_for_changes": 4}}"#,
    );
    shows(
        &metrics(&[("-c", change)], &[]),
        "without deployments no id is known",
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
        shows(&metrics(&[("-i", &incident)], &[]), sentence, &expected);
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

#[test]
fn the_failure_rate_is_computed_as_specified() {
    const DEPLOYMENTS: &str = r#"
        {"id": "old", "service": "a", "deployedAt": "2026-01-20"}
        {"id": "one", "service": "a", "deployedAt": "2026-02-05"}
        {"id": "bad", "service": "a", "status": "failed", "deployedAt": "2026-02-10"}
        {"id": "two", "service": "a", "deployedAt": "2026-02-15"}
        {"id": "twin", "service": "a", "deployedAt": "2026-02-15"}
        {"id": "test", "service": "a", "env": "test", "deployedAt": "2026-02-18"}
        {"id": "four", "service": "a", "deployedAt": "2026-02-20"}"#;
    // four deployments inside the window, so one that is linked is 25 %
    for (sentence, incidents, expected) in [
        (
            "incidents can exceed 100",
            [
                r#"["2026-02-02"], ["2026-02-02"], ["2026-02-02"], ["2026-02-02"], ["2026-02-02"]"#,
                "incidents",
            ],
            "125",
        ),
        ("without a name, the latest before", [r#"["2026-02-06"]"#, "linked"], "25"),
        ("at its start too", [r#"["2026-02-20"], ["2026-02-19T23:59:59.999999999Z"]"#, "linked"], "50"),
        ("the latest before is outside the window", [r#"["2026-02-04"]"#, "linked"], "0"),
        ("nothing before", [r#"["2026-01-04"]"#, "linked"], "0"),
        ("a failed one is passed over", [r#"["2026-02-11"], ["2026-02-07"]"#, "linked"], "25"),
        ("one elsewhere is passed over", [r#"["2026-02-19"]"#, "linked"], "25"),
        ("of two at one instant one", [r#"["2026-02-16"], ["2026-02-17"]"#, "linked"], "25"),
        (
            "of two at one instant the named one",
            [r#"["2026-02-16"], ["2026-02-17", "twin"]"#, "linked"],
            "25",
        ),
        ("of two at one instant the named one", [r#"["2026-02-16"], ["2026-02-17", "two"]"#, "linked"], "25"),
        ("both are named", [r#"["2026-02-16", ["two", "twin"]], ["2026-02-17"]"#, "linked"], "50"),
        ("by name", [r#"["2026-02-28", "one"]"#, "linked"], "25"),
        ("all that it names", [r#"["2026-02-28", ["one", "two", "four", "old"]]"#, "linked"], "75"),
        ("also one that is deployed later", [r#"["2026-01-01", "four"]"#, "linked"], "25"),
        (
            "one that is linked twice counts once",
            [r#"["2026-02-28", "one"], ["2026-02-28", "one"]"#, "linked"],
            "25",
        ),
        ("a known name that failed", [r#"["2026-02-28", "bad"]"#, "linked"], "0"),
        ("a known name elsewhere", [r#"["2026-02-28", "test"]"#, "linked"], "0"),
        ("an unknown name is none", [r#"["2026-02-28", "nothing"]"#, "linked"], "25"),
        ("an unknown name beside a known one", [r#"["2026-02-28", ["nothing", "one"]]"#, "linked"], "25"),
        (
            "an incident after as-of is not linked",
            [r#"["2026-03-01", "one"], ["2026-03-02"]"#, "linked"],
            "0",
        ),
        // 1 failed, 4 successful
        ("by status", [r#"["2026-02-02"]"#, "status"], "20"),
    ] {
        let parsed: Vec<Value> = serde_json::from_str(&format!("[{}]", incidents[0])).expect("JSON");
        let event = |incident: &Value| serde_json::json!({"service": "a", "startedAt": incident[0], "deployment": incident[1]});
        let text = Value::from(parsed.iter().map(event).collect::<Vec<_>>()).to_string();
        let run = metrics(&[("-d", DEPLOYMENTS), ("-i", &text)], &["--failures", incidents[1]]);
        shows(&run, sentence, &format!(r#"{{"a": {{"change_failure_rate": {expected}}}}}"#));
    }
    const OLD: (&str, &str) = ("-d", r#"{"service": "a", "deployedAt": "2026-01-20"}"#);
    const INCIDENT: (&str, &str) = ("-i", r#"{"service": "a", "createdAt": "2026-02-20"}"#);
    const NULL: &str = r#"{"a": {"change_failure_rate": null, "cfr_tier": null}}"#;
    all_hold(&[
        ("null when the divisor is 0", &[OLD, INCIDENT], &[], NULL),
        ("null when the divisor is 0", &[OLD, INCIDENT], &["--failures", "linked"], NULL),
        ("null when the divisor is 0", &[OLD, INCIDENT], &["--failures", "status"], NULL),
    ]);
}

#[test]
fn feeds_that_are_not_given_are_not_known() {
    const DEPLOYMENT: (&str, &str) = ("-d", r#"{"service": "a", "deployedAt": "2026-02-20"}"#);
    const CHANGE: (&str, &str) =
        ("-c", r#"{"service": "a", "deployedAt": "2026-02-20", "leadTimeHours": 3}"#);
    const INCIDENT: (&str, &str) =
        ("-i", r#"{"service": "a", "createdAt": "2026-02-20", "resolvedAt": "2026-02-21"}"#);
    all_hold(&[
        (
            "deployments alone",
            &[DEPLOYMENT],
            &[],
            r#"{"a": {"total_deployments": 1, "deployment_frequency": 0.25, "deploy_freq_tier": "Medium", "lead_time_for_changes": null, "lead_time_tier": null,
            "total_incidents": null, "change_failure_rate": null, "cfr_tier": null, "mean_time_to_recovery": null, "mttr_tier": null}}"#,
        ),
        (
            "deployments alone, by status",
            &[DEPLOYMENT],
            &["--failures", "status"],
            r#"{"a": {"total_incidents": null, "change_failure_rate": 0, "cfr_tier": "Elite"}}"#,
        ),
        (
            "changes alone",
            &[CHANGE],
            &[],
            r#"{"a": {"total_deployments": null, "deployment_frequency": null, "deploy_freq_tier": null, "lead_time_for_changes": 3, "lead_time_tier": "Elite", "total_incidents": null}}"#,
        ),
        (
            "incidents alone",
            &[INCIDENT],
            &["--failures", "status"],
            r#"{"a": {"total_deployments": null, "deployment_frequency": null, "deploy_freq_tier": null, "total_incidents": 1,
            "change_failure_rate": null, "cfr_tier": null, "mean_time_to_recovery": 1440, "mttr_tier": "High"}}"#,
        ),
        (
            "a feed that holds nothing for a service gives 0",
            &[DEPLOYMENT, ("-i", "[]"), ("-c", ""), ("--services", r#"{"identifier": "idle"}"#)],
            &[],
            r#"{"idle": {"total_deployments": 0, "deployment_frequency": 0, "deploy_freq_tier": "Low", "total_incidents": 0, "change_failure_rate": null, "mean_time_to_recovery": null,
                "lead_time_for_changes": null}, "a": {"change_failure_rate": 0, "cfr_tier": "Elite", "total_incidents": 0, "mean_time_to_recovery": null}}"#,
        ),
    ]);
}

#[test]
fn values_are_exact_quotients_and_tiers_include_their_limits() {
    let repeated = |count: usize, event: &str| event.repeat(count);
    const DEPLOYMENT: &str = r#"{"service": "a", "deployedAt": "2026-02-20"}"#;
    const INCIDENT: &str = r#"{"service": "a", "createdAt": "2026-02-20"}"#;
    for (deployments, window, expected) in [
        (3, "12w", r#""deployment_frequency": 0.25, "deploy_freq_tier": "Medium""#),
        (2, "12w", r#""deployment_frequency": 0.16666666666666666, "deploy_freq_tier": "Low""#),
        (4, "4w", r#""deployment_frequency": 1, "deploy_freq_tier": "High""#),
        (3, "4w", r#""deployment_frequency": 0.75, "deploy_freq_tier": "Medium""#),
        (27, "4w", r#""deployment_frequency": 6.75, "deploy_freq_tier": "High""#),
        (28, "4w", r#""deployment_frequency": 7, "deploy_freq_tier": "Elite""#),
        // 7 / 10
        (1, "10d", r#""deployment_frequency": 0.7, "deploy_freq_tier": "Medium""#),
        (1, "28d", r#""deployment_frequency": 0.25, "deploy_freq_tier": "Medium""#),
    ] {
        let run = metrics(&[("-d", &repeated(deployments, DEPLOYMENT))], &["--window", window]);
        shows(&run, window, &format!(r#"{{"a": {{{expected}}}}}"#));
    }
    for (incidents, deployments, expected) in [
        (1, 20, r#""change_failure_rate": 5, "cfr_tier": "Elite""#),
        (2, 10, r#""change_failure_rate": 20, "cfr_tier": "High""#),
        (3, 10, r#""change_failure_rate": 30, "cfr_tier": "Medium""#),
        (1, 3, r#""change_failure_rate": 33.333333333333336, "cfr_tier": "Low""#),
        (1, 19, r#""change_failure_rate": 5.2631578947368425, "cfr_tier": "High""#),
    ] {
        let feeds = [("-d", &*repeated(deployments, DEPLOYMENT)), ("-i", &*repeated(incidents, INCIDENT))];
        shows(&metrics(&feeds, &[]), "rates", &format!(r#"{{"a": {{{expected}}}}}"#));
    }
    for (numbers, average, lead, lead_tier, recovery_tier) in [
        (&["24"][..], "mean", "24", "Elite", "Elite"),
        (&["24.000000001"], "mean", "24.000000001", "High", "Elite"),
        (&["168"], "mean", "168", "High", "High"),
        (&["168.1"], "mean", "168.1", "Medium", "High"),
        (&["720"], "mean", "720", "Medium", "High"),
        (&["1440"], "mean", "1440", "Low", "High"),
        (&["10080"], "mean", "10080", "Low", "Medium"),
        (&["10080.1"], "mean", "10080.1", "Low", "Low"),
        // sums of doubles would give 0.20000000000000004
        (&["0.1", "0.2", "0.3"], "mean", "0.2", "Elite", "Elite"),
        (&["1", "1", "2"], "mean", "1.3333333333333333", "Elite", "Elite"),
        (&["1", "50", "2"], "median", "2", "Elite", "Elite"),
        (&["1", "50", "2", "5"], "median", "3.5", "Elite", "Elite"),
    ] {
        let events = |field: &str| -> String {
            let event = |number: &&str| {
                format!(
                    r#"{{"service": "a", "createdAt": "2026-02-10", "deployedAt": "2026-02-20", "resolvedAt": "2026-02-20", "{field}": {number}}}"#
                )
            };
            numbers.iter().map(event).collect()
        };
        let feeds = [("-c", &*events("leadTimeHours")), ("-i", &*events("recoveryTime"))];
        let expected = format!(
            r#"{{"a": {{"lead_time_for_changes": {lead}, "lead_time_tier": "{lead_tier}", "mean_time_to_recovery": {lead}, "mttr_tier": "{recovery_tier}"}}}}"#
        );
        shows(&metrics(&feeds, &["--average", average]), "averages", &expected);
    }
}
