//! Laws that hold for every series.

use super::compare::{check, parsed};
use super::naive_diff::Options;
use super::pairs::Pair;
use super::series::{Series, plans};
use super::side::{Key, Refusal, key_of, list, text};
use crate::program::Run;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A run whose exit code is right, because a law that no series reaches says nothing.
fn run(series: &Series) -> Run {
    let run = series.run("json");
    let is_right = match series.expected() {
        Ok(outcome) => outcome.codes.contains(&run.code),
        Err(Refusal::Error(_)) => run.code == 2,
        Err(Refusal::Unclear(_)) => true,
    };
    assert!(is_right, "{}: {}", run.code, run.stderr);
    run
}

#[test]
fn the_order_of_files_does_not_matter() {
    let shuffled =
        plans().prop_flat_map(|plan| (Just(plan), Just((0..8).collect::<Vec<usize>>()).prop_shuffle()));
    check(20, shuffled, |(plan, order)| {
        let series = plan.series();
        let files = order.iter().filter_map(|index| series.files.get(*index)).cloned().collect();
        let other = Series { files, options: series.options.clone() };
        let (run, again) = (run(&series), run(&other));
        prop_assert_eq!(run.code, again.code, "{}{}", run.stderr, again.stderr);
        if run.code != 2 {
            prop_assert_eq!(run.stdout, again.stdout);
        }
        Ok(())
    });
}

/// The rises and falls in a document of `diff` or of `trend`.
fn steps(document: &Value) -> BTreeSet<(Key, [String; 4])> {
    let mut steps = BTreeSet::new();
    for entity in list(&document["moves"]) {
        for step in list(&entity["moves"]) {
            let told = ["scorecard", "direction", "from", "to"].map(|key| text(&step[key]));
            if ["up", "down"].contains(&told[1].as_str()) {
                steps.insert((key_of(entity), told));
            }
        }
    }
    steps
}

#[test]
fn a_trend_tells_the_rises_and_falls_of_a_diff_between_the_first_and_the_last_result() {
    check(30, plans(), |plan| {
        let mut series = plan.series();
        series.options.fails = false;
        let time = |text_of: &str| {
            let document: Value = serde_json::from_str(text_of).unwrap_or_default();
            let time = chrono::DateTime::parse_from_rfc3339(&text(&document["asOf"])).ok();
            time.filter(|_| document["kind"] == "result")
        };
        series.files.retain(|(_, text)| time(text).is_some());
        series.files.sort_by_key(|(_, text)| time(text));
        let run = run(&series);
        let ([(_, first), .., (_, last)], 0) = (&series.files[..], run.code) else { return Ok(()) };
        let texts = [first.clone(), last.clone()];
        let options = Options { blueprint: series.options.blueprint.clone(), ..Options::default() };
        let compared = Pair { texts, options }.compared().run;
        prop_assert_eq!(compared.code, 0, "{}", compared.stderr);
        prop_assert_eq!(steps(&parsed(&run.stdout)), steps(&parsed(&compared.stdout)));
        Ok(())
    });
}

/// The counts are of the same entities.
#[test]
fn the_levels_of_a_date_add_up_to_the_graded() {
    check(20, plans(), |plan| {
        let run = run(&plan.series());
        prop_assert!(run.code != 2 || run.stdout.is_empty(), "{}", run.stdout);
        if run.code == 2 {
            return Ok(());
        }
        let document = parsed(&run.stdout);
        for card in list(&document["scorecards"]) {
            prop_assert_eq!(list(&card["dates"]).len(), list(&document["dates"]).len());
            for date in list(&card["dates"]) {
                let counts = list(&date["levels"]).iter().filter_map(|level| level["count"].as_u64());
                prop_assert_eq!(&json!(counts.sum::<u64>()), &date["graded"], "{}", date);
                prop_assert!(date["noData"].as_u64() <= date["graded"].as_u64(), "{}", date);
            }
        }
        Ok(())
    });
}
