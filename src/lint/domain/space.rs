//! All conditions of a scorecard, grouped by the property or relation that they test.

use super::atom::Atom;
use super::field::Field;
use super::proposition::Proposition;
use super::steps::Budget;
use crate::scorecard::{Condition, Member, Query, Subject};
use std::collections::HashMap;

/// The properties and relations that a scorecard tests, with all tests of them.
#[derive(Debug)]
pub(in crate::lint) struct Space {
    pub(in crate::lint) fields: Vec<Field>,
    /// For each different test, the index of its field and the index of the test in the field.
    atoms: Vec<(usize, usize)>,
    /// The steps left for all searches together.
    pub(in crate::lint) budget: Budget,
}

/// Collects the conditions of a scorecard.
#[derive(Default)]
pub(in crate::lint) struct Builder {
    subjects: Vec<(Subject, Vec<Atom>)>,
    /// The indices of `subjects`.
    fields: HashMap<Subject, usize>,
    atoms: Vec<(usize, usize)>,
    /// The indices of `atoms`, by the field and the name of the test.
    names: HashMap<(usize, String), usize>,
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

    #[expect(clippy::expect_used, reason = "the index is that of a subject")]
    fn atom(&mut self, subject: &Subject, atom: Atom) -> usize {
        let field = match self.fields.get(subject) {
            Some(field) => *field,
            None => {
                self.subjects.push((subject.clone(), Vec::new()));
                self.fields.insert(subject.clone(), self.subjects.len() - 1);
                self.subjects.len() - 1
            }
        };
        *self.names.entry((field, atom.name())).or_insert_with(|| {
            let (_, atoms) = self.subjects.get_mut(field).expect("the field has a subject");
            atoms.push(atom);
            self.atoms.push((field, atoms.len() - 1));
            self.atoms.len() - 1
        })
    }

    /// The tests as a space; `blueprint` is the blueprint of all entities.
    pub(in crate::lint) fn space(self, blueprint: &str, budget: Budget) -> Space {
        let field = |(subject, atoms): (Subject, Vec<Atom>)| Field::new(subject, atoms, blueprint);
        Space { fields: self.subjects.into_iter().map(field).collect(), atoms: self.atoms, budget }
    }
}

impl Space {
    /// The index of the field of a test, and the index of the test in the field.
    #[expect(clippy::expect_used, reason = "the builder of the space numbered its tests")]
    pub(in crate::lint) fn place(&self, atom: usize) -> (usize, usize) {
        *self.atoms.get(atom).expect("the space has the test")
    }

    #[expect(clippy::expect_used, reason = "the builder of the space numbered its fields")]
    pub(in crate::lint) fn field(&self, index: usize) -> &Field {
        self.fields.get(index).expect("the space has the field")
    }

    /// The fields that a proposition tests, sorted, each once.
    pub(in crate::lint) fn fields_of(&self, proposition: &Proposition) -> Vec<usize> {
        let mut fields = Vec::new();
        let mut pending = vec![proposition];
        while let Some(proposition) = pending.pop() {
            match proposition {
                Proposition::Literal(atom, _) => fields.push(self.place(*atom).0),
                Proposition::All(members) | Proposition::Any(members) => pending.extend(members),
            }
        }
        fields.sort_unstable();
        fields.dedup();
        fields
    }
}
