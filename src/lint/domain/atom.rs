//! Atoms: the tests that propositions are made of.

use crate::scorecard::{Check, Condition, Operand, Operator, Test};
use crate::value::{DateRange, Instant};

/// The entities for which something is impossible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lint) enum Scope {
    /// All entities.
    Every,
    /// Entities whose properties contain arrays only where a condition has an operator for arrays.
    WithoutArrays,
}

/// A test without its negation.
#[derive(Debug, Clone)]
pub(super) struct Atom {
    pub(super) test: Test,
    /// Whether the test depends on the time that presets are relative to.
    pub(super) relative: bool,
    /// Whether the operator is meant for arrays.
    pub(super) expects_array: bool,
    /// The test as text. Atoms with the same key are equal.
    pub(super) key: String,
}

impl Atom {
    /// The test of a condition, and `true` if the condition holds when the test does, `false` if it is the negation.
    pub(super) fn of(condition: &Condition) -> (Self, bool) {
        let check = Check::new(condition, noon());
        let relative = matches!(condition.operand, Operand::Dates(DateRange::Preset(_), _));
        let expects_array = expects_array(condition);
        let key = format!("{relative} {expects_array} {:?}", check.test);
        (Self { test: check.test, relative, expects_array, key }, !check.negated)
    }
}

/// Whether the operator of a condition is meant for arrays. For example, two `containsAny` with different values do
/// not contradict each other.
fn expects_array(condition: &Condition) -> bool {
    let operator = condition.operator.positive().unwrap_or(condition.operator);
    matches!(operator, Operator::Contains | Operator::ContainsAny)
        || operator == Operator::Equal && matches!(condition.operand, Operand::List(_))
}

/// The time that presets are relative to in this analysis. At noon, calendar days and periods of 24 hours overlap in
/// the same way as at any time except midnight. At midnight there are fewer possibilities, so a contradiction at noon
/// is a contradiction at any time.
fn noon() -> Instant {
    const NOON: i64 = 12 * 3600;
    Instant::from_chrono(chrono::DateTime::UNIX_EPOCH).plus(NOON, 0)
}
