//! Checks that findings of lint about all possible entities are correct for ten thousand random entities.
//!
//! Each claim is checked with a count in the summary that must be 0. For example, if a rule can never pass, no entity
//! passes it; if a level is implied, no entity holds the level below. Claims that exclude arrays are checked with
//! entities without arrays.

#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "a test must fail if a value is missing")]

use crate::random;
use dora_score::lint::{Finding, Linter};
use dora_score::program::{Display, Evaluation, Format, Limit, Output};
use dora_score::{Gate, Input, Instant, Scope, Scorecards, Screen, Settings, Source, read_definitions};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const ENTITIES: usize = 10_000;

fn draw<S: Strategy>(runner: &mut TestRunner, strategy: &S) -> S::Value {
    strategy.new_tree(runner).expect("a value is drawn").current()
}

/// Conditions on few properties with few values, so that they often imply or exclude each other.
fn condition() -> BoxedStrategy<Value> {
    let make = |property: &'static str, operators: &'static [&'static str], values: Vec<Value>| {
        (select(operators), select(values)).prop_map(
            move |(operator, value)| json!({"property": property, "operator": operator, "value": value}),
        )
    };
    let emptiness = (select(vec!["n", "s", "d", "l"]), select(vec!["isEmpty", "isNotEmpty"]), any::<bool>())
        .prop_map(
            |(property, operator, not)| json!({"property": property, "operator": operator, "not": not}),
        );
    let numbers = vec![json!(0), json!(1), json!(7), json!(20)];
    let texts = vec![json!("a"), json!("ab"), json!("b"), json!("7"), json!(7)];
    let dates = ["2026-01-31T00:00:00Z", "2026-01-31T02:00:00+02:00", "2025-11-02T00:00:00Z"];
    let ranges = vec![
        json!({"preset": "today"}),
        json!({"preset": "yesterday"}),
        json!({"preset": "lastDay"}),
        json!({"preset": "lastWeek"}),
        json!({"preset": "nextMonth"}),
        json!({"from": "2026-01-01", "to": "2026-01-31"}),
        json!({"from": "2025-11-02", "to": "2026-02-01"}),
    ];
    let lists = vec![json!([]), json!(["a"]), json!(["a", "b"]), json!(["a", 7]), json!([7, true])];
    let parts = vec![json!([]), json!(["a"]), json!(["a", "b"]), json!("a"), json!(""), json!(7)];
    prop_oneof![
        5 => make("n", &["=", "!=", ">", ">=", "<", "<="], numbers),
        2 => make("s", &["=", "!=", "contains", "doesNotContains", "beginsWith", "doesNotBeginsWith", "endsWith", "doesNotEndsWith"], texts),
        1 => make("d", &["=", "!=", ">", ">=", "<", "<="], dates.map(Value::from).to_vec()),
        2 => make("d", &["between", "notBetween"], ranges),
        2 => make("l", &["=", "!=", "in", "notIn", "containsAny"], lists),
        1 => make("l", &["contains", "doesNotContains"], parts),
        1 => emptiness,
        1 => make("$blueprint", &["=", "!="], vec![json!("service"), json!("other")]),
        1 => make("$title", &["beginsWith", "doesNotContains", "="], vec![json!("a"), json!("ab"), json!("7")]),
    ]
    .boxed()
}

fn query() -> BoxedStrategy<Value> {
    let group = |members: BoxedStrategy<Value>| {
        (select(vec!["and", "and", "or"]), vec(members, 1..4))
            .prop_map(|(combinator, conditions)| json!({"combinator": combinator, "conditions": conditions}))
            .boxed()
    };
    group(prop_oneof![6 => condition(), 1 => group(condition())].boxed())
}

fn scorecard() -> BoxedStrategy<Value> {
    let levels = ["Bronze", "Silver", "Gold"];
    (prop::option::weighted(0.4, query()), vec((select(levels.to_vec()), query()), 2..6))
        .prop_map(|(filter, rules)| {
            let rules: Vec<Value> = rules
                .into_iter()
                .enumerate()
                .map(|(index, (level, query))| json!({"identifier": format!("r{index}"), "level": level, "query": query}))
                .collect();
            json!({"filter": filter, "rules": rules})
        })
        .boxed()
}

/// A claim of lint: a count in the summary of a scorecard that must be zero.
struct Claim {
    scorecard: Value,
    /// The count that must be zero.
    zero: Zero,
    /// Whether the claim also covers entities with arrays.
    arrays: bool,
    code: &'static str,
    message: String,
}

