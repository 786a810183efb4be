//! The settings of a run that follow from the settings of the evaluation and from its reports.

use super::evaluation::Evaluation;
use crate::grade::{Graded, Judgement, Outcome, Tally};
use crate::history::Baseline;
use crate::page::PagePlan;
use crate::report::{Order, Report};

/// The settings of a run.
pub(super) struct Plan<'e> {
    pub(super) evaluation: &'e Evaluation<'e>,
    pub(super) reports: &'e [Box<dyn Report + 'e>],
    /// The results to compare with, if there are any.
    pub(super) baseline: Option<&'e Baseline>,
    /// What to count for the page, if there is one.
    pub(super) page: Option<&'e PagePlan<'e>>,
    pub(super) order: Order,
    /// The maximum number of entities to list; 0 if no report lists entities.
    pub(super) listed: usize,
    counts_rules: bool,
    finds_duplicates: bool,
    counts_teams: bool,
}

impl<'e> Plan<'e> {
    pub(super) fn new(
        evaluation: &'e Evaluation<'e>,
        reports: &'e [Box<dyn Report + 'e>],
        finds_duplicates: bool,
        baseline: Option<&'e Baseline>,
        page: Option<&'e PagePlan<'e>>,
    ) -> Self {
        let (display, scorecards) = (evaluation.display, evaluation.scorecards);
        let lists_entities = reports.iter().any(|report| report.lists_entities());
        Self {
            evaluation,
            reports,
            baseline,
            page,
            order: Order::new(display, scorecards),
            listed: if lists_entities { display.limit.number() } else { 0 },
            counts_rules: reports.iter().any(|report| report.wants_rule_counts()),
            finds_duplicates,
            counts_teams: reports.iter().any(|report| report.wants_team_counts())
                || page.is_some_and(PagePlan::wants_team_counts),
        }
    }

    /// Whether to list an entity, if there is room for it.
    pub(super) fn lists(&self, graded: &Graded<'_>) -> bool {
        let Evaluation { gate, display, .. } = self.evaluation;
        let is_below = |outcome: Outcome<'_>| matches!(gate.judge(&outcome), Judgement::Failed { .. });
        self.listed > 0 && (!display.failing || graded.outcomes().any(is_below))
    }

    /// Creates an empty tally. It counts rules and teams only if a report needs them.
    pub(super) fn tally(&self) -> Tally {
        let tally = Tally::new(self.evaluation.scorecards, self.counts_rules);
        let tally = if self.counts_teams { tally.with_teams() } else { tally };
        if self.finds_duplicates { tally.with_duplicates() } else { tally }
    }
}
