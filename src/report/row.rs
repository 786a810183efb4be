//! An entity kept until the end, for formats that print after the last one.

use super::context::Context;
use super::property::shown;
use crate::grade::{Graded, Judgement, Outcome, Standing, blocking};

/// One entity.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) identifier: String,
    pub(crate) title: String,
    pub(crate) blueprint: String,
    pub(crate) team: Vec<String>,
    /// The shown properties, in the order of the options.
    pub(crate) shown: Vec<String>,
    /// One for each scorecard of its blueprint, in the order of the definitions.
    pub(crate) results: Vec<RowResult>,
}

/// One result.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RowResult {
    /// Index of the scorecard.
    pub(crate) scorecard: usize,
    /// `None` where the scorecard does not apply.
    pub(crate) standing: Option<Standing>,
    pub(crate) judgement: Judgement,
    /// Of a result below its minimum: the rules that block the next level, with the reason of each.
    pub(crate) blocking: Vec<(String, String)>,
}

impl Row {
    pub(crate) fn new(context: Context<'_>, graded: &Graded<'_>) -> Self {
        let entity = graded.entity();
        let result = |outcome: Outcome<'_>| {
            let judgement = context.gate.judge(&outcome);
            let failed = matches!(judgement, Judgement::Failed { .. });
            RowResult {
                scorecard: outcome.index(),
                standing: outcome.standing(),
                judgement,
                blocking: if failed { blocking(&outcome) } else { Vec::new() },
            }
        };
        Self {
            identifier: entity.identifier().to_owned(),
            title: entity.title().to_owned(),
            blueprint: graded.blueprint().to_owned(),
            team: entity.team().iter().map(ToString::to_string).collect(),
            shown: context.display.shown.iter().map(|(_, slot)| shown(entity.value(*slot))).collect(),
            results: graded.outcomes().map(result).collect(),
        }
    }

    /// The result in a scorecard, if it is of the entity's blueprint.
    pub(crate) fn result(&self, scorecard: usize) -> Option<&RowResult> {
        self.results.iter().find(|result| result.scorecard == scorecard)
    }
}
