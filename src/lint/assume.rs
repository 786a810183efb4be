//! Results of queries under assumptions about their conditions.

use crate::scorecard::{Check, Combinator, Condition, Member, Query};
use crate::value::{Instant, Value};

/// Whether a query holds, given whether each condition does.
pub(super) fn holds(query: &Query, condition: &dyn Fn(&Condition) -> bool) -> bool {
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
pub(super) fn passes_on(condition: &Condition, value: &Value<'_>) -> bool {
    // presets are relative to the time, which does not matter for other values
    Check::new(condition, Instant::from_chrono(chrono::DateTime::UNIX_EPOCH)).holds(value)
}
