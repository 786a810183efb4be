//! Invalid entities. Every case is read from a file and from standard input, because lines are counted in different
//! ways for them.

use super::{Marked, assert_clean, assert_rejected};
use crate::program::{Run, directory, run, run_with};

/// Scorecards with a property, a relation and two meta-properties, so that their values are decoded.
const SET: &str = r#"{"identifier": "set", "rules": [{"identifier": "r", "level": "Gold", "query":
  {"combinator": "or", "conditions": [{"property": "p", "operator": "=", "value": 1},
   {"relation": "r", "operator": "isEmpty"}, {"property": "$icon", "operator": "isEmpty"},
   {"property": "$team", "operator": "isEmpty"}]}}]}"#;

/// The text, the code, and a part of the message or the help.
#[rustfmt::skip]
const CASES: &[(&str, &str, &str)] = &[
    // between and after values
    ("{\"identifier\": \"a\"} ⟦}", "malformed-json", "expected a JSON value"),
    ("{\"identifier\": \"a\"}⟦, {\"identifier\": \"b\"}", "malformed-json", "expected a JSON value"),
    ("{\"identifier\": \"a\"}\r\n⟦# comment\r\n", "malformed-json", "expected a JSON value"),
    ("[{\"identifier\": \"é\"} ⟦{\"identifier\": \"b\"}]", "malformed-json", "expected `,`"),
    ("[{\"identifier\": \"a\"},\n ⟦]", "malformed-json", "expected a JSON value"),
    ("[⟦,{\"identifier\": \"a\"}]", "malformed-json", "expected a JSON value"),
    ("[{\"identifier\": \"a\"}⟦}", "malformed-json", "expected `,`"),
    ("{\"entities\": [{\"identifier\": \"a\"}]⟦]", "malformed-json", "expected `,`"),
    ("⟦hello", "malformed-json", "expected a JSON value"),
    ("{\"identifier\": \"a\"}\n⟦\u{feff}{\"identifier\": \"b\"}", "malformed-json", "expected a JSON value"),
    ("{\"identifier\": \"a\"}\n⟦\0", "malformed-json", "expected a JSON value"),
    ("\u{feff}{\"identifier\": \"a\"} ⟦x", "malformed-json", "expected a JSON value"),
    // inside values, including values that no scorecard needs
    ("{⟦identifier: \"a\"}", "malformed-json", "expected a key in double quotes"),
    ("{\"identifier\": ⟦'a'}", "malformed-json", "expected a JSON value"),
    ("{\"identifier\": \"a\",⟦}", "malformed-json", "expected a key in double quotes"),
    ("{\"identifier\"⟦, \"a\"}", "malformed-json", "expected `:`"),
    ("{\"identifier\": \"a\", \"x\": ⟦NaN}", "malformed-json", "expected a JSON value"),
    ("{\"identifier\": \"a\", \"x\": ⟦Infinity}", "malformed-json", "expected a JSON value"),
    ("{\"identifier\": \"a\", \"x\": ⟦+1}", "malformed-json", "expected a JSON value"),
    ("{\"identifier\": \"a\", \"x\": ⟦.5}", "malformed-json", "expected a JSON value"),
    ("{\"identifier\": \"a\", \"x\": 0⟦1}", "malformed-json", "invalid number"),
    ("{\"identifier\": \"a\", \"x\": 1e⟦}", "malformed-json", "invalid number"),
    ("{\"identifier\": \"a\", \"x\": ⟦True}", "malformed-json", "expected a JSON value"),
    ("{\"identifier\": \"a\", \"x\": [1,⟦]}", "malformed-json", "expected a JSON value"),
    ("{\"identifier\": \"a\", \"x\": {\"y\": [1⟦}}", "malformed-json", "expected `,`"),
    ("{\"identifier\": \"a\", \"x\": \"ü⟦\\q\"}", "malformed-json", "in entity `a`"),
    ("{\"identifier\": \"a\", \"x\": \"⟦\\u12g4\"}", "malformed-json", "in entity `a`"),
    ("{\"identifier\": \"a\", \"x\": \"tab⟦\t\"}", "malformed-json", "must be escaped"),
    ("{\"identifier\": \"a\", \"x\": \"line⟦\n\"}", "malformed-json", "must be escaped"),
    // values that a scorecard needs
    ("{\"identifier\": \"⟦\\ud800\"}", "lone-surrogate", "half of a surrogate pair"),
    ("{\"identifier\": \"a\", \"properties\": {\"p\": \"⟦\\udfff\"}}", "lone-surrogate", "in entity `a`"),
    ("{\"identifier\": \"a\", \"properties\": {\"p\": [1, \"⟦\\ud800x\"]}}", "lone-surrogate", "in entity `a`"),
    ("{\"identifier\": \"a\", \"relations\": {\"r\": \"⟦\\ud800\\ud800\"}}", "lone-surrogate", "in entity `a`"),
    ("{\"identifier\": \"a\", \"icon\": \"⟦\\udc00\"}", "lone-surrogate", "in entity `a`"),
    ("{\"identifier\": \"a\", \"title\": \"⟦\\udc00\"}", "lone-surrogate", "in entity `a`"),
    ("{\"identifier\": \"a\", \"properties\": {\"p\": ⟦1e400}}", "number-out-of-range", "in entity `a`"),
    ("{\"identifier\": \"a\", \"p\": ⟦-1e999}", "number-out-of-range", "in entity `a`"),
    ("{\"identifier\": \"a\", \"properties\": {\"p\": {\"x\": [⟦1e309]}}}", "number-out-of-range", "in entity `a`"),
    ("{\"identifier\": \"a\", \"team\": [⟦1e309]}", "number-out-of-range", "in entity `a`"),
    // names of the wrong type
    ("⟦{}", "missing-identifier", "the entity has no `identifier`"),
    ("{\"identifier\": \"a\"}\n\n  ⟦{\"title\": \"x\"}", "missing-identifier", "every entity needs an `identifier`"),
    ("[{\"identifier\": ⟦\"\"}]", "missing-identifier", "is empty"),
    ("{\"identifier\": ⟦7}", "wrong-type", "must be a string, not a number"),
    ("{\"identifier\": ⟦null}", "wrong-type", "must be a string, not null"),
    ("{\"identifier\": \"a\", \"identifier\": ⟦[\"b\"]}", "wrong-type", "must be a string, not an array"),
    ("{\"title\":\n⟦7, \"identifier\": \"a\"}", "wrong-type", "`title` must be a string or null, not a number"),
    ("{\"identifier\": \"a\", \"blueprint\": ⟦{}}", "wrong-type", "`blueprint` must be a string or null, not an object"),
    ("{\"identifier\": \"a\", \"properties\": ⟦[]}", "wrong-type", "`properties` must be an object or null, not an array"),
    ("{\"identifier\": \"a\", \"properties\": ⟦\"x\"}", "wrong-type", "in entity `a`"),
    ("{\"identifier\": \"a\", \"relations\": ⟦7}", "wrong-type", "`relations` must be an object or null, not a number"),
    ("{\"identifier\": \"a\", \"relations\": ⟦false}", "wrong-type", "not a boolean"),
    // values that are not entities
    ("⟦7", "wrong-type", "an entity must be an object, not a number"),
    ("{\"identifier\": \"a\"} ⟦\"text\"", "wrong-type", "an entity must be an object, not a string"),
    ("⟦null\n", "wrong-type", "an entity must be an object, not null"),
    ("⟦true false", "wrong-type", "an entity must be an object, not a boolean"),
    ("[⟦[{\"identifier\": \"a\"}]]", "wrong-type", "an entity must be an object, not an array"),
    ("{\"entities\": [⟦3]}", "wrong-type", "an entity must be an object, not a number"),
    ("⟦{\"entities\": {}}", "missing-identifier", "the entity has no `identifier`"),
    ("⟦{\"entity\": []}", "missing-identifier", "the entity has no `identifier`"),
    ("[⟦{\"entities\": []}]", "nested-wrapper", "cannot be an element of an array"),
    ("[{\"identifier\": \"a\"}, ⟦{\"entity\": {\"identifier\": \"b\"}}]", "nested-wrapper", "cannot be an element of an array"),
    ("{\"ok\": true, \"entities\": [⟦{\"entities\": [{\"identifier\": \"a\"}]}]}", "nested-wrapper", "cannot be an element of an array"),
];

