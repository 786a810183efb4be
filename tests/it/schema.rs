//! Compares the schemas with the program: what it accepts, what it rejects and what it prints.

use crate::program::{directory, run, run_with};
use crate::random;
use dora_score::program::Schema;
use dora_score::{Source, read_definitions};
use jsonschema::Validator;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

pub(crate) fn schema(what: &str) -> Value {
    let printed = run(&["schema", what]);
    assert_eq!((printed.code, printed.stderr.as_str()), (0, ""));
    serde_json::from_str(&printed.stdout).expect("JSON")
}

pub(crate) fn validator(schema: &Value) -> Validator {
    jsonschema::validator_for(schema).expect("a schema")
}

/// All errors of a value in one text, which is empty for a valid value.
pub(crate) fn faults(validator: &Validator, value: &Value) -> String {
    validator.iter_errors(value).map(|error| format!("{}: {error}\n", error.instance_path())).collect()
}

pub(crate) fn check<T: std::fmt::Debug>(
    strategy: impl Strategy<Value = T>,
    cases: u32,
    test: impl Fn(T) -> Result<(), TestCaseError>,
) {
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    if let Err(error) = runner.run(&strategy, test) {
        panic!("{error}");
    }
}

fn example(path: &str) -> Value {
    let text =
        std::fs::read_to_string(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path);
    serde_json::from_str(&text).expect(path)
}

#[test]
fn all_schemas_are_valid_2020_12_schemas() {
    for (what, own) in
        [("scorecard", Schema::Scorecard), ("entities", Schema::Entities), ("result", Schema::Result)]
    {
        let schema = schema(what);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert!(jsonschema::meta::is_valid(&schema), "{what}");
        assert_eq!(serde_json::from_str::<Value>(own.text()).expect("JSON"), schema);
    }
    assert_eq!(run(&["schema"]).code, 2);
    assert_eq!(run(&["schema", "rule"]).code, 2);
}

#[test]
fn the_schema_lists_the_same_names_as_the_program() {
    let shown = run(&["show", "operators", "-f", "json"]).stdout;
    let shown: Value = serde_json::from_str(&shown).expect("JSON");
    let names = |list: &Value, key: &str| -> Vec<Value> {
        list.as_array().expect("an array").iter().map(|item| item[key].clone()).collect()
    };
    let schema = schema("scorecard");
    let listed = |name: &str| schema["$defs"][name]["enum"].as_array().expect("an array").clone();
    assert_eq!(listed("operator"), names(&shown["operators"], "operator"));
    assert_eq!(listed("preset"), names(&shown["presets"], "preset"));
    assert_eq!(Value::from(listed("metaProperty")), shown["metaProperties"]);
}

#[test]
fn valid_scorecards_and_entities_validate() {
    let (scorecard, entities) = (validator(&schema("scorecard")), validator(&schema("entities")));
    check(random::sets(), 400, |(set, stream)| {
        let mut forms = vec![Value::from(set.clone()), json!({"scorecards": set}), json!({"entities": set})];
        for one in &set {
            forms.extend([one.clone(), json!({"scorecard": one}), json!({"ok": true, "entity": one})]);
            let mut body = one.clone();
            let identifier = body.as_object_mut().and_then(|body| body.remove("identifier"));
            forms.push(json!({"identifier": identifier, "title": null, "properties": body}));
        }
        for form in forms {
            prop_assert_eq!(faults(&scorecard, &form), "", "{}", form);
        }
        let mut forms = vec![Value::from(stream.clone()), json!({"ok": true, "entities": stream})];
        for one in &stream {
            forms.extend([one.clone(), json!({"entity": one})]);
        }
        for form in forms {
            prop_assert_eq!(faults(&entities, &form), "", "{}", form);
        }
        Ok(())
    });
}

