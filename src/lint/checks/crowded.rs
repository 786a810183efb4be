//! Thresholds that are exactly the value of many entities: whether the comparison includes its bound decides
//! their level.

use super::entities::count;
use crate::diagnostic::{Code, quoted};
use crate::lint::case::Case;
use crate::lint::finding::Finding;
use crate::lint::survey::Kind;
use crate::scorecard::{Condition, Operand, Operator, Rule};
use crate::value::Scalar;

pub(super) const LINTS: &[Code] = &[Code::CrowdedThreshold];

/// Fewer entities may have the same number by chance.
const FEWEST: u64 = 5;
/// At least one in this many entities with a number must be at the threshold.
const SHARE: u64 = 10;

pub(super) fn check(case: &Case<'_>) -> Vec<Finding> {
    let rules = case.definition.rules.iter();
    rules
        .flat_map(|rule| {
            rule.query
                .conditions()
                .into_iter()
                .filter_map(move |condition| of_condition(case, rule, condition))
        })
        .collect()
}

fn of_condition(case: &Case<'_>, rule: &Rule, condition: &Condition) -> Option<Finding> {
    let Operand::Scalar(Scalar::Number(bound)) = condition.operand else { return None };
    let (verb, other, change) = match condition.operator {
        Operator::Greater => ("fail", ">=", "include them"),
        Operator::GreaterOrEqual => ("pass", ">", "exclude them"),
        Operator::Less => ("fail", "<=", "include them"),
        Operator::LessOrEqual => ("pass", "<", "exclude them"),
        _ => return None,
    };
    let holding = case.survey?.holding(&case.definition.blueprint, &condition.subject)?;
    let (exactly, numbers) = (holding.exactly(bound), holding.of(Kind::Number));
    if bound == 0.0 || exactly < FEWEST || exactly * SHARE < numbers {
        return None;
    }
    let message = format!(
        "{} of {numbers} are exactly at the threshold of {}, and {verb}",
        count(exactly),
        quoted(&condition.to_string())
    );
    let help = format!("if the number is a default or a cap, not a measurement, use `{other}` to {change}");
    Some(case.at(Code::CrowdedThreshold, &condition.span, message).help(help).of(rule))
}
