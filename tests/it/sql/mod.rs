//! Tests of `sql`: the text of the queries, quoting, refusals and limits. `tests/sql/compare.py` runs the queries on
//! engines and compares them with `evaluate`.

use crate::program::{directory, run};
use serde_json::{Value, json};
use std::path::Path;

const DIALECTS: [&str; 3] = ["duckdb", "postgres", "spark"];
const LAYOUTS: [&str; 2] = ["columns", "json"];

fn sql(arguments: &[&str]) -> String {
    let run = run(&[&["sql"], arguments].concat());
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{arguments:?}");
    run.stdout
}

#[test]
fn somebody_who_gives_entities_is_told_of_the_relation() {
    for option in ["-e", "--entities"] {
        let refused = run(&["sql", "--dialect", "duckdb", option, "services.json"]);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""));
        assert!(refused.stderr.contains("name their table with `--from`"), "{}", refused.stderr);
    }
    assert!(!run(&["sql", "--help"]).stdout.contains("--entities"));
}

/// A scorecard with one rule for each condition.
fn card(conditions: &[Value]) -> Value {
    let rule = |(index, condition): (usize, &Value)| {
        json!({"identifier": format!("r{index}"), "level": "Gold",
            "query": {"combinator": "and", "conditions": [condition]}})
    };
    let rules: Vec<Value> = conditions.iter().enumerate().map(rule).collect();
    json!({"identifier": "card", "blueprint": "service", "title": "Card", "rules": rules})
}

/// Compiles a scorecard. Returns the exit code, standard output and standard error.
fn compiled(card: &Value, arguments: &[&str]) -> (i32, String, String) {
    let place = directory(&[("cards.json", card.to_string().as_bytes())]);
    let path = place.path().join("cards.json");
    let run = run(&[&["sql", "-s", path.to_str().expect("UTF-8")], arguments].concat());
    (run.code, run.stdout, run.stderr)
}

/// The text without comments, string literals and quoted identifiers, as an engine reads it.
fn skeleton(text: &str, dialect: &str) -> String {
    let (mut rest, mut skeleton) = (text.chars().peekable(), String::new());
    while let Some(character) = rest.next() {
        match character {
            '-' if rest.peek() == Some(&'-') => {
                let comment: String = rest.by_ref().take_while(|c| *c != '\n').collect();
                assert!(!comment.ends_with('\\'), "Spark continues the comment: {comment}");
                skeleton.push('\n');
            }
            '\'' | '"' | '`' => {
                skeleton.push(character);
                while let Some(inside) = rest.next() {
                    match inside {
                        '\\' if dialect == "spark" && character == '\'' => drop(rest.next()),
                        quote if quote == character && rest.peek() == Some(&quote) => drop(rest.next()),
                        quote if quote == character => break,
                        _ => {}
                    }
                }
            }
            other => skeleton.push(other),
        }
    }
    skeleton
}

/// Set `BLESS=1` to write the files anew, and look at the difference.
#[test]
fn the_queries_of_the_built_in_set_are_as_reviewed() {
    for dialect in DIALECTS {
        for layout in LAYOUTS {
            let text = sql(&["--dialect", dialect, "--layout", layout, "--scorecard", "dora_cfr"]);
            let file =
                Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/sql/{dialect}.{layout}.sql"));
            if std::env::var_os("BLESS").is_some() {
                std::fs::write(&file, &text).expect("it can be written");
            }
            assert_eq!(std::fs::read_to_string(&file).expect("it is there"), text, "{}", file.display());
        }
    }
}

#[test]
fn a_query_is_one_select_without_a_semicolon_and_always_the_same() {
    for dialect in DIALECTS {
        for layout in LAYOUTS {
            for result in ["levels", "summary"] {
                let arguments = ["--dialect", dialect, "--layout", layout, "--result", result];
                let text = sql(&arguments);
                assert_eq!(sql(&arguments), text);
                let read = skeleton(&text, dialect);
                assert!(!read.contains(';') && text.ends_with('\n'), "{text}");
                let reads = |line: &&str| {
                    line.starts_with("  FROM \"entities\"") || line.starts_with("  FROM `entities`")
                };
                assert_eq!(text.lines().filter(reads).count(), 1);
            }
        }
    }
}

#[test]
fn the_columns_layout_compiles_the_built_in_scorecards_of_the_blueprint() {
    let services = sql(&["--dialect", "duckdb"]);
    assert!(services.contains("'dora_cfr'") && !services.contains("team_dora_cfr"), "{services}");
    assert!(sql(&["--dialect", "duckdb", "--layout", "json"]).contains("'team_dora_cfr'"));
    let none = run(&["sql", "--dialect", "duckdb", "--scorecard", "team_*"]);
    assert_eq!((none.code, none.stdout.as_str()), (2, ""));
    assert!(
        none.stderr
            .starts_with("error[no-scorecards]: `--scorecard` selects no built-in scorecard of `service`\n"),
        "{}",
        none.stderr
    );
}

