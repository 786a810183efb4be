//! Reports rules that never fail, and filters that match every entity.

use crate::diagnostic::{Code, quoted};
use crate::lint::analysis::Satisfiability;
use crate::lint::finding::Finding;
use crate::lint::target::Target;

pub(super) const LINTS: &[Code] = &[Code::RuleNeverFails, Code::FilterAlwaysMatches];

pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let (Some(filter), Satisfiability::Always) =
        (&target.definition.filter, target.analysis.filter_satisfiability)
    {
        let span = filter.conditions().first().map_or(&filter.span, |condition| &condition.span);
        findings.push(
            target
                .at(
                    Code::FilterAlwaysMatches,
                    span,
                    "the filter matches every entity of the blueprint".to_owned(),
                )
                .help("join the conditions by `and`, or remove the filter"),
        );
    }
    for (rule, _) in target
        .definition
        .rules
        .iter()
        .zip(&target.analysis.satisfiability)
        .filter(|(_, satisfiability)| **satisfiability == Satisfiability::Always)
    {
        let entities = if target.analysis.context().is_some() {
            "every entity that the filter matches"
        } else {
            "every entity"
        };
        findings.push(
            target
                .about_condition(
                    Code::RuleNeverFails,
                    rule,
                    format!("rule {} can never fail: {entities} passes it", quoted(&rule.identifier)),
                )
                .help("make the rule stricter, join its conditions by `and`, or remove the rule")
                .of(rule),
        );
    }
    findings
}
