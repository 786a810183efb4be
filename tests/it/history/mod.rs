//! Compares `diff` and `trend` with a second implementation that is written from the specification alone.
//!
//! `PROPTEST_CASES` sets the number of cases.

mod baseline;
mod cards;
mod compare;
mod diff_cases;
mod digests;
mod examples;
mod fail_on_cases;
mod gates;
mod laws;
mod messages;
mod naive_diff;
mod naive_trend;
mod pairs;
mod results;
mod series;
mod side;
mod trend_cases;
mod trend_laws;
mod verdict;
mod written;

use compare::{check, difference, normal_diff, normal_trend, parsed, survey};
use naive_diff::Outcome;
use proptest::prelude::*;
use serde_json::Value;
use side::Refusal;
use std::cell::RefCell;
use std::collections::BTreeMap;

fn diff_agrees(plan: &pairs::Plan) -> Result<(), TestCaseError> {
    let pair = plan.pair();
    let compared = pair.compared();
    let (run, context) = (&compared.run, format!("{}\n{pair:#?}", compared.run.stderr));
    let Outcome { document, codes } = match compared.expected {
        Err(Refusal::Unclear(_)) => return Ok(()),
        Err(Refusal::Error(why)) => {
            prop_assert_eq!(run.code, 2, "{}: {}", why, context);
            return Ok(());
        }
        Ok(outcome) => outcome,
    };
    prop_assert!(codes.contains(&run.code), "{} instead of {:?}: {}", run.code, codes, context);
    let mut printed = parsed(&run.stdout);
    let mut expected = document;
    prop_assert_eq!(printed.get("failOn").is_some(), expected.get("failOn").is_some(), "{}", context);
    if run.code == 3 {
        printed["failOn"] = Value::Null;
        expected["failOn"] = Value::Null;
    }
    let found = difference(&normal_diff(printed), &normal_diff(expected), "");
    prop_assert_eq!(found, None, "{}", context);
    Ok(())
}

fn trend_agrees(plan: &series::Plan) -> Result<(), TestCaseError> {
    let series = plan.series();
    let run = series.run("json");
    let context = format!("{}\n{series:#?}", run.stderr);
    let Outcome { document, codes } = match series.expected() {
        Err(Refusal::Unclear(_)) => return Ok(()),
        Err(Refusal::Error(why)) => {
            prop_assert_eq!(run.code, 2, "{}: {}", why, context);
            return Ok(());
        }
        Ok(outcome) => outcome,
    };
    prop_assert!(codes.contains(&run.code), "{} instead of {:?}: {}", run.code, codes, context);
    let found = difference(&normal_trend(parsed(&run.stdout)), &normal_trend(document), "");
    prop_assert_eq!(found, None, "{}", context);
    Ok(())
}

#[test]
fn diff_agrees_with_the_naive_implementation() {
    check(100, pairs::plans(), |plan| diff_agrees(&plan));
}

#[test]
fn trend_agrees_with_the_naive_implementation() {
    check(50, series::plans(), |plan| trend_agrees(&plan));
}

#[test]
#[ignore = "takes minutes; .ci/run runs it"]
fn diff_agrees_with_the_naive_implementation_in_many_cases() {
    check(2000, pairs::plans(), |plan| diff_agrees(&plan));
}

#[test]
#[ignore = "takes minutes; .ci/run runs it"]
fn trend_agrees_with_the_naive_implementation_in_many_cases() {
    check(500, series::plans(), |plan| trend_agrees(&plan));
}

/// Counts what random cases reach: kinds of changes, codes and refusals.
struct Reached(RefCell<BTreeMap<String, usize>>);

impl Reached {
    fn add(&self, what: impl Into<String>, count: usize) {
        *self.0.borrow_mut().entry(what.into()).or_default() += count;
    }

    fn outcome(&self, outcome: &Result<Outcome, Refusal>) {
        self.add("cases", 1);
        match outcome {
            Err(Refusal::Unclear(why)) => {
                self.add("unclear", 1);
                self.add(format!("unclear: {why}"), 1);
            }
            Err(Refusal::Error(why)) => {
                self.add(format!("refused: {}", why.split(':').next().unwrap_or(why)), 1)
            }
            Ok(outcome) => self.add(format!("codes {:?}", outcome.codes), 1),
        }
    }

    /// The specification tells what happens in at least three quarters of the cases.
    fn assert_mostly_clear(&self) {
        let count = |what: &str| self.0.borrow().get(what).copied().unwrap_or_default();
        assert!(4 * count("unclear") < count("cases"), "{:#?}", self.0);
    }

    fn assert_at_least(&self, expected: &[(&str, usize)]) {
        let reached = self.0.borrow();
        for (what, count) in expected {
            assert!(reached.get(*what).is_some_and(|found| found >= count), "{what} in {reached:#?}");
        }
    }
}

/// The generators reach what the sentences of the specification are about.
#[test]
fn random_pairs_are_not_trivial() {
    let reached = Reached(RefCell::default());
    survey(150, pairs::plans(), |plan| {
        let outcome = plan.pair().expected(["before.json", "after.json"]);
        reached.outcome(&outcome);
        for card in outcome.iter().flat_map(|outcome| side::list(&outcome.document["scorecards"])) {
            for kind in naive_diff::KINDS.iter().chain(&["same"]) {
                reached.add(*kind, card[*kind].as_u64().unwrap_or_default() as usize);
            }
            reached.add(format!("definition {}", card["definition"]), 1);
            reached.add(format!("in {}", card["in"]), 1);
        }
    });
    let kinds: Vec<(&str, usize)> = naive_diff::KINDS.iter().map(|kind| (*kind, 2)).collect();
    reached.assert_at_least(&kinds);
    reached.assert_at_least(&[("codes [0]", 40), ("codes [1]", 12), ("codes [3]", 3)]);
    reached.assert_at_least(&[
        ("definition \"same\"", 10),
        ("definition \"changed\"", 5),
        ("definition null", 20),
        ("in \"before\"", 5),
        ("in \"after\"", 5),
    ]);
    reached.assert_mostly_clear();
}

#[test]
fn random_series_are_not_trivial() {
    let reached = Reached(RefCell::default());
    survey(80, series::plans(), |plan| {
        let outcome = plan.series().expected();
        reached.outcome(&outcome);
        for card in outcome.iter().flat_map(|outcome| side::list(&outcome.document["scorecards"])) {
            for kind in ["up", "down", "stuck"] {
                reached.add(kind, card[kind].as_u64().unwrap_or_default() as usize);
            }
            reached.add(format!("below {}", card["below"]), 1);
        }
    });
    reached.assert_at_least(&[
        ("up", 3),
        ("down", 3),
        ("stuck", 5),
        ("below \"Bronze\"", 15),
        ("below null", 1),
    ]);
    reached.assert_at_least(&[("codes [0]", 15), ("codes [1]", 3), ("codes [3]", 1)]);
    reached.assert_mostly_clear();
}
