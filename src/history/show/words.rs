//! The texts that the formats of comparisons share. They are safe to print on one line.

use crate::history::catalog::{Catalog, Held, Title};
use crate::history::change::{Change, ChangeKind, FlippedRule};
use crate::history::compare::{Diff, EntityChanges, Presence, ScorecardChanges};
use crate::history::fail_on::{Culprit, FailOutcome, FailRule};
use crate::history::interned::Id;
use crate::history::side::{EntityNames, Side};
use crate::report::Limit;
use crate::terminal::{clean, counted, thousands};

/// A text from the input, sanitized and on one line.
pub(crate) fn plain(text: &str) -> String {
    clean(text).into_owned()
}

/// The title of a level; a dash for none.
pub(crate) fn title(level: Option<Id<Title>>, catalog: &Catalog) -> String {
    level.map_or_else(|| "–".to_owned(), |level| plain(&catalog.titles.get(level).0))
}

/// The level of a result; a dash for one that is not applicable.
pub(crate) fn level(held: Held, catalog: &Catalog) -> String {
    title(held.map(|grade| catalog.grades.get(grade).level), catalog)
}

/// The mark of a change.
pub(crate) fn arrow(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Up => "▲",
        ChangeKind::Down => "▼",
        ChangeKind::Entered | ChangeKind::Appeared => "+",
        ChangeKind::Left | ChangeKind::Disappeared => "−",
        ChangeKind::GainedData => "!",
        ChangeKind::LostData => "?",
        ChangeKind::Rules => "~",
    }
}

/// A change in words, such as `Gold → Bronze`.
pub(crate) fn change(change: Change, catalog: &Catalog) -> String {
    let [from, to] = [change.from(), change.to()].map(|held| level(held, catalog));
    match change {
        Change::Up { .. } | Change::Down { .. } => format!("{from} → {to}{}", data(change, catalog)),
        Change::Entered { .. } => format!("applies now: {to}"),
        Change::Left { .. } => format!("no longer applies, was {from}"),
        Change::Appeared { to: None } => "new: not applicable".to_owned(),
        Change::Appeared { .. } => format!("new: {to}"),
        Change::Disappeared { from: None } => "gone, was not applicable".to_owned(),
        Change::Disappeared { .. } => format!("gone, was {from}"),
        Change::GainedData { .. } => format!("{to}, has data now"),
        Change::LostData { .. } => format!("{to}, no longer has data"),
        Change::Rules { .. } => format!("still {to}"),
    }
}

/// What a change of level says about data, as the end of a text.
fn data(change: Change, catalog: &Catalog) -> &'static str {
    let no_data = |held: Held| held.and_then(|grade| catalog.grades.get(grade).no_data);
    match (no_data(change.from()), no_data(change.to())) {
        (Some(false), Some(true)) => ", no longer has data",
        (Some(true), Some(false)) => ", has data now",
        _ => "",
    }
}

/// The rules whose status changed in one line, such as `svc_cfr_high fails`: at most this many, first those that
/// explain the direction of the change.
pub(crate) fn flips(change: Change, catalog: &Catalog, most: usize) -> String {
    let mut flips = change.flipped_rules(catalog);
    flips.sort_by_key(|flip| flip.passes != (change.kind() == ChangeKind::Up));
    let more = flips.len().saturating_sub(most);
    let name = |flip: &FlippedRule| {
        format!("{} {}", plain(&catalog.rules.get(flip.rule).0), if flip.passes { "passes" } else { "fails" })
    };
    let mut parts: Vec<String> = flips.iter().take(most).map(name).collect();
    parts.extend((more > 0).then(|| format!("{} more", thousands(more as u64))));
    parts.join(", ")
}

/// The name of an entity: its title, and its identifier if that differs.
pub(crate) fn entity(moved: &EntityChanges<'_>) -> String {
    let EntityNames { identifier, title, .. } = moved.names;
    if title == identifier { plain(title) } else { format!("{} ({})", plain(title), plain(identifier)) }
}

/// A side in one line: its file, its date, and how many entities it has.
pub(crate) fn side(side: &Side) -> String {
    let date = side.document.as_of.map(|as_of| format!(" of {as_of}")).unwrap_or_default();
    format!("{}{date}, {}", plain(&side.name), counted(side.len() as u64, "entity", "entities"))
}

/// Says that only one side has the scorecard; `None` if both have it.
pub(crate) fn absence(presence: Presence) -> Option<&'static str> {
    match presence {
        Presence::Both => None,
        Presence::Before => Some("only before"),
        Presence::After => Some("only after"),
    }
}

