//! The sanitizer, which makes user text safe to print on a screen or in a CI log.

use crate::hazard::{is_blank, is_bracket_command, is_obeyed};
use std::borrow::Cow;
use std::fmt;

/// Text without control characters, line breaks, bidi controls or workflow commands.
///
/// Only [`clean`] constructs it, so raw text cannot be passed to a function that expects a `Clean`.
/// The replacements are the same as in rustc: `␛` for an escape, and `�` for a character that reorders the line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Clean<'t>(Cow<'t, str>);

/// The zero-width space that breaks up a command.
pub(super) const BREAK: char = '\u{200b}';

/// Makes text safe to print on one line. Cleaning clean text does not change it.
pub(crate) fn clean<'t>(text: impl Into<Cow<'t, str>>) -> Clean<'t> {
    let text = text.into();
    // most text is like this. With `one_line` and integers in `number_text`, this halved the CPU time of `explain`
    // (measured in 2026-11)
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && !has_pair(&text) {
        return Clean(text);
    }
    if !text.contains(is_obeyed) {
        return Clean(defuse(text));
    }
    let replaced: String = text.chars().map(replacement).collect();
    Clean(defuse(Cow::Owned(replaced)))
}

/// Breaks up text that a CI system would run as a command when it reads a log: `##[name]` and `##vso[name]` anywhere,
/// and `::name` at the beginning of a line. A wrapped line can begin at any word.
///
/// The commands are broken up by a zero-width space, so the text stays readable.
fn defuse(text: Cow<'_, str>) -> Cow<'_, str> {
    if !has_pair(&text) {
        return text;
    }
    let mut safe = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        safe.push(character);
        let is_at_beginning = is_blank(before);
        before = character;
        let is_command = match character {
            ':' => is_at_beginning && rest.starts_with("::"),
            '#' => is_bracket_command(rest),
            _ => false,
        };
        if is_command {
            safe.push(BREAK);
            before = BREAK;
        }
    }
    Cow::Owned(safe)
}

/// Whether a text has `::` or `##`, without which there is no workflow command.
pub(super) fn has_pair(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| pair == b"::" || pair == b"##")
}

fn replacement(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        // the Unicode block Control Pictures has a symbol for each C0 control
        '\0'..='\u{1f}' => char::from_u32('\u{2400}' as u32 + character as u32).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        other if is_obeyed(other) => char::REPLACEMENT_CHARACTER,
        other => other,
    }
}

impl<'t> Clean<'t> {
    /// The text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The same text, borrowed.
    pub(crate) fn borrow(&self) -> Clean<'_> {
        Clean(Cow::Borrowed(&self.0))
    }

    /// The text as a `String`.
    pub(crate) fn into_owned(self) -> String {
        self.0.into_owned()
    }
}

impl<'t> From<Clean<'t>> for Cow<'t, str> {
    fn from(clean: Clean<'t>) -> Self {
        clean.0
    }
}

impl fmt::Display for Clean<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_become_visible_and_line_breaks_become_spaces() {
        for (text, shown) in [
            ("a\tb\r\nc\u{85}d\u{2028}e\u{2029}f", "a b  c d e f"),
            ("\u{1b}[31m\u{7}\0\u{7f}", "␛[31m␇␀␡"),
            ("\u{9b}31m\u{202e}\u{2066}\u{200f}\u{61c}\u{ffff}", "�31m�����"),
            ("naïve 💳 👩\u{200d}💻 時刻表", "naïve 💳 👩\u{200d}💻 時刻表"),
        ] {
            assert_eq!(clean(text).as_str(), shown, "{text:?}");
        }
    }

    #[test]
    fn only_workflow_commands_are_broken_up() {
        for (text, shown) in [
            ("::error::x", ":\u{200b}:error::x"),
            (" \u{a0}::error::x ::set-env", " \u{a0}:\u{200b}:error::x :\u{200b}:set-env"),
            ("a\n::error::x", "a :\u{200b}:error::x"),
            ("##[group] ###[x] a##vso[y]", "#\u{200b}#[group] ##\u{200b}#[x] a#\u{200b}#vso[y]"),
            ("\u{feff}::error::x :::x", "\u{feff}:\u{200b}:error::x :\u{200b}:\u{200b}:x"),
            ("std::fmt ## heading C##", "std::fmt ## heading C##"),
        ] {
            assert_eq!(clean(text).as_str(), shown, "{text:?}");
            assert_eq!(clean(shown).as_str(), shown, "cleaning twice changes nothing");
        }
    }
}
