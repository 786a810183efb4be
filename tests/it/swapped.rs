//! Inputs that are given in the wrong place or twice, directories of entities, and misspelled keys of scorecards.

use crate::program::{Run, directory, run, run_with};
use serde_json::Value;

const SCORECARD: &str = r#"{"identifier": "ops", "rules": [{"identifier": "r", "level": "Bronze",
    "query": {"combinator": "and", "conditions": [{"property": "p", "operator": "isNotEmpty"}]}}]}"#;
const AS_ENTITY: &str = r#"{"identifier": "ops", "blueprint": "_scorecard", "properties": {"blueprint": "service",
    "rules": [{"identifier": "r", "level": "Bronze", "query": {"combinator": "and",
    "conditions": [{"property": "p", "operator": "isNotEmpty"}]}}]}}"#;

fn evaluate(entities: &str, more: &[&str]) -> Run {
    run_with(&[&["evaluate", "-e", "-", "-f", "csv"], more].concat(), entities.as_bytes())
}

fn is_refused_as_scorecard(run: &Run, place: &str) {
    let expected = format!(
        "error[not-an-entity]: expected an entity, but this is a scorecard\n--> <stdin>:{place}\n = help: give scorecards with \
         `--scorecards`, and entities with `--entities`\n\n"
    );
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (2, "", expected.as_str()));
}

#[test]
fn scorecards_that_are_given_as_entities_are_refused_in_every_form() {
    for card in [SCORECARD, AS_ENTITY] {
        is_refused_as_scorecard(&evaluate(card, &[]), "1:1");
        is_refused_as_scorecard(&evaluate(&format!("[{card}]"), &[]), "1:2");
        is_refused_as_scorecard(
            &evaluate(&format!("{{\"ok\": true, \"scorecards\": [{card}]}}"), &[]),
            "1:1",
        );
        is_refused_as_scorecard(&evaluate(&format!("{{\"scorecard\": {card}}}"), &[]), "1:1");
        is_refused_as_scorecard(&evaluate(&format!("[{{\"scorecards\": [{card}]}}]"), &[]), "1:2");
        is_refused_as_scorecard(&evaluate(&format!("{{\"entities\": [{card}]}}"), &[]), "1:15");
        is_refused_as_scorecard(&evaluate(&format!("{{\"entity\": {card}}}"), &[]), "1:12");
        is_refused_as_scorecard(&evaluate(&format!("{{\"identifier\": \"a\"}}\n  {card}"), &[]), "2:3");
        let escaped = card.replace("\"rules\"", "\"rul\\u0065s\"");
        is_refused_as_scorecard(&evaluate(&escaped, &[]), "1:1");
    }
    let nameless = SCORECARD.replace("\"identifier\": \"ops\", ", "");
    is_refused_as_scorecard(&evaluate(&nameless, &[]), "1:1");
    for command in [&["explain", "-e", "-"][..], &["lint", "-e", "-"]] {
        is_refused_as_scorecard(&run_with(command, SCORECARD.as_bytes()), "1:1");
    }
}

