//! Section 12 of the specification: waivers, through the program and as laws.

use crate::program::{Run, directory, run, run_with};
use crate::schema::{check, faults, schema, validator};
use proptest::prelude::*;
use serde_json::{Value, json};

const AS_OF: &str = "2026-02-01T12:00:00Z";

/// Scorecard `c` has a rule at Bronze, two at Silver and one at Gold; `d` has one at Bronze.
fn set() -> String {
    set_from("Bronze")
}

/// The same, but the rule `b` of scorecard `c` is at this level. From Silver on, Bronze has no rules.
fn set_from(lowest: &str) -> String {
    let rule = |name: &str, level: &str| {
        json!({"identifier": name, "level": level, "query": {"combinator": "and",
            "conditions": [{"property": name, "operator": "=", "value": true}]}})
    };
    json!([{"identifier": "c", "title": "Card", "rules":
              [rule("b", lowest), rule("s", "Silver"), rule("t", "Silver"), rule("g", "Gold")]},
           {"identifier": "d", "rules": [rule("b", "Bronze")]}])
    .to_string()
}

/// `good` holds Gold; `half` stops at Silver, where both rules fail; `none` stops at Bronze.
const ENTITIES: &str = r#"[{"identifier": "good", "b": true, "s": true, "t": true, "g": true},
    {"identifier": "half", "b": true, "s": false, "t": false, "g": false}, {"identifier": "none", "b": false}]"#;

fn waiver(entity: &str, scorecard: &str, rule: Option<&str>, expires: &str) -> Value {
    json!({"entity": entity, "scorecard": scorecard, "rule": rule, "expires": expires, "reason": format!("until {expires}")})
}

/// A run with these waivers.
fn waived(entities: &str, waivers: &[Value], more: &[&str]) -> Run {
    waived_in(&set(), entities, waivers, more)
}

/// A run with these scorecards and waivers.
fn waived_in(set: &str, entities: &str, waivers: &[Value], more: &[&str]) -> Run {
    let text = json!({"waivers": waivers}).to_string();
    let files = directory(&[("set.json", set.as_bytes()), ("w.json", text.as_bytes())]);
    let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
    let fixed =
        ["evaluate", "-s", &path("set.json"), "-e", "-", "--as-of", AS_OF, "--waivers", &path("w.json")];
    run_with(&[&fixed, more].concat(), entities.as_bytes())
}

fn last_line(run: &Run) -> &str {
    run.stderr.lines().last().unwrap_or_default()
}

