//! Text from users never becomes a command: hostile text in every place, through every command and format, and a scan
//! of everything that is printed.
#![expect(clippy::expect_used, clippy::indexing_slicing, reason = "helpers of tests may fail like tests")]

mod arguments;
mod input;
mod laws;
mod names;

use crate::program::command;
use serde_json::Value;
use std::ffi::OsStr;
use std::io::Write;
use std::process::Stdio;

/// Commands of GitHub Actions, Azure Pipelines and TeamCity.
const COMMANDS: &str = "::error::pwned ::add-mask::x :::x ##[error]x ##vso[task.setvariable]x ##teamcity[x]";
/// Every kind of character that moves the cursor, starts an escape sequence, or reorders a line.
const CONTROLS: &str = "\r\u{1b}[31m\u{1b}]0;t\u{7}\u{8}\u{b}\u{7f}\u{80}\u{9b}31m\u{9f}\u{85}\u{2028}\u{2029}\u{202a}\u{202b}\
    \u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{200e}\u{200f}\u{61c}\u{feff}::error::y\n::error::z\t";
/// Text that ends an element, a cell, code, or a comment, opens a tag or a link, or notifies somebody.
const MARKUP: &str = "<script>x</script> ]]> | `a``b``` ](javascript:x) @someone <!-- --> \\| \"'& $x$ {{x}}";

/// The widths of a screen: the narrowest, an odd one, the usual one, and a wide one.
const WIDTHS: [usize; 4] = [20, 47, 80, 200];
/// The widths for what is wrapped in the same way everywhere.
const FEW_WIDTHS: [usize; 2] = [20, 80];

/// Hostile text in which commands begin after `padding` columns, both after a space and inside a word.
fn hostile(padding: usize) -> String {
    let pad = "p".repeat(padding);
    format!("{pad} {COMMANDS}{pad}::error::pwned{CONTROLS}{MARKUP}")
}

/// Hostile text for an argument or the name of a file: short, and without line breaks, slashes or a first `-`.
fn short(padding: usize) -> String {
    format!(
        "{} ::error::a\u{1b}[31m\u{9b}2J\u{202e}\u{8}##[error]b@c`|<d>\r::add-mask::e",
        "p".repeat(padding)
    )
}

/// The texts that a run printed, and its exit code.
struct Printed {
    code: i32,
    stdout: String,
    stderr: String,
}

/// The parts that a text may contain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// For people: no commands.
    People,
    /// Every line is a command of GitHub Actions, with escaped text.
    Commands,
    /// JSON documents, one or several.
    Json,
    /// Exact text, which is not scanned.
    Exact,
}

/// The formats of `lint`.
const LINT_FORMATS: [(&str, Kind); 5] = [
    ("text", Kind::People),
    ("github", Kind::Commands),
    ("json", Kind::Json),
    ("gitlab", Kind::Json),
    ("sarif", Kind::Json),
];

/// Runs the program on a screen of this width, and scans what it prints. Standard error is always for people.
fn run(width: usize, kind: Kind, arguments: &[impl AsRef<OsStr>], stdin: &str) -> Printed {
    let mut command = command();
    command.env("COLUMNS", width.to_string()).args(arguments);
    let about =
        arguments.iter().map(|argument| argument.as_ref().to_string_lossy()).collect::<Vec<_>>().join(" ");
    finish(command, kind, stdin, &about)
}

/// Runs a command, and scans what it prints.
fn finish(mut command: std::process::Command, kind: Kind, stdin: &str, about: &str) -> Printed {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut pipe = child.stdin.take().expect("standard input is a pipe");
    let bytes = stdin.as_bytes().to_vec();
    let writer = std::thread::spawn(move || drop(pipe.write_all(&bytes)));
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("standard input is written");
    let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8");
    let printed = Printed {
        code: output.status.code().expect("the program is not killed by a signal"),
        stdout: text(output.stdout),
        stderr: text(output.stderr),
    };
    assert!(printed.code <= 3, "{about:?}: {}", printed.stderr);
    scan(&printed.stdout, kind, about);
    scan(&printed.stderr, Kind::People, about);
    printed
}

/// Checks that a text contains nothing that a terminal or a CI system would obey.
fn scan(text: &str, kind: Kind, about: &str) {
    if kind == Kind::Exact {
        return;
    }
    let plain = without_colour(text);
    for character in plain.chars() {
        assert!(!character.is_control() || character == '\n', "{character:?} from {about:?}: {text:?}");
        assert!(!is_bidi_or_break(character), "{character:?} from {about:?}: {text:?}");
    }
    for line in plain.split('\n') {
        assert!(!has_bracket_command(line), "a command from {about:?}: {line:?}");
        let begins = line.trim_start_matches(is_blank).starts_with("::");
        match kind {
            Kind::Commands if !line.is_empty() => {
                let names = ["::error ", "::warning ", "::notice "];
                assert!(names.iter().any(|name| line.starts_with(name)), "{line:?} from {about:?}");
            }
            _ => assert!(!begins, "a command from {about:?}: {line:?}"),
        }
    }
    if kind == Kind::Json {
        let values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
        assert!(values.count() > 0 || text.is_empty(), "{about:?} printed no JSON");
        assert!(
            serde_json::Deserializer::from_str(text).into_iter::<Value>().all(|value| value.is_ok()),
            "{text}"
        );
    }
}

/// White space, and characters without width, which a reader of a log may remove.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200b}'..='\u{200d}' | '\u{feff}')
}

fn is_bidi_or_break(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a line has `##[name]`, `##vso[name]` or the like, which is a command anywhere in a line.
fn has_bracket_command(line: &str) -> bool {
    line.match_indices('#').any(|(at, _)| {
        let name = line[at..].strip_prefix("##").unwrap_or_default();
        name.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric()).starts_with('[')
    })
}

/// Removes the colours that the program sets: only `ESC [ numbers m`.
fn without_colour(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ';');
        match rest.strip_prefix('m').filter(|_| rest.len() < part.len()) {
            Some(rest) => plain.push_str(rest),
            None => plain.push_str(&format!("\u{1b}[{part}")),
        }
    }
    plain
}

#[test]
fn the_scan_finds_what_it_looks_for() {
    let finds = |text: &str, kind| std::panic::catch_unwind(|| scan(text, kind, "a test")).is_err();
    let people =
        ["a\r", "\u{1b}[2J", "\u{9b}", "\u{202e}", "  ::error::x", "\u{feff}::x", "a ##[b]", "a###vso[b]"];
    assert!(people.iter().all(|text| finds(text, Kind::People)));
    assert!(!finds("\u{1b}[1;31mred\u{1b}[0m a::b ## c\n", Kind::People));
    assert!(finds("::stop-commands::x", Kind::Commands) && !finds("::error title=a::b\n", Kind::Commands));
    assert!(finds("\"a", Kind::Json) && !finds("\"a\"\n[1]", Kind::Json));
}
