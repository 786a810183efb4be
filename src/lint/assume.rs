//! What becomes of a query if some of its values were known.

use crate::scorecard::{Check, Combinator, Condition, Member, Query};
use crate::value::{Instant, Value};

/// Whether a query holds, given what becomes of each condition.
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

/// Whether a condition holds for a value that is no date.
pub(super) fn passes_on(condition: &Condition, value: &Value<'_>) -> bool {
    // the time plays no part where there is no date
    Check::new(condition, Instant::from_chrono(chrono::DateTime::UNIX_EPOCH)).holds(value)
}