/// Evaluates a text as a file and as standard input. Returns the name of the input and the run.
fn both_ways(text: &[u8], format: &str, more: &[&str]) -> [(String, Run); 2] {
    let files = directory(&[("set.json", SET.as_bytes()), ("in.json", text)]);
    let path = |name| files.path().join(name).display().to_string();
    let (set, file) = (path("set.json"), path("in.json"));
    let evaluate = |entities: &str, stdin: &[u8]| {
        let arguments = [&["evaluate", "-s", &set, "-e", entities, "-f", format, "-q"], more].concat();
        run_with(&arguments, stdin)
    };
    [(file.clone(), evaluate(&file, b"")), ("<stdin>".to_owned(), evaluate("-", text))]
}

fn assert_rejected_both_ways(marked: &Marked, code: &str, words: &str, more: &[&str]) {
    let what = &marked.text.chars().take(200).collect::<String>();
    for (name, run) in both_ways(marked.text.as_bytes(), "csv", more) {
        assert_rejected(&run, code, what);
        assert_eq!(run.stdout, "", "{what}");
        let place = format!("--> {}\n", marked.place(&name));
        assert!(run.stderr.contains(&place), "{what}: no `{place}` in {}", run.stderr);
        assert!(run.stderr.contains(words), "{what}: no `{words}` in {}", run.stderr);
    }
}

