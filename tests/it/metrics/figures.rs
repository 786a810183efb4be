//! Examples for each sentence about the properties and their tiers, with figures that are computed by hand.

use super::cases::{all_hold, holds};
use serde_json::Value;

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
        let expected = format!(r#"{{"a": {{"change_failure_rate": {expected}}}}}"#);
        holds(sentence, &[("-d", DEPLOYMENTS), ("-i", &text)], &["--failures", incidents[1]], &expected);
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
        let expected = format!(r#"{{"a": {{{expected}}}}}"#);
        holds(window, &[("-d", &repeated(deployments, DEPLOYMENT))], &["--window", window], &expected);
    }
    for (incidents, deployments, expected) in [
        (1, 20, r#""change_failure_rate": 5, "cfr_tier": "Elite""#),
        (2, 10, r#""change_failure_rate": 20, "cfr_tier": "High""#),
        (3, 10, r#""change_failure_rate": 30, "cfr_tier": "Medium""#),
        (1, 3, r#""change_failure_rate": 33.333333333333336, "cfr_tier": "Low""#),
        (1, 19, r#""change_failure_rate": 5.2631578947368425, "cfr_tier": "High""#),
    ] {
        let feeds = [("-d", &*repeated(deployments, DEPLOYMENT)), ("-i", &*repeated(incidents, INCIDENT))];
        holds("rates", &feeds, &[], &format!(r#"{{"a": {{{expected}}}}}"#));
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
        holds("averages", &feeds, &["--average", average], &expected);
    }
}
