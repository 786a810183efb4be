//! The hook for pre-commit.

use super::CARD;
use super::machine::{Machine, document};

/// The exit code and the output of the hook for these scorecards.
fn hook(card: &str) -> (i32, String) {
    let hooks = document(".pre-commit-hooks.yaml");
    let words = [hooks[0]["entry"].as_str().expect("a command")].into_iter();
    let words = words
        .chain(hooks[0]["args"].as_array().into_iter().flatten().map(|word| word.as_str().expect("text")));
    let command: Vec<&str> = words.collect();
    let machine = Machine::new(&[("scorecards/card.json", card.as_bytes())]);
    let text = machine.succeed(&format!("{} 2>&1 || echo \"exit code $?\"", command.join(" ")));
    let code = text.lines().last().and_then(|line| line.strip_prefix("exit code "));
    (code.map_or(0, |code| code.parse().expect("a number")), text)
}

/// pre-commit shows only what a hook that fails prints.
#[test]
fn the_hook_fails_on_a_warning() {
    assert_eq!(hook(CARD).0, 0);
    let (code, text) = hook(&CARD.replace("\"value\": 20", "\"value\": 40"));
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("[implied-level]"), "{text}");
    assert_eq!(hook("{").0, 2);
}
