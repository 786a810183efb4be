//! The distance of an actual value from a required one. Grading has decided that the condition fails; this only
//! measures by how much.

use super::datum::number;
use crate::grade::{ConditionReason, Reason};
use crate::scorecard::{Operand, Operator};
use crate::value::{Instant, Scalar, Value, number_text};
use serde::Serialize;

/// The difference between the actual value and the required one.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Gap {
    /// The value is missing or null.
    Missing,
    /// A guard such as `total_deployments > 0` found zero, so there is nothing to judge.
    ZeroGuard,
    /// A number is too large.
    Above {
        /// By how much.
        #[serde(serialize_with = "number")]
        by: f64,
        /// The bound.
        #[serde(serialize_with = "number")]
        bound: f64,
    },
    /// A number is too small.
    Below {
        /// By how much.
        #[serde(serialize_with = "number")]
        by: f64,
        /// The bound.
        #[serde(serialize_with = "number")]
        bound: f64,
    },
    /// A number or date equals a bound that is excluded.
    AtBound,
    /// A date is before the first one that passes.
    TooEarly {
        /// By how many seconds.
        seconds: i64,
    },
    /// A date is after the last one that passes.
    TooLate {
        /// By how many seconds.
        seconds: i64,
    },
    /// No value of this kind can pass.
    WrongType {
        /// The kind that can.
        expected: Expected,
    },
    /// The value differs, and there is no measure of by how much.
    Different,
}

/// A kind of value that a condition can pass for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Expected {
    /// A number.
    Number,
    /// A day or a date-time.
    Date,
}

impl Expected {
    /// The name, also in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
        }
    }
}

/// How far a failing rule is from passing: conditions first, then the sum of their relative gaps.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Distance {
    pub(crate) conditions: usize,
    pub(crate) gap: f64,
}

impl Distance {
    /// Fewest conditions first, then the smallest gap.
    pub(crate) fn order(&self, other: &Self) -> std::cmp::Ordering {
        self.conditions.cmp(&other.conditions).then(self.gap.total_cmp(&other.gap))
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self { conditions: self.conditions + other.conditions, gap: self.gap + other.gap }
    }

    /// The distance of a rule: for an `and` the sum over its failing members, for an `or` that of the nearest.
    #[expect(clippy::expect_used, reason = "a failing `or` has a member")]
    pub(crate) fn of(reason: &Reason<'_>, as_of: Instant) -> Self {
        match reason {
            _ if reason.passed() => Self::default(),
            Reason::Condition(reason) => Self { conditions: 1, gap: relative(reason, as_of) },
            Reason::Group { any, members, .. } => {
                let distances = members.iter().map(|member| Self::of(member, as_of));
                if *any {
                    distances.min_by(Self::order).expect("the reader refuses empty groups")
                } else {
                    distances.fold(Self::default(), Self::plus)
                }
            }
        }
    }
}

const YEAR: f64 = 365.0 * 86_400.0;

/// The gap as a share: of the larger of actual and required number, of a year for dates, and 1 where there is no
/// measure.
fn relative(reason: &ConditionReason<'_>, as_of: Instant) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a share needs no exact seconds")]
    match Gap::of(reason, as_of) {
        Some(Gap::Above { by, bound } | Gap::Below { by, bound }) => share(by, bound),
        Some(Gap::AtBound) => 0.0,
        Some(Gap::TooEarly { seconds } | Gap::TooLate { seconds }) => (seconds as f64 / YEAR).min(1.0),
        _ => 1.0,
    }
}

fn share(by: f64, bound: f64) -> f64 {
    let whole = bound.abs().max(by);
    if whole > 0.0 && whole.is_finite() { (by / whole).min(1.0) } else { 1.0 }
}

impl Gap {
    /// The gap of a failing condition; `None` for one that passes.
    pub(crate) fn of(reason: &ConditionReason<'_>, as_of: Instant) -> Option<Self> {
        if reason.passed {
            return None;
        }
        let (condition, actual) = (reason.condition, reason.actual);
        if actual.is_absent() {
            return Some(Self::Missing);
        }
        if reason.lacks_data {
            return Some(Self::ZeroGuard);
        }
        Some(match (&condition.operand, actual) {
            (Operand::Scalar(Scalar::Number(bound)), _) if condition.operator.is_order() => {
                numbers(actual, *bound)
            }
            (Operand::Scalar(Scalar::Number(bound)), Value::Number(_))
                if condition.operator == Operator::Equal =>
            {
                numbers(actual, *bound)
            }
            (Operand::Scalar(Scalar::Text(bound)), _) if condition.operator.is_order() => {
                Instant::parse(bound).map_or(Self::Different, |bound| dates(actual, bound, bound, false))
            }
            (Operand::Dates(range, _), _) if condition.operator.positive().is_none() => {
                let (from, to) = range.resolve(as_of);
                dates(actual, from, to, true)
            }
            _ => Self::Different,
        })
    }
}

fn numbers(actual: &Value<'_>, bound: f64) -> Gap {
    match actual {
        Value::Number(actual) if *actual == bound => Gap::AtBound,
        Value::Number(actual) if *actual > bound => Gap::Above { by: difference(*actual, bound), bound },
        Value::Number(actual) => Gap::Below { by: difference(bound, *actual), bound },
        Value::List(_) => Gap::Different,
        _ => Gap::WrongType { expected: Expected::Number },
    }
}

/// The gap to a range of dates. With `days`, an actual day counts as its midnight.
fn dates(actual: &Value<'_>, from: Instant, to: Instant, days: bool) -> Gap {
    let parsed = match actual {
        Value::Text(text) if days => Instant::parse_any(text),
        Value::Text(text) => Instant::parse(text),
        Value::List(_) => return Gap::Different,
        _ => None,
    };
    match parsed {
        None => Gap::WrongType { expected: Expected::Date },
        Some(actual) if actual < from => Gap::TooEarly { seconds: from.seconds_since(actual) },
        Some(actual) if actual > to => Gap::TooLate { seconds: actual.seconds_since(to) },
        Some(_) => Gap::AtBound,
    }
}

/// The difference with no more decimals than the two numbers have: 34.2 is 4.2 above 30, not 4.200000000000003.
pub(crate) fn difference(larger: f64, smaller: f64) -> f64 {
    let decimals = |number: f64| number_text(number).split_once('.').map_or(0, |(_, after)| after.len());
    let exact = (larger - smaller).min(f64::MAX);
    let digits = decimals(larger).max(decimals(smaller));
    if digits > 15 {
        return exact;
    }
    let tidy = format!("{exact:.digits$}").parse().unwrap_or(exact);
    if tidy > 0.0 { tidy } else { exact }
}