#[test]
fn each_problem_is_reported_at_its_place() {
    for (text, code, words) in CASES {
        assert_rejected_both_ways(&Marked::new(text), code, words, &[]);
    }
}

#[test]
fn deep_nesting_is_rejected() {
    let brackets = |count: usize| "[".repeat(count);
    let objects = "{\"a\":".repeat(128);
    for text in [
        format!("{}⟦[", brackets(128)),
        format!("{}⟦{}", brackets(128), brackets(100_000)),
        format!("{objects}⟦{{\"a\":"),
        format!("{objects}⟦{}", "{\"a\":".repeat(100_000)),
        format!("{{\"identifier\": \"a\", \"properties\": {{\"p\": {}⟦[", brackets(126)),
        format!("{{\"identifier\": \"a\", \"p\":\n{}⟦{}", brackets(127), brackets(100_000)),
        format!("{{\"entities\": [{{\"identifier\": \"a\", \"x\": {}⟦[", brackets(125)),
    ] {
        assert_rejected_both_ways(&Marked::new(&text), "nested-too-deep", "more than 128 levels deep", &[]);
    }
    let whole = format!("{{\"identifier\": \"a\", \"p\": {}{}}}", brackets(127), "]".repeat(127));
    for (name, run) in both_ways(whole.as_bytes(), "csv", &[]) {
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
    }
}

#[test]
fn invalid_utf8_is_rejected_at_its_place() {
    for (marked, broken) in [
        ("⟦?", &b"\xff"[..]),
        ("{\"identifier\": \"ä⟦?\"}", b"\xc3"),
        ("{\"identifier\": \"a\"}\n{\"identifier\": \"é\", \"x\": \"⟦?\"}", b"\xed\xa0\x80"),
        ("{\"identifier\": \"a\"} ⟦?", b"\xf0\x9f\x98"),
    ] {
        let marked = Marked::new(marked);
        let mut bytes = Vec::new();
        for byte in marked.text.bytes() {
            bytes.extend_from_slice(if byte == b'?' { broken } else { std::slice::from_ref(&byte) });
        }
        for (name, run) in both_ways(&bytes, "csv", &[]) {
            assert_rejected(&run, "invalid-utf8", &marked.text);
            let place = format!("--> {}\n", marked.place(&name));
            assert!(run.stderr.contains(&place), "no `{place}` in {}", run.stderr);
        }
    }
}

