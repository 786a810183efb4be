//! Section 9 of the specification, last item: `evaluate --baseline`, through the program and as laws.

use crate::program::{Run, directory, run, run_with};
use crate::random;
use crate::reports::{at, hostile, plain};
use crate::schema::{check, faults, line_validator, schema, validator};
use dora_score::result::{EntityRecord, ResultDocument, read_entities, write_entities};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::path::Path;

const AS_OF: &str = "2026-02-01T00:00:00Z";

/// Scorecard `c` has rules at Bronze, Silver and Gold, and does not apply to libraries; `d` has one at Bronze.
fn set() -> String {
    let rule = |name: &str, level: &str| {
        json!({"identifier": name, "level": level, "query": {"combinator": "and",
            "conditions": [{"property": name, "operator": ">", "value": 0}]}})
    };
    json!([{"identifier": "c", "title": "Card", "rules": [rule("b", "Bronze"), rule("s", "Silver"), rule("g", "Gold")],
            "filter": {"combinator": "and", "conditions": [{"property": "kind", "operator": "!=", "value": "library"}]}},
           {"identifier": "d", "rules": [rule("d", "Bronze")]}])
    .to_string()
}

const BEFORE: &str = r#"[{"identifier": "up", "title": "Up", "b": 1, "s": -1, "d": 1},
    {"identifier": "down", "b": 1, "s": 1, "g": 1, "d": 1}, {"identifier": "lost", "b": -1, "d": 1},
    {"identifier": "enters", "kind": "library", "d": 1}, {"identifier": "leaves", "b": 1, "d": 1},
    {"identifier": "rules", "b": 1, "s": -1, "g": -1, "d": 1}, {"identifier": "same", "b": 1, "d": 1},
    {"identifier": "gone", "b": 1, "d": 1}]"#;

const AFTER: &str = r#"[{"identifier": "up", "title": "Up", "b": 1, "s": 1, "g": -1, "d": 1},
    {"identifier": "down", "b": 1, "s": 1, "g": -1, "d": 1}, {"identifier": "lost", "d": 1},
    {"identifier": "enters", "b": 1, "d": 1}, {"identifier": "leaves", "kind": "library", "d": 1},
    {"identifier": "rules", "b": 1, "s": -1, "g": 1, "d": 1}, {"identifier": "same", "b": 1, "d": 1},
    {"identifier": "new", "b": 1, "d": 1}]"#;

/// A directory with the scorecards, the entities before and after, and the results before: `last.json`, `last.ndjson`.
struct Files(tempfile::TempDir);

impl Files {
    fn new(set: &str, before: &str, after: &str) -> Self {
        let files = Self(directory(&[
            ("set.json", set.as_bytes()),
            ("before.json", before.as_bytes()),
            ("after.json", after.as_bytes()),
        ]));
        let formats =
            ["json", "ndjson"].map(|name| format!("{name}={}", files.path(&format!("last.{name}"))));
        let graded = files.evaluate("before.json", &["-q", "-f", &formats[0], "-f", &formats[1]]);
        assert_eq!((graded.code, graded.stderr.as_str()), (0, ""));
        files
    }

    fn usual() -> Self {
        Self::new(&set(), BEFORE, AFTER)
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_str().expect("UTF-8").to_owned()
    }

    fn evaluate(&self, entities: &str, more: &[&str]) -> Run {
        let (set, entities) = (self.path("set.json"), self.path(entities));
        run(&[&["evaluate", "-s", &set, "-e", &entities, "--as-of", AS_OF], more].concat())
    }

    /// Grades the entities after, with the results before as baseline.
    fn compare(&self, more: &[&str]) -> Run {
        self.evaluate("after.json", &[&["--baseline", &self.path("last.json")], more].concat())
    }
}

fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim_end).collect()
}

