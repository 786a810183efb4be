//! Section 4 of the specification: blueprints, filters, the climb and results without data. Also the result document
//! of section 5.

use super::{each, result, rule};
use serde_json::{Value, json};

/// A scorecard with a rule for each of these levels. The rule passes if the property named like the level is true.
fn climber(levels: &[&str]) -> String {
    let rules: Vec<String> = levels
        .iter()
        .map(|level| {
            rule(level, level, &format!(r#"{{"property": "{level}", "operator": "=", "value": true}}"#))
        })
        .collect();
    format!(r#"{{"identifier": "c", "rules": [{}]}}"#, rules.join(","))
}

fn of(result: &Value, index: usize) -> &Value {
    &result["entities"][index]["scorecards"]["c"]
}

#[test]
fn the_level_of_a_rule_is_found_in_any_case_if_no_title_is_equal() {
    let always = r#"{"property": "x", "operator": "isEmpty"}"#;
    for (titles, named, level) in [
        (["Basic", "Bronze", "Gold"], "GOLD", "Gold"),
        (["Basic", "Größe", "Gold"], "GRÖßE", "Größe"),
        (["Basic", "GOLD", "Gold"], "Gold", "Gold"),
        // of several, the lowest
        (["Basic", "GOLD", "Gold"], "gold", "GOLD"),
    ] {
        let levels = json!(titles.map(|title| json!({"title": title})));
        let set =
            format!(r#"{{"identifier": "c", "levels": {levels}, "rules": [{}]}}"#, rule("r", named, always));
        let result = result(&set, r#"{"identifier": "a"}"#);
        assert_eq!(of(&result, 0)["level"], level, "{named}");
        assert_eq!(of(&result, 0)["rules"][0]["level"], level, "{named}");
    }
}

#[test]
fn the_first_level_with_a_failing_rule_ends_the_climb() {
    for (with_rules, passing, level, rank) in [
        (&["Bronze", "Silver", "Gold"][..], &["Bronze", "Silver", "Gold"][..], "Gold", 3),
        (&["Bronze", "Silver", "Gold"], &["Bronze", "Silver"], "Silver", 2),
        (&["Bronze", "Silver", "Gold"], &["Silver", "Gold"], "Basic", 0),
        (&["Bronze", "Silver", "Gold"], &["Bronze", "Gold"], "Bronze", 1),
        (&["Bronze", "Silver", "Gold"], &[], "Basic", 0),
        // a level without rules is skipped, and no entity reaches it
        (&["Gold"], &["Gold"], "Gold", 3),
        (&["Gold"], &[], "Basic", 0),
        (&["Bronze", "Gold"], &["Bronze"], "Bronze", 1),
        (&["Bronze"], &["Bronze"], "Bronze", 1),
        (&[], &[], "Basic", 0),
        // the order of the rules does not matter
        (&["Gold", "Bronze"], &["Gold"], "Basic", 0),
    ] {
        let all = ["Bronze", "Silver", "Gold"];
        let properties: Value = all
            .iter()
            .map(|name| ((*name).to_owned(), json!(passing.contains(name))))
            .collect::<serde_json::Map<_, _>>()
            .into();
        let entity = json!({"identifier": "a", "properties": properties});
        let result = result(&climber(with_rules), &entity.to_string());
        let card = of(&result, 0);
        let what = format!("{with_rules:?} with {passing:?}");
        assert_eq!(card["level"], level, "{what}");
        assert_eq!(card["rank"], rank, "{what}");
        assert_eq!(card["total"], with_rules.len(), "{what}");
        assert_eq!(card["passed"], passing.len(), "{what}: rules above are evaluated too");
        assert_eq!(each(&card["rules"], "level"), with_rules, "{what}: the order is that of the definition");
        assert_eq!(card["noData"], false, "{what}");
    }
}

#[test]
fn two_rules_of_one_level_must_both_pass() {
    let set = format!(
        r#"{{"identifier": "c", "levels": [{{"title": "No"}}, {{"title": "Yes", "color": "green"}}], "rules": [{}, {}]}}"#,
        rule("x", "Yes", r#"{"property": "x", "operator": "=", "value": 1}"#),
        rule("y", "Yes", r#"{"property": "y", "operator": "=", "value": 1}"#),
    );
    let result =
        result(&set, r#"[{"identifier": "a", "x": 1, "y": 1}, {"identifier": "b", "x": 1, "y": 2}]"#);
    assert_eq!(of(&result, 0)["level"], "Yes");
    assert_eq!(of(&result, 1)["level"], "No");
    assert_eq!(of(&result, 1)["passed"], 1);
    let levels = &result["summary"]["scorecards"][0]["levels"];
    assert_eq!(
        *levels,
        json!([{"title": "No", "color": null, "count": 1, "noData": 0}, {"title": "Yes", "color": "green", "count": 1, "noData": 0}])
    );
}

/// Each case is a failing query, the properties of an entity, and whether the query fails for lack of data.
#[test]
fn a_query_lacks_data_if_its_failing_conditions_do() {
    let at_least = |name: &str| format!(r#"{{"property": "{name}", "operator": ">=", "value": 5}}"#);
    let guard = r#"{"property": "n", "operator": ">", "value": 0}"#.to_owned();
    let empty = r#"{"property": "x", "operator": "isNotEmpty"}"#.to_owned();
    let group = |combinator: &str, members: &[&str]| {
        format!(r#"{{"combinator": "{combinator}", "conditions": [{}]}}"#, members.join(","))
    };
    let (x, y) = (at_least("x"), at_least("y"));
    for (query, properties, no_data) in [
        (group("and", &[&x]), json!({}), true),
        (group("and", &[&x]), json!({"x": null}), true),
        (group("and", &[&x]), json!({"x": 4}), false),
        (group("and", &[&x]), json!({"x": ""}), false),
        (group("and", &[&x]), json!({"x": []}), false),
        (group("and", &[&x]), json!({"x": "9"}), false),
        (group("and", &[&empty]), json!({}), true),
        (group("and", &[&empty]), json!({"x": ""}), false),
        // the zero guard `> 0` lacks data, but only for the number 0
        (group("and", &[&guard]), json!({"n": 0}), true),
        (group("and", &[&guard]), json!({"n": -0.0}), true),
        (group("and", &[&guard]), json!({"n": -1}), false),
        (group("and", &[&guard]), json!({"n": "0"}), false),
        (group("and", &[&guard]), json!({"n": [0]}), false),
        (group("and", &[r#"{"property": "n", "operator": ">=", "value": 1}"#]), json!({"n": 0}), false),
        (group("and", &[r#"{"property": "n", "operator": ">", "value": 0.5}"#]), json!({"n": 0}), false),
        // with `and`, one failing member without data is enough; with `or`, all must lack data
        (group("and", &[&guard, &x]), json!({"n": 0, "x": 4}), true),
        (group("and", &[&guard, &x]), json!({"n": 1, "x": 4}), false),
        (group("and", &[&x, &y]), json!({"x": 4}), true),
        (group("or", &[&x, &y]), json!({"x": 4}), false),
        (group("or", &[&x, &y]), json!({}), true),
        (group("or", &[&x, &group("and", &[&y, &guard])]), json!({"y": 1, "n": 0}), true),
        (group("or", &[&x, &group("and", &[&y, &guard])]), json!({"y": 1, "n": 2}), false),
        // a passing condition never lacks data
        (group("and", &[r#"{"property": "x", "operator": "!=", "value": 1}"#, &y]), json!({"x": 1}), true),
        (group("and", &[r#"{"property": "x", "operator": "!=", "value": 1}"#, &y]), json!({"y": 1}), false),
    ] {
        let set = format!(
            r#"{{"identifier": "c", "rules": [{{"identifier": "r", "level": "Gold", "query": {query}}}]}}"#
        );
        let entity = json!({"identifier": "a", "properties": properties});
        let result = result(&set, &entity.to_string());
        let card = of(&result, 0);
        assert_eq!(card["level"], "Basic", "{query} on {properties}");
        assert_eq!(card["noData"], no_data, "{query} on {properties}");
        assert_eq!(result["summary"]["scorecards"][0]["noData"], u64::from(no_data));
        assert_eq!(result["summary"]["scorecards"][0]["graded"], 1, "no data is graded");
    }
}

#[test]
fn a_result_has_no_data_if_all_failing_rules_of_the_blocking_level_lack_data() {
    let set = format!(
        r#"{{"identifier": "c", "rules": [{}, {}, {}]}}"#,
        rule("b", "Bronze", r#"{"property": "b", "operator": ">", "value": 1}"#),
        rule("s", "Silver", r#"{"property": "s", "operator": ">", "value": 1}"#),
        rule("t", "Silver", r#"{"property": "t", "operator": ">", "value": 1}"#),
    );
    for (properties, level, no_data) in [
        (json!({}), "Basic", true),
        (json!({"b": 2}), "Bronze", true),
        (json!({"b": 2, "s": 2}), "Bronze", true),
        (json!({"b": 2, "s": 1}), "Bronze", false),
        (json!({"b": 1}), "Basic", false),
        (json!({"b": 2, "s": 2, "t": 2}), "Silver", false),
        (json!({"s": 2, "t": 2}), "Basic", true),
    ] {
        let entity = json!({"identifier": "a", "properties": properties});
        let result = result(&set, &entity.to_string());
        assert_eq!(of(&result, 0)["level"], level, "{properties}");
        assert_eq!(of(&result, 0)["noData"], no_data, "{properties}");
    }
}

#[test]
fn filters_and_blueprints_decide_which_entities_are_graded() {
    let set = format!(
        r#"[{{"identifier": "c", "title": "Filtered", "filter": {{"combinator": "or", "conditions": [
            {{"property": "tier", "operator": "=", "value": 1}}, {{"property": "$team", "operator": "contains", "value": "core"}}]}},
            "rules": [{}]}},
          {{"identifier": "d", "blueprint": "library", "rules": []}}]"#,
        rule("r", "Gold", r#"{"property": "x", "operator": ">", "value": 0}"#)
    );
    let entities = r#"[
        {"identifier": "one", "tier": 1, "x": 1}, {"identifier": "two", "tier": 2, "x": 1}, {"identifier": "three"},
        {"identifier": "four", "tier": 3, "team": ["core"]}, {"identifier": "five", "blueprint": "library", "tier": 1},
        {"identifier": "six", "blueprint": "Service", "tier": 1}]"#;
    let result = result(&set, entities);
    assert_eq!(of(&result, 0)["level"], "Gold");
    assert_eq!(result["entities"][1]["scorecards"], json!({"c": null}), "not applicable is null");
    assert_eq!(result["entities"][2]["scorecards"], json!({"c": null}));
    assert_eq!(of(&result, 3)["level"], "Basic");
    let library = &result["entities"][4]["scorecards"];
    assert_eq!(
        *library,
        json!({"d": {"level": "Basic", "rank": 0, "noData": false, "passed": 0, "total": 0, "rules": []}})
    );
    assert_eq!(result["entities"][5]["scorecards"], json!({}), "blueprints differ in case");
    let summary = &result["summary"];
    assert_eq!(summary["entities"], 6);
    let card = &summary["scorecards"][0];
    assert_eq!((&card["graded"], &card["notApplicable"], &card["noData"]), (&json!(2), &json!(2), &json!(1)));
    assert_eq!(
        card["levels"]
            .as_array()
            .expect("levels")
            .iter()
            .map(|level| level["count"].as_u64())
            .collect::<Option<Vec<_>>>(),
        Some(vec![1, 0, 0, 1])
    );
    assert_eq!(
        card["rules"],
        json!([{"identifier": "r", "title": "r", "level": "Gold", "passed": 1, "failed": 1}])
    );
}

/// The example of section 5 of the specification.
#[test]
fn the_result_document_has_exactly_these_keys() {
    let set = format!(
        r#"{{"identifier": "cfr", "title": "Change Failure Rate", "levels": [{{"title": "Basic", "color": "paleBlue"}}, {{"title": "Gold"}}],
            "rules": [{{"identifier": "elite", "title": "At most 5 %", "level": "Gold", "query": {{"combinator": "and", "conditions": [{}]}}}}]}}"#,
        r#"{"property": "cfr", "operator": "<=", "value": 5}"#
    );
    let entities =
        r#"{"identifier": "checkout", "title": "Checkout", "team": "payments", "properties": {"cfr": 7}}"#;
    assert_eq!(
        result(&set, entities),
        json!({
            "schemaVersion": 1,
            "kind": "result",
            "asOf": super::AS_OF,
            "entities": [{
                "identifier": "checkout", "title": "Checkout", "blueprint": "service", "team": ["payments"],
                "scorecards": {"cfr": {"level": "Basic", "rank": 0, "noData": false, "passed": 0, "total": 1,
                    "rules": [{"identifier": "elite", "level": "Gold", "status": "FAILURE"}]}}}],
            "summary": {"entities": 1, "scorecards": [{
                "identifier": "cfr", "title": "Change Failure Rate", "blueprint": "service", "digest": "408c100ce9b102e1",
                "graded": 1, "notApplicable": 0, "noData": 0,
                "levels": [{"title": "Basic", "color": "paleBlue", "count": 1, "noData": 0}, {"title": "Gold", "color": null, "count": 0, "noData": 0}],
                "rules": [{"identifier": "elite", "title": "At most 5 %", "level": "Gold", "passed": 0, "failed": 1}]}]}
        })
    );
}
