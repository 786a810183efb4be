//! Examples for each sentence about services and teams, with figures that are computed by hand.

use super::cases::{holds, prints, shows, values};
use super::{exact_lines, exact_values, pooled};
use crate::program::run_with;

const SERVICES: &str = r#"
    {"identifier": "z", "title": "Zed", "team": ["t2", "t1", "t1", 7], "icon": "x", "relations": {"d": "e"},
        "scorecards": {"s": 1}, "properties": {"size": 1.5, "deployment_frequency": 99, "cfr_tier": "Elite"}}
    {"identifier": "t3", "blueprint": "_team", "title": "Three", "properties": {"type": "group", "total_incidents": 9}}
    {"identifier": "lib", "blueprint": "library", "team": "t9"}
    {"identifier": "row", "blueprint": "service", "team": "t1", "language": "Go"}
    {"identifier": "idle", "blueprint": null, "properties": null}
    {"identifier": "t1", "blueprint": "_team", "createdAt": "2020-01-01", "mail": "x@y"}"#;

const DEPLOYMENTS: &str = r#"
    {"service": "row", "deployedAt": "2026-02-10"}
    {"service": ["z", "row"], "deployedAt": "2026-02-11"}
    {"service": "lib", "deployedAt": "2026-02-11"}
    {"service": "Z", "deployedAt": "2027-02-11"}
    {"service": "é", "deployedAt": "2026-02-11"}"#;

/// The properties of a service with so many deployments, without other feeds.
fn service(deployments: usize, frequency: f64, tier: &str) -> String {
    format!(
        r#""total_deployments": {deployments}, "deployment_frequency": {frequency}, "deploy_freq_tier": {tier},
        "lead_time_for_changes": null, "lead_time_tier": null, "total_incidents": null, "change_failure_rate": null,
        "cfr_tier": null, "mean_time_to_recovery": null, "mttr_tier": null"#
    )
}

