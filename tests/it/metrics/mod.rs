//! Compares `metrics` and `teams` with a second implementation that is written from the specification alone.
//!
//! `PROPTEST_CASES` sets the number of cases.

mod cases;
mod durations;
mod entity;
mod events;
mod exact;
mod fields;
mod figures;
mod hostile;
mod naive;
mod notices;
mod ownership;
mod pooled;
mod refusals;
mod services;
mod shapes;
mod spellings;
mod tiers;

use crate::program::{Run, run, run_with};
use events::Case;
use fields::{DAY, SECOND};
use naive::{Average, Failures, Options};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use shapes::Shape;
use std::collections::BTreeSet;
use std::path::Path;

/// The options that are followed by a file with events or services.
const FEEDS: [&str; 4] = ["--deployments", "--changes", "--incidents", "--services"];

/// JSON with each number as text: the double that it is. `serde_json` may read another one, and tells `1` from `1.0`.
fn exact(text: &str) -> Value {
    let double = |number: &str| number.parse::<f64>().expect("a number of JSON is one of Rust");
    // 0 and -0 are the same
    let marked = marked(text, |number| format!("\"number {:?}\"", double(number) + 0.0));
    serde_json::from_str(&marked).unwrap_or_else(|error| panic!("{error}: {text}"))
}

/// A text of JSON with each number replaced.
fn marked(text: &str, replaced: impl Fn(&str) -> String) -> String {
    let mut marked = String::new();
    let mut characters = text.chars().peekable();
    let (mut is_text, mut is_escaped) = (false, false);
    while let Some(character) = characters.next() {
        if is_text || !(character == '-' || character.is_ascii_digit()) {
            is_text ^= character == '"' && !is_escaped;
            is_escaped = character == '\\' && !is_escaped;
            marked.push(character);
            continue;
        }
        let mut number = character.to_string();
        while let Some(next) = characters.next_if(|next| next.is_ascii_digit() || "+-.eE".contains(*next)) {
            number.push(next);
        }
        marked.push_str(&replaced(&number));
    }
    marked
}

/// The values of NDJSON.
fn exact_lines(text: &str) -> Vec<Value> {
    text.lines().map(exact).collect()
}

fn exact_values(values: &[Value]) -> Vec<Value> {
    values.iter().map(|value| exact(&value.to_string())).collect()
}

/// Compares entities one by one, so that a failure shows the first one that differs.
fn compare(output: &[Value], expected: &[Value], context: &str) -> Result<(), TestCaseError> {
    for (entity, expected) in output.iter().zip(expected) {
        prop_assert_eq!(entity, expected, "{}", context);
    }
    let names = |entities: &[Value]| -> Vec<Value> {
        entities.iter().map(|entity| entity["identifier"].clone()).collect()
    };
    prop_assert_eq!(names(output), names(expected), "{}", context);
    Ok(())
}

fn feeds(options: &Options) -> [&Option<Vec<Value>>; 4] {
    [&options.deployments, &options.changes, &options.incidents, &options.services]
}

/// Writes values into one or two files, and gives their paths.
fn write(place: &Path, name: &str, values: &[Value], shape: Shape, cut: usize) -> Vec<String> {
    let (first, second) = values.split_at(cut.min(values.len()));
    let file = |name: &str, values: &[Value]| {
        let path = place.join(name);
        std::fs::write(&path, shape.write(values)).expect("the file is written");
        path.to_str().expect("UTF-8").to_owned()
    };
    match second {
        [] => vec![file(&format!("{name}.json"), first)],
        _ => vec![file(&format!("{name}.json"), first), file(&format!("{name}-2.json"), second)],
    }
}

/// The arguments of `metrics` that stand for these options. Defaults are left out.
fn arguments(place: &Path, case: &Case) -> Vec<String> {
    let options = &case.options;
    let mut arguments = vec!["metrics".to_owned()];
    let mut add = |option: &str, value: &str| arguments.extend([option.to_owned(), value.to_owned()]);
    for ((name, feed), shape) in FEEDS.iter().zip(feeds(options)).zip(case.shapes) {
        for path in feed.iter().flat_map(|values| write(place, &name[2..], values, shape, case.cut)) {
            add(name, &path);
        }
    }
    add("--as-of", &spellings::spelled(options.as_of, 0));
    options.environments.iter().for_each(|name| add("--environment", name));
    if options.blueprint != "service" {
        add("--blueprint", &options.blueprint);
    }
    match options.window_days {
        84 => {}
        28 => add("--window", "4w"),
        days => add("--window", &format!("{days}d")),
    }
    if options.average == Average::Median {
        add("--average", "median");
    }
    match options.failures {
        Failures::Incidents => {}
        Failures::Linked => add("--failures", "linked"),
        Failures::Status => add("--failures", "status"),
    }
    arguments
}

fn run_case(case: &Case, more: &[&str]) -> Run {
    let place = tempfile::tempdir().expect("there is room for a directory");
    let arguments = arguments(place.path(), case);
    run(&[&arguments.iter().map(String::as_str).collect::<Vec<_>>()[..], more].concat())
}

