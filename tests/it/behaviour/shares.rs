//! Section 6 of the specification: shares, and results that are not judged because they have no data.

use super::{document, evaluate, rule};
use crate::program::Run;
use serde_json::json;

/// Scorecard `a=b` has a level with `@` and `=` in its title; scorecard `d` grades two blueprints.
fn set() -> String {
    let active = rule("active", "Bronze", r#"{"property": "n", "operator": ">", "value": 0}"#);
    let named = rule("named", "x@y=z", r#"{"property": "m", "operator": ">=", "value": 1}"#);
    format!(
        r#"[{{"identifier": "c", "rules": [{active}]}},
            {{"identifier": "a=b", "levels": [{{"title": "Low"}}, {{"title": "x@y=z"}}], "rules": [{named}]}},
            {{"identifier": "d", "blueprint": "api", "rules": [{active}]}},
            {{"identifier": "d", "blueprint": "lib", "rules": [{active}]}}]"#
    )
}

/// Five services with `n`, of which one is below Bronze in `c`, and one each without activity and unmeasured.
const SERVICES: &str = r#"[{"identifier": "one", "n": 1, "m": 1}, {"identifier": "two", "n": 2},
    {"identifier": "three", "n": 3, "m": 3}, {"identifier": "four", "n": 4}, {"identifier": "bad", "n": "-", "m": 0},
    {"identifier": "idle", "n": 0, "m": 1}, {"identifier": "unknown", "m": 1}]"#;

fn gated(entities: &str, more: &[&str]) -> Run {
    evaluate(&set(), entities.as_bytes(), more)
}

fn last_line(run: &Run) -> &str {
    run.stderr.lines().last().unwrap_or_default()
}

