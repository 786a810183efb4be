//! Compares reading with serde_json. Valid and damaged streams of every form are cut into blocks of several sizes, and
//! read by one thread and by several. The program must accept the same streams and read the same values.

use crate::{oracle, random};
use dora_score::program::{Display, Evaluation, Format, Output};
use dora_score::{
    Gate, Grader, Input, Instant, Scope, Scorecards, Screen, Settings, Source, Wanted, for_each_entity,
    read_definitions,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use std::num::NonZero;
use std::ops::ControlFlow;

const AS_OF: &str = "2026-01-31T00:00:00Z";

/// Scorecards with conditions on fields of every kind.
fn scorecards() -> Vec<Value> {
    let rule = |name: &str, condition: Value| json!({"identifier": name, "level": "Gold", "query": {"combinator": "and", "conditions": [condition]}});
    ["service", "_team"]
        .into_iter()
        .map(|blueprint| {
            json!({"identifier": "all", "blueprint": blueprint, "rules": [
                rule("number", json!({"property": "a", "operator": ">=", "value": 7})),
                rule("text", json!({"property": "b", "operator": "contains", "value": "a"})),
                rule("empty", json!({"property": "a.b", "operator": "isEmpty"})),
                rule("odd", json!({"property": "", "operator": "isNotEmpty"})),
                rule("wrapper", json!({"property": "entities", "operator": "isNotEmpty"})),
                rule("relation", json!({"relation": "r", "operator": "=", "value": "a"})),
                rule("title", json!({"property": "$title", "operator": "beginsWith", "value": "S"})),
                rule("identifier", json!({"property": "$identifier", "operator": "endsWith", "value": "1"})),
                rule("blueprint", json!({"property": "$blueprint", "operator": "=", "value": "service"})),
                rule("team", json!({"property": "$team", "operator": "contains", "value": "a"})),
                rule("time", json!({"property": "$createdAt", "operator": "isEmpty"})),
            ]})
        })
        .collect()
}

/// Grades a stream as `ndjson`, or returns the code of the problem.
fn graded(scorecards: &Scorecards, stream: &[u8], settings: Settings) -> Result<String, &'static str> {
    let wanted = scorecards.wanted().clone();
    let (gate, display) = (Gate::none(scorecards), Display::default());
    let scope = Scope::default();
    let evaluation =
        Evaluation { scorecards, scope: &scope, wanted: &wanted, gate: &gate, display: &display, settings };
    let input = Input::open("stream", stream);
    let mut text = Vec::new();
    let screen = Screen::PLAIN;
    let spool = Box::new(std::io::Cursor::new(Vec::new()));
    let output = Output { format: Format::Ndjson, screen, sink: &mut text, spool };
    match evaluation.run(vec![input], vec![output], |_| {}) {
        Ok(_) => Ok(String::from_utf8(text).expect("results are UTF-8")),
        Err(dora_score::program::EvaluateError::Problems(problems)) => Err(problems.0[0].code.name()),
        Err(error) => panic!("{error}"),
    }
}

/// Grades a stream entity by entity, as a program that embeds the crate does.
fn graded_one_by_one(
    scorecards: &Scorecards,
    stream: &[u8],
) -> Result<Vec<(String, Vec<bool>)>, &'static str> {
    let mut grader = Grader::new(scorecards);
    let mut entities = Vec::new();
    for_each_entity(stream, scorecards.wanted(), |entity| {
        let graded = grader.grade(entity);
        let outcomes = graded.outcomes().flat_map(|outcome| outcome.rules());
        entities.push((entity.identifier().to_owned(), outcomes.map(|(_, passes)| passes).collect()));
        ControlFlow::Continue(())
    })
    .map_err(|problems| problems.0[0].code.name())?;
    Ok(entities)
}

/// Like `graded_one_by_one`, but parsed from the output of `ndjson`.
fn printed(lines: &str) -> Vec<(String, Vec<bool>)> {
    let entity = |line: &str| {
        let entity: Value = serde_json::from_str(line).expect("a line is JSON");
        let rules = entity["scorecards"]["all"]["rules"].as_array().cloned().unwrap_or_default();
        let passes = rules.iter().map(|rule| rule["status"] == "SUCCESS").collect();
        (entity["identifier"].as_str().expect("it has a name").to_owned(), passes)
    };
    lines.lines().map(entity).collect()
}

/// The entities of a stream, read by a full parser. The error is `true` if the program may miss the problem.
fn parsed(stream: &[u8]) -> Result<Vec<Value>, bool> {
    let mut entities = Vec::new();
    for value in serde_json::Deserializer::from_slice(without_mark(stream)).into_iter::<Value>() {
        let value = value.map_err(|error| {
            let error = error.to_string();
            ["number out of range", "surrogate", "hex escape", "recursion limit"]
                .iter()
                .any(|may| error.contains(may))
        })?;
        let members = match &value {
            Value::Array(items) => items.clone(),
            Value::Object(object) if !object.contains_key("identifier") => {
                match (object.get("entities"), object.get("entity")) {
                    (Some(Value::Array(items)), _) => items.clone(),
                    (_, Some(one @ Value::Object(_))) => vec![one.clone()],
                    _ => return Err(false),
                }
            }
            other => vec![other.clone()],
        };
        if !members.iter().all(is_entity) {
            return Err(false);
        }
        entities.extend(members);
    }
    Ok(entities)
}

