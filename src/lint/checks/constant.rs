//! Rules that can never fail, and filters that leave nothing out.

use crate::diagnostic::{Code, Severity, quoted};
use crate::lint::case::Case;
use crate::lint::facts::Fate;
use crate::lint::finding::{Finding, Lint};

pub(super) const LINTS: &[Lint] = &[NEVER_FAILS, FILTER_ALWAYS];

const NEVER_FAILS: Lint = Lint {
    code: Code::RuleNeverFails,
    severity: Severity::Warning,
    page: "Every entity passes the rule, whatever it holds: its conditions leave nothing out, such as \
           `x != 1` or `x != 2`, or the filter of the scorecard lets in only entities that pass it. The rule \
           decides nothing. Tighten it, join its conditions by `and`, or remove it.",
};

const FILTER_ALWAYS: Lint = Lint {
    code: Code::FilterAlwaysMatches,
    severity: Severity::Warning,
    page: "The filter lets in every entity of the blueprint, whatever it holds, so the scorecard is as good as \
           without one. A common cause is `or` between two negative conditions: `x != \"a\"` or `x != \"b\"`. Join \
           them by `and`, or use `notIn`.",
};

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let (Some(filter), Fate::Always) = (&case.definition.filter, case.facts.filter_fate) {
        let span = filter.conditions().first().map_or(&filter.span, |condition| &condition.span);
        findings.push(
            case.at(&FILTER_ALWAYS, span, "the filter lets in every entity of the blueprint".to_owned())
                .help("join its conditions by `and`, or remove it"),
        );
    }
    for (rule, _) in
        case.definition.rules.iter().zip(&case.facts.fates).filter(|(_, fate)| **fate == Fate::Always)
    {
        let whom = if case.facts.context().is_some() {
            "every entity that the filter lets in"
        } else {
            "every entity"
        };
        findings.push(
            case.about_condition(
                &NEVER_FAILS,
                rule,
                format!("rule {} can never fail: {whom} passes it", quoted(&rule.identifier)),
            )
            .help("tighten it, join its conditions by `and`, or remove it")
            .of(rule),
        );
    }
    findings
}
