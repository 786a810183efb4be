//! The results of one block of input.

use super::limited::BlockText;
use crate::grade::Evaluated;
use crate::report::Row;

/// The results of one block: its counts, and the text or the rows of its entities for the reports.
#[derive(Default)]
pub(super) struct Block {
    pub(super) evaluated: Evaluated,
    /// The shown entities, for reports that need them at the end.
    pub(super) rows: Vec<Row>,
    /// How many entities are shown.
    pub(super) shown: u64,
    /// The text for each report.
    pub(super) texts: Vec<BlockText>,
}
