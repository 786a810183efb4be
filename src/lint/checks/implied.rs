//! Reports levels and rules that have no effect, because lower levels or other rules are at least as strict.

use crate::diagnostic::{Code, quoted};
use crate::lint::analysis::main_condition;
use crate::lint::domain::Premises;
use crate::lint::finding::Finding;
use crate::lint::strength::Strength;
use crate::lint::target::Target;
use crate::scorecard::Rule;

pub(super) const LINTS: &[Code] = &[Code::ImpliedLevel, Code::ImpliedRule];

pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    let analysis = &target.analysis;
    let mut lower = analysis.context_premises();
    let mut findings = Vec::new();
    for (level, rules) in analysis.levels.iter().enumerate().skip(1) {
        if analysis.is_out_of_reach(level) {
            break;
        }
        findings.extend(check_level(target, level, rules, &lower));
        rules.iter().for_each(|rule| lower.add(&analysis.space, analysis.rule(*rule)));
    }
    findings
}

/// `lower` is the filter and the rules of the levels below.
fn check_level(target: &Target<'_>, level: usize, rules: &[usize], lower: &Premises<'_>) -> Vec<Finding> {
    let analysis = &target.analysis;
    let mut undecided = rules.iter().copied().filter(|&rule| analysis.is_undecided(rule)).peekable();
    if undecided.peek().is_none() {
        return Vec::new();
    }
    let is_original = |rule: &usize| target.originals().get(*rule) == Some(&None);
    let originals: Vec<usize> = undecided.filter(is_original).collect();
    let has_lower = analysis.levels.iter().take(level).any(|rules| !rules.is_empty());
    let is_implied = |rule: usize| has_lower && analysis.space.implies(lower, &[], analysis.rule(rule));
    if rules.iter().all(|rule| is_implied(*rule)) {
        // if all rules of the level are copies, `duplicates` reports each of them
        return originals.first().and_then(|&rule| implied_level(target, level, rule)).into_iter().collect();
    }
    let strength = Strength::new(analysis, &originals);
    let implied =
        originals.iter().enumerate().filter_map(|(position, &rule)| match strength.stronger(position) {
            Some(stronger) => implied_by(target, rule, stronger),
            None => is_implied(rule).then(|| implied_by_lower(target, rule))?,
        });
    implied.collect()
}

fn implied_level(target: &Target<'_>, level: usize, rule: usize) -> Option<Finding> {
    let definition = target.definition;
    let rule = definition.rules.get(rule)?;
    let below = definition.rules.iter().map(|rule| rule.level).filter(|&at| at < level).max()?;
    let (low, high) = (quoted(definition.level_title(below)), quoted(definition.level_title(level)));
    let message = format!("every entity that reaches {low} also reaches {high}, so no entity stays at {low}");
    let lower = definition.rules_of(below).next().and_then(main_condition).map(ToString::to_string);
    let higher = main_condition(rule).map(ToString::to_string);
    let is_equal = lower == higher;
    let note = lower.zip(higher).map(|(lower, higher)| match is_equal {
        true => format!("{high} requires {}, which {low} requires too", quoted(&higher)),
        false => format!("{low} requires {}, {high} requires {}", quoted(&lower), quoted(&higher)),
    });
    let help = match is_equal {
        true => "rules must get stricter from level to level; check whether their levels are swapped",
        false => "thresholds must get stricter from level to level; check whether the two are swapped",
    };
    let finding = target.about_condition(Code::ImpliedLevel, rule, message).note_if(note);
    Some(finding.help(help).of(rule))
}

fn implied_by(target: &Target<'_>, rule: usize, stronger: usize) -> Option<Finding> {
    let rules = &target.definition.rules;
    let (rule, stronger) = (rules.get(rule)?, rules.get(stronger)?);
    let (name, by) = (quoted(&rule.identifier), quoted(&stronger.identifier));
    Some(finding(target, rule, format!("rule {name} passes whenever rule {by} of the same level passes")))
}

fn implied_by_lower(target: &Target<'_>, rule: usize) -> Option<Finding> {
    let rule = target.definition.rules.get(rule)?;
    let (name, level) = (quoted(&rule.identifier), quoted(target.definition.level_title(rule.level)));
    let message = format!("rule {name} passes for every entity that reaches the levels below {level}");
    Some(finding(target, rule, message))
}

fn finding(target: &Target<'_>, rule: &Rule, message: String) -> Finding {
    target
        .about_condition(Code::ImpliedRule, rule, message)
        .help("make the rule stricter, or remove it")
        .of(rule)
}
