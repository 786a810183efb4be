//! A finding: a place in a scorecard that is legal but wrong, or worth a look.

use crate::diagnostic::Diagnostic;

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Message, place and help.
    pub diagnostic: Diagnostic,
    /// The identifier of the scorecard.
    pub scorecard: String,
    /// The identifier of the rule, if the finding is about one.
    pub rule: Option<String>,
}

impl Finding {
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

    /// Adds a note if there is one.
    #[must_use]
    pub(super) fn note_if(self, note: Option<String>) -> Self {
        match note {
            Some(note) => self.note(note),
            None => self,
        }
    }

    /// Names the rule.
    #[must_use]
    pub(super) fn of(mut self, rule: &crate::scorecard::Rule) -> Self {
        self.rule = Some(rule.identifier.clone());
        self
    }
}
