//! The sentences about `--fail-on` and the exit codes of `diff`, each with a case by hand.

use super::compare::parsed;
use super::diff_cases::exits;
use super::results::{Form, written};
use super::side::list;
use super::written::{changes, document, pair};
use crate::program::{directory, run, run_with};
use serde_json::{Value, json};

/// The results that are culprits in a document, sorted.
fn culprits(document: &Value) -> Vec<String> {
    let text = |culprit: &Value, key: &str| culprit[key].as_str().unwrap_or("-").to_owned();
    let culprits = list(&document["failOn"]["culprits"]).iter();
    let mut named: Vec<String> =
        culprits.map(|culprit| ["identifier", "scorecard"].map(|key| text(culprit, key)).join(" ")).collect();
    named.sort();
    named.dedup();
    named
}

/// Exits with 1 and these culprits, which are told on standard error, or with 0 without any.
fn fails(kinds: &str, before: &str, after: &str, expected: &[&str]) {
    let pair = pair(document(before), document(after), kinds);
    let code = i32::from(!expected.is_empty());
    if let Ok(outcome) = pair.expected(["before.json", "after.json"]) {
        assert_eq!(culprits(&outcome.document), expected, "naive: {kinds}: {before} > {after}");
    }
    let (printed, stderr) = exits(&pair, code);
    assert_eq!(culprits(&printed), expected, "{kinds}: {before} > {after}");
    assert_eq!(printed["failOn"]["passed"], code == 0);
    for culprit in expected {
        let entity = culprit.split(' ').next().unwrap_or_default();
        assert!(stderr.contains(entity), "{entity} is not in {stderr}");
    }
}

fn changed(mut document: Value) -> Value {
    document["summary"]["scorecards"][0]["digest"] = json!("2222222222222222");
    document
}

#[test]
fn without_fail_on_every_change_exits_with_0() {
    let (printed, _) = exits(&pair(document("ee=Gold"), document("ee=Basic"), ""), 0);
    assert_eq!(printed.get("failOn"), None);
}

#[test]
fn down_fails_on_any_down() {
    fails("down", "ee=Gold ff=Basic", "ee=Silver ff=Gold", &["ee card"]);
    fails("down", "ee=Basic ff=Gold gg=Silver", "ee=Gold ff=- hh=Basic gg=Silver?", &[]);
}

#[test]
fn the_reason_of_a_down_is_down() {
    let (printed, _) = exits(&pair(document("ee=Gold"), document("ee=Basic"), "down"), 1);
    let expected =
        json!([{"identifier": "ee", "blueprint": "service", "scorecard": "card", "reason": "down"}]);
    assert_eq!(printed["failOn"]["culprits"], expected);
}

#[test]
fn below_fails_on_a_down_from_at_least_the_level_to_below_it() {
    let (before, after) = ("ee=Gold ff=Silver gg=Bronze hh=Gold", "ee=Silver ff=Bronze gg=Basic hh=Basic");
    fails("below=Silver", before, after, &["ff card", "hh card"]);
    fails("below=Bronze", before, after, &["gg card", "hh card"]);
    fails("below=Gold", before, after, &["ee card", "hh card"]);
    // not there before, or not by a fall
    fails(
        "below=Silver",
        "ee=- gg=Gold hh=Basic ii=Silver",
        "ee=Basic ff=Basic gg=- hh=Basic ii=Silver?",
        &[],
    );
}

#[test]
fn below_is_for_one_scorecard_if_it_names_one() {
    let (before, after) = ("ee.x=Gold ee.y=Gold", "ee.x=Basic ee.y=Basic");
    fails("below=y=Silver", before, after, &["ee y"]);
    fails("below=Silver", before, after, &["ee x", "ee y"]);
    fails("below=y=Silver", "ee.x=Gold ee.y=Gold", "ee.x=Basic ee.y=Silver", &[]);
}

#[test]
fn a_level_of_below_is_named_in_any_case() {
    fails("below=SILVER", "ee=Gold", "ee=Basic", &["ee card"]);
    fails("below=card=bronze", "ee=Gold", "ee=Bronze", &[]);
}

/// The exit code of a run of `diff` with further arguments.
fn run_pair(before: &str, after: &str, arguments: &[&str]) -> crate::program::Run {
    let files = directory(&[("before.json", before.as_bytes()), ("after.json", after.as_bytes())]);
    let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
    let (before, after) = (path("before.json"), path("after.json"));
    let run = run(&[&["diff", &before, &after], arguments].concat());
    assert!(!run.stderr.contains("unrecognized subcommand"), "{}", run.stderr);
    run
}

