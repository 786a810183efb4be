//! Levels: those that nobody can hold for want of a rule, and well-known names out of order.

use crate::diagnostic::{Code, Severity, list, quoted};
use crate::lint::case::Case;
use crate::lint::finding::{Finding, Lint};
use crate::scorecard::Level;

pub(super) const LINTS: &[Lint] = &[WITHOUT_RULES, ORDER];

const WITHOUT_RULES: Lint = Lint {
    code: Code::LevelWithoutRules,
    severity: Severity::Warning,
    page: "A level above the base has no rule. The climb skips it, so nobody ever holds it, though a gate may ask for \
           it and tables show it. Give it a rule, or leave it out of `levels`; where `levels` is absent the \
           scorecard has Basic, Bronze, Silver and Gold.",
};

const ORDER: Lint = Lint {
    code: Code::LevelOrder,
    severity: Severity::Warning,
    page: "Levels with well-known names stand in an order nobody expects, such as Silver below Bronze. The first \
           level is the base and the last the best. Known are Bronze to Platinum, Low to Elite (DORA), Red to Green, \
           and Poor to Excellent, in any case of letters.",
};

/// Families of names, the lowest first; names of one entry are of the same rank.
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
    let help = "give it a rule, or leave it out of `levels`";
    let written = bare.iter().filter_map(|level| Some((level, level.span.as_ref()?)));
    let mut findings: Vec<Finding> = written
        .map(|(level, span)| {
            let message = format!("level {} has no rule, so nobody ever holds it", quoted(&level.title));
            case.at(&WITHOUT_RULES, span, message).help(help)
        })
        .collect();
    let implied: Vec<&str> =
        bare.iter().filter(|level| level.span.is_none()).map(|level| level.title.as_str()).collect();
    if !implied.is_empty() {
        let message = match implied.len() {
            1 => format!("the default level {} has no rule, so nobody ever holds it", list(implied, 9)),
            _ => format!("the default levels {} have no rule, so nobody ever holds them", list(implied, 9)),
        };
        findings.push(
            case.about_all(&WITHOUT_RULES, message).help("give the scorecard `levels` of its own, or rules"),
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
            let message = format!("level {} stands above {}", quoted(&above.title), quoted(&below.title));
            let span = above.span.as_ref()?;
            Some(case.at(&ORDER, span, message).help("levels go from the base up: swap the two"))
        },
    )
}
