//! Graded entities that are kept until the end, for formats that list them after the last entity.

use super::display::Display;
use super::property::shown;
use crate::grade::{Gate, Graded, Judgement, Outcome};
use crate::terminal::{NO_DATA, WAIVED};

/// An entity with its results, in as little memory as possible, because `--limit 0` keeps all of them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    /// The index of the first scorecard of its blueprint.
    pub(super) scorecard: usize,
    pub(super) identifier: Box<str>,
    /// `None` if it is the same as the identifier.
    title: Option<Box<str>>,
    pub(super) team: Box<[Box<str>]>,
    /// The shown properties, in the order of the options.
    pub(super) shown: Box<[Box<str>]>,
    /// Its results in the scorecards of its blueprint, in the order of the definitions; `None` if one is not applicable.
    pub(super) results: Box<[Option<HeldLevel>]>,
}

/// The level that an entity holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct HeldLevel {
    /// The index of the level.
    pub(super) level: usize,
    /// Whether the result has no data.
    pub(super) no_data: bool,
    /// Whether a waiver excuses the result.
    pub(super) waived: bool,
}

impl Row {
    /// The row of an entity of the blueprint whose first scorecard has the index `scorecard`.
    pub(super) fn new(scorecard: usize, gate: &Gate, display: &Display, graded: &Graded<'_>) -> Self {
        let entity = graded.entity();
        let is_waived = |outcome: &Outcome<'_>| {
            gate.has_waivers() && matches!(gate.judge(outcome), Judgement::Waived { .. })
        };
        let held = |outcome: Outcome<'_>| {
            outcome.standing().map(|standing| HeldLevel {
                level: standing.level,
                no_data: standing.no_data.is_some(),
                waived: is_waived(&outcome),
            })
        };
        Self {
            scorecard,
            identifier: entity.identifier().into(),
            title: (entity.title() != entity.identifier()).then(|| entity.title().into()),
            team: entity.team().iter().map(|name| Box::from(name.as_ref())).collect(),
            shown: display.shown.iter().map(|(_, slot)| shown(entity.value(*slot)).into()).collect(),
            results: graded.outcomes().map(held).collect(),
        }
    }

    /// The title, or the identifier if the entity has no title.
    pub(super) fn title(&self) -> &str {
        self.title.as_deref().unwrap_or(&self.identifier)
    }
}

impl HeldLevel {
    /// The marks after the title of the level, each with a blank before it.
    pub(super) fn marks(self) -> String {
        let marks = [(self.no_data, NO_DATA), (self.waived, WAIVED)];
        marks.into_iter().filter(|(occurs, _)| *occurs).map(|(_, mark)| format!(" {mark}")).collect()
    }
}
