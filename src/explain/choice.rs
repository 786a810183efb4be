//! Choices: the values to try for one property of one entity, each with the conditions that it passes.

use super::candidate::{Candidate, candidates};
use super::goal::Goal;
use super::parts::State;
use super::steps::Steps;
use crate::scorecard::{Check, Test};
use crate::value::Value;
use std::collections::HashSet;

/// The values to try for a property or relation.
#[derive(Debug, Default)]
pub(super) struct Choices {
    /// The conditions in parts that must be searched.
    pub(super) atoms: Vec<usize>,
    /// All of them pass the required conditions. No two of them pass the same of `atoms`, and the most natural value is
    /// first.
    pub(super) list: Vec<Choice>,
    /// The indices of the choices that pass as many conditions as possible: no other choice passes the same conditions
    /// and further ones.
    pub(super) maximal: Vec<usize>,
    /// Whether the steps were not enough to try all values.
    pub(super) is_cut: bool,
}

/// A value to try.
#[derive(Debug)]
pub(super) struct Choice {
    pub(super) value: Value<'static>,
    /// A measure of the effort: unusual values cost more, and then larger steps.
    pub(super) cost: f64,
    /// Which of [`Choices::atoms`] pass.
    pub(super) passing: Passing,
}

/// A set of conditions, as one bit for each.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Passing(Vec<u64>);

impl Passing {
    fn of(passing: impl Iterator<Item = bool>) -> Self {
        let mut words = Vec::new();
        for (index, passes) in passing.enumerate() {
            if index % 64 == 0 {
                words.push(0);
            }
            if let Some(word) = words.last_mut() {
                *word |= u64::from(passes) << (index % 64);
            }
        }
        Self(words)
    }

    /// Whether the condition at this place passes.
    pub(super) fn has(&self, place: usize) -> bool {
        self.0.get(place / 64).is_some_and(|word| word >> (place % 64) & 1 == 1)
    }

    /// Whether all of these also pass in `other`.
    fn is_within(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).all(|(one, other)| one & !other == 0)
    }
}

/// A property to change.
pub(super) struct Question<'q> {
    pub(super) variable: usize,
    pub(super) current: &'q Value<'q>,
    /// Whether the current value fails a required condition.
    pub(super) is_forced: bool,
    /// The conditions in parts that must be searched.
    pub(super) atoms: Vec<usize>,
}

impl Choices {
    /// Tries candidates until one passes everything or the steps are spent.
    pub(super) fn find(
        goal: &Goal<'_>,
        question: Question<'_>,
        state: &State<'_>,
        steps: &mut Steps,
    ) -> Self {
        let Question { variable, current, is_forced, atoms } = question;
        let variable = goal.variable(variable);
        let check = |atom: &usize| &goal.atom(*atom).check;
        let mut seen = HashSet::new();
        let mut found = Self { atoms, ..Self::default() };
        for Candidate { value, oddness } in
            candidates(variable.subject, &variable.operands, current, goal.as_of)
        {
            let Some(is_possible) = all_pass(variable.required.iter().map(check), &value, steps) else {
                found.is_cut = true;
                break;
            };
            if !is_possible {
                continue;
            }
            let effort: usize = found.atoms.iter().map(|atom| effort(check(atom), &value)).sum();
            if !steps.take(effort) {
                found.is_cut = true;
                break;
            }
            let passing: Vec<bool> = found.atoms.iter().map(|atom| check(atom).holds(&value)).collect();
            let is_complete = passing.iter().all(|passes| *passes);
            let adds =
                || found.atoms.iter().zip(&passing).any(|(atom, passes)| *passes && !state.passes(*atom));
            let is_useful = is_forced || adds();
            let passing = Passing::of(passing.iter().copied());
            if is_useful && seen.insert(passing.clone()) {
                let cost = f64::from(oddness) * 10.0 + step(current, &value);
                found.list.push(Choice { value, cost, passing });
            }
            if is_complete {
                break;
            }
        }
        found.find_maximal(steps);
        found
    }

    fn find_maximal(&mut self, steps: &mut Steps) {
        let is_affordable = steps.take(self.list.len().pow(2) * self.atoms.len() / 256);
        let is_maximal = |(index, choice): &(usize, &Choice)| {
            let mut others = self.list.iter().enumerate().filter(|(other, _)| other != index);
            others.all(|(_, other)| !choice.passing.is_within(&other.passing))
        };
        let all = self.list.iter().enumerate();
        // if it is not affordable, trying further choices only takes longer
        self.maximal =
            all.filter(|choice| !is_affordable || is_maximal(choice)).map(|(index, _)| index).collect();
    }

    #[expect(clippy::expect_used, reason = "the choices do not change, and indices come from this list")]
    pub(super) fn choice(&self, index: usize) -> &Choice {
        self.list.get(index).expect("the choice exists")
    }
}

/// Whether a value passes all checks; `None` if the steps are spent.
fn all_pass<'c>(
    checks: impl Iterator<Item = &'c Check>,
    value: &Value<'_>,
    steps: &mut Steps,
) -> Option<bool> {
    if !steps.take(1 + size(value)) {
        return None;
    }
    for check in checks {
        if !steps.take(effort(check, value)) {
            return None;
        }
        if !check.holds(value) {
            return Some(false);
        }
    }
    Some(true)
}

/// The number of steps to build or to read a value.
fn size(value: &Value<'_>) -> usize {
    match value {
        Value::Text(text) => text.len() / 64,
        Value::List(items) => items.iter().map(size).sum::<usize>() + items.len(),
        _ => 0,
    }
}

/// The number of steps to check a value.
fn effort(check: &Check, value: &Value<'_>) -> usize {
    match (&check.test, value) {
        (Test::ContainsAll(known) | Test::AnyOf(known) | Test::SameSet(known), Value::List(items)) => {
            1 + known.len() * items.len() / 8
        }
        (Test::ContainsAll(known), value) => 1 + known.len() * (1 + size(value)),
        (Test::AnyOf(known) | Test::SameSet(known), _) => 1 + known.len() / 4,
        (_, Value::List(items)) => 1 + items.len(),
        (_, value) => 1 + size(value),
    }
}

/// The size of a change, from 0 to 1.
fn step(current: &Value<'_>, value: &Value<'_>) -> f64 {
    match (current, value) {
        (Value::Number(current), Value::Number(value)) if current != value => {
            let share = (current - value).abs() / current.abs().max(value.abs());
            if share.is_finite() { share.min(1.0) } else { 1.0 }
        }
        _ => 1.0,
    }
}
