//! The settings of a run that follow from the settings of the evaluation and from its reports.

use super::evaluation::Evaluation;
use crate::grade::Tally;
use crate::report::{Context, Order, Report};
use crate::terminal::Screen;

/// The settings of a run.
pub(super) struct Plan<'e> {
    pub(super) evaluation: &'e Evaluation<'e>,
    pub(super) reports: &'e [Box<dyn Report + 'e>],
    pub(super) order: Order,
    /// The maximum number of entities to list; 0 if no report lists entities.
    pub(super) listed: usize,
    /// For each scorecard, whether it is shown. `None` if no report needs a verdict on the shown results alone, or if
    /// all results are shown.
    pub(super) shown_scorecards: Option<Vec<bool>>,
    counts_rules: bool,
    finds_duplicates: bool,
}

impl<'e> Plan<'e> {
    pub(super) fn new(
        evaluation: &'e Evaluation<'e>,
        reports: &'e [Box<dyn Report + 'e>],
        finds_duplicates: bool,
    ) -> Self {
        let (display, scorecards) = (evaluation.display, evaluation.scorecards);
        let lists_entities = reports.iter().any(|report| report.lists_entities());
        let lists_shortfalls = reports.iter().any(|report| report.lists_shortfalls());
        let shown_scorecards = (lists_shortfalls && !display.only.shows_all()).then(|| {
            let definitions = scorecards.definitions().iter();
            definitions.map(|definition| display.only.shows_scorecard(&definition.identifier)).collect()
        });
        Self {
            evaluation,
            reports,
            order: Order::new(display, scorecards),
            listed: if lists_entities { display.limit.for_people() } else { 0 },
            shown_scorecards,
            counts_rules: reports.iter().any(|report| report.wants_rule_counts()),
            finds_duplicates,
        }
    }

    /// Creates an empty tally. It counts rules only if a report needs them.
    pub(super) fn tally(&self) -> Tally {
        let tally = Tally::new(self.evaluation.scorecards, self.counts_rules);
        if self.finds_duplicates { tally.with_duplicates() } else { tally }
    }

    /// The settings for text that no screen limits.
    pub(super) fn context(&self) -> Context<'e> {
        let Evaluation { scorecards, gate, display, .. } = *self.evaluation;
        Context { scorecards, gate, display, screen: Screen { color: false, width: None } }
    }
}