/// Runs a law with random input.
fn check<T: std::fmt::Debug>(
    usual: u32,
    input: impl Strategy<Value = T>,
    law: impl Fn(T) -> Result<(), TestCaseError>,
) {
    let asked = std::env::var("PROPTEST_CASES").ok();
    let cases = asked.map_or(usual, |cases| cases.parse().expect("a number of cases"));
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 2000, ..Config::default() };
    if let Err(error) = TestRunner::new(config).run(&input, law) {
        panic!("{error}");
    }
}

fn agrees(case: Case) -> Result<(), TestCaseError> {
    let run = run_case(&case, &[]);
    prop_assert_eq!(run.code, 0, "{}", run.stderr);
    let expected = exact_values(&naive::entities(&case.options));
    compare(&exact_lines(&run.stdout), &expected, "metrics")
}

#[test]
fn metrics_agree_with_the_naive_implementation() {
    check(200, events::cases(9), agrees);
}

#[test]
fn links_agree_with_the_naive_implementation() {
    check(100, events::linked_cases(9), agrees);
}

#[test]
#[ignore = "takes minutes; .ci/run runs it"]
fn metrics_agree_with_the_naive_implementation_in_many_cases() {
    check(2000, events::cases(14), agrees);
    check(500, events::linked_cases(14), agrees);
}

/// The events of each feed whose ids do not come twice.
fn without_doubles(mut options: Options) -> Options {
    for feed in [&mut options.deployments, &mut options.changes, &mut options.incidents] {
        let mut seen = BTreeSet::new();
        feed.iter_mut().for_each(|events| {
            events.retain(|event| fields::id(event).is_none_or(|id| seen.insert(id)));
        });
    }
    options
}

#[test]
fn the_order_of_events_and_the_threads_do_not_matter() {
    let shuffled = events::cases(9).prop_flat_map(|case| {
        let options = without_doubles(case.options.clone());
        let order = |feed: &Option<Vec<Value>>| Just(feed.clone().unwrap_or_default()).prop_shuffle();
        let orders = (order(&options.deployments), order(&options.changes), order(&options.incidents));
        (Just(Case { options, ..case }), orders)
    });
    check(60, shuffled, |(case, (deployments, changes, incidents))| {
        let expected = run_case(&case, &["--threads", "1"]);
        prop_assert_eq!(expected.code, 0, "{}", expected.stderr);
        let mut other = case.clone();
        other.cut += 2;
        let options = &mut other.options;
        options.deployments = options.deployments.as_ref().map(|_| deployments);
        options.changes = options.changes.as_ref().map(|_| changes);
        options.incidents = options.incidents.as_ref().map(|_| incidents);
        prop_assert_eq!(&run_case(&other, &["--threads", "3"]).stdout, &expected.stdout);
        prop_assert_eq!(&run_case(&case, &["--threads", "3"]).stdout, &expected.stdout);
        Ok(())
    });
}

#[test]
fn the_document_holds_the_entities_and_the_options() {
    check(20, events::cases(5), |case| {
        let run = run_case(&case, &["-f", "json"]);
        prop_assert_eq!(run.code, 0, "{}", run.stderr);
        let document = exact(&run.stdout);
        let entities = document["entities"].as_array().expect("entities");
        compare(entities, &exact_values(&naive::entities(&case.options)), "json")?;
        let names: BTreeSet<&str> =
            document.as_object().expect("an object").keys().map(String::as_str).collect();
        prop_assert!(names.is_superset(&["asOf", "window", "average", "failures", "entities"].into()));
        let time = |value: &Value| fields::instant(value.as_str().expect("a time"));
        let options = &case.options;
        // the time may be cut to the second, as in other documents
        let is_as_of = |time: i128| time == options.as_of || time == options.as_of / SECOND * SECOND;
        prop_assert!(is_as_of(time(&document["asOf"])), "{}", document["asOf"]);
        prop_assert!(is_as_of(time(&document["window"]["to"])));
        prop_assert!(is_as_of(time(&document["window"]["from"]) + i128::from(options.window_days) * DAY));
        prop_assert_eq!(&document["window"]["days"], &exact(&options.window_days.to_string()));
        prop_assert_eq!(document["average"] == "median", options.average == Average::Median);
        let failures = match options.failures {
            Failures::Incidents => "incidents",
            Failures::Linked => "linked",
            Failures::Status => "status",
        };
        prop_assert_eq!(&document["failures"], failures);
        Ok(())
    });
}

