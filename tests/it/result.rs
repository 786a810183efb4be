//! The result document: the printed bytes equal the bytes of the model, and reading them returns the same records.

use crate::program::{Run, directory, run, run_with};
use crate::schema::{check, faults, line_validator, schema, validator};
use crate::{gates, random};
use dora_score::program::{Format, grade_json};
use dora_score::result::{EntityRecord, GateSummary, ResultDocument, Summary, read_entities, write_entities};
use dora_score::{
    Gate, Grader, Instant, Scorecards, Slot, Source, Tally, Verdict, for_each_entity, read_definitions,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::ops::ControlFlow;

const AS_OF: &str = "2026-01-31T12:00:00.5Z";

/// Standard input of the commands that read events.
const DEPLOYMENT: &[u8] = br#"{"service": "checkout", "deployedAt": "2026-01-31T12:00:00.5Z"}"#;

fn scorecards(set: &[Value]) -> Scorecards {
    let source = Source::new("random", Value::from(set).to_string());
    let definitions = read_definitions(vec![source], "service").expect("the set is valid");
    Scorecards::new(definitions, Instant::parse(AS_OF).expect("it is a time"), "service")
}

fn written(document: &ResultDocument<'_>) -> String {
    let mut bytes = Vec::new();
    document.write(&mut bytes).expect("memory can be written");
    String::from_utf8(bytes).expect("it is UTF-8")
}

/// The document as records, created one by one from graded entities, without the fast encoder.
fn modelled(scorecards: &Scorecards, gate: &Gate, stream: &[u8]) -> ResultDocument<'static> {
    let (mut grader, mut tally) = (Grader::new(scorecards), Tally::new(scorecards, true));
    let mut verdict = Verdict::new(gate);
    let mut entities = Vec::new();
    for_each_entity(stream, scorecards.wanted(), |entity| {
        let graded = grader.grade(entity);
        tally.count(&graded);
        verdict.count(gate, &graded);
        let record = serde_json::to_string(&EntityRecord::new(&graded, gate)).expect("it is JSON");
        entities.extend(read_entities(record.as_bytes()).map(|record| record.expect("it is a record")));
        ControlFlow::Continue(())
    })
    .expect("the entities are valid");
    let summary = Summary::new(scorecards, &tally);
    ResultDocument::new(scorecards.as_of(), entities, summary, GateSummary::new(scorecards, &verdict))
}

