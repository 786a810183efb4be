//! Markdown, JUnit XML and workflow annotations.

use super::{GATE, HOSTILE, hostile_run, services};
use crate::program::{directory, run_with};
use serde_json::json;

/// Counts the cells in a row of a Markdown table.
fn markdown_cells(line: &str) -> usize {
    let mut escaped = false;
    let pipes = line.chars().filter(|&character| {
        let ends = character == '|' && !escaped;
        escaped = character == '\\' && !escaped;
        ends
    });
    pipes.count() - 1
}

#[test]
fn hostile_text_does_not_break_markdown() {
    let run = hostile_run(15, 80, &["-f", "markdown", "--show", "text"]);
    let mut width = None;
    for line in run.stdout.lines() {
        width = line.starts_with('|').then(|| markdown_cells(line)).inspect(|cells| {
            assert_eq!(width.unwrap_or(*cells), *cells, "{line}");
        });
    }
    let tags = ["<code>", "</code>", "<sub>", "</sub>"];
    let bare = tags.iter().fold(run.stdout.clone(), |text, tag| text.replace(tag, ""));
    assert!(!bare.contains('<') && !bare.contains("@someone") && !bare.contains("**bold"), "{bare}");
    assert!(!bare.contains(|c: char| c.is_control() && c != '\n'), "{bare:?}");
}

#[test]
fn markdown_shows_the_verdict_first_and_the_failures_last() {
    let shown = services(&[&["-f", "markdown"][..], &GATE].concat());
    let verdict = "❌ **Gate failed:** 11 of 37 results are below the minimum; not judged: 4 with no activity, 7 not measured";
    assert_eq!(shown.lines().nth(2), Some(verdict), "{shown}");
    assert!(shown.contains("| 🟡 Gold | 🟡 Gold | 🟡 Gold | 🟡 Gold |"), "{shown}");
    assert!(shown.contains("<summary>11 results below the minimum</summary>"), "{shown}");
    assert!(shown.contains(
        "- **wayfinder** · Change Failure Rate: Basic, minimum Bronze — \
         svc_cfr_medium: change_failure_rate is 31.25, required &lt;= 30"
    ));
    let few =
        services(&["-f", "markdown", "--no-data", "skip", "--min-level", "dora_cfr=Bronze", "--limit", "1"]);
    assert!(few.contains("### 3 results below the minimum") && !few.contains("<details>"), "{few}");
    let passed = services(&["-f", "markdown", "--min-level", "Bronze@1%"]);
    assert!(passed.contains("✅ **Gate passed:** 48 results judged, 22 below the minimum; "), "{passed}");
    assert!(!passed.contains("below the minimum\n"), "{passed}");
    assert!(!services(&["-f", "markdown"]).contains("**Gate"));
}

#[test]
fn junit_has_a_case_for_each_gated_result() {
    let gate = [
        &["-s", "examples/filtered", "-s", "examples/scorecards", "-f", "junit"][..],
        &[
            "-m",
            "production_readiness=Ready",
            "-m",
            "dora_cfr=Bronze",
            "--no-data",
            "pass",
            "--as-of",
            "2026-08-22",
        ],
    ]
    .concat();
    let shown = services(&gate);
    assert_eq!(shown, services(&gate), "the same bytes again");
    let document = roxmltree::Document::parse(&shown).expect("it is XML");
    let suites: Vec<_> = document.root_element().children().filter(roxmltree::Node::is_element).collect();
    let names: Vec<_> = suites.iter().map(|suite| suite.attribute("name").unwrap_or_default()).collect();
    assert_eq!(
        names,
        ["Production Readiness (production_readiness) · service", "Change Failure Rate (dora_cfr) · service"]
    );
    let case = |suite: usize, name: &str| {
        let mut cases = suites[suite].children().filter(|case| case.attribute("name") == Some(name));
        cases.next().expect("there is a case")
    };
    let reason = |suite, name: &str, what: &str| {
        let status = case(suite, name).children().find(|child| child.has_tag_name(what));
        status.and_then(|status| status.attribute("message")).unwrap_or_default().to_owned()
    };
    assert!(reason(0, "Fax Bridge (fax-bridge)", "skipped").starts_with("not applicable"));
    assert!(reason(1, "Fax Bridge (fax-bridge)", "skipped").starts_with("no data"));
    assert_eq!(reason(1, "wayfinder", "failure"), "Basic, minimum Bronze");
    let failure =
        case(1, "wayfinder").descendants().find_map(|node| node.text().filter(|text| text.len() > 20));
    let text = "Basic, minimum Bronze\nsvc_cfr_medium: change_failure_rate is 31.25, required <= 30";
    assert_eq!(failure, Some(text));
    assert_eq!(case(1, "Seat Map (seat-map)").children().count(), 0);
    assert_eq!(case(1, "wayfinder").attribute("classname"), Some("service.dora_cfr"));
    let root = document.root_element();
    let counts = ["tests", "failures", "skipped"].map(|name| root.attribute(name).unwrap_or_default());
    assert_eq!(counts, ["24", "6", "7"], "{shown}");
    let open = services(&["-f", "junit"]);
    assert!(open.contains("tests=\"0\"") && !open.contains("<testcase"), "{open}");
}