#[test]
fn a_document_that_is_truncated_anywhere_is_rejected_at_its_end() {
    let whole = "{\"ok\": true, \"entities\": [{\"identifier\": \"ä\", \"properties\": {\"p\": [-1.5, \"\\u00e9\", null]},\
        \"relations\": {\"r\": {}}}], \"n\": 0}";
    let files = directory(&[("set.json", SET.as_bytes())]);
    let set = files.path().join("set.json").display().to_string();
    for end in 1..whole.len() {
        let cut = &whole.as_bytes()[..end];
        let run = run_with(&["evaluate", "-s", &set, "-e", "-", "-f", "csv"], cut);
        let Some(text) = whole.get(..end) else {
            assert_rejected(&run, "invalid-utf8", &format!("cut at {end}"));
            continue;
        };
        assert_rejected(&run, "truncated-json", &format!("cut at {end}"));
        assert_eq!(run.stdout, "", "cut at {end}");
        let place = format!("--> {}\n", Marked::new(&format!("{text}⟦")).place("<stdin>"));
        assert!(run.stderr.contains(&place), "cut at {end}: {}", run.stderr);
    }
}

/// Before an error, `ndjson` prints complete lines, `json` prints an incomplete document, and other formats print
/// nothing.
#[test]
fn only_streaming_formats_print_results_before_an_error() {
    let text =
        "{\"identifier\": \"a\"}\n{\"identifier\": \"b\"}\n{\"identifier\": 3}\n{\"identifier\": \"c\"}\n";
    for (_, run) in both_ways(text.as_bytes(), "ndjson", &[]) {
        assert_rejected(&run, "wrong-type", "ndjson");
        let names: Vec<String> = run
            .stdout
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a whole line"))
            .map(|entity| entity["identifier"].as_str().expect("it has one").to_owned())
            .collect();
        assert_eq!(names, ["a", "b"]);
        assert!(run.stdout.ends_with("}\n"), "the last line is whole");
    }
    for (_, run) in both_ways(text.as_bytes(), "json", &[]) {
        assert_rejected(&run, "wrong-type", "json");
        assert!(serde_json::from_str::<serde_json::Value>(&run.stdout).is_err(), "{}", run.stdout);
    }
    for format in ["table", "summary", "csv", "rows", "markdown", "junit"] {
        for (_, run) in both_ways(text.as_bytes(), format, &["-m", "Gold"]) {
            assert_rejected(&run, "wrong-type", format);
            assert_eq!(run.stdout, "", "{format}");
            assert!(!run.stderr.contains("gate"), "{format}: nothing is decided: {}", run.stderr);
        }
    }
    for (name, run) in both_ways(text.as_bytes(), "github", &["-m", "Gold"]) {
        assert_rejected(&run, "wrong-type", "github");
        let name = name.replace(':', "%3A").replace(',', "%2C");
        let start = format!("::error file={name},line=3,col=16,title=wrong-type::");
        assert!(run.stdout.starts_with(&start) && run.stdout.lines().count() == 1, "{start}: {}", run.stdout);
    }
}

