//! Every operator: one line for each condition, with the actual values for which it passes and fails.
//!
//! The table becomes one set of scorecards and one stream of entities, which are graded in one run.

use super::{each, result, rule};
use serde_json::{Value, json};

/// The operator and the value of a condition, then two JSON arrays of actual values: those that pass and those that
/// fail. The actual value `"@missing"` means that the entity does not have the property.
#[rustfmt::skip]
const CASES: &[(&str, &str, &str)] = &[
    // = and !=: type and value, no coercion
    (r#""operator": "=", "value": "Go""#, r#"["Go", ["Rust", "Go"]]"#, r#"["go", "Go ", 1, true, null, "@missing", [], {}, ["go"], [["Go"]], {"Go": "Go"}]"#),
    (r#""operator": "=", "value": 7"#, r#"[7, 7.0, 70e-1, [1, 7]]"#, r#"["7", 7.1, true, null, "@missing", [], ["7"]]"#),
    (r#""operator": "=", "value": 0"#, r#"[0, -0.0, 0e5]"#, r#"[false, "", "0", null, "@missing", [], 1e-300]"#),
    (r#""operator": "=", "value": true"#, r#"[true, [false, true]]"#, r#"[false, 1, "true", null, "@missing"]"#),
    (r#""operator": "=", "value": false"#, r#"[false]"#, r#"[true, 0, "", null, "@missing", []]"#),
    (r#""operator": "=", "value": """#, r#"["", ["", "x"]]"#, r#"[" ", null, "@missing", [], {}]"#),
    (r#""operator": "=", "value": "2026-01-01T00:00:00Z""#, r#"["2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", "2026-01-01 00:00:00.000z"]"#, r#"["2026-01-01", "2026-01-01T00:00:01Z", "2026-01-01T00:00:60Z", "2026-01-01T00:00:00"]"#),
    (r#""operator": "=", "value": ["a", 1]"#, r#"[["a", 1], [1, "a"], [1, 1.0, "a"]]"#, r#"["a", 1, ["a"], ["a", 1, 2], ["a", "1"], [], null, "@missing", {}]"#),
    (r#""operator": "=", "value": ["a"]"#, r#"["a", ["a"], ["a", "a"]]"#, r#"["b", [], ["a", null], [["a"]], null, "@missing"]"#),
    (r#""operator": "=", "value": []"#, r#"[[]]"#, r#"["a", "", null, "@missing", {}, [null]]"#),
    (r#""operator": "!=", "value": "Go""#, r#"["go", 1, null, "@missing", [], {}, ["Rust"]]"#, r#"["Go", ["Rust", "Go"]]"#),
    (r#""operator": "!=", "value": 7"#, r#"["7", null, "@missing", [], 8]"#, r#"[7, 7.0, [7]]"#),
    (r#""operator": "!=", "value": ["a", "b"]"#, r#"["a", ["a"], [], null, "@missing"]"#, r#"[["b", "a"]]"#),
    (r#""operator": "=", "value": {"from": "2026-01-01", "to": "2026-01-02"}"#, r#"["2026-01-02T23:59:59Z", "2026-01-01"]"#, r#"["2026-01-03", "x", null, "@missing", 5]"#),
    (r#""operator": "!=", "value": {"from": "2026-01-01", "to": "2026-01-02"}"#, r#"["2026-01-03", "x", null, "@missing", 5]"#, r#"["2026-01-02T23:59:59Z", "2026-01-01"]"#),
    // ordering: numbers with numbers, instants with instants
    (r#""operator": ">", "value": 5"#, r#"[5.0001, 1e300, [1, 6]]"#, r#"[5, 4, -6, "6", "x", true, null, "@missing", [], {}, [1, "6"], [[6]]]"#),
    (r#""operator": ">=", "value": 5"#, r#"[5, 5.0, 6, [4, 5]]"#, r#"[4.999, "5", null, "@missing", [], true]"#),
    (r#""operator": "<", "value": 5"#, r#"[4.999, -1e300, 0, [6, 4]]"#, r#"[5, 6, "4", null, "@missing", [], false]"#),
    (r#""operator": "<=", "value": 5"#, r#"[5, 4, -0.0, [6, 5]]"#, r#"[5.0001, "5", null, "@missing", [], {}]"#),
    (r#""operator": ">", "value": -0.5"#, r#"[-0.25, 0]"#, r#"[-0.5, -1, null]"#),
    (r#""operator": ">", "value": 9007199254740992"#, r#"[9007199254740994]"#, r#"[9007199254740992, 9007199254740993]"#),
    (r#""operator": ">", "value": "2026-01-01T00:00:00Z""#, r#"["2026-01-01T00:00:00.000000001Z", "2026-01-01T00:30:00-01:00"]"#, r#"["2026-01-01T00:00:00Z", "2026-01-01T00:30:00+01:00", "2026-01-02", "2027", "zzz", 99999999999999, null, "@missing"]"#),
    (r#""operator": "<=", "value": "2026-01-01T00:00:00.5+00:00""#, r#"["2026-01-01t00:00:00.5z", "2025-12-31 23:59:59Z", "2026-01-01T00:00:00.5000000009Z"]"#, r#"["2026-01-01T00:00:00.500000001Z", "2025-01-01", null, "@missing", 0]"#),
    // contains: substring of a text, element of an array
    (r#""operator": "contains", "value": "ab""#, r#"["cabd", "ab", ["x", "ab"]]"#, r#"["AB", "a b", "", ["cabd"], null, "@missing", [], {"ab": "ab"}, true]"#),
    (r#""operator": "contains", "value": 12"#, r#"[12, 3120, "a12", 0.125e2, [5, 12]]"#, r#"[1.2, "1 2", ["12"], null, "@missing"]"#),
    (r#""operator": "contains", "value": "1000000000000000000000""#, r#"[1e21, 1e22]"#, r#"[1e20, "1e21"]"#),
    (r#""operator": "contains", "value": "-0""#, r#"[-0.5, "-0"]"#, r#"[0, -0.0]"#),
    (r#""operator": "contains", "value": """#, r#"["", "x", 5, [""]]"#, r#"[["x"], [], null, "@missing", {}, true]"#),
    (r#""operator": "contains", "value": ["a", "b"]"#, r#"["ab", "b-a", ["b", "a", 1]]"#, r#"["a", ["a"], ["ab"], [], null, "@missing"]"#),
    (r#""operator": "contains", "value": []"#, r#"["", "x", 5, [], [1]]"#, r#"[null, "@missing", {}, true]"#),
    (r#""operator": "doesNotContains", "value": "ab""#, r#"["AB", "", ["cabd"], null, "@missing", [], {}, true]"#, r#"["cabd", ["ab"]]"#),
    (r#""operator": "doesNotContains", "value": []"#, r#"[null, "@missing", {}, false]"#, r#"["", 0, []]"#),
    // beginsWith and endsWith
    (r#""operator": "beginsWith", "value": "pre""#, r#"["pre", "prefix", ["x", "pre1"]]"#, r#"["Prefix", "a pre", "", null, "@missing", [], [["pre"]], {}, true]"#),
    (r#""operator": "beginsWith", "value": 12"#, r#"[12, 123, 12.5, "12x"]"#, r#"[1.2, -12, 0.12, null, "@missing"]"#),
    (r#""operator": "endsWith", "value": "fix""#, r#"["fix", "suffix", ["fix"]]"#, r#"["fix ", "Fix", "", null, "@missing", [], 5]"#),
    (r#""operator": "endsWith", "value": 0.5"#, r#"[0.5, 10.5, "x0.5"]"#, r#"[5, ".5", 0.50001, null, "@missing"]"#),
    (r#""operator": "doesNotBeginsWith", "value": "pre""#, r#"["Pre", "", 5, null, "@missing", [], true]"#, r#"["pre", ["x", "prefix"]]"#),
    (r#""operator": "doesNotEndsWith", "value": "fix""#, r#"["fix ", null, "@missing", [], {}]"#, r#"["suffix", ["a", "fix"]]"#),
    // containsAny, in, notIn: equality with one of them
    (r#""operator": "containsAny", "value": ["a", 1, true]"#, r#"["a", 1.0, true, ["x", "a"], [1]]"#, r#"["1", "A", 2, false, "abc", null, "@missing", [], {}, [["a"]]]"#),
    (r#""operator": "containsAny", "value": []"#, r#"[]"#, r#"["", "a", [], null, "@missing"]"#),
    (r#""operator": "in", "value": ["a", 1, false]"#, r#"["a", 1, false, ["b", "a"]]"#, r#"["1", 0, true, "", null, "@missing", [], {}]"#),
    (r#""operator": "in", "value": ["2026-01-01T00:00:00Z"]"#, r#"["2026-01-01T02:00:00+02:00"]"#, r#"["2026-01-01", null]"#),
    (r#""operator": "notIn", "value": ["a", 1]"#, r#"["b", "1", null, "@missing", [], {}, true, ["b"]]"#, r#"["a", 1, ["b", "a"]]"#),
    (r#""operator": "notIn", "value": []"#, r#"["a", null, "@missing", []]"#, r#"[]"#),
    // between: both ends are included, and a `to` that is a day includes the whole day; --as-of is 2026-01-31T12:00:00Z
    (r#""operator": "between", "value": {"from": "2026-01-01", "to": "2026-01-02"}"#, r#"["2026-01-01", "2026-01-01T00:00:00Z", "2026-01-02", "2026-01-02T23:59:59.999999999Z", ["x", "2026-01-01"]]"#, r#"["2025-12-31", "2026-01-03", "2026-01-03T00:00:00Z", "2026-01-01T00:30:00+01:00", "x", 5, null, "@missing", []]"#),
    (r#""operator": "between", "value": {"from": "2026-01-01T10:00:00+02:00", "to": "2026-01-01T08:00:00Z", "more": 1}"#, r#"["2026-01-01T08:00:00Z"]"#, r#"["2026-01-01T08:00:01Z", "2026-01-01"]"#),
    (r#""operator": "between", "value": {"preset": "today"}"#, r#"["2026-01-31", "2026-01-31T00:00:00Z", "2026-01-31T23:59:59Z"]"#, r#"["2026-01-30T23:59:59Z", "2026-02-01"]"#),
    (r#""operator": "between", "value": {"preset": "yesterday"}"#, r#"["2026-01-30", "2026-01-30T23:59:59Z"]"#, r#"["2026-01-31", "2026-01-29T23:59:59Z"]"#),
    (r#""operator": "between", "value": {"preset": "tomorrow"}"#, r#"["2026-02-01"]"#, r#"["2026-01-31T23:59:59Z", "2026-02-02"]"#),
    (r#""operator": "between", "value": {"preset": "lastDay"}"#, r#"["2026-01-30T12:00:00Z", "2026-01-31T12:00:00Z", "2026-01-31"]"#, r#"["2026-01-30T11:59:59Z", "2026-01-31T12:00:01Z", "2026-01-30"]"#),
    (r#""operator": "between", "value": {"preset": "lastWeek"}"#, r#"["2026-01-24T12:00:00Z", "2026-01-25"]"#, r#"["2026-01-24", "2026-01-31T12:00:00.1Z"]"#),
    (r#""operator": "between", "value": {"preset": "last2Weeks"}"#, r#"["2026-01-17T12:00:00Z"]"#, r#"["2026-01-17T11:59:59Z"]"#),
    (r#""operator": "between", "value": {"preset": "lastMonth"}"#, r#"["2026-01-01T12:00:00Z"]"#, r#"["2026-01-01T11:59:59Z"]"#),
    (r#""operator": "between", "value": {"preset": "last3Months"}"#, r#"["2025-11-02T12:00:00Z"]"#, r#"["2025-11-02T11:59:59Z"]"#),
    (r#""operator": "between", "value": {"preset": "last6Months"}"#, r#"["2025-08-04T12:00:00Z"]"#, r#"["2025-08-04T11:59:59Z"]"#),
    (r#""operator": "between", "value": {"preset": "last12Months"}"#, r#"["2025-01-31T12:00:00Z"]"#, r#"["2025-01-31T11:59:59Z"]"#),
    (r#""operator": "between", "value": {"preset": "last2Years"}"#, r#"["2024-02-01T12:00:00Z"]"#, r#"["2024-02-01T11:59:59Z"]"#),
    (r#""operator": "between", "value": {"preset": "last3Years"}"#, r#"["2023-02-01T12:00:00Z"]"#, r#"["2023-02-01T11:59:59Z"]"#),
    (r#""operator": "between", "value": {"preset": "nextDay"}"#, r#"["2026-01-31T12:00:00Z", "2026-02-01T12:00:00Z"]"#, r#"["2026-01-31T11:59:59Z", "2026-02-01T12:00:01Z"]"#),
    (r#""operator": "between", "value": {"preset": "nextWeek"}"#, r#"["2026-02-07T12:00:00Z"]"#, r#"["2026-02-07T12:00:01Z"]"#),
    (r#""operator": "between", "value": {"preset": "next2Weeks"}"#, r#"["2026-02-14T12:00:00Z"]"#, r#"["2026-02-14T12:00:01Z"]"#),
    (r#""operator": "between", "value": {"preset": "nextMonth"}"#, r#"["2026-03-02T12:00:00Z"]"#, r#"["2026-03-02T12:00:01Z"]"#),
    (r#""operator": "between", "value": {"preset": "next3Months"}"#, r#"["2026-05-01T12:00:00Z"]"#, r#"["2026-05-01T12:00:01Z"]"#),
    (r#""operator": "between", "value": {"preset": "next6Months"}"#, r#"["2026-07-30T12:00:00Z"]"#, r#"["2026-07-30T12:00:01Z"]"#),
    (r#""operator": "between", "value": {"preset": "next12Months"}"#, r#"["2027-01-31T12:00:00Z"]"#, r#"["2027-01-31T12:00:01Z"]"#),
    (r#""operator": "notBetween", "value": {"from": "2026-01-01", "to": "2026-01-02"}"#, r#"["2025-12-31", "2026-01-03", "x", 5, null, "@missing", []]"#, r#"["2026-01-01", "2026-01-02T23:59:59Z", ["x", "2026-01-01"]]"#),
    // isEmpty and isNotEmpty check the whole value, and allow `not`
    (r#""operator": "isEmpty""#, r#"["", [], {}, null, "@missing"]"#, r#"["x", " ", 0, false, [""], [null], {"a": null}]"#),
    (r#""operator": "isNotEmpty""#, r#"["x", 0, false, [""], [null], {"a": null}]"#, r#"["", [], {}, null, "@missing"]"#),
    (r#""operator": "isEmpty", "not": true"#, r#"["x", 0, false]"#, r#"["", [], {}, null, "@missing"]"#),
    (r#""operator": "isNotEmpty", "not": true"#, r#"["", [], {}, null, "@missing"]"#, r#"["x", 0]"#),
    (r#""operator": "isEmpty", "not": false, "value": {"ignored": [null]}"#, r#"["", null]"#, r#"["x"]"#),
    (r#""operator": "isNotEmpty", "not": null, "value": "ignored""#, r#"["x"]"#, r#"["", null]"#),
];

/// Each case has its own blueprint with one scorecard, once for a property and once for a relation.
#[test]
fn every_operator_passes_and_fails_as_in_the_table() {
    let mut scorecards = Vec::new();
    let mut entities = Vec::new();
    let mut expected = Vec::new();
    for (subject, object) in [("property", "properties"), ("relation", "relations")] {
        for (index, (condition, holds, fails)) in CASES.iter().enumerate() {
            let blueprint = format!("{subject} {index}");
            let rules = rule("r", "Gold", &format!("{{\"{subject}\": \"p\", {condition}}}"));
            scorecards
                .push(format!(r#"{{"identifier": "c", "blueprint": "{blueprint}", "rules": [{rules}]}}"#));
            for (actuals, status) in [(holds, "SUCCESS"), (fails, "FAILURE")] {
                let actuals: Vec<Value> = serde_json::from_str(actuals).expect("the table is JSON");
                for actual in actuals {
                    let fields = if actual == "@missing" { json!({}) } else { json!({ "p": actual }) };
                    let mut entity = json!({"identifier": format!("{subject} {condition} of {actual}"), "blueprint": blueprint});
                    // without `properties` it would be a flat row
                    entity["properties"] = json!({});
                    entity[object] = fields;
                    entities.push(entity.to_string());
                    expected.push(status);
                }
            }
        }
    }
    let result = result(&format!("[{}]", scorecards.join(",")), &entities.join("\n"));
    let graded = result["entities"].as_array().expect("there are entities");
    assert_eq!(graded.len(), expected.len());
    for (entity, expected) in graded.iter().zip(expected) {
        let rule = &entity["scorecards"]["c"]["rules"][0];
        assert_eq!(rule["status"], expected, "{}", entity["identifier"]);
    }
}

/// The operators are those of section 3 of the specification.
#[test]
fn the_table_has_every_operator() {
    for operator in [
        "=",
        ">",
        ">=",
        "<",
        "<=",
        "contains",
        "beginsWith",
        "endsWith",
        "containsAny",
        "in",
        "between",
        "isEmpty",
        "isNotEmpty",
        "!=",
        "doesNotContains",
        "doesNotBeginsWith",
        "doesNotEndsWith",
        "notIn",
        "notBetween",
    ] {
        let written = format!("\"operator\": \"{operator}\"");
        assert!(CASES.iter().any(|(condition, ..)| condition.contains(&written)), "{operator} is not tested");
    }
}

/// `$…` reads a key of the entity itself, and never a property of that name.
#[test]
fn meta_properties_are_keys_of_the_entity_itself() {
    let names = [
        "identifier",
        "title",
        "team",
        "icon",
        "blueprint",
        "createdAt",
        "createdBy",
        "updatedAt",
        "updatedBy",
    ];
    let rules: Vec<String> = names
        .iter()
        .map(|name| rule(name, "Gold", &format!(r#"{{"property": "${name}", "operator": "isNotEmpty"}}"#)))
        .collect();
    let set = format!(r#"{{"identifier": "c", "rules": [{}]}}"#, rules.join(","));
    let passing = |entity: &str| -> Vec<String> {
        let result = result(&set, entity);
        let rules = result["entities"][0]["scorecards"]["c"]["rules"].as_array().expect("rules").clone();
        let passing: Vec<Value> = rules.into_iter().filter(|rule| rule["status"] == "SUCCESS").collect();
        each(&Value::from(passing), "identifier")
    };
    let full = r#"{"identifier": "a", "title": "A", "team": ["t"], "icon": "i", "blueprint": "service", "createdAt": "2026",
        "createdBy": "x", "updatedAt": "2026", "updatedBy": "y", "properties": {}}"#;
    assert_eq!(passing(full), names);
    // `$title` does not fall back to the identifier, but `$blueprint` has the default blueprint
    let bare = r#"{"identifier": "a", "title": "", "team": null, "properties": {"$icon": "i", "icon": "i", "title": "t"}}"#;
    assert_eq!(passing(bare), ["identifier", "blueprint"]);
}
