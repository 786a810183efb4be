//! Propositions that are assumed to be true, prepared for many searches.

use super::field::Literal;
use super::proposition::Proposition;
use super::space::Space;
use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A conjunction of propositions, divided into the tests that must hold and the alternatives.
#[derive(Debug, Default, Clone)]
pub(in crate::lint) struct Premises<'p> {
    /// The tests of each field.
    literals: BTreeMap<usize, Vec<Literal>>,
    /// The field and the test, for all `literals`.
    known: HashSet<(usize, Literal)>,
    /// Propositions with alternatives, each with its fields.
    choices: Vec<(&'p Proposition, Vec<usize>)>,
    /// The alternatives in groups; filled when they are needed.
    groups: OnceCell<Groups<'p>>,
    /// Whether a test must both hold and fail.
    pub(super) is_contradictory: bool,
}

/// Alternatives in groups that have no field in common.
#[derive(Debug, Default, Clone)]
struct Groups<'p> {
    groups: Vec<Group<'p>>,
    /// The index of the group of each field.
    of_field: HashMap<usize, usize>,
}

/// Alternatives that are connected by common fields.
#[derive(Debug, Default, Clone)]
struct Group<'p> {
    choices: Vec<&'p Proposition>,
    fields: Vec<usize>,
}

impl<'p> Premises<'p> {
    pub(in crate::lint) fn of(
        space: &Space,
        propositions: impl IntoIterator<Item = &'p Proposition>,
    ) -> Self {
        let mut premises = Self::default();
        propositions.into_iter().for_each(|proposition| premises.add(space, proposition));
        premises
    }

    pub(in crate::lint) fn add(&mut self, space: &Space, proposition: &'p Proposition) {
        self.groups = OnceCell::new();
        let mut pending = vec![proposition];
        while let Some(proposition) = pending.pop() {
            match proposition {
                Proposition::Literal(atom, holds) => {
                    let (field, local) = space.place(*atom);
                    self.is_contradictory |= self.known.contains(&(field, (local, !holds)));
                    if self.known.insert((field, (local, *holds))) {
                        self.literals.entry(field).or_default().push((local, *holds));
                    }
                }
                Proposition::All(members) => pending.extend(members),
                Proposition::Any(_) => self.choices.push((proposition, space.fields_of(proposition))),
            }
        }
    }

    pub(in crate::lint) fn is_empty(&self) -> bool {
        self.literals.is_empty() && self.choices.is_empty()
    }

    /// Whether they test a field.
    pub(in crate::lint) fn mention(&self, field: usize) -> bool {
        self.literals.contains_key(&field)
            || self.groups.get_or_init(|| Groups::new(&self.choices)).of_field.contains_key(&field)
    }

    /// The tests of a field.
    pub(super) fn literals(&self, field: usize) -> &[Literal] {
        self.literals.get(&field).map_or(&[], Vec::as_slice)
    }

    pub(super) fn has(&self, field: usize, literal: Literal) -> bool {
        self.known.contains(&(field, literal))
    }

    /// The fields with tests.
    pub(super) fn fields(&self) -> impl Iterator<Item = usize> {
        self.literals.keys().copied()
    }

    /// The alternatives in groups that have no field in common.
    pub(super) fn groups(&self) -> impl Iterator<Item = &[&'p Proposition]> {
        let groups = self.groups.get_or_init(|| Groups::new(&self.choices));
        groups.groups.iter().map(|group| group.choices.as_slice()).filter(|choices| !choices.is_empty())
    }

    /// The alternatives that can matter for a statement about some fields: those that are connected with them by
    /// common fields.
    pub(super) fn connected(&self, fields: &[usize]) -> Vec<&'p Proposition> {
        let groups = self.groups.get_or_init(|| Groups::new(&self.choices));
        let mut met: Vec<usize> =
            fields.iter().filter_map(|field| groups.of_field.get(field).copied()).collect();
        met.sort_unstable();
        met.dedup();
        met.into_iter()
            .filter_map(|index| groups.groups.get(index))
            .flat_map(|group| &group.choices)
            .copied()
            .collect()
    }
}

impl<'p> Groups<'p> {
    fn new(choices: &[(&'p Proposition, Vec<usize>)]) -> Self {
        let mut all = Self::default();
        choices.iter().for_each(|(choice, fields)| all.add(choice, fields));
        all
    }

    fn add(&mut self, choice: &'p Proposition, fields: &[usize]) {
        let mut met: Vec<usize> =
            fields.iter().filter_map(|field| self.of_field.get(field).copied()).collect();
        met.sort_unstable();
        met.dedup();
        // the largest group absorbs the others, so each choice moves only a logarithmic number of times
        let size = |index: &usize| self.groups.get(*index).map_or(0, |group| group.choices.len());
        let into = met.iter().copied().max_by_key(size).unwrap_or_else(|| {
            self.groups.push(Group::default());
            self.groups.len() - 1
        });
        let mut added = Group { choices: vec![choice], fields: Vec::new() };
        added.fields.extend(fields.iter().filter(|field| self.of_field.get(field) != Some(&into)));
        for other in met.into_iter().filter(|other| *other != into) {
            let absorbed = self.groups.get_mut(other).map(std::mem::take).unwrap_or_default();
            added.choices.extend(absorbed.choices);
            added.fields.extend(absorbed.fields);
        }
        self.of_field.extend(added.fields.iter().map(|field| (*field, into)));
        if let Some(group) = self.groups.get_mut(into) {
            group.choices.extend(added.choices);
            group.fields.extend(added.fields);
        }
    }
}
