//! Text in `csv` that a spreadsheet would run as a formula.

use crate::program::{Run, directory, run_with};
use serde_json::json;

const SET: &str = "examples/filtered";

fn csv(entity: &str, more: &[&str]) -> Run {
    let arguments = ["evaluate", "-s", SET, "-e", "-", "-q", "-f", "csv", "--show", "p"];
    run_with(&[&arguments[..], more].concat(), entity.as_bytes())
}

/// The entity with this text in every field, and the line that is expected for a field.
fn line(run: &Run) -> &str {
    assert_eq!(run.code, 0, "{}", run.stderr);
    let (_, line) = run.stdout.split_once("\r\n").expect("there is a line after the head");
    line.trim_end_matches("\r\n")
}

#[test]
fn a_formula_gets_an_apostrophe_and_a_number_does_not() {
    for (text, field, raw) in [
        ("=1+1", "'=1+1", "=1+1"),
        ("@SUM(A1)", "'@SUM(A1)", "@SUM(A1)"),
        ("+a", "'+a", "+a"),
        ("-a", "'-a", "-a"),
        ("\ta", "'\ta", "\ta"),
        ("\ra", "\"'\ra\"", "\"\ra\""),
        ("=A(\"x\",1)", "\"'=A(\"\"x\"\",1)\"", "\"=A(\"\"x\"\",1)\""),
        ("-inf", "'-inf", "-inf"),
        ("-1.5", "-1.5", "-1.5"),
        ("+1e-7", "+1e-7", "+1e-7"),
        ("–", "–", "–"),
        ("a=1", "a=1", "a=1"),
    ] {
        let text = serde_json::to_string(text).expect("it is text");
        let entity = format!(
            r#"{{"identifier": {text}, "title": {text}, "blueprint": {text}, "team": {text}, "properties": {{"p": {text}}}}}"#
        );
        for (more, field) in [(&[][..], field), (&["--csv-raw"][..], raw)] {
            let run = csv(&entity, more);
            let fields = [field; 5].join(",");
            assert!(line(&run).starts_with(&fields), "{text}: {:?} is not {fields:?}", line(&run));
        }
    }
}

#[test]
fn a_negative_number_stays_a_number() {
    let run = csv(r#"{"identifier": "a", "properties": {"p": -12.5}}"#, &[]);
    assert!(line(&run).contains(",-12.5,"), "{}", line(&run));
}

/// The last column has the identifiers of the scorecards without data, in the order of the definitions.
#[test]
fn the_last_column_names_the_scorecards_without_data() {
    let card = |identifier: &str, property: &str| {
        json!({"identifier": identifier, "rules": [{"identifier": "r", "level": "Gold", "query": {
            "combinator": "and", "conditions": [{"property": property, "operator": ">", "value": 0}]}}]})
    };
    let set = json!([card("=b, \"c\"", "x"), card("a", "y"), card("d\r\n", "x")]).to_string();
    let files = directory(&[("set.json", set.as_bytes())]);
    let set = files.path().join("set.json").display().to_string();
    let entities = br#"{"identifier": "none"} {"identifier": "one", "x": 1} {"identifier": "both", "x": 0, "y": 2} {"identifier": "all", "x": 1, "y": 1}"#;
    for (more, mark) in [(&[][..], "'"), (&["--csv-raw"][..], "")] {
        let arguments = ["evaluate", "-s", &set, "-e", "-", "-q", "-f", "csv"];
        let run = run_with(&[&arguments[..], more].concat(), entities);
        let expected = format!(
            "identifier,title,blueprint,team,\"{mark}=b, \"\"c\"\"\",a,\"d\r\n\",no_data\r\n\
             none,none,service,,Basic,Basic,Basic,\"{mark}=b, \"\"c\"\", a, d\r\n\"\r\n\
             one,one,service,,Gold,Basic,Gold,a\r\n\
             both,both,service,,Basic,Gold,Basic,\"{mark}=b, \"\"c\"\", d\r\n\"\r\n\
             all,all,service,,Gold,Gold,Gold,\r\n"
        );
        assert_eq!(run.stdout, expected);
    }
}

#[test]
fn the_head_is_guarded_too() {
    let arguments = ["evaluate", "-e", "-", "-q", "-f", "csv", "--show", "=p"];
    for (more, name) in [(&[][..], "'=p"), (&["--csv-raw"][..], "=p")] {
        let run = run_with(&[&arguments[..], more].concat(), b"");
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert!(
            run.stdout.starts_with(&format!("identifier,title,blueprint,team,{name},")),
            "{}",
            run.stdout
        );
    }
}