/// A count in the summary of a scorecard.
enum Zero {
    /// The entities that pass this rule.
    Passed(String),
    /// The entities that fail this rule.
    Failed(String),
    /// The entities that hold this level or a higher one.
    From(usize),
    /// The entities that hold this level.
    Level(usize),
    /// The entities that the scorecard applies to.
    Graded,
    /// The entities that the scorecard does not apply to.
    NotApplicable,
}

const TITLES: [&str; 4] = ["Basic", "Bronze", "Silver", "Gold"];

fn level(rule: &Value) -> usize {
    TITLES.iter().position(|title| rule["level"] == *title).expect("a known level")
}

/// The claims that a finding makes about all entities; empty if it makes none.
fn claims(scorecard: &Value, finding: &Finding) -> Vec<Claim> {
    let rules = scorecard["rules"].as_array().expect("rules");
    let named = |name: &str| rules.iter().find(|rule| rule["identifier"] == name).expect("a known rule");
    let rule = finding.rule.as_deref().map(named);
    let message = finding.diagnostic.message.clone();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let claim = |scorecard: Value, zero: Zero| Claim {
        scorecard,
        zero,
        arrays: !message.contains("array") && !message.contains("no single value"),
        code: finding.diagnostic.code.name(),
        message: format!("{message} ({:?})", finding.diagnostic.note),
    };
    // an entity that passes the premises reaches Bronze, and does not reach Silver if it fails the conclusion
    let implication = |premises: Vec<&Value>, conclusion: &Value| {
        let rule = |index: usize, level: &str, rule: &Value| json!({"identifier": index.to_string(), "level": level, "query": rule["query"]});
        let mut rules: Vec<Value> =
            premises.iter().enumerate().map(|(index, premise)| rule(index, "Bronze", premise)).collect();
        rules.push(rule(rules.len(), "Silver", conclusion));
        claim(json!({"filter": scorecard["filter"], "rules": rules}), Zero::Level(1))
    };
    let own = |zero: Zero| vec![claim(scorecard.clone(), zero)];
    let identifier = || finding.rule.clone().expect("a rule");
    match finding.diagnostic.code.name() {
        "contradictory-conditions" if message.contains("part of rule") => Vec::new(),
        "contradictory-conditions" | "rule-never-passes" => own(Zero::Passed(identifier())),
        "rule-never-fails" => own(Zero::Failed(identifier())),
        "unreachable-level" => own(Zero::From(level(rule.expect("a rule")))),
        "implied-level" => {
            let low = TITLES.iter().position(|title| *title == quoted[0]).expect("a level");
            own(Zero::Level(low))
        }
        "filter-never-matches" => own(Zero::Graded),
        "filter-always-matches" => own(Zero::NotApplicable),
        "duplicate-query" => {
            let (one, other) = (rule.expect("a rule"), named(quoted[1]));
            vec![implication(vec![one], other), implication(vec![other], one)]
        }
        "implied-rule" if message.contains("whenever") => {
            vec![implication(vec![named(quoted[1])], rule.expect("a rule"))]
        }
        "implied-rule" => {
            let rule = rule.expect("a rule");
            let below = rules.iter().filter(|other| level(other) < level(rule)).collect();
            vec![implication(below, rule)]
        }
        _ => Vec::new(),
    }
}

fn definitions(scorecards: &[Value]) -> Vec<dora_score::Definition> {
    let named: Vec<Value> = scorecards
        .iter()
        .enumerate()
        .map(|(index, scorecard)| {
            let mut scorecard = scorecard.clone();
            scorecard["identifier"] = Value::from(index.to_string());
            scorecard
        })
        .collect();
    let text = serde_json::to_string(&named).expect("values can be written");
    read_definitions(vec![Source::new("random", text)], "service").expect("the set is valid")
}

