//! Reports rules that all entities pass, or that all entities fail.

use super::entities::{count, is_unknown};
use super::types::never_fits;
use crate::diagnostic::{Code, quoted};
use crate::lint::finding::Finding;
use crate::lint::target::Target;
use crate::scorecard::Rule;

pub(super) const LINTS: &[Code] = &[Code::EveryEntityPasses, Code::EveryEntityFails];

/// With fewer entities, equal results may be a coincidence.
const FEWEST: u64 = 5;

pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    let Some(card) = target.survey.and_then(|survey| survey.tally.cards.get(target.index)) else {
        return Vec::new();
    };
    let graded = card.graded();
    if graded < FEWEST {
        return Vec::new();
    }
    let rules = target.definition.rules.iter().zip(&card.passed).enumerate();
    rules
        .filter(|(index, (rule, _))| target.analysis.is_undecided(*index) && !is_explained(target, rule))
        .filter_map(|(_, (rule, &passed))| check_rule(target, rule, passed, graded))
        .collect()
}

/// Whether another lint reports the cause.
fn is_explained(target: &Target<'_>, rule: &Rule) -> bool {
    let conditions = rule.query.conditions();
    conditions.iter().any(|condition| is_unknown(target, condition) || never_fits(target, condition))
}

fn check_rule(target: &Target<'_>, rule: &Rule, passed: u64, graded: u64) -> Option<Finding> {
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
    Some(target.about_condition(code, rule, message).help(help).of(rule))
}
