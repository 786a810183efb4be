//! Reports levels without rules, and levels whose well-known names are in the wrong order.

use crate::diagnostic::{Code, list, quoted};
use crate::lint::finding::Finding;
use crate::lint::target::Target;
use crate::scorecard::{Definition, Level, default_levels};

pub(super) const LINTS: &[Code] = &[Code::LevelWithoutRules, Code::LevelOrder];

/// A scale of well-known names.
struct Scale {
    /// From the lowest rank to the highest. Names in one entry have the same rank.
    ranks: &'static [&'static [&'static str]],
    /// Whether the base level may have any name. Not if the names are also used for risks, where `Low` is the best.
    any_base: bool,
}

const SCALES: &[Scale] = &[
    Scale {
        ranks: &[&["basic"], &["bronze"], &["silver"], &["gold"], &["platinum"], &["diamond"]],
        any_base: true,
    },
    Scale { ranks: &[&["low"], &["medium"], &["high"], &["elite"]], any_base: false },
    Scale { ranks: &[&["red"], &["orange", "amber", "yellow"], &["green"]], any_base: true },
    Scale {
        ranks: &[&["poor", "bad"], &["fair"], &["good"], &["great", "very good"], &["excellent"]],
        any_base: true,
    },
];

pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    let mut findings = without_rules(target);
    findings.extend(SCALES.iter().filter_map(|scale| out_of_order(target, scale)));
    findings
}

fn without_rules(target: &Target<'_>) -> Vec<Finding> {
    let definition = target.definition;
    let bare = definition.levels.iter().enumerate().skip(1);
    let bare: Vec<&Level> = bare
        .filter(|(level, _)| target.analysis.levels.get(*level).is_some_and(Vec::is_empty))
        .map(|(_, level)| level)
        .collect();
    if has_default_titles(definition) {
        return default_without_rules(target, &bare).into_iter().collect();
    }
    let help = "add a rule for the level, or remove the level from `levels`";
    let written = bare.iter().filter_map(|level| Some((level, level.span.as_ref()?)));
    written
        .map(|(level, span)| {
            let message = format!("level {} has no rules, so no entity ever holds it", quoted(&level.title));
            target.at(Code::LevelWithoutRules, span, message).help(help)
        })
        .collect()
}

/// Whether the levels are the default ones. Responses of the API always list them, also if the scorecard was created
/// without levels.
fn has_default_titles(definition: &Definition) -> bool {
    let titles = definition.levels.iter().map(|level| &level.title);
    titles.eq(default_levels().iter().map(|level| &level.title))
}

/// A note about those of the default levels that have no rules.
fn default_without_rules(target: &Target<'_>, bare: &[&Level]) -> Option<Finding> {
    let titles = list(bare.iter().map(|level| level.title.as_str()), 9);
    let message = match bare.len() {
        0 => return None,
        1 => format!("the default level {titles} has no rules, so no entity ever holds it"),
        _ => format!("the default levels {titles} have no rules, so no entity ever holds them"),
    };
    let help = "add rules, or give the scorecard only the `levels` that it uses";
    Some(target.about_all(Code::LevelWithoutRules, message).help(help).into_note_if(true))
}

/// The titles of the levels in the order of the scale. A base level that is not part of it stays the first.
fn in_order(target: &Target<'_>, rank: impl Fn(&Level) -> Option<usize>) -> String {
    let mut levels: Vec<&Level> = target.definition.levels.iter().collect();
    levels.sort_by_key(|level| rank(level));
    list(levels.iter().map(|level| level.title.as_str()), 9)
}

/// Reports two levels in the wrong order, if the levels are this scale. A level of another name makes it a scale of its
/// own kind, such as Severe, High, Elevated, Low.
fn out_of_order(target: &Target<'_>, scale: &Scale) -> Option<Finding> {
    let rank = |level: &Level| {
        let title = level.title.trim().to_lowercase();
        scale.ranks.iter().position(|names| names.contains(&title.as_str()))
    };
    let levels = target.definition.levels.iter().enumerate();
    let known = levels.filter(|(index, level)| *index > 0 || !scale.any_base || rank(level).is_some());
    let levels: Vec<(&Level, usize)> =
        known.map(|(_, level)| Some((level, rank(level)?))).collect::<Option<_>>()?;
    let ((below, _), (above, _)) =
        levels.iter().zip(levels.iter().skip(1)).find(|((_, below), (_, above))| above < below)?;
    let message = format!("level {} is above {}", quoted(&above.title), quoted(&below.title));
    let finding = target.at(Code::LevelOrder, above.span.as_ref()?, message);
    Some(finding.help(format!("list the levels from the lowest to the highest: {}", in_order(target, rank))))
}
