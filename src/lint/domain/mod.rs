//! Rules as sets of entities. The values a property may have are cut into cells on which every condition
//! of a scorecard is settled, so that a question about all entities becomes one about a few cells.
//!
//! Only impossibility is ever claimed: a cell may be too large or a condition on it open, the search may
//! run out of its budget, and in each case the answer is "possible". So what is claimed is a fact.

mod cell;
mod field;
mod proposition;
mod search;
#[cfg(test)]
mod table;
mod text;

pub(super) use proposition::Proposition;

use crate::entity::Meta;
use crate::scorecard::{Check, Condition, Member, Operand, Operator, Query, Subject, Test};
use crate::value::{DateRange, Instant};
use field::Field;
use std::cell::Cell as Counter;

/// Which entities a claim is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    /// All.
    Every,
    /// Those in which no property holds an array that is not asked about as one.
    WithoutArrays,
}

/// All conditions of a scorecard, by the field they ask about.
#[derive(Debug)]
pub(super) struct Space {
    fields: Vec<Field>,
    /// Field and number in the field of each different condition.
    atoms: Vec<(usize, usize)>,
    /// Steps that are left for all questions together.
    budget: Counter<u64>,
}

/// Enough for hundreds of rules, and at most a second or two.
const BUDGET: u64 = 20_000_000;

/// The conditions met so far, before their fields are cut into cells.
#[derive(Default)]
pub(super) struct Builder {
    subjects: Vec<(Subject, Vec<Atom>)>,
    atoms: Vec<(usize, usize)>,
}

/// A test without its negation.
#[derive(Debug, Clone)]
pub(super) struct Atom {
    pub(super) test: Test,
    /// It moves with the time that presets are relative to.
    pub(super) relative: bool,
    /// Its operator is for arrays.
    pub(super) asks_for_array: bool,
    /// The test as text: what makes two of them one.
    key: String,
}

impl Builder {
    /// The proposition that a query states.
    pub(super) fn query(&mut self, query: &Query) -> Proposition {
        let members = query.members.iter().map(|member| match member {
            Member::Group(group) => self.query(group),
            Member::Condition(condition) => self.condition(condition),
        });
        Proposition::combined(query.combinator, members.collect())
    }

    /// The proposition that a condition states.
    pub(super) fn condition(&mut self, condition: &Condition) -> Proposition {
        let check = Check::new(condition, noon());
        let relative = matches!(condition.operand, Operand::Dates(DateRange::Preset(_), _));
        let asks_for_array = asks_for_array(condition);
        let key = format!("{relative} {asks_for_array} {:?}", check.test);
        let atom = Atom { test: check.test, relative, asks_for_array, key };
        let atom = self.atom(&condition.subject, atom);
        Proposition::Literal(atom, !check.negated)
    }

    fn atom(&mut self, subject: &Subject, atom: Atom) -> usize {
        let field = self.subjects.iter().position(|(known, _)| known == subject).unwrap_or_else(|| {
            self.subjects.push((subject.clone(), Vec::new()));
            self.subjects.len() - 1
        });
        let Some((_, atoms)) = self.subjects.get_mut(field) else { return 0 };
        let local = atoms.iter().position(|known| known.key == atom.key).unwrap_or_else(|| {
            atoms.push(atom);
            atoms.len() - 1
        });
        self.atoms.iter().position(|known| *known == (field, local)).unwrap_or_else(|| {
            self.atoms.push((field, local));
            self.atoms.len() - 1
        })
    }

    /// Cuts the fields into cells; `blueprint` is that of every entity asked about.
    pub(super) fn space(self, blueprint: &str) -> Space {
        let field = |(subject, atoms): (Subject, Vec<Atom>)| Field::new(&subject, atoms, blueprint);
        Space {
            fields: self.subjects.into_iter().map(field).collect(),
            atoms: self.atoms,
            budget: Counter::new(BUDGET),
        }
    }
}

impl Space {
    /// Whether no entity meets all of `propositions`, and which entities that is said of.
    pub(super) fn excludes(&self, propositions: &[&Proposition]) -> Option<Scope> {
        [Scope::Every, Scope::WithoutArrays]
            .into_iter()
            .find(|&scope| !search::possible(self, propositions, scope))
    }

    /// Whether every entity that meets all of `premises` meets `conclusion`.
    pub(super) fn implies(&self, premises: &[&Proposition], conclusion: &Proposition) -> bool {
        let denial = conclusion.denied();
        let mut all = premises.to_vec();
        all.push(&denial);
        !search::possible(self, &all, Scope::Every)
    }
}

/// Whether an operator is for arrays first of all: two `containsAny` are no contradiction.
fn asks_for_array(condition: &Condition) -> bool {
    let operator = condition.operator.positive().unwrap_or(condition.operator);
    matches!(operator, Operator::Contains | Operator::ContainsAny)
        || operator == Operator::Equal && matches!(condition.operand, Operand::List(_))
}

/// The time that presets are laid out from. At noon calendar days and periods of 24 hours overlap as they
/// do at almost every time of a day; at any other time there are only fewer possibilities.
fn noon() -> Instant {
    Instant::from_chrono(chrono::DateTime::from_timestamp(43_200, 0).unwrap_or_default())
}

/// What the entities of a blueprint can hold under a name, beyond what any value can.
fn is_text(subject: &Subject) -> bool {
    matches!(subject, Subject::Meta(Meta::Identifier | Meta::Title | Meta::Blueprint))
}
