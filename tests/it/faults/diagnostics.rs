//! Thousands of problems in one file.

use crate::program::{directory, run, run_with};
use serde_json::json;
use std::fmt::Write;

/// A scorecard with two mistakes in each of its rules, one rule in each line.
fn mistakes(rules: usize) -> String {
    let mut text = r#"{"identifier": "c", "rules": ["#.to_owned();
    for index in 0..rules {
        let comma = if index > 0 { "," } else { "" };
        write!(
            text,
            r#"{comma}
{{"identifier": "r{index}", "level": "Brnze", "query": {{"combinator": "and", "conditions": [{{"property": "p", "operator": ">>", "value": 1}}]}}}}"#
        )
        .expect("a string has room");
    }
    text + "]}"
}

/// The lines that name a place.
fn places(shown: &str) -> Vec<&str> {
    shown.lines().filter_map(|line| line.trim_start().strip_prefix("--> ")).collect()
}

#[test]
fn twenty_of_many_problems_are_printed_and_all_are_counted() {
    let files = directory(&[("many.json", mistakes(5_000).as_bytes())]);
    let path = files.path().join("many.json");
    let path = path.to_str().expect("UTF-8");
    for arguments in [&["lint", "-s", path][..], &["lint", "-f", "json", "-s", path], &["show", "-s", path]] {
        let run = run(arguments);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert_eq!(places(&run.stderr).len(), 20, "{arguments:?}");
        assert!(run.stderr.ends_with("\n\n… and 9,980 more\n10,000 errors\n"), "{}", run.stderr);
        assert_eq!(places(&run.stderr)[19], format!("{path}:11:116"), "{}", run.stderr);
    }
}

#[test]
fn twenty_problems_are_printed_without_a_line_about_more() {
    let files = directory(&[("some.json", mistakes(10).as_bytes())]);
    let run = run(&["show", "-s", files.path().to_str().expect("UTF-8")]);
    assert_eq!(places(&run.stderr).len(), 20);
    assert!(run.stderr.ends_with("\n\n20 errors\n") && !run.stderr.contains("more"), "{}", run.stderr);
}

#[test]
fn entities_that_are_given_as_scorecards_are_one_problem() {
    let entities: Vec<_> = (0..30_000)
        .map(|index| json!({"identifier": format!("e{index}"), "properties": {"p": index}}))
        .collect();
    let files = directory(&[("entities.json", json!(entities).to_string().as_bytes())]);
    let path = files.path().join("entities.json");
    let run = run_with(&["evaluate", "-s", path.to_str().expect("UTF-8"), "-e", "-"], b"");
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert_eq!(run.stderr.matches("error[not-a-scorecard]").count(), 1, "{}", run.stderr);
    assert!(run.stderr.lines().count() < 10, "{}", run.stderr);
}

/// Ten thousand levels and as many unknown ones: a suggestion for each of them would compare 10^8 pairs of words.
#[test]
fn unknown_words_are_compared_only_for_the_problems_that_are_printed() {
    let levels: Vec<_> = (0..10_000).map(|index| json!({"title": format!("level {index}")})).collect();
    let query = json!({"combinator": "and", "conditions": [{"property": "p", "operator": "isEmpty"}]});
    let rules: Vec<_> = (0..10_000)
        .map(|index| json!({"identifier": format!("r{index}"), "level": format!("levl {index}"), "query": query}))
        .collect();
    let card = json!({"identifier": "c", "levels": levels, "rules": rules}).to_string();
    let run = run_with(&["lint", "-s", "/dev/stdin"], card.as_bytes());
    assert_eq!(run.stderr.matches("did you mean `level").count(), 20, "{}", run.stderr);
    assert!(run.stderr.ends_with("10,000 errors\n"), "{}", run.stderr);
}

#[test]
fn ungraded_blueprints_are_listed_up_to_twenty() {
    let entities: String =
        (0..60).map(|index| format!("{{\"identifier\":\"e\",\"blueprint\":\"b{index:02}\"}}\n")).collect();
    let run = run_with(&["evaluate", "-e", "-"], entities.as_bytes());
    assert!(run.stderr.contains("`b18` (1), `b19` (1), and 40 more"), "{}", run.stderr);
    assert!(!run.stderr.contains("`b20`"), "{}", run.stderr);
}
