//! Atoms: the tests that propositions are made of.

use super::key::{Key, keys};
use crate::scorecard::{Check, Condition, Operand, Operator, Test};
use crate::value::{DateRange, Instant};
use std::collections::HashSet;

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
pub(in crate::lint) struct Atom {
    pub(in crate::lint) test: Test,
    /// The values that the test compares with for equality or containment.
    pub(in crate::lint) keys: HashSet<Key>,
    /// Whether the test depends on the time that presets are relative to.
    pub(in crate::lint) relative: bool,
    /// Whether the operator is meant for arrays.
    pub(super) expects_array: bool,
}

/// A test, and whether it must hold.
pub(super) type Demand<'a> = (&'a Atom, bool);

impl Atom {
    /// The test of a condition, and `true` if the condition holds when the test does, `false` if it is the negation.
    pub(super) fn of(condition: &Condition) -> (Self, bool) {
        let check = Check::new(condition, noon());
        let relative = matches!(condition.operand, Operand::Dates(DateRange::Preset(_), _));
        let expects_array = expects_array(condition);
        let keys = keys(&check.test);
        (Self { test: check.test, keys, relative, expects_array }, !check.negated)
    }

    /// The test as text. Atoms with the same name are equal.
    pub(super) fn name(&self) -> String {
        format!("{} {} {:?}", self.relative, self.expects_array, self.test)
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
