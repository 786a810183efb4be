//! Tests of `lint`: on sets with intentional mistakes, on the built-in set, and its command-line interface.

#![expect(clippy::expect_used, clippy::panic, reason = "a test must fail if a value is missing")]

use crate::program::{Run, directory, run, run_with};
use dora_score::lint::lints;
use dora_score::{Code, Severity};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The findings of `lint -f json`.
fn findings(run: &Run) -> Vec<Value> {
    let document: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    document["findings"].as_array().expect("an array").clone()
}

/// The code and the line of each finding, in the order of the output.
fn found(arguments: &[&str]) -> Vec<(String, u64)> {
    let all: Vec<&str> = ["lint", "-f", "json"].into_iter().chain(arguments.iter().copied()).collect();
    let run = run(&all);
    let findings = findings(&run);
    let pair = |finding: &Value| {
        (finding["code"].as_str().expect("a code").to_owned(), finding["line"].as_u64().expect("a line"))
    };
    findings.iter().map(pair).collect()
}

fn pairs(mistakes: &[(&str, u64)]) -> Vec<(String, u64)> {
    mistakes.iter().map(|(code, line)| ((*code).to_owned(), *line)).collect()
}

/// The mistakes in `thresholds.json`: rules that no entity, or every possible entity, passes.
const THRESHOLDS: &[(&str, u64)] = &[
    ("implied-level", 12),
    ("contradictory-conditions", 28),
    ("rule-never-passes", 31),
    ("rule-never-passes", 35),
    ("contradictory-conditions", 41),
    ("unreachable-level", 58),
    ("unreachable-level", 73),
    ("filter-always-matches", 84),
    ("implied-rule", 93),
    ("rule-never-fails", 96),
    ("duplicate-query", 100),
    ("implied-rule", 107),
    ("filter-never-matches", 116),
    ("passes-without-data", 135),
    ("passes-on-zero", 147),
];

/// The mistakes in `shape.json`: unusual or misspelled parts of definitions.
const SHAPE: &[(&str, u64)] = &[
    ("level-without-rules", 4),
    ("missing-title", 4),
    ("misspelled-key", 5),
    ("misspelled-key", 7),
    ("misspelled-key", 8),
    ("duplicate-key", 12),
    ("misspelled-key", 14),
    ("unknown-key", 19),
    ("unknown-key", 24),
    ("quoted-number", 25),
    ("unknown-key", 30),
    ("unknown-color", 42),
    ("level-order", 43),
    ("misspelled-key", 44),
    ("level-without-rules", 45),
    ("missing-title", 49),
    ("boolean-as-text", 110),
    ("boolean-as-text", 111),
    ("boolean-as-text", 124),
];

/// The further findings in `shape.json` with `--portable`.
const PORTABILITY: &[(&str, u64)] = &[
    ("portability-color", 44),
    ("portability-color", 45),
    ("portability-identifier", 68),
    ("portability-color", 70),
    ("portability-color", 70),
    ("portability-identifier", 73),
    ("portability-rules-key", 78),
    ("portability-nested-group", 80),
    ("portability-preset", 82),
    ("portability-identifier", 91),
    ("portability-color", 101),
    ("portability-operator", 125),
    ("portability-array", 126),
    ("portability-date", 130),
];

/// The mistakes in `entities.json` that only the entities reveal.
const ENTITIES: &[(&str, u64)] = &[
    ("unknown-property", 10),
    ("unknown-relation", 13),
    ("unknown-relation", 16),
    ("type-never-fits", 20),
    ("type-never-fits", 23),
    ("every-entity-passes", 26),
    ("every-entity-fails", 29),
    ("crowded-threshold", 38),
    ("unknown-property", 44),
    ("filter-matches-nothing", 53),
    ("blueprint-without-entities", 62),
];

const WITH_ENTITIES: [&str; 4] =
    ["-s", "tests/cases/lint/entities.json", "-e", "tests/cases/lint/entities.ndjson"];

#[test]
fn exactly_the_intentional_mistakes_are_reported() {
    assert_eq!(found(&["-s", "tests/cases/lint/thresholds.json"]), pairs(THRESHOLDS));
    assert_eq!(found(&["-s", "tests/cases/lint/shape.json"]), pairs(SHAPE));
    assert_eq!(found(&WITH_ENTITIES), pairs(ENTITIES));
    let mut both: Vec<(String, u64)> = pairs(SHAPE).into_iter().chain(pairs(PORTABILITY)).collect();
    both.sort();
    let mut portable = found(&["-s", "tests/cases/lint/shape.json", "--portable"]);
    portable.sort();
    assert_eq!(portable, both);
    assert_eq!(found(&["-s", "tests/cases/lint/entities.json"]), []);
}

