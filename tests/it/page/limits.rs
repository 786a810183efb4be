//! Which rows a long table keeps, and the order and the groups of rows.

use super::{Case, assert_says, counts, expected_counts, list, page_of, pie, rows, table, text, widget};
use crate::random;
use crate::schema::check;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Scorecards `c` (Bronze above 1, Silver above 2, Gold above 3 of `n`) and `d` (Gold above 5 of `m`).
fn set() -> Value {
    let rule = |property: &str, level: &str, value: u32| {
        json!({"identifier": format!("{property}{value}"), "level": level, "query": {"combinator": "and",
            "conditions": [{"property": property, "operator": ">", "value": value}]}})
    };
    json!([
        {"identifier": "c", "title": "First", "rules": [rule("n", "Bronze", 1), rule("n", "Silver", 2), rule("n", "Gold", 3)]},
        {"identifier": "d", "title": "Second", "levels": [{"title": "Basic"}, {"title": "Gold"}], "rules": [rule("m", "Gold", 5)]},
    ])
}

fn entities() -> impl Strategy<Value = Vec<Value>> {
    let words = ["b", "a", "c", "z", "m"];
    let entity = (0..6_u32, 0..8_u32, proptest::sample::select(words.to_vec()), 0..4_usize);
    prop::collection::vec(entity, 0..40).prop_map(|drawn| {
        let of = |(index, (n, m, word, teams)): (usize, (u32, u32, &str, usize))| {
            let team = &["red", "blue", "red"][..teams];
            json!({"identifier": format!("e{index}"), "title": format!("{word} {index}"), "n": n, "m": m, "word": word,
                "team": team})
        };
        drawn.into_iter().enumerate().map(of).collect()
    })
}

const COLUMNS: [&str; 5] = ["$title", "$team", "word", "scorecard#c", "scorecard#d"];

fn rank_of(entity: &Value, card: &str) -> u64 {
    entity["scorecards"][card]["rank"].as_u64().expect("a rank")
}

/// The identifiers of the rows of the only table.
fn shown(case: &Case, more: &[&str]) -> (Vec<String>, usize, usize, String) {
    let page = case.html(more);
    let table = page.with("data-total")[0];
    let identifiers = rows(table).into_iter().map(|(identifier, _)| identifier).collect();
    (identifiers, table.number("data-total"), table.number("data-shown"), page.text())
}

#[test]
fn a_long_table_keeps_the_lowest_by_the_sum_of_ranks() {
    check((entities(), 1..20_usize, prop::bool::ANY), 40, |(entities, limit, one_card)| {
        let columns = if one_card { &["$title", "scorecard#d"][..] } else { &COLUMNS };
        let page = page_of(&[table(columns, &json!({})), pie("pie", "scorecard#c")]);
        let case = Case::new(&json!(entities)).scorecards(&set()).page(&page);
        let number = limit.to_string();
        let (found, total, kept, said) = shown(&case, &["--limit", &number]);
        let result = case.result(&[]);
        let sums: BTreeMap<&str, u64> = list(&result["entities"])
            .iter()
            .map(|one| {
                (text(&one["identifier"]), rank_of(one, "d") + if one_card { 0 } else { rank_of(one, "c") })
            })
            .collect();
        prop_assert_eq!((total, kept), (entities.len(), entities.len().min(limit)));
        prop_assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), kept);
        let mut all: Vec<u64> = sums.values().copied().collect();
        all.sort_unstable();
        let mut own: Vec<u64> = found.iter().map(|identifier| sums[identifier.as_str()]).collect();
        own.sort_unstable();
        prop_assert_eq!(&own, &all[..kept]);
        if kept < total {
            prop_assert!(said.contains(&number) && said.contains(&total.to_string()), "{}", said);
        }
        // the distribution counts all
        let page = case.html(&["--limit", &number]);
        prop_assert_eq!(
            &counts(widget(&page, "pie")).1,
            &expected_counts(&result["summary"]["scorecards"][0]).1
        );
        Ok(())
    });
}

