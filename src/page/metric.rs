//! The metric of a scorecard: the property that most of its rules compare with a number.

use crate::dora::{self, Unit};
use crate::entity::Slot;
use crate::scorecard::{Condition, Definition, Operand, Operator, Scorecards, Subject};
use crate::value::Scalar;

/// A property with numbers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct MetricField {
    pub(super) property: String,
    pub(super) unit: Option<Unit>,
    pub(super) slot: Slot,
}

/// The metric of a scorecard; `None` if no property is in at least half of its rules.
pub(super) fn metric(definition: &Definition, scorecards: &Scorecards) -> Option<MetricField> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for rule in &definition.rules {
        let mut names: Vec<&str> = rule.query.conditions().into_iter().filter_map(compared).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            match counts.iter_mut().find(|(known, _)| *known == name) {
                Some((_, count)) => *count += 1,
                None => counts.push((name, 1)),
            }
        }
    }
    // of several in as many rules, the first
    let (property, count) = counts.into_iter().rev().max_by_key(|(_, count)| *count)?;
    let slot = scorecards.wanted().property_slot(property.as_bytes())?;
    let unit = dora::property(property).map(|known| known.unit);
    (count * 2 >= definition.rules.len()).then(|| MetricField { property: property.to_owned(), unit, slot })
}

/// The property that a condition compares with a number, unless it only asks whether there is activity.
fn compared(condition: &Condition) -> Option<&str> {
    let Operand::Scalar(Scalar::Number(bound)) = condition.operand else { return None };
    let is_guard = condition.operator == Operator::Greater && bound == 0.0;
    match &condition.subject {
        Subject::Property(name) if condition.operator.is_order() && !is_guard => Some(name),
        _ => None,
    }
}
