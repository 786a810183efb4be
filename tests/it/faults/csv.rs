//! Text in `csv` that a spreadsheet would run as a formula.

use crate::program::{Run, run_with};

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
