//! The sentences about `trend`, each with a case by hand.

use super::compare::parsed;
use super::naive_diff::Outcome;
use super::naive_trend::Options;
use super::series::Series;
use super::side::{Refusal, list};
use super::written::{LEVELS, dated, stuck};
use crate::program::{csv_fields, directory, run};
use serde_json::{Value, json};

/// Results of the first days of January, in this order, and the usual options.
pub(super) fn days(said: &[&str]) -> Series {
    let file = |(index, said): (usize, &&str)| {
        (format!("{index}.json"), dated(&format!("2026-01-{:02}T00:00:00Z", index + 1), said).to_string())
    };
    let options = Options {
        blueprint: "service".to_owned(),
        definitions: vec![json!({"identifier": "card", "rules": []})],
        below: None,
        row: 3,
        skips: false,
        fails: false,
    };
    Series { files: said.iter().enumerate().map(file).collect(), options }
}

/// The naive implementation and the program exit with this code, and say the same about those that are stuck.
fn exits(series: &Series, code: i32) -> Value {
    let naive = match series.expected() {
        Ok(Outcome { document, codes }) => {
            assert!(codes.contains(&code), "naive: {codes:?} instead of {code}");
            Some(document)
        }
        Err(Refusal::Error(_)) => None,
        Err(Refusal::Unclear(why)) => panic!("naive: {why}"),
    };
    assert_eq!(naive.is_none(), code == 2, "naive: refused or not");
    let run = series.run("json");
    assert_eq!(run.code, code, "{}{}", run.stdout, run.stderr);
    assert!(!run.stderr.contains("Usage:"), "{}", run.stderr);
    let printed = if code == 2 { Value::Null } else { parsed(&run.stdout) };
    if let Some(naive) = naive {
        assert_eq!(stuck(&printed), stuck(&naive));
    }
    printed
}

/// These are stuck.
fn holds(series: &Series, expected: &[&str]) -> Value {
    if let Ok(outcome) = series.expected() {
        assert_eq!(stuck(&outcome.document), expected, "naive");
    }
    let printed = exits(series, 0);
    assert_eq!(stuck(&printed), expected);
    printed
}

/// The rises and falls of a document.
fn moves(document: &Value) -> Vec<String> {
    let mut moves = Vec::new();
    for entity in list(&document["moves"]) {
        for step in list(&entity["moves"]) {
            let said = ["scorecard", "direction", "from", "to"].map(|key| step[key].as_str().unwrap_or("-"));
            moves.push(format!("{} {}", entity["identifier"].as_str().unwrap_or("-"), said.join(" ")));
        }
    }
    moves
}

fn entity(n: u8) -> Value {
    json!({"identifier": "ee", "properties": {"n": n}})
}

/// A definition in which `n` is the rank.
fn ranked() -> Value {
    let rule = |rank: usize| {
        let condition = json!({"property": "n", "operator": ">=", "value": rank});
        let query = json!({"combinator": "and", "conditions": [condition]});
        json!({"identifier": format!("r{rank}"), "level": LEVELS[rank], "query": query})
    };
    json!({"identifier": "card", "rules": (1..4).map(rule).collect::<Vec<_>>()})
}

#[test]
fn dates_ascend_whatever_the_order_of_the_files() {
    let mut series = days(&["ee=Basic", "ee=Silver", "ee=Gold"]);
    series.files.rotate_left(1);
    let printed = holds(&series, &[]);
    let days: Vec<&str> =
        list(&printed["dates"]).iter().filter_map(|date| date.as_str()?.get(..10)).collect();
    assert_eq!(days, ["2026-01-01", "2026-01-02", "2026-01-03"]);
    assert_eq!(moves(&printed), ["ee card up Basic Gold"]);
}

#[test]
fn dates_are_sorted_as_instants() {
    let mut series = days(&["ee=Basic", "ee=Silver"]);
    series.files[0].1 = dated("2026-01-02T00:30:00+02:00", "ee=Gold").to_string();
    series.files[1].1 = dated("2026-01-01T23:00:00Z", "ee=Basic").to_string();
    assert_eq!(moves(&holds(&series, &[])), ["ee card down Gold Basic"]);
}

