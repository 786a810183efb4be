//! The pages of `docs`: every topic and every code has a page, and the example of a code prints that code.

use crate::program::{Run, command, directory, run, shell};
use dora_score::Code;
use dora_score::program::Page;
use std::path::Path;

fn page(name: &str) -> String {
    let run = run(&["docs", name]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{name}");
    run.stdout
}

/// The fenced blocks of a page: the words after the opening fence, and the content.
fn blocks(page: &str) -> Vec<(&str, &str)> {
    let fenced = page.split("```").skip(1).step_by(2);
    fenced.map(|block| block.split_once('\n').expect("a fence ends its line")).collect()
}

/// Runs the commands of a `console` block in a directory. Lines that begin with `>` continue a command.
fn run_console(console: &str, place: &Path) -> Run {
    let lines = console.lines().map(|line| line.trim_start_matches(['$', '>']));
    let script: Vec<&str> = lines.collect();
    let output = shell(&script.join("\n"), place, None).output().expect("there is a shell");
    Run {
        code: output.status.code().expect("it is not killed"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

#[test]
fn every_topic_has_a_page_and_is_in_the_list() {
    let list = run(&["docs"]);
    assert_eq!((list.code, list.stderr.as_str()), (0, ""));
    assert!(Page::topics().count() >= 9);
    for topic in Page::topics() {
        assert!(list.stdout.contains(&format!("- `{topic}`: ")), "{topic} in {}", list.stdout);
        let page = page(topic);
        assert!(page.starts_with("# ") && page.len() > 300 && page.ends_with('\n'), "{page}");
        assert!(page.lines().all(|line| line.chars().count() <= 80), "a long line in {page}");
    }
}

#[test]
fn every_code_has_a_meaning_in_the_list() {
    let list = page("codes").replace("\n  ", " ");
    for code in Code::ALL {
        let meaning = code.meaning();
        assert!(meaning.len() > 10 && !meaning.ends_with('.'), "{code}: {meaning}");
        let line = format!("\n- `{code}` ({}): {meaning}\n", code.severity());
        assert!(list.contains(&line), "{line} in {list}");
    }
    assert_eq!(list.lines().filter(|line| line.starts_with("- `")).count(), Code::ALL.len());
}

#[test]
fn codes_are_in_alphabetical_order_and_found_by_name() {
    let names: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
    assert!(names.is_sorted(), "{names:?}");
    assert!(Code::ALL.iter().all(|code| Code::named(code.name()) == Some(*code)));
}

/// Runs the example of each page; the output must contain the code with its severity.
#[test]
fn the_example_of_every_code_prints_it() {
    for code in Code::ALL {
        let page = page(code.name());
        let head = format!("# {code}\n\n{}: {}\n\n", code.severity(), code.meaning());
        assert!(page.starts_with(&head), "{page}");
        assert!(page.lines().all(|line| line.chars().count() <= 80), "a long line in {page}");
        assert!(page.contains("\n## Example\n") && page.contains("\n## Fix\n"), "{page}");
        let place = directory(&[]);
        let mut console = None;
        for (info, content) in blocks(&page) {
            match info.split_once(' ') {
                Some((_, file)) => std::fs::write(place.path().join(file), content).expect("it is written"),
                None => console = Some(content),
            }
        }
        let run = run_console(console.expect(&page), place.path());
        let shown = format!("{}[{code}]: ", code.severity());
        assert!(
            run.stdout.contains(&shown) || run.stderr.contains(&shown),
            "{code}: {}{}",
            run.stdout,
            run.stderr
        );
    }
}

#[test]
fn the_operators_are_the_same_as_in_show_operators() {
    let docs = page("operators").replace("\n  ", " ");
    let shown: serde_json::Value =
        serde_json::from_str(&run(&["show", "operators", "-f", "json"]).stdout).expect("JSON");
    for operator in shown["operators"].as_array().expect("an array") {
        let text = |key: &str| operator[key].as_str().expect("a string");
        let head = format!("- `{}`", text("operator"));
        let line = docs.lines().find(|line| line.starts_with(&head)).expect(&head);
        assert!(line.contains(text("holds")), "{line}");
    }
    for preset in shown["presets"].as_array().expect("an array") {
        let text = |key: &str| preset[key].as_str().expect("a string");
        assert!(docs.contains(&format!("- `{}`: {}\n", text("preset"), text("meaning"))), "{preset}");
    }
    for name in shown["metaProperties"].as_array().expect("an array") {
        assert!(docs.contains(&format!("- `{}`\n", name.as_str().expect("a string"))), "{name}");
    }
}

#[test]
fn exit_codes_are_listed() {
    let page = page("exit-codes");
    assert!((0..4).all(|code| page.contains(&format!("\n| {code}    | "))), "{page}");
}

/// `evaluate` lists its warnings if it is given an unknown one that is similar to none.
#[test]
fn the_table_of_warnings_lists_what_evaluate_can_deny() {
    let run = run(&["evaluate", "-e", "-", "--deny", "zzzzzzzz"]);
    assert_eq!(run.code, 2);
    let (_, known) = run.stderr.split_once("the warnings are ").expect(&run.stderr);
    let mut known: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    known.sort_unstable();
    let page = page("warnings");
    let cell = |line: &'_ str| line.strip_prefix("| `")?.split('`').next().map(str::to_owned);
    let mut listed: Vec<String> = page.lines().filter_map(cell).collect();
    listed.sort_unstable();
    assert_eq!(listed, known);
}

#[test]
fn an_unknown_page_suggests_similar_ones() {
    for (name, help) in [
        ("operatrs", "help: did you mean `operators`?"),
        ("unknown-levle", "help: did you mean `unknown-level`?"),
        ("combinator", "help: did you mean `missing-combinator` or `unknown-combinator`?"),
        ("zzzzzz", "help: the topics are `scorecards`, `entities`, "),
    ] {
        let run = run(&["docs", name]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{name}");
        assert!(run.stderr.starts_with(&format!("error[unknown-topic]: unknown topic `{name}`\n")));
        assert!(run.stderr.contains(help), "{name}: {}", run.stderr);
    }
}

#[test]
fn lint_explain_prints_the_same_page() {
    for code in ["implied-level", "unknown-level"] {
        assert_eq!(run(&["lint", "--explain", code]).stdout, page(code));
    }
    assert!(!run(&["lint", "--help"]).stdout.contains("--explain"), "it is hidden");
}

#[test]
fn styles_only_change_headings_and_code() {
    let mut command = command();
    let output = command.args(["docs", "gate", "--color", "always"]).output().expect("it runs");
    let styled = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(styled.starts_with("\u{1b}[1mGate\u{1b}[0m\n\n"), "{styled}");
    assert!(styled.contains("\n    dora-score evaluate -e services.json --min-level Bronze\n"), "{styled}");
    assert!(!page("gate").contains('\u{1b}'));
}