#[test]
fn a_table_marks_each_result_that_moved() {
    let files = Files::usual();
    let file = files.path("last.json");
    let wide = files.compare(&["-f", "table", "--allow", "unknown-property"]);
    assert_eq!(wide.code, 0);
    let expected = format!("compared with {file} of {AS_OF}\n\nservice · 8 entities\n");
    assert!(wide.stdout.starts_with(&expected), "{}", wide.stdout);
    for line in [
        "Up  up   Silver ▲ from Bronze     Bronze",
        "down     Silver ▼ from Gold       Bronze",
        "lost     Basic ? ! lost data      Bronze",
        "enters   Bronze ? + applies now   Bronze",
        "leaves   – − was Bronze           Bronze",
        "rules    Bronze ~                 Bronze",
        "same     Bronze ?                 Bronze",
        "new      Bronze ? + new           Bronze + new",
    ] {
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let found = wide.stdout.lines().any(|printed| squeezed(printed) == squeezed(line));
        assert!(found, "{line}\n{}", wide.stdout);
    }
    let legend = "? no data   – not applicable   ▲ up   ▼ down   + had no level   − no longer applies   \
                  ! gained or lost data   ~ same level, other rules pass";
    assert_eq!(lines(&wide.stdout).last(), Some(&legend));
    let notes = format!(
        "1 down, 1 up, 1 lost data, 2 gone, 2 new, 1 no longer applicable, 1 applicable now, \
         1 with other rules passing since {file}\n"
    );
    assert_eq!(wide.stderr, notes);
    let quiet = files.compare(&["-q"]);
    assert_eq!((quiet.stdout, quiet.stderr.as_str()), (wide.stdout, ""));
}

#[test]
fn a_narrow_table_has_only_the_marks() {
    let files = Files::usual();
    let (set, after, last) = (files.path("set.json"), files.path("after.json"), files.path("last.json"));
    for (width, cell) in
        [(60, "Silver ▼ from Gold"), (80, "Silver ▼ from Gold"), (40, "Silver ▼ "), (30, "Silver ▼")]
    {
        let table = at(width, &["-s", &set, "-e", &after, "--as-of", AS_OF, "--baseline", &last, "-q"]);
        let down = table.stdout.lines().find(|line| line.starts_with("down ")).expect("the entity is listed");
        assert!(
            down.contains(cell) && down.contains("from") == cell.contains("from"),
            "{width}: {}",
            table.stdout
        );
        let widest = table.stdout.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(width), "{width}: {}", table.stdout);
    }
}

#[test]
fn reports_for_people_say_which_baseline_was_used() {
    let files = Files::usual();
    let file = files.path("last.json");
    for format in ["table", "summary", "markdown", "github"] {
        let told = |more: &[&str]| plain_of(&files.compare(&[&["-q", "-f", format], more].concat()).stdout);
        let line = format!("compared with {file} of {AS_OF}");
        assert!(told(&[]).contains(&line), "{format}: {}", told(&[]));
        assert!(told(&["-m", "Bronze"]).contains(&line), "{format} with a gate");
    }
    // a stream of entities has no date
    let lines = files.evaluate("after.json", &["-q", "--baseline", &files.path("last.ndjson")]);
    assert!(
        lines.stdout.starts_with(&format!("compared with {}\n\n", files.path("last.ndjson"))),
        "{}",
        lines.stdout
    );
}

/// Markdown and workflow commands without their escapes.
fn plain_of(text: &str) -> String {
    text.replace('\\', "").replace("%0A", "\n").replace("%3A", ":")
}

#[test]
fn markdown_and_github_have_the_arrows_and_the_verdict() {
    let files = Files::usual();
    let markdown = files.compare(&["-q", "-f", "markdown", "--fail-on", "down", "--fail-on", "lost-data"]);
    assert_eq!(markdown.code, 1);
    for part in [
        "❌ **Comparison failed:** 2 results fail (14 results on both sides)\n\n- down c: Gold → Silver (g fails)\n- lost c: Basic, no longer has data\n",
        "Silver ▼ from Gold |",
        "Silver ▲ from Bronze |",
        "– − was Bronze |",
    ] {
        assert!(markdown.stdout.contains(part), "{part}\n{}", markdown.stdout);
    }
    let github = files.compare(&["-q", "-f", "github", "--fail-on", "down"]);
    let command =
        "::error title=comparison failed::1 result fails (14 results on both sides)%0Adown c: Gold → Silver";
    assert!(github.stdout.starts_with(command), "{}", github.stdout);
    let passed = files.compare(&["-q", "-f", "github", "--fail-on", "below=Bronze"]);
    assert!(passed.stdout.starts_with("::notice title=comparison passed::"), "{}", passed.stdout);
}