#[test]
fn fewer_than_two_dates_or_one_date_twice_is_an_error() {
    exits(&days(&["ee=Gold"]), 2);
    let mut series = days(&["ee=Gold", "ee=Gold", "ee=Gold"]);
    series.files[2].1 = series.files[0].1.clone();
    exits(&series, 2);
    series.files[2].1 = dated("2026-01-01T02:00:00+02:00", "ee=Gold").to_string();
    exits(&series, 2);
    series.files[2] = ("2026-01-01.json".to_owned(), json!([entity(1)]).to_string());
    exits(&series, 2);
}

#[test]
fn an_entity_twice_in_a_file_is_an_error() {
    let mut series = days(&["ee=Gold ff=Gold", "ee=Gold"]);
    let mut twice = parsed(&series.files[0].1);
    twice["entities"][1] = twice["entities"][0].clone();
    series.files[0].1 = twice.to_string();
    exits(&series, 2);
    series.files[0] = ("2026-01-01.json".to_owned(), json!([entity(1), entity(2)]).to_string());
    exits(&series, 2);
}

#[test]
fn a_file_is_a_result_a_snapshot_or_entities_in_a_dated_file() {
    let snapshot = json!({
        "schemaVersion": 1, "kind": "entities", "asOf": "2026-01-03T00:00:00Z", "average": "mean",
        "failures": "incidents", "window": {"days": 84, "from": "2025-10-11T00:00:00Z", "to": "2026-01-03T00:00:00Z"},
        "entities": [entity(3)],
    });
    let mut series = days(&["ee=Basic", "ee=Bronze", "", ""]);
    series.options.definitions = vec![ranked()];
    series.files[2].1 = snapshot.to_string();
    series.files[3] = ("2026-01-04-export.ndjson".to_owned(), format!("{}\n", entity(2)));
    let printed = holds(&series, &[]);
    let counts: Vec<Value> = list(&printed["scorecards"][0]["dates"])
        .iter()
        .map(|date| list(&date["levels"]).iter().map(|level| level["count"].clone()).collect())
        .collect();
    assert_eq!(json!(counts), json!([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]));
    // entities without a date
    series.files[3].0 = "export.ndjson".to_owned();
    exits(&series, 2);
}

#[test]
fn entities_are_graded_as_of_their_date() {
    let mut series = days(&["", ""]);
    let condition = json!({"property": "t", "operator": "between", "value": {"preset": "lastDay"}});
    let query = json!({"combinator": "and", "conditions": [condition]});
    let rules = json!([{"identifier": "r", "level": "Bronze", "query": query}]);
    series.options.definitions = vec![json!({"identifier": "card", "rules": rules})];
    let entities = json!([{"identifier": "ee", "properties": {"t": "2026-01-01T12:00:00Z"}}]).to_string();
    series.files =
        vec![("2026-01-03.json".to_owned(), entities.clone()), ("2026-01-02.json".to_owned(), entities)];
    assert_eq!(moves(&holds(&series, &[])), ["ee card down Bronze Basic"]);
}

