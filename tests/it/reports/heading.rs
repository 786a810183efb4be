//! The heading of a scoped report: how many entities are in scope, and why.

use super::{SERVICES, at, plain, services};
use crate::program::run_with;
use unicode_width::UnicodeWidthStr;

/// The formats that say the scope, each with its line.
const FORMATS: [(&str, &str); 4] = [
    ("table", "3 of 12 entities, where team = payments\n"),
    ("summary", "3 of 12 entities, where team = payments\n"),
    ("markdown", "\n\n3 of 12 entities, where team = payments\n"),
    ("github", "::notice title=dora-score::3 of 12 entities graded, where team = payments%0A"),
];

#[test]
fn a_scoped_report_says_how_many_entities_are_in_scope() {
    for (format, line) in FORMATS {
        let shown = services(&["-f", format, "--where", "team = payments"]);
        assert!(shown.contains(line), "{format}: {shown}");
        let shown = services(&["-f", format]);
        assert!(!shown.contains("where") && !shown.contains(" of 12"), "{format}: {shown}");
    }
    let gated = services(&["-f", "github", "-m", "Gold", "--where", "team = payments"]);
    assert!(gated.ends_with("%0A3 of 12 entities, where team = payments\n"), "{gated}");
    let shown = services(&["--where", "team = payments", "--where", "title != *Gateway*", "--limit", "1"]);
    let expected =
        "2 of 12 entities, where team = payments and title != *Gateway*\n\nservice · 1 of 2 entities\n";
    assert!(shown.starts_with(expected), "{shown}");
    let markdown = services(&["-f", "markdown", "--where", "title = *Gate*", "--where", "title > \"1\""]);
    assert!(
        markdown.contains("0 of 12 entities, where title = \\*Gate\\* and title &gt; \"1\"\n"),
        "{markdown}"
    );
}

#[test]
fn a_scoped_comparison_says_the_scope() {
    let compare = [
        "--compare",
        "examples/scorecards",
        "--set",
        "dora_cfr/svc_cfr_high=4",
        "--where",
        "team = payments",
    ];
    for format in ["table", "markdown"] {
        let shown = services(&[&compare[..], &["-f", format]].concat());
        assert!(shown.starts_with("3 of 12 entities, where team = payments\n\n"), "{format}: {shown}");
        let open = services(&[&compare[..4], &["-f", format]].concat());
        assert!(!open.contains("where"), "{format}: {open}");
    }
    let json = services(&[&compare[..], &["-f", "json"]].concat());
    assert!(json.contains("\"entities\": 3,"), "{json}");
}

#[test]
fn a_report_on_nothing_says_so_once() {
    for (format, expected) in [
        ("table", "0 of 12 entities, where team = nobody\n"),
        ("summary", "0 of 12 entities, where team = nobody\n"),
        ("markdown", "## Scorecards\n\n0 of 12 entities, where team = nobody\n"),
        ("github", "::notice title=dora-score::0 of 12 entities graded, where team = nobody\n"),
    ] {
        let arguments = ["-f", format, "-q", "--where", "team = nobody"];
        assert_eq!(services(&arguments), expected, "{format}");
        let arguments = [&["evaluate", "-e", "-"], &arguments[..]].concat();
        let empty = run_with(&arguments, b"");
        assert!(!empty.stdout.contains("where"), "{format}: {}", empty.stdout);
        let ungraded = run_with(
            &[&arguments[..7], &["blueprint = pod"]].concat(),
            br#"{"identifier": "a", "blueprint": "pod"}"#,
        );
        assert!(ungraded.stdout.contains("1 of 1 entity"), "{format}: {}", ungraded.stdout);
        let says = ungraded.stdout.contains("no scorecard grades the entity");
        assert_eq!(says, format != "github", "{format}: {}", ungraded.stdout);
    }
}

#[test]
fn the_scope_is_wrapped_and_sanitized() {
    let hostile = "title != \u{1b}[31m\n::error::x\u{202e} plus a rather long text that needs more lines";
    let long = format!("title != {}", "x".repeat(200));
    for (format, columns) in [("table", 60), ("summary", 60), ("table", 30), ("summary", 200)] {
        let arguments =
            ["-e", SERVICES, "-f", format, "--where", hostile, "--where", &long, "--color", "always"];
        let run = at(columns, &arguments);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let shown = plain(&run.stdout);
        for line in shown.lines() {
            assert!(line.width() <= columns, "{columns}: {line}");
            assert!(!line.contains(|c: char| c.is_control() || c == '\u{202e}'), "{line:?}");
            assert!(!line.trim_start().starts_with("::"), "{line:?}");
        }
        let heading = shown.split("\n\n").next().unwrap_or_default();
        assert!(heading.starts_with("12 of 12 entities, where"), "{shown}");
        assert_eq!(heading.matches('x').count(), 202, "{shown}");
    }
}