fn team(deployments: usize, frequency: f64, services: usize, per_service: &str, tier: &str) -> String {
    let own = format!(r#""services": {services}, "deployment_frequency_per_service": {per_service}"#);
    format!("{}, {own}", service(deployments, frequency, tier))
}

#[test]
fn services_and_teams_are_written_with_their_keys_and_in_order() {
    let (none, one, two) =
        (service(0, 0.0, r#""Low""#), service(1, 0.25, r#""Medium""#), service(2, 0.5, r#""Medium""#));
    // t1 owns `z` and `row`, with three deployments, t2 owns `z`, and t3 nothing
    let (t1, t2, t3) = (
        team(3, 0.75, 2, "0.375", r#""Medium""#),
        team(1, 0.25, 1, "0.25", r#""Medium""#),
        team(0, 0.0, 0, "null", "null"),
    );
    let expected = format!(
        r#"[
        {{"identifier": "z", "title": "Zed", "blueprint": "service", "team": ["t2", "t1", "t1", 7], "icon": "x",
            "relations": {{"d": "e"}}, "properties": {{"size": 1.5, {one}}}}},
        {{"identifier": "row", "blueprint": "service", "team": "t1", "properties": {{"language": "Go", {two}}}}},
        {{"identifier": "idle", "blueprint": "service", "properties": {{{none}}}}},
        {{"identifier": "Z", "blueprint": "service", "properties": {{{none}}}}},
        {{"identifier": "lib", "blueprint": "service", "properties": {{{one}}}}},
        {{"identifier": "é", "blueprint": "service", "properties": {{{one}}}}},
        {{"identifier": "t1", "blueprint": "_team", "createdAt": "2020-01-01",
            "properties": {{"mail": "x@y", "type": "team", {t1}}}}},
        {{"identifier": "t2", "blueprint": "_team", "properties": {{"type": "team", {t2}}}}},
        {{"identifier": "t3", "blueprint": "_team", "title": "Three", "properties": {{"type": "group", {t3}}}}}
        ]"#
    );
    prints("entities", &[("-d", DEPLOYMENTS), ("--services", SERVICES)], &[], &expected);
    // without services there are no teams
    let expected = format!(
        r#"[{{"identifier": "Z", "blueprint": "x y", "properties": {{{none}}}}},
        {{"identifier": "lib", "blueprint": "x y", "properties": {{{one}}}}},
        {{"identifier": "row", "blueprint": "x y", "properties": {{{two}}}}},
        {{"identifier": "z", "blueprint": "x y", "properties": {{{one}}}}},
        {{"identifier": "é", "blueprint": "x y", "properties": {{{one}}}}}]"#
    );
    prints("a blueprint", &[("-d", DEPLOYMENTS)], &["--blueprint", "x y"], &expected);
    prints("nothing", &[("-d", "")], &[], "[]");
}

#[test]
fn teams_pool_the_events_of_their_services() {
    const OWNED: &str = r#"{"identifier": "a", "team": ["t", "u"]} {"identifier": "b", "team": "t"}"#;
    const DEPLOYED: &str = r#"{"service": ["a", "b"], "deployedAt": "2026-02-10"} {"service": "a", "deployedAt": "2026-02-12"}
        {"service": "a", "deployedAt": "2026-02-12"} {"service": "b", "status": "failed", "deployedAt": "2026-02-12"}
        {"service": "c", "deployedAt": "2026-02-12"}"#;
    const CHANGED: &str = r#"{"service": "a", "leadTimeHours": 1, "deployedAt": "2026-02-10"} {"service": "a", "leadTimeHours": 2, "deployedAt": "2026-02-10"}
        {"service": "b", "leadTimeHours": 30, "deployedAt": "2026-02-10"} {"service": ["b", "a"], "leadTimeHours": 4, "deployedAt": "2026-02-10"}"#;
    const BROKEN: &str = r#"{"service": ["a", "b"], "createdAt": "2026-02-20", "resolvedAt": "2026-02-20T00:10:00Z"}
        {"service": "b", "createdAt": "2026-02-20", "resolvedAt": "2026-02-20T00:40:00Z"}"#;
    const FEEDS: [(&str, &str); 4] =
        [("-d", DEPLOYED), ("-c", CHANGED), ("-i", BROKEN), ("--services", OWNED)];
    // t: deployments 3 of a and 1 of b; lead times 1 2 4 30 4; incidents 1 of a and 2 of b, 10 10 40
    holds(
        "means, incidents by deployments",
        &FEEDS,
        &[],
        r#"{"t": {"services": 2, "total_deployments": 4, "deployment_frequency": 1, "deployment_frequency_per_service": 0.5, "deploy_freq_tier": "Medium",
            "lead_time_for_changes": 8.2, "total_incidents": 3, "change_failure_rate": 75, "mean_time_to_recovery": 20, "mttr_tier": "Elite", "type": "team"},
            "u": {"services": 1, "total_deployments": 3, "deployment_frequency": 0.75, "deployment_frequency_per_service": 0.75, "lead_time_for_changes": 2.3333333333333335,
            "total_incidents": 1, "change_failure_rate": 33.333333333333336, "mean_time_to_recovery": 10}}"#,
    );
    // linked: of a one of the two of February 12, of b the one of February 10; by status 1 failed of 5
    holds(
        "linked, median",
        &FEEDS,
        &["--failures", "linked", "--average", "median"],
        r#"{"t": {"change_failure_rate": 50, "lead_time_for_changes": 4, "mean_time_to_recovery": 10}, "a": {"change_failure_rate": 33.333333333333336},
            "b": {"change_failure_rate": 100, "lead_time_for_changes": 17, "mean_time_to_recovery": 25}}"#,
    );
    holds(
        "status",
        &FEEDS,
        &["--failures", "status"],
        r#"{"t": {"change_failure_rate": 20}, "u": {"change_failure_rate": 0}}"#,
    );
    // 1 deployment in 10/7 weeks by 3 services is 7/30; 0.7 ÷ 3 would be 0.2333333333333333
    const THREE: &str = r#"{"identifier": "a", "team": "t"} {"identifier": "b", "team": "t"} {"identifier": "d", "team": "t"}"#;
    holds(
        "an exact quotient",
        &[("-d", r#"{"service": "a", "deployedAt": "2026-02-25"}"#), ("--services", THREE)],
        &["--window", "10d"],
        r#"{"t": {"deployment_frequency": 0.7, "deployment_frequency_per_service": 0.23333333333333334,
            "change_failure_rate": null, "total_incidents": null}}"#,
    );
}