fn without_mark(stream: &[u8]) -> &[u8] {
    stream.strip_prefix("\u{feff}".as_bytes()).unwrap_or(stream)
}

fn is_entity(value: &Value) -> bool {
    let Value::Object(object) = value else { return false };
    let named = |key: &str| object.get(key).is_none_or(|value| value.is_string() || value.is_null());
    let held = |key: &str| object.get(key).is_none_or(|value| value.is_object() || value.is_null());
    let identified = object.get("identifier").and_then(Value::as_str).is_some_and(|name| !name.is_empty());
    identified && named("title") && named("blueprint") && held("properties") && held("relations")
}

/// A stream of these entities in one of ten forms.
fn stream(entities: &[Value], form: usize) -> String {
    let compact = |value: &Value| value.to_string();
    let pretty = |value: &Value| serde_json::to_string_pretty(value).expect("values can be written");
    let lines =
        |separator: &str| entities.iter().map(|entity| compact(entity) + separator).collect::<String>();
    match form % 10 {
        0 => lines("\n"),
        1 => lines("\r\n\r\n"),
        2 => lines(""),
        3 => compact(&json!(entities)),
        4 => pretty(&json!(entities)),
        5 => format!(r#"{{"ok":true,"entities":{},"next":[{{"x":"}}"}}]}}"#, compact(&json!(entities))),
        6 => pretty(&json!({"ok": true, "entities": entities})),
        7 => entities.iter().map(|entity| compact(&json!({"ok": true, "entity": entity}))).collect(),
        8 => entities.chunks(2).map(|page| pretty(&json!({"entities": page})) + "\n").collect(),
        _ => format!("\u{feff}{} [] {}", lines(" \t"), pretty(&json!(entities))),
    }
}

/// A random change to a stream: its kind, two places, and a byte.
type Damage = (u8, prop::sample::Index, prop::sample::Index, u8);

fn damaged(mut bytes: Vec<u8>, damage: &[Damage]) -> Vec<u8> {
    const PIECES: [&[u8]; 12] =
        [b"\"", b"\\", b"{", b"}", b"[", b"]", b",", b":", b"\\ud83d", b"1e999", b"\x01", b"\xff"];
    for (kind, one, other, byte) in damage {
        if bytes.is_empty() {
            break;
        }
        let at = one.index(bytes.len());
        match kind % 6 {
            0 => bytes[at] ^= byte | 1,
            1 => bytes.truncate(at),
            2 => drop(bytes.remove(at)),
            3 => {
                let piece = PIECES[usize::from(*byte) % PIECES.len()];
                bytes.splice(at..at, piece.iter().copied());
            }
            4 => {
                let end = other.index(bytes.len());
                let piece: Vec<u8> = bytes[at.min(end)..at.max(end)].to_vec();
                bytes.splice(at..at, piece);
            }
            _ => {
                let end = other.index(bytes.len());
                bytes.drain(at.min(end)..at.max(end));
            }
        }
    }
    bytes
}

fn ways() -> Vec<Settings> {
    let threads = |count| NonZero::new(count).expect("it is not zero");
    let all = Settings::default();
    let mut ways = vec![Settings { threads: threads(1), ..all }];
    for block in [1, 7, 64, 4096] {
        for count in [1, 3] {
            ways.push(Settings { threads: threads(count), block, ..all });
            ways.push(Settings { threads: threads(count), block, lookahead: block, ..all });
        }
    }
    ways
}

fn check(
    scorecards: &Scorecards,
    definitions: &[Value],
    stream: &[u8],
    damaged: bool,
) -> Result<(), TestCaseError> {
    let expected = parsed(stream).map(|entities| {
        let as_of = AS_OF.parse().expect("it is a time");
        let result = oracle::grade(definitions, &entities, "service", as_of);
        result["entities"].as_array().cloned().unwrap_or_default()
    });
    let rows = serde_json::Deserializer::from_slice(without_mark(stream)).into_iter::<Value>();
    let ambiguous =
        rows.flatten().any(|row| row.get("identifier").is_some() && row.get("entities").is_some());
    // damage may have duplicated the key, and the last one counts
    let doubled = damaged && String::from_utf8_lossy(stream).matches("\"entities\"").count() > 1;
    let ambiguous = ambiguous || doubled;
    let mut first: Option<Result<String, &str>> = None;
    for settings in ways() {
        let actual = graded(scorecards, stream, settings);
        // a small lookahead reads an object member by member: a late key cannot change what the object is, and
        // members beside its array of entities are skipped, even if a flat row would need them
        let lenient = ambiguous || actual == Err("late-key") || expected == Err(true);
        if settings.lookahead < Settings::default().lookahead && lenient {
            continue;
        }
        match (&actual, &expected) {
            (Ok(text), Ok(expected)) => {
                let results: Vec<Value> =
                    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
                prop_assert_eq!(&results, expected);
            }
            (Err(_), Err(_)) | (Ok(_), Err(true)) => {}
            _ => {
                prop_assert!(false, "{:?} but {:?} for {}", actual, expected, String::from_utf8_lossy(stream))
            }
        }
        let first = first.get_or_insert_with(|| actual.clone());
        // if there are several problems, reading member by member may find another one first
        if actual.is_ok() || settings.lookahead == Settings::default().lookahead {
            prop_assert_eq!(&actual, &*first, "with {:?}", settings);
        }
    }
    let in_parallel = graded(scorecards, stream, Settings::default()).map(|lines| printed(&lines));
    prop_assert_eq!(graded_one_by_one(scorecards, stream), in_parallel);
    Ok(())
}

fn run(cases: u32, most_damage: usize) {
    let definitions = scorecards();
    let source = Source::new("set", json!(definitions).to_string());
    let read = read_definitions(vec![source], "service").expect("the set is valid");
    let scorecards = Scorecards::new(read, Instant::parse(AS_OF).expect("it is a time"), "service");
    let damage = prop::collection::vec(any::<Damage>(), 0..=most_damage);
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let outcome = runner.run(&(random::entities(), any::<usize>(), damage), |(entities, form, damage)| {
        let bytes = damaged(stream(&entities, form).into_bytes(), &damage);
        check(&scorecards, &definitions, &bytes, !damage.is_empty())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

#[test]
fn valid_streams_are_read_like_a_full_parser_does() {
    run(64, 0);
}

#[test]
fn damaged_streams_are_rejected_like_a_full_parser_does() {
    run(512, 2);
}

#[test]
fn after_a_sink_stops_no_entities_and_no_problems_follow() {
    let stream = |count: usize| r#"{"identifier": "x"} "#.repeat(count);
    for text in [
        stream(3) + "garbage",
        stream(100_000) + "garbage",
        format!("[{}", stream(3).trim().replace("} {", "},{")),
    ] {
        let mut seen = 0;
        let read = for_each_entity(text.as_bytes(), &Wanted::new("service"), |_| {
            seen += 1;
            if seen == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert_eq!((read.is_ok(), seen), (true, 3));
    }
}

/// Escaped keys, duplicate keys and surrogate pairs are rare in random data.
#[test]
fn rare_spellings_are_read_like_a_full_parser_does() {
    let definitions = scorecards();
    let source = Source::new("set", json!(definitions).to_string());
    let read = read_definitions(vec![source], "service").expect("the set is valid");
    let scorecards = Scorecards::new(read, Instant::parse(AS_OF).expect("it is a time"), "service");
    for stream in [
        r#"{"\u0069dentifier":"x1","properties":{"\u0061":8,"b":"\u0061\ud83d\ude80"}}"#,
        r#"{"identifier":"x","identifier":"y1","properties":{"a":1},"properties":{"a":8}}"#,
        r#"{"identifier":"x","a":8,"properties":null}"#,
        r#"{"a":1,"a":8,"identifier":"x"}"#,
        r#"{"entities":[1,2],"identifier":"x"}"#,
        r#"{"entities":[],"entities":[{"identifier":"x"}]}"#,
        r#"{"entity":{"identifier":"x"},"entities":3}"#,
        r#"{"identifier":5,"identifier":"x","title":7,"title":null}"#,
        r#"{"identifier":"x","properties":{"a\"":1,"a":8}}{"identifier":"x","properties":{"a"":1}}"#,
        r#"{"identifier":"x","properties":{"a\"":1,"a":8}}{"identifier":"x","properties":{"a\"":1,"b":2,"a":8}}"#,
        r#"{"identifier":"x","team":["a",["b"],{"c":[]}],"relations":{"r":["z","a"]}}"#,
        r#"{"identifier":"x","team":["","a",""]} {"identifier":"y","team":""}"#,
        r#"{"identifier":"x","properties":{"a":[1,[9]]}} {"identifier":"x","properties":{"a":[1,9]}}"#,
        "[]",
        "[[]]",
        "{}",
        "7",
        "null",
        "[{\"identifier\":\"x\"},]",
        "[,]",
        "{\"identifier\":\"x\",}",
        "",
        " \n",
        "\u{feff}",
        "{\"identifier\":\"x\"} garbage",
        "[{\"identifier\":\"x\"}",
        "{\"entities\":[{\"identifier\":\"x\"}]",
        "]",
    ] {
        if let Err(error) = check(&scorecards, &definitions, stream.as_bytes(), true) {
            panic!("{stream}: {error}");
        }
    }
}
