//! Gates that could not fail do not pass, and what is told about them.

use super::written::document;
use crate::program::{Run, directory, run};
use serde_json::Value;

fn in_files(command: &str, files: &[(&str, &str)], options: &[&str]) -> Run {
    let bytes: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let directory = directory(&bytes);
    let paths: Vec<String> = files
        .iter()
        .map(|(name, _)| directory.path().join(name).to_str().expect("UTF-8").to_owned())
        .collect();
    let mut arguments = vec![command];
    arguments.extend(paths.iter().map(String::as_str));
    arguments.extend(options);
    run(&arguments)
}

fn diff(before: &str, after: &str, options: &[&str]) -> Run {
    in_files("diff", &[("before.json", before), ("after.json", after)], options)
}

/// A line of ndjson.
fn line(level: &str, rank: u32) -> String {
    format!(r#"{{"identifier": "a", "scorecards": {{"c": {{"level": "{level}", "rank": {rank}}}}}}}"#)
}

#[test]
fn levels_that_nobody_holds_are_known_where_the_ranks_are_the_usual_ones() {
    let (gold, bronze, basic) = (line("Gold", 3), line("Bronze", 1), line("Basic", 0));
    assert_eq!(diff(&gold, &bronze, &["--fail-on", "below=Silver"]).code, 1);
    assert_eq!(diff(&gold, &basic, &["--fail-on", "below=Bronze"]).code, 1);
    let days = [("2026-01-01.ndjson", basic.as_str()), ("2026-01-02.ndjson", basic.as_str())];
    assert_eq!(in_files("trend", &days, &["--for", "2", "--fail-on", "stuck"]).code, 1);
    // other ranks say that the levels are others
    let days = days
        .map(|(name, _)| (name, r#"{"identifier": "a", "scorecards": {"c": {"level": "Gold", "rank": 0}}}"#));
    assert_eq!(in_files("trend", &days, &["--for", "2", "--fail-on", "stuck"]).code, 0);
}

#[test]
fn a_file_whose_first_results_do_not_apply_is_still_one_of_results() {
    let text = r#"{"identifier": "a", "scorecards": {"c": null}}
        {"identifier": "b", "scorecards": {}}
        {"identifier": "d", "scorecards": {"c": {"level": "Gold", "rank": 3}}}"#;
    let run = in_files("trend", &[("2026-01-01.ndjson", text), ("2026-01-02.ndjson", text)], &["-f", "json"]);
    let document: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(document["scorecards"][0]["identifier"], "c", "{document}");
    assert_eq!(document["scorecards"][0]["dates"][0]["graded"], 1);
}

#[test]
fn results_that_do_not_apply_on_either_side_are_nothing_to_compare() {
    let text = r#"{"identifier": "a", "scorecards": {"c": null}}"#;
    let run = diff(text, text, &["--fail-on", "any"]);
    assert_eq!((run.code, run.stderr.contains("nothing to compare")), (3, true), "{}", run.stderr);
    let days = [("2026-01-01.ndjson", text), ("2026-01-02.ndjson", text)];
    assert_eq!(in_files("trend", &days, &["--for", "2", "--fail-on", "stuck"]).code, 3);
}

#[test]
fn without_anything_to_compare_no_change_is_a_culprit() {
    let (before, after) = (document("ee=Gold").to_string(), document("ff=Gold").to_string());
    for format in ["json", "github"] {
        let run = diff(&before, &after, &["--fail-on", "any", "-f", format]);
        assert_eq!(run.code, 3, "{}", run.stderr);
        assert!(!run.stderr.contains('✘') && !run.stdout.contains("::error"), "{}{}", run.stdout, run.stderr);
        assert!(format != "json" || run.stdout.contains("\"culprits\":[]"), "{}", run.stdout);
    }
}

#[test]
fn a_minimum_must_exist_where_it_is_compared() {
    let side = |level: &str| {
        format!(
            r#"{{"identifier": "a", "scorecards": {{"c": {{"level": "{level}", "rank": 1}}, "d": {{"level": "Odd", "rank": 0}}}}}}"#
        )
    };
    let run = diff(&side("Bronze"), &side("Bronze"), &["--fail-on", "below=Bronze"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(
        run.stderr.contains("error[unknown-minimum]: scorecard `d` has no level `Bronze`"),
        "{}",
        run.stderr
    );
    assert_eq!(diff(&side("Bronze"), &side("Bronze"), &["--fail-on", "below=c=Bronze"]).code, 0);
}

#[test]
fn an_error_is_told_where_a_ci_system_shows_the_changes() {
    let files = directory(&[("before.json", b"{}"), ("after.json", b"{}"), ("old.md", b"old")]);
    let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
    let (before, after, old) = (path("before.json"), path("after.json"), path("old.md"));
    let markdown = format!("markdown={old}");
    let run = run(&["diff", &before, &after, "-f", "github", "-f", &markdown]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stdout.starts_with("::error file="), "{}", run.stdout);
    let told = std::fs::read_to_string(&old).expect("it is written");
    assert!(
        told.starts_with("## Changes\n\n❌ **Nothing was decided:** 1 error stopped the comparison"),
        "{told}"
    );
    let run = crate::program::run(&["trend", &before, &after, "-f", &markdown]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    let told = std::fs::read_to_string(&old).expect("it is written");
    assert!(
        told.starts_with("## Trend\n\n❌ **Nothing was decided:** 2 errors stopped the command"),
        "{told}"
    );
    // only what tells errors is written
    let json = format!("json={}", path("new.json"));
    assert_eq!(crate::program::run(&["diff", &before, &after, "-f", &json]).code, 2);
    assert!(!files.path().join("new.json").exists());
}

/// The numbers of levels depend on the threads; no output may.
#[test]
fn the_same_files_give_the_same_bytes_with_any_number_of_threads() {
    let entities = |port: bool| -> String {
        let result = |n: usize| match port {
            true => format!(r#"{{"level": "L{}"}}"#, n * 7 % 9),
            false => "null".to_owned(),
        };
        (0..4000)
            .map(|n| format!(r#"{{"identifier": "e{n}", "scorecards": {{"c": {}}}}}"#, result(n)) + "\n")
            .collect()
    };
    let (before, after) = (entities(false), entities(true));
    let outputs = ["1", "2", "8", "8", "8"]
        .map(|threads| diff(&before, &after, &["-f", "json", "--threads", threads]).stdout);
    assert!(outputs[0].contains("\"pairs\":[{\"from\":null,\"to\":\"L0\""), "{}", &outputs[0][..600]);
    let bare = |text: &str| text.split_once("\"scorecards\"").expect("scorecards").1.to_owned();
    assert!(outputs.iter().all(|output| bare(output) == bare(&outputs[0])));
}

#[cfg(unix)]
#[test]
fn a_trend_refuses_a_pipe_because_it_reads_files_twice() {
    let day = directory(&[("2026-01-01.ndjson", line("Gold", 3).as_bytes())]);
    let path = day.path().join("2026-01-01.ndjson");
    let run = run(&["trend", path.to_str().expect("UTF-8"), "/dev/null"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
    assert!(run.stderr.contains("not a regular file"), "{}", run.stderr);
}