#[test]
fn the_share_of_a_scorecard_decides_whether_the_gate_fails() {
    let with = |minimum: &str, mode: &str| gated(SERVICES, &["-q", "-m", minimum, "--no-data", mode]);
    for (minimum, mode, code, line) in [
        (
            "c=Bronze",
            "skip",
            1,
            "1 of 5 results is below the minimum; not judged: 1 with no activity, 1 not measured",
        ),
        (
            "c=Bronze@81%",
            "skip",
            1,
            "1 of 5 results is below the minimum; c: 80% of 5 hold Bronze, 81% required; \
             not judged: 1 with no activity, 1 not measured",
        ),
        ("c=Bronze@80%", "skip", 0, ""),
        (
            "c=Bronze@67%",
            "skip-inactive",
            1,
            "2 of 6 results are below the minimum; c: 66% of 6 hold Bronze, 67% required; not judged: 1 with no activity",
        ),
        ("c=Bronze@66%", "skip-inactive", 0, ""),
        ("c=Bronze@57%", "judge", 0, ""),
        (
            "c=Bronze@58%",
            "judge",
            1,
            "3 of 7 results are below the minimum; c: 57% of 7 hold Bronze, 58% required",
        ),
        (r#""a=b"="x@y=z"@80%"#, "skip", 0, ""),
        (r#""a=b"=X@y"#, "skip", 2, ""),
    ] {
        let run = with(minimum, mode);
        assert_eq!(run.code, code, "{minimum} {mode}: {}", run.stderr);
        if code == 1 {
            assert_eq!(last_line(&run), format!("gate failed: {line}"), "{minimum} {mode}");
        }
    }
    let passed = gated(SERVICES, &["-m", "c=Bronze@80%", "--no-data", "skip"]);
    let line = "gate passed: 5 results judged, 1 below the minimum; c: 80% of 5 hold Bronze, 80% required; \
                not judged: 1 with no activity, 1 not measured";
    assert_eq!((last_line(&passed), passed.stderr.contains('✘')), (line, false), "{}", passed.stderr);
}

#[test]
fn a_percentage_is_rounded_down_so_that_it_never_looks_reached() {
    let mut entities: Vec<String> =
        (0..799).map(|n| format!(r#"{{"identifier": "g{n}", "n": 1}}"#)).collect();
    entities.extend((0..201).map(|n| format!(r#"{{"identifier": "b{n}", "n": -1}}"#)));
    let run = gated(&entities.join("\n"), &["-q", "-m", "c=Bronze@80%"]);
    let line =
        "gate failed: 201 of 1,000 results are below the minimum; c: 79% of 1,000 hold Bronze, 80% required";
    assert_eq!((run.code, last_line(&run)), (1, line));
    // of 201 failures the first 100 are listed
    assert_eq!(run.stderr.matches('✘').count(), 100);
    assert!(run.stderr.contains("… and 101 more"), "{}", run.stderr);
}

/// Results below the level fail in JSON, but are failures for people and CI systems only if the share is too small.
#[test]
fn results_below_a_share_that_holds_are_no_failures() {
    let run = |minimum: &str, format: &str| {
        gated(SERVICES, &["-q", "-m", minimum, "--no-data", "skip", "-f", format])
    };
    for (minimum, fails) in [("c=Bronze@80%", false), ("c=Bronze@81%", true)] {
        let junit = run(minimum, "junit").stdout;
        let failures = usize::from(fails);
        assert_eq!(junit.matches("<failure ").count(), failures, "{junit}");
        assert_eq!(junit.matches("<system-out>Basic, minimum Bronze\n").count(), 1 - failures, "{junit}");
        assert!(
            junit.contains(&format!(
                "name=\"c · service\" tests=\"7\" skipped=\"2\" errors=\"0\" failures=\"{failures}\""
            )),
            "{junit}"
        );
        let github = run(minimum, "github").stdout;
        assert_eq!(github.matches("::error ").count(), 2 * failures, "{github}");
        assert_eq!(github.matches("::notice title=gate passed::").count(), 1 - failures, "{github}");
        let markdown = run(minimum, "markdown").stdout;
        assert_eq!(markdown.contains("### 1 result below the minimum"), fails, "{markdown}");
        let json = document(&run(minimum, "json"));
        let share = if fails { 81 } else { 80 };
        assert_eq!(
            json["gate"],
            json!({"passed": !fails, "judged": 5, "failed": 1, "noData": 2, "waived": 0, "minimums": [
                {"scorecard": "c", "blueprint": "service", "level": "Bronze", "share": share}]})
        );
        let judged = |index: usize| {
            (
                json["entities"][index]["scorecards"]["c"]["gate"].as_str(),
                json["entities"][index]["scorecards"]["c"]["minimum"].as_str(),
            )
        };
        assert_eq!(
            [0, 4, 5, 6].map(judged),
            [
                (Some("passed"), Some("Bronze")),
                (Some("failed"), Some("Bronze")),
                (Some("noData"), Some("Bronze")),
                (Some("noData"), Some("Bronze")),
            ]
        );
        assert_eq!(json["entities"][0]["scorecards"]["a=b"].get("gate"), None);
    }
    let open = document(&gated(SERVICES, &[]));
    assert_eq!((open.get("gate"), open["entities"][0]["scorecards"]["c"].get("minimum")), (None, None));
    let empty = document(&gated("", &["-q", "-m", "c=Bronze", "-f", "json"]));
    assert_eq!(empty["gate"]["passed"], json!(null));
}

/// Each scorecard is judged on its own, and the failures of one that fails are found behind many of one that passes.
#[test]
fn the_failures_of_one_scorecard_are_not_lost_behind_those_of_another() {
    let mut entities: Vec<String> =
        (0..150).map(|n| format!(r#"{{"identifier": "a{n}", "blueprint": "api", "n": -1}}"#)).collect();
    entities.extend((0..300).map(|n| format!(r#"{{"identifier": "g{n}", "blueprint": "api", "n": 1}}"#)));
    entities.push(r#"{"identifier": "late", "blueprint": "lib", "n": -1}"#.to_owned());
    let run = gated(&entities.join("\n"), &["-q", "-m", "d=Bronze@50%"]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (
            1,
            "✘ late d: Basic, minimum Bronze\n    active: n is -1, required > 0\n\
             gate failed: 151 of 451 results are below the minimum; d of lib: 0% of 1 hold Bronze, 50% required\n"
        )
    );
}

#[test]
fn hostile_names_in_shares_are_safe() {
    let rule = rule("r", "\\u001b[31m@%0A", r#"{"property": "n", "operator": ">", "value": 0}"#);
    let set = format!(
        r#"{{"identifier": ":\u001b]0;x\u0007", "levels": [{{"title": "-"}}, {{"title": "\u001b[31m@%0A"}}], "rules": [{rule}]}}"#
    );
    for format in ["table", "markdown", "github", "junit"] {
        let minimum = r#"":\u001b]0;x\u0007"="\u001b[31m@%0A"@80%"#;
        let run = evaluate(&set, br#"{"identifier": "a", "n": -1}"#, &["-q", "-f", format, "-m", minimum]);
        assert_eq!(run.code, 1, "{}", run.stderr);
        for text in [&run.stdout, &run.stderr] {
            assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{format}: {text:?}");
        }
    }
    let long = format!("{}@x", "a".repeat(100_000));
    let run = evaluate(&set, b"", &["-m", &long]);
    assert_eq!((run.code, run.stderr.len() < 102_000), (2, true));
}