#[test]
fn a_waiver_excuses_what_it_is_for_until_its_day_is_over() {
    let all = |day: &str| vec![waiver("*", "*", None, day)];
    for (waivers, minimum, code) in [
        (vec![], "c=Silver", 1),
        (all("2026-02-01"), "c=Silver", 0),
        (all("2026-01-31"), "c=Silver", 1),
        (
            vec![waiver("half", "c", None, "2026-02-01"), waiver("none", "c", None, "2026-02-01")],
            "c=Silver",
            0,
        ),
        (
            vec![waiver("half", "c", None, "2026-02-01"), waiver("none", "c", None, "2026-01-31")],
            "c=Silver",
            1,
        ),
        (
            vec![waiver("half", "c", None, "2026-02-01"), waiver("none", "d", None, "2026-02-01")],
            "c=Silver",
            1,
        ),
        (vec![waiver("[hn]*", "?", None, "2026-02-01")], "c=Silver", 0),
        (
            vec![waiver("HALF", "c", None, "2026-02-01"), waiver("none", "c", None, "2026-02-01")],
            "c=Silver",
            1,
        ),
        // every failing rule from the level that stopped the entity up to the minimum needs a waiver
        (
            vec![waiver("none", "*", None, "2026-02-01"), waiver("half", "*", Some("s"), "2026-02-01")],
            "c=Silver",
            1,
        ),
        (
            vec![
                waiver("none", "*", None, "2026-02-01"),
                waiver("half", "*", Some("s"), "2026-02-01"),
                waiver("half", "c", Some("t"), "2026-02-01"),
            ],
            "c=Silver",
            0,
        ),
        (
            vec![
                waiver("none", "*", None, "2026-02-01"),
                waiver("half", "*", Some("s"), "2026-02-01"),
                waiver("half", "c", Some("t"), "2026-02-01"),
            ],
            "c=Gold",
            1,
        ),
        (vec![waiver("none", "c", Some("b"), "2026-02-01")], "c=Bronze", 0),
        // the rules above the level that stopped it fail too
        (
            vec![waiver("none", "c", Some("b"), "2026-02-01"), waiver("half", "c", None, "2026-02-01")],
            "c=Silver",
            1,
        ),
        (vec![waiver("none", "c", Some("x"), "2026-02-01")], "c=Bronze", 1),
    ] {
        let run = waived(ENTITIES, &waivers, &["-q", "-m", minimum]);
        assert_eq!(run.code, code, "{waivers:?} {minimum}: {}", run.stderr);
    }
    // a gate of which everything is waived passes
    let run = waived(r#"{"identifier": "none"}"#, &all("2026-02-01"), &["-m", "c=Bronze"]);
    assert_eq!(
        (run.code, last_line(&run)),
        (0, "gate passed: no result is left to judge; 1 waived, until 2026-02-01")
    );
    let run = waived("", &all("2026-02-01"), &["-q", "-m", "c=Bronze"]);
    assert_eq!(run.code, 3);
    // a level without rules cannot be excused rule by rule
    let set = r#"{"identifier": "c", "rules": []}"#;
    for (rule, code) in [(None, 0), (Some("r"), 1)] {
        let text = json!({"waivers": [waiver("a", "c", rule, "2099-01-01")]}).to_string();
        let files = directory(&[("set.json", set.as_bytes()), ("w.json", text.as_bytes())]);
        let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
        let arguments = [
            "evaluate",
            "-q",
            "-s",
            &path("set.json"),
            "-e",
            "-",
            "-m",
            "Gold",
            "--waivers",
            &path("w.json"),
        ];
        assert_eq!(run_with(&arguments, br#"{"identifier": "a"}"#).code, code);
    }
}

#[test]
fn waived_results_are_left_out_of_shares_and_counted_in_the_verdict() {
    let waivers = [waiver("half", "*", None, "2026-03-01"), waiver("none", "c", None, "2026-02-10")];
    let run = waived(ENTITIES, &waivers, &["-m", "c=Silver@100%", "-f", "json"]);
    let line = "gate passed: 1 result judged, none below its minimum; c: 100% of 1 hold Silver, 100% required; \
                2 waived, the first until 2026-02-10";
    assert_eq!((run.code, last_line(&run)), (0, line), "{}", run.stderr);
    let document: Value = serde_json::from_str(&run.stdout).expect("JSON");
    assert_eq!(faults(&validator(&schema("result")), &document), "");
    let gate = &document["gate"];
    assert_eq!(
        (&gate["passed"], &gate["judged"], &gate["failed"], &gate["waived"]),
        (&json!(true), &json!(1), &json!(0), &json!(2))
    );
    let half = &document["entities"][1]["scorecards"]["c"];
    assert_eq!(
        (&half["level"], &half["gate"], &half["minimum"]),
        (&json!("Bronze"), &json!("waived"), &json!("Silver"))
    );
    assert_eq!(half["waived"], json!({"reason": "until 2026-03-01", "expires": "2026-03-01"}));
    assert_eq!(document["entities"][0]["scorecards"]["c"].get("waived"), None);
    // of several waivers, the one that expires last counts
    let several = [
        waiver("*", "c", None, "2026-03-01"),
        waiver("half", "c", None, "2026-09-01"),
        waiver("half", "*", None, "2026-05-01"),
    ];
    let run = waived(ENTITIES, &several, &["-q", "-m", "c=Silver", "-f", "ndjson"]);
    let line: Value = serde_json::from_str(run.stdout.lines().nth(1).expect("a line")).expect("JSON");
    assert_eq!(line["scorecards"]["c"]["waived"]["expires"], "2026-09-01");
}

#[test]
fn every_report_marks_waived_results() {
    let waivers = [waiver("*", "c", None, "2026-02-10")];
    let shown = |format: &str| waived(ENTITIES, &waivers, &["-q", "-m", "c=Silver", "-f", format]).stdout;
    let table = shown("table");
    assert!(table.contains("Bronze †") && table.contains("Basic †") && table.contains("† waived"), "{table}");
    let markdown = shown("markdown");
    assert!(
        markdown.contains("🟤 Bronze † |")
            && markdown.contains("† waived")
            && !markdown.contains("below the minimum\n"),
        "{markdown}"
    );
    let junit = shown("junit");
    assert!(junit.contains("tests=\"3\" skipped=\"2\" errors=\"0\" failures=\"0\""), "{junit}");
    assert_eq!(junit.matches("<skipped message=\"waived until 2026-02-10: until 2026-02-10\"/>").count(), 2);
    assert_eq!(
        shown("github"),
        "::notice title=half%3A Card is Bronze%2C minimum Silver::waived until 2026-02-10: until 2026-02-10\n\
         ::notice title=none%3A Card is Basic (no data)%2C minimum Silver::waived until 2026-02-10: until 2026-02-10\n\
         ::notice title=gate passed::1 result judged, none below its minimum; 2 waived, until 2026-02-10\n"
            .replace(" (no data)", "")
    );
    for format in ["csv", "summary"] {
        let plain = waived(ENTITIES, &[], &["-q", "-m", "c=Silver", "-f", format]).stdout;
        assert_eq!(shown(format), plain, "{format} has no mark");
    }
    // GitHub shows ten annotations of a kind
    let many: Vec<Value> = (0..30).map(|n| json!({"identifier": format!("e{n}")})).collect();
    let run = waived(&Value::from(many).to_string(), &waivers, &["-q", "-m", "c=Silver", "-f", "github"]);
    assert_eq!((run.stdout.lines().count(), run.stdout.contains("30 waived")), (10, true), "{}", run.stdout);
}

#[test]
fn waivers_of_no_use_are_warnings() {
    let codes = |run: &Run| -> Vec<String> {
        run.stderr
            .split("warning[")
            .skip(1)
            .filter_map(|rest| Some(rest.split(']').next()?.to_owned()))
            .collect()
    };
    for (waivers, more, expected) in [
        (vec![waiver("none", "c", None, "2026-01-01")], &[][..], &["expired-waiver"][..]),
        // an expired waiver of a result that passes, or that another one excuses, is not missed
        (vec![waiver("good", "c", None, "2026-01-01")], &[], &[]),
        (vec![waiver("none", "c", None, "2026-01-01"), waiver("none", "c", None, "2026-03-01")], &[], &[]),
        (vec![waiver("none", "c", Some("b"), "2026-01-01")], &[], &[]),
        (vec![waiver("half", "c", Some("s"), "2026-01-01")], &[], &[]),
        (
            vec![waiver("half", "c", Some("s"), "2026-01-01"), waiver("half", "c", Some("t"), "2026-03-01")],
            &[],
            &["expired-waiver"],
        ),
        (vec![waiver("gone", "c", None, "2026-03-01")], &[], &["unused-waiver"]),
        (vec![waiver("gone", "c", None, "2026-01-01")], &[], &["unused-waiver"]),
        (vec![waiver("none", "e", None, "2026-03-01")], &[], &["unused-waiver"]),
        (vec![waiver("none", "c", Some("x"), "2026-03-01")], &[], &["unused-waiver"]),
        // a waiver for a result that passes, or of a scorecard without a minimum, is not a mistake
        (vec![waiver("good", "*", None, "2026-03-01"), waiver("none", "d", None, "2026-03-01")], &[], &[]),
        // nor is one for an entity that the scope leaves out
        (vec![waiver("none", "c", None, "2026-03-01")], &["--where", "identifier = good"], &[]),
        (vec![waiver("none", "c", Some("b"), "2026-03-01")], &["--where", "identifier = good"], &[]),
        (
            vec![waiver("none", "e", None, "2026-03-01")],
            &["--where", "identifier = good"],
            &["unused-waiver"],
        ),
        (
            vec![waiver("gone", "c", None, "2026-03-01")],
            &["--where", "identifier = good"],
            &["unused-waiver"],
        ),
    ] {
        let run = waived(ENTITIES, &waivers, &[&["-m", "c=Silver", "-f", "csv"], more].concat());
        assert_eq!(codes(&run), expected, "{waivers:?}: {}", run.stderr);
        let quiet = waived(ENTITIES, &waivers, &[&["-q", "-m", "c=Silver", "-f", "csv"], more].concat());
        assert_eq!((quiet.code, codes(&quiet).len(), quiet.stdout), (run.code, 0, run.stdout));
    }
    let run = waived(
        ENTITIES,
        &[
            waiver("none", "c", None, "2026-01-01"),
            waiver("half", "*", None, "2026-01-01"),
            waiver("gone", "c", Some("b"), "2026-03-01"),
        ],
        &["-m", "c=Silver"],
    );
    for text in [
        "warning[expired-waiver]: the waiver of entity `none` in scorecard `c` expired on 2026-01-01, and its result fails",
        "note: this also applies to 1 more waiver of that day",
        "warning[unused-waiver]: no result matches the waiver of rule `b` of entity `gone` in scorecard `c`",
    ] {
        assert!(run.stderr.contains(text), "no {text} in {}", run.stderr);
    }
}

#[test]
fn mistakes_in_waivers_are_errors_with_their_place() {
    let files = directory(&[
        ("bad.json", b"{\"waivers\": [\n {\"entity\": \"a\", \"scorecard\": \"c\", \"reason\": \"r\", \"expire\": \"2026-02-01\"}]}"),
        ("text.json", b"{\"waivers\": ["),
        ("utf8.json", b"{\"waivers\": \"\xff\"}"),
        ("hostile.json", "{\"waivers\": [{\"entity\": \"\\u001b[31m[\", \"\\u0007\": 1}]}".as_bytes()),
    ]);
    let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
    for (name, expected) in [
        (
            "bad.json",
            &[
                "error[invalid-waiver]: unknown key `expire`",
                "did you mean `expires`?",
                "bad.json:2:51",
                "the waiver has no `expires`",
            ][..],
        ),
        ("text.json", &["error[truncated-json]", "text.json:1:14"]),
        ("utf8.json", &["error[invalid-utf8]", "utf8.json:1:14"]),
        ("hostile.json", &["invalid glob pattern `␛[31m[`"]),
        ("none.json", &["error[unreadable-file]", "none.json"]),
    ] {
        let run = run_with(&["evaluate", "-e", "-", "-m", "Bronze", "--waivers", &path(name)], b"{}");
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{name}");
        for text in expected {
            assert!(run.stderr.contains(text), "{name}: no {text} in {}", run.stderr);
        }
        assert!(!run.stderr.contains(|c: char| c.is_control() && c != '\n'), "{:?}", run.stderr);
    }
    let both = run_with(
        &[
            "evaluate",
            "-e",
            "-",
            "-m",
            "Bronze",
            "--waivers",
            &path("bad.json"),
            "--waivers",
            &path("none.json"),
        ],
        b"",
    );
    assert!(both.stderr.contains("3 errors"), "{}", both.stderr);
    for arguments in [
        &["--waivers", "w.json"][..],
        &["-m", "Bronze", "--write-waivers", "w.json"],
        &["-m", "Bronze", "--write-waivers", "w.json", "--expires", "2099-01-01"],
        &["-m", "Bronze", "--write-waivers", "w.json", "--reason", "r"],
        &["--write-waivers", "w.json", "--expires", "2099-01-01", "--reason", "r"],
        &["-m", "Bronze", "--expires", "2099-01-01", "--reason", "r"],
        &["-m", "Bronze", "--reason", "r"],
        &["-m", "Bronze", "--write-waivers", "w.json", "--expires", "soon", "--reason", "r"],
        &["-m", "Bronze", "--write-waivers", "w.json", "--expires", "2099-01-01", "--reason", " "],
        &["-m", "Bronze", "--write-waivers", "w.json", "--expires", "2020-01-01", "--reason", "r"],
        &[
            "-m",
            "Bronze",
            "--write-waivers",
            "w.json",
            "--expires",
            "2099-01-01",
            "--reason",
            "r",
            "--compare",
            "examples/scorecards",
        ],
        &["-m", "Bronze", "--write-waivers", "none/w.json", "--expires", "2099-01-01", "--reason", "r"],
        &["-m", "Bronze", "--write-waivers", "/dev/stdout", "--expires", "2099-01-01", "--reason", "r"],
        &["-m", "Bronze", "--write-waivers", "examples", "--expires", "2099-01-01", "--reason", "r"],
    ] {
        let run = run_with(&[&["evaluate", "-e", "-"], arguments].concat(), b"");
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{arguments:?}: {}", run.stderr);
    }
}

/// Names of entities and scorecards that are patterns, or that break careless output.
const NAMES: [&str; 8] = ["a*", "a?", "[a]", "a", "ab", "]", "**", "q\"\\\n::error::x\u{1b}[31m"];

#[test]
fn written_waivers_turn_the_gate_green_and_excuse_nothing_else() {
    let cards: Vec<Value> = NAMES.iter().take(4).map(|name| {
        json!({"identifier": name, "rules": [{"identifier": "r", "level": "Bronze", "query": {"combinator": "and",
            "conditions": [{"property": name, "operator": "=", "value": true}]}}]})
    }).collect();
    // each entity passes in the scorecard with its own name only
    let entities = |passing: bool| -> Vec<Value> {
        NAMES.iter().map(|name| json!({"identifier": name, "properties": {*name: passing}})).collect()
    };
    let files = directory(&[("set.json", Value::from(cards).to_string().as_bytes()), ("taken.json", b"x")]);
    let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
    let evaluate = |more: &[&str], passing: bool| {
        let fixed =
            ["evaluate", "-s", &path("set.json"), "-e", "-", "--as-of", AS_OF, "-m", "Bronze", "-f", "json"];
        run_with(&[&fixed, more].concat(), Value::from(entities(passing)).to_string().as_bytes())
    };
    let new = path("new.json");
    let write = |to: &str| {
        evaluate(&["--write-waivers", to, "--expires", "2026-12-31", "--reason", "old \u{1b}[31m"], true)
    };
    let written = write(&new);
    let line = format!("wrote {new}: 28 waivers until 2026-12-31");
    assert_eq!((written.code, last_line(&written)), (0, line.as_str()), "{}", written.stderr);
    let text = std::fs::read_to_string(&new).expect("it is written");
    assert!(!text.contains(|c: char| c.is_control() && c != '\n') && text.lines().count() == 30, "{text}");
    let green = evaluate(&["--waivers", &new], true);
    assert_eq!(green.code, 0, "{}", green.stderr);
    assert!(!green.stderr.contains("unused-waiver"), "{}", green.stderr);
    // what passed before has no waiver, although some names are patterns that match it
    let worse = evaluate(&["-q", "--waivers", &new], false);
    let document: Value = serde_json::from_str(&worse.stdout).expect("JSON");
    assert_eq!(
        (worse.code, &document["gate"]["failed"], &document["gate"]["waived"]),
        (1, &json!(4), &json!(28))
    );
    // with the waivers of before, only the results that fail now are written
    let more = path("more.json");
    let again = evaluate(
        &["-q", "--waivers", &new, "--write-waivers", &more, "--expires", "2026-12-31", "--reason", "r"],
        false,
    );
    assert_eq!((again.code, std::fs::read_to_string(&more).expect("it is written").lines().count()), (0, 6));
    assert_eq!(evaluate(&["-q", "--waivers", &new, "--waivers", &more], false).code, 0);
    // an existing file is never touched
    for taken in [&new, &path("taken.json")] {
        let before = std::fs::read(taken).expect("it is there");
        let refused = write(taken);
        assert!(refused.code == 2 && refused.stderr.contains("error[file-exists]"), "{}", refused.stderr);
        assert_eq!((refused.stdout.as_str(), std::fs::read(taken).expect("it is there")), ("", before));
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", files.path().join("link")).expect("it can be made");
        assert_eq!(write(&path("link")).code, 2);
    }
}

#[test]
fn a_file_of_waivers_is_written_whole_or_not_at_all() {
    let files = directory(&[]);
    let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
    let new = path("new.json");
    let write = |stdin: &str, more: &[&str]| {
        let fixed = [
            "evaluate",
            "-e",
            "-",
            "-m",
            "Bronze",
            "-f",
            "csv",
            "--write-waivers",
            &new,
            "--expires",
            "2099-01-01",
            "--reason",
            "r",
        ];
        run_with(&[&fixed, more].concat(), stdin.as_bytes())
    };
    assert_eq!(write("{\"identifier\": \"a\"} {}", &[]).code, 2);
    assert_eq!(std::fs::read_dir(files.path()).expect("a directory").count(), 0);
    let target = format!("json={new}");
    let same = write("{\"identifier\": \"a\"}", &["-f", &target]);
    assert!(same.code == 2 && same.stderr.contains("same-output-twice"), "{}", same.stderr);
    // nothing to judge stays what it is
    assert_eq!(write("", &["-q"]).code, 3);
    assert_eq!(std::fs::read_to_string(&new).expect("it is written"), "{\"waivers\": [\n]}\n");
    std::fs::remove_file(&new).expect("it is there");
    // many blocks, on several threads
    let many: String = (0..30_000).map(|n| format!("{{\"identifier\": \"service number {n}\"}}\n")).collect();
    let run = write(&many, &["-q", "--scorecard", "dora_cfr", "--threads", "4"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let read: Value =
        serde_json::from_str(&std::fs::read_to_string(&new).expect("it is written")).expect("JSON");
    let names: Vec<&str> = read["waivers"]
        .as_array()
        .expect("an array")
        .iter()
        .filter_map(|one| one["entity"].as_str())
        .collect();
    assert!(
        names.len() == 30_000
            && names.iter().enumerate().all(|(n, name)| *name == format!("service number {n}"))
    );
}

/// Random waivers for the entities and scorecards of the tests above.
fn waivers() -> impl Strategy<Value = Vec<Value>> {
    let entity = prop::sample::select(vec!["good", "half", "none", "*", "h*", "x"]);
    let scorecard = prop::sample::select(vec!["c", "d", "*", "x"]);
    let rule = prop::option::of(prop::sample::select(vec!["b", "s", "t", "g", "x"]));
    let expires = prop::sample::select(vec!["2026-01-31", "2026-02-01", "2026-03-01", "2027-01-01"]);
    let one = (entity, scorecard, rule, expires)
        .prop_map(|(entity, scorecard, rule, expires)| waiver(entity, scorecard, rule, expires));
    prop::collection::vec(one, 0..8)
}

/// The document without what a gate says.
fn without_gate(text: &str) -> Value {
    let mut document: Value = serde_json::from_str(text).expect("JSON");
    document.as_object_mut().expect("an object").remove("gate");
    for entity in document["entities"].as_array_mut().expect("an array") {
        for result in entity["scorecards"].as_object_mut().expect("an object").values_mut() {
            for key in ["gate", "minimum", "waived"] {
                result.as_object_mut().expect("an object").remove(key);
            }
        }
    }
    document
}

/// Whether the waivers excuse a result by the text of the specification, and until when.
fn naive_expiry(waivers: &[Value], entity: &str, scorecard: &str, failing: &[&str]) -> Option<String> {
    let matches = |pattern: &Value, text: &str| match pattern.as_str().expect("text") {
        "*" => true,
        "h*" => text.starts_with('h'),
        exact => exact == text,
    };
    let active = |rule: Option<&str>| -> Option<String> {
        let mut days: Vec<String> = waivers
            .iter()
            .filter(|one| {
                matches(&one["entity"], entity)
                    && matches(&one["scorecard"], scorecard)
                    && one["rule"].as_str() == rule
            })
            .filter_map(|one| one["expires"].as_str())
            .filter(|day| *day >= "2026-02-01")
            .map(str::to_owned)
            .collect();
        days.sort();
        days.pop()
    };
    let mut by_rules: Vec<Option<String>> = failing.iter().map(|rule| active(Some(rule))).collect();
    by_rules.sort();
    active(None).max(by_rules.into_iter().next().flatten())
}

#[test]
fn a_rule_above_a_minimum_without_rules_can_be_excused() {
    // nothing is asked for Bronze, so `half` and `none` stop at Silver and hold the base level
    let set = set_from("Silver");
    let of = |rules: &[&str], day: &str| -> Vec<Value> {
        rules.iter().map(|rule| waiver("[hn]*", "c", Some(*rule), day)).collect()
    };
    for (waivers, code, warning) in [
        (vec![], 1, None),
        (of(&["b", "s", "t"], "2026-02-01"), 0, None),
        // the rules of Gold are not needed, and those of Silver are
        (of(&["s", "t", "g"], "2026-02-01"), 1, None),
        (of(&["b", "s", "t"], "2026-01-31"), 1, Some("warning[expired-waiver]")),
    ] {
        let run = waived_in(&set, ENTITIES, &waivers, &["-f", "csv", "-m", "c=Bronze"]);
        assert_eq!(run.code, code, "{waivers:?}: {}", run.stderr);
        assert_eq!(run.stderr.contains("warning["), warning.is_some(), "{}", run.stderr);
        assert!(warning.is_none_or(|text| run.stderr.contains(text)), "{}", run.stderr);
    }
}

#[test]
fn waivers_agree_with_the_text_of_the_specification() {
    let level = || prop::sample::select(vec!["Bronze", "Silver", "Gold"]);
    check((waivers(), level(), level()), 64, |(waivers, minimum, lowest)| {
        let (set, level) = (set_from(lowest), format!("c={minimum}"));
        let run = waived_in(&set, ENTITIES, &waivers, &["-q", "-f", "json", "-m", &level]);
        let open = waived_in(&set, ENTITIES, &[], &["-q", "-f", "json", "-m", &level]);
        prop_assert_eq!(without_gate(&run.stdout), without_gate(&open.stdout), "no level changes");
        let document: Value = serde_json::from_str(&run.stdout).expect("JSON");
        let rank = |level: &str| ["Bronze", "Silver", "Gold"].iter().position(|one| *one == level);
        let of = |rule: &str| match rule {
            "b" => rank(lowest),
            "g" => rank("Gold"),
            _ => rank("Silver"),
        };
        // the first level with a failing rule stops an entity, and it holds the level with rules before that
        let passes = |rules: &[&'static str]| {
            let stopped = rules.iter().map(|rule| of(rule)).min();
            let held = ["b", "s", "t", "g"]
                .into_iter()
                .map(of)
                .filter(|level| stopped.is_none_or(|stopped| *level < stopped));
            held.max().flatten() >= rank(minimum)
        };
        let up_to = |rules: &[&'static str]| -> Vec<&'static str> {
            let stopped = rules.iter().map(|rule| of(rule)).min().flatten();
            rules.iter().copied().filter(|rule| of(rule) <= rank(minimum).max(stopped)).collect()
        };
        let mut fails = false;
        for (index, (entity, failing)) in
            [("good", &[][..]), ("half", &["s", "t", "g"]), ("none", &["b", "s", "t", "g"])]
                .into_iter()
                .enumerate()
        {
            let (passes, failing) = (passes(failing), up_to(failing));
            let result = &document["entities"][index]["scorecards"]["c"];
            let expected = match (passes, naive_expiry(&waivers, entity, "c", &failing)) {
                (true, _) => ("passed", None),
                (false, Some(day)) => ("waived", Some(day)),
                (false, None) => ("failed", None),
            };
            fails |= expected.0 == "failed";
            let day = result["waived"]["expires"].as_str().map(str::to_owned);
            prop_assert_eq!(
                (result["gate"].as_str().unwrap_or_default(), day),
                expected,
                "{} {:?}",
                entity,
                waivers
            );
        }
        prop_assert_eq!(run.code, i32::from(fails));
        Ok(())
    });
}

#[test]
fn adding_a_waiver_changes_no_level_and_makes_no_passing_gate_fail() {
    let minimum =
        prop::sample::select(vec!["c=Bronze", "c=Silver@34%", "Bronze@50%", "c=Gold@33%", "d=Bronze@67%"]);
    check((waivers(), waivers(), minimum), 48, |(some, more, minimum)| {
        let before = waived(ENTITIES, &some, &["-q", "-f", "json", "-m", minimum]);
        let after = waived(ENTITIES, &[some, more].concat(), &["-q", "-f", "json", "-m", minimum]);
        prop_assert_eq!(without_gate(&before.stdout), without_gate(&after.stdout));
        prop_assert!(after.code <= before.code, "{} {}", before.stderr, after.stderr);
        Ok(())
    });
}

#[test]
fn waivers_are_a_usage_of_the_built_in_set_too() {
    let guide = run(&[
        "evaluate",
        "-e",
        "examples/entities/services.json",
        "-q",
        "-m",
        "dora_cfr=Bronze",
        "--no-data",
        "skip",
        "--as-of",
        "2026-02-01",
        "--waivers",
        "examples/waivers/waivers.json",
        "--compare",
        "examples/scorecards",
    ]);
    assert_eq!(guide.code, 0, "{}", guide.stderr);
}

#[test]
fn hostile_names_of_files_are_safe() {
    let evaluate = |files: &std::path::Path, options: &[(&str, std::ffi::OsString)]| -> Run {
        let mut command = crate::program::command();
        command.current_dir(files).args(["evaluate", "-e", "-", "-f", "csv", "-m", "Bronze"]);
        command.args(["--as-of", AS_OF]);
        for (option, value) in options {
            command.arg(option).arg(value);
        }
        let output = command.stdin(std::process::Stdio::null()).output().expect("the program runs");
        Run {
            code: output.status.code().expect("it is not killed"),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    };
    let names = ["", "none\u{1b}[31m\n::error::x\u{9b}", "\u{202e}", &"n".repeat(5_000), "-", "."];
    for name in names {
        let files = directory(&[]);
        let read = evaluate(files.path(), &[("--waivers", name.into())]);
        let new =
            [("--write-waivers", name.into()), ("--expires", "2099-01-01".into()), ("--reason", "r".into())];
        let written = evaluate(files.path(), &new);
        assert_eq!(read.code, 2, "{name:?}");
        for run in [read, written] {
            assert!(matches!(run.code, 2 | 3), "{name:?}: {}", run.stderr);
            assert!(
                !run.stderr.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'),
                "{:?}",
                run.stderr
            );
        }
    }
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::ffi::OsStringExt;
        let text = json!({"waivers": [waiver("*", "*", None, "2099-01-01")]}).to_string();
        let files = directory(&[]);
        let name = |name: &[u8]| std::ffi::OsString::from_vec(name.to_vec());
        std::fs::write(files.path().join(name(b"w\xff.json")), &text).expect("it is written");
        let new = [
            ("--waivers", name(b"w\xff.json")),
            ("--write-waivers", name(b"n\xff.json")),
            ("--expires", "2099-01-01".into()),
            ("--reason", "r".into()),
        ];
        let run = evaluate(files.path(), &new);
        assert_eq!(run.code, 3, "{}", run.stderr);
        assert!(
            files.path().join(name(b"n\xff.json")).exists()
                && run.stderr.contains("wrote n\u{fffd}.json: 0 waivers"),
            "{}",
            run.stderr
        );
    }
}
