//! Reports levels and rules that have no effect, because lower levels or other rules are at least as strict.

use super::duplicates::original;
use crate::diagnostic::{Code, quoted};
use crate::lint::analysis::{main_condition, rules_of};
use crate::lint::domain::Proposition;
use crate::lint::finding::Finding;
use crate::lint::target::Target;
use crate::scorecard::Rule;

pub(super) const LINTS: &[Code] = &[Code::ImpliedLevel, Code::ImpliedRule];

pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    let definition = target.definition;
    let reachable =
        (1..definition.levels.len()).take_while(|&level| !target.analysis.is_out_of_reach(definition, level));
    reachable.flat_map(|level| check_level(target, level)).collect()
}

fn check_level(target: &Target<'_>, level: usize) -> Vec<Finding> {
    let (definition, analysis) = (target.definition, &target.analysis);
    let lower = propositions(target, |at| at < level);
    let here = propositions(target, |at| at == level);
    let undecided: Vec<usize> =
        rules_of(definition, |at| at == level).filter(|&rule| analysis.is_undecided(rule)).collect();
    let originals: Vec<usize> =
        undecided.iter().copied().filter(|&rule| original(target, rule).is_none()).collect();
    let whole = Proposition::All(here.into_iter().cloned().collect());
    if !lower.is_empty() && !undecided.is_empty() && analysis.implies(&lower, &whole) {
        // if all rules of the level are copies, `duplicates` reports each of them
        return originals.first().and_then(|&rule| implied_level(target, level, rule)).into_iter().collect();
    }
    originals.iter().filter_map(|&rule| implied_rule(target, rule, &originals, &lower)).collect()
}

fn propositions<'c>(target: &'c Target<'_>, chosen: impl Fn(usize) -> bool) -> Vec<&'c Proposition> {
    rules_of(target.definition, chosen).filter_map(|rule| target.analysis.rules.get(rule)).collect()
}

fn implied_level(target: &Target<'_>, level: usize, rule: usize) -> Option<Finding> {
    let definition = target.definition;
    let rule = definition.rules.get(rule)?;
    let below = definition.rules.iter().map(|rule| rule.level).filter(|&at| at < level).max()?;
    let (low, high) = (quoted(definition.level_title(below)), quoted(definition.level_title(level)));
    let message = format!("every entity that reaches {low} also reaches {high}, so no entity stays at {low}");
    let note = definition.rules_of(below).next().and_then(|lower| {
        let (lower, higher) = (main_condition(lower)?, main_condition(rule)?);
        let (lower, higher) = (quoted(&lower.to_string()), quoted(&higher.to_string()));
        Some(format!("{low} requires {lower}, {high} requires {higher}"))
    });
    Some(
        target
            .about_condition(Code::ImpliedLevel, rule, message)
            .note_if(note)
            .help("thresholds must get stricter from level to level; check whether the two are swapped")
            .of(rule),
    )
}

fn implied_rule(
    target: &Target<'_>,
    rule: usize,
    level: &[usize],
    lower: &[&Proposition],
) -> Option<Finding> {
    let (definition, analysis) = (target.definition, &target.analysis);
    let (this, proposition) = (definition.rules.get(rule)?, analysis.rules.get(rule)?);
    let stronger = level.iter().filter(|&&other| other != rule).find_map(|&other| {
        analysis.implies(&[analysis.rules.get(other)?], proposition).then(|| definition.rules.get(other))?
    });
    let name = quoted(&this.identifier);
    let finding = |message: String| {
        target
            .about_condition(Code::ImpliedRule, this, message)
            .help("make the rule stricter, or remove it")
            .of(this)
    };
    if let Some(stronger) = stronger {
        let by: &Rule = stronger;
        return Some(finding(format!(
            "rule {name} passes whenever rule {} of the same level passes",
            quoted(&by.identifier)
        )));
    }
    (!lower.is_empty() && analysis.implies(lower, proposition)).then(|| {
        let level = quoted(definition.level_title(this.level));
        finding(format!("rule {name} passes for every entity that reaches the levels below {level}"))
    })
}