#[test]
fn the_examples_and_the_files_of_init_validate() {
    let (scorecard, entities) = (validator(&schema("scorecard")), validator(&schema("entities")));
    for path in ["services.json", "services-rows.json", "teams.json", "oss-services.json"] {
        assert_eq!(faults(&entities, &example(&format!("examples/entities/{path}"))), "", "{path}");
    }
    assert_eq!(faults(&scorecard, &example("examples/filtered/production-readiness.json")), "");
    let place = directory(&[]);
    for year in [
        &[][..],
        &["--year", "2019"],
        &["--year", "2021"],
        &["--year", "2022"],
        &["--year", "2023"],
        &["--year", "2024"],
    ] {
        let path = place.path().to_str().expect("UTF-8");
        let arguments: Vec<&str> = ["init", path, "--force"].iter().chain(year).copied().collect();
        assert_eq!(run(&arguments).code, 0);
        for entry in std::fs::read_dir(place.path()).expect("it is there") {
            let text = std::fs::read_to_string(entry.expect("it can be read").path()).expect("UTF-8");
            let written: Value = serde_json::from_str(&text).expect("JSON");
            assert_eq!(faults(&scorecard, &written), "", "{text}");
        }
    }
}

#[test]
fn the_entities_of_metrics_and_teams_validate() {
    let entities = validator(&schema("entities"));
    let services = "examples/entities/services.json";
    let deployment = br#"{"id": 7, "service": ["fax-bridge", "new"], "deployedAt": "2026-01-31"}"#;
    for arguments in [
        &["metrics", "-d", "-", "--services", services, "--as-of", "2026-02-01"][..],
        &["teams", "-e", services],
    ] {
        let printed = |format| {
            let run = run_with(&[arguments, &["-q", "-f", format]].concat(), deployment);
            assert_eq!(run.code, 0, "{}", run.stderr);
            run.stdout
        };
        let lines = printed("ndjson");
        assert!(lines.lines().count() >= 3, "{lines}");
        for text in lines.lines().chain([printed("json").as_str()]) {
            let value: Value = serde_json::from_str(text).expect("JSON");
            assert_eq!(faults(&entities, &value), "", "{text}");
        }
    }
}

pub(crate) fn line_validator(schema: &Value) -> Validator {
    let mut line = schema.clone();
    for key in ["type", "required", "additionalProperties", "properties"] {
        line.as_object_mut().expect("an object").remove(key);
    }
    line["$ref"] = json!("#/$defs/entity");
    validator(&line)
}

#[test]
fn printed_results_validate() {
    let schema = schema("result");
    let (document, line) = (validator(&schema), line_validator(&schema));
    let evaluate = |arguments: &[&str], stdin: &[u8]| -> Result<(), TestCaseError> {
        for format in ["json", "ndjson"] {
            let all: Vec<&str> = ["evaluate", "-q", "-f", format].iter().chain(arguments).copied().collect();
            let run = run_with(&all, stdin);
            prop_assert_eq!(run.code, 0, "{}", run.stderr);
            let (validator, texts) = match format {
                "json" => (&document, vec![run.stdout.as_str()]),
                _ => (&line, run.stdout.lines().collect()),
            };
            for text in texts {
                prop_assert_eq!(
                    faults(validator, &serde_json::from_str(text).expect("JSON")),
                    "",
                    "{}",
                    text
                );
            }
        }
        Ok(())
    };
    for path in ["services.json", "services-rows.json", "services.ndjson", "teams.json", "oss-services.json"]
    {
        let path = format!("examples/entities/{path}");
        evaluate(&["-e", &path], b"").expect(&path);
        evaluate(&["-e", &path, "-s", "examples/filtered"], b"").expect(&path);
    }
    check(random::sets(), 24, |(set, stream)| {
        let files = directory(&[("set.json", &serde_json::to_vec(&set).expect("written"))]);
        let path = files.path().join("set.json");
        let stdin = serde_json::to_vec(&stream).expect("written");
        evaluate(&["-s", path.to_str().expect("UTF-8"), "-e", "-"], &stdin)
    });
}