#[test]
fn the_default_scorecards_are_the_built_in_ones() {
    let entities = json!([{"identifier": "ee", "properties": {}}]).to_string();
    let files = [("2026-01-01.json", entities.as_bytes()), ("2026-01-02.json", entities.as_bytes())];
    let files = directory(&files);
    let path = |name: &str| files.path().join(name).to_str().expect("UTF-8").to_owned();
    let run = run(&["trend", &path("2026-01-01.json"), &path("2026-01-02.json"), "-f", "json"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let printed = parsed(&run.stdout);
    let names: Vec<&Value> = list(&printed["scorecards"]).iter().map(|card| &card["identifier"]).collect();
    assert!(names.contains(&&json!("dora_cfr")) && names.contains(&&json!("dora_deploy_freq")), "{names:?}");
    assert_eq!(printed["for"], 3);
}

#[test]
fn levels_applicability_and_data_are_counted_for_each_date() {
    let printed = holds(&days(&["ee=Basic? ff=Gold gg=-", "ff=Gold gg=Silver"]), &[]);
    let dates = &printed["scorecards"][0]["dates"];
    let of = |date: usize| {
        ["graded", "notApplicable", "noData"].map(|key| dates[date][key].as_u64().expect("a number"))
    };
    assert_eq!((of(0), of(1)), ([2, 1, 1], [2, 0, 0]));
    assert_eq!(dates[0]["levels"][3], json!({"title": "Gold", "color": "gold", "count": 1}));
    assert_eq!(dates[0]["levels"][1]["count"], 0);
}

#[test]
fn a_scorecard_has_an_element_for_each_date_also_where_it_is_not() {
    let printed = holds(&days(&["ee.x=Gold", "ee.y=Gold ee.x=Gold", "ee.y=Gold"]), &[]);
    let cards = list(&printed["scorecards"]);
    let names: Vec<&Value> = cards.iter().map(|card| &card["identifier"]).collect();
    assert_eq!(names, ["y", "x"]);
    let graded = |card: &Value| {
        list(&card["dates"]).iter().map(|date| date["graded"].as_u64().unwrap_or(9)).collect::<Vec<_>>()
    };
    assert_eq!([graded(&cards[0]), graded(&cards[1])], [vec![0, 1, 1], vec![1, 1, 0]]);
}

#[test]
fn the_levels_are_those_of_the_last_date_that_has_the_scorecard() {
    let mut series = days(&["ee=Gold", "ee=Bronze"]);
    let mut last = parsed(&series.files[1].1);
    last["summary"]["scorecards"][0]["levels"].as_array_mut().expect("an array").reverse();
    last["summary"]["scorecards"][0]["title"] = json!("New");
    last["entities"][0]["scorecards"]["card"]["rank"] = json!(2);
    series.files[1].1 = last.to_string();
    let printed = holds(&series, &[]);
    assert_eq!(moves(&printed), ["ee card up Gold Bronze"]);
    let card = &printed["scorecards"][0];
    assert_eq!((&card["title"], &card["dates"][0]["levels"][0]["title"]), (&json!("New"), &json!("Gold")));
    // Bronze is above Gold and Silver
    assert_eq!(card["below"], "Bronze");
}

#[test]
fn moves_are_between_the_first_and_the_last_date() {
    let series = days(&[
        "aa=Basic bb=Gold cc=Basic dd=- ff=Gold",
        "aa=Gold bb=Basic cc=Gold dd=Gold",
        "ff=Bronze dd=Gold cc=Basic bb=Silver aa=Bronze gg=Gold",
    ]);
    let printed = holds(&series, &[]);
    let expected = ["ff card down Gold Bronze", "bb card down Gold Silver", "aa card up Basic Bronze"];
    assert_eq!(moves(&printed), expected);
    let card = &printed["scorecards"][0];
    assert_eq!((&card["up"], &card["down"], &card["stuck"]), (&json!(1), &json!(2), &json!(0)));
}

#[test]
fn stuck_are_those_below_the_level_at_each_of_the_last_dates() {
    let said = ["aa=Basic bb=Basic", "aa=Basic bb=Gold", "bb=Basic aa=Basic?", "cc=Basic bb=Basic aa=Basic?"];
    let mut series = days(&said);
    let printed = holds(&series, &["aa card Basic? 2026-01-01"]);
    assert_eq!(printed["scorecards"][0]["stuck"], 1);
    series.options.row = 2;
    holds(&series, &["bb card Basic 2026-01-03", "aa card Basic? 2026-01-01"]);
    series.options.row = 1;
    holds(&series, &["cc card Basic 2026-01-04", "bb card Basic 2026-01-03", "aa card Basic? 2026-01-01"]);
}

#[test]
fn with_fewer_dates_than_the_row_is_long_nobody_is_stuck() {
    let mut series = days(&["ee=Basic", "ee=Basic"]);
    holds(&series, &[]);
    series.options.row = 2;
    holds(&series, &["ee card Basic 2026-01-01"]);
}

#[test]
fn a_date_at_which_an_entity_is_absent_or_not_applicable_breaks_the_row() {
    let mut series = days(&["aa=Basic bb=Basic cc=Basic", "aa=- cc=Basic", "aa=Basic bb=Basic cc=Basic"]);
    holds(&series, &["cc card Basic 2026-01-01"]);
    series.options.row = 1;
    holds(&series, &["aa card Basic 2026-01-03", "bb card Basic 2026-01-03", "cc card Basic 2026-01-01"]);
}

#[test]
fn without_data_a_date_breaks_the_row_only_if_such_dates_are_skipped() {
    let mut series =
        days(&["aa=Basic bb=Basic?", "aa=Basic? bb=Basic", "aa=Basic bb=Basic", "aa=Basic bb=Basic"]);
    holds(&series, &["aa card Basic 2026-01-01", "bb card Basic 2026-01-01"]);
    series.options.skips = true;
    holds(&series, &["bb card Basic 2026-01-02"]);
}

#[test]
fn below_is_bronze_or_the_first_level_above_the_base_or_as_asked() {
    let said = ["aa=Bronze bb=Basic", "aa=Bronze bb=Basic", "aa=Bronze bb=Basic"];
    let mut series = days(&said);
    holds(&series, &["bb card Basic 2026-01-01"]);
    series.options.below = Some("silver".to_owned());
    let printed = holds(&series, &["aa card Bronze 2026-01-01", "bb card Basic 2026-01-01"]);
    assert_eq!(printed["scorecards"][0]["below"], "Silver");
    let other = |from: &str, to: &str| {
        let mut series = days(&said);
        for (_, text) in &mut series.files {
            *text = text.replace(&format!("\"{from}\""), &format!("\"{to}\""));
        }
        holds(&series, &["bb card Basic 2026-01-01"])["scorecards"][0]["below"].clone()
    };
    assert_eq!(other("Bronze", "Tin"), "Tin");
    assert_eq!(other("Gold", "Platinum"), "Bronze");
}

#[test]
fn a_scorecard_with_a_base_level_only_has_nothing_to_be_below() {
    let mut series = days(&["ee=Basic", "ee=Basic", "ee=Basic"]);
    for (_, text) in &mut series.files {
        let mut document = parsed(text);
        document["summary"]["scorecards"][0]["levels"].as_array_mut().expect("an array").truncate(1);
        document["summary"]["scorecards"][0]["rules"] = json!([]);
        document["entities"][0]["scorecards"]["card"]["rules"] = json!([]);
        *text = document.to_string();
    }
    assert_eq!(holds(&series, &[])["scorecards"][0]["below"], Value::Null);
}

#[test]
fn fail_on_stuck_exits_with_1_when_there_are_any() {
    let mut series = days(&["aa=Basic bb=Gold", "aa=Basic bb=Gold", "aa=Basic bb=Gold"]);
    exits(&series, 0);
    series.options.fails = true;
    exits(&series, 1);
    series.options.below = Some("Gold".to_owned());
    exits(&series, 1);
    let mut fine = days(&["aa=Basic", "aa=Basic", "aa=Bronze"]);
    fine.options.fails = true;
    exits(&fine, 0);
}

#[test]
fn fail_on_stuck_exits_with_3_when_it_could_not_have_failed() {
    let fails = |said: &[&str]| {
        let mut series = days(said);
        series.options.fails = true;
        series
    };
    exits(&fails(&["ee=Basic", "ee=Basic"]), 3);
    exits(&fails(&["ee=Basic", "ee=Basic", ""]), 3);
    exits(&fails(&["ee=Basic", "ee=Basic", "ee=Basic", ""]), 3);
    exits(&fails(&["", "", "ee=Basic"]), 0);
}

#[test]
fn no_format_changes_the_verdict() {
    let mut series = days(&["entity-a=Basic", "entity-a=Basic", "entity-a=Basic"]);
    series.options.fails = true;
    for format in ["table", "json", "csv", "markdown", "slack"] {
        let run = series.run(format);
        assert_eq!(run.code, 1, "{format}: {}", run.stderr);
        assert!(format == "csv" || run.stdout.contains("entity-a"), "{format}: {}", run.stdout);
    }
}

#[test]
fn csv_has_a_line_a_scorecard_date_and_level_and_one_for_not_applicable() {
    let series = days(&["ee=Basic? ff=Gold gg=-", "ee=Basic"]);
    let run = series.run("csv");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let rows = csv_fields(&run.stdout);
    assert_eq!(rows[0], ["scorecard", "blueprint", "asOf", "level", "rank", "count"]);
    let mut expected = Vec::new();
    for (date, counts) in [("2026-01-01", [1, 0, 0, 1, 1]), ("2026-01-02", [1, 0, 0, 0, 0])] {
        for (rank, count) in counts.iter().enumerate() {
            let level = LEVELS.get(rank).copied().unwrap_or_default();
            let rank = if level.is_empty() { String::new() } else { rank.to_string() };
            let date = format!("{date}T00:00:00Z");
            expected.push(
                ["card", "service", &date, level, &rank, &count.to_string()].map(str::to_owned).to_vec(),
            );
        }
    }
    let sorted = |mut rows: Vec<Vec<String>>| {
        rows.sort();
        rows
    };
    assert_eq!(sorted(rows[1..].to_vec()), sorted(expected));
}
