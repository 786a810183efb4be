//! The results of a baseline, as the formats look them up while they write a run. The history of results implements it.

use super::record::{BaselineRecord, Was};

/// Earlier results, by entity and by the index of the scorecard in this run.
pub(crate) trait Earlier: Sync {
    /// What reports say about the baseline.
    fn record(&self) -> &BaselineRecord;

    /// The entity with this identifier, of the blueprint of this scorecard; `None` if the baseline does not have it.
    fn find(&self, scorecard: usize, identifier: &str) -> Option<EarlierEntity>;

    /// The level of an entity in a scorecard; `None` if the baseline does not have the result.
    fn level(&self, entity: EarlierEntity, scorecard: usize) -> Option<Was<'_>>;

    /// Whether the baseline was graded by another definition of this scorecard.
    fn has_other_definition(&self, scorecard: usize) -> bool;
}

/// The number of an entity of a baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EarlierEntity(pub(crate) u32);
