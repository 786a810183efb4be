//! `evaluate --baseline`: the run is compared in the run that grades.

use super::cards;
use super::compare::{check, parsed};
use super::naive_diff::Options;
use super::pairs::{Pair, Plan, entities, plans, spelled};
use super::results::Form;
use super::side::{list, text};
use super::verdict::FailOn;
use super::written::{LEVELS, document};
use crate::program::{Run, directory, run};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Definitions in which the property `n` is the rank.
fn card() -> Value {
    let rule = |rank: usize| {
        let condition = json!({"property": "n", "operator": ">=", "value": rank});
        let query = json!({"combinator": "and", "conditions": [condition]});
        json!({"identifier": LEVELS[rank].to_lowercase(), "level": LEVELS[rank], "query": query})
    };
    json!({"identifier": "card", "rules": (1..4).map(rule).collect::<Vec<_>>()})
}

/// Entities with these ranks, each of the team that its identifier begins with.
fn ranked(ranks: &[(&str, usize)]) -> String {
    let entity = |(name, rank): &(&str, usize)| {
        json!({"identifier": name, "team": &name[..1], "properties": {"n": rank}}).to_string()
    };
    ranks.iter().map(entity).collect::<Vec<_>>().join("\n")
}

/// Grades entities against a baseline. The hand-made baseline has no digest, so that definitions are not compared.
fn graded(before: &str, after: &[(&str, usize)], options: &[&str]) -> Run {
    let mut before = document(before);
    before["summary"]["scorecards"][0].as_object_mut().expect("an object").remove("digest");
    let (before, after, card) = (before.to_string(), ranked(after), card().to_string());
    let files = directory(&[
        ("before.json", before.as_bytes()),
        ("after.ndjson", after.as_bytes()),
        ("card.json", card.as_bytes()),
    ]);
    let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
    let paths = [path("card.json"), path("after.ndjson"), path("before.json")];
    run(&[&["evaluate", "-s", &paths[0], "-e", &paths[1], "--baseline", &paths[2]], options].concat())
}

fn code(before: &str, after: &[(&str, usize)], options: &[&str], expected: i32) {
    let run = graded(before, after, options);
    assert_eq!(run.code, expected, "{options:?}: {}{}", run.stdout, run.stderr);
    assert!(!run.stderr.contains("Usage:"), "{}", run.stderr);
}

