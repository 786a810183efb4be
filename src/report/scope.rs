//! How many entities are in scope, which the reports for people say before everything else.

use super::Totals;
use crate::grade::Tally;
use crate::scorecard::Scope;
use crate::terminal::{Printer, STRONG, Span, clean, counted, thousands};

/// The entities in scope, as texts that are safe to print on one line.
pub(crate) struct Scoped {
    /// How many entities are in scope, such as `12 of 24 entities`.
    pub(super) count: String,
    /// The conditions, such as `where team = payments and tier >= 2`.
    pub(super) conditions: String,
}

impl Scoped {
    /// `None` if every entity is in scope because there are no conditions, or if there are no entities at all.
    pub(crate) fn new(scope: &Scope, tally: &Tally) -> Option<Self> {
        let inside = tally.entities;
        let all = inside + tally.outside.excluded;
        (!scope.is_open() && all > 0).then(|| Self {
            count: format!("{} of {}", thousands(inside), counted(all, "entity", "entities")),
            conditions: format!("where {}", clean(scope.to_string())),
        })
    }

    /// One line, such as `12 of 24 entities, where team = payments`.
    pub(crate) fn line(&self) -> String {
        format!("{}, {}", self.count, self.conditions)
    }

    /// Prints the line as a paragraph.
    pub(crate) fn print(&self, printer: &mut Printer<'_>) {
        let Self { count, conditions } = self;
        let spans = [Span::new(count.as_str(), STRONG), Span::plain(format!(", {conditions}"))];
        printer.message(0, &[], &spans);
    }
}

/// The message if there is nothing to show; `None` if [`Scoped`] says it.
pub(crate) fn empty_message(totals: &Totals<'_>) -> Option<String> {
    match (totals.tally.entities, totals.tally.outside.excluded) {
        (0, 0) => Some("no entities".to_owned()),
        (0, _) => None,
        (1, _) => Some("no scorecard grades the entity".to_owned()),
        (count, _) => Some(format!("no scorecard grades any of the {} entities", thousands(count))),
    }
}