#[test]
fn teams_are_computed_from_services() {
    for (sentence, services, expected) in [
        (
            "sums",
            r#"{"identifier": "a", "team": "t", "total_deployments": 3, "total_incidents": 1, "deployment_frequency": 0.5}
            {"identifier": "b", "team": ["t", "u"], "properties": {"total_deployments": 4, "total_incidents": "2", "deployment_frequency": 2.5}} {"identifier": "c", "team": "t"}"#,
            r#"{"t": {"type": "team", "services": 3, "total_deployments": 7, "total_incidents": 1, "deployment_frequency": 3, "deployment_frequency_per_service": 1, "deploy_freq_tier": "High",
                "change_failure_rate": null, "cfr_tier": null, "lead_time_for_changes": null, "mean_time_to_recovery": null},
                "u": {"services": 1, "total_deployments": 4, "total_incidents": null, "deployment_frequency_per_service": 2.5}}"#,
        ),
        (
            "null when no service has it",
            r#"{"identifier": "a", "team": "t", "deployment_frequency": null}"#,
            r#"{"t": {"deployment_frequency": null, "deployment_frequency_per_service": null, "deploy_freq_tier": null, "total_deployments": null}}"#,
        ),
        // (10 × 1 + 40 × 3) ÷ 4; c has no rate, d no weight above 0, e no weight
        (
            "a weighted mean",
            r#"{"identifier": "a", "team": "t", "change_failure_rate": 10, "total_deployments": 1} {"identifier": "b", "team": "t", "change_failure_rate": 40, "total_deployments": 3}
            {"identifier": "c", "team": "t", "total_deployments": 90} {"identifier": "d", "team": "t", "change_failure_rate": 99, "total_deployments": 0} {"identifier": "e", "team": "t", "change_failure_rate": 99}
            {"identifier": "f", "team": "t", "change_failure_rate": 99, "total_deployments": -5}"#,
            r#"{"t": {"change_failure_rate": 32.5, "cfr_tier": "Low", "total_deployments": 89}}"#,
        ),
        (
            "the plain mean where no service has a weight",
            r#"{"identifier": "a", "team": "t", "change_failure_rate": 10, "total_deployments": "5"} {"identifier": "b", "team": "t", "change_failure_rate": 40}"#,
            r#"{"t": {"change_failure_rate": 25, "cfr_tier": "Medium"}}"#,
        ),
        (
            "no weight above 0",
            r#"{"identifier": "a", "team": "t", "change_failure_rate": 10, "total_deployments": 0} {"identifier": "b", "team": "t", "change_failure_rate": 40}"#,
            r#"{"t": {"change_failure_rate": null, "cfr_tier": null}}"#,
        ),
        // (60 × 3 + 20 × 1) ÷ 4
        (
            "recovery by incidents",
            r#"{"identifier": "a", "team": "t", "mean_time_to_recovery": 60, "total_incidents": 3, "total_deployments": 0} {"identifier": "b", "team": "t", "mean_time_to_recovery": 20, "total_incidents": 1}"#,
            r#"{"t": {"mean_time_to_recovery": 50, "mttr_tier": "Elite"}}"#,
        ),
        (
            "the plain mean of lead times",
            r#"{"identifier": "a", "team": "t", "lead_time_for_changes": 10, "total_deployments": 9} {"identifier": "b", "team": "t", "lead_time_for_changes": 40}"#,
            r#"{"t": {"lead_time_for_changes": 25, "lead_time_tier": "High"}}"#,
        ),
        (
            "other blueprints are ignored",
            r#"{"identifier": "a", "team": "t", "total_deployments": 1} {"identifier": "a", "blueprint": "x", "team": "v", "total_deployments": 2} {"identifier": "w", "blueprint": "_team"}
            {"identifier": "b", "team": null}"#,
            r#"{"t": {"total_deployments": 1}, "v": null, "w": null}"#,
        ),
        ("services without a team", r#"{"identifier": "a"}"#, r#"{"t": null}"#),
    ] {
        shows(
            &exact_values(&pooled::teams(&values(services), "service")),
            &format!("naive: {sentence}"),
            expected,
        );
        let run = run_with(&["teams", "-e", "-"], services.as_bytes());
        assert_eq!(run.code, 0, "{sentence}: {}", run.stderr);
        shows(&exact_lines(&run.stdout), sentence, expected);
    }
}