#[test]
fn the_relation_is_quoted_part_by_part() {
    for (from, duckdb, spark) in [
        ("port.entities", "\"port\".\"entities\"", "`port`.`entities`"),
        ("a\"b`c", "\"a\"\"b`c\"", "`a\"b``c`"),
        ("x; DROP TABLE y --", "\"x; DROP TABLE y --\"", "`x; DROP TABLE y --`"),
        ("\"a.b\".c", "\"a.b\".\"c\"", "`a.b`.`c`"),
    ] {
        assert!(
            sql(&["--dialect", "duckdb", "--from", from]).contains(&format!("  FROM {duckdb} AS e\n")),
            "{from}"
        );
        assert!(
            sql(&["--dialect", "spark", "--from", from]).contains(&format!("  FROM {spark} AS e\n")),
            "{from}"
        );
    }
    for wrong in ["", ".", "a.", ".a", "\"a\"b", "\"a"] {
        let refused = run(&["sql", "--dialect", "duckdb", "--from", wrong]);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{wrong}");
    }
    let long = "x".repeat(64);
    for (dialect, wrong, message) in [
        ("duckdb", "a\u{202e}b", "has a control character"),
        ("spark", "a\nb", "has a control character"),
        ("spark", "a${env:HOME}", "has `${`, and Spark replaces `${…}`"),
        ("postgres", long.as_str(), "is too long: PostgreSQL allows 63 bytes"),
    ] {
        let refused = run(&["sql", "--dialect", dialect, "--from", wrong]);
        assert_eq!((refused.code, refused.stdout.as_str()), (2, ""), "{wrong}");
        assert!(
            refused.stderr.starts_with("error[sql-value]: the name of the relation "),
            "{}",
            refused.stderr
        );
        assert!(refused.stderr.contains(message), "{}", refused.stderr);
    }
}

#[test]
fn presets_are_relative_to_the_engine_or_to_the_given_time() {
    let card = card(&[json!({"property": "p", "operator": "between", "value": {"preset": "lastWeek"}})]);
    let (code, live, _) = compiled(&card, &["--dialect", "postgres"]);
    assert!(
        code == 0 && live.contains("now()") && live.contains("relative to the current time of the engine"),
        "{live}"
    );
    let (code, fixed, _) = compiled(&card, &["--dialect", "postgres", "--as-of", "2026-01-31"]);
    assert!(
        code == 0 && !fixed.contains("now()") && fixed.contains("relative to 2026-01-31T00:00:00Z"),
        "{fixed}"
    );
    assert!(fixed.contains("BETWEEN 1769212800000000000 AND 1769817600000000000"), "{fixed}");
}

/// Names, titles and values that try to end their quotes or their comment.
#[test]
fn text_of_users_never_leaves_its_quotes() {
    let long = "x".repeat(10_000);
    let hostile = [
        "'; DROP TABLE t; --",
        "\"; DROP TABLE t; --",
        "`; DROP TABLE t; --",
        "\\'; DROP TABLE t; --",
        "\\",
        "a\\",
        "--",
        "/*",
        "*/",
        "$$; DROP TABLE t; $$",
        "a\n; DROP TABLE t; --",
        "\r; x",
        "\u{2028}; x",
        "\u{202e}",
        "{{ x }}",
        "{{{ x }}}",
        "${env:HOME}",
        "{${x}",
        "'",
        "''",
        "\u{1b}[31m",
        &long,
    ];
    for text in hostile {
        // a name that begins with `$` is a meta-property
        let name = if text.starts_with('$') { format!("a{text}") } else { text.to_owned() };
        let mut card = card(&[json!({"property": name, "operator": "in", "value": [text]})]);
        for key in ["identifier", "title", "blueprint"] {
            card[key] = json!(text);
        }
        card["levels"] = json!([{"title": text}, {"title": "Gold"}]);
        card["rules"][0]["identifier"] = json!(text);
        for dialect in DIALECTS {
            let arguments = ["--dialect", dialect, "--layout", "json", "--from", "t"];
            let (code, query, error) = compiled(&card, &arguments);
            assert_eq!(code, 0, "{text:?} in {dialect}: {error}");
            assert!(!query.contains(['\u{202e}', '\u{1b}', '\r', '\u{2028}']), "{query}");
            // Spark replaces it, in a literal and in a comment, too
            assert!(dialect != "spark" || !query.contains("${"), "{query}");
            let mut comments =
                query.lines().filter_map(|line| line.split_once("-- ")).map(|(_, comment)| comment);
            assert!(comments.all(|comment| !comment.contains("{{") && !comment.contains("{%")), "{query}");
            let read = skeleton(&query, dialect);
            assert!(!read.contains("DROP") && !read.contains(';'), "{text:?} in {dialect}: {read}");
        }
    }
}

