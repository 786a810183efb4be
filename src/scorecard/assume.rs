//! Evaluates queries under assumptions about their conditions, without an entity.

use super::condition::Check;
use super::definition::{Combinator, Condition, Member, Query};
use crate::value::{Instant, Value};

/// Whether a query holds if the conditions that `condition` accepts hold and all others fail.
pub(crate) fn holds(query: &Query, condition: &dyn Fn(&Condition) -> bool) -> bool {
    let member = |member: &Member| match member {
        Member::Condition(one) => condition(one),
        Member::Group(group) => holds(group, condition),
    };
    match query.combinator {
        Combinator::And => query.members.iter().all(member),
        Combinator::Or => query.members.iter().any(member),
    }
}

/// Whether a condition holds for a value that is not a date.
pub(crate) fn passes_on(condition: &Condition, value: &Value<'_>) -> bool {
    // only dates depend on the time, so any time will do
    Check::new(condition, Instant::from_chrono(chrono::DateTime::UNIX_EPOCH)).holds(value)
}
