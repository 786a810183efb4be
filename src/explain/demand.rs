//! Finds the conditions that matter for a level, and those that an entity must pass to keep it. Uses the reasons of an
//! outcome; nothing is graded here.

use crate::grade::Outcome;
use crate::grade::{ConditionReason, Reason};
use crate::scorecard::{Check, Condition, Operator, Subject};
use crate::value::{Instant, Value};

/// The reasons of the filter and of the rules up to the level.
pub(super) fn relevant<'g>(outcome: &Outcome<'g>, target: usize) -> Vec<Reason<'g>> {
    let rules = outcome.scorecard().rules.iter().filter(|rule| rule.level <= target);
    outcome.filter_reason().into_iter().chain(rules.filter_map(|rule| outcome.reason(rule))).collect()
}

/// Whether each of the relevant conditions passes.
pub(super) fn passing(outcome: &Outcome<'_>, target: usize) -> Vec<bool> {
    let mut passing = Vec::new();
    relevant(outcome, target).iter().for_each(|reason| gather(reason, &mut passing));
    passing
}

fn gather(reason: &Reason<'_>, passing: &mut Vec<bool>) {
    match reason {
        Reason::Condition(condition) => passing.push(condition.passed),
        Reason::Group { members, .. } => members.iter().for_each(|member| gather(member, passing)),
    }
}

/// The conditions that the new values must pass, for each of the changed properties or relations. All values that pass
/// them reach the level, whatever other conditions they fail.
///
/// A condition is left out if the level is reached even if it and all conditions left out before it fail.
pub(super) fn needs<'g>(
    reasons: &[Reason<'g>],
    subjects: &[&Subject],
    as_of: Instant,
) -> Vec<Vec<&'g Condition>> {
    let mut dropped: Vec<&Condition> = Vec::new();
    let mut needs_of = |subject: &&Subject| {
        let mut mine = Vec::new();
        reasons.iter().for_each(|reason| add_passing(reason, subject, &mut mine));
        let mut needs: Vec<&'g Condition> = Vec::new();
        for condition in mine {
            dropped.push(condition);
            if reasons.iter().all(|reason| holds_without(reason, &dropped)) {
                continue;
            }
            dropped.pop();
            let is_known = |known: &&Condition| {
                known.effective_operator() == condition.effective_operator()
                    && known.operand == condition.operand
            };
            if !needs.iter().any(is_known) {
                needs.push(condition);
            }
        }
        without_presence(needs, as_of)
    };
    subjects.iter().map(&mut needs_of).collect()
}

/// Leaves out `isNotEmpty` if the other conditions fail for each of the values that count as empty.
fn without_presence(needs: Vec<&Condition>, as_of: Instant) -> Vec<&Condition> {
    let (presence, others): (Vec<&Condition>, Vec<&Condition>) =
        needs.iter().partition(|need| need.effective_operator() == Operator::IsNotEmpty);
    if presence.is_empty() || !reject_empty(&others, as_of) {
        return needs;
    }
    others
}

/// Whether each value that counts as empty fails one of the conditions.
fn reject_empty(conditions: &[&Condition], as_of: Instant) -> bool {
    let checks: Vec<Check> = conditions.iter().map(|condition| Check::new(condition, as_of)).collect();
    let empty = [
        Value::Missing,
        Value::Null,
        Value::Text("".into()),
        Value::List(Vec::new()),
        Value::Object { empty: true },
    ];
    empty.iter().all(|value| checks.iter().any(|check| !check.holds(value)))
}

/// Adds the passing conditions on a property or relation.
fn add_passing<'g>(reason: &Reason<'g>, subject: &Subject, found: &mut Vec<&'g Condition>) {
    match reason {
        Reason::Condition(ConditionReason { condition, passed: true, .. })
            if condition.subject == *subject =>
        {
            found.push(condition);
        }
        Reason::Condition(_) => {}
        Reason::Group { members, .. } => {
            members.iter().for_each(|member| add_passing(member, subject, found))
        }
    }
}

/// Whether a reason would still pass if the conditions in `dropped` failed.
fn holds_without(reason: &Reason<'_>, dropped: &[&Condition]) -> bool {
    match reason {
        Reason::Condition(ConditionReason { condition, passed, .. }) => {
            *passed && !dropped.iter().any(|other| std::ptr::eq(*other, *condition))
        }
        Reason::Group { any: true, members, .. } => {
            members.iter().any(|member| holds_without(member, dropped))
        }
        Reason::Group { members, .. } => members.iter().all(|member| holds_without(member, dropped)),
    }
}
