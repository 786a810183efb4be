//! Finds the conditions that the new values must pass. All values that pass them reach the level, whatever other
//! conditions they fail.

use super::choice::Choices;
use super::goal::Goal;
use super::implied::Strictest;
use super::parts::State;
use super::search::Assignment;
use crate::scorecard::{Check, Operator};
use crate::value::Value;

/// For each of the changes, the atoms that its value must pass. `state` is that with the changes.
///
/// A condition in a part is left out if all parts pass even if it and all conditions left out before it fail.
pub(super) fn needs(
    goal: &Goal<'_>,
    choices: &[Choices],
    changes: &[Assignment],
    state: &mut State<'_>,
) -> Vec<Vec<usize>> {
    let needs = changes.iter().map(|&(variable, _)| {
        let mut needs = goal.variable(variable).required.clone();
        let optional = choices.get(variable).map_or(&[][..], |choices| &choices.atoms);
        for &atom in optional {
            if state.passes(atom) && !passes_without(atom, state) {
                needs.push(atom);
            }
        }
        needs.sort_unstable();
        without_implied(goal, needs)
    });
    needs.collect()
}

/// Whether all parts pass if the atom fails. If so, it fails from now on.
fn passes_without(atom: usize, state: &mut State<'_>) -> bool {
    let mut is_needed = false;
    state.set(atom, false, |_| is_needed = true);
    if is_needed {
        state.set(atom, true, |_| {});
    }
    !is_needed
}

/// Leaves out conditions that the others imply.
fn without_implied(goal: &Goal<'_>, mut needs: Vec<usize>) -> Vec<usize> {
    let mut strictest = Strictest::default();
    needs.iter().for_each(|atom| strictest.add(&goal.atom(*atom).check));
    needs.retain(|atom| !strictest.exceeds(&goal.atom(*atom).check));
    let is_presence = |atom: &usize| goal.atom(*atom).condition.effective_operator() == Operator::IsNotEmpty;
    let others: Vec<&Check> =
        needs.iter().filter(|atom| !is_presence(atom)).map(|atom| &goal.atom(*atom).check).collect();
    // `isEmpty` with `not` is another atom than `isNotEmpty`
    let mut is_known = reject_empty(&others);
    needs.retain(|atom| !is_presence(atom) || !std::mem::replace(&mut is_known, true));
    needs
}

/// Whether each value that counts as empty fails one of the checks.
fn reject_empty(checks: &[&Check]) -> bool {
    let empty = [
        Value::Missing,
        Value::Null,
        Value::Text("".into()),
        Value::List(Vec::new()),
        Value::Object { json: "{}".into() },
    ];
    empty.iter().all(|value| checks.iter().any(|check| !check.holds(value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::{Order, Test};

    #[test]
    fn a_comparison_rejects_all_empty_values_and_a_negation_does_not() {
        let comparison = Check { test: Test::Number(Order::AtMost, 5.0), negated: false };
        let negation = Check { test: Test::BeginsWith("a".to_owned()), negated: true };
        assert!(reject_empty(&[&negation, &comparison]));
        assert!(!reject_empty(&[&negation]) && !reject_empty(&[]));
    }
}
