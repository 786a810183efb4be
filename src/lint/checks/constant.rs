//! Rules that never fail, and filters that match every entity.

use crate::diagnostic::{Code, quoted};
use crate::lint::analysis::Fate;
use crate::lint::case::Case;
use crate::lint::finding::Finding;

pub(super) const LINTS: &[Code] = &[Code::RuleNeverFails, Code::FilterAlwaysMatches];

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let (Some(filter), Fate::Always) = (&case.definition.filter, case.analysis.filter_fate) {
        let span = filter.conditions().first().map_or(&filter.span, |condition| &condition.span);
        findings.push(
            case.at(
                Code::FilterAlwaysMatches,
                span,
                "the filter matches every entity of the blueprint".to_owned(),
            )
            .help("join its conditions by `and`, or remove it"),
        );
    }
    for (rule, _) in
        case.definition.rules.iter().zip(&case.analysis.fates).filter(|(_, fate)| **fate == Fate::Always)
    {
        let whom = if case.analysis.context().is_some() {
            "every entity that the filter matches"
        } else {
            "every entity"
        };
        findings.push(
            case.about_condition(
                Code::RuleNeverFails,
                rule,
                format!("rule {} can never fail: {whom} passes it", quoted(&rule.identifier)),
            )
            .help("tighten it, join its conditions by `and`, or remove it")
            .of(rule),
        );
    }
    findings
}