/// The summaries of the scorecards for the entities.
fn summaries(scorecards: &[Value], entities: &[Value], as_of: &str) -> Vec<Value> {
    let as_of = Instant::parse(as_of).expect("a time");
    let scorecards = Scorecards::new(definitions(scorecards), as_of, "service");
    let stream: Vec<u8> = entities.iter().flat_map(|entity| format!("{entity}\n").into_bytes()).collect();
    let gate = Gate::none(&scorecards);
    let display = Display { limit: Limit::Most(0), ..Display::default() };
    let settings = Settings::default();
    let wanted = scorecards.wanted();
    let scope = Scope::default();
    let evaluation = Evaluation {
        scorecards: &scorecards,
        scope: &scope,
        wanted,
        gate: &gate,
        display: &display,
        settings,
    };
    let input = Input::open("random", stream.as_slice());
    let mut document: Vec<u8> = Vec::new();
    let screen = Screen::PLAIN;
    let spool = Box::new(std::io::Cursor::new(Vec::new()));
    let output = Output { format: Format::Json, screen, sink: &mut document, spool };
    evaluation.run(vec![input], vec![output], |_| {}).expect("the entities are valid");
    let result: Value = serde_json::from_slice(&document).expect("the result is JSON");
    result["summary"]["scorecards"].as_array().expect("summaries").clone()
}

fn counted(summary: &Value, zero: &Zero) -> u64 {
    let number = |value: &Value| value.as_u64().expect("a count");
    let rule = |name: &str, key: &str| {
        let rules = summary["rules"].as_array().expect("rules");
        number(&rules.iter().find(|rule| rule["identifier"] == name).expect("a known rule")[key])
    };
    let levels = || summary["levels"].as_array().expect("levels").iter().map(|level| number(&level["count"]));
    match zero {
        Zero::Passed(name) => rule(name, "passed"),
        Zero::Failed(name) => rule(name, "failed"),
        Zero::From(first) => levels().skip(*first).sum(),
        Zero::Level(level) => levels().nth(*level).expect("a level"),
        Zero::Graded => number(&summary["graded"]),
        Zero::NotApplicable => number(&summary["notApplicable"]),
    }
}

/// The entity with each array replaced by its first element.
fn without_arrays(entity: &Value) -> Value {
    let first = |value: &Value| match value {
        Value::Array(items) => items.iter().find(|item| !item.is_array()).cloned().unwrap_or_default(),
        other => other.clone(),
    };
    let plain = |value: &Value| match value {
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), first(value))).collect::<Value>()
        }
        other => other.clone(),
    };
    let mut entity = plain(entity);
    for key in ["properties", "relations"] {
        if let Some(members) = entity.get_mut(key) {
            *members = plain(members);
        }
    }
    entity
}

fn of_service(entity: &Value) -> bool {
    entity["blueprint"].is_null() || entity["blueprint"] == "" || entity["blueprint"] == "service"
}

#[test]
fn claims_of_lint_are_correct_for_ten_thousand_random_entities() {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::default() });
    let mut entities = Vec::new();
    while entities.len() < ENTITIES {
        entities.extend(draw(&mut runner, &random::entities()).into_iter().filter(of_service));
    }
    let plain: Vec<Value> = entities.iter().map(without_arrays).collect();
    let scorecards: Vec<Value> = (0..120).map(|_| draw(&mut runner, &scorecard())).collect();
    let findings = Linter::default().run(&definitions(&scorecards));
    let claims: Vec<Claim> = findings
        .iter()
        .flat_map(|finding| {
            let index: usize = finding.scorecard.parse().expect("a number");
            claims(&scorecards[index], finding)
        })
        .collect();
    let mut met: BTreeMap<(&str, bool), usize> = BTreeMap::new();
    claims.iter().for_each(|claim| *met.entry((claim.code, claim.arrays)).or_default() += 1);
    for code in ["contradictory-conditions", "rule-never-passes", "implied-rule", "rule-never-fails"] {
        assert!(met.contains_key(&(code, true)), "{code} was never claimed: {met:?}");
    }
    assert!(met.contains_key(&("contradictory-conditions", false)), "{met:?}");
    for (arrays, entities) in [(true, &entities), (false, &plain)] {
        let claims: Vec<&Claim> = claims.iter().filter(|claim| claim.arrays == arrays).collect();
        let scorecards: Vec<Value> = claims.iter().map(|claim| claim.scorecard.clone()).collect();
        for as_of in ["2026-01-31T00:00:00Z", "2026-01-31T17:45:00Z"] {
            for (claim, summary) in claims.iter().zip(summaries(&scorecards, entities, as_of)) {
                let count = counted(&summary, &claim.zero);
                assert_eq!(count, 0, "{}: {} at {as_of}\n{}", claim.code, claim.message, claim.scorecard);
            }
        }
    }
}
