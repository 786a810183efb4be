//! A finding: a likely mistake in one scorecard.

use crate::diagnostic::Diagnostic;

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The message, its place and the help.
    pub diagnostic: Diagnostic,
    /// Identifier of the scorecard.
    pub scorecard: String,
    /// Identifier of the rule, if the finding is about one.
    pub rule: Option<String>,
}

impl Finding {
    /// Adds the help.
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

    /// Adds a note, if there is one.
    #[must_use]
    pub(super) fn note_if(self, note: Option<String>) -> Self {
        match note {
            Some(note) => self.note(note),
            None => self,
        }
    }

    /// Names the rule that the finding is about.
    #[must_use]
    pub(super) fn of(mut self, rule: &crate::scorecard::Rule) -> Self {
        self.rule = Some(rule.identifier.clone());
        self
    }
}