#[test]
fn below_a_level_or_a_scorecard_that_is_not_there_is_bad_usage() {
    let (before, after) = (document("ee=Gold").to_string(), document("ee=Basic").to_string());
    for kind in ["below=Platinum", "below=other=Silver", "below=card=Platinum", "below=", "sideways"] {
        let run = run_pair(&before, &after, &["--fail-on", kind]);
        assert_eq!(run.code, 2, "{kind}: {}", run.stderr);
    }
    // nothing is below the base
    assert_eq!(run_pair(&before, &after, &["--fail-on", "below=Basic"]).code, 2);
}

#[test]
fn lost_data_fails_on_lost_data_and_on_a_down_into_no_data() {
    let before = "ee=Silver ff=Gold gg=Gold hh=Basic? ii=Gold";
    let after = "ee=Silver? ff=Basic? gg=Basic hh=Basic ii=Gold";
    fails("lost-data", before, after, &["ee card", "ff card"]);
    fails("lost-data", "ee=Basic? ff=Gold", "ee=Gold? gg=Basic? ff=Gold", &[]);
}

#[test]
fn disappeared_fails_on_results_that_disappeared() {
    fails("disappeared", "ee=Basic ff=Gold", "ff=Gold", &["ee card"]);
    fails("disappeared", "ee.x=Basic ee.y=Basic", "ee.x=Basic", &["ee y"]);
    fails("disappeared", "ee=Gold ff=Gold", "ee=Basic ff=- gg=Basic", &[]);
}

#[test]
fn any_fails_on_every_kind_of_change() {
    for (before, after) in [
        ("ee=Basic", "ee=Gold"),
        ("ee=Gold", "ee=Basic"),
        ("ee=-", "ee=Gold"),
        ("ee=Gold", "ee=-"),
        ("ff=Gold", "ff=Gold ee=Gold"),
        ("ff=Gold ee=Gold", "ff=Gold"),
        ("ee=Gold", "ee=Gold?"),
        ("ee=Gold?", "ee=Gold"),
        ("ee=Basic", "ee=Basic!"),
    ] {
        // so that there is a result with a level to compare
        fails("any", &format!("{before} zz=Gold"), &format!("{after} zz=Gold"), &["ee card"]);
    }
    fails("any", "ee=Gold ff=Basic?", "ff=Basic? ee=Gold", &[]);
}

#[test]
fn several_kinds_may_be_given() {
    let (before, after) = ("ee=Gold ff=Gold gg=Gold", "ee=Basic gg=Gold?");
    fails("down disappeared", before, after, &["ee card", "ff card"]);
    fails("lost-data disappeared", before, after, &["ff card", "gg card"]);
}

#[test]
fn a_changed_definition_counts_for_no_fail_on_but_changed_rules() {
    let (before, after) = (document("ee=Gold ff=Gold gg=Gold"), changed(document("ee=Basic ff=Gold?")));
    for kind in ["down", "any", "lost-data", "disappeared", "below=Silver"] {
        let pair = pair(&before, &after, kind);
        let outcome = pair.expected(["before.json", "after.json"]).expect("it is compared");
        assert_eq!(outcome.document["failOn"]["culprits"], json!([]), "naive: {kind}");
        let run = pair.compared().run;
        assert!(outcome.codes.contains(&run.code), "{kind}: {} {}", run.code, run.stderr);
        let printed = parsed(&run.stdout);
        assert_eq!(printed["failOn"]["culprits"], json!([]), "{kind}");
        assert_eq!(printed["scorecards"][0]["definition"], "changed");
        assert_eq!(printed["scorecards"][0]["down"], 1);
    }
    exits(&pair(&before, &after, "changed-rules"), 1);
    exits(&pair(&before, document("ee=Basic"), "changed-rules"), 0);
}

#[test]
fn a_scorecard_with_the_same_definition_fails_beside_one_that_changed() {
    let before = document("ee.x=Gold ee.y=Gold");
    let after = changed(document("ee.x=Basic ee.y=Basic"));
    let (printed, _) = exits(&pair(&before, &after, "down"), 1);
    assert_eq!(culprits(&printed), ["ee y"]);
}