#[test]
fn a_table_lists_2000_entities_and_with_limit_0_all() {
    let entities: Vec<Value> =
        (0..2_100).map(|index| json!({"identifier": format!("e{index}"), "n": index % 5})).collect();
    let case = Case::new(&json!(entities)).scorecards(&set()).page(&page_of(&[table(&COLUMNS, &json!({}))]));
    let (found, total, kept, said) = shown(&case, &[]);
    assert_eq!((found.len(), total, kept), (2_000, 2_100, 2_000));
    assert!(
        ["2,000", "2000", "2,100", "2100"].iter().any(|number| said.contains(number)),
        "the page says so"
    );
    // ranks 0, 0, 1, 2, 3 in turn: those of Gold are left out, and of these the 100 that do not fit
    let gold = found.iter().filter(|name| name[1..].parse::<u32>().expect("a number") % 5 == 4).count();
    assert_eq!(gold, 420 - 100);
    let (found, total, kept, _) = shown(&case, &["--limit", "0"]);
    assert_eq!((found.len(), total, kept), (2_100, 2_100, 2_100));
}

#[test]
fn in_tables_of_more_than_500_rows_only_the_failing_rules_are_listed() {
    for (count, is_long) in [(500, false), (501, true)] {
        let entities: Vec<Value> =
            (0..count).map(|index| json!({"identifier": format!("e{index}"), "n": index % 5})).collect();
        let case =
            Case::new(&json!(entities)).scorecards(&set()).page(&page_of(&[table(&COLUMNS, &json!({}))]));
        let page = case.html(&[]);
        let rules = page.with("data-rule");
        let passing = rules.iter().filter(|rule| rule.value("data-status") == "SUCCESS").count();
        let failing = rules.iter().filter(|rule| rule.value("data-status") == "FAILURE").count();
        // three rules of `c`, one of `d`: per five entities 3 + 3 + 2 + 1 fail, and all of `d`
        assert_eq!(failing, count / 5 * (9 + 5) + if count % 5 == 1 { 4 } else { 0 });
        assert_eq!(passing, if is_long { 0 } else { count / 5 * 6 });
    }
}

/// What sorts a row by a column.
fn key_of<'e>(entity: &'e Value, result: &Value, column: &str) -> (u64, &'e str) {
    match column.strip_prefix("scorecard#") {
        Some(card) => (rank_of(result, card), ""),
        None if column == "$title" => (0, text(&entity["title"])),
        None => (0, text(&entity[column])),
    }
}

#[test]
fn rows_stand_in_the_order_that_is_asked_for() {
    let column = proptest::sample::select(vec!["$title", "word", "scorecard#c", "scorecard#d"]);
    let orders = prop::collection::vec((column, prop::bool::ANY), 1..3);
    check((entities(), orders, 5..40_usize), 40, |(entities, orders, limit)| {
        let by: Vec<Value> = orders
            .iter()
            .map(|(column, is_up)| json!({"property": column, "order": if *is_up { "asc" } else { "desc" }}))
            .collect();
        let settings = json!({"sortSettings": {"sortBy": by}});
        let case =
            Case::new(&json!(entities)).scorecards(&set()).page(&page_of(&[table(&COLUMNS, &settings)]));
        let (found, ..) = shown(&case, &["--limit", &limit.to_string()]);
        let result = case.result(&[]);
        let at = |identifier: &str| {
            let index = entities.iter().position(|one| one["identifier"] == identifier).expect("it is there");
            (&entities[index], &result["entities"][index])
        };
        for pair in found.windows(2) {
            let (one, other) = (at(&pair[0]), at(&pair[1]));
            let order = orders.iter().fold(Ordering::Equal, |order, (column, is_up)| {
                let by = key_of(one.0, one.1, column).cmp(&key_of(other.0, other.1, column));
                order.then(if *is_up { by } else { by.reverse() })
            });
            prop_assert!(order != Ordering::Greater, "{} stands before {} by {:?}", pair[0], pair[1], orders);
        }
        Ok(())
    });
}

