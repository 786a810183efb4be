//! Rules that all entities pass, or all fail.

use super::entities::{count, is_unknown};
use super::types::never_fits;
use crate::diagnostic::{Code, quoted};
use crate::lint::case::Case;
use crate::lint::finding::Finding;
use crate::scorecard::Rule;

pub(super) const LINTS: &[Code] = &[Code::EveryEntityPasses, Code::EveryEntityFails];

/// With fewer entities, equal results may be chance.
const FEWEST: u64 = 5;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let Some(card) = case.survey.and_then(|survey| survey.tally.cards.get(case.index)) else {
        return Vec::new();
    };
    let graded = card.graded();
    if graded < FEWEST {
        return Vec::new();
    }
    let rules = case.definition.rules.iter().zip(&card.passed).enumerate();
    rules
        .filter(|(index, (rule, _))| case.analysis.is_open(*index) && !is_explained(case, rule))
        .filter_map(|(_, (rule, &passed))| of_rule(case, rule, passed, graded))
        .collect()
}

/// Whether another lint reports the cause.
fn is_explained(case: &Case<'_>, rule: &Rule) -> bool {
    let conditions = rule.query.conditions();
    conditions.iter().any(|condition| is_unknown(case, condition) || never_fits(case, condition))
}

fn of_rule(case: &Case<'_>, rule: &Rule, passed: u64, graded: u64) -> Option<Finding> {
    let (code, verb, help) = if passed == graded {
        (Code::EveryEntityPasses, "pass", "if the rule is old, consider a stricter threshold")
    } else if passed == 0 {
        (
            Code::EveryEntityFails,
            "fail",
            "check the unit and the direction of the comparison, unless the rule is a goal for the future",
        )
    } else {
        return None;
    };
    let message = format!("all {} {verb} rule {}", count(graded), quoted(&rule.identifier));
    Some(case.about_condition(code, rule, message).help(help).of(rule))
}
