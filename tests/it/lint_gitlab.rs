//! Tests of `lint -f gitlab`: what GitLab requires of a report, and fingerprints that stay the same.

use crate::program::{Run, directory, run, run_with};
use crate::schema::{check, faults, validator};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

/// All findings of the intentional mistakes: the arguments of `lint`.
const MISTAKES: &[&[&str]] = &[
    &["-s", "tests/cases/lint/thresholds.json"],
    &["-s", "tests/cases/lint/shape.json", "--portable"],
    &["-s", "tests/cases/lint/entities.json", "-e", "tests/cases/lint/entities.ndjson"],
];

fn lint(format: &str, arguments: &[&str]) -> Run {
    run(&[&["lint", "-f", format], arguments].concat())
}

/// The issues in a report, which must have what GitLab requires, and different fingerprints.
fn issues(report: &str) -> Vec<Value> {
    let issue = json!({
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": false,
        "properties": {
            "description": {"type": "string", "pattern": "^[^\\n]+$"},
            "check_name": {"type": "string", "pattern": "^[a-z0-9-]+$"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{16}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": false,
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./)."},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "additionalProperties": false,
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    });
    let document: Value = serde_json::from_str(report).expect(report);
    assert_eq!(faults(&validator(&json!({"type": "array", "items": issue})), &document), "", "{report}");
    let issues = document.as_array().expect("an array").clone();
    let fingerprints: BTreeSet<&str> = fingerprints(&issues).collect();
    assert_eq!(fingerprints.len(), issues.len(), "{report}");
    issues
}

fn fingerprints(issues: &[Value]) -> impl Iterator<Item = &str> {
    issues.iter().map(|issue| issue["fingerprint"].as_str().expect("a fingerprint"))
}

/// The issues of a file with this text. It always has the same path.
fn issues_of(place: &Path, text: &str) -> Vec<Value> {
    std::fs::write(place.join("set.json"), text).expect("the file is written");
    let path = place.join("set.json");
    let run = lint("gitlab", &["--portable", "-s", path.to_str().expect("UTF-8")]);
    assert!(run.code < 2, "{}", run.stderr);
    issues(&run.stdout)
}

#[test]
fn a_report_has_every_finding_with_what_gitlab_requires() {
    for arguments in MISTAKES {
        let report = lint("gitlab", arguments);
        let data = lint("json", arguments);
        assert_eq!((report.code, report.stderr), (data.code, data.stderr));
        let data: Value = serde_json::from_str(&data.stdout).expect("JSON");
        let findings = data["findings"].as_array().expect("an array");
        let issues = issues(&report.stdout);
        assert_eq!(issues.len(), findings.len());
        for (issue, finding) in issues.iter().zip(findings) {
            let severity = match finding["severity"].as_str().expect("a severity") {
                "error" => "major",
                "warning" => "minor",
                _ => "info",
            };
            assert_eq!((&issue["severity"], &issue["check_name"]), (&json!(severity), &finding["code"]));
            assert_eq!(
                issue["location"],
                json!({"path": finding["file"], "lines": {"begin": finding["line"]}})
            );
            let description = issue["description"].as_str().expect("text");
            assert!(description.starts_with(finding["message"].as_str().expect("text")), "{issue}");
            assert!(description.contains(finding["help"].as_str().unwrap_or("")), "{issue}");
        }
    }
}

#[test]
fn a_report_without_findings_is_an_empty_array() {
    let run = lint("gitlab", &["--allow", "passes-on-zero"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, "[]\n", ""));
}

#[test]
fn paths_are_those_of_the_repository() {
    for path in ["examples/faulty", "./examples/faulty", "././examples//faulty/change-failure-rate.json"] {
        for issue in issues(&lint("gitlab", &["-s", path]).stdout) {
            assert_eq!(issue["location"]["path"], "examples/faulty/change-failure-rate.json", "{path}");
        }
    }
}

/// Two conditions with the same mistake in a rule, and a rule with the same text in another scorecard.
#[test]
fn findings_with_the_same_text_have_different_fingerprints() {
    let condition = json!({"property": "p\n\"##[x]", "operator": "=", "value": "true"});
    let rule = json!({"identifier": "r", "level": "Gold",
        "query": {"combinator": "and", "conditions": [condition, condition]}});
    let card = |identifier: &str, blueprint: &str| json!({"identifier": identifier, "blueprint": blueprint, "rules": [rule]});
    let place = directory(&[]);
    let one = issues_of(place.path(), &card("a", "x").to_string());
    assert_eq!(one.iter().filter(|issue| issue["check_name"] == "boolean-as-text").count(), 2, "{one:?}");
    let three = json!([card("a", "x"), card("a", "y"), card("b", "x")]).to_string();
    assert_eq!(issues_of(place.path(), &three).len(), 3 * one.len());
}

#[test]
fn fingerprints_do_not_depend_on_lines_and_indentation() {
    let place = directory(&[]);
    for file in ["thresholds.json", "shape.json"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/lint").join(file);
        let text = std::fs::read_to_string(path).expect(file);
        let before = issues_of(place.path(), &text);
        let after = issues_of(place.path(), &format!("\n{text}"));
        for (before, after) in before.iter().zip(&after) {
            let line = |issue: &Value| issue["location"]["lines"]["begin"].as_u64().expect("a line");
            assert_eq!(line(before) + 1, line(after));
        }
        let fingerprints_of = |issues: &[Value]| fingerprints(issues).map(str::to_owned).collect::<Vec<_>>();
        let expected = fingerprints_of(&before);
        assert_eq!(fingerprints_of(&after), expected);
        let ends = prop::collection::vec(prop_oneof!["\n", "\r\n", "\n\n", "\n \t ", " \r\n\r\n"], 20);
        check(ends, 12, |ends| {
            let lines = text.lines().zip(ends.iter().cycle());
            let moved: String = lines.flat_map(|(line, end)| [line, end.as_str()]).collect();
            prop_assert_eq!(&fingerprints_of(&issues_of(place.path(), &moved)), &expected);
            Ok(())
        });
    }
}

/// Exports differ every day, so messages with counts of entities do.
#[test]
fn fingerprints_do_not_depend_on_the_number_of_entities() {
    let text = std::fs::read_to_string("tests/cases/lint/entities.ndjson").expect("it is there");
    let report = |text: &str| {
        let arguments = ["lint", "-f", "gitlab", "-s", "tests/cases/lint/entities.json", "-e", "-"];
        issues(&run_with(&arguments, text.as_bytes()).stdout)
    };
    let (once, twice) = (report(&text), report(&text.repeat(2)));
    assert_ne!(once, twice, "the messages have counts");
    assert!(fingerprints(&once).eq(fingerprints(&twice)));
}

#[test]
fn what_an_option_denies_is_major_and_what_stops_lint_is_critical() {
    let shape = ["-s", "tests/cases/lint/shape.json"];
    for options in [&["--strict"][..], &["--deny", "warnings"]] {
        let denied = lint("gitlab", &[&shape, options].concat());
        assert_eq!(denied.code, 1);
        let (denied, plain) = (issues(&denied.stdout), issues(&lint("gitlab", &shape).stdout));
        assert!(fingerprints(&denied).eq(fingerprints(&plain)));
        for (denied, plain) in denied.iter().zip(&plain) {
            let severity = if plain["severity"] == "minor" { &json!("major") } else { &plain["severity"] };
            assert_eq!((&denied["severity"], &denied["description"]), (severity, &plain["description"]));
        }
    }

    // a scorecard with two errors at the same text, one that ends too early, and a file that is not text
    let twice = br#"{"identifier": "x", "rules": [{"identifier": "r", "level": "Glod", "query": 1},
        {"identifier": "s", "level": "Glod", "query": 1}]}"#;
    for (text, code) in [(&twice[..], "unknown-level"), (b"{", "truncated-json"), (b"\xff", "invalid-utf8")] {
        let files = directory(&[("set.json", text)]);
        let path = files.path().join("set.json");
        let run = lint("gitlab", &["-s", path.to_str().expect("UTF-8")]);
        assert_eq!(run.code, 2);
        let issues = issues(&run.stdout);
        assert!(issues.iter().any(|issue| issue["check_name"] == code), "{}", run.stdout);
        assert!(issues.iter().all(|issue| issue["severity"] == "critical"), "{}", run.stdout);
        assert!(run.stderr.contains(&format!("error[{code}]")), "{}", run.stderr);
    }
    let run = lint("gitlab", &["--deny", "portability-array"]);
    assert_eq!(
        (run.code, run.stdout.as_str()),
        (2, ""),
        "an empty report would say that there are no findings"
    );
}
