//! One property or relation: its regions, the result of each test in each region, and whether some value can satisfy
//! several tests together.
//!
//! An array passes a positive test if at least one element passes it. So an array satisfies a conjunction if each
//! required test is passed by some element, and no element passes a negated test.

use super::atom::{Atom, Scope};
use super::region::{Answer, Dates, Region, known, regions};
use super::substrings;
use crate::entity::Meta;
use crate::scorecard::{Subject, Test};
use crate::value::Value;

/// The possible values of one property or relation.
#[derive(Debug)]
pub(super) struct Field {
    atoms: Vec<Atom>,
    dates: Dates,
    rows: Vec<Row>,
    /// Whether a value can be an array.
    can_be_array: bool,
    /// Whether an array is expected, because an operator for arrays is used or because it is a relation or the team.
    expects_array: bool,
}

/// One region with the results of all tests in it.
#[derive(Debug)]
struct Row {
    region: Region,
    /// One for each test.
    answers: Vec<Answer>,
}

/// The index of a test, and whether it must hold.
type Literal = (usize, bool);

impl Field {
    pub(super) fn new(subject: &Subject, atoms: Vec<Atom>, blueprint: &str) -> Self {
        let dates = Dates::of(&atoms);
        let mut regions = regions(&atoms, &dates);
        match subject {
            Subject::Meta(Meta::Blueprint) => {
                regions = vec![Region::Exact(Value::Text(blueprint.to_owned().into()))];
            }
            Subject::Meta(Meta::Identifier) => regions.retain(is_name),
            Subject::Meta(Meta::Title) => {
                regions.retain(|region| is_name(region) || *region == Region::Exact(Value::Missing));
            }
            _ => {}
        }
        let rows = regions.into_iter().map(|region| {
            let answers = atoms.iter().map(|atom| region.answer(atom, &dates)).collect();
            Row { region, answers }
        });
        let rows = rows.collect();
        let expects_array = atoms.iter().any(|atom| atom.expects_array)
            || matches!(subject, Subject::Relation(_) | Subject::Meta(Meta::Team));
        Self { rows, can_be_array: !is_text(subject), expects_array, atoms, dates }
    }

    /// The number of regions, as a measure of the work that one call of [`Self::admits`] takes.
    pub(super) fn size(&self) -> usize {
        self.rows.len()
    }

    /// Whether some value in the scope may satisfy all of `literals`.
    pub(super) fn admits(&self, literals: &[Literal], scope: Scope) -> bool {
        let arrays = self.can_be_array && (self.expects_array || scope == Scope::Every);
        self.rows.iter().filter(|row| arrays || !row.is_array()).any(|row| self.fits(row, literals))
            || arrays && self.admits_array(literals)
    }

    fn fits(&self, row: &Row, literals: &[Literal]) -> bool {
        let agrees = literals.iter().all(|&(atom, holds)| match row.answers.get(atom) {
            Some(Answer::Yes) => holds,
            Some(Answer::No) => !holds,
            Some(Answer::Maybe) => true,
            None => unreachable!("each test has an answer in each region"),
        });
        agrees && (matches!(row.region, Region::Exact(_)) || self.texts_agree(literals))
    }

    fn texts_agree(&self, literals: &[Literal]) -> bool {
        substrings::agree(&self.tests(literals, true), &self.tests(literals, false))
    }

    fn tests(&self, literals: &[Literal], wanted: bool) -> Vec<&Test> {
        let chosen = literals.iter().filter(|(_, holds)| *holds == wanted);
        chosen.filter_map(|(atom, _)| self.atoms.get(*atom)).map(|atom| &atom.test).collect()
    }

    /// Whether some array that is not empty may satisfy all of `literals`.
    fn admits_array(&self, literals: &[Literal]) -> bool {
        let test = |atom: usize| self.atoms.get(atom).map(|atom| &atom.test);
        let of_elements = |literal: &&Literal| test(literal.0).is_some_and(is_about_elements);
        let denied: Vec<Literal> =
            literals.iter().filter(of_elements).filter(|(_, holds)| !holds).copied().collect();
        let elements: Vec<&Row> = self
            .rows
            .iter()
            .filter(|row| row.is_element() && self.fits(row, &denied))
            .filter(|row| literals.iter().all(|&(atom, holds)| self.may_be_inside(row, test(atom), holds)))
            .collect();
        let has = |literal: Literal| {
            let asked: Vec<Literal> = denied.iter().copied().chain([literal]).collect();
            elements.iter().any(|row| self.fits(row, &asked))
        };
        !elements.is_empty()
            && literals.iter().all(|&(atom, holds)| match test(atom) {
                Some(Test::Empty) => !holds,
                Some(Test::NotEmpty) => holds,
                Some(test @ (Test::SameSet(_) | Test::ContainsAll(_))) if holds => known(test)
                    .iter()
                    .all(|known| elements.iter().any(|row| row.region.equals(known, &self.dates))),
                Some(Test::ContainsAll(all)) => !all.is_empty(),
                Some(test) if is_about_elements(test) && holds => has((atom, true)),
                _ => true,
            })
    }

    /// Whether a test of the whole array allows an element from this region.
    fn may_be_inside(&self, row: &Row, test: Option<&Test>, holds: bool) -> bool {
        match (test, holds) {
            (Some(Test::SameSet(all)), true) => all.iter().any(|known| row.region.equals(known, &self.dates)),
            (Some(Test::ContainsAll(all)), false) => match all.as_slice() {
                [one] => !row.region.equals(one, &self.dates),
                _ => true,
            },
            _ => true,
        }
    }
}

impl Row {
    fn is_array(&self) -> bool {
        matches!(self.region, Region::Exact(Value::List(_)))
    }

    /// Whether values of the region can be elements of an array.
    fn is_element(&self) -> bool {
        !matches!(self.region, Region::Exact(Value::List(_) | Value::Missing))
    }
}

/// Whether an array passes the test when one of its elements does.
fn is_about_elements(test: &Test) -> bool {
    !matches!(test, Test::Empty | Test::NotEmpty | Test::SameSet(_) | Test::ContainsAll(_))
}

/// Whether the values of a region are strings that are not empty.
fn is_name(region: &Region) -> bool {
    match region {
        Region::Exact(Value::Text(text)) => !text.is_empty(),
        Region::Exact(_) | Region::Number(_) => false,
        Region::Moment(..) | Region::Day(..) | Region::Text => true,
    }
}

/// Whether the value is always a string.
fn is_text(subject: &Subject) -> bool {
    matches!(subject, Subject::Meta(Meta::Identifier | Meta::Title | Meta::Blueprint))
}
