//! The format `rows`, and the law that formats for programs are complete with any display option.

use crate::gates;
use crate::program::{csv_fields, directory, run_with};
use crate::schema::check;
use dora_score::program::Format;
use proptest::prelude::*;
use serde_json::{Value, json};

const HEADER: &str = "blueprint,identifier,title,team,scorecard,level,rank,no_data,passed,total,minimum,gate";

const SET: &str = r#"[{"identifier": "=c", "filter": {"combinator": "and", "conditions": [{"property": "skip", "operator": "isEmpty"}]},
    "rules": [{"identifier": "r", "level": "Gold", "query": {"combinator": "and", "conditions": [
        {"property": "x", "operator": ">", "value": 0}]}}]}]"#;

fn rows(entities: &str, more: &[&str]) -> String {
    let files = directory(&[("set.json", SET.as_bytes())]);
    let set = files.path().join("set.json").display().to_string();
    let run = run_with(
        &[&["evaluate", "-s", &set, "-e", "-", "-q", "-f", "rows"], more].concat(),
        entities.as_bytes(),
    );
    assert!(run.code <= 1, "{}", run.stderr);
    run.stdout
}

#[test]
fn a_row_has_the_result_of_an_entity_in_a_scorecard() {
    let entities = r#"{"identifier": "a", "title": "A, B", "team": ["t", "-u"], "x": 1, "p": {"k": [1.0]}}
        {"identifier": "missing"} {"identifier": "inactive", "x": 0} {"identifier": "out", "skip": 1} {"identifier": "other", "blueprint": "pod"}"#;
    let expected = [
        HEADER,
        "service,a,\"A, B\",\"t, -u\",'=c,Gold,3,,1,1,,",
        "service,missing,missing,,'=c,Basic,0,missing,0,1,,",
        "service,inactive,inactive,,'=c,Basic,0,inactive,0,1,,",
        "service,out,out,,'=c,,,,,,,",
        "",
    ];
    assert_eq!(rows(entities, &[]), expected.join("\r\n"));
    let gated = rows(
        entities,
        &["-m", "gold", "--no-data", "skip-inactive", "--csv-raw", "--show", "p", "--show", "=n"],
    );
    let expected = [
        &format!("{HEADER},p,=n"),
        "service,a,\"A, B\",\"t, -u\",=c,Gold,3,,1,1,Gold,passed,\"{\"\"k\"\":[1.0]}\",",
        "service,missing,missing,,=c,Basic,0,missing,0,1,Gold,failed,,",
        "service,inactive,inactive,,=c,Basic,0,inactive,0,1,Gold,noData,,",
        "service,out,out,,=c,,,,,,,,,",
        "",
    ];
    assert_eq!(gated, expected.join("\r\n"));
    assert_eq!(rows("", &["--show", "@p"]), format!("{HEADER},'@p\r\n"));
}

/// The hostile variant: every text is a formula, has quotes and line breaks, or begins a workflow command.
#[test]
fn hostile_text_stays_in_its_field() {
    for text in [
        "=1+1",
        "@x",
        "\t=1",
        "::error::x",
        " ::x",
        "\"\r\n,",
        "\u{1b}[31m\u{202e}",
        "-1",
        "'=1",
        &"x".repeat(10_000),
    ] {
        let entity = json!({"identifier": text, "title": text, "team": [text], "blueprint": "service", "properties": {"p": text}});
        for (more, is_raw) in [(&["--show", "p"][..], false), (&["--show", "p", "--csv-raw"], true)] {
            let printed = rows(&entity.to_string(), more);
            let fields = csv_fields(&printed);
            let guarded = if !is_raw && text.starts_with(['=', '@', '\t']) {
                format!("'{text}")
            } else {
                text.to_owned()
            };
            assert_eq!(fields[1][1..4], [&guarded; 3].map(String::clone), "{text:?}");
            assert_eq!((fields.len(), fields[1].len(), &fields[1][12]), (2, 13, &guarded), "{text:?}");
            assert!(!printed.lines().any(|line| line.trim_start().starts_with("::")), "{text:?}");
        }
    }
}

