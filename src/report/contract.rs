//! The traits that every format implements.

use super::row::Row;
use crate::grade::{Graded, Tally, Verdict};

/// The results that reports receive after the last entity.
pub(crate) struct Totals<'t> {
    pub(crate) tally: &'t Tally,
    /// The shown entities in the order of the input; empty if no report wants rows.
    pub(crate) rows: &'t [Row],
    pub(crate) verdict: &'t Verdict,
}

/// A report in one format.
pub(crate) trait Report: Sync {
    /// Whether it needs [`Totals::rows`].
    fn wants_rows(&self) -> bool {
        false
    }

    /// Whether it needs the counts of rules in [`Totals::tally`].
    fn wants_rule_counts(&self) -> bool {
        false
    }

    /// Creates a writer of entities, for formats that print each entity when it is graded.
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

/// Writes entities. Each thread has its own writer, which may cache its output.
pub(crate) trait EntityWriter: Send {
    /// Appends an entity.
    fn write(&mut self, graded: &Graded<'_>, out: &mut Vec<u8>);
}
