//! The tests that propositions refer to.

use crate::scorecard::{Check, Condition, Operand, Operator, Test};
use crate::value::{DateRange, Instant};

/// The entities that a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lint) enum Scope {
    /// All.
    Every,
    /// Those in which a property holds an array only where a condition has an operator for arrays.
    WithoutArrays,
}

/// A test without its negation.
#[derive(Debug, Clone)]
pub(super) struct Atom {
    pub(super) test: Test,
    /// It depends on the time that presets are relative to.
    pub(super) relative: bool,
    /// Its operator is for arrays.
    pub(super) asks_for_array: bool,
    /// The test as text; two atoms with the same key are one.
    pub(super) key: String,
}

impl Atom {
    /// The test of a condition, and whether the condition holds when the test does.
    pub(super) fn of(condition: &Condition) -> (Self, bool) {
        let check = Check::new(condition, noon());
        let relative = matches!(condition.operand, Operand::Dates(DateRange::Preset(_), _));
        let asks_for_array = asks_for_array(condition);
        let key = format!("{relative} {asks_for_array} {:?}", check.test);
        (Self { test: check.test, relative, asks_for_array, key }, !check.negated)
    }
}

/// Whether an operator is meant for arrays, so that two `containsAny` do not contradict each other.
fn asks_for_array(condition: &Condition) -> bool {
    let operator = condition.operator.positive().unwrap_or(condition.operator);
    matches!(operator, Operator::Contains | Operator::ContainsAny)
        || operator == Operator::Equal && matches!(condition.operand, Operand::List(_))
}

/// The time that presets are relative to here. At noon, calendar days and periods of 24 hours overlap as they do at
/// almost every time of day; at any other time there are only fewer possibilities.
fn noon() -> Instant {
    const NOON: i64 = 12 * 3600;
    Instant::from_chrono(chrono::DateTime::UNIX_EPOCH).plus(NOON, 0)
}
