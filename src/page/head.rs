//! What the head of a page says: when, how many entities, from which files, and the verdicts.

use super::plan::PagePlan;
use super::run::PageRun;
use super::view::{Head, VerdictLine};
use crate::grade::GateOutcome;
use crate::report::{Comparison, Scoped, Totals, empty_message, gate_heading, gate_summary};
use crate::result::{BaselineRecord, Earlier};

pub(super) fn head<'v>(plan: &'v PagePlan<'v>, run: &'v PageRun<'v>, totals: &'v Totals<'v>) -> Head<'v> {
    let definitions = plan.scorecards.definitions();
    // every scorecard of a blueprint has met all its entities
    let entities = |blueprint: &'v str| {
        let cards = definitions.iter().zip(&totals.tally.cards);
        let (_, card) = cards.into_iter().find(|(definition, _)| definition.blueprint == blueprint)?;
        (card.entities() > 0).then(|| (blueprint, card.entities()))
    };
    let blueprints: Vec<(&str, u64)> =
        plan.scorecards.blueprints().into_iter().filter_map(entities).collect();
    let empty = blueprints.is_empty().then(|| {
        let message = empty_message(totals).unwrap_or_else(|| "no entity meets the condition".to_owned());
        message.get(..1).map_or(String::new(), str::to_uppercase) + message.get(1..).unwrap_or_default()
    });
    let gate = (!run.gate.is_open()).then(|| {
        let outcome = totals.verdict.outcome();
        let sentence = gate_summary(totals.verdict);
        VerdictLine { passed: passed(outcome), heading: gate_heading(outcome), sentence }
    });
    let compared = totals.comparison.and_then(Comparison::verdict).map(|verdict| VerdictLine {
        passed: passed(verdict.outcome),
        heading: verdict.heading,
        sentence: verdict.sentence,
    });
    Head {
        title: plan.definition.title.clone(),
        description: plan.definition.description.clone(),
        as_of: plan.scorecards.as_of(),
        entities: totals.tally.entities,
        blueprints,
        scorecards: totals.tally.cards.iter().filter(|card| card.entities() > 0).count(),
        files: run.files,
        scope: Scoped::new(run.scope, totals.tally).map(|scoped| scoped.line()),
        verdicts: gate.into_iter().chain(compared).collect(),
        baseline: run.baseline.map(since),
        empty,
    }
}

/// The file and the day of the baseline: `last.json (2026-11-01)`.
fn since(baseline: &dyn Earlier) -> String {
    let BaselineRecord { file, as_of } = baseline.record();
    match as_of {
        Some(as_of) => format!("{file} ({})", as_of.strip_suffix("T00:00:00Z").unwrap_or(as_of)),
        None => file.clone(),
    }
}

fn passed(outcome: GateOutcome) -> Option<bool> {
    match outcome {
        GateOutcome::Passed => Some(true),
        GateOutcome::Failed => Some(false),
        GateOutcome::NothingToJudge => None,
    }
}
