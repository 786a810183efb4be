//! Warnings about the input. They are printed on standard error and are never part of the results.

use super::{unknown_fields, waivers};
use crate::diagnostic::{Code, Diagnostic, list, quoted};
use crate::evaluate::Evaluation;
use crate::grade::{Duplicates, Evaluated, Tally};
use crate::scorecard::{Scope, Scorecards};
use crate::terminal::{counted, thousands};
use std::collections::HashSet;

/// The maximum number of ungraded blueprints to list.
const MOST_LISTED: usize = 20;

/// All warnings of an evaluation, also about its waivers.
pub(super) fn found(evaluation: &Evaluation<'_>, evaluated: &Evaluated, built_in: bool) -> Vec<Diagnostic> {
    let Evaluation { scorecards, scope, gate, .. } = *evaluation;
    let mut found = of(scorecards, scope, &evaluated.tally, built_in);
    found.extend(waivers::warnings(gate, &evaluated.verdict));
    found
}

/// All warnings about the input. The built-in scorecards grade services and teams; an input of only one of the two is
/// normal and gives no warning.
pub(crate) fn of(scorecards: &Scorecards, scope: &Scope, tally: &Tally, built_in: bool) -> Vec<Diagnostic> {
    if tally.entities == 0 && tally.outside.excluded > 0 {
        let unknown = unknown_fields::of_scope(scope, tally);
        return std::iter::once(empty_scope(scope, tally)).chain(unknown).collect();
    }
    if tally.entities == 0 {
        return vec![Diagnostic::warning(Code::NoEntities, "the input contains no entities")];
    }
    let mut warnings = unknown_fields::of_scope(scope, tally);
    let unmet = tally.unmet_blueprints(scorecards);
    let nothing_met =
        unmet.iter().map(|(_, cards)| cards.len()).sum::<usize>() == scorecards.definitions().len();
    if !built_in || nothing_met {
        for (blueprint, cards) in unmet {
            let message =
                format!("no entity has blueprint {}, so {} nothing", quoted(blueprint), graders(&cards));
            let help = "an entity without a blueprint gets the blueprint of `--blueprint`";
            warnings.push(Diagnostic::warning(Code::ScorecardWithoutEntities, message).help(help));
        }
    }
    let ungraded: Vec<(&str, u64)> = tally.ungraded().collect();
    let count: u64 = ungraded.iter().map(|(_, count)| count).sum();
    if count > 0 {
        let mut seen: Vec<String> = ungraded
            .iter()
            .take(MOST_LISTED)
            .map(|(blueprint, count)| format!("{} ({})", quoted(blueprint), thousands(*count)))
            .collect();
        let more = ungraded.len().saturating_sub(MOST_LISTED);
        if more > 0 {
            seen.push(format!("and {} more", thousands(more as u64)));
        }
        let entities = counted(count, "entity is", "entities are");
        let message = format!("{entities} not graded: no scorecard grades blueprint {}", seen.join(", "));
        warnings.push(Diagnostic::warning(Code::UngradedEntities, message));
    }
    warnings.extend(unknown_fields::warnings(scorecards, tally));
    warnings.extend(tally.duplicates.as_ref().and_then(duplicates));
    warnings
}

/// The warning about entities that come twice.
pub(crate) fn duplicates(duplicates: &Duplicates) -> Option<Diagnostic> {
    let Duplicates { count, first, .. } = duplicates;
    let more = count.saturating_sub(first.len() as u64);
    let mut named = list(first.iter().map(String::as_str), first.len());
    if more > 0 {
        named.push_str(&format!(" and {} more", thousands(more)));
    }
    let repeats = counted(*count, "entity repeats", "entities repeat");
    let message = format!("{repeats} the blueprint and identifier of an earlier one: {named}");
    (*count > 0).then(|| {
        Diagnostic::new(Code::DuplicateEntity, message)
            .help("export each entity once, or use `--allow duplicate-entity`")
    })
}

/// The warning about a scope without entities. It shows the values that the entities have instead.
fn empty_scope(scope: &Scope, tally: &Tally) -> Diagnostic {
    let read = counted(tally.outside.excluded, "entity", "entities");
    let message = format!("no entity is in scope: {} excludes all of {read}", quoted(&scope.to_string()));
    let seen: Vec<_> = scope.conditions().zip(&tally.outside.seen).collect();
    let mut named = HashSet::new();
    let once = seen.iter().filter(|(condition, _)| named.insert(condition.name()));
    let notes = once.map(|(condition, values)| match values.is_empty() {
        true => format!("no entity has {}", quoted(condition.name())),
        false => format!("values of {}: {}", quoted(condition.name()), values.join(", ")),
    });
    let warning = Diagnostic::warning(Code::EmptyScope, message).note(notes.collect::<Vec<_>>().join("; "));
    let unquoted = seen.iter().find_map(|(condition, values)| {
        let are_texts = !values.is_empty() && values.iter().all(|value| value.starts_with('"'));
        Some((condition.name(), condition.as_text().filter(|_| are_texts)?))
    });
    match unquoted {
        None => warning,
        Some((name, text)) => {
            warning.help(format!("{} is text: quote the value, as in {}", quoted(name), quoted(&text)))
        }
    }
}

/// The scorecards as the subject of a sentence, such as ``scorecard `dora_cfr` grades``.
fn graders(cards: &[&str]) -> String {
    const MAX_NAMED: usize = 5;
    let names = list(cards.iter().copied(), MAX_NAMED);
    if cards.len() == 1 { format!("scorecard {names} grades") } else { format!("scorecards {names} grade") }
}
