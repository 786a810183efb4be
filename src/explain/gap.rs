//! The gap between an actual value and a required one: by how much a failing condition fails.

use super::datum::number;
use crate::grade::{ConditionReason, Reason};
use crate::scorecard::{Operand, Operator};
use crate::value::{Instant, Scalar, Value, number_text};
use serde::Serialize;

/// The difference between the actual value and the required one.
/// Comes from [`explain`](super::explain()), whose example shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
#[non_exhaustive]
pub enum Gap {
    /// The value is missing or null.
    Missing,
    /// The value of a guard such as `total_deployments > 0` is 0, so there is nothing to judge.
    ZeroGuard,
    /// The number is too large.
    Above {
        /// By how much.
        #[serde(serialize_with = "number")]
        by: f64,
        /// The bound.
        #[serde(serialize_with = "number")]
        bound: f64,
    },
    /// The number is too small.
    Below {
        /// By how much.
        #[serde(serialize_with = "number")]
        by: f64,
        /// The bound.
        #[serde(serialize_with = "number")]
        bound: f64,
    },
    /// The number or date is equal to a bound that is not included.
    AtBound,
    /// The date is before the first date that passes.
    TooEarly {
        /// By how many seconds.
        seconds: i64,
    },
    /// The date is after the last date that passes.
    TooLate {
        /// By how many seconds.
        seconds: i64,
    },
    /// The value has a kind that cannot pass.
    WrongType {
        /// The kind that can pass.
        expected: Expected,
    },
    /// The value is different, and the difference cannot be measured.
    Different,
}

/// The kind of value that a condition needs. Comes from [`explain`](super::explain()), whose example shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Expected {
    /// A number.
    Number,
    /// A day or a date-time.
    Date,
}

impl Expected {
    /// The name, as in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Date => "date",
        }
    }
}

/// How far failing rules are from passing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Distance {
    /// The number of failing conditions.
    pub(crate) conditions: usize,
    /// The sum of their relative gaps.
    pub(crate) gap: f64,
}

impl Distance {
    /// Compares the number of conditions first, then the gap.
    pub(crate) fn order(&self, other: &Self) -> std::cmp::Ordering {
        self.conditions.cmp(&other.conditions).then(self.gap.total_cmp(&other.gap))
    }

    pub(crate) fn plus(self, other: Self) -> Self {
        Self { conditions: self.conditions + other.conditions, gap: self.gap + other.gap }
    }

    /// The distance of a rule. An `and` has the sum of the distances of its failing members, an `or` the smallest
    /// distance of its members.
    #[expect(clippy::expect_used, reason = "the reader rejects empty groups")]
    pub(crate) fn of(reason: &Reason<'_>, as_of: Instant) -> Self {
        match reason {
            _ if reason.passed() => Self::default(),
            Reason::Condition(reason) => Self { conditions: 1, gap: relative(reason, as_of) },
            Reason::Group { any, members, .. } => {
                let distances = members.iter().map(|member| Self::of(member, as_of));
                if *any {
                    distances.min_by(Self::order).expect("a group has at least one member")
                } else {
                    distances.fold(Self::default(), Self::plus)
                }
            }
        }
    }
}

const YEAR: f64 = 365.0 * 86_400.0;

/// The relative gap, from 0 to 1: for numbers relative to the larger of the bound and the difference, for dates
/// relative to a year, and 1 for other gaps.
fn relative(reason: &ConditionReason<'_>, as_of: Instant) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a ratio does not need the exact number of seconds")]
    match Gap::of(reason, as_of) {
        Some(Gap::Above { by, bound } | Gap::Below { by, bound }) => ratio(by, bound),
        Some(Gap::AtBound) => 0.0,
        Some(Gap::TooEarly { seconds } | Gap::TooLate { seconds }) => (seconds as f64 / YEAR).min(1.0),
        _ => 1.0,
    }
}

fn ratio(by: f64, bound: f64) -> f64 {
    let whole = bound.abs().max(by);
    if whole > 0.0 && whole.is_finite() { (by / whole).min(1.0) } else { 1.0 }
}

impl Gap {
    /// The gap of a condition; `None` if the condition passes.
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

/// The gap to a range of dates. If `days` is `true`, the actual value can also be a day, which counts as the beginning
/// of the day in UTC.
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

/// The difference, rounded to the decimals of the two numbers: 34.2 is 4.2 above 30, not 4.200000000000003.
pub(crate) fn difference(larger: f64, smaller: f64) -> f64 {
    let decimals = |number: f64| number_text(number).split_once('.').map_or(0, |(_, after)| after.len());
    let exact = (larger - smaller).min(f64::MAX);
    if larger.fract() == 0.0 && smaller.fract() == 0.0 {
        return exact;
    }
    let digits = decimals(larger).max(decimals(smaller));
    if digits > 15 {
        return exact;
    }
    let tidy = format!("{exact:.digits$}").parse().unwrap_or(exact);
    if tidy > 0.0 { tidy } else { exact }
}