/// Whether a field is this text, perhaps after the mark that keeps a spreadsheet from running it.
fn is(field: &str, text: &str) -> bool {
    field == text
        || field.strip_prefix('\'') == Some(text) && text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[test]
fn rows_are_the_results_of_the_json_document() {
    check(gates::cases(), 128, |case| {
        let document: Value = serde_json::from_str(&case.graded(Format::Json).0).expect("JSON");
        let fields = csv_fields(&case.graded(Format::Rows).0);
        let mut lines = fields.iter().skip(1);
        for entity in document["entities"].as_array().expect("an array") {
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let team: Vec<String> = entity["team"].as_array().expect("an array").iter().map(text).collect();
            let cards = document["summary"]["scorecards"].as_array().expect("an array");
            for card in cards.iter().filter(|card| card["blueprint"] == entity["blueprint"]) {
                let result = &entity["scorecards"][card["identifier"].as_str().expect("text")];
                let number =
                    |key: &str| result[key].as_u64().map_or_else(String::new, |number| number.to_string());
                let expected = [
                    text(&entity["blueprint"]),
                    text(&entity["identifier"]),
                    text(&entity["title"]),
                    team.join(", "),
                    text(&card["identifier"]),
                    text(&result["level"]),
                    number("rank"),
                    text(&result["noDataReason"]),
                    number("passed"),
                    number("total"),
                    text(&result["minimum"]),
                    text(&result["gate"]),
                ];
                let line = lines.next().expect("there is a row");
                let same = line.len() == expected.len()
                    && line.iter().zip(&expected).all(|(field, text)| is(field, text));
                prop_assert!(same, "{line:?} is not {expected:?}");
            }
        }
        prop_assert_eq!(lines.next(), None);
        Ok(())
    });
}

/// Display options change only lists for people.
#[test]
fn formats_for_programs_are_the_same_with_any_display_option() {
    let options = (
        prop::option::of(0..4_usize),
        prop::option::of(any::<bool>()),
        any::<bool>(),
        prop::sample::select(vec!["table", "markdown"]),
    );
    check((crate::random::sets(), options), 24, |((set, entities), (limit, sort, failing, people))| {
        let files = directory(&[("set.json", &serde_json::to_vec(&set).expect("written"))]);
        let path = |name: &str| files.path().join(name).display().to_string();
        let stdin = serde_json::to_vec(&entities).expect("written");
        // a minimum that every scorecard has: the level above its base; without one there is no gate
        let minimum = set.iter().find_map(|card| {
            let levels = card["levels"].as_array().filter(|levels| !levels.is_empty());
            let level = levels.map_or(Some("Bronze"), |levels| levels.get(1)?["title"].as_str())?;
            let identifier = card["identifier"].as_str()?;
            let is_only = set.iter().filter(|other| other["identifier"] == identifier).count() == 1;
            is_only.then(|| format!("{}={}", Value::from(identifier), Value::from(level)))
        });
        let names = ["json", "ndjson", "csv", "rows"];
        let print = |more: &[String]| {
            let mut arguments: Vec<String> =
                ["evaluate", "-e", "-", "-q", "--as-of", "2026-01-31", "-s"].map(str::to_owned).to_vec();
            arguments.push(path("set.json"));
            names
                .iter()
                .for_each(|name| arguments.extend(["-f".to_owned(), format!("{name}={}", path(name))]));
            if let Some(minimum) = &minimum {
                arguments.extend(["-m".to_owned(), minimum.clone(), "--exit-zero".to_owned()]);
            }
            arguments.extend_from_slice(more);
            let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
            let run = run_with(&arguments, &stdin);
            assert!(matches!(run.code, 0 | 3), "{arguments:?}: {}", run.stderr);
            names.map(|name| std::fs::read(path(name)).expect("it is written"))
        };
        let mut more = vec!["-f".to_owned(), people.to_owned()];
        if let Some(limit) = limit {
            more.extend(["--limit".to_owned(), limit.to_string()]);
        }
        if let Some(by_title) = sort {
            let identifier = set[0]["identifier"].as_str().expect("text");
            more.push(format!("--sort={}", if by_title { "title" } else { identifier }));
        }
        if failing && minimum.is_some() {
            more.push("--failing".to_owned());
        }
        prop_assert!(print(&[]) == print(&more), "{more:?}");
        Ok(())
    });
}

/// The display options refuse text that is not UTF-8, before anything is read.
#[cfg(unix)]
#[test]
fn display_options_refuse_text_that_is_not_utf_8() {
    use crate::program::command;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    for option in ["--show", "--sort", "--group-by", "--limit", "--where"] {
        let mut command = command();
        command
            .args(["evaluate", "-e", "none", "-f", "table", option])
            .arg(OsStr::from_bytes(b"a = \xff\xfe"));
        let output = command.output().expect("the program runs");
        let stderr = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(
            (output.status.code(), output.stdout.as_slice()),
            (Some(2), &b""[..]),
            "{option}: {stderr}"
        );
        assert!(stderr.starts_with("error: "), "{option}: {stderr}");
    }
}