#[test]
fn snapshots_agree_with_the_naive_implementation() {
    // 2026-01-31T00:00:00Z
    let as_of = 1_769_817_600 * SECOND;
    let spans = prop::sample::select(vec![("1w", 7), ("3d", 3), ("40d", 40)]);
    let days = prop::sample::select(vec![84, 10]);
    let cases = days.prop_flat_map(move |days| events::cases_at(as_of, days, 6));
    check(40, (cases, spans, 1_u32..5), |(case, (span, days), last)| {
        let place = tempfile::tempdir().expect("there is room for a directory");
        let folder = place.path().join("new/snapshots");
        let path = folder.to_str().expect("UTF-8");
        let run = run_case(&case, &["--snapshots", path, "--every", span, "--last", &last.to_string()]);
        prop_assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
        let dates = (0..last).map(|index| case.options.as_of - i128::from(index * days) * DAY);
        for as_of in dates {
            let name = format!("{}.json", &spellings::spelled(as_of, 0)[..10]);
            let text = std::fs::read_to_string(folder.join(&name)).expect("the snapshot is written");
            let options = Options { as_of, ..case.options.clone() };
            let document = exact(&text);
            let entities = document["entities"].as_array().expect("entities");
            compare(entities, &exact_values(&naive::snapshot(&options)), &name)?;
            prop_assert_eq!(fields::instant(document["asOf"].as_str().expect("a time")), as_of);
        }
        let files = std::fs::read_dir(&folder).expect("it is a directory").count();
        prop_assert_eq!(files, last as usize);
        Ok(())
    });
}

fn pools(entities: Vec<Value>, shape: Shape, blueprint: &str) -> Result<(), TestCaseError> {
    let text = shape.write(&entities);
    let run = run_with(&["teams", "-e", "-", "--blueprint", blueprint], text.as_bytes());
    prop_assert_eq!(run.code, 0, "{}", run.stderr);
    let expected = exact_values(&pooled::teams(&entities, blueprint));
    compare(&exact_lines(&run.stdout), &expected, "teams")?;
    let document = run_with(&["teams", "-e", "-", "--blueprint", blueprint, "-f", "json"], text.as_bytes());
    let document = exact(&document.stdout);
    compare(document["entities"].as_array().expect("entities"), &expected, "teams as json")
}

/// Numbers whose sums and products are doubles, so that any order of additions gives the same.
#[test]
fn teams_agree_with_the_naive_implementation() {
    let blueprint = prop::sample::select(vec!["service", "micro service"]);
    let input = (services::services(services::Numbers::Eighths), shapes::entities(), blueprint);
    check(200, input, |(entities, shape, blueprint)| pools(entities, shape, blueprint));
}

/// Numbers whose sums have to be rounded: once, at the end.
#[test]
fn teams_agree_with_the_naive_implementation_to_the_last_digit() {
    let input = (services::services(services::Numbers::Any), shapes::entities());
    check(100, input, |(entities, shape)| pools(entities, shape, "service"));
}

#[test]
#[ignore = "takes minutes; .ci/run runs it"]
fn teams_agree_with_the_naive_implementation_in_many_cases() {
    let input = (services::services(services::Numbers::Any), shapes::entities());
    check(2000, input, |(entities, shape)| pools(entities, shape, "service"));
}

#[test]
fn numbers_are_compared_as_doubles() {
    assert_eq!(
        exact(r#"{"a": [1, -2.50, 1e2, "1\"2", true]}"#),
        exact(r#"{"a":[1.0,-2.5,100,"1\"2",true]}"#)
    );
    assert_eq!(exact("-0"), exact("0"));
    assert_ne!(exact("0.1"), exact("0.10000000000000002"));
    assert_ne!(exact("1"), exact("\"1\""));
}

/// Every form that the program must read is read back here.
#[test]
fn the_forms_of_the_input_hold_the_same_values() {
    check(60, (services::services(services::Numbers::Any), shapes::events()), |(entities, shape)| {
        prop_assert_eq!(cases::values(&shape.write(&entities)), entities);
        Ok(())
    });
}

/// The generators reach what the sentences of the specification are about.
#[test]
fn random_cases_are_not_trivial() {
    let mut counts = std::collections::BTreeMap::new();
    let seen = std::cell::RefCell::new(&mut counts);
    check(150, events::cases(9), |case| {
        for entity in naive::entities(&case.options) {
            for (name, value) in entity["properties"].as_object().expect("properties") {
                let kind = match value {
                    Value::Null => "null",
                    Value::Number(number) if number.as_f64() == Some(0.0) => "zero",
                    Value::Number(_) => "number",
                    _ => value.as_str().unwrap_or("other"),
                };
                *seen.borrow_mut().entry(format!("{name} {kind}")).or_insert(0) += 1;
            }
        }
        Ok(())
    });
    for expected in [
        "total_deployments number",
        "deployment_frequency number",
        "deployment_frequency_per_service number",
        "deployment_frequency_per_service null",
        "lead_time_for_changes number",
        "lead_time_for_changes null",
        "total_incidents number",
        "change_failure_rate number",
        "change_failure_rate zero",
        "change_failure_rate null",
        "mean_time_to_recovery number",
        "deploy_freq_tier Elite",
        "deploy_freq_tier High",
        "deploy_freq_tier Medium",
        "deploy_freq_tier Low",
        "lead_time_tier Elite",
        "lead_time_tier High",
        "lead_time_tier Low",
        "cfr_tier Elite",
        "cfr_tier Low",
        "mttr_tier Elite",
        "mttr_tier High",
        "mttr_tier Low",
        "services number",
        "services zero",
        "type team",
        "type group",
    ] {
        assert!(counts.get(expected).is_some_and(|count| *count >= 5), "{expected}: {counts:#?}");
    }
}
