//! The changes of a run since its baseline, for the reports of `evaluate`.

use super::words::{self, plain};
use crate::grade::GateOutcome;
use crate::history::baseline::Baseline;
use crate::history::catalog::{Card, Held};
use crate::history::change::{Change, ChangeKind};
use crate::history::compare::{Diff, EntityChanges, ResultChange};
use crate::history::fail_on::{FailOutcome, FailRule};
use crate::history::interned::Id;
use crate::report::{ComparedVerdict, Comparison, Mark, Move, MovedResults};
use crate::terminal::{Printer, Screen, Span, WARNING, print_to_string, thousands};
use std::collections::HashMap;

/// The maximum number of changes that fail and are listed.
const MOST: usize = 9;

/// A run and its baseline, compared.
pub(crate) struct RunComparison<'r> {
    pub(crate) baseline: &'r Baseline,
    pub(crate) rule: &'r FailRule<'r>,
}

impl Comparison for RunComparison<'_> {
    fn moves(&self, identifier: &str, scorecards: &[usize]) -> Vec<Option<Move>> {
        let diff = self.rule.diff();
        let first = scorecards.first().map(|first| self.baseline.scorecard(*first).blueprint);
        let changes = first.map(|blueprint| diff.changes_of(blueprint, identifier)).unwrap_or_default();
        let by_card: HashMap<Id<Card>, &ResultChange> =
            changes.iter().map(|one| (diff.scorecard(one.scorecard).card, one)).collect();
        let change =
            |scorecard: &usize| show(by_card.get(&self.baseline.scorecard(*scorecard).card)?.change, diff);
        scorecards.iter().map(change).collect()
    }

    fn moved(&self, most: usize) -> (Vec<MovedResults>, u64) {
        let diff = self.rule.diff();
        let moved = |one: &EntityChanges<'_>| MovedResults {
            identifier: one.names.identifier.to_owned(),
            title: one.names.title.to_owned(),
            blueprint: diff.blueprint(&one.names).to_owned(),
            moves: one.changes.iter().map(|change| listed(change, diff)).collect(),
        };
        (diff.most_serious(most).iter().map(moved).collect(), diff.moved() as u64)
    }

    fn up_and_down(&self, scorecard: usize) -> (u64, u64) {
        let card = self.baseline.scorecard(scorecard).card;
        let changes = self.rule.diff().scorecards.iter().find(|changes| changes.card == card);
        let count = |kind| changes.map_or(0, |changes| changes.count(kind));
        (count(ChangeKind::Up), count(ChangeKind::Down))
    }

    fn verdict(&self) -> Option<ComparedVerdict> {
        let (diff, rule) = (self.rule.diff(), self.rule);
        if rule.is_open() {
            return None;
        }
        let outcome = rule.outcome();
        let culprit = |culprit| words::culprit_of(diff, &culprit);
        let mut culprits: Vec<String> = rule.culprits().take(MOST).map(culprit).collect();
        let more = rule.culprits().count().saturating_sub(MOST);
        culprits.extend((more > 0).then(|| format!("… and {} more", thousands(more as u64))));
        Some(ComparedVerdict {
            outcome: match outcome {
                FailOutcome::Passed => GateOutcome::Passed,
                FailOutcome::Failed => GateOutcome::Failed,
                FailOutcome::NothingToCompare => GateOutcome::NothingToJudge,
            },
            heading: words::heading(outcome),
            sentence: words::sentence(rule),
            culprits,
        })
    }
}

/// A change beside the level that the entity holds now; `None` if there is nothing to show.
fn show(change: Change, diff: &Diff<'_>) -> Option<Move> {
    let level = |held: Held| words::level(held, diff.catalog);
    let words = match change {
        Change::Up { from, .. } | Change::Down { from, .. } => format!("from {}", level(Some(from))),
        Change::Entered { .. } => "applies now".to_owned(),
        Change::Appeared { to: Some(_) } => "new".to_owned(),
        Change::Left { from } => format!("was {}", level(Some(from))),
        Change::GainedData { .. } => "has data now".to_owned(),
        Change::LostData { .. } => "lost data".to_owned(),
        Change::Rules { .. } => String::new(),
        Change::Appeared { to: None } | Change::Disappeared { .. } => return None,
    };
    Some(Move { mark: mark(change), words })
}

fn mark(change: Change) -> Mark {
    match change {
        Change::Up { .. } => Mark::Up,
        Change::Down { .. } => Mark::Down,
        Change::Entered { .. } | Change::Appeared { .. } => Mark::New,
        Change::Left { .. } | Change::Disappeared { .. } => Mark::Gone,
        Change::GainedData { .. } | Change::LostData { .. } => Mark::Data,
        Change::Rules { .. } => Mark::Rules,
    }
}

/// A change in a list of changes, which tells both levels: the title of its scorecard, and the change.
fn listed(one: &ResultChange, diff: &Diff<'_>) -> (String, Move) {
    let words = words::change(one.change, diff.catalog);
    (diff.scorecard(one.scorecard).title.clone(), Move { mark: mark(one.change), words })
}

/// The lines about the changes that `evaluate` prints on standard error: how many there are of each kind, and which
/// definitions changed. They end without a line feed.
pub(crate) fn notes(diff: &Diff<'_>, screen: Screen) -> String {
    let mut text = print_to_string(screen, |printer: &mut Printer<'_>| {
        if let Some(sentence) = words::changed_definitions(diff) {
            printer.message(0, &[Span::new("! ", WARNING)], &[Span::plain(sentence)]);
        }
        printer.message(0, &[], &[Span::plain(counts(diff))]);
    });
    text.truncate(text.trim_end_matches('\n').len());
    text
}

/// The kinds of change with their words, the most serious first.
const KINDS: [(ChangeKind, &str); ChangeKind::COUNT] = [
    (ChangeKind::Down, "down"),
    (ChangeKind::Up, "up"),
    (ChangeKind::LostData, "lost data"),
    (ChangeKind::GainedData, "with data now"),
    (ChangeKind::Disappeared, "gone"),
    (ChangeKind::Appeared, "new"),
    (ChangeKind::Left, "no longer applicable"),
    (ChangeKind::Entered, "applicable now"),
    (ChangeKind::Rules, "with other rules passing"),
];

/// How many results changed, such as `2 down, 1 up since last.json`.
fn counts(diff: &Diff<'_>) -> String {
    let count = |kind| diff.scorecards.iter().map(|card| card.count(kind)).sum::<u64>();
    let parts: Vec<String> = KINDS
        .into_iter()
        .map(|(kind, words)| (count(kind), words))
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{} {words}", thousands(count)))
        .collect();
    let parts = if parts.is_empty() { "no change".to_owned() } else { parts.join(", ") };
    match diff.before {
        Some(before) => format!("{parts} since {}", plain(&before.name)),
        None => parts,
    }
}