#[test]
fn there_is_an_intentional_mistake_for_each_lint() {
    let mistakes: BTreeSet<&str> =
        [THRESHOLDS, SHAPE, PORTABILITY, ENTITIES].concat().into_iter().map(|(code, _)| code).collect();
    let known: BTreeSet<&str> = lints().map(Code::name).collect();
    assert_eq!(mistakes, known);
}

/// The lead time has no guard in the built-in set, because without deployments it is null, not 0.
#[test]
fn the_built_in_set_has_findings_of_one_code_and_the_examples_have_no_others() {
    assert_eq!(found(&[]), pairs(&[("passes-on-zero", 15), ("passes-on-zero", 15)]));
    assert_eq!(found(&["-s", "examples/scorecards", "--portable", "--allow", "passes-on-zero"]), []);
    assert_eq!(found(&["-s", "examples/filtered", "--allow", "passes-on-zero"]), []);
}

#[test]
fn the_exit_code_depends_on_severities_and_options() {
    let code = |arguments: &[&str]| run(&[&["lint"], arguments].concat()).code;
    assert_eq!(code(&[]), 0);
    assert_eq!(code(&["--deny", "warnings"]), 0);
    assert_eq!(code(&["-s", "tests/cases/lint/shape.json", "--deny", "warnings"]), 1);
    assert_eq!(code(&["-s", "tests/cases/lint/thresholds.json"]), 1);
    assert_eq!(code(&["-s", "tests/cases/lint/shape.json"]), 0);
    assert_eq!(code(&["-s", "no/such/file.json"]), 2);
    assert_eq!(code(&["-e", "no/such/file.json"]), 2);
    let notes =
        ["-s", "examples/scorecards", "-e", "examples/entities/oss-services.json", "--deny", "warnings"];
    let allowed = ["--allow", "blueprint-without-entities"];
    assert_eq!(code(&[notes.as_slice(), &allowed].concat()), 0, "notes are not denied");
}

#[test]
fn lint_rejects_invalid_definitions_with_the_messages_of_evaluate() {
    let text = br#"{"identifier": "x", "rules": [{"identifier": "r", "level": "Glod",
        "query": {"combinator": "and", "conditions": [{"property": "a", "operator": ">=", "value": "x"}]}}]}"#;
    let files = directory(&[("x.json", text)]);
    let path = files.path().join("x.json");
    let path = path.to_str().expect("UTF-8");
    let evaluate = run_with(&["evaluate", "-s", path, "-e", "-"], b"");
    let lint = run(&["lint", "-s", path]);
    assert_eq!((lint.code, lint.stdout.as_str()), (2, ""));
    assert_eq!(lint.stderr, evaluate.stderr);
    assert!(lint.stderr.contains("unknown-level") && lint.stderr.contains("wrong-value-type"));
}

#[test]
fn invalid_entities_are_rejected() {
    let run = run_with(&["lint", "-e", "-"], b"[{\"identifier\": 7}]");
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("<stdin>:1:17"), "{}", run.stderr);
}

