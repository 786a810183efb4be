//! The results of one block of input.

use super::limited::BlockText;
use crate::grade::Evaluated;
use crate::report::Row;

/// The results of one block: its counts, and what the reports print or keep of its entities.
#[derive(Default)]
pub(super) struct Block {
    pub(super) evaluated: Evaluated,
    /// The shown entities, for reports that print at the end.
    pub(super) rows: Vec<Row>,
    /// How many entities are shown.
    pub(super) shown: u64,
    /// One for each report.
    pub(super) texts: Vec<BlockText>,
}
