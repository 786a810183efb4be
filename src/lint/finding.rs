//! A finding: something that is legal but wrong, or worth a look, in one scorecard.

use crate::diagnostic::Diagnostic;

/// One finding.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// What and where, with the way out.
    pub diagnostic: Diagnostic,
    /// Identifier of the scorecard.
    pub scorecard: String,
    /// Identifier of the rule, where it is about one.
    pub rule: Option<String>,
}

impl Finding {
    /// With the way out.
    #[must_use]
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.diagnostic = self.diagnostic.help(help);
        self
    }

    /// With more that is known.
    #[must_use]
    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.diagnostic = self.diagnostic.note(note);
        self
    }

    /// With more that is known, if anything is.
    #[must_use]
    pub(super) fn note_if(self, note: Option<String>) -> Self {
        match note {
            Some(note) => self.note(note),
            None => self,
        }
    }

    /// About a rule.
    #[must_use]
    pub(super) fn of(mut self, rule: &crate::scorecard::Rule) -> Self {
        self.rule = Some(rule.identifier.clone());
        self
    }
}