/// The changes of level in a scorecard, with the number of entities: `1 Silver → Gold, 2 Bronze → Silver`.
pub(crate) fn level_changes(card: &ScorecardChanges, catalog: &Catalog) -> String {
    let changed = card.pairs(catalog).into_iter().filter(|(pair, _)| pair.from != pair.to);
    let changes = changed.map(|(pair, count)| {
        format!("{} {} → {}", thousands(count), title(pair.from, catalog), title(pair.to, catalog))
    });
    changes.collect::<Vec<_>>().join(", ")
}

/// The scorecards whose definition changed, in a sentence; `None` if there are none.
pub(crate) fn changed_definitions(diff: &Diff<'_>) -> Option<String> {
    let changed = diff.scorecards.iter().filter(|card| card.has_changed_definition());
    let names: Vec<String> = changed.map(|card| plain(diff.card_names(card).1)).collect();
    let names_or_count = match names.as_slice() {
        [] => return None,
        [name] => {
            return Some(format!(
                "the definition of {name} changed, so its changes (marked {CHANGED}) may come from that and never fail"
            ));
        }
        names if names.len() <= MOST_NAMES => names.join(", "),
        names => format!("{} scorecards", thousands(names.len() as u64)),
    };
    Some(format!(
        "the definitions of {names_or_count} changed, so their changes (marked {CHANGED}) may come from that and never fail"
    ))
}

/// The maximum number of scorecards to name in a sentence.
const MOST_NAMES: usize = 5;

/// The mark of a change in a scorecard whose definition changed.
pub(crate) const CHANGED: &str = "*";

/// The sentence that counts the entities with changes, and those that are listed.
pub(crate) fn summary(diff: &Diff<'_>, listed: usize, limit: Limit) -> String {
    let (moved, all) = (diff.moved() as u64, counted(diff.entities() as u64, "entity", "entities"));
    if diff.before.is_none() {
        return "There is nothing to compare with.".to_owned();
    }
    if diff.entities() == 0 {
        return "No entities to compare.".to_owned();
    }
    if moved == 0 {
        return format!("No change in {all}.");
    }
    let listed = listed as u64;
    let help = limit.way_out();
    let more =
        if listed < moved { format!(", {} of them listed{help}", thousands(listed)) } else { String::new() };
    format!("{} of {all} changed{more}.", thousands(moved))
}

/// The teams of an entity, separated by commas.
pub(crate) fn teams(diff: &Diff<'_>, moved: &EntityChanges<'_>) -> String {
    diff.teams(&moved.names).map(plain).collect::<Vec<_>>().join(", ")
}

/// The outcome of `--fail-on` in one line without a full stop.
pub(crate) fn sentence(rule: &FailRule<'_>) -> String {
    let shared = counted(rule.diff().shared(), "result", "results");
    match rule.outcome() {
        FailOutcome::Passed => format!("{shared} on both sides, none fails"),
        FailOutcome::NothingToCompare => "no result is on both sides".to_owned(),
        FailOutcome::Failed => {
            let (mut definitions, mut results) = (0, 0);
            rule.culprits().for_each(|culprit| match culprit.entity {
                Some(_) => results += 1,
                None => definitions += 1,
            });
            let changed =
                (definitions > 0).then(|| counted(definitions, "changed definition", "changed definitions"));
            let failed = (results > 0).then(|| counted(results, "result fails", "results fail"));
            let parts: Vec<String> = changed.into_iter().chain(failed).collect();
            format!("{} ({shared} on both sides)", parts.join(", "))
        }
    }
}

/// A change that fails in one line, without the entity: `dora_cfr: Gold → Bronze, svc_cfr_high fails`.
pub(crate) fn culprit(diff: &Diff<'_>, culprit: &Culprit<'_>) -> String {
    let card = plain(diff.card_names(culprit.scorecard).1);
    let Some(one) = culprit.change else { return format!("{card}: its definition changed") };
    let flips = flips(one, diff.catalog, MOST_RULES);
    let flips = if flips.is_empty() { flips } else { format!(" ({flips})") };
    format!("{card}: {}{flips}", change(one, diff.catalog))
}

/// A change that fails in one line, with the entity.
pub(crate) fn culprit_of(diff: &Diff<'_>, one: &Culprit<'_>) -> String {
    let entity = one.entity.map(|moved| format!("{} ", plain(moved.names.identifier))).unwrap_or_default();
    format!("{entity}{}", culprit(diff, one))
}

/// How a comparison ended, in two or three words.
pub(crate) fn heading(outcome: FailOutcome) -> &'static str {
    match outcome {
        FailOutcome::Passed => "comparison passed",
        FailOutcome::Failed => "comparison failed",
        FailOutcome::NothingToCompare => "nothing to compare",
    }
}

/// The maximum number of rules that one line names.
pub(crate) const MOST_RULES: usize = 4;