#[test]
fn waivers_that_are_given_as_entities_are_refused() {
    let waivers =
        r#"{"waivers": [{"entity": "a", "scorecard": "b", "reason": "r", "expires": "2026-12-31"}]}"#;
    let refused = |text: &str, place: &str| {
        let run = evaluate(text, &[]);
        let expected = format!(
            "error[not-an-entity]: expected an entity, but these are waivers\n--> <stdin>:{place}\n = help: give waivers \
             with `--waivers`, and keep them out of the directories of entities\n\n"
        );
        assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (2, "", expected.as_str()));
    };
    refused(waivers, "1:1");
    refused(r#"{"$schema": "s", "waivers": []}"#, "1:1");
    refused(&waivers.replace("waivers", "w\\u0061ivers"), "1:1");
    refused(&format!("{{\"identifier\": \"a\"}}\n{waivers}"), "2:1");
    let place =
        directory(&[("team/a.json", b"{\"identifier\": \"a\"}"), ("team/waivers.json", waivers.as_bytes())]);
    let run = run(&["evaluate", "-e", place.path().join("team").to_str().expect("UTF-8")]);
    assert!(run.code == 2 && run.stderr.contains("waivers.json:1:1\n"), "{}", run.stderr);
    // other objects without an identifier, and an entity with a property of this name
    for text in ["{}", r#"{"waivers": 3}"#, r#"{"waivers": "\u001b[2J"}"#, r#"{"waiver": []}"#] {
        let run = evaluate(text, &[]);
        assert!(run.stderr.starts_with("error[missing-identifier]: "), "{text}: {}", run.stderr);
    }
    assert_eq!(evaluate(r#"{"identifier": "a", "waivers": [{"entity": "a"}]}"#, &["-q"]).code, 0);
}

#[test]
fn an_entity_may_have_a_property_called_rules() {
    for rules in [
        "7",
        "null",
        "\"query\"",
        "[]",
        "[{}]",
        "[\"query\"]",
        "{\"query\": {}}",
        "[{\"name\": \"r\", \"expression\": \"up == 0\"}]",
        "[{\"query\": \"up == 0\"}]",
        "[[{\"query\": {}}]]",
        "[{\"inner\": {\"query\": {}}}]",
    ] {
        for entity in [
            format!("{{\"identifier\": \"a\", \"properties\": {{\"rules\": {rules}}}}}"),
            format!("{{\"identifier\": \"a\", \"rules\": {rules}}}"),
            "{\"identifier\": \"a\", \"relations\": {\"rules\": [{\"query\": {}}]}}".to_owned(),
            format!("{{\"identifier\": \"a\", \"rules\": [{{\"query\": {{}}}}], \"rules\": {rules}}}"),
        ] {
            let run = evaluate(&entity, &["-q"]);
            assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{entity}");
        }
    }
}

#[test]
fn conditions_can_name_a_property_called_rules() {
    let card = SCORECARD.replace("\"p\"", "\"rules\"");
    let place = directory(&[("set.json", card.as_bytes())]);
    let path = place.path().join("set.json");
    let options = ["-s", path.to_str().expect("UTF-8")];
    for (entity, level) in [
        ("{\"identifier\": \"a\", \"rules\": [1]}", "Bronze"),
        ("{\"identifier\": \"a\", \"rules\": [1], \"properties\": {}}", "Basic"),
        ("{\"identifier\": \"a\", \"properties\": {\"rules\": [{\"name\": \"query\"}]}}", "Bronze"),
        ("{\"identifier\": \"a\", \"properties\": {\"rules\": []}}", "Basic"),
    ] {
        let run = evaluate(entity, &options);
        let row = run.stdout.lines().nth(1).expect("a row");
        assert!(row.starts_with(&format!("a,a,service,,{level},")), "{entity}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn the_first_scorecard_is_reported_whatever_the_threads_do() {
    let entity = "{\"identifier\": \"a\", \"properties\": {\"p\": 1}}\n";
    let card = AS_ENTITY.replace('\n', "") + "\n";
    // about ten blocks, with a scorecard in the third and in every later one
    let lines = entity.repeat(15_000) + &(card + &entity.repeat(2_000)).repeat(20);
    for threads in ["1", "2", "7"] {
        is_refused_as_scorecard(&evaluate(&lines, &["--threads", threads]), "15001:1");
    }
}

#[test]
fn entities_that_are_given_as_scorecards_are_refused() {
    let entity = r#"{"identifier": "a", "blueprint": "service", "properties": {"p": 1}}"#;
    let row = r#"{"identifier": "a", "team": "x", "p": 1.5}"#;
    for one in [entity, row] {
        for text in [
            one.to_owned(),
            format!("[{one}, {one}]"),
            format!("{one}\n{one}\n"),
            format!("{{\"ok\": true, \"entities\": [{one}]}}"),
            format!("{{\"entity\": {one}}}"),
        ] {
            let place = directory(&[("e.json", text.as_bytes())]);
            let path = place.path().join("e.json");
            let run = evaluate("", &["-s", path.to_str().expect("UTF-8")]);
            assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{text}");
            let head = "error[not-a-scorecard]: expected a scorecard, but this is an entity\n";
            assert!(run.stderr.starts_with(head), "{text}: {}", run.stderr);
            assert_eq!(run.stderr.matches("error[").count(), 1, "{text}: {}", run.stderr);
        }
    }
    // a scorecard that only lacks its rules is not an entity
    for card in [
        r#"{"identifier": "a", "title": "A", "blueprint": "service"}"#,
        r#"{"identifier": "a", "levels": [{"title": "x"}], "weight": 1}"#,
        r#"{"identifier": "a", "rulse": []}"#,
        r#"{"identifier": "a", "properties": {"blueprint": "service"}}"#,
    ] {
        let run = run_with(&["lint", "-s", "/dev/stdin"], card.as_bytes());
        assert!(run.stderr.starts_with("error[missing-rules]"), "{card}: {}", run.stderr);
    }
}

/// The identifiers in the result for a directory of entities.
fn identifiers(run: &Run) -> Vec<String> {
    assert_eq!(run.code, 0, "{}", run.stderr);
    let result: Value = serde_json::from_str(&run.stdout).expect("the output is JSON");
    let entities = result["entities"].as_array().expect("an array").iter();
    entities.map(|entity| entity["identifier"].as_str().expect("text").to_owned()).collect()
}

#[test]
fn a_directory_of_entities_is_searched_in_byte_order() {
    let entity = |name: &str| format!("{{\"identifier\": \"{name}\"}}").into_bytes();
    let files = [
        ("in/b.json", entity("3")),
        ("in/a/z.ndjson", entity("2")),
        ("in/a-b.jsonl", entity("1")),
        ("in/.hidden/a.json", entity("hidden")),
        ("in/.a.json", entity("hidden")),
        ("in/c.JSON", entity("upper case")),
        ("in/c.jsonc", entity("other")),
        ("in/notes.md", entity("other")),
        ("single.data", entity("4")),
    ];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let place = directory(&files);
    let path = |name: &str| place.path().join(name).display().to_string();
    let (inside, single) = (path("in"), path("single.data"));
    let run = |arguments: &[&str]| run(&[&["evaluate", "-f", "json", "-q"], arguments].concat());
    assert_eq!(identifiers(&run(&["-e", &inside, "-e", &single])), ["1", "2", "3", "4"]);
    for command in ["explain", "lint"] {
        let run = crate::program::run(&[command, "-e", &inside]);
        assert!(run.code < 2, "{command}: {}", run.stderr);
    }
    std::fs::write(place.path().join("in/a/z.ndjson"), "{\"identifier\": 7}").expect("it is written");
    let broken = run(&["-e", &inside]);
    assert!(broken.code == 2 && broken.stderr.contains("in/a/z.ndjson:1:16"), "{}", broken.stderr);
}

#[cfg(unix)]
#[test]
fn a_file_that_is_given_twice_is_a_warning() {
    let place =
        directory(&[("in/a.ndjson", b"{\"identifier\": \"a\"}\n"), ("set/a.json", SCORECARD.as_bytes())]);
    let path = |name: &str| place.path().join(name).display().to_string();
    std::os::unix::fs::symlink(path("in/a.ndjson"), path("in/link.ndjson")).expect("links are made");
    std::os::unix::fs::symlink(path("in"), path("in/loop")).expect("links are made");
    std::fs::hard_link(path("in/a.ndjson"), path("hard\n::error::x\u{1b}[2J.ndjson"))
        .expect("links are made");
    let (file, inside) = (path("in/a.ndjson"), path("in"));
    let (hard, set) = (path("hard\n::error::x\u{1b}[2J.ndjson"), path("set"));
    let with = |arguments: &[&str]| {
        run(&[&["evaluate", "-s", &set, "-f", "json", "--allow", "unknown-property"], arguments].concat())
    };
    for (arguments, count, warnings) in [
        (&["-e", &file][..], 1, 0),
        (&["-e", &file, "-e", &file], 2, 1),
        (&["-e", &file, "-e", &hard], 2, 1),
        // the search finds the file once, under its first path
        (&["-e", &inside], 1, 1),
        (&["-e", &inside, "-e", &file], 2, 2),
        (&["-e", &file, "-s", &format!("{set}/a.json")], 1, 1),
    ] {
        let run = with(arguments);
        assert_eq!(identifiers(&run).len(), count, "{arguments:?}: {}", run.stderr);
        assert_eq!(run.stderr.matches("warning[duplicate-file]").count(), warnings, "{}", run.stderr);
        assert!(!run.stderr.contains('\u{1b}') && !run.stderr.contains("\n::"), "{}", run.stderr);
        let strict = with(&[arguments, &["--strict", "--allow", "duplicate-entity"]].concat());
        assert_eq!(strict.code, if warnings == 0 { 0 } else { 2 }, "{arguments:?}: {}", strict.stderr);
    }
    let twice = with(&["-e", &file, "-e", &file]);
    assert!(
        twice.stderr.contains("the file is given twice, so everything in it counts twice"),
        "{}",
        twice.stderr
    );
    let once = with(&["-e", &inside]);
    assert!(once.stderr.contains("the file is given twice, and is read only once"), "{}", once.stderr);
}

#[test]
fn the_help_for_a_missing_key_names_its_misspelling() {
    for (key, misspelled, code) in [
        ("identifier", "identifer", "missing-identifier"),
        ("rules", "rulse", "missing-rules"),
        ("level", "levl", "missing-level"),
        ("query", "qurey", "missing-query"),
        ("combinator", "combinater", "missing-combinator"),
        ("conditions", "conditons", "missing-conditions"),
        ("property", "propery", "condition-subject"),
        ("operator", "operater", "missing-operator"),
        ("value", "valu", "missing-value"),
        ("value", "Value", "missing-value"),
    ] {
        let card = SCORECARD.replace("\"isNotEmpty\"", "\"=\", \"value\": 3");
        let card = card.replacen(&format!("\"{key}\""), &format!("\"{misspelled}\""), 1);
        let run = run_with(&["evaluate", "-e", "-", "-s", "/dev/stdin"], card.as_bytes());
        assert!(run.stderr.starts_with(&format!("error[{code}]")), "{misspelled}: {}", run.stderr);
        let help = format!("`{misspelled}` is not a known key; did you mean `{key}`?");
        assert!(run.stderr.contains(&help), "{misspelled}: {}", run.stderr);
    }
}

#[test]
fn a_preset_of_another_name_is_suggested() {
    for (preset, meant) in
        [("lastYear", "last12Months"), ("lastQuarter", "last3Months"), ("nextYear", "next12Months")]
    {
        let card = SCORECARD
            .replace("\"isNotEmpty\"", &format!("\"between\", \"value\": {{\"preset\": \"{preset}\"}}"));
        let run = run_with(&["lint", "-s", "/dev/stdin"], card.as_bytes());
        assert!(run.stderr.contains(&format!("help: did you mean `{meant}`?\n")), "{}", run.stderr);
    }
}