#[test]
fn changed_rules_fails_on_the_difference_itself() {
    let same = document("ee=Gold");
    exits(&pair(&same, changed(same.clone()), "changed-rules"), 1);
    let mut untold = same.clone();
    untold["summary"]["scorecards"][0].as_object_mut().expect("an object").remove("digest");
    exits(&pair(&same, untold, "changed-rules"), 0);
}

#[test]
fn a_changed_definition_is_said_before_the_changes() {
    let (before, after) = (
        document("entity-e.xcard=Gold ff.ycard=Gold"),
        changed(document("entity-e.xcard=Basic ff.ycard=Basic")),
    );
    for format in ["table", "markdown"] {
        let run = run_pair(&before.to_string(), &after.to_string(), &["-f", format]);
        let position = |text: &str| run.stdout.find(text);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(position("xcard").is_some() && position("xcard") < position("entity-e"), "{}", run.stdout);
    }
}

const KINDS: [&str; 6] = ["down", "below=Bronze", "lost-data", "disappeared", "any", "changed-rules"];

#[test]
fn nothing_in_common_exits_with_3_if_something_is_to_fail() {
    let (before, after) = (document("ee=Gold"), document("ff=Gold"));
    exits(&pair(&before, &after, ""), 0);
    for kind in KINDS {
        exits(&pair(&before, &after, kind), 3);
    }
    let other = pair(document("ee.x=Gold"), document("ee.y=Gold"), "any");
    exits(&other, 3);
}

#[test]
fn no_result_on_either_side_exits_with_3_if_something_is_to_fail() {
    exits(&pair(document(""), document(""), ""), 0);
    for kind in KINDS {
        exits(&pair(document(""), document(""), kind), 3);
    }
}

#[test]
fn an_empty_after_fails_disappeared_and_any_with_1() {
    for after in [document("").to_string(), "[]".to_owned(), String::new()] {
        for (kind, code) in [("", 0), ("disappeared", 1), ("any", 1), ("down", 3), ("lost-data", 3)] {
            exits(&pair(document("ee=Gold"), &after, kind), code);
        }
    }
    let (printed, stderr) = exits(&pair(document("ee=Gold"), document(""), "disappeared"), 1);
    assert_eq!(culprits(&printed), ["ee card"]);
    assert!(stderr.contains("ee"), "{stderr}");
    // and nothing of an empty BEFORE can have disappeared
    exits(&pair(document(""), document("ee=Gold"), "disappeared"), 3);
    exits(&pair(document(""), document("ee=Gold"), "any"), 3);
}

