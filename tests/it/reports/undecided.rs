//! Exit code 2: `github` and `markdown=FILE` tell the error, so that a CI system shows it where it would show the result.

use super::HOSTILE;
use crate::program::{Run, directory, run, run_with};
use serde_json::json;

const CARD: &str = r#"{"identifier": "c", "rules": [{"identifier": "r", "level": "Gold", "query": {"combinator": "and",
    "conditions": [{"property": "x", "operator": "isNotEmpty"}]}}]}"#;

/// A run with the formats `github` and `markdown=FILE`, and the text of the file.
fn told(files: &tempfile::TempDir, arguments: &[&str], stdin: &str) -> (Run, String) {
    let path = files.path().join("levels.md");
    let target = format!("markdown={}", path.display());
    let run =
        run_with(&[&["evaluate", "-f", "github", "-f", &target][..], arguments].concat(), stdin.as_bytes());
    (run, std::fs::read_to_string(path).unwrap_or_default())
}

#[test]
fn an_error_is_told_where_the_result_would_be() {
    let files = directory(&[
        ("card.json", CARD.as_bytes()),
        ("bad.json", b"{\"identifier\": \"c\",\n \"rules\": 7}"),
        ("levels.md", b"as it was"),
        ("text.json", b"[1,"),
    ]);
    let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
    let (card, bad, text, good) =
        (path("card.json"), path("bad.json"), path("text.json"), r#"{"identifier": "a"}"#);
    for (arguments, stdin, annotation, item) in [
        // in the middle of the input
        (
            vec!["-s", &card, "-e", "-", "-m", "Gold"],
            "{\"identifier\": \"a\"}\n{}",
            "::error file=<stdin>,line=2,col=1,title=missing-identifier::".to_owned(),
            "- <code>&lt;stdin&gt;:2:1</code>: **missing-identifier**: ".to_owned(),
        ),
        (
            vec!["-s", &bad, "-e", "-"],
            good,
            format!("::error file={bad},line=2,col=11,title=wrong-type::"),
            format!("- `{bad}:2:11`: **wrong-type**: "),
        ),
        (
            vec!["-s", &text, "-e", "-"],
            good,
            format!("::error file={text},line=1,col=4,title=truncated-json::"),
            format!("- `{text}:1:4`: **truncated-json**: "),
        ),
        (
            vec!["-s", &card, "-e", "-", "-m", "Glod"],
            good,
            "::error title=unknown-minimum::scorecard `c` has no level `Glod`%0Ahelp: did you mean `Gold`?".to_owned(),
            "- **unknown-minimum**: scorecard \\`c\\` has no level \\`Glod\\`; help: did you mean \\`Gold\\`? ".to_owned(),
        ),
        (
            vec!["-s", &card, "-e", "none.json"],
            good,
            "::error file=none.json,title=unreadable-input::cannot be read: No such file".to_owned(),
            "- `none.json`: **unreadable-input**: cannot be read: No such file".to_owned(),
        ),
        (
            vec!["-s", &card, "-e", "-", "--sort", "x", "-f", "csv=none/out"],
            good,
            "::error title=unknown-sort::".to_owned(),
            String::new(),
        ),
    ] {
        let (run, markdown) = told(&files, &arguments, stdin);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.stderr);
        if item.is_empty() {
            // an output that cannot be written hides the others, and is an error of its own
            assert!(run.stderr.contains("unknown-sort") && run.stderr.contains("2 errors"), "{}", run.stderr);
            continue;
        }
        assert!(run.stdout.starts_with(&annotation), "{annotation}\n{}", run.stdout);
        assert_eq!(run.stdout.lines().count(), 1, "{}", run.stdout);
        let head = "## Scorecards\n\n❌ **Nothing was decided:** 1 error stopped the evaluation\n\n";
        assert!(markdown.starts_with(&format!("{head}{item}")), "{head}{item}\n{markdown}");
        assert_eq!(markdown.lines().count(), 5, "{markdown}");
    }
}