#[test]
fn the_level_before_stands_beside_the_level() {
    let run =
        graded("ee=Gold ff=Basic gg=Bronze", &[("ee", 2), ("ff", 1), ("gg", 1), ("hh", 1)], &["-f", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let printed = parsed(&run.stdout);
    let of = |index: usize, key: &str| printed["entities"][index]["scorecards"]["card"][key].clone();
    assert_eq!([of(0, "level"), of(0, "was")], ["Silver", "Gold"]);
    assert_eq!([of(1, "level"), of(1, "was")], ["Bronze", "Basic"]);
    assert_eq!(of(2, "level"), "Bronze");
    assert!(of(3, "was").is_null());
}

#[test]
fn arrows_show_what_changed() {
    for format in ["table", "markdown"] {
        let run = graded("ee=Gold ff=Basic gg=Bronze", &[("ee", 2), ("ff", 1), ("gg", 1)], &["-f", format]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        for (part, count) in [("▼ from Gold", 1), ("▲ from Basic", 1), (" from ", 2)] {
            assert_eq!(run.stdout.matches(part).count(), count, "{part} in {}", run.stdout);
        }
    }
}

#[test]
fn fail_on_is_judged_beside_or_without_minimum_levels() {
    code("ee=Gold", &[("ee", 2)], &["--fail-on", "down"], 1);
    code("ee=Gold", &[("ee", 3)], &["--fail-on", "down"], 0);
    code("ee=Gold", &[("ee", 2)], &["--fail-on", "below=Silver"], 0);
    code("ee=Gold", &[("ee", 1)], &["--fail-on", "below=card=Silver"], 1);
    code("ee=Gold ff=Gold", &[("ee", 3)], &["--fail-on", "disappeared"], 1);
    // each of the two can fail
    code("ee=Gold", &[("ee", 2)], &["--fail-on", "down", "--min-level", "Bronze"], 1);
    code("ee=Bronze", &[("ee", 1)], &["--fail-on", "down", "--min-level", "Silver"], 1);
    code("ee=Bronze", &[("ee", 2)], &["--fail-on", "any", "--min-level", "Silver"], 1);
    code("ee=Silver", &[("ee", 3)], &["--fail-on", "down", "--min-level", "Silver"], 0);
    // nothing in common
    code("ee=Gold", &[("ff", 3)], &["--fail-on", "down"], 3);
}

#[test]
fn the_culprits_are_told_on_standard_error() {
    let run = graded("ee=Gold", &[("ee", 2)], &["-f", "json", "--fail-on", "down"]);
    assert!(run.stderr.contains("ee"), "{}", run.stderr);
}

#[test]
fn only_what_is_in_scope_is_compared() {
    let (before, after) = ("ea=Gold fa=Gold", [("ea", 3), ("fa", 1)]);
    code(before, &after, &["--fail-on", "any"], 1);
    code(before, &after, &["--fail-on", "any", "--where", "team = e"], 0);
    code(before, &after, &["--fail-on", "any", "--where", "team = f"], 1);
}

#[test]
fn a_baseline_that_cannot_be_read_is_an_error() {
    let files = directory(&[("broken.json", b"{")]);
    let broken = files.path().join("broken.json");
    for path in [broken.to_str().expect("UTF-8"), "missing.json"] {
        let run = run(&["evaluate", "-e", "examples/entities/services.json", "--baseline", path]);
        assert_eq!(run.code, 2, "{}", run.stderr);
        assert!(!run.stderr.contains("Usage:"), "{}", run.stderr);
    }
    let run = run(&["evaluate", "-e", "examples/entities/services.json", "--fail-on", "down"]);
    assert_eq!(run.code, 2, "without a baseline nothing can fail: {}", run.stderr);
}

/// The same run against the baseline, and what `diff` should say about it.
fn agrees(plan: &Plan) -> Result<(), TestCaseError> {
    let Pair { texts, options } = plan.pair();
    let options = Options { definitions: Vec::new(), entities: Vec::new(), ..options };
    let pair = Pair { texts, options };
    let Ok(expected) = pair.expected(["before.json", "after.json"]) else { return Ok(()) };
    let present = plan.things.iter().map(|thing| (thing.identifier, &thing.head, &thing.after));
    let mut entities = entities(present);
    if plan.is_reversed {
        entities.reverse();
    }
    let (cards, stream) = (json!(cards::definitions(&plan.cards, &plan.fates[1])), json!(entities));
    let (cards, stream) = (cards.to_string(), stream.to_string());
    let files = directory(&[
        ("cards.json", cards.as_bytes()),
        ("after.json", stream.as_bytes()),
        ("before.json", pair.texts[0].as_bytes()),
    ]);
    let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
    let kinds: Vec<String> = pair.options.fail_on.iter().map(spelled).collect();
    let paths = [path("cards.json"), path("after.json"), path("before.json")];
    let blueprint = pair.options.blueprint.as_str();
    let mut arguments = vec!["evaluate", "-s", &paths[0], "-e", &paths[1], "--baseline", &paths[2]];
    arguments.extend(["-f", "json", "--blueprint", blueprint, "--as-of", "2026-02-01T12:00:00Z"]);
    kinds.iter().for_each(|kind| arguments.extend(["--fail-on", kind]));
    let run = run(&arguments);
    let context = format!("{}\n{pair:#?}", run.stderr);
    prop_assert!(expected.codes.contains(&run.code), "{} not {:?}: {}", run.code, expected.codes, context);
    let printed = parsed(&run.stdout);
    for entity in list(&expected.document["moves"]) {
        let is_it = |own: &&Value| ["blueprint", "identifier"].iter().all(|key| own[*key] == entity[*key]);
        let Some(graded) = list(&printed["entities"]).iter().find(is_it) else { continue };
        for change in list(&entity["moves"]) {
            if ["up", "down"].contains(&text(&change["direction"]).as_str()) {
                let result = &graded["scorecards"][text(&change["scorecard"])];
                prop_assert_eq!(
                    (&result["was"], &result["level"]),
                    (&change["from"], &change["to"]),
                    "{}",
                    context
                );
            }
        }
    }
    Ok(())
}

#[test]
fn a_run_against_a_baseline_agrees_with_the_naive_diff() {
    let plain = plans().prop_map(|mut plan| {
        plan.forms[1] = Form::Document;
        plan.bends[1].clear();
        plan.options.cards.clear();
        plan.options.entities.clear();
        // the definitions of the run may order what those of a result alone do not
        plan.options.fail_on.retain(|kind| !matches!(kind, FailOn::Below(..)));
        plan.has_definitions = false;
        plan
    });
    check(25, plain, |plan| agrees(&plan));
}