#[test]
fn an_unknown_code_is_an_error_with_a_suggestion() {
    let run = run(&["lint", "--allow", "implied-levels", "--allow", "unknown-level"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("error[unknown-lint]: unknown lint `implied-levels`"), "{}", run.stderr);
    assert!(run.stderr.contains("did you mean `implied-level`?"), "{}", run.stderr);
    assert!(run.stderr.contains("unknown lint `unknown-level`"), "an error is not a lint: {}", run.stderr);
}

#[test]
fn text_shows_source_lines_with_carets_and_a_count() {
    let Run { stdout, stderr, .. } = run(&["lint", "-s", "tests/cases/lint/thresholds.json"]);
    assert_eq!(stderr, "");
    let first = "\
warning[implied-level]: every entity that reaches `Bronze` also reaches `Silver`, so no entity stays at `Bronze`
  --> tests/cases/lint/thresholds.json:12:9
   |
12 |         { \"property\": \"change_failure_rate\", \"operator\": \"<\", \"value\": 20 }
   |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   |
   = note: `Bronze` requires `change_failure_rate < 10`, `Silver` requires `change_failure_rate < 20`
   = help: thresholds must get stricter from level to level; check whether the two are swapped

";
    assert!(stdout.starts_with(first), "{stdout}");
    assert!(stdout.ends_with("\n\n7 errors, 8 warnings in 7 scorecards\n"), "{stdout}");
    let clean = run(&["lint", "--allow", "passes-on-zero"]);
    assert_eq!(clean.stdout, "no findings in 8 scorecards\n");
}

#[test]
fn json_has_all_keys_in_every_finding() {
    let run = run(&["lint", "-s", "tests/cases/lint/shape.json", "-f", "json"]);
    let findings = findings(&run);
    let keys = ["code", "column", "file", "help", "line", "message", "note", "rule", "scorecard", "severity"];
    for finding in &findings {
        let found: BTreeSet<&str> =
            finding.as_object().expect("an object").keys().map(String::as_str).collect();
        assert_eq!(found, keys.into_iter().collect());
    }
    let misspelled = findings.iter().find(|finding| finding["line"] == 14).expect("a finding in line 14");
    assert_eq!(misspelled["file"], "tests/cases/lint/shape.json");
    assert_eq!((&misspelled["column"], &misspelled["severity"]), (&Value::from(11), &Value::from("warning")));
    assert_eq!(
        (&misspelled["scorecard"], &misspelled["rule"]),
        (&Value::from("keys"), &Value::from("spelled"))
    );
    assert_eq!(misspelled["help"], "did you mean `description`?");
}

/// A scorecard whose names and file name contain characters with a special meaning in annotations.
fn hostile() -> tempfile::TempDir {
    let text = br#"{"identifier": "a\n::error::100%", "rules": []}"#;
    directory(&[("a b,c:d%.json", text)])
}

#[test]
fn github_annotations_are_escaped() {
    let files = hostile();
    let path = files.path().to_str().expect("UTF-8");
    let run = run(&["lint", "-s", path, "-f", "github"]);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{}", run.stdout);
    let place = format!("file={path}/a b%2Cc%3Ad%25.json,line=1,col=16");
    assert!(lines[0].starts_with(&format!("::notice {place},title=level-without-rules::")), "{}", lines[0]);
    assert!(lines[1].starts_with(&format!("::notice {place},title=missing-title::")), "{}", lines[1]);
    assert!(lines[1].contains("`a :\u{200b}:error::100%25` has no title%0Ahelp: "), "{}", lines[1]);
}

#[test]
fn sarif_has_the_parts_that_the_standard_requires() {
    let files = hostile();
    let path = files.path().to_str().expect("UTF-8");
    let run = run(&["lint", "-s", path, "-s", "tests/cases/lint/thresholds.json", "-f", "sarif"]);
    let document: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(document["version"], "2.1.0");
    let log = &document["runs"][0];
    let rules = log["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = log["results"].as_array().expect("results");
    assert_eq!(results.len(), THRESHOLDS.len() + 2);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().expect("an index")).expect("small");
        assert_eq!(rules[index]["id"], result["ruleId"]);
        assert!(rules[index]["fullDescription"]["text"].as_str().expect("text").len() > 30);
        assert!(rules[index]["help"]["markdown"].as_str().expect("a page").contains("## Fix"));
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().expect("a level")));
        assert!(result["message"]["text"].is_string());
        let physical = &result["locations"][0]["physicalLocation"];
        assert!(physical["region"]["startLine"].as_u64() >= Some(1));
        let uri = physical["artifactLocation"]["uri"].as_str().expect("an address");
        assert!(!uri.contains([' ', ':', '"']), "{uri}");
    }
    assert!(run.stdout.contains("a%20b%2Cc%3Ad%25.json"));
}

#[test]
fn exactly_four_lints_are_errors() {
    let errors: Vec<&str> =
        lints().filter(|code| code.severity() == Severity::Error).map(Code::name).collect();
    let expected =
        ["contradictory-conditions", "rule-never-passes", "unreachable-level", "filter-never-matches"];
    assert_eq!(errors, expected);
}

#[test]
fn findings_do_not_depend_on_the_format_of_the_entities_or_the_threads() {
    let text = std::fs::read_to_string("tests/cases/lint/entities.ndjson").expect("it is there");
    let port: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("an entity")).collect();
    let answer = serde_json::json!({"ok": true, "entities": port}).to_string();
    let set = ["lint", "-s", "tests/cases/lint/entities.json", "-e"];
    let expected = run(&[set.as_slice(), &["tests/cases/lint/entities.ndjson"]].concat()).stdout;
    let from_stdin = |text: &str, more: &[&str]| {
        run_with(&[set.as_slice(), &["-"], more].concat(), text.as_bytes()).stdout
    };
    assert_eq!(from_stdin(&answer, &["--threads", "4"]), expected);
    // the input has many blocks now, and only the counts are larger
    let many = text.repeat(1000);
    let grown = from_stdin(&many, &["--threads", "1"]);
    assert!(
        many.len() > 1_000_000 && grown.contains("5,000 of 7,000 entities have exactly the threshold of"),
        "{grown}"
    );
    assert!(
        grown.contains("property `coverge` is missing in all 7,000 entities of blueprint `service`"),
        "{grown}"
    );
    assert_eq!(from_stdin(&many, &["--threads", "4"]), grown);
}

