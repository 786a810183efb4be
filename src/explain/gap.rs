//! How far a value is from what a condition requires. Measured only where the condition fails, and only
//! by what grading found; whether it fails is not decided here.

use super::datum::number;
use crate::grade::{ConditionReason, Reason};
use crate::scorecard::{Operand, Operator};
use crate::value::{Instant, Scalar, Value, number_text};
use serde::Serialize;

/// What lies between the actual value and the required one.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Gap {
    /// The value is missing or null.
    Missing,
    /// A guard found zero: there is no activity to judge.
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
    /// A number or date is exactly at a bound that is left out.
    AtBound,
    /// A date is before the first that holds.
    TooEarly {
        /// By how many seconds.
        seconds: i64,
    },
    /// A date is after the last that holds.
    TooLate {
        /// By how many seconds.
        seconds: i64,
    },
    /// The value is of a kind that can not hold.
    WrongType {
        /// What is required: `number` or `date`.
        expected: &'static str,
    },
    /// It does not hold, and there is no measure for how far it is off.
    Different,
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

    /// Of an `and` all failing members count, of an `or` the nearest.
    pub(crate) fn of(reason: &Reason<'_>, as_of: Instant) -> Self {
        match reason {
            _ if reason.passed() => Self::default(),
            Reason::Condition(finding) => Self { conditions: 1, gap: relative(finding, as_of) },
            Reason::Group { any, members, .. } => {
                let distances = members.iter().map(|member| Self::of(member, as_of));
                if *any {
                    distances.min_by(Self::order).unwrap_or_default()
                } else {
                    distances.fold(Self::default(), Self::plus)
                }
            }
        }
    }
}

const YEAR: f64 = 365.0 * 86_400.0;

/// A gap as a share: of the larger of actual and required number, of a year for dates, 1 for what can not
/// be measured.
fn relative(finding: &ConditionReason<'_>, as_of: Instant) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a share needs no exact seconds")]
    match Gap::of(finding, as_of) {
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
    pub(crate) fn of(finding: &ConditionReason<'_>, as_of: Instant) -> Option<Self> {
        if finding.passed {
            return None;
        }
        let (condition, actual) = (finding.condition, finding.actual);
        if actual.is_absent() {
            return Some(Self::Missing);
        }
        if finding.lacks_data {
            return Some(Self::ZeroGuard);
        }
        Some(match (&condition.operand, actual) {
            (Operand::Scalar(Scalar::Number(bound)), _) if is_order(condition.operator) => {
                numbers(actual, *bound)
            }
            (Operand::Scalar(Scalar::Number(bound)), Value::Number(_))
                if condition.operator == Operator::Equal =>
            {
                numbers(actual, *bound)
            }
            (Operand::Scalar(Scalar::Text(bound)), _) if is_order(condition.operator) => {
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

fn is_order(operator: Operator) -> bool {
    matches!(operator, Operator::Greater | Operator::GreaterOrEqual | Operator::Less | Operator::LessOrEqual)
}

fn numbers(actual: &Value<'_>, bound: f64) -> Gap {
    match actual {
        Value::Number(actual) if *actual == bound => Gap::AtBound,
        Value::Number(actual) if *actual > bound => Gap::Above { by: difference(*actual, bound), bound },
        Value::Number(actual) => Gap::Below { by: difference(bound, *actual), bound },
        Value::List(_) => Gap::Different,
        _ => Gap::WrongType { expected: "number" },
    }
}

/// With `days`, a day counts as its midnight.
fn dates(actual: &Value<'_>, from: Instant, to: Instant, days: bool) -> Gap {
    let parsed = match actual {
        Value::Text(text) if days => Instant::parse_any(text),
        Value::Text(text) => Instant::parse(text),
        Value::List(_) => return Gap::Different,
        _ => None,
    };
    match parsed {
        None => Gap::WrongType { expected: "date" },
        Some(actual) if actual < from => Gap::TooEarly { seconds: from.seconds_since(actual) },
        Some(actual) if actual > to => Gap::TooLate { seconds: actual.seconds_since(to) },
        Some(_) => Gap::AtBound,
    }
}

/// The larger minus the smaller, in no more decimals than the two are written with: 34.2 is 4.2 above 30,
/// not 4.200000000000003.
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