#[test]
fn a_result_with_an_extra_key_a_missing_key_or_a_wrong_value_does_not_validate() {
    let validator = validator(&schema("result"));
    let printed = run(&["evaluate", "-e", "examples/entities/services.json", "-f", "json", "-q"]).stdout;
    let result: Value = serde_json::from_str(&printed).expect("JSON");
    assert_eq!(faults(&validator, &result), "");
    let objects = [
        "",
        "/entities/0",
        "/entities/0/scorecards/dora_cfr",
        "/entities/0/scorecards/dora_cfr/rules/0",
        "/summary",
        "/summary/scorecards/0",
        "/summary/scorecards/0/levels/0",
        "/summary/scorecards/0/rules/0",
    ];
    for pointer in objects {
        let mut more = result.clone();
        let object = more.pointer_mut(pointer).and_then(Value::as_object_mut).expect(pointer);
        object.insert("more".to_owned(), Value::Null);
        assert_ne!(faults(&validator, &more), "", "{pointer} with a key more");
        for key in result.pointer(pointer).and_then(Value::as_object).expect(pointer).keys() {
            let mut less = result.clone();
            less.pointer_mut(pointer).and_then(Value::as_object_mut).expect(pointer).remove(key);
            assert_ne!(faults(&validator, &less), "", "{pointer} without {key}");
        }
    }
    for (pointer, wrong) in [
        ("/schemaVersion", json!(2)),
        ("/kind", json!("findings")),
        ("/asOf", json!("2026-01-31T00:00:00+01:00")),
        ("/entities/0/identifier", json!("")),
        ("/entities/0/team", json!("payments")),
        ("/entities/0/scorecards/dora_cfr/rank", json!(-1)),
        ("/entities/0/scorecards/dora_cfr/noData", json!(null)),
        ("/entities/0/scorecards/dora_cfr/rules/0/status", json!("success")),
        ("/summary/scorecards/0/levels", json!([])),
    ] {
        let mut other = result.clone();
        *other.pointer_mut(pointer).expect(pointer) = wrong;
        assert_ne!(faults(&validator, &other), "", "{pointer}");
    }
}

/// A valid scorecard, whose first condition compares `x`.
fn sound() -> Value {
    json!({
        "identifier": "card", "levels": [{"title": "Low"}, {"title": "High", "color": "gold"}],
        "filter": null,
        "rules": [{"identifier": "rule", "level": "High", "query": {"combinator": "and", "conditions": [
            {"property": "x", "operator": ">=", "value": 1},
            {"combinator": "or", "rules": [{"relation": "y", "operator": "isEmpty", "not": true}]},
        ]}}],
    })
}

fn is_read(document: &Value) -> bool {
    read_definitions(vec![Source::new("test", document.to_string())], "service").is_ok()
}

const RULE: &str = "/rules/0";
const QUERY: &str = "/rules/0/query";
const CONDITION: &str = "/rules/0/query/conditions/0";
const GROUP: &str = "/rules/0/query/conditions/1";

/// A place in the valid scorecard, a key there, and its new value; `None` removes the key.
type Change = (&'static str, &'static str, Option<Value>);

fn malformed() -> Vec<Change> {
    let mut changes: Vec<Change> = vec![
        ("", "identifier", Some(json!(""))),
        ("", "identifier", Some(json!(7))),
        ("", "title", Some(json!(7))),
        ("", "blueprint", Some(json!(["service"]))),
        ("", "levels", Some(json!({"title": "Low"}))),
        ("", "levels", Some(json!([{"color": "gold"}]))),
        ("", "levels", Some(json!(["Low", "High"]))),
        ("", "levels", Some(json!([{"title": "Low", "color": 1}]))),
        ("", "levels", Some(json!([]))),
        ("", "filter", Some(json!([]))),
        ("", "rules", None),
        ("", "rules", Some(Value::Null)),
        ("", "rules", Some(json!({}))),
        ("", "rules", Some(json!(["rule"]))),
        (RULE, "identifier", None),
        (RULE, "level", None),
        (RULE, "level", Some(json!(1))),
        (RULE, "query", None),
        (RULE, "query", Some(json!([]))),
        (QUERY, "combinator", None),
        (QUERY, "combinator", Some(json!("AND"))),
        (QUERY, "conditions", None),
        (QUERY, "conditions", Some(json!([]))),
        (QUERY, "conditions", Some(json!(["x > 1"]))),
        (QUERY, "rules", Some(json!([]))),
        (QUERY, "property", Some(json!("x"))),
        (GROUP, "operator", Some(json!("isEmpty"))),
        (GROUP, "combinator", None),
        (CONDITION, "operator", None),
        (CONDITION, "operator", Some(json!("=="))),
        (CONDITION, "operator", Some(json!("IN"))),
        (CONDITION, "property", None),
        (CONDITION, "property", Some(json!("$owner"))),
        (CONDITION, "property", Some(json!(7))),
        (CONDITION, "relation", Some(json!("y"))),
        (CONDITION, "value", None),
        (CONDITION, "value", Some(json!("07"))),
        (CONDITION, "value", Some(json!("2026-01-31"))),
        (CONDITION, "value", Some(json!(true))),
        (CONDITION, "not", Some(json!(true))),
    ];
    let values = [
        (">", json!([7])),
        ("=", json!({})),
        ("=", json!([null])),
        ("=", json!([["a"]])),
        ("contains", json!(true)),
        ("contains", json!([true])),
        ("beginsWith", json!(["a"])),
        ("in", json!("a")),
        ("notIn", json!([{}])),
        ("between", json!("2026-01-31")),
        ("between", json!({"preset": "lastFortnight"})),
        ("between", json!({"from": "2026-01-01"})),
        ("between", json!({"from": "2026-01-01", "to": "31.01.2026"})),
        ("between", json!({"from": "2026-01-01", "preset": "today"})),
        ("notBetween", json!({"from": null, "to": null, "preset": null})),
    ];
    for (operator, value) in values {
        changes.push((
            QUERY,
            "conditions",
            Some(json!([{"property": "x", "operator": operator, "value": value}])),
        ));
    }
    changes
}