#[test]
fn the_fast_encoder_prints_the_shown_properties_of_the_model() {
    let scorecards = scorecards(&[json!({"identifier": "c", "rules": []})]);
    let (gate, mut wanted) = (Gate::none(&scorecards), scorecards.wanted().clone());
    let names = ["n", "\"q\"\n", "none", "$title"];
    let shown: Vec<(String, Slot)> = names
        .iter()
        .map(|name| ((*name).to_owned(), wanted.include_property(name).expect("it is known")))
        .collect();
    let stream =
        br#"{"identifier": "a", "n": 1.0, "\"q\"\n": {"x" : [1.0]}} {"identifier": "b", "n": [null, {}]}"#;
    let mut grader = Grader::new(&scorecards);
    let mut lines = Vec::new();
    for_each_entity(stream.as_slice(), &wanted, |entity| {
        let graded = grader.grade(entity);
        let record = EntityRecord::new(&graded, &gate).with_shown(&graded, &shown);
        write_entities([&record], &mut lines).expect("memory can be written");
        ControlFlow::Continue(())
    })
    .expect("the entities are valid");
    let files = directory(&[("set.json", br#"{"identifier": "c", "rules": []}"#)]);
    let path = files.path().join("set.json").display().to_string();
    let mut arguments = vec!["evaluate", "-s", &path, "-e", "-", "-q", "-f", "ndjson"];
    names.iter().for_each(|name| arguments.extend(["--show", name]));
    let printed = run_with(&arguments, stream).stdout;
    assert_eq!(printed, String::from_utf8(lines).expect("UTF-8"));
    assert!(
        printed.contains(r#""shown":{"n":1,"\"q\"\n":{"x":[1.0]},"none":null,"$title":null}"#),
        "{printed}"
    );
}

/// The printed document, and the document written from the model.
fn printed_and_modelled(set: &[Value], entities: &[Value]) -> (String, String) {
    let scorecards = scorecards(set);
    let stream = serde_json::to_vec(entities).expect("values can be written");
    let mut printed = Vec::new();
    grade_json(&scorecards, stream.as_slice(), &mut printed).expect("the entities are valid");
    (
        String::from_utf8(printed).expect("it is UTF-8"),
        written(&modelled(&scorecards, &Gate::none(&scorecards), &stream)),
    )
}

#[test]
fn the_fast_encoder_prints_the_bytes_of_the_model() {
    check(random::sets(), 256, |(set, entities)| {
        let (printed, modelled) = printed_and_modelled(&set, &entities);
        prop_assert_eq!(printed, modelled);
        Ok(())
    });
}

#[test]
fn the_fast_encoder_prints_the_judgements_of_the_model() {
    let (validator, waived) = (validator(&schema("result")), std::cell::Cell::new(0));
    check((gates::cases(), any::<bool>()), 512, |(case, has_waivers)| {
        let mut case = case;
        case.has_waivers = has_waivers;
        let scorecards = case.scorecards();
        let document = modelled(&scorecards, &case.gate(&scorecards), &case.stream());
        let text = written(&document);
        prop_assert_eq!(&case.graded(Format::Json).0, &text);
        prop_assert_eq!(faults(&validator, &serde_json::from_str(&text).expect("JSON")), "");
        waived.set(waived.get() + document.gate.as_ref().map_or(0, |gate| gate.waived));
        prop_assert_eq!(ResultDocument::read(text.as_bytes()).expect("it is a result"), document);
        Ok(())
    });
    assert!(waived.get() > 10, "{} results were waived", waived.get());
}

/// The sets have more rules than fit into the key of the cache, names that need escapes, and every outcome twice.
#[test]
fn the_fast_encoder_does_not_cache_results_with_too_many_rules() {
    for count in [127, 128, 129, 200] {
        let rule = |index: usize| {
            json!({"identifier": format!("\"{index}\"\n"), "level": "Gold", "query": {"combinator": "and",
                "conditions": [{"property": "x", "operator": "!=", "value": index}]}})
        };
        let rules: Vec<Value> = (0..count).map(rule).collect();
        let set = [json!({"identifier": "\\card", "title": "é", "rules": rules})];
        let entity = |x: usize| json!({"identifier": format!("\t{x}"), "team": ["\"a\"", "b"], "x": x});
        let entities: Vec<Value> = (0..=count).chain(0..=count).map(entity).collect();
        let (printed, modelled) = printed_and_modelled(&set, &entities);
        assert_eq!(printed, modelled, "{count} rules");
        assert_eq!(printed.matches("FAILURE").count(), 2 * count);
    }
}

#[test]
fn printed_results_are_read_and_written_again_with_the_same_bytes() {
    let (document, line) = (validator(&schema("result")), line_validator(&schema("result")));
    let back = |arguments: &[&str], stdin: &[u8]| -> Result<(), TestCaseError> {
        let print = |format: &str| {
            let all = [&["evaluate", "-q", "--as-of", AS_OF, "-f", format][..], arguments].concat();
            let run = run_with(&all, stdin);
            assert_eq!(run.code, 0, "{}", run.stderr);
            run.stdout
        };
        let json = print("json");
        let read = ResultDocument::read(json.as_bytes()).expect("it is a result");
        prop_assert_eq!(read.as_of, Instant::parse(AS_OF).expect("it is a time"));
        prop_assert_eq!(&written(&read), &json);
        prop_assert_eq!(faults(&document, &serde_json::from_str(&json).expect("JSON")), "");
        let ndjson = print("ndjson");
        let lines: Vec<EntityRecord<'_>> =
            read_entities(ndjson.as_bytes()).collect::<Result<_, _>>().expect("lines are entities");
        let mut again = Vec::new();
        write_entities(&lines, &mut again).expect("memory can be written");
        let again = String::from_utf8(again).expect("it is UTF-8");
        prop_assert_eq!(&again, &ndjson);
        for text in again.lines() {
            prop_assert_eq!(faults(&line, &serde_json::from_str(text).expect("JSON")), "");
        }
        prop_assert_eq!(&lines, &read.entities);
        Ok(())
    };
    for path in ["services.json", "teams.json", "oss-services.json"] {
        let path = format!("examples/entities/{path}");
        back(&["-e", &path], b"").expect(&path);
        back(&["-e", &path, "--show", "$team", "--show", "last_release", "--show", "none"], b"")
            .expect(&path);
        back(&["-e", &path, "-s", "examples/filtered", "--show", "$title"], b"").expect(&path);
    }
    check(random::sets(), 24, |(set, stream)| {
        let files = directory(&[("set.json", &serde_json::to_vec(&set).expect("written"))]);
        let path = files.path().join("set.json");
        let stdin = serde_json::to_vec(&stream).expect("written");
        let shown = ["--show", "p", "--show", "q", "--show", "$identifier", "--show", "$createdAt"];
        back(&[&["-s", path.to_str().expect("UTF-8"), "-e", "-"], &shown[..]].concat(), &stdin)
    });
}

/// The JSON that `--show` prints for a property with this value.
fn shown(value: &str, format: &str) -> String {
    let entity = format!(r#"{{"identifier": "a", "team": "t", "properties": {{"p": {value}}}}}"#);
    let run = run_with(
        &["evaluate", "-e", "-", "-q", "-f", format, "--show", "p", "--show", "p"],
        entity.as_bytes(),
    );
    assert_eq!(run.code, 0, "{}", run.stderr);
    let (_, rest) = run.stdout.split_once(r#""team":["t"],"shown":{"p":"#).expect("p is shown");
    rest.split_once("},\"scorecards\":{").expect("nothing else is shown").0.to_owned()
}

#[test]
fn shown_properties_are_values_as_in_the_input() {
    for (value, expected) in [
        ("null", "null"),
        ("true", "true"),
        ("7", "7"),
        ("7.0", "7"),
        ("-0", "0"),
        ("0.1", "0.1"),
        ("1e300", "1e+300"),
        ("-9007199254740991", "-9007199254740991"),
        (r#""Grüße \ud83d\ude00 \u001b[31m\u0023#[x]""#, "\"Grüße 😀 \\u001b[31m\\u0023#[x]\""),
        (
            "[1, \"x\", null, [ 1.50 ], { \"b\": 1.50, \"a\" : [] }]",
            r#"[1,"x",null,[1.50],{"b":1.50,"a":[]}]"#,
        ),
        (
            "{ \"z\": {\"k\": 12345678901234567890}, \"a\u{9b}\": \" \" }",
            r#"{"z":{"k":12345678901234567890},"a\u009b":" "}"#,
        ),
        ("{}", "{}"),
        ("[]", "[]"),
    ] {
        for format in ["json", "ndjson"] {
            assert_eq!(shown(value, format), expected, "{value}");
        }
    }
}

/// The hostile variant: names that need escapes, meta-properties, and properties that no entity has.
#[test]
fn shown_names_are_exact_and_missing_values_are_null() {
    let entity = br#"{"identifier": "a", "title": "A", "": 1, "\u001b[31m\n::error::x": 2, "scorecards": 3}"#;
    let long = "x".repeat(10_000);
    let names = ["", "\u{1b}[31m\n::error::x", "$title", "$icon", "none", "scorecards", &long];
    let mut arguments = vec!["evaluate", "-e", "-", "-q", "-f", "ndjson"];
    names.iter().for_each(|name| arguments.extend(["--show", name]));
    let run = run_with(&arguments, entity);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stdout.contains('\u{1b}') && run.stdout.lines().count() == 1, "{}", run.stdout);
    let line: Value = serde_json::from_str(&run.stdout).expect("JSON");
    let values = [json!(1), json!(2), json!("A"), Value::Null, Value::Null, Value::Null, Value::Null];
    let expected: serde_json::Map<_, _> = names.iter().map(|name| (*name).to_owned()).zip(values).collect();
    assert_eq!(line["shown"], Value::from(expected));
    assert_eq!(faults(&line_validator(&schema("result")), &line), "");
}

fn example() -> Value {
    let printed =
        run(&["evaluate", "-q", "-e", "examples/entities/services.json", "-f", "json", "--as-of", AS_OF]);
    serde_json::from_str(&printed.stdout).expect("JSON")
}

fn rejection(document: &Value) -> String {
    match ResultDocument::read(document.to_string().as_bytes()) {
        Ok(_) => String::new(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn documents_of_another_version_or_kind_are_rejected() {
    assert_eq!(rejection(&example()), "");
    for (key, value, message) in [
        ("schemaVersion", json!(2), "schema version 2 is not supported, only 1"),
        ("schemaVersion", json!("1"), "invalid type"),
        ("kind", json!("findings"), "the document is of kind `findings`, not `result`"),
        ("kind", json!(null), "invalid type"),
        ("asOf", json!("yesterday"), "`yesterday` is not an RFC 3339 date-time"),
    ] {
        let mut document = example();
        document[key] = value;
        let rejected = rejection(&document);
        assert!(rejected.contains(message), "{key}: {rejected}");
        document.as_object_mut().expect("an object").remove(key);
        let rejected = rejection(&document);
        assert!(rejected.contains(&format!("missing field `{key}`")), "{rejected}");
    }
    assert!(rejection(&json!([])).contains("invalid"));
    let status = "/entities/0/scorecards/dora_cfr/rules/0/status";
    let mut document = example();
    *document.pointer_mut(status).expect(status) = json!("success");
    assert!(rejection(&document).contains("unknown variant `success`"));
}

#[test]
fn unknown_keys_are_ignored() {
    let known = ResultDocument::read(example().to_string().as_bytes()).expect("it is a result");
    let mut document = example();
    for pointer in [
        "",
        "/entities/0",
        "/entities/0/scorecards/dora_cfr",
        "/entities/0/scorecards/dora_cfr/rules/0",
        "/summary",
        "/summary/scorecards/0",
        "/summary/scorecards/0/levels/0",
        "/summary/scorecards/0/rules/0",
    ] {
        let object = document.pointer_mut(pointer).and_then(Value::as_object_mut).expect(pointer);
        object.insert("more".to_owned(), json!({"x": [1, null]}));
    }
    assert_eq!(ResultDocument::read(document.to_string().as_bytes()).expect("it is a result"), known);
}

#[test]
fn reading_ends_at_a_line_that_is_not_an_entity() {
    let lines = run(&["evaluate", "-q", "-e", "examples/entities/services.ndjson", "-f", "ndjson"]).stdout;
    let first = lines.lines().next().expect("a line");
    for bad in ["{}", "7", "{\"identifier\": \"a\"", &example().to_string()] {
        let text = format!("{first}\n{bad}\n");
        let read: Vec<_> = read_entities(text.as_bytes()).collect();
        assert_eq!((read.len(), read[0].is_ok(), read[1].is_err()), (2, true, true), "{bad}");
    }
}

#[test]
fn every_document_begins_with_its_version_and_kind() {
    let entities = ["-e", "examples/entities/services.json"];
    for (kind, arguments) in [
        ("result", &["evaluate", "-q"][..]),
        ("whatIf", &["evaluate", "-q", "--compare", "examples/scorecards"]),
        ("explanation", &["explain", "booking-api"]),
        ("entities", &["metrics", "-q"]),
        ("entities", &["teams"]),
        ("metrics", &["metrics", "-q", "--explain", "checkout"]),
        ("findings", &["lint"]),
        ("scorecards", &["show"]),
        ("scorecards", &["show", "scorecards"]),
        ("levels", &["show", "levels"]),
        ("operators", &["show", "operators"]),
    ] {
        let more = match arguments[0] {
            "show" => &[][..],
            "metrics" => &["-d", "-"],
            _ => &entities,
        };
        let Run { code, stdout, stderr } = run_with(&[arguments, more, &["-f", "json"]].concat(), DEPLOYMENT);
        assert_eq!(code, 0, "{kind}: {stderr}");
        serde_json::from_str::<Value>(&stdout).expect("it is one document");
        let bare: String = stdout.chars().filter(|character| !character.is_whitespace()).take(60).collect();
        let start = format!(r#"{{"schemaVersion":1,"kind":"{kind}","#);
        assert!(bare.starts_with(&start), "{kind}: {bare}");
    }
}
