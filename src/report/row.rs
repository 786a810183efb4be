//! An entity kept until the end, for formats that need to see all of them before they print one.

use super::Context;
use crate::grade::{Graded, Judgement, Standing, Unmet};

/// One entity.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) identifier: String,
    pub(crate) title: String,
    pub(crate) blueprint: String,
    pub(crate) team: Vec<String>,
    /// The shown properties, in the order asked for.
    pub(crate) shown: Vec<String>,
    /// One for each scorecard of its blueprint, in the order of the definitions.
    pub(crate) cells: Vec<Cell>,
}

/// One result.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cell {
    /// Index of the scorecard.
    pub(crate) scorecard: usize,
    /// `None` where the scorecard does not apply.
    pub(crate) standing: Option<Standing>,
    pub(crate) judgement: Judgement,
    /// What is told of it when it missed its minimum.
    pub(crate) unmet: Option<Unmet>,
}

impl Row {
    pub(crate) fn new(context: Context<'_>, graded: &Graded<'_>) -> Self {
        let entity = graded.entity();
        let cell = |outcome: crate::grade::Outcome<'_>| {
            let judgement = context.gate.judge(&outcome);
            Cell {
                scorecard: outcome.index(),
                standing: outcome.standing(),
                judgement,
                unmet: (judgement == Judgement::Missed).then(|| context.gate.unmet(graded, &outcome)),
            }
        };
        Self {
            identifier: entity.identifier().to_owned(),
            title: entity.title().to_owned(),
            blueprint: graded.blueprint().to_owned(),
            team: entity.team().iter().map(ToString::to_string).collect(),
            shown: context.display.shown.iter().map(|(_, slot)| super::shown(entity.value(*slot))).collect(),
            cells: graded.outcomes().map(cell).collect(),
        }
    }

    /// The result in a scorecard, if it is of the entity's blueprint.
    pub(crate) fn cell(&self, scorecard: usize) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.scorecard == scorecard)
    }
}
