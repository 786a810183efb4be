//! Reports equivalent rules of one scorecard. Usually one is a copy of the other that was never edited.
//!
//! Two rules are equivalent if the same entities pass them, even if they are written differently.

use crate::diagnostic::{Code, quoted};
use crate::dora::{Year, shared_threshold};
use crate::lint::analysis::main_condition;
use crate::lint::finding::Finding;
use crate::lint::names::metric;
use crate::lint::target::Target;
use crate::scorecard::{Operand, Rule, Subject};
use crate::value::Scalar;

pub(super) const LINTS: &[Code] = &[Code::DuplicateQuery];

pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    let rules = &target.definition.rules;
    rules
        .iter()
        .zip(target.originals())
        .filter_map(|(rule, original)| Some((rule, rules.get((*original)?)?)))
        .map(|(rule, original)| finding(target, rule, original))
        .collect()
}

fn finding(target: &Target<'_>, rule: &Rule, original: &Rule) -> Finding {
    let (name, other) = (quoted(&rule.identifier), quoted(&original.identifier));
    let message = format!("rule {name} has the same effect as rule {other}");
    let title = |rule: &Rule| quoted(target.definition.level_title(rule.level));
    let levels = (rule.level != original.level).then(|| {
        format!("rule {other} is for level {}, this one for level {}", title(original), title(rule))
    });
    let report = levels.as_ref().and_then(|_| report(rule));
    let by_report =
        report.map(|year| format!("`init --year {}` writes this threshold for several levels", year.name()));
    let notes: Vec<String> = levels.into_iter().chain(by_report).collect();
    let help = match report {
        Some(_) => "keep both if the thresholds are meant to be those of the DORA report",
        None => "the rule may be a copy that was never edited; change its condition, or remove it",
    };
    target
        .about_condition(Code::DuplicateQuery, rule, message)
        .note_if((!notes.is_empty()).then(|| notes.join("; ")))
        .help(help)
        .into_note_if(report.is_some())
        .of(rule)
}

/// The DORA report whose scorecards have the threshold of a rule for several levels.
fn report(rule: &Rule) -> Option<Year> {
    let condition = main_condition(rule)?;
    match (&condition.subject, &condition.operand) {
        (Subject::Property(name), Operand::Scalar(Scalar::Number(number))) => {
            shared_threshold(metric(name)?, *number)
        }
        _ => None,
    }
}
