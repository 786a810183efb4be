//! Advice as data: the properties to change, and their new values.

use super::datum::{Datum, Requirement, number};
use super::subject::{SubjectFact, unit_of};
use crate::dora::Unit;
use crate::scorecard::{Condition, Operand, Operator, Subject};
use crate::value::{Instant, Scalar, Value};
use serde::{Serialize, Serializer};

/// The fewest changes that reach the next level, or the reason why they are not known.
/// Comes from [`explain`](super::explain()), whose example shows it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Advice {
    /// With these changes, the entity reaches the next level.
    Changes {
        /// The properties that must change: the fewest, if `is_smallest` is true.
        changes: Vec<Change>,
        /// The title of the level that the entity holds after the changes: the next level, or a higher one if its rules
        /// pass already.
        reaches: String,
        /// Whether no set of fewer changes reaches the level. `false` if the search ended before that was known; then
        /// there may be a smaller set, but no change can be left out of this one.
        is_smallest: bool,
    },
    /// No changes are known.
    Unknown(NoAdvice),
}

/// In JSON, both variants have the keys `changes` and `reaches`, which are null if no changes are known. `smallest` is
/// present only if it is false.
impl Serialize for Advice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Record<'a> {
            changes: Option<&'a [Change]>,
            reaches: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            smallest: Option<bool>,
            #[serde(skip_serializing_if = "Option::is_none")]
            no_advice: Option<NoAdvice>,
        }
        let record = match self {
            Self::Changes { changes, reaches, is_smallest } => Record {
                changes: Some(changes),
                reaches: Some(reaches),
                smallest: (!is_smallest).then_some(false),
                no_advice: None,
            },
            Self::Unknown(why) => {
                Record { changes: None, reaches: None, smallest: None, no_advice: Some(*why) }
            }
        };
        record.serialize(serializer)
    }
}

/// The reason why no changes are known. Comes from [`explain`](super::explain()), whose example shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum NoAdvice {
    /// Nothing happened, so there is nothing to judge and nothing to do.
    Inactive,
    /// A rule fails on a value that cannot be changed, such as `$createdAt`.
    Fixed,
    /// The search found no values that pass all conditions. It tries arrays only if a condition or the entity has one,
    /// although an array can pass two conditions that exclude each other for a single value.
    NotFound,
    /// There are too many combinations to try.
    TooMany,
}

/// One property and its new value. Comes from [`explain`](super::explain()), whose example shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Change {
    /// The property or relation to change.
    #[serde(flatten)]
    pub subject: SubjectFact,
    /// The kind of change.
    pub action: Action,
    /// The current value; `null` for missing values and for objects.
    pub from: Datum,
    /// A value that passes; `null` if the property must be removed.
    pub to: Datum,
    /// The lower end of the numbers that pass, together with the other changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<Bound>,
    /// The upper end of the numbers that pass, together with the other changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<Bound>,
    /// The unit of the numbers, if it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The conditions that the new value must pass.
    pub needs: Vec<Requirement>,
}

/// The kind of a change. Comes from [`explain`](super::explain()), whose example shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Action {
    /// Change to `least` or more.
    AtLeast,
    /// Change to `most` or less.
    AtMost,
    /// Change to more than `least`.
    Above,
    /// Change to less than `most`.
    Below,
    /// Change to a number between `least` and `most`.
    Within,
    /// Change to `to`, or to another value that passes `needs`.
    Set,
    /// Remove the property.
    Remove,
}

/// One end of a range of numbers. Comes from [`explain`](super::explain()), whose example shows it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bound {
    /// The number at this end.
    #[serde(serialize_with = "number")]
    pub value: f64,
    /// Whether this number itself passes.
    pub included: bool,
}

impl Change {
    /// Describes the change of a property or relation to `to`, which must pass `needs`.
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
            unit: unit_of(subject),
            needs: needs
                .iter()
                .filter(|condition| !is_implied(condition, least, most))
                .map(|condition| Requirement::of(condition, as_of))
                .collect(),
        }
    }
}

/// The range of numbers that pass `needs`. Both ends are `None` unless all of `needs` compare with a number.
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

/// Whether a stricter comparison makes this one redundant.
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
