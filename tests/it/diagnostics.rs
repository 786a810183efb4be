//! The layout of diagnostics at several widths: messages are wrapped, and carets are below the invalid text.

use crate::program::{command, directory};
use serde_json::json;
use unicode_width::UnicodeWidthStr;

/// The diagnostics of `show` for an invalid scorecard, in a terminal of this width.
fn rejected(columns: &str, scorecard: &str) -> String {
    let place = directory(&[("s.json", scorecard.as_bytes())]);
    let mut command = command();
    command.current_dir(place.path()).env("COLUMNS", columns).args(["show", "-s", "s.json"]);
    let output = command.output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8(output.stderr).expect("standard error is UTF-8")
}

/// The texts above the carets, in the order of the problems.
fn marked(shown: &str) -> Vec<String> {
    let lines: Vec<&str> = shown.lines().collect();
    let carets = lines.windows(2).filter(|pair| pair[1].trim_start_matches([' ', '|']).starts_with('^'));
    carets
        .map(|pair| {
            let from = pair[1].find('^').expect("there is a caret");
            assert!(pair[1].is_ascii(), "columns are bytes: {}", pair[1]);
            let at = |column: usize| {
                let mut places = (0..=pair[0].len()).filter(|&at| pair[0].is_char_boundary(at));
                let beginning = places.rfind(|&at| pair[0][..at].width() == column);
                beginning.expect("a character begins here")
            };
            pair[0][at(from)..at(pair[1].len())].trim_start_matches('\u{200b}').to_owned()
        })
        .collect()
}

/// A scorecard on one line, with text before and after an unknown operator.
fn one_line(before: &str, operator: &str, after: &str) -> String {
    let condition = json!({"property": before, "operator": operator, "value": after});
    let query = json!({"combinator": "and", "conditions": [condition]});
    json!({"identifier": "s", "title": before, "rules": [{"identifier": "r", "level": "Gold", "query": query}]})
        .to_string()
}

#[test]
fn carets_are_under_the_wrong_text_at_every_width() {
    let long = "long ".repeat(100);
    for (before, after) in [
        ("short", "short"),
        (long.as_str(), "short"),
        ("short", long.as_str()),
        (long.as_str(), long.as_str()),
        ("時刻表 ☺\u{fe0f} e\u{301} 👩\u{200d}👧 🇩🇪", "時刻表"),
        ("::error::x ##[group]", "::error::x"),
    ] {
        let scorecard = one_line(before, "=>", after);
        for scorecard in [scorecard.clone(), scorecard.replace(",\"", ",\t\"")] {
            for columns in ["60", "80", "100", "200"] {
                let shown = rejected(columns, &scorecard);
                assert_eq!(marked(&shown), ["\"=>\""], "{shown}");
                let most: usize = columns.parse().expect("a number");
                for line in shown.lines() {
                    assert!(line.width() <= most, "{columns}: {line}");
                    assert_eq!(line, line.trim_end());
                }
            }
        }
    }
}

#[test]
fn wrong_text_that_is_wider_than_the_terminal_is_truncated() {
    for columns in ["60", "80", "100"] {
        let shown = rejected(columns, &one_line("a", &"=".repeat(150), "b"));
        let [text] = marked(&shown).try_into().expect("one problem");
        let text: String = text;
        assert!(text.starts_with("\"=====") && text.ends_with('…'), "{shown}");
        let most: usize = columns.parse().expect("a number");
        let source = shown.lines().find(|line| line.starts_with("1 | ")).expect("a source");
        assert_eq!(source.width(), most, "{shown}");
    }
}

#[test]
fn the_position_is_right_even_if_the_line_is_truncated() {
    let scorecard = one_line(&"時".repeat(300), "=>", "x");
    let column = scorecard.find("\"=>\"").map(|at| scorecard[..at].chars().count() + 1).expect("it is there");
    for columns in ["60", "100"] {
        let shown = rejected(columns, &format!("\n\n{scorecard}"));
        assert!(shown.contains(&format!("--> s.json:3:{column}\n")), "{shown}");
    }
}

#[test]
fn messages_wrap_under_their_label_if_the_width_is_known() {
    let help = |columns: &str| -> Vec<String> {
        let shown = rejected(columns, &one_line("a", "nothing like it", "b"));
        let help = shown.lines().skip_while(|line| !line.contains("= help: "));
        help.take_while(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    let [whole] = help("").try_into().expect("one line");
    let whole: String = whole;
    for columns in ["60", "80", "100"] {
        let help = help(columns);
        assert!(help.len() > 1, "{help:?}");
        let hanging = " ".repeat("  = help: ".len());
        let rest =
            help[1..].iter().map(|line| line.strip_prefix(&hanging).expect("it hangs under the label"));
        let joined: Vec<&str> = std::iter::once(help[0].as_str()).chain(rest).collect();
        assert_eq!(joined.join(" "), whole);
    }
}

#[test]
fn no_line_of_user_text_is_a_workflow_command() {
    for columns in 40..80 {
        let shown = rejected(&columns.to_string(), &one_line("a", "x ::error::y aaaa::error::z ##[w]", "b"));
        for line in shown.lines() {
            assert!(!line.trim_start().starts_with("::") && !line.contains("##["), "{shown}");
        }
    }
}

#[test]
fn errors_of_the_operating_system_are_shown_without_their_numbers() {
    let place = directory(&[("in.json", b"{\"identifier\": \"a\"}")]);
    for (arguments, message) in [
        (&["evaluate", "-e", "missing.json"][..], "cannot be read: No such file or directory"),
        (&["lint", "-s", "missing.json"], "cannot be read: No such file or directory"),
        (&["lint", "-e", "in.json/x"], "cannot be read: Not a directory"),
        (&["init", "in.json/x"], "cannot create directory `in.json/x`: Not a directory"),
        (&["man", "in.json/x"], "cannot write manual pages to `in.json/x`: Not a directory"),
    ] {
        let output = command().current_dir(place.path()).args(arguments).output().expect("the program runs");
        assert_eq!(output.status.code(), Some(2));
        let shown = String::from_utf8(output.stderr).expect("standard error is UTF-8");
        assert_eq!(
            shown.lines().next().and_then(|line| line.split_once("]: ")).map(|(_, rest)| rest),
            Some(message)
        );
    }
}