#[test]
fn json_has_the_baseline_and_the_former_levels() {
    let files = Files::usual();
    let result: Value = serde_json::from_str(&files.compare(&["-q", "-f", "json"]).stdout).expect("JSON");
    assert_eq!(result["baseline"], json!({"file": files.path("last.json"), "asOf": AS_OF}));
    let was: Vec<Value> = result["entities"]
        .as_array()
        .expect("an array")
        .iter()
        .map(|one| one["scorecards"]["c"]["was"].clone())
        .collect();
    let levels = ["Bronze", "Gold", "Basic", "null", "none", "Bronze", "Bronze", "none"];
    let expected: Vec<Value> = levels
        .iter()
        .map(|level| if matches!(*level, "null" | "none") { Value::Null } else { json!(level) })
        .collect();
    assert_eq!(was, expected);
    let has = |index: usize| result["entities"][index]["scorecards"]["c"].get("was").is_some();
    assert!(has(3) && !has(7), "null is not applicable, and absent is unknown");
    // a result with these keys is a baseline too
    let text = serde_json::to_vec(&result).expect("JSON");
    let again = directory(&[("again.json", &text)]);
    let path = again.path().join("again.json").to_str().expect("UTF-8").to_owned();
    let same = files.evaluate(
        "after.json",
        &["-f", "summary", "--baseline", &path, "--fail-on", "any", "--allow", "unknown-property"],
    );
    assert_eq!(same.code, 0, "{}", same.stderr);
    assert_eq!(
        same.stderr,
        format!("no change since {path}\ncomparison passed: 15 results on both sides, none fails\n")
    );
}

#[test]
fn each_exit_code_has_its_reason() {
    let files = Files::usual();
    let last = |run: &Run| run.stderr.lines().last().unwrap_or_default().to_owned();
    for (options, code, line) in [
        (&["--fail-on", "below=Bronze"][..], 0, "comparison passed: 14 results on both sides, none fails"),
        (&["--fail-on", "below=Gold"], 1, "comparison failed: 1 result fails (14 results on both sides)"),
        (&["--fail-on", "disappeared"], 1, "comparison failed: 2 results fail (14 results on both sides)"),
        (
            &["--fail-on", "disappeared", "--exit-zero"],
            0,
            "comparison failed: 2 results fail (14 results on both sides)",
        ),
        (&["--fail-on", "down", "-m", "Basic"], 2, ""),
        (
            &["--fail-on", "down", "-m", "d=Bronze"],
            1,
            "comparison failed: 1 result fails (14 results on both sides)",
        ),
        (
            &["--fail-on", "changed-rules", "-m", "c=Gold"],
            1,
            "comparison passed: 14 results on both sides, none fails",
        ),
        (
            &["--fail-on", "changed-rules", "-m", "c=Gold", "--exit-zero"],
            0,
            "comparison passed: 14 results on both sides, none fails",
        ),
        (&["--fail-on", "below=Platinum"], 2, ""),
        (&["--fail-on", "below=x=Gold"], 2, ""),
        (
            &["--fail-on", "down", "--where", "identifier = new"],
            3,
            "nothing to compare: no result is on both sides",
        ),
        (
            &["--fail-on", "down", "--where", "identifier = new", "--exit-zero"],
            3,
            "nothing to compare: no result is on both sides",
        ),
        (
            &["--fail-on", "down", "-m", "d=Bronze", "--where", "identifier = new"],
            3,
            "nothing to compare: no result is on both sides",
        ),
        (
            &["--fail-on", "down", "-m", "c=Gold", "--where", "identifier = new"],
            1,
            "nothing to compare: no result is on both sides",
        ),
        (
            &["-m", "c=Gold", "--where", "identifier = leaves"],
            3,
            "nothing to judge: no scorecard with a minimum grades any entity",
        ),
    ] {
        let run = files.compare(options);
        assert_eq!(run.code, code, "{options:?}: {}", run.stderr);
        if !line.is_empty() {
            assert_eq!(last(&run), line, "{options:?}");
        }
    }
}

