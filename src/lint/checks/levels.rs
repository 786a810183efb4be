//! Reports levels without rules, and levels whose well-known names are in the wrong order.

use crate::diagnostic::{Code, list, quoted};
use crate::lint::finding::Finding;
use crate::lint::target::Target;
use crate::scorecard::Level;

pub(super) const LINTS: &[Code] = &[Code::LevelWithoutRules, Code::LevelOrder];

/// Families of well-known names, each from the lowest rank to the highest. Names in one entry have the same rank.
const FAMILIES: &[&[&[&str]]] = &[
    &[&["basic"], &["bronze"], &["silver"], &["gold"], &["platinum"], &["diamond"]],
    &[&["low"], &["medium"], &["high"], &["elite"]],
    &[&["red"], &["orange", "amber", "yellow"], &["green"]],
    &[&["poor", "bad"], &["fair"], &["good"], &["great", "very good"], &["excellent"]],
];

pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    let mut findings = without_rules(target);
    findings.extend(FAMILIES.iter().filter_map(|family| out_of_order(target, family)));
    findings
}

fn without_rules(target: &Target<'_>) -> Vec<Finding> {
    let definition = target.definition;
    let bare = definition.levels.iter().enumerate().skip(1);
    let bare: Vec<&Level> = bare
        .filter(|(level, _)| target.analysis.levels.get(*level).is_some_and(Vec::is_empty))
        .map(|(_, level)| level)
        .collect();
    let help = "add a rule for the level, or remove the level from `levels`";
    let written = bare.iter().filter_map(|level| Some((level, level.span.as_ref()?)));
    let mut findings: Vec<Finding> = written
        .map(|(level, span)| {
            let message = format!("level {} has no rules, so no entity ever holds it", quoted(&level.title));
            target.at(Code::LevelWithoutRules, span, message).help(help)
        })
        .collect();
    let implied: Vec<&str> =
        bare.iter().filter(|level| level.span.is_none()).map(|level| level.title.as_str()).collect();
    if !implied.is_empty() {
        let message = match implied.len() {
            1 => format!("the default level {} has no rules, so no entity ever holds it", list(implied, 9)),
            _ => {
                format!("the default levels {} have no rules, so no entity ever holds them", list(implied, 9))
            }
        };
        findings.push(
            target
                .about_all(Code::LevelWithoutRules, message)
                .help("add rules, or give the scorecard its own `levels`"),
        );
    }
    findings
}

fn out_of_order(target: &Target<'_>, family: &[&[&str]]) -> Option<Finding> {
    let rank = |level: &Level| {
        let title = level.title.trim().to_lowercase();
        family.iter().position(|names| names.contains(&title.as_str()))
    };
    let levels: Vec<(&Level, usize)> =
        target.definition.levels.iter().filter_map(|level| Some((level, rank(level)?))).collect();
    levels.iter().zip(levels.iter().skip(1)).find(|((_, below), (_, above))| above < below).and_then(
        |((below, _), (above, _))| {
            let message = format!("level {} is above {}", quoted(&above.title), quoted(&below.title));
            let span = above.span.as_ref()?;
            Some(
                target
                    .at(Code::LevelOrder, span, message)
                    .help("list the levels from the lowest to the highest: swap these two"),
            )
        },
    )
}
