//! All conditions of a scorecard, grouped by the property or relation that they test.

use super::atom::Atom;
use super::field::Field;
use super::proposition::Proposition;
use crate::scorecard::{Condition, Member, Query, Subject};
use std::cell::Cell;

/// The properties and relations that a scorecard tests, with all tests of them.
#[derive(Debug)]
pub(in crate::lint) struct Space {
    pub(super) fields: Vec<Field>,
    /// For each different test, the index of its field and the index of the test in the field.
    pub(super) atoms: Vec<(usize, usize)>,
    /// The number of steps left for all searches together.
    pub(super) budget: Cell<u64>,
}

/// The maximum number of steps for one scorecard. Enough for hundreds of rules, and done in at most two seconds.
const BUDGET: u64 = 20_000_000;

/// Collects the conditions of a scorecard.
#[derive(Default)]
pub(in crate::lint) struct Builder {
    subjects: Vec<(Subject, Vec<Atom>)>,
    atoms: Vec<(usize, usize)>,
}

impl Builder {
    /// Adds a query and returns it as a proposition.
    pub(in crate::lint) fn query(&mut self, query: &Query) -> Proposition {
        let members = query.members.iter().map(|member| match member {
            Member::Group(group) => self.query(group),
            Member::Condition(condition) => self.condition(condition),
        });
        Proposition::combined(query.combinator, members.collect())
    }

    /// Adds a condition and returns it as a proposition.
    pub(in crate::lint) fn condition(&mut self, condition: &Condition) -> Proposition {
        let (atom, holds) = Atom::of(condition);
        Proposition::Literal(self.atom(&condition.subject, atom), holds)
    }

    fn atom(&mut self, subject: &Subject, atom: Atom) -> usize {
        let is_of_subject = |(known, _): &(Subject, Vec<Atom>)| known == subject;
        let field = position_or_push(&mut self.subjects, is_of_subject, (subject.clone(), Vec::new()));
        #[expect(clippy::indexing_slicing, reason = "`position_or_push` returns an index of this list")]
        let (_, atoms) = &mut self.subjects[field];
        let key = atom.key.clone();
        let local = position_or_push(atoms, |known| known.key == key, atom);
        position_or_push(&mut self.atoms, |known| *known == (field, local), (field, local))
    }

    /// Divides the fields into regions; `blueprint` is the blueprint of all entities.
    pub(in crate::lint) fn space(self, blueprint: &str) -> Space {
        let field = |(subject, atoms): (Subject, Vec<Atom>)| Field::new(&subject, atoms, blueprint);
        Space {
            fields: self.subjects.into_iter().map(field).collect(),
            atoms: self.atoms,
            budget: Cell::new(BUDGET),
        }
    }
}

/// The position of the first item that matches. If none matches, adds `item` at the end.
fn position_or_push<T>(items: &mut Vec<T>, matches: impl Fn(&T) -> bool, item: T) -> usize {
    items.iter().position(matches).unwrap_or_else(|| {
        items.push(item);
        items.len() - 1
    })
}
