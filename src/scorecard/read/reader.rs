//! The reader of one file, with the functions that all its parts use: for problems and for strings.

use crate::diagnostic::{
    Code, Diagnostic, MOST_PRINTED, Place, Source, did_you_mean, expected, help_if_printed, misspelled,
    quoted, suggest,
};
use crate::json::{Member, Node};
use std::ops::Range;
use std::sync::Arc;

/// Reads one source, and adds its problems to `problems`.
pub(super) struct Reader<'p> {
    pub(super) source: Arc<Source>,
    pub(super) default_blueprint: &'p str,
    pub(super) problems: &'p mut Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Adds a problem at a span of the file.
    pub(super) fn problem(
        &mut self,
        code: Code,
        span: &Range<usize>,
        message: String,
        help: impl Into<String>,
    ) {
        let place = Place::Span { source: Arc::clone(&self.source), span: span.clone() };
        self.problems.push(Diagnostic::error(code, message).help(help).at(place));
    }

    /// Adds a problem about a value of the wrong type.
    pub(super) fn wrong_type(&mut self, node: &Node, what: &str, expected: &str, help: impl Into<String>) {
        let message = format!("{what} must be {expected}, not {}", node.kind());
        self.problem(Code::WrongType, &node.span, message, help);
    }

    /// Adds a problem about an unknown word at `node`, and suggests similar `known` words.
    pub(super) fn unknown<'k>(
        &mut self,
        code: Code,
        kind: &str,
        node: &Node,
        word: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let message = format!("unknown {kind} {}", quoted(word));
        let help = self.suggestion(kind, word, known);
        self.problem(code, &node.span, message, help);
    }

    /// The help for an unknown word.
    pub(super) fn suggestion<'k>(
        &self,
        kind: &str,
        word: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> String {
        help_if_printed(self.problems.len(), kind, || suggest(kind, word, known))
    }

    /// The help that lists the `known` words, except for a problem that is not printed.
    pub(super) fn expectation<'k>(&self, kind: &str, known: impl IntoIterator<Item = &'k str>) -> String {
        help_if_printed(self.problems.len(), kind, || expected(kind, known))
    }

    /// Adds a problem about a missing key, which is one of `keys`. If the object has a similar key, the problem is at that
    /// key, else at `at`.
    pub(super) fn missing(
        &mut self,
        code: Code,
        node: &Node,
        keys: &[&str],
        at: &Range<usize>,
        message: String,
        help: impl Into<String>,
    ) {
        match self.misspelling(node, keys) {
            Some((member, meant)) => {
                let help = format!("{} is not a known key; {}", quoted(&member.key), did_you_mean([meant]));
                self.problem(code, &member.key_span, message, help);
            }
            None => self.problem(code, at, message, help),
        }
    }

    /// The first member of an object whose key is probably a misspelling of one of `keys`, and this key. It is not
    /// searched for a problem that is not printed.
    pub(super) fn misspelling<'n, 'k>(
        &self,
        node: &'n Node,
        keys: &[&'k str],
    ) -> Option<(&'n Member, &'k str)> {
        let is_printed = self.problems.len() < MOST_PRINTED;
        let mut members = node.members().iter().filter(|_| is_printed);
        members.find_map(|member| {
            let meant = misspelled(&member.key, keys)?;
            (meant != member.key).then_some((member, meant))
        })
    }

    /// Reads an optional string. Returns `None` for an empty string. A value of another type is a problem.
    pub(super) fn optional_text(&mut self, node: &Node, key: &str) -> Option<String> {
        let found = node.get(key)?;
        match found.as_text() {
            Some(text) => (!text.is_empty()).then(|| text.to_owned()),
            None => {
                let message = format!("`{key}` must be a string, not {}", found.kind());
                self.problem(Code::WrongType, &found.span, message, "put it in double quotes");
                None
            }
        }
    }

    /// Reads a required string; `what` is the name of the object in messages.
    pub(super) fn required_text(&mut self, node: &Node, key: &str, code: Code, what: &str) -> Option<String> {
        let at = node.raw(key).unwrap_or(node).head();
        match node.get(key) {
            None => {
                let message = format!("{what} has no `{key}`");
                self.missing(code, node, &[key], &at, message, format!("add `\"{key}\": \"…\"`"));
            }
            Some(found) => match found.as_text() {
                Some("") => self.problem(
                    code,
                    &at,
                    format!("the `{key}` of {what} is empty"),
                    "it must have at least one character",
                ),
                Some(text) => return Some(text.to_owned()),
                None => {
                    let message = format!("the `{key}` of {what} must be a string, not {}", found.kind());
                    self.problem(Code::WrongType, &at, message, "put it in double quotes");
                }
            },
        }
        None
    }
}
