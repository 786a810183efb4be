//! Advice as data: which properties to change, to what, and what of the new value matters.

use super::datum::{Datum, Requirement, number};
use super::facts::SubjectFact;
use super::unit::Unit;
use crate::scorecard::{Condition, Operand, Operator, Subject};
use crate::value::{Instant, Scalar, Value};
use serde::Serialize;

/// The smallest set of changes that reaches the next level, or why none is named.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Advice {
    /// The fewest properties that must change. Graded with these values, the entity reaches the level.
    pub changes: Option<Vec<Change>>,
    /// The title of the level that it then holds: the next one, or one above that was held up by it.
    pub reaches: Option<String>,
    /// Why no changes are named.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_advice: Option<NoAdvice>,
}

/// Why no changes are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum NoAdvice {
    /// A rule fails on what can not be changed, such as `$createdAt`.
    Fixed,
    /// No values were found that satisfy all conditions together. Arrays are not proposed where neither a
    /// condition nor the entity has one, though an array may pass conditions that exclude each other.
    NotFound,
    /// There are too many possibilities to go through.
    TooMany,
}

/// One property and its new value.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// What is to be changed.
    #[serde(flatten)]
    pub subject: SubjectFact,
    /// In which way.
    pub action: Action,
    /// The value it has; `null` for what is missing, and for objects.
    pub from: Datum,
    /// A value that will do; `null` when it is to be removed.
    pub to: Datum,
    /// The least number that will do, where the other changes stay as they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<Bound>,
    /// The largest number that will do, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<Bound>,
    /// The unit of the numbers, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The conditions that the new value must meet.
    pub needs: Vec<Requirement>,
}

/// How a value is to be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Action {
    /// To `least` or more.
    AtLeast,
    /// To `most` or less.
    AtMost,
    /// To more than `least`.
    Above,
    /// To less than `most`.
    Below,
    /// To a number between `least` and `most`.
    Within,
    /// To `to`, or to whatever else meets `needs`.
    Set,
    /// It is to be removed.
    Remove,
}

/// An end of a range of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bound {
    /// The end.
    #[serde(serialize_with = "number")]
    pub value: f64,
    /// The end itself will do.
    pub included: bool,
}

impl Change {
    /// The change of a subject to a value that must meet `needs`.
    pub(super) fn new(
        subject: &Subject,
        from: &Value<'_>,
        to: &Value<'_>,
        needs: &[&Condition],
        as_of: Instant,
    ) -> Self {
        let (least, most) = bounds(needs, to);
        let action = match (to, least, most) {
            (Value::Missing, _, _) => Action::Remove,
            (_, Some(_), Some(_)) => Action::Within,
            (_, Some(Bound { included: true, .. }), None) => Action::AtLeast,
            (_, Some(_), None) => Action::Above,
            (_, None, Some(Bound { included: true, .. })) => Action::AtMost,
            (_, None, Some(_)) => Action::Below,
            (_, None, None) => Action::Set,
        };
        Self {
            subject: SubjectFact::of(subject),
            action,
            from: Datum::of(from),
            to: Datum::of(to),
            least,
            most,
            unit: Unit::of(subject),
            needs: needs
                .iter()
                .filter(|condition| !is_implied(condition, least, most))
                .map(|condition| Requirement::of(condition, as_of))
                .collect(),
        }
    }
}

/// The range of numbers that will do, where comparisons with numbers are all that matters.
fn bounds(needs: &[&Condition], to: &Value<'_>) -> (Option<Bound>, Option<Bound>) {
    let (mut least, mut most): (Option<Bound>, Option<Bound>) = (None, None);
    if !matches!(to, Value::Number(_)) {
        return (None, None);
    }
    for condition in needs {
        let Operand::Scalar(Scalar::Number(value)) = condition.operand else {
            return (None, None);
        };
        let (end, included, sign) = match condition.operator {
            Operator::GreaterOrEqual => (&mut least, true, 1.0),
            Operator::Greater => (&mut least, false, 1.0),
            Operator::LessOrEqual => (&mut most, true, -1.0),
            Operator::Less => (&mut most, false, -1.0),
            _ => return (None, None),
        };
        let is_tighter = |old: &Bound| {
            value * sign > old.value * sign || (value == old.value && old.included && !included)
        };
        if end.as_ref().is_none_or(is_tighter) {
            *end = Some(Bound { value, included });
        }
    }
    (least, most)
}

/// Whether a comparison says no more than the range does by another one.
fn is_implied(condition: &Condition, least: Option<Bound>, most: Option<Bound>) -> bool {
    let (bound, included) = match condition.operator {
        Operator::GreaterOrEqual => (least, true),
        Operator::Greater => (least, false),
        Operator::LessOrEqual => (most, true),
        Operator::Less => (most, false),
        _ => return false,
    };
    let Operand::Scalar(Scalar::Number(value)) = condition.operand else { return false };
    bound.is_some_and(|bound| bound != Bound { value, included })
}
