//! The built-in page: a distribution for each scorecard and a table for each blueprint.

use super::{
    AS_OF, Case, EXAMPLES, Element, assert_says, counts, expected_counts, expected_row, list, rows, text,
    widgets,
};
use crate::program::{directory, run};
use crate::random;
use crate::schema::check;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

fn sorted<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort();
    all
}

/// Compares all counts and rows of a page with the result. `Err` tells the difference.
fn compare(page: &Element, result: &Value) -> Result<(), TestCaseError> {
    let filled = |counts: &(String, std::collections::BTreeMap<_, _>)| !counts.1.is_empty();
    let cards = list(&result["summary"]["scorecards"]);
    let pies: Vec<_> = widgets(page, "entities-pie-chart").into_iter().map(counts).filter(filled).collect();
    prop_assert_eq!(sorted(pies), sorted(cards.iter().map(expected_counts).filter(filled).collect()));
    let blueprints: BTreeSet<&str> = cards.iter().map(|card| text(&card["blueprint"])).collect();
    let mut tables: Vec<(String, Vec<_>)> = Vec::new();
    for table in page.with("data-total") {
        prop_assert_eq!(&table.name, "table");
        let rows = rows(table);
        prop_assert_eq!(table.number("data-shown"), rows.len());
        prop_assert_eq!(table.number("data-total"), rows.len());
        let named: BTreeSet<&str> =
            table.with("data-blueprint").into_iter().map(|row| row.value("data-blueprint")).collect();
        prop_assert!(named.len() < 2, "a table of {:?}", named);
        if let Some(blueprint) = named.into_iter().next() {
            tables.push((blueprint.to_owned(), sorted(rows)));
        }
    }
    let entities = list(&result["entities"]);
    let of = |blueprint: &str| {
        let own = entities.iter().filter(|entity| entity["blueprint"] == blueprint).map(expected_row);
        (blueprint.to_owned(), sorted(own.collect::<Vec<_>>()))
    };
    let expected = blueprints.into_iter().map(of).filter(|(_, rows)| !rows.is_empty()).collect();
    prop_assert_eq!(sorted(tables), sorted(expected));
    compare_details(page, result)
}

/// Compares the rules of each result that can be opened.
fn compare_details(page: &Element, result: &Value) -> Result<(), TestCaseError> {
    let mut expected = Vec::new();
    let graded: BTreeSet<(&str, &str)> = list(&result["summary"]["scorecards"])
        .iter()
        .map(|card| (text(&card["blueprint"]), text(&card["identifier"])))
        .collect();
    for entity in list(&result["entities"]) {
        for (id, one) in entity["scorecards"].as_object().expect("an object") {
            prop_assert!(graded.contains(&(text(&entity["blueprint"]), id)));
            let rules = one["rules"].as_array().into_iter().flatten();
            let rules: Vec<_> = rules
                .map(|rule| (text(&rule["identifier"]).to_owned(), text(&rule["status"]).to_owned()))
                .collect();
            if !one.is_null() {
                expected.push((text(&entity["identifier"]).to_owned(), id.clone(), rules));
            }
        }
    }
    let mut found: Vec<_> = page
        .named("details")
        .into_iter()
        .filter(|details| details.has("data-entity"))
        .map(|details| {
            let rules = details.with("data-rule").into_iter();
            let rules = rules
                .map(|rule| (rule.value("data-rule").to_owned(), rule.value("data-status").to_owned()))
                .collect::<Vec<_>>();
            (details.value("data-entity").to_owned(), details.value("data-scorecard").to_owned(), rules)
        })
        .collect();
    // the order of rules is free: that of the levels reads better
    for (.., rules) in found.iter_mut().chain(&mut expected) {
        rules.sort();
    }
    prop_assert_eq!(sorted(found), sorted(expected));
    Ok(())
}

#[test]
fn counts_and_rows_of_the_examples_are_those_of_json() {
    let always = [&["evaluate", "-q", "--as-of", AS_OF], &EXAMPLES[..]].concat();
    for more in [
        &[][..],
        &["-s", "examples/filtered"],
        &["-s", "examples/scorecards", "-s", "examples/filtered"],
        &["--where", "team = payments"],
        &["--scorecard", "dora_*"],
        &["-m", "Bronze", "--exit-zero"],
    ] {
        let print = |format: &str| {
            let printed = run(&[&always, more, &["-f", format]].concat());
            assert_eq!(printed.code, 0, "{}", printed.stderr);
            printed.stdout
        };
        let result = serde_json::from_str(&print("json")).expect("JSON");
        compare(&Element::parse(&print("html")), &result).unwrap_or_else(|error| panic!("{more:?}: {error}"));
    }
}

#[test]
fn counts_and_rows_are_those_of_json() {
    check(random::sets(), 48, |(scorecards, entities)| {
        let case = Case::new(&json!(entities)).scorecards(&json!(scorecards));
        compare(&case.html(&[]), &case.result(&[]))
    });
}

