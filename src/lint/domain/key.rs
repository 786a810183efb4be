//! Values as keys of sets, so that a value is found in a long list in constant time.

use crate::scorecard::{Known, Test};
use crate::value::{Instant, Scalar, Value};
use std::collections::HashSet;

/// A value of a condition. Two values are equal for the operators exactly if their keys are.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::lint) enum Key {
    Text(String),
    /// A date-time, whatever its spelling.
    Instant(Instant),
    /// The bits of a number.
    Number(u64),
    Bool(bool),
}

impl Key {
    pub(in crate::lint) fn of(known: &Known) -> Self {
        match (&known.scalar, known.instant) {
            (_, Some(instant)) => Self::Instant(instant),
            (Scalar::Text(text), None) => Self::Text(text.clone()),
            (Scalar::Number(number), None) => Self::of_number(*number),
            (Scalar::Bool(bool), None) => Self::Bool(*bool),
        }
    }

    /// The key of a single value; `None` for other values.
    pub(super) fn of_value(value: &Value<'_>) -> Option<Self> {
        match value {
            Value::Text(text) => Some(match Instant::parse(text) {
                Some(instant) => Self::Instant(instant),
                None => Self::Text(text.clone().into_owned()),
            }),
            Value::Number(number) => Some(Self::of_number(*number)),
            Value::Bool(bool) => Some(Self::Bool(*bool)),
            _ => None,
        }
    }

    /// The number, if it is one.
    pub(in crate::lint) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(bits) => Some(f64::from_bits(*bits)),
            _ => None,
        }
    }

    fn of_number(number: f64) -> Self {
        // adding 0 turns -0 into 0
        Self::Number((number + 0.0).to_bits())
    }
}

/// The values that a test compares with for equality or containment.
pub(in crate::lint) fn known(test: &Test) -> &[Known] {
    match test {
        Test::Equal(known) => std::slice::from_ref(known),
        Test::SameSet(known) | Test::ContainsAll(known) | Test::AnyOf(known) => known,
        _ => &[],
    }
}

/// The keys of these values.
pub(super) fn keys(test: &Test) -> HashSet<Key> {
    known(test).iter().map(Key::of).collect()
}

/// Whether the test holds for exactly the values of a list, or for an array with one of them.
pub(in crate::lint) fn is_membership(test: &Test) -> bool {
    matches!(test, Test::Equal(_) | Test::AnyOf(_))
}
