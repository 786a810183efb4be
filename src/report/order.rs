//! The order of listed entities.

use super::display::{Display, Sort};
use crate::grade::Graded;
use crate::scorecard::Scorecards;

/// The order in which entities are listed.
#[derive(Debug)]
pub(crate) enum Order {
    /// As in the input.
    Input,
    /// By title.
    Title,
    /// By the level in the scorecards with these indexes, the lowest first. They have the same identifier, and so
    /// different blueprints. Entities that they do not apply to come last.
    Level(Vec<usize>),
}

/// The place of an entity in the order. Entities with the same key keep the order of the input.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SortKey {
    /// The index of the level.
    rank: usize,
    /// The title in lower case.
    title: Box<str>,
    identifier: Box<str>,
}

/// The rank of an entity that the filter of the scorecard excludes.
const NOT_APPLICABLE: usize = usize::MAX - 1;
/// The rank of an entity of another blueprint.
const NOT_GRADED: usize = usize::MAX;

impl Order {
    pub(crate) fn new(display: &Display, scorecards: &Scorecards) -> Self {
        match &display.sort {
            None => Self::Input,
            Some(Sort::Title) => Self::Title,
            Some(Sort::Scorecard(identifier)) => {
                let definitions = scorecards.definitions().iter().enumerate();
                let named = definitions.filter(|(_, definition)| definition.identifier == *identifier);
                Self::Level(named.map(|(index, _)| index).collect())
            }
        }
    }

    /// The key of an entity; `None` if the order is that of the input.
    pub(super) fn key(&self, graded: &Graded<'_>) -> Option<Box<SortKey>> {
        let rank = match self {
            Self::Input => return None,
            Self::Title => 0,
            Self::Level(scorecards) => {
                let outcome = graded.outcomes().find(|outcome| scorecards.contains(&outcome.index()));
                outcome.map_or(NOT_GRADED, |outcome| {
                    outcome.standing().map_or(NOT_APPLICABLE, |standing| standing.level)
                })
            }
        };
        let entity = graded.entity();
        let title = entity.title().to_lowercase().into();
        Some(Box::new(SortKey { rank, title, identifier: entity.identifier().into() }))
    }
}