#[test]
fn a_text_that_no_literal_can_hold_is_refused_at_its_place() {
    let card = card(&[json!({"property": "p", "operator": "=", "value": "a\0"})]);
    for dialect in DIALECTS {
        let (code, output, error) = compiled(&card, &["--dialect", dialect]);
        assert_eq!((code, output.as_str()), (2, ""), "{error}");
        assert!(
            error.starts_with("error[sql-value]: the value of the condition `a␀` contains U+0000, which "),
            "{error}"
        );
        assert!(error.contains("cards.json:1:"), "{error}");
    }
}

#[test]
fn fields_that_cannot_be_columns_are_refused_at_their_place() {
    let is_empty = |key: &str, name: &str| json!({key: name, "operator": "isEmpty"});
    let property = |name: &str| is_empty("property", name);
    let long = "x".repeat(64);
    for (conditions, dialects, message) in [
        (
            vec![property("tier"), property("Tier")],
            &["duckdb", "spark"][..],
            "the property `Tier` and the property `tier` are the same column",
        ),
        (
            vec![property("Identifier")],
            &["duckdb", "spark"],
            "the property `Identifier` cannot be a column: that column is the field `$identifier`",
        ),
        (
            vec![property("Team")],
            &["duckdb", "spark"],
            "the property `Team` cannot be a column: that column is the field `$team`",
        ),
        (
            vec![property("É"), property("é")],
            &["spark"],
            "the property `é` and the property `É` are the same column",
        ),
        (
            vec![property("a${env:HOME}")],
            &["spark"],
            "the property `a${env:HOME}` cannot be a column: Spark replaces `${…}`",
        ),
        (
            vec![property("owner"), is_empty("relation", "owner")],
            &DIALECTS,
            "the relation `owner` and the property `owner` are the same column",
        ),
        (
            vec![property("title")],
            &DIALECTS,
            "the property `title` cannot be a column: that column is the field `$title`",
        ),
        (vec![property(&long)], &["postgres"], "cannot be a column: PostgreSQL cuts names after 63 bytes"),
        (vec![property("")], &DIALECTS, "the property `` cannot be a column: its name is empty"),
        (
            vec![property("a\nb")],
            &DIALECTS,
            "cannot be a column: its name is empty or has a control character",
        ),
        (
            vec![property("a\u{202e}b")],
            &DIALECTS,
            "cannot be a column: its name is empty or has a control character",
        ),
    ] {
        for dialect in DIALECTS {
            let (code, output, error) = compiled(&card(&conditions), &["--dialect", dialect]);
            if dialects.contains(&dialect) {
                assert_eq!((code, output.as_str()), (2, ""), "{dialect}: {conditions:?}");
                assert!(
                    error.starts_with("error[sql-column]: ") && error.contains(message),
                    "{dialect}: {error}"
                );
                assert!(error.contains("cards.json:1:") && error.contains("use `--layout json`"), "{error}");
            } else {
                assert_eq!(code, 0, "{dialect}: {error}");
            }
            assert_eq!(compiled(&card(&conditions), &["--dialect", dialect, "--layout", "json"]).0, 0);
        }
    }
}

#[test]
fn more_than_an_engine_can_plan_is_refused() {
    let cards = |count: usize| {
        let cards = (0..count)
            .map(|index| json!({"identifier": format!("c{index}"), "blueprint": "service", "rules": []}));
        Value::from(cards.collect::<Vec<Value>>())
    };
    for (dialect, most, message) in [
        ("duckdb", 500, "a query for DuckDB can have at most 500 scorecards, not 501"),
        ("postgres", 500, "a query for PostgreSQL can have at most 500 scorecards, not 501"),
        ("spark", 50, "a query for Spark can have at most 50 scorecards, not 51"),
    ] {
        assert_eq!(compiled(&cards(most), &["--dialect", dialect]).0, 0, "{dialect}");
        let (code, output, error) = compiled(&cards(most + 1), &["--dialect", dialect]);
        assert_eq!((code, output.as_str()), (2, ""), "{dialect}");
        assert!(error.starts_with(&format!("error[sql-limit]: {message}\n")), "{error}");
    }
}

#[test]
fn plain_columns_are_compared_as_an_analyst_would() {
    let conditions = [
        json!({"property": "n", "operator": ">=", "value": 0.25}),
        json!({"property": "s", "operator": "=", "value": "it's"}),
        json!({"property": "b", "operator": "=", "value": false}),
        json!({"property": "list", "operator": "contains", "value": "x"}),
        json!({"property": "mixed", "operator": "in", "value": ["x", 1]}),
    ];
    let (code, text, error) = compiled(&card(&conditions), &["--dialect", "postgres"]);
    assert_eq!(code, 0, "{error}");
    for part in [
        "-- Reads these columns of \"entities\"; NULL is missing:\n--   identifier text\n--   blueprint text\n--   n number\n--   s text\n--   b boolean\n--   list any type\n--   mixed any type\n",
        "COALESCE(n1_n >= 0.25, FALSE)",
        "COALESCE(s2_s = 'it''s', FALSE)",
        "COALESCE(NOT b3_b, FALSE)",
        "to_jsonb(e.\"list\") AS v4_list",
    ] {
        assert!(text.contains(part), "{part} in {text}");
    }
}