#[test]
fn hostile_text_does_not_break_junit() {
    // the minimum of each scorecard is its highest level
    let mut arguments = vec!["-f".to_owned(), "junit".to_owned()];
    for (index, title) in HOSTILE.iter().enumerate() {
        if !title.contains('\0') {
            let [card, level] = [format!("{title}{index}"), format!("{title}!")].map(|name| json!(name));
            arguments.extend(["-m".to_owned(), format!("{card}={level}")]);
        }
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let run = hostile_run(15, 80, &arguments);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let document = roxmltree::Document::parse(&run.stdout).expect("it is XML");
    let failures = document.descendants().filter(|node| node.has_tag_name("failure")).count();
    assert!(failures > 20, "{}", run.stdout);
    let allowed = |c: char| c == '\n' || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'));
    assert!(run.stdout.chars().all(allowed), "{:?}", run.stdout);
}

#[test]
fn each_annotation_is_one_escaped_line() {
    let shown = services(&[&["-f", "github"][..], &GATE].concat());
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines.len(), 10, "GitHub shows ten: {shown}");
    assert_eq!(
        lines[0],
        "::error title=Tariff Calculator (tariff-calculator)%3A Deployment Frequency is Basic%2C \
         minimum Bronze::svc_df_medium: deployment_frequency is 0.2499, required >= 0.25"
    );
    let counts = "11 of 37 results are below the minimum; not judged: 4 with no activity, 7 not measured";
    let more = "… and 2 more; use `-f junit=FILE` or `-f rows=FILE` to write all results";
    assert_eq!(lines[9], format!("::error title=gate failed::{counts}%0A{more}"));
    let few = services(&["-f", "github", "-m", "dora_cfr=Bronze", "--no-data", "skip"]);
    assert!(
        few.ends_with(
            "::3 of 9 results are below the minimum; not judged: 2 with no activity, 1 not measured\n"
        ),
        "{few}"
    );
    let open = services(&["-f", "github"]);
    assert_eq!(open.lines().count(), 1);
    assert!(
        open.starts_with("::notice title=dora-score::12 entities graded%0ADeployment Frequency: 3 Basic, ")
    );
    for (entities, scope, reason) in [
        ("", "", "the input has no entities"),
        ("[]", "", "the input has no entities"),
        (r#"{"identifier": "a", "blueprint": "b"}"#, "", "no scorecard with a minimum grades any entity"),
        (r#"{"identifier": "a"}"#, "--where=identifier = b", "no scorecard with a minimum grades any entity"),
    ] {
        let mut options = vec!["evaluate", "-e", "-", "-f", "github", "-m", "Gold"];
        options.extend((!scope.is_empty()).then_some(scope));
        let none = run_with(&options, entities.as_bytes());
        let expected = format!("::warning title=nothing to judge::{reason}");
        let first = none.stdout.trim_end().split("%0A").next();
        assert_eq!((none.code, first), (3, Some(expected.as_str())), "{entities} {scope}");
        assert!(none.stderr.ends_with(&format!("nothing to judge: {reason}\n")), "{}", none.stderr);
    }
}

#[test]
fn user_text_cannot_create_annotations() {
    let run = hostile_run(1, 80, &["-f", "github", "-m", "pipe | pipe0=pipe | pipe!"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.lines().count() > 1);
    for line in run.stdout.lines() {
        let rest = line.strip_prefix("::error title=").or_else(|| line.strip_prefix("::notice title="));
        let (title, message) = rest.and_then(|rest| rest.split_once("::")).expect("it is a command");
        assert!(!title.contains([':', ',']) && !message.contains('\r'), "{line}");
    }
}

#[test]
fn several_formats_in_one_run_print_the_same_as_alone() {
    let directory = directory(&[]);
    let file = |name: &str| directory.path().join(name).to_str().expect("it is UTF-8").to_owned();
    let names = ["junit", "markdown", "github", "summary"];
    let targets: Vec<String> = names.iter().map(|name| format!("{name}={}", file(name))).collect();
    let mut arguments = vec!["-f", "table"];
    targets.iter().for_each(|target| arguments.extend(["-f", target]));
    let shown = services(&[&arguments[..], &GATE].concat());
    assert_eq!(shown, services(&[]), "the table");
    for name in names {
        let written = std::fs::read_to_string(file(name)).expect("it is written");
        assert_eq!(written, services(&[&["-f", name][..], &GATE].concat()), "{name}");
    }
}