fn changed((pointer, key, value): &Change) -> Value {
    let mut document = sound();
    let object = document.pointer_mut(pointer).and_then(Value::as_object_mut).expect(pointer);
    match value {
        Some(value) => drop(object.insert((*key).to_owned(), value.clone())),
        None => drop(object.remove(*key)),
    }
    document
}

#[test]
fn scorecards_that_are_rejected_for_their_shape_do_not_validate() {
    let validator = validator(&schema("scorecard"));
    assert!(is_read(&sound()));
    assert_eq!(faults(&validator, &sound()), "");
    for change in malformed() {
        let document = changed(&change);
        assert!(!is_read(&document), "the program reads {document}");
        assert_ne!(faults(&validator, &document), "", "it validates: {document}");
    }
    for document in
        [json!(7), json!("card"), json!({}), json!({"scorecards": {}}), json!({"entity": []}), json!([[]])]
    {
        assert!(!is_read(&document), "{document}");
        assert_ne!(faults(&validator, &document), "", "{document}");
    }
}

/// Tries every operator with every kind of value.
#[test]
fn the_schema_and_the_program_accept_the_same_values_for_each_operator() {
    let schema = schema("scorecard");
    let validator = validator(&schema);
    let values = [
        None,
        Some(Value::Null),
        Some(json!("a")),
        Some(json!("")),
        Some(json!("7")),
        Some(json!("2026-01-31T00:00:00Z")),
        Some(json!("2026-01-31 00:00:00.5+02:00")),
        Some(json!("2026-01-31")),
        Some(json!("2026-01-31T00:00:60Z")),
        Some(json!(-7.5)),
        Some(json!(true)),
        Some(json!([])),
        Some(json!(["a", 7])),
        Some(json!(["a", true])),
        Some(json!([null])),
        Some(json!([[]])),
        Some(json!({})),
        Some(json!({"preset": "lastMonth"})),
        Some(json!({"preset": "lastMonth", "from": null, "note": 7})),
        Some(json!({"preset": "lastMonth", "to": "2026-01-31"})),
        Some(json!({"preset": "LastMonth"})),
        Some(json!({"from": "2026-01-31", "to": "2026-01-31"})),
        Some(json!({"from": "2026-01-31t00:00:00z", "to": "2026-02-01T00:00:00Z", "preset": null})),
        Some(json!({"from": "2026-01", "to": "2026-02-01"})),
        Some(json!({"to": "2026-02-01"})),
    ];
    let operators = schema["$defs"]["operator"]["enum"].as_array().expect("an array");
    for (operator, value, not) in operators.iter().flat_map(|operator| {
        values.iter().flat_map(move |value| [None, Some(true)].map(|not| (operator, value, not)))
    }) {
        let mut condition = json!({"property": "x", "operator": operator});
        if let Some(value) = value {
            condition["value"] = value.clone();
        }
        if let Some(not) = not {
            condition["not"] = Value::from(not);
        }
        let document = changed(&(QUERY, "conditions", Some(json!([condition]))));
        let found = faults(&validator, &document);
        assert_eq!(found.is_empty(), is_read(&document), "{condition}: {found}");
    }
}

