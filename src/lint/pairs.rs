//! Tests that rules found by sorting are those found by comparing all pairs, and that few steps find them.

use super::analysis::Analysis;
use super::domain::Budget;
use super::equivalence::originals;
use super::strength::Strength;
use crate::diagnostic::Source;
use crate::scorecard::{Definition, read_definitions};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

const STEPS: u64 = 100_000_000;

fn definition(rules: &[Value], filter: Option<&Value>) -> Definition {
    let rule = |(index, query): (usize, &Value)| json!({"identifier": index.to_string(), "level": "Gold", "query": query});
    let rules: Vec<Value> = rules.iter().enumerate().map(rule).collect();
    let text = json!({"identifier": "c", "filter": filter, "rules": rules}).to_string();
    read_definitions(vec![Source::new("test", text)], "service").unwrap().remove(0)
}

fn one(operator: &str, value: impl Into<Value>) -> Value {
    json!({"combinator": "and", "conditions": [{"property": "p", "operator": operator, "value": value.into()}]})
}

/// The steps to find the rules with the same effect, and the rules that another one implies.
fn steps(rules: &[Value]) -> u64 {
    let analysis = Analysis::new(&definition(rules, None), Budget::new(STEPS));
    let all: Vec<usize> = (0..rules.len()).collect();
    originals(&analysis);
    let strength = Strength::new(&analysis, &all);
    let implied = all.iter().filter(|position| strength.stronger(**position).is_some()).count();
    assert!(implied < rules.len());
    STEPS - analysis.space.budget.left()
}

#[test]
fn the_steps_grow_with_the_number_of_rules_and_not_with_its_square() {
    let of = |rule: fn(i32) -> Value| {
        let steps_for = |count: i32| steps(&(0..count).map(rule).collect::<Vec<_>>());
        let (few, many) = (steps_for(200), steps_for(2000));
        assert!(many <= 11 * few, "{few} for 200 rules, {many} for 2000");
    };
    of(|index| one(">=", index));
    of(|index| one(if index % 2 == 0 { ">" } else { "<" }, index));
    of(|index| one("=", format!("w{index}")));
    of(|index| one("!=", index));
    of(|index| one("in", json!([index, index + 1])));
    of(|index| {
        json!({"combinator": "and", "conditions": [
            {"property": "p", "operator": ">=", "value": index}, {"property": "q", "operator": "=", "value": index}]})
    });
}

fn condition() -> BoxedStrategy<Value> {
    let make = |property: &'static str, operators: &'static [&'static str], values: Vec<Value>| {
        (select(operators), select(values)).prop_map(
            move |(operator, value)| json!({"property": property, "operator": operator, "value": value}),
        )
    };
    let numbers = vec![json!(0), json!(1), json!(7)];
    let texts = vec![json!("a"), json!("ab"), json!("")];
    let lists = vec![json!(["a"]), json!(["a", "b"]), json!([1]), json!([])];
    let dates = vec![json!("2026-01-31T00:00:00Z"), json!("2025-11-02T00:00:00Z")];
    prop_oneof![
        3 => make("p", &["=", "!=", ">", ">=", "<", "<="], numbers.clone()),
        2 => make("q", &[">", "<="], numbers),
        2 => make("p", &["=", "!=", "beginsWith", "doesNotBeginsWith", "endsWith", "contains", "doesNotContains"], texts),
        2 => make("p", &["=", "!=", "in", "notIn"], lists),
        1 => make("p", &[">=", "<", "=", "!="], dates),
        1 => make("p", &["between", "notBetween"], vec![json!({"preset": "today"}), json!({"from": "2026-01-01", "to": "2026-02-01"})]),
        1 => select(vec!["isEmpty", "isNotEmpty"]).prop_map(|operator| json!({"property": "p", "operator": operator})),
    ]
    .boxed()
}

fn query() -> impl Strategy<Value = Value> {
    (select(vec!["and", "or"]), prop::collection::vec(condition(), 1..3))
        .prop_map(|(combinator, conditions)| json!({"combinator": combinator, "conditions": conditions}))
}

proptest! {
    #[test]
    fn sorting_finds_the_rules_that_comparing_all_pairs_finds(
        rules in prop::collection::vec(query(), 2..12),
        filter in prop::option::weighted(0.2, query()),
    ) {
        let analysis = Analysis::new(&definition(&rules, filter.as_ref()), Budget::new(STEPS));
        let context = analysis.context_premises();
        let undecided: Vec<usize> = (0..rules.len()).filter(|rule| analysis.is_undecided(*rule)).collect();
        let implies = |one: usize, other: usize| {
            analysis.space.implies(&context, &[analysis.rule(one)], analysis.rule(other))
        };
        let originals = originals(&analysis);
        for &rule in &undecided {
            let fields = |rule: usize| analysis.space.fields_of(analysis.rule(rule));
            let expected = undecided.iter().copied().find(|&other| {
                other < rule && fields(other) == fields(rule) && implies(rule, other) && implies(other, rule)
            });
            prop_assert_eq!(originals[rule], expected, "rule {} of {:#?}", rule, &rules);
        }
        let strength = Strength::new(&analysis, &undecided);
        for (position, &rule) in undecided.iter().enumerate() {
            let expected = undecided.iter().copied().find(|&other| other != rule && implies(other, rule));
            prop_assert_eq!(strength.stronger(position), expected, "rule {} of {:#?}", rule, &rules);
        }
    }
}