/// In a flat row, all keys except the reserved ones are properties. In an entity with `properties`, none of them is.
#[test]
fn suggestions_are_names_of_properties() {
    let help = |entity: &str| {
        let set = ["lint", "-f", "json", "-s", "tests/cases/lint/entities.json", "-e", "-"];
        let findings = findings(&run_with(&set, entity.as_bytes()));
        let unknown = findings.iter().find(|finding| finding["line"] == 10).expect("no entity has it");
        unknown["help"].as_str().expect("help").to_owned()
    };
    assert_eq!(help(r#"{"identifier": "a", "Coverge": 1, "title": "A"}"#), "did you mean `Coverge`?");
    let stray = r#"{"identifier": "a", "Coverge": 1, "properties": {"covered": 1}}"#;
    assert_eq!(help(stray), "did you mean `covered`?");
    assert_eq!(help(r#"{"identifier": "a", "properties": {}}"#), "the entities have no properties");
}

/// The analysis gives up after a number of steps, so very large definitions are checked in bounded time.
#[test]
fn large_definitions_are_checked_in_bounded_time() {
    let any = |index: usize| {
        let conditions: Vec<String> = (0..12)
            .map(|of| {
                format!(
                    r#"{{"property":"p{}","operator":"{}","value":{}}}"#,
                    (index * 7 + of) % 9,
                    [">", "<", "!=", "="][of % 4],
                    index + of
                )
            })
            .collect();
        format!(
            r#"{{"identifier":"r{index}","title":"R","level":"{}","query":{{"combinator":"or","conditions":[{}]}}}}"#,
            ["Bronze", "Silver", "Gold"][index % 3],
            conditions.join(",")
        )
    };
    let rules: Vec<String> = (0..150).map(any).collect();
    let text = format!(r#"{{"identifier":"large","title":"L","rules":[{}]}}"#, rules.join(","));
    let deep = format!(
        "{}{}{}",
        r#"{"combinator":"or","conditions":["#.repeat(60),
        r#"{"property":"a","operator":"=","value":1}"#,
        "]}".repeat(60)
    );
    let nested = format!(
        r#"{{"identifier":"deep","title":"D","levels":[{{"title":"A"}},{{"title":"B"}}],"rules":[{{"identifier":"r","title":"R","level":"B","query":{deep}}}]}}"#
    );
    let files = directory(&[("large.json", text.as_bytes()), ("deep.json", nested.as_bytes())]);
    let start = std::time::Instant::now();
    let run = run(&["lint", "-s", files.path().to_str().expect("UTF-8"), "-f", "json"]);
    assert!(run.code < 2, "{}", run.stderr);
    assert!(start.elapsed() < std::time::Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn what_an_option_denies_is_shown_as_an_error_to_people() {
    let rule = json!({"identifier": "r", "title": "R", "level": "Gold", "query": {"combinator": "and",
        "conditions": [{"property": "p", "operator": "=", "value": "true"}]}});
    let levels = json!([{"title": "Basic"}, {"title": "Gold"}]);
    let set = json!({"identifier": "s", "title": "S", "levels": levels, "rules": [rule]}).to_string();
    let files = directory(&[("set.json", set.as_bytes())]);
    let path = files.path().join("set.json");
    let lint = |options: &[&str]| run(&[&["lint", "-s", path.to_str().expect("UTF-8")], options].concat());
    for (options, reason) in [
        (&["--deny", "boolean-as-text"][..], "--deny boolean-as-text"),
        (&["--deny", "warnings"], "--deny warnings"),
        (&["--strict"], "--strict"),
    ] {
        let text = lint(options);
        assert_eq!(text.code, 1, "{}", text.stderr);
        assert!(text.stdout.contains("error[boolean-as-text]"), "{}", text.stdout);
        assert!(text.stdout.contains(&format!("an error because of `{reason}`")), "{}", text.stdout);
        assert!(text.stdout.ends_with("\n1 error in 1 scorecard\n"), "{}", text.stdout);
        let github = lint(&[options, &["-f", "github"]].concat());
        assert_eq!(github.code, 1);
        assert!(github.stdout.starts_with("::error file="), "{}", github.stdout);
        let data = lint(&[options, &["-f", "json"]].concat());
        assert!(data.code == 1 && data.stdout.contains("\"severity\": \"warning\""), "{}", data.stdout);
    }
    assert_eq!(lint(&[]).code, 0);
}

#[test]
fn annotations_tell_what_stops_lint() {
    let files = directory(&[("set.json", br#"{"identifier": "s", "rules": 1}"#)]);
    let path = files.path().join("set.json");
    let run = run(&["lint", "-s", path.to_str().expect("UTF-8"), "-f", "github"]);
    assert_eq!(run.code, 2);
    assert!(run.stdout.starts_with("::error file=") && run.stdout.contains(",line=1,"), "{}", run.stdout);
    assert!(run.stderr.contains("error[wrong-type]"), "{}", run.stderr);
}