#[test]
fn with_the_built_in_scorecards_it_is_the_dashboard_of_the_guide() {
    let page = directory(&[]);
    let path = page.path().join("page.json").display().to_string();
    assert_eq!(run(&["init", "--page", &path]).code, 0);
    let always = [&["evaluate", "-q", "--as-of", AS_OF, "-f", "html"], &EXAMPLES[..]].concat();
    let [own, guide] = [&[][..], &["--page", &path]].map(|more| {
        let printed = run(&[&always, more].concat());
        assert_eq!((printed.code, printed.stderr.as_str()), (0, ""));
        let page = Element::parse(&printed.stdout);
        let pies: Vec<_> = widgets(&page, "entities-pie-chart").into_iter().map(counts).collect();
        let tables = page.with("data-total").into_iter().map(|table| {
            let mut rows = sorted(rows(table));
            rows.dedup();
            rows
        });
        (pies, tables.collect::<Vec<_>>())
    });
    assert_eq!((guide.0.len(), guide.1.len()), (8, 2));
    assert_eq!(own, guide);
}

#[test]
fn the_page_is_the_same_on_every_run_and_in_a_file() {
    let always = [&["evaluate", "-q", "--as-of", AS_OF], &EXAMPLES[..]].concat();
    let printed = run(&[&always, &["-f", "html", "--threads", "1"][..]].concat()).stdout;
    for _ in 0..3 {
        assert_eq!(run(&[&always, &["-f", "html", "--threads", "4"][..]].concat()).stdout, printed);
    }
    let files = directory(&[]);
    let path = files.path().join("page.html");
    let written = run(&[&always, &["-f", &format!("html={}", path.display())][..]].concat());
    assert_eq!((written.code, written.stdout.as_str()), (0, ""));
    assert_eq!(std::fs::read_to_string(path).expect("written"), printed);
}

#[test]
fn the_head_says_what_when_how_many_and_from_which_files() {
    let printed = run(&[&["evaluate", "-q", "--as-of", AS_OF, "-f", "html"], &EXAMPLES[..]].concat());
    let page = Element::parse(&printed.stdout);
    assert_says(&page, &["2026-08-22", "16 ", "services.json", "teams.json"]);
    assert!(!page.named("title")[0].text().is_empty());
    assert_eq!(page.named("html")[0].value("lang"), "en");
}

#[test]
fn cards_tell_percentages_of_those_with_data() {
    let printed = run(&[&["evaluate", "-q", "--as-of", AS_OF, "-f", "html"], &EXAMPLES[..]].concat());
    let page = Element::parse(&printed.stdout);
    for pie in widgets(&page, "entities-pie-chart") {
        let (id, counts) = counts(pie);
        let with_data: usize = counts
            .iter()
            .filter(|((level, no_data), _)| level.is_some() && !no_data)
            .map(|(_, count)| count)
            .sum();
        for ((level, no_data), count) in &counts {
            let Some(level) = level.as_ref().filter(|_| !no_data) else { continue };
            let percent = (100.0 * *count as f64 / with_data as f64).round();
            let said = pie.text();
            assert!(said.contains(level.as_str()), "no {level} in {said}");
            let near = [percent - 1.0, percent, percent + 1.0].map(|one| format!("{one}"));
            let numbers: Vec<&str> = said.split(|letter: char| !letter.is_ascii_digit()).collect();
            assert!(near.iter().any(|one| numbers.contains(&one.as_str())), "{id}: no {percent} % in {said}");
        }
    }
}

#[test]
fn a_gate_shows_the_share_at_or_above_the_minimum() {
    let arguments = ["evaluate", "-q", "--as-of", AS_OF, "-f", "html"];
    let shares = |more: &[&str]| {
        let printed = run(&[&arguments, &EXAMPLES[..], more].concat());
        assert_eq!(printed.code, 0, "{}", printed.stderr);
        Element::parse(&printed.stdout)
    };
    // of `dora_cfr` 4 of 12 services hold Silver
    let card = |page: &Element| {
        let cards = widgets(page, "entities-pie-chart");
        cards.iter().find(|card| counts(card).0 == "dora_cfr").expect("a card").text()
    };
    let (without, with) = (card(&shares(&[])), card(&shares(&["-m", "Silver", "--exit-zero"])));
    assert_ne!(without, with);
    assert!(with.contains("33") || with.contains("4 of 12"), "{with}");
}

#[test]
fn a_team_without_data_has_no_average() {
    let entities = json!([
        {"identifier": "a", "team": ["red"], "deployment_frequency": 9, "total_deployments": 9},
        {"identifier": "b", "team": ["blue"]}, {"identifier": "c"},
    ]);
    let page = Case::new(&entities).html(&[]);
    let teams = widgets(&page, "dora-score-teams");
    let rows: Vec<String> = teams[0].named("tbody")[0].named("tr").into_iter().map(Element::text).collect();
    assert_eq!(rows.len(), 3, "{rows:?}");
    for row in rows.iter().filter(|row| !row.starts_with("red")) {
        assert!(!row.contains('%'), "{row}");
    }
}