/// The input has many blocks, which several threads read.
#[test]
fn the_place_is_exact_in_a_large_input() {
    let rows: Vec<String> = (0..7_000)
        .map(|n| format!("{{\"identifier\": \"é{n}\", \"x\": \"{}\"}}", "ü".repeat(n % 50)))
        .collect();
    let wrong = "{\"identifier\": \"wröng\", \"blueprint\": ⟦7}";
    let lines = rows.join("\n");
    for text in [
        format!("{lines}\n{wrong}\n{lines}"),
        format!("[\n{},\n  {wrong},\n{}]", rows.join(",\n"), rows.join(",\n")),
        format!("{{\"ok\": true, \"entities\": [\n{},\n {wrong}]}}", rows.join(", ")),
        format!("\u{feff}{{\"entities\": [{}]}}\n {wrong}", rows.join(",\n")),
        format!("{lines}\n{lines} ⟦]"),
        format!("[{}⟦", rows.join(",\n")),
        format!("{{\"entities\": [{}]⟦", rows.join(",\n")),
    ] {
        let marked = Marked::new(&text);
        for threads in ["1", "4"] {
            for (name, run) in both_ways(marked.text.as_bytes(), "csv", &["--threads", threads]) {
                assert_eq!(run.code, 2, "{}", run.stderr);
                let place = format!("--> {}\n", marked.place(&name));
                assert!(run.stderr.contains(&place), "no `{place}` in {}", run.stderr);
            }
        }
    }
}

#[test]
fn an_entity_above_the_maximum_size_is_rejected() {
    let large = |size: usize| format!("{{\"identifier\": \"large\", \"x\": \"{}\"}}", "x".repeat(size));
    for text in [
        format!("{{\"identifier\": \"a\"}}\n  ⟦{}", large(2_000)),
        format!("[{{\"identifier\": \"a\"}},\n  ⟦{}]", large(2_000)),
        format!("[{{\"identifier\": \"a\"}},\n  ⟦{}]", large(2_000_000)),
        format!("{{\"entities\": [{{\"identifier\": \"a\"}},\n  ⟦{}]}}", large(2_000_000)),
        format!("{{\"identifier\": \"a\"}}\n  ⟦{}", large(2_000_000)),
        format!("⟦{}", "\"".to_owned() + &"x".repeat(1_000_000)),
    ] {
        let words = "`--max-entity-size BYTES`";
        assert_rejected_both_ways(
            &Marked::new(&text),
            "entity-too-large",
            words,
            &["--max-entity-size", "1000"],
        );
    }
    let exact = large(1_000 - large(0).len());
    for (name, run) in both_ways(exact.as_bytes(), "csv", &["--max-entity-size", "1000"]) {
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
    }
}

#[test]
fn the_maximum_size_does_not_limit_a_response_with_many_entities() {
    let rows: Vec<String> =
        (0..9_000).map(|n| format!("{{\"identifier\": \"entity number {n}\"}}")).collect();
    let answer = format!("{{\"ok\": true, \"entities\": [{}]}}", rows.join(","));
    for text in
        [format!("\u{feff}{answer}"), format!("{answer}\n{answer}"), format!("{{\"entities\": []}}{answer}")]
    {
        for (name, run) in both_ways(text.as_bytes(), "csv", &["--max-entity-size", "1000"]) {
            assert_eq!(run.code, 0, "{name}: {}", run.stderr);
            assert_eq!(run.stdout.lines().count() - 1, text.matches("identifier").count(), "{name}");
        }
    }
}

#[test]
fn a_problem_names_its_input_and_no_other() {
    let files = directory(&[("good.json", b"{\"identifier\": \"a\"}\n\n"), ("bad.json", b"\n {}")]);
    let path = |name| files.path().join(name).display().to_string();
    let run = run(&["evaluate", "-e", &path("good.json"), "-e", &path("bad.json"), "-f", "csv"]);
    assert_rejected(&run, "missing-identifier", "two inputs");
    assert!(run.stderr.contains(&format!("--> {}:2:2\n", path("bad.json"))), "{}", run.stderr);
    assert!(!run.stderr.contains("good.json"), "{}", run.stderr);
    assert_eq!(run.stdout, "");
}

#[test]
fn skipped_values_may_have_huge_numbers_and_lone_surrogates() {
    let text = "{\"identifier\": \"a\", \"properties\": {\"other\": [1e999, \"\\ud800\"]}, \"scorecards\": {\"x\": 1e999}}";
    for (name, run) in both_ways(text.as_bytes(), "csv", &[]) {
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        assert_clean(&run.stderr, &name);
    }
}
