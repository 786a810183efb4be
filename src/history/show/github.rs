//! `github`: annotations of GitHub Actions. GitHub shows at most ten of a kind for each step, so there are at most nine
//! changes of a kind and the sentence that counts all.

use super::words::{self, plain};
use crate::history::change::{Change, ChangeKind};
use crate::history::compare::{Diff, EntityChanges, ScorecardChanges};
use crate::history::fail_on::{FailOutcome, FailRule};
use crate::markup::command;

/// The maximum number of changes of a kind.
const MOST: usize = 9;

/// The changes as workflow commands: those that fail as errors, other lower levels as warnings, then a notice.
pub(crate) fn github(diff: &Diff<'_>, rule: &FailRule<'_>) -> String {
    let mut text = String::new();
    for culprit in rule.culprits().take(MOST) {
        text += &match (&culprit.entity, culprit.change) {
            (Some(moved), Some(change)) => annotation("error", diff, moved, culprit.scorecard, change),
            _ => command(
                "error",
                &[("title", &words::culprit(diff, &culprit))],
                "its changes may come from that, so they do not fail",
            ),
        };
    }
    let downs = diff.moves().flat_map(|moved| {
        let downs = moved.changes.iter().filter(|one| one.change.kind() == ChangeKind::Down);
        downs.filter(|one| rule.reason(one.scorecard, one.change).is_none()).map(move |one| (moved, one))
    });
    for (moved, one) in downs.take(MOST) {
        text += &annotation("warning", diff, &moved, diff.scorecard(one.scorecard), one.change);
    }
    let outcome = rule.outcome();
    let kind = match outcome {
        _ if rule.is_open() => "notice",
        FailOutcome::Passed => "notice",
        FailOutcome::Failed => "error",
        FailOutcome::NothingToCompare => "warning",
    };
    let title = if rule.is_open() { "dora-score diff" } else { words::heading(outcome) };
    text + &command(kind, &[("title", title)], &summary(diff, rule))
}

fn annotation(
    kind: &str,
    diff: &Diff<'_>,
    moved: &EntityChanges<'_>,
    card: &ScorecardChanges,
    change: Change,
) -> String {
    let title =
        format!("{}: {} {}", words::entity(moved), plain(&card.title), words::change(change, diff.catalog));
    let rules = words::flips(change, diff.catalog, words::MOST_RULES);
    let mut lines: Vec<String> = Vec::new();
    let teams = words::teams(diff, moved);
    lines.extend((!teams.is_empty()).then(|| format!("team {teams}")));
    lines.extend((!rules.is_empty()).then_some(rules));
    lines.extend(card.has_changed_definition().then(|| "the definition of the scorecard changed".to_owned()));
    command(kind, &[("title", &title)], &lines.join("\n"))
}

/// The lines of the last annotation.
fn summary(diff: &Diff<'_>, rule: &FailRule<'_>) -> String {
    let before = diff.before.map_or_else(|| "nothing to compare with".to_owned(), words::side);
    let mut lines = Vec::new();
    lines.extend((!rule.is_open()).then(|| words::sentence(rule)));
    lines.push(words::summary(diff, diff.moved(), crate::report::Limit::All));
    lines.extend([format!("before: {before}"), format!("after: {}", words::side(diff.after))]);
    lines.extend(words::changed_definitions(diff));
    lines.join("\n")
}
