//! Section 6 of the specification: minimum levels, results without data and exit codes. Display options never change
//! them.

use super::{evaluate, rule};
use crate::program::Run;

/// Scorecard `c` has the default levels. Scorecard `d` has other levels, and there is another `d` for `library`.
fn set() -> String {
    let c = |name: &str, level: &str, least: u8| {
        rule(name, level, &format!(r#"{{"property": "x", "operator": ">=", "value": {least}}}"#))
    };
    format!(
        r#"[{{"identifier": "c", "rules": [{}, {}]}},
            {{"identifier": "d", "levels": [{{"title": "Basic"}}, {{"title": "GOOD"}}, {{"title": "Good"}}, {{"title": "Bronze"}}],
              "filter": {{"combinator": "and", "conditions": [{{"property": "skip", "operator": "isEmpty"}}]}}, "rules": [{}]}},
            {{"identifier": "d", "blueprint": "library", "levels": [{{"title": "Basic"}}, {{"title": "good"}}, {{"title": "Bronze"}}], "rules": []}}]"#,
        c("c1", "Bronze", 1),
        c("c3", "Gold", 3),
        rule("d", "Good", r#"{"property": "y", "operator": "=", "value": true}"#),
    )
}

const ENTITIES: &str = r#"[{"identifier": "one", "x": 1, "y": true}, {"identifier": "three", "x": 3, "y": true},
    {"identifier": "none"}, {"identifier": "skipped", "x": 3, "skip": 1}]"#;

fn gated(entities: &str, more: &[&str]) -> Run {
    evaluate(&set(), entities.as_bytes(), more)
}

#[test]
fn the_exit_code_depends_on_the_gate_and_on_valid_input() {
    let three = r#"{"identifier": "three", "x": 3, "y": true}"#;
    let skipped = r#"{"identifier": "s", "x": 1, "skip": 1}"#;
    let none = r#"{"identifier": "none"}"#;
    let library = r#"{"identifier": "l", "blueprint": "library"}"#;
    #[rustfmt::skip]
    let cases: &[(&str, &[&str], i32)] = &[
        (ENTITIES, &[], 0),
        (three, &["-m", "c=Gold"], 0),
        (ENTITIES, &["-m", "c=Gold"], 1),
        (ENTITIES, &["--min-level", "c=Gold", "--exit-zero"], 0),
        // the minimum of a scorecard replaces the general minimum
        (three, &["-m", "Bronze"], 1),
        (three, &["-m", "Bronze", "-m", "d=Good"], 0),
        (three, &["-m", "d=Good", "-m", "Bronze"], 0),
        (ENTITIES, &["-m", "Bronze", "-m", "c=Gold"], 1),
        // the last minimum of a scorecard counts, and the last general minimum
        (three, &["-m", "d=Bronze", "-m", "d=Good"], 0),
        (three, &["-m", "d=Good", "-m", "d=Bronze"], 1),
        (three, &["-m", "Bronze", "-m", "Good", "-m", "c=Gold"], 0),
        (three, &["-m", "Nonsense", "-m", "Bronze", "-m", "d=Good"], 0),
        // a minimum that cannot fail is an error, also if it is that of another scorecard
        (three, &["-m", "Basic"], 2),
        (three, &["-m", "c=basic"], 2),
        (three, &["-m", "Basic", "-m", "c=Gold"], 2),
        (three, &["-m", "Bronze", "-m", "Basic"], 2),
        (three, &["-m", "c=Bronze@50%", "-m", "d=Basic@50%"], 2),
        (three, &["-m", "Basic", "-m", "Bronze", "-m", "d=Good"], 0),
        (three, &["-m", "Basic", "-m", "c=Gold", "-m", "d=Good"], 0),
        // case is ignored in levels without an exact match, but not in scorecards; every scorecard must have the level
        (three, &["-m", "c=gold"], 0),
        (three, &["-m", "c=bRONZE"], 0),
        (three, &["-m", "d=Good"], 0),
        (three, &["-m", "C=Gold"], 2),
        (three, &["-m", "Gold"], 2),
        (three, &["-m", "c= Gold"], 0),
        (three, &["-m", "c=\" Gold\""], 2),
        (three, &["-m", "Bronze", "-m", "other=Bronze"], 2),
        (three, &["-m", "d=Gold"], 2),
        // the minimum of a scorecard applies to all scorecards with this identifier, of any blueprint
        (library, &["-m", "d=good"], 1),
        // results without data are judged by their level, except with `--no-data skip`
        (none, &["-m", "c=Bronze"], 1),
        (none, &["-m", "c=Bronze", "--no-data", "judge"], 1),
        (none, &["-m", "c=Bronze", "--no-data", "fail"], 1),
        (none, &["-m", "c=Bronze", "--no-data", "skip-inactive"], 1),
        (none, &["-m", "c=Bronze", "--no-data", "skip"], 3),
        (none, &["-m", "c=Bronze", "-m", "d=Good", "--no-data", "pass"], 3),
        // nothing to judge
        ("", &["-m", "Bronze"], 3),
        ("", &["-m", "Bronze", "--exit-zero"], 3),
        ("", &[], 0),
        (skipped, &["-m", "d=Good"], 3),
        (skipped, &["-m", "Bronze"], 0),
        (library, &["-m", "c=Bronze"], 3),
        (r#"{"identifier": "u", "blueprint": "unknown"}"#, &["-m", "Bronze"], 3),
        // with invalid input there is no verdict, even if results before it fail
        (r#"{"identifier": "none"} {}"#, &["-m", "c=Gold"], 2),
        (r#"{"identifier": "none"} {}"#, &["-m", "c=Gold", "--exit-zero"], 2),
    ];
    for (entities, more, expected) in cases {
        let run = gated(entities, more);
        assert_eq!(run.code, *expected, "{entities} {more:?}: {}", run.stderr);
        let last = run.stderr.lines().last().unwrap_or_default();
        if !more.is_empty() {
            let word = match (expected, more.contains(&"--exit-zero")) {
                (1, _) | (0, true) => "gate failed: ",
                (0, _) => "gate passed: ",
                (3, _) => "nothing to judge: ",
                _ => "",
            };
            assert!(last.starts_with(word), "{entities} {more:?}: {last}");
        }
    }
}

/// The results below their minimum, the reasons and the counts are printed only on standard error.
#[test]
fn a_failed_gate_is_reported_on_standard_error() {
    for format in ["json", "ndjson", "csv"] {
        let run = gated(ENTITIES, &["-f", format, "-m", "c=Gold", "-q"]);
        assert_eq!(run.code, 1);
        assert_eq!(
            run.stderr,
            "✘ one c: Bronze, minimum Gold\n    c3: x is 1, required >= 3\n\
             ✘ none c: Basic (no data), minimum Gold\n    c1: x is missing, required >= 1\n\
             gate failed: 2 of 4 results are below the minimum\n",
            "{format}"
        );
        assert!(!run.stdout.contains("required"), "{format}: {}", run.stdout);
    }
    // a level without rules cannot be reached
    let run = gated(r#"{"identifier": "one", "y": true}"#, &["-m", "d=Bronze", "-q"]);
    assert!(run.stderr.contains("level Bronze has no rules, so no entity can reach it"), "{}", run.stderr);
}

/// If level titles differ only in case, an exact match is used; without one, the first level.
#[test]
fn a_minimum_matches_exactly_or_without_case() {
    for (minimum, meant) in
        [("d=Good", "Good"), ("d=GOOD", "GOOD"), ("d=good", "GOOD"), ("d=bronze", "Bronze")]
    {
        let run = gated(r#"{"identifier": "a", "y": false}"#, &["-m", minimum, "-q"]);
        assert_eq!(run.code, 1, "{minimum}: {}", run.stderr);
        assert!(
            run.stderr.contains(&format!("✘ a d: Basic, minimum {meant}\n")),
            "{minimum}: {}",
            run.stderr
        );
    }
}

#[test]
fn messages_contain_no_control_characters_of_the_input() {
    let entity = r#"{"identifier": "a\u001b[31m\n\u0007b", "blueprint": "x\u001b[2J\ny"}
        {"identifier": "c\u001b]0;t\u0007", "x": 0, "properties": {"x": "\u001b[31m\n9"}}"#;
    let run = gated(entity, &["-m", "Bronze", "-m", "c=Gold"]);
    assert_eq!(run.code, 1);
    let controls: Vec<char> =
        run.stderr.chars().filter(|character| character.is_control() && *character != '\n').collect();
    assert!(controls.is_empty(), "{controls:?} in {}", run.stderr);
    let rejected = gated(r#"{"identifier": "a\u001b[31m\u009b", "title": 7}"#, &[]);
    assert_eq!(rejected.code, 2);
    assert!(!rejected.stderr.contains(['\u{1b}', '\u{9b}']), "{}", rejected.stderr);
}

#[test]
fn display_options_never_change_the_verdict() {
    let plain = gated(ENTITIES, &["-m", "c=Gold", "-q"]);
    assert_eq!(plain.code, 1);
    #[rustfmt::skip]
    let displays: &[&[&str]] = &[
        &["--limit", "0"], &["--limit", "1"], &["--limit", "18446744073709551615"],
        &["--show", "x", "--show", "$title", "--show", ""], &["--sort", "title"], &["--sort", "c"], &["--group-by", "team"],
    ];
    for display in displays {
        for format in ["table", "markdown"] {
            let run = gated(ENTITIES, &[display, &["-f", format, "-m", "c=Gold", "-q"][..]].concat());
            assert_eq!(run.code, plain.code, "{display:?} {format}");
            assert_eq!(run.stderr, plain.stderr, "{display:?} {format}");
        }
    }
}

/// Every option of the display with every format: one that the format does not honour is an error, unless another
/// format honours it.
#[test]
fn an_option_that_no_chosen_format_honours_is_an_error() {
    let formats = ["table", "summary", "json", "ndjson", "csv", "rows", "markdown", "junit", "github"];
    let options: [(&[&str], &[&str]); 6] = [
        (&["--show", "x"], &["table", "json", "ndjson", "csv", "rows", "markdown"]),
        (&["--group-by", "team"], &["table", "summary", "json", "markdown"]),
        (&["--sort", "title"], &["table", "markdown"]),
        (&["--limit", "0"], &["table", "markdown"]),
        (&["--failing", "-m", "c=Bronze", "--exit-zero"], &["table", "markdown"]),
        (&["--csv-raw"], &["csv", "rows"]),
    ];
    for (option, honouring) in options {
        for format in formats {
            let run = gated(ENTITIES, &[option, &["-f", format, "-q"]].concat());
            let is_honoured = honouring.contains(&format);
            assert_eq!(run.code, if is_honoured { 0 } else { 2 }, "{option:?} {format}: {}", run.stderr);
            let message =
                format!("error[unused-option]: `{}` has no effect on any of the chosen formats", option[0]);
            assert_eq!(run.stderr.contains(&message), !is_honoured, "{option:?} {format}: {}", run.stderr);
            // the format `github` tells errors
            assert_eq!(run.stdout.is_empty(), !is_honoured && format != "github", "{option:?} {format}");
            let with_another = format!("{}=/dev/null", honouring[0]);
            let run = gated(ENTITIES, &[option, &["-f", format, "-f", &with_another, "-q"]].concat());
            assert_eq!(run.code, 0, "{option:?} {format}: {}", run.stderr);
        }
    }
    let run = gated(ENTITIES, &["--failing", "-f", "table"]);
    let message = "error[unused-option]: `--failing` has no effect without a minimum level";
    assert_eq!((run.code, run.stderr.starts_with(message)), (2, true), "{}", run.stderr);
    // all of them are told at once
    let run = gated(ENTITIES, &["-f", "github", "--csv-raw", "--sort", "title", "--show", "x"]);
    assert_eq!((run.code, run.stderr.matches("error[unused-option]").count()), (2, 3), "{}", run.stderr);
}

#[test]
fn only_entities_below_their_minimum_are_listed_with_failing() {
    let rows = |run: &Run| -> Vec<String> {
        let lines = run.stdout.lines().skip_while(|line| !line.starts_with('─')).skip(1);
        lines
            .take_while(|line| !line.is_empty())
            .map(|line| line.split(' ').next().unwrap_or_default().to_owned())
            .collect()
    };
    let failing = |more: &[&str]| gated(ENTITIES, &[&["--failing", "-q", "-m", "c=Gold"], more].concat());
    let table = |more: &[&str]| failing(&[more, &["-f", "table"]].concat());
    let run = table(&[]);
    assert_eq!((run.code, rows(&run)), (1, vec!["one".to_owned(), "none".to_owned()]), "{}", run.stdout);
    assert!(
        run.stdout.starts_with("service · 2 of 4 entities, only those below a minimum\n"),
        "{}",
        run.stdout
    );
    assert_eq!(run.stderr, gated(ENTITIES, &["-q", "-m", "c=Gold"]).stderr, "the verdict is the same");
    // a result that is not judged is not below its minimum
    assert_eq!(rows(&table(&["--no-data", "skip"])), ["one"]);
    assert_eq!(rows(&table(&["--sort", "c", "--limit", "1"])), ["none", "…"]);
    let markdown = failing(&["-f", "markdown"]).stdout;
    assert!(markdown.contains("| one | ") && !markdown.contains("| three | "), "{markdown}");
    let none = gated(ENTITIES, &["--failing", "-q", "-m", "c=Bronze", "--no-data", "skip", "-f", "table"]);
    assert!(
        none.stdout.starts_with("service · 0 of 4 entities, only those below a minimum\n"),
        "{}",
        none.stdout
    );
}
