//! One property or relation: its cells, what each test says of each, and whether some value can be as
//! several tests ask.
//!
//! An array passes a positive test when some element does. So what a conjunction asks of an array is that
//! no element passes a denied test, and that for every required one there is an element which does.

use super::cell::{Cell, Dates, Verdict, cells, known};
use super::{Atom, Scope, is_text, text};
use crate::entity::Meta;
use crate::scorecard::{Subject, Test};
use crate::value::Value;

/// The values that one name can have.
#[derive(Debug)]
pub(super) struct Field {
    atoms: Vec<Atom>,
    dates: Dates,
    rows: Vec<Row>,
    /// It may hold an array.
    lists: bool,
    /// It is asked about as an array, so that one is what is meant.
    meant_as_list: bool,
}

#[derive(Debug)]
struct Row {
    cell: Cell,
    /// One a test.
    verdicts: Vec<Verdict>,
}

/// A test by its number, and whether it is to hold.
type Literal = (usize, bool);

impl Field {
    pub(super) fn new(subject: &Subject, atoms: Vec<Atom>, blueprint: &str) -> Self {
        let dates = Dates::of(&atoms);
        let mut cells = cells(&atoms, &dates);
        match subject {
            Subject::Meta(Meta::Blueprint) => {
                cells = vec![Cell::Exact(Value::Text(blueprint.to_owned().into()))];
            }
            Subject::Meta(Meta::Identifier) => cells.retain(is_name),
            Subject::Meta(Meta::Title) => {
                cells.retain(|cell| is_name(cell) || *cell == Cell::Exact(Value::Missing));
            }
            _ => {}
        }
        let rows = cells.into_iter().map(|cell| {
            let verdicts = atoms.iter().map(|atom| cell.verdict(atom, &dates)).collect();
            Row { cell, verdicts }
        });
        let rows = rows.collect();
        let asked_as_list = atoms.iter().any(|atom| atom.asks_for_array);
        let meant_as_list =
            asked_as_list || matches!(subject, Subject::Relation(_) | Subject::Meta(Meta::Team));
        Self { rows, lists: !is_text(subject), meant_as_list, atoms, dates }
    }

    /// How much work a look at it is.
    pub(super) fn size(&self) -> usize {
        self.rows.len()
    }

    /// Whether some value may be as all of `literals` ask.
    pub(super) fn admits(&self, literals: &[Literal], scope: Scope) -> bool {
        let arrays = self.lists && (self.meant_as_list || scope == Scope::Every);
        self.rows.iter().filter(|row| arrays || !row.is_array()).any(|row| self.fits(row, literals))
            || arrays && self.admits_array(literals)
    }

    fn fits(&self, row: &Row, literals: &[Literal]) -> bool {
        let settled = literals.iter().all(|&(atom, holds)| match row.verdicts.get(atom) {
            Some(Verdict::Yes) => holds,
            Some(Verdict::No) => !holds,
            Some(Verdict::Maybe) | None => true,
        });
        settled && (matches!(row.cell, Cell::Exact(_)) || self.texts_agree(literals))
    }

    fn texts_agree(&self, literals: &[Literal]) -> bool {
        text::agree(&self.tests(literals, true), &self.tests(literals, false))
    }

    fn tests(&self, literals: &[Literal], wanted: bool) -> Vec<&Test> {
        let chosen = literals.iter().filter(|(_, holds)| *holds == wanted);
        chosen.filter_map(|(atom, _)| self.atoms.get(*atom)).map(|atom| &atom.test).collect()
    }

    /// Whether some array with elements may be as all of `literals` ask.
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
                    .all(|known| elements.iter().any(|row| row.cell.equals(known, &self.dates))),
                Some(Test::ContainsAll(all)) => !all.is_empty(),
                Some(test) if is_about_elements(test) && holds => has((atom, true)),
                _ => true,
            })
    }

    /// Whether a test of the whole array leaves room for such an element.
    fn may_be_inside(&self, row: &Row, test: Option<&Test>, holds: bool) -> bool {
        match (test, holds) {
            (Some(Test::SameSet(all)), true) => all.iter().any(|known| row.cell.equals(known, &self.dates)),
            (Some(Test::ContainsAll(all)), false) => match all.as_slice() {
                [one] => !row.cell.equals(one, &self.dates),
                _ => true,
            },
            _ => true,
        }
    }
}

impl Row {
    fn is_array(&self) -> bool {
        matches!(self.cell, Cell::Exact(Value::List(_)))
    }

    /// What it holds can stand in an array.
    fn is_element(&self) -> bool {
        !matches!(self.cell, Cell::Exact(Value::List(_) | Value::Missing))
    }
}

/// An array passes it when one of its elements does.
fn is_about_elements(test: &Test) -> bool {
    !matches!(test, Test::Empty | Test::NotEmpty | Test::SameSet(_) | Test::ContainsAll(_))
}

/// Text that is not empty.
fn is_name(cell: &Cell) -> bool {
    match cell {
        Cell::Exact(Value::Text(text)) => !text.is_empty(),
        Cell::Exact(_) | Cell::Number(_) => false,
        Cell::Moment(..) | Cell::Day(..) | Cell::Text => true,
    }
}
