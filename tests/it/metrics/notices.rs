//! Warnings and errors of `metrics` and `teams` about input that is valid, but probably not what the user means.

use crate::program::{Run, directory, run_with};

fn teams(input: &str) -> Run {
    run_with(&["teams", "-e", "-"], input.as_bytes())
}

fn metrics(input: &str, more: &[&str]) -> Run {
    run_with(&[&["metrics", "--as-of", "2026-03-01"], more].concat(), input.as_bytes())
}

#[test]
fn teams_says_why_it_prints_nothing_or_only_nulls() {
    for (input, warning) in [
        ("", "warning[no-entities]: the input contains no entities"),
        (r#"{"identifier": "a", "blueprint": "b"}"#, "warning[no-entities]: the input contains no services"),
        (r#"{"identifier": "a"}"#, "warning[no-teams]: the only service has no team"),
        (r#"[{"identifier": "a"}, {"identifier": "b", "team": 5}]"#, "none of 2 services has a team"),
        (
            r#"{"identifier": "a", "team": "t", "total_deployments": "7"}"#,
            "warning[no-metrics]: the only service has no number to pool",
        ),
    ] {
        let run = teams(input);
        assert_eq!(run.code, 0, "{input}");
        assert!(run.stderr.contains(warning), "{input}: {}", run.stderr);
    }
    let run = teams(r#"{"identifier": "a", "team": "t", "total_deployments": 7}"#);
    assert_eq!(run.stderr, "");
}

#[test]
fn a_sum_that_is_too_large_is_null_and_so_is_its_tier() {
    let service = |name: &str| {
        format!(
            r#"{{"identifier": "{name}", "team": "t", "deployment_frequency": 1e308, "lead_time_for_changes": 1e308}}"#
        )
    };
    let run = teams(&[service("a"), service("b")].concat());
    for part in ["\"deployment_frequency\":null", "\"deploy_freq_tier\":null", "\"lead_time_tier\":null"] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
}

#[test]
fn the_window_is_not_blamed_for_events_inside_it() {
    let run = metrics(r#"{"service": "a", "deployedAt": "2026-02-01"}"#, &["-c", "-"]);
    assert!(run.stderr.contains("change-without-time"), "{}", run.stderr);
    assert!(!run.stderr.contains("no-events-in-window"), "{}", run.stderr);
}

#[test]
fn an_empty_list_of_services_is_told() {
    let files = directory(&[("empty", b"")]);
    let path = files.path().join("empty");
    let options = ["-d", "-", "--services", path.to_str().expect("UTF-8")];
    let run = metrics(r#"{"service": "a", "deployedAt": "2026-02-01"}"#, &options);
    assert_eq!(run.code, 0);
    assert!(run.stderr.contains("the list of services contains no entities"), "{}", run.stderr);
}

#[test]
fn mistakes_in_options_and_events_have_a_way_out() {
    let event = r#"{"service": "a", "deployedAt": "2026-02-01"}"#;
    for (input, options, message) in [
        ("", &[][..], "--changes <PATH>"),
        (event, &["-d", "-", "--window", "106751991167300d"], "write at most 100 years"),
        (r#"{"service": ["x", 5], "deployedAt": "2026-02-01"}"#, &["-d", "-"], "<stdin>:1:13"),
        (
            r#"{"service": ["x", 5], "deployedAt": "2026-02-01"}"#,
            &["-d", "-"],
            "elements of `service` must be strings",
        ),
    ] {
        let run = metrics(input, options);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{options:?}: {}", run.stderr);
        assert!(run.stderr.contains(message), "{options:?}: {}", run.stderr);
    }
    let files = directory(&[("s", br#"{"identifier": "a", "team": "red"}"#)]);
    let path = files.path().join("s");
    let options = ["-d", "-", "--services", path.to_str().expect("UTF-8"), "--explain", "red"];
    let run = metrics(event, &options);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("`red` is a team, not a service"), "{}", run.stderr);
}
