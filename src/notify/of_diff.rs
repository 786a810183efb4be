//! The messages about a comparison of two results.

use super::message::{Entity, Line, Message};
use crate::history::{
    ChangeKind, Diff, EntityChanges, FailOutcome, FailRule, ResultChange, Seriousness, words,
};
use crate::report::Limit;

/// The message about all changes: those that fail first, then the most serious ones.
pub(crate) fn message<'d>(diff: &'d Diff<'_>, rule: &'d FailRule<'_>) -> Message<'d> {
    let mut context = Vec::new();
    let heading = match heading(diff, rule) {
        Some(heading) => {
            context.push(summary(diff));
            heading
        }
        None => summary(diff),
    };
    context.extend(sides(diff));
    Message { heading, context, entities: entities(diff, rule, |_| true) }
}

/// The entities that need an issue: those with a change that fails, or, if nothing can fail, with a lower level.
pub(crate) fn issues<'d>(diff: &'d Diff<'_>, rule: &'d FailRule<'_>) -> Message<'d> {
    let needs_issue = |moved: &EntityChanges<'_>| {
        if rule.is_open() {
            return moved.changes.iter().any(|one| one.change.kind() == ChangeKind::Down);
        }
        fails(rule, moved)
    };
    Message {
        heading: "What changed:".to_owned(),
        context: sides(diff),
        entities: entities(diff, rule, needs_issue),
    }
}

/// The outcome of `--fail-on`, if it is used.
fn heading(diff: &Diff<'_>, rule: &FailRule<'_>) -> Option<String> {
    if diff.before.is_none() {
        return Some("Nothing to compare with".to_owned());
    }
    let outcome = match rule.outcome() {
        _ if rule.is_open() => return None,
        FailOutcome::Passed => "Comparison passed",
        FailOutcome::Failed => "Comparison failed",
        FailOutcome::NothingToCompare => "Nothing to compare",
    };
    Some(format!("{outcome}: {}", words::sentence(rule)))
}

/// How many entities changed.
fn summary(diff: &Diff<'_>) -> String {
    words::summary(diff, diff.moved(), Limit::All).trim_end_matches('.').to_owned()
}

/// What was compared, and whether it can be.
fn sides(diff: &Diff<'_>) -> Vec<String> {
    let before = diff.before.map_or_else(|| "nothing to compare with".to_owned(), words::side);
    let sides = [format!("Before: {before}"), format!("After: {}", words::side(diff.after))];
    sides.into_iter().chain(words::changed_definitions(diff)).collect()
}

/// The chosen entities.
fn entities<'d>(
    diff: &'d Diff<'_>,
    rule: &'d FailRule<'_>,
    is_chosen: impl Fn(&EntityChanges<'_>) -> bool,
) -> Box<dyn ExactSizeIterator<Item = Entity<'d>> + 'd> {
    let mut moves = diff.most_serious(usize::MAX);
    moves.retain(is_chosen);
    moves.sort_by_cached_key(|moved| !fails(rule, moved));
    Box::new(moves.into_iter().map(move |moved| entity(diff, rule, &moved)))
}

/// Whether an entity has a change that fails.
fn fails(rule: &FailRule<'_>, moved: &EntityChanges<'_>) -> bool {
    moved.changes.iter().any(|one| rule.reason(one.scorecard, one.change).is_some())
}

fn entity<'d>(diff: &'d Diff<'_>, rule: &FailRule<'_>, moved: &EntityChanges<'d>) -> Entity<'d> {
    let mut changes: Vec<&ResultChange> = moved.changes.iter().collect();
    changes.sort_by_key(|one| {
        (rule.reason(one.scorecard, one.change).is_none(), Seriousness::of(one.change.kind()))
    });
    Entity {
        identifier: moved.names.identifier,
        title: moved.names.title,
        blueprint: diff.blueprint(&moved.names),
        teams: diff.teams(&moved.names).collect(),
        lines: changes.into_iter().map(|one| line(diff, one)).collect(),
    }
}

fn line(diff: &Diff<'_>, one: &ResultChange) -> Line {
    let card = diff.scorecard(one.scorecard);
    let mark = if card.has_changed_definition() { format!(" {}", words::CHANGED) } else { String::new() };
    Line {
        mark: words::arrow(one.change.kind()),
        scorecard: format!("{}{mark}", card.title),
        event: words::change(one.change, diff.catalog),
        details: words::flips(one.change, diff.catalog, words::MOST_RULES),
    }
}