#[test]
fn other_formats_and_markdown_on_a_screen_tell_nothing() {
    let files = directory(&[("card.json", CARD.as_bytes()), ("old", b"as it was")]);
    let (card, old) = (files.path().join("card.json"), files.path().join("old"));
    for format in ["table", "summary", "csv", "rows", "junit", "markdown"] {
        let run =
            run_with(&["evaluate", "-s", card.to_str().expect("UTF-8"), "-e", "-", "-f", format], b"{}");
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{format}");
        if format != "markdown" {
            let target = format!("{format}={}", old.display());
            let run =
                run_with(&["evaluate", "-s", card.to_str().expect("UTF-8"), "-e", "-", "-f", &target], b"{}");
            assert_eq!(
                (run.code, std::fs::read(&old).expect("it is there").as_slice()),
                (2, &b"as it was"[..])
            );
        }
    }
}

#[test]
fn many_errors_are_counted_and_the_first_are_told() {
    let rules: Vec<_> = (0..30)
        .map(|n| {
            json!({"identifier": format!("r{n}"), "level": "Glod", "query": {"combinator": "and",
        "conditions": [{"property": "x", "operator": "isEmpty"}]}})
        })
        .collect();
    let card = json!({"identifier": "c", "rules": rules}).to_string();
    let files = directory(&[("card.json", card.as_bytes())]);
    let path = files.path().join("card.json").to_str().expect("UTF-8").to_owned();
    let (run, markdown) = told(&files, &["-s", &path, "-e", "-"], "");
    assert_eq!((run.code, run.stdout.lines().count()), (2, 10), "{}", run.stdout);
    assert!(
        run.stdout.ends_with("::error title=dora-score::… and 21 more; standard error lists them\n"),
        "{}",
        run.stdout
    );
    assert!(
        markdown.contains("**Nothing was decided:** 30 errors stopped")
            && markdown.ends_with("- … and 10 more\n"),
        "{markdown}"
    );
}

/// Text in messages, names and places cannot become a command or markup.
#[test]
fn hostile_text_in_errors_is_escaped() {
    for title in HOSTILE {
        let card = json!({"identifier": "c", "rules": [{"identifier": title, "level": title, "query": {"combinator": title,
            "conditions": [{"property": title, "operator": title}]}}]});
        let entity = json!({"identifier": title, "title": 7}).to_string();
        let name = title.replace(['\0', '/'], "_");
        let files = directory(&[
            ("card.json", card.to_string().as_bytes()),
            (&format!("e{name}"), entity.as_bytes()),
        ]);
        let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
        let (card, entities) = (path("card.json"), path(&format!("e{name}")));
        for arguments in [
            &["-s", &card, "-e", "-"][..],
            &["-e", &entities],
            &["-e", "-", "-m", &format!("{}=x", json!(title))],
        ] {
            let (run, markdown) = told(&files, arguments, "");
            assert_eq!(run.code, 2, "{arguments:?}");
            for line in run.stdout.lines() {
                let (properties, message) =
                    line.strip_prefix("::error ").and_then(|rest| rest.split_once("::")).expect("a command");
                assert!(
                    !properties.contains("::") && !message.contains(['\r', '\u{1b}', '\u{9b}']),
                    "{line}"
                );
            }
            let bare = ["<code>", "</code>"].iter().fold(markdown.clone(), |text, tag| text.replace(tag, ""));
            assert!(!bare.contains('<') && !bare.contains("@someone"), "{bare}");
            assert!(!markdown.contains(|c: char| c.is_control() && c != '\n'), "{markdown:?}");
        }
    }
}

/// The summary of a job shows the error even if nothing could be read, so that the last step of the recipe works.
#[test]
fn the_recipe_has_a_file_to_show() {
    let files = directory(&[]);
    let path = files.path().join("levels.md").to_str().expect("UTF-8").to_owned();
    let target = format!("markdown={path}");
    let gone = run(&["evaluate", "-e", "services.json", "-m", "Bronze", "-f", "github", "-f", &target]);
    assert_eq!(gone.code, 2);
    assert!(
        std::fs::read_to_string(path)
            .expect("it is written")
            .contains("`services.json`: **unreadable-input**")
    );
}