/// A random value to replace any part of a definition with.
fn odd() -> impl Strategy<Value = Value> {
    let names = [
        "Low",
        "High",
        "Gold",
        "and",
        "or",
        "=",
        "in",
        "between",
        "isEmpty",
        "$team",
        "$x",
        "",
        "7",
        "2026-01-31",
        "2026-01-31T00:00:00Z",
    ];
    let objects = [
        json!({}),
        json!({"preset": "today"}),
        json!({"from": "2026-01-31", "to": "2026-01-31T00:00:00Z"}),
        json!({"title": "Low"}),
        json!({"property": "x", "operator": "isEmpty"}),
        json!({"combinator": "or", "conditions": [{"relation": "x", "operator": "=", "value": [1, "a", true]}]}),
    ];
    prop_oneof![
        3 => prop::sample::select(names.to_vec()).prop_map(Value::from),
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
        1 => (-1..8).prop_map(Value::from),
        3 => prop::sample::select(objects.to_vec()),
        2 => prop::sample::select(objects.to_vec()).prop_map(|object| json!([object])),
        1 => prop::sample::select(vec![json!([]), json!(["a", 1]), json!([true]), json!([null])]),
    ]
}

/// JSON pointers to all parts of a value, in a fixed order.
fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
    let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let at = format!("{at}/{}", escaped(key));
                found.push(at.clone());
                pointers(member, &at, found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let at = format!("{at}/{index}");
                found.push(at.clone());
                pointers(item, &at, found);
            }
        }
        _ => {}
    }
}

#[test]
fn the_schema_is_never_stricter_than_the_program() {
    let validator = validator(&schema("scorecard"));
    let read = std::cell::Cell::new(0);
    let mangled = (random::scorecards(), prop::collection::vec((any::<prop::sample::Index>(), odd()), 1..3));
    check(mangled, 1000, |(set, changes)| {
        let mut document = Value::from(set);
        for (index, value) in changes {
            let mut found = Vec::new();
            pointers(&document, "", &mut found);
            if let Some(place) = document.pointer_mut(&found[index.index(found.len())]) {
                *place = value;
            }
        }
        if is_read(&document) {
            read.set(read.get() + 1);
            prop_assert_eq!(faults(&validator, &document), "", "{}", document);
        }
        Ok(())
    });
    assert!(read.get() > 50, "only {} of the changed scorecards are valid", read.get());
}

#[test]
fn entities_validate_exactly_if_the_program_accepts_them() {
    let validator = validator(&schema("entities"));
    let entity = json!({"identifier": "a", "properties": {}});
    let rejected = [
        json!(7),
        json!("a"),
        json!(null),
        json!({}),
        json!({"identifier": ""}),
        json!({"identifier": 7}),
        json!({"identifier": null, "entities": []}),
        json!({"identifier": "a", "title": 7}),
        json!({"identifier": "a", "blueprint": []}),
        json!({"identifier": "a", "properties": []}),
        json!({"identifier": "a", "relations": "b"}),
        json!({"entities": entity}),
        json!({"entity": [entity]}),
        json!({"entities": [{"entities": [entity]}]}),
        json!([{"entities": [entity]}]),
        json!([[entity]]),
    ];
    let accepted = [
        json!([]),
        entity.clone(),
        json!({"entities": []}),
        json!({"entity": entity}),
        json!({"identifier": "a", "entities": 7, "properties": null, "team": null}),
        json!({"identifier": "a", "team": ["b"], "title": null, "relations": null}),
        json!({"entities": [entity], "entity": 7}),
        json!({"entities": 7, "entity": entity}),
    ];
    let grade = |value: &Value| run_with(&["evaluate", "-q", "-e", "-"], value.to_string().as_bytes());
    for value in rejected {
        assert_eq!(grade(&value).code, 2, "{value}");
        assert_ne!(faults(&validator, &value), "", "{value}");
    }
    for value in accepted {
        let run = grade(&value);
        assert_eq!(run.code, 0, "{value}: {}", run.stderr);
        assert_eq!(faults(&validator, &value), "", "{value}");
    }
}
