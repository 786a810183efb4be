//! A finding: a part of a scorecard that is valid but probably a mistake.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::scorecard::Definition;
use std::ops::Range;

/// One finding. Comes from [`Linter`](super::Linter), whose example shows it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Finding {
    /// Message, place and help.
    pub diagnostic: Diagnostic,
    /// The identifier of the scorecard.
    pub scorecard: String,
    /// The identifier of the rule, if the finding is about one.
    pub rule: Option<String>,
}

impl Finding {
    /// A finding at a span of the file of a scorecard.
    pub(super) fn at(definition: &Definition, code: Code, span: &Range<usize>, message: String) -> Self {
        let diagnostic = Diagnostic::new(code, message).at(definition.place(span));
        Self { diagnostic, scorecard: definition.identifier.clone(), rule: None }
    }

    /// Adds a help text.
    #[must_use]
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.diagnostic = self.diagnostic.help(help);
        self
    }

    /// Adds a note.
    #[must_use]
    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.diagnostic = self.diagnostic.note(note);
        self
    }

    /// Adds the note, if any.
    #[must_use]
    pub(super) fn note_if(self, note: Option<String>) -> Self {
        match note {
            Some(note) => self.note(note),
            None => self,
        }
    }

    /// Makes it a note if `is_note`: there is a reason to leave the definition as it is.
    #[must_use]
    pub(super) fn into_note_if(mut self, is_note: bool) -> Self {
        if is_note {
            self.diagnostic.severity = Severity::Note;
        }
        self
    }

    /// Records the rule that the finding is about.
    #[must_use]
    pub(super) fn of(mut self, rule: &crate::scorecard::Rule) -> Self {
        self.rule = Some(rule.identifier.clone());
        self
    }
}
