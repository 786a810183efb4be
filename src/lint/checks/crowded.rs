//! Reports thresholds that many entities have exactly, so that the choice of `<` or `<=` decides their level.

use crate::diagnostic::{Code, quoted};
use crate::lint::finding::Finding;
use crate::lint::survey::Kind;
use crate::lint::target::Target;
use crate::scorecard::{Condition, Operand, Operator, Rule};
use crate::terminal::thousands;
use crate::value::Scalar;

pub(super) const LINTS: &[Code] = &[Code::CrowdedThreshold];

/// The least number of entities with exactly the threshold.
const FEWEST: u64 = 5;
/// The minimum share of these entities among those with a number, as one in `SHARE`.
const SHARE: u64 = 10;

pub(super) fn check(target: &Target<'_>) -> Vec<Finding> {
    let rules = target.definition.rules.iter();
    rules
        .flat_map(|rule| {
            rule.query
                .conditions()
                .into_iter()
                .filter_map(move |condition| check_condition(target, rule, condition))
        })
        .collect()
}

fn check_condition(target: &Target<'_>, rule: &Rule, condition: &Condition) -> Option<Finding> {
    let Operand::Scalar(Scalar::Number(bound)) = condition.operand else { return None };
    let (verb, other, change) = match condition.operator {
        Operator::Greater => ("fail", ">=", "include them"),
        Operator::GreaterOrEqual => ("pass", ">", "exclude them"),
        Operator::Less => ("fail", "<=", "include them"),
        Operator::LessOrEqual => ("pass", "<", "exclude them"),
        _ => return None,
    };
    let values = target.survey?.values(&target.definition.blueprint, &condition.subject)?;
    let (equal, numbers) = (values.equal_to(bound), values.of(Kind::Number));
    if bound == 0.0 || equal < FEWEST || equal * SHARE < numbers {
        return None;
    }
    let message = format!(
        "{} of {} entities have exactly the threshold of {}, so they {verb}",
        thousands(equal),
        thousands(numbers),
        quoted(&condition.to_string())
    );
    let help = format!(
        "if the number is a default or a maximum rather than a measurement, use `{other}` to {change}"
    );
    Some(target.at(Code::CrowdedThreshold, &condition.span, message).help(help).of(rule))
}
