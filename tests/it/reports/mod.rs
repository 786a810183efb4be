//! Reports for people and for CI systems, including text that tries to break them.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "helpers of tests may fail like tests")]

mod ci;
mod heading;
mod terminal;
mod undecided;

use crate::program::{Run, command, directory, run};
use serde_json::{Value, json};

const SERVICES: &str = "examples/entities/services.json";
const GATE: [&str; 4] = ["--min-level", "Bronze", "--no-data", "skip"];

/// Runs `evaluate` in a terminal of this width.
pub(crate) fn at(columns: usize, arguments: &[&str]) -> Run {
    let mut command = command();
    command.env("COLUMNS", columns.to_string()).arg("evaluate").args(arguments);
    let output = command.output().expect("the program runs");
    Run {
        code: output.status.code().expect("the program is not killed by a signal"),
        stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("standard error is UTF-8"),
    }
}

fn services(arguments: &[&str]) -> String {
    let all = [&["evaluate", "-e", SERVICES][..], arguments].concat();
    run(&all).stdout
}

/// Titles that try to break the format that they are printed in.
const HOSTILE: [&str; 15] = [
    "pipe | pipe",
    "two\nlines\r\nand more",
    "tab\tseparated",
    "\u{1b}[31mred\u{1b}[0m \u{7}\u{0}\u{9b}31m",
    "]]> <!-- & \"quoted\" 'too' <b onclick=x>",
    "::error::injected\n::set-output name=x::y%0A",
    "`code` **bold** _under_ [link](http://x) @someone $x$ \\| \\",
    "👩\u{200d}👩\u{200d}👧\u{200d}👧 family 🇩🇪 flags ☺\u{fe0f}",
    "時刻表同期サービス管理画面時刻表同期サービス管理画面",
    "e\u{301}a\u{308}o\u{302} combi\u{301}\u{302}\u{303}ning",
    "\u{202e}turned\u{2066} \u{2028}line\u{2029} \u{fffe}\u{ffff}",
    "\u{200b}\u{301}",
    "a very long title that goes on and on, because its author did not consider the width of a terminal",
    "Loooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooong",
    " ",
];

/// A directory with `entities.json` and `cards.json`. Each hostile title is the title of an entity; the titles are also
/// used for this many scorecards, their levels and their rules.
pub(crate) fn hostile(cards: usize) -> tempfile::TempDir {
    let entity = |(index, title): (usize, &&str)| {
        json!({"identifier": format!("{title}{index}"), "title": title, "team": [title, "core"],
               "properties": {"n": index, "text": title}})
    };
    let entities: Vec<Value> = HOSTILE.iter().enumerate().map(entity).collect();
    let card = |index: usize| {
        let title = HOSTILE[index % HOSTILE.len()];
        json!({"identifier": format!("{title}{index}"), "title": title,
               "levels": [{"title": "Low"}, {"title": format!("{title}!"), "color": "red"}],
               "rules": [{"identifier": format!("{title}?"), "level": format!("{title}!"),
                          "query": {"combinator": "and", "conditions": [
                              {"property": "n", "operator": ">", "value": index % 10},
                              {"property": "text", "operator": "!=", "value": title}]}}]})
    };
    let cards: Vec<Value> = (0..cards).map(card).collect();
    let entities = serde_json::to_vec(&entities).expect("values can be written");
    directory(&[
        ("entities.json", &entities),
        ("cards.json", &serde_json::to_vec(&cards).expect("values can be written")),
    ])
}

fn hostile_run(cards: usize, columns: usize, arguments: &[&str]) -> Run {
    let directory = hostile(cards);
    let path = |name: &str| directory.path().join(name).to_str().expect("it is UTF-8").to_owned();
    let (entities, cards) = (path("entities.json"), path("cards.json"));
    at(columns, &[&["-e", &entities, "-s", &cards, "-q"][..], arguments].concat())
}

/// Removes the colours that the program sets.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        let end = after.find(|c: char| !c.is_ascii_digit() && c != ';').expect("a sequence ends");
        assert_eq!(&after[end..=end], "m", "only colours are set");
        rest = &after[end + 1..];
    }
    plain + rest
}
