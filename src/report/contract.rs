//! The traits that every format implements.

use super::row::Row;
use crate::grade::{Graded, Tally, Verdict};

/// The facts that reports get at the end.
pub(crate) struct Totals<'t> {
    pub(crate) tally: &'t Tally,
    /// The shown entities in the order of the input, for reports that want them.
    pub(crate) rows: &'t [Row],
    pub(crate) verdict: &'t Verdict,
}

/// A format.
pub(crate) trait Report: Sync {
    /// Whether it needs the rows at the end.
    fn wants_rows(&self) -> bool {
        false
    }

    /// Whether it needs counts of rules at the end.
    fn wants_rule_counts(&self) -> bool {
        false
    }

    /// A writer of entities, for formats that print them as they come.
    fn entity_writer(&self) -> Option<Box<dyn EntityWriter + '_>> {
        None
    }

    /// The text between two entities.
    fn separator(&self) -> &'static [u8] {
        b""
    }

    /// Appends the text before the first entity.
    fn begin(&self, _out: &mut Vec<u8>) {}

    /// Appends the text after the last entity.
    fn finish(&self, totals: &Totals<'_>, out: &mut Vec<u8>);
}

/// A writer of entities. Each thread has its own, which may remember its output.
pub(crate) trait EntityWriter: Send {
    /// Appends an entity.
    fn entity(&mut self, graded: &Graded<'_>, out: &mut Vec<u8>);
}