#[test]
fn levels_of_fail_on_are_checked_before_anything_is_printed() {
    let files = Files::usual();
    for unknown in ["below=Platinum", "below=x=Gold", "below=Basic"] {
        let run = files.compare(&["-f", "json", "--fail-on", unknown]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{unknown}: {}", run.stderr);
    }
}

#[test]
fn what_the_options_need_is_said() {
    let files = Files::usual();
    let (last, after) = (files.path("last.json"), files.path("after.json"));
    for (options, part) in [
        (&["--fail-on", "down"][..], "--baseline <FILE>"),
        (&["--missing-baseline", "pass"], "--baseline <FILE>"),
        (&["--baseline", &last, "--exit-zero"], "--min-level"),
        (&["--baseline", &last, "--compare", &after], "cannot be used with '--compare"),
        (&["--baseline", &last, "--fail-on", "sideways"], "changed-rules"),
        (&["--baseline", "", "--fail-on", "down"], "a value is required"),
        (&["--baseline", &last, "-f", &format!("json={last}")], "input-as-output"),
        (&["--baseline", &after], "not-a-result"),
        (&["--baseline", "-", "-e", "-"], "standard input can be read only once"),
    ] {
        let run = files.evaluate("after.json", options);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{options:?}");
        assert!(run.stderr.contains(part), "{options:?}: {}", run.stderr);
    }
}

#[test]
fn a_missing_baseline_is_an_explicit_result() {
    let files = Files::usual();
    let missing = files.path("none.json");
    let fails = files.evaluate("after.json", &["--baseline", &missing, "-f", "json"]);
    assert_eq!((fails.code, fails.stdout.as_str()), (2, ""));
    assert!(fails.stderr.starts_with("error[missing-baseline]: "), "{}", fails.stderr);
    let passes = [
        "--baseline",
        &missing,
        "--missing-baseline",
        "pass",
        "--fail-on",
        "any",
        "--allow",
        "unknown-property",
    ];
    let plain = files.evaluate("after.json", &["-q"]);
    let run = files.evaluate("after.json", &passes);
    assert_eq!((run.code, &run.stdout), (0, &plain.stdout));
    assert!(run.stderr.contains("[missing-baseline]: there is no result to compare with"), "{}", run.stderr);
    assert!(run.stderr.contains("accepted because of `--missing-baseline pass`"), "{}", run.stderr);
    let quiet = files.evaluate("after.json", &[&passes[..], &["-q"]].concat());
    assert_eq!((quiet.code, quiet.stderr.as_str()), (0, ""));
    let gated = files.evaluate("after.json", &[&passes[..], &["-q", "-m", "c=Gold"]].concat());
    assert_eq!(gated.code, 1);
}

#[test]
fn only_what_is_in_scope_is_compared() {
    let files = Files::usual();
    let notes = |more: &[&str]| {
        let run = files.compare(&[&["-f", "summary", "--allow", "unknown-property"], more].concat());
        run.stderr
            .lines()
            .next()
            .and_then(|line| Some(line.split_once(" since ")?.0.to_owned()))
            .unwrap_or_default()
    };
    assert_eq!(notes(&["--scorecard", "d"]), "1 gone, 1 new");
    assert_eq!(notes(&["--where", "identifier = down"]), "1 down");
    assert_eq!(
        notes(&["--where", "identifier != down", "--scorecard", "c"]),
        "1 up, 1 lost data, 1 new, 1 no longer applicable, 1 applicable now, 1 with other rules passing"
    );
    // an entity that is out of scope has not disappeared, and one that is not in the input may have been out of scope
    let run = files.compare(&["-q", "--where", "identifier = same", "--fail-on", "disappeared"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
}

#[test]
fn a_changed_definition_is_marked_and_fails_only_changed_rules() {
    let files = Files::usual();
    let other = set().replacen(r#""operator":">""#, r#""operator":">=""#, 1);
    std::fs::write(files.path("set.json"), other).expect("it can be written");
    let table = files.compare(&["--fail-on", "down", "--allow", "unknown-property"]);
    assert_eq!(table.code, 0, "{}", table.stderr);
    assert!(table.stdout.contains(" Card * "), "{}", table.stdout);
    assert!(
        table.stdout.trim_end().ends_with("   * graded by another definition before"),
        "{}",
        table.stdout
    );
    assert!(
        table.stderr.contains("the definition of c changed, so its changes (marked *)"),
        "{}",
        table.stderr
    );
    let markdown = files.compare(&["-q", "-f", "markdown", "--fail-on", "changed-rules"]);
    assert_eq!(markdown.code, 1);
    assert!(markdown.stdout.contains("| Card \\*"), "{}", markdown.stdout);
    assert!(markdown.stdout.contains("- c: its definition changed\n"), "{}", markdown.stdout);
}

#[test]
fn an_export_of_port_is_a_baseline() {
    let files = Files::usual();
    let port = json!({"ok": true, "entities": [
        {"identifier": "up", "blueprint": "service", "scorecards": {"c": {"level": "Bronze", "rules": [
            {"identifier": "s", "level": "Silver", "status": "FAILURE"}]}}},
        {"identifier": "down", "scorecards": {"c": {"level": "Gold"}, "d": null}},
    ]});
    let text = port.to_string();
    let arguments = [
        "evaluate",
        "-s",
        &files.path("set.json"),
        "-e",
        &files.path("after.json"),
        "--as-of",
        AS_OF,
        "--baseline",
        "-",
    ];
    let run = run_with(&[&arguments[..], &["--fail-on", "below=Gold"]].concat(), text.as_bytes());
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.starts_with("compared with <stdin>\n\n"), "{}", run.stdout);
    assert!(run.stderr.contains("✘ down c: Gold → Silver\n"), "{}", run.stderr);
    let json = run_with(&[&arguments[..], &["-q", "-f", "json"]].concat(), text.as_bytes());
    let result: Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(result["baseline"], json!({"file": "<stdin>", "asOf": null}));
    assert_eq!(result["entities"][0]["scorecards"]["c"]["was"], "Bronze");
    assert_eq!(result["entities"][1]["scorecards"]["d"].get("was"), Some(&Value::Null));
}

#[test]
fn a_level_that_the_scorecard_lacks_is_an_error() {
    let files = Files::usual();
    let hostile = "Pl\u{1b}[31mat\n::error::x";
    let baseline = json!([{"identifier": "up", "scorecards": {"c": {"level": hostile}}}]).to_string();
    std::fs::write(files.path("last.json"), baseline).expect("it can be written");
    let run = files.compare(&[]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(
        run.stderr.starts_with("error[unknown-level-order]: scorecard `c` has no level"),
        "{}",
        run.stderr
    );
    assert!(!run.stderr.contains('\u{1b}') && !run.stderr.contains("\n::error"), "{}", run.stderr);
}

#[test]
fn hostile_titles_of_a_baseline_are_safe() {
    let files = hostile(15);
    let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
    let (entities, cards) = (path("entities.json"), path("cards.json"));
    // the last one becomes an empty directory entry name otherwise
    let last = path("last \u{1b}[31m::error::%0A|<b>@x.json");
    let graded = run(&[
        "evaluate",
        "-e",
        &entities,
        "-s",
        &cards,
        "-q",
        "--as-of",
        AS_OF,
        "-f",
        &format!("json={last}"),
    ]);
    assert_eq!(graded.code, 0, "{}", graded.stderr);
    let mut moved: Value =
        serde_json::from_slice(&std::fs::read(&entities).expect("it can be read")).expect("JSON");
    for (index, entity) in moved.as_array_mut().expect("an array").iter_mut().enumerate() {
        entity["properties"]["n"] = json!(14 - index);
    }
    std::fs::write(&entities, moved.to_string()).expect("it can be written");
    for width in [20, 60, 200] {
        for format in ["table", "markdown", "github", "summary"] {
            let options =
                ["-e", &entities, "-s", &cards, "-f", format, "--baseline", &last, "--fail-on", "any"];
            let run = at(width, &options);
            assert_eq!(run.code, 1, "{}", run.stderr);
            for text in [&run.stdout, &run.stderr] {
                let text = plain(text);
                let is_safe = |character: char| character == '\n' || !character.is_control();
                assert!(text.chars().all(is_safe), "{format} at {width}: {text}");
                let commands = text.lines().filter(|line| line.trim_start().starts_with("::")).count();
                assert_eq!(commands, if format == "github" && text == run.stdout { 2 } else { 0 }, "{text}");
            }
            if format == "markdown" {
                assert!(!run.stdout.contains("<b>") && !run.stdout.contains(" @x"), "{}", run.stdout);
            }
        }
    }
}

#[test]
fn an_entity_that_comes_twice_cannot_be_compared() {
    let files = Files::new(&set(), BEFORE, r#"[{"identifier": "up"}, {"identifier": "up"}]"#);
    let run = files.compare(&[]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("error[duplicate-entity]"), "{}", run.stderr);
    assert!(run.stderr.contains("after.json"), "{}", run.stderr);
}

#[test]
fn waivers_and_a_baseline_go_together() {
    let files = Files::usual();
    let waivers = files.path("w.json");
    let options =
        ["-q", "-m", "c=Gold", "--write-waivers", &waivers, "--expires", "2026-12-31", "--reason", "later"];
    assert_eq!(files.compare(&options).code, 0);
    assert!(Path::new(&waivers).exists());
    let table = files.compare(&["-q", "-m", "c=Gold", "--waivers", &waivers]);
    assert_eq!(table.code, 0);
    assert!(table.stdout.contains("Silver † ▼ from Gold"), "{}", table.stdout);
}

/// Scorecards and entities before and after. Some comparisons have other scorecards before.
type Case = (Vec<Value>, Option<Vec<Value>>, Vec<Value>, Vec<Value>, usize);

fn cases() -> impl Strategy<Value = Case> {
    let other = proptest::option::weighted(0.2, random::scorecards());
    (random::scorecards(), other, random::entities(), random::entities(), 0..CHANGES.len())
}

const CHANGES: [&str; 7] =
    ["down", "below=Gold", "below=Silver", "lost-data", "disappeared", "any", "changed-rules"];

fn text(values: &[Value]) -> String {
    serde_json::to_string(values).expect("values can be written")
}

/// Grades the case, once without and once with a baseline.
fn graded(set: &str, other: &str, before: &[Value], after: &[Value]) -> tempfile::TempDir {
    let files = directory(&[
        ("set.json", set.as_bytes()),
        ("other.json", other.as_bytes()),
        ("before.json", text(before).as_bytes()),
        ("after.json", text(after).as_bytes()),
    ]);
    let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
    for (set, name) in [("other", "before"), ("set", "after")] {
        let (set, entities) = (path(&format!("{set}.json")), path(&format!("{name}.json")));
        let out = format!("json={}", path(&format!("{name}-result.json")));
        let run = run(&["evaluate", "-s", &set, "-e", &entities, "--as-of", AS_OF, "-q", "-f", &out]);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    files
}

#[test]
fn a_comparison_in_the_run_is_the_same_as_diff_after_it() {
    check(cases(), 60, |(set, other, before, after, change)| {
        let other = other.as_ref().unwrap_or(&set);
        let files = graded(&text(&set), &text(other), &before, &after);
        let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
        let (old, new, change) = (path("before-result.json"), path("after-result.json"), CHANGES[change]);
        let diff = run(&["diff", &old, &new, "-q", "-f", "json", "--fail-on", change]);
        let (set, entities) = (path("set.json"), path("after.json"));
        let options = ["evaluate", "-s", &set, "-e", &entities, "--as-of", AS_OF, "-q", "--baseline", &old];
        let evaluate = run(&[&options[..], &["-f", "json", "--fail-on", change]].concat());
        prop_assert_eq!(evaluate.code, diff.code, "{}\n{}", evaluate.stderr, diff.stderr);
        if diff.code == 2 {
            return Ok(());
        }
        prop_assert_eq!(evaluate.stderr, diff.stderr);
        let read = |path: &str| std::fs::read_to_string(path).expect("it can be read");
        let [old, new, result] = [&read(&old), &read(&new), &evaluate.stdout]
            .map(|text| serde_json::from_str::<Value>(text).expect("JSON"));
        prop_assert_eq!(faults(&validator(&schema("result")), &result), "");
        prop_assert_eq!(without_was(&result), new);
        let former = |entity: &Value, card: &str| {
            let entities = old["entities"].as_array().expect("an array");
            let known = entities.iter().find(|known| {
                (&known["identifier"], &known["blueprint"]) == (&entity["identifier"], &entity["blueprint"])
            });
            let held = known?["scorecards"].get(card)?;
            Some(held.get("level").cloned().unwrap_or(Value::Null))
        };
        for entity in result["entities"].as_array().expect("an array") {
            for (card, held) in entity["scorecards"].as_object().expect("an object") {
                if !held.is_null() {
                    prop_assert_eq!(held.get("was").cloned(), former(entity, card));
                }
            }
        }
        // the model and the lines are the same
        let mut written = Vec::new();
        let document = ResultDocument::read(evaluate.stdout.as_bytes()).expect("it is a result");
        document.write(&mut written).expect("memory can be written");
        prop_assert_eq!(String::from_utf8(written).expect("UTF-8"), evaluate.stdout);
        let lines = run(&[&options[..], &["-f", "ndjson"]].concat()).stdout;
        let records: Vec<EntityRecord<'_>> =
            read_entities(lines.as_bytes()).collect::<Result<_, _>>().expect("lines are entities");
        prop_assert_eq!(&records, &document.entities);
        let mut again = Vec::new();
        write_entities(&records, &mut again).expect("memory can be written");
        prop_assert_eq!(String::from_utf8(again).expect("UTF-8"), lines.clone());
        let line = line_validator(&schema("result"));
        for text in lines.lines() {
            prop_assert_eq!(faults(&line, &serde_json::from_str(text).expect("JSON")), "");
        }
        Ok(())
    });
}

/// A result as it is without a baseline.
fn without_was(result: &Value) -> Value {
    let mut result = result.clone();
    result.as_object_mut().expect("an object").remove("baseline").expect("it tells the baseline");
    for entity in result["entities"].as_array_mut().expect("an array") {
        for held in entity["scorecards"].as_object_mut().expect("an object").values_mut() {
            if let Some(held) = held.as_object_mut() {
                held.remove("was");
            }
        }
    }
    result
}

#[test]
fn without_moves_only_the_heading_changes() {
    check((random::scorecards(), random::entities()), 30, |(set, entities)| {
        let files = graded(&text(&set), &text(&set), &entities, &entities);
        let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
        let (set, entities, old) = (path("set.json"), path("after.json"), path("before-result.json"));
        for format in ["table", "summary", "markdown"] {
            let plain = ["evaluate", "-s", &set, "-e", &entities, "--as-of", AS_OF, "-q", "-f", format];
            let without = run(&plain);
            let with = run(&[&plain[..], &["--baseline", &old, "--fail-on", "any"]].concat());
            if with.code == 2 {
                prop_assert!(with.stderr.contains("comes twice"), "{}", with.stderr);
                continue;
            }
            let is_heading = |line: &&str| {
                line.starts_with("compared with ")
                    || line.contains("**Comparison passed:**")
                    || line.contains("**Nothing to compare:**")
            };
            let kept: Vec<&str> =
                with.stdout.lines().filter(|line| !is_heading(line) && !line.is_empty()).collect();
            let expected: Vec<&str> = without.stdout.lines().filter(|line| !line.is_empty()).collect();
            prop_assert_eq!(kept, expected);
        }
        Ok(())
    });
}
