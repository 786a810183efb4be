//! Finds the smallest part of a query that no entity can pass.

use super::domain::{Builder, Premises, Proposition, Scope, Space};
use super::target::Target;
use crate::scorecard::{Check, Combinator, Condition, Member, Query, Subject};
use crate::value::{Instant, Value};
use std::collections::HashMap;

/// The reason why no entity can pass a query.
pub(super) enum Cause<'q> {
    /// This condition holds for no value.
    One(&'q Condition),
    /// These two conditions exclude each other.
    Two(&'q Condition, &'q Condition),
    /// The conditions exclude each other only all together, or the pairs are too many to try them all.
    Whole,
}

/// A condition, with the values that refute many contradictions.
struct Candidate<'q> {
    condition: &'q Condition,
    /// One bit for each sample that passes.
    passes: u32,
    /// The next condition on the same subject.
    next: Option<usize>,
}

/// Finds the smallest part of a query that no entity in `scope` can pass.
pub(super) fn cause<'q>(target: &Target<'_>, query: &'q Query, scope: Scope) -> Cause<'q> {
    if query.combinator == Combinator::Or {
        return Cause::Whole;
    }
    let candidates = candidates(query);
    let budget = &target.analysis.space.budget;
    let excludes = |chosen: &[&Condition]| {
        let mut builder = Builder::default();
        let propositions: Vec<Proposition> =
            chosen.iter().map(|condition| builder.condition(condition)).collect();
        let space: Space = builder.space(&target.definition.blueprint, budget.clone());
        let found = space.excludes(&Premises::default(), &propositions.iter().collect::<Vec<_>>());
        found == Some(Scope::Every) || found == Some(scope)
    };
    let alone = candidates.iter().filter(|candidate| candidate.passes == 0);
    if let Some(one) = alone.map(|candidate| candidate.condition).find(|condition| excludes(&[condition])) {
        return Cause::One(one);
    }
    for one in &candidates {
        let mut next = one.next;
        while let Some(two) = next.and_then(|next| candidates.get(next)) {
            if !budget.take(1) {
                return Cause::Whole;
            }
            if one.passes & two.passes == 0 && excludes(&[one.condition, two.condition]) {
                return Cause::Two(one.condition, two.condition);
            }
            next = two.next;
        }
    }
    Cause::Whole
}

fn candidates(query: &Query) -> Vec<Candidate<'_>> {
    let conditions = query.members.iter().filter_map(|member| match member {
        Member::Condition(condition) => Some(condition),
        Member::Group(_) => None,
    });
    let mut candidates: Vec<Candidate<'_>> = conditions
        .map(|condition| Candidate { condition, passes: samples_passed(condition), next: None })
        .collect();
    let mut following: HashMap<&Subject, usize> = HashMap::new();
    for (index, candidate) in candidates.iter_mut().enumerate().rev() {
        candidate.next = following.insert(&candidate.condition.subject, index);
    }
    candidates
}

/// The samples that pass a condition: single values, so that two conditions with a common one do not exclude each
/// other. The values of meta-properties are restricted, so they have no samples.
fn samples_passed(condition: &Condition) -> u32 {
    if matches!(condition.subject, Subject::Meta(_)) {
        return 0;
    }
    let samples = [
        Value::Missing,
        Value::Bool(false),
        Value::Bool(true),
        Value::Number(f64::MIN),
        Value::Number(0.0),
        Value::Number(f64::MAX),
        Value::Text("".into()),
        Value::Object { json: "{\"a\":1}".into() },
    ];
    let check = Check::new(condition, Instant::from_chrono(chrono::DateTime::UNIX_EPOCH));
    samples.iter().rev().fold(0, |passed, sample| passed << 1 | u32::from(check.holds(sample)))
}