#[test]
fn scorecard_and_entity_choose_what_is_compared() {
    let (before, after) =
        (document("ee.x=Gold ee.y=Gold fe.x=Gold"), document("ee.x=Basic ee.y=Basic fe.x=Basic"));
    let chosen = |cards: &[&str], entities: &[&str], code: i32, expected: &[&str]| {
        let mut pair = pair(&before, &after, "down");
        pair.options.cards = cards.iter().map(ToString::to_string).collect();
        pair.options.entities = entities.iter().map(ToString::to_string).collect();
        let (printed, _) = exits(&pair, code);
        let short: Vec<String> = changes(&printed)
            .iter()
            .map(|change| change.split(' ').take(2).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(short, expected, "{cards:?} {entities:?}");
        printed
    };
    let printed = chosen(&["x"], &[], 1, &["ee x", "fe x"]);
    assert_eq!(list(&printed["scorecards"]).len(), 1);
    let printed = chosen(&[], &["f*"], 1, &["fe x"]);
    assert_eq!(printed["scorecards"][0]["down"], 1);
    assert_eq!(printed["moved"], 1);
    chosen(&["*"], &["ee"], 1, &["ee x", "ee y"]);
    chosen(&["x", "y"], &["ee", "fe"], 1, &["ee x", "ee y", "fe x"]);
    chosen(&["y"], &["fe"], 3, &[]);
}

#[test]
fn limit_thins_out_what_people_read_but_never_counts_or_verdict() {
    let (before, after) = (
        document("entity-e=Gold entity-f=Gold entity-g=Gold"),
        document("entity-e=Basic entity-f=Basic entity-g=Silver"),
    );
    let files = tempfile::tempdir().expect("there is room for a directory");
    let path = files.path().join("out.json");
    let json = format!("json={}", path.to_str().expect("UTF-8"));
    let arguments = ["-f", "table", "-f", &json, "--limit", "1", "--fail-on", "down"];
    let run = run_pair(&before.to_string(), &after.to_string(), &arguments);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let written = parsed(&std::fs::read_to_string(path).expect("the file is written"));
    assert_eq!((changes(&written).len(), &written["moved"]), (3, &json!(3)));
    assert_eq!(culprits(&written).len(), 3);
    let only = ["entity-e", "entity-f", "entity-g"].iter().filter(|name| run.stdout.contains(**name)).count();
    assert_eq!(only, 1, "{}", run.stdout);
}

#[test]
fn no_format_changes_the_verdict() {
    let (before, after) = (document("entity-e=Gold").to_string(), document("entity-e=Basic").to_string());
    for format in ["table", "json", "markdown", "github", "slack", "jira"] {
        for (kind, code) in [("down", 1), ("disappeared", 0)] {
            let mut arguments = vec!["-f", format, "--fail-on", kind];
            if format == "jira" {
                arguments.extend(["--jira-project", "OPS"]);
            }
            let run = run_pair(&before, &after, &arguments);
            assert_eq!(run.code, code, "{format}: {}", run.stderr);
            assert_eq!(run.stderr.contains("entity-e"), code == 1, "{format}: {}", run.stderr);
            let is_silent = ["jira", "github"].contains(&format) && code == 0;
            assert!(is_silent || run.stdout.contains("entity-e"), "{format}: {}", run.stdout);
        }
    }
}

#[test]
fn a_limit_needs_a_format_that_lists_entities() {
    let (before, after) = (document("ee=Gold").to_string(), document("ee=Basic").to_string());
    for (format, code) in [("table", 0), ("markdown", 0), ("json", 2), ("github", 2), ("slack", 2)] {
        let run = run_pair(&before, &after, &["-f", format, "--limit", "1"]);
        assert_eq!(run.code, code, "{format}: {}", run.stderr);
        assert_eq!(
            run.stderr.contains("error[unused-option]: `--limit` has no effect"),
            code == 2,
            "{}",
            run.stderr
        );
    }
}

#[test]
fn a_missing_before_is_an_error_unless_it_may_be_missing() {
    let files = directory(&[("after.json", document("ee=Gold").to_string().as_bytes())]);
    let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
    let (missing, after) = (path("missing.json"), path("after.json"));
    let compare = |before: &str, after: &str, more: &[&str]| run(&[&["diff", before, after], more].concat());
    let pass = ["--missing-baseline", "pass"];
    assert_eq!(compare(&missing, &after, &[]).code, 2);
    assert_eq!(compare(&missing, &after, &["--missing-baseline", "fail"]).code, 2);
    let passed = compare(&missing, &after, &[&pass[..], &["--fail-on", "any"]].concat());
    assert_eq!(passed.code, 0, "{}", passed.stderr);
    assert!(passed.stderr.contains("missing.json"), "{}", passed.stderr);
    // that is for BEFORE alone, and for nothing but its absence
    assert_eq!(compare(&after, &missing, &pass).code, 2);
    std::fs::write(path("broken.json"), "{").expect("the file is written");
    assert_eq!(compare(&path("broken.json"), &after, &pass).code, 2);
}

#[test]
fn a_side_may_be_standard_input_but_not_both() {
    let (before, after) = (document("ee=Gold").to_string(), document("ee=Basic").to_string());
    let files = directory(&[("before.json", before.as_bytes()), ("after.json", after.as_bytes())]);
    let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
    let expected = ["ee card down Gold>Basic bronze silver gold"];
    let piped = run_with(&["diff", "-", &path("after.json"), "-f", "json"], before.as_bytes());
    assert_eq!(changes(&parsed(&piped.stdout)), expected, "{}", piped.stderr);
    let piped = run_with(&["diff", &path("before.json"), "-", "-f", "json"], after.as_bytes());
    assert_eq!(changes(&parsed(&piped.stdout)), expected, "{}", piped.stderr);
    assert_eq!(run_with(&["diff", "-", "-"], before.as_bytes()).code, 2);
}

#[test]
fn a_scorecard_on_one_side_alone_asks_for_no_order() {
    let export = written(&document("ee.x=Gold ee.y=Gold"), Form::Port { has_rules: false, way: 0 });
    let odd = export.replace("\"y\":{\"level\":\"Gold\"}", "\"y\":{\"level\":\"Odd\"}");
    let pair = pair(odd, document("ee.x=Basic"), "");
    assert!(pair.texts[0].contains("Odd"));
    let (printed, _) = exits(&pair, 0);
    assert_eq!(changes(&printed), ["ee x down Gold>Basic", "ee y disappeared Odd>-"]);
}
