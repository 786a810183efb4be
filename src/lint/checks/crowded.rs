//! Thresholds that many entities equal exactly, so that `<` or `<=` decides their level.

use super::entities::count;
use crate::diagnostic::{Code, quoted};
use crate::lint::case::Case;
use crate::lint::finding::Finding;
use crate::lint::survey::Kind;
use crate::scorecard::{Condition, Operand, Operator, Rule};
use crate::value::Scalar;

pub(super) const LINTS: &[Code] = &[Code::CrowdedThreshold];

const FEWEST: u64 = 5;
/// At least one in ten entities with a number.
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
        "{} of {numbers} equal the threshold of {} exactly, and {verb}",
        count(exactly),
        quoted(&condition.to_string())
    );
    let help =
        format!("if the number is a default or a cap rather than a measurement, use `{other}` to {change}");
    Some(case.at(Code::CrowdedThreshold, &condition.span, message).help(help).of(rule))
}