#[test]
fn an_entity_of_several_teams_stands_in_each_and_none_last() {
    for grouped in ["team", "$team"] {
        let settings = json!({"groupSettings": {"groupBy": [grouped]}});
        check(random::sets(), 24, |(scorecards, entities)| {
            let own = scorecards
                .iter()
                .filter(|card| card["blueprint"] == "service" || card["blueprint"].is_null());
            let cards: Vec<String> =
                own.map(|card| format!("scorecard#{}", text(&card["identifier"]))).collect();
            let columns: Vec<&str> = ["$title"].into_iter().chain(cards.iter().map(String::as_str)).collect();
            let table = table(&columns, &settings);
            let case = Case::new(&json!(entities)).scorecards(&json!(scorecards)).page(&page_of(&[table]));
            let result = case.result(&[]);
            let mut expected: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for entity in list(&result["entities"]).iter().filter(|entity| entity["blueprint"] == "service") {
                let mut teams: BTreeSet<&str> = list(&entity["team"]).iter().map(text).collect();
                if teams.is_empty() {
                    teams.insert("");
                }
                for team in teams {
                    expected.entry(team.to_owned()).or_default().push(text(&entity["identifier"]).to_owned());
                }
            }
            let page = case.html(&[]);
            let Some(table) = page.with("data-total").into_iter().next() else {
                prop_assert!(expected.is_empty());
                return Ok(());
            };
            let groups = table.with("data-group");
            let names: Vec<&str> = groups.iter().map(|group| group.value("data-group")).collect();
            let unnamed = names.iter().position(|name| name.is_empty());
            prop_assert!(unnamed.is_none_or(|at| at + 1 == names.len()), "{:?}", names);
            let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for group in groups {
                prop_assert_eq!(&group.name, "tbody");
                let mut own: Vec<String> =
                    rows(group).into_iter().map(|(identifier, _)| identifier).collect();
                own.sort();
                prop_assert_eq!(found.insert(group.value("data-group").to_owned(), own), None);
            }
            found.retain(|_, rows| !rows.is_empty());
            expected.values_mut().for_each(|rows| rows.sort());
            prop_assert_eq!(found, expected);
            Ok(())
        });
    }
}

#[test]
fn rows_may_be_grouped_by_a_property() {
    let entities = json!([{"identifier": "a", "tier": "one"}, {"identifier": "b", "tier": 2}, {"identifier": "c"},
        {"identifier": "d", "tier": "one"}, {"identifier": "e", "tier": true}, {"identifier": "f", "tier": null}]);
    let settings = json!({"groupSettings": {"groupBy": ["tier"]}});
    let case = Case::new(&entities).scorecards(&set()).page(&page_of(&[table(&COLUMNS, &settings)]));
    let page = case.html(&[]);
    let groups: BTreeMap<&str, Vec<String>> = page
        .with("data-group")
        .into_iter()
        .map(|group| (group.value("data-group"), rows(group).into_iter().map(|row| row.0).collect()))
        .collect();
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let expected = [("one", &["a", "d"][..]), ("2", &["b"]), ("true", &["e"]), ("", &["c", "f"])]
        .map(|(name, own)| (name, owned(own)));
    assert_eq!(groups, BTreeMap::from(expected));
}

#[test]
fn a_table_without_groups_lists_each_entity_once() {
    let entities = json!([{"identifier": "a", "team": ["red", "blue"]}, {"identifier": "b"}]);
    let case = Case::new(&entities)
        .scorecards(&set())
        .page(&page_of(&[table(&COLUMNS, &json!({"groupSettings": {"groupBy": []}}))]));
    let (found, ..) = shown(&case, &[]);
    assert_eq!(found.len(), 2);
    let page = case.html(&[]);
    assert_says(widget(&page, "table"), &["red", "blue"]);
}
