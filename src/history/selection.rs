//! Selects the entities and the scorecards that are compared.

use crate::diagnostic::Problems;
use crate::scorecard::Picked;

/// The patterns of `--entity` and `--scorecard`. Without patterns, everything is selected.
pub(crate) struct Selection {
    entities: Picked,
    scorecards: Picked,
}

impl Selection {
    /// Parses patterns.
    ///
    /// # Errors
    /// The invalid patterns.
    pub(crate) fn parse(entities: &[String], scorecards: &[String]) -> Result<Self, Problems> {
        Ok(Self { entities: Picked::parse(entities)?, scorecards: Picked::parse(scorecards)? })
    }

    pub(crate) fn selects_entity(&self, identifier: &str) -> bool {
        self.entities.selects(identifier)
    }

    pub(crate) fn selects_scorecard(&self, identifier: &str) -> bool {
        self.scorecards.selects(identifier)
    }

    /// The patterns of `--scorecard` that match none of these identifiers.
    pub(crate) fn unmatched<'n>(&self, identifiers: impl Iterator<Item = &'n str> + Clone) -> Vec<&str> {
        self.scorecards.unmatched(identifiers)
    }
}
