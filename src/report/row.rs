//! Graded entities that are kept until the end, for formats that print after the last entity.

use super::context::Context;
use super::property::shown;
use crate::grade::{Graded, Judgement, Outcome, Standing, blocking};

/// An entity with its results.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Row {
    pub(crate) identifier: String,
    pub(crate) title: String,
    pub(crate) blueprint: String,
    pub(crate) team: Vec<String>,
    /// The shown properties, in the order of the options.
    pub(crate) shown: Vec<String>,
    /// Its results in the scorecards of its blueprint, in the order of the definitions.
    pub(crate) results: Vec<RowResult>,
}

/// The result of an entity in one scorecard.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RowResult {
    /// The index of the scorecard.
    pub(crate) scorecard: usize,
    /// `None` if the scorecard is not applicable.
    pub(crate) standing: Option<Standing>,
    pub(crate) judgement: Judgement,
    /// The rules that block the next level, each with its reason; empty unless the result is below its minimum.
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

    /// The result in a scorecard; `None` if the scorecard grades another blueprint.
    pub(crate) fn result(&self, scorecard: usize) -> Option<&RowResult> {
        self.results.iter().find(|result| result.scorecard == scorecard)
    }
}
