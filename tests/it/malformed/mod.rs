//! Invalid input is rejected with exit code 2, a stable code, the place of the problem and a help text.
//!
//! In the tables, a `⟦` marks the start of the invalid text, and an optional `⟧` marks its end. The tests compute the
//! expected place from these marks and then remove them.

mod definitions;
mod entities;
mod mistakes;
mod usage;

use crate::program::Run;

/// A text without its marks, and the place of the marks.
pub(crate) struct Marked {
    pub(crate) text: String,
    pub(crate) line: usize,
    /// In characters, from 1.
    pub(crate) column: usize,
    /// Characters between the two marks, if there is a second.
    pub(crate) width: Option<usize>,
}

impl Marked {
    pub(crate) fn new(marked: &str) -> Self {
        let (before, after) = marked.split_once('⟦').unwrap_or_else(|| panic!("no mark in {marked}"));
        // a byte order mark does not count as a character
        let line = before.trim_start_matches('\u{feff}').rsplit('\n').next().unwrap_or_default();
        Self {
            text: format!("{before}{}", after.replace('⟧', "")),
            line: before.matches('\n').count() + 1,
            column: line.chars().count() + 1,
            width: after.find('⟧').map(|end| after[..end].chars().count()),
        }
    }

    /// `file:line:column`.
    pub(crate) fn place(&self, file: &str) -> String {
        format!("{file}:{}:{}", self.line, self.column)
    }
}

/// Asserts what all rejections have in common. `what` describes the case.
pub(crate) fn assert_rejected(run: &Run, code: &str, what: &str) {
    let Run { code: exit, stderr, .. } = run;
    assert_eq!(*exit, 2, "{what}: {stderr}");
    assert!(stderr.contains(&format!("error[{code}]: ")), "{what}: no `{code}` in {stderr}");
    assert!(stderr.contains("help: "), "{what}: no help in {stderr}");
    assert_clean(stderr, what);
}

/// Asserts that the output contains nothing that is not meant for users.
pub(crate) fn assert_clean(stderr: &str, what: &str) {
    for word in ["panicked", "RUST_BACKTRACE", "Utf8Error", "ParseIntError", "Some(", "\u{1b}"] {
        assert!(!stderr.contains(word), "{what}: `{word}` in {stderr}");
    }
}

#[test]
fn places_are_computed_from_marks() {
    let marked = Marked::new("é\n\tü ⟦ab⟧c");
    assert_eq!((marked.line, marked.column, marked.width), (2, 4, Some(2)));
    assert_eq!(marked.text, "é\n\tü abc");
    assert_eq!(Marked::new("\u{feff}⟦x").place("f"), "f:1:1");
}
