//! The traits that every format implements.

use super::collected::Collected;
use super::comparison::Comparison;
use super::listing::Listing;
use crate::grade::{Graded, Tally, Verdict};
use std::io::{Result, Write};

/// The results that reports receive after the last entity.
pub(crate) struct Totals<'t> {
    pub(crate) tally: &'t Tally,
    /// The entities to list, in order; empty if no report lists entities.
    pub(crate) listing: &'t Listing<'t>,
    pub(crate) verdict: &'t Verdict,
    /// The comparison with the baseline, if there is one.
    pub(crate) comparison: Option<&'t dyn Comparison>,
}

/// A report in one format.
pub(crate) trait Report: Sync {
    /// Whether it needs [`Totals::listing`].
    fn lists_entities(&self) -> bool {
        false
    }

    /// Whether it needs the counts of rules in [`Totals::tally`].
    fn wants_rule_counts(&self) -> bool {
        false
    }

    /// Whether it needs the counts of teams in [`Totals::tally`].
    fn wants_team_counts(&self) -> bool {
        false
    }

    /// Creates a writer of entities, for formats that print each entity when it is graded.
    fn entity_writer(&self) -> Option<Box<dyn EntityWriter + '_>> {
        None
    }

    /// The number of groups in which the text of the entity writers is collected until the end. If it is 0, the text is
    /// written at once.
    fn groups(&self) -> usize {
        0
    }

    /// The text between two entities.
    fn separator(&self) -> &'static [u8] {
        b""
    }

    /// Appends the text before the first entity.
    fn begin(&self, _out: &mut Vec<u8>) {}

    /// Writes the text after the last entity.
    fn finish(&self, totals: &Totals<'_>, collected: &mut Collected, out: &mut dyn Write) -> Result<()>;
}

/// Writes entities. Each thread has its own writer, which may cache its output.
pub(crate) trait EntityWriter: Send {
    /// Appends an entity.
    fn write(&mut self, graded: &Graded<'_>, out: &mut Vec<u8>);
}
