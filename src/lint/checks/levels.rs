//! Levels without rules, and levels with well-known names in the wrong order.

use crate::diagnostic::{Code, list, quoted};
use crate::lint::case::Case;
use crate::lint::finding::Finding;
use crate::scorecard::Level;

pub(super) const LINTS: &[Code] = &[Code::LevelWithoutRules, Code::LevelOrder];

/// Families of names, the lowest first; the names of one entry have the same rank.
const FAMILIES: &[&[&[&str]]] = &[
    &[&["basic"], &["bronze"], &["silver"], &["gold"], &["platinum"], &["diamond"]],
    &[&["low"], &["medium"], &["high"], &["elite"]],
    &[&["red"], &["orange", "amber", "yellow"], &["green"]],
    &[&["poor", "bad"], &["fair"], &["good"], &["great", "very good"], &["excellent"]],
];

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = without_rules(case);
    findings.extend(FAMILIES.iter().filter_map(|family| out_of_order(case, family)));
    findings
}

fn without_rules(case: &Case<'_>) -> Vec<Finding> {
    let definition = case.definition;
    let bare = definition.levels.iter().enumerate().skip(1);
    let bare: Vec<&Level> = bare
        .filter(|(level, _)| definition.rules_of(*level).next().is_none())
        .map(|(_, level)| level)
        .collect();
    let help = "add a rule, or remove it from `levels`";
    let written = bare.iter().filter_map(|level| Some((level, level.span.as_ref()?)));
    let mut findings: Vec<Finding> = written
        .map(|(level, span)| {
            let message = format!("level {} has no rules, so no entity ever holds it", quoted(&level.title));
            case.at(Code::LevelWithoutRules, span, message).help(help)
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
            case.about_all(Code::LevelWithoutRules, message)
                .help("add rules, or give the scorecard its own `levels`"),
        );
    }
    findings
}

fn out_of_order(case: &Case<'_>, family: &[&[&str]]) -> Option<Finding> {
    let rank = |level: &Level| {
        let title = level.title.trim().to_lowercase();
        family.iter().position(|names| names.contains(&title.as_str()))
    };
    let levels: Vec<(&Level, usize)> =
        case.definition.levels.iter().filter_map(|level| Some((level, rank(level)?))).collect();
    levels.iter().zip(levels.iter().skip(1)).find(|((_, below), (_, above))| above < below).and_then(
        |((below, _), (above, _))| {
            let message = format!("level {} is above {}", quoted(&above.title), quoted(&below.title));
            let span = above.span.as_ref()?;
            Some(case.at(Code::LevelOrder, span, message).help("list levels from the base up: swap the two"))
        },
    )
}
