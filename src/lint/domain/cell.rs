//! Cells: sets of values on which the tests of a field are settled, or known to be open.
//!
//! Named values are cells of their own and judged by the very tests that grade entities. Between them lie
//! open stretches: of numbers, of date-times (by their place among the dates that tests name), of other text.

use super::Atom;
use crate::scorecard::{Known, Test};
use crate::value::{Instant, Scalar, Value};

/// A set of values that are no arrays, or the empty array.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    /// One value.
    Exact(Value<'static>),
    /// Numbers between two named ones; this is one of them.
    Number(f64),
    /// Date-times at a place among the fixed dates and one among the relative ones.
    Moment(usize, usize),
    /// Days, likewise.
    Day(usize, usize),
    /// Any other text.
    Text,
}

/// What a test says of the values in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It fails on all.
    No,
    /// It holds on all.
    Yes,
    /// It may hold on some.
    Maybe,
}

impl From<bool> for Verdict {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

/// The dates that tests name, in order. Place `2i + 1` is on the date `i`, even places are between.
#[derive(Debug, Default)]
pub(super) struct Dates {
    pub(super) fixed: Vec<Instant>,
    pub(super) relative: Vec<Instant>,
}

impl Dates {
    /// All that the tests of a field name.
    pub(super) fn of(atoms: &[Atom]) -> Self {
        let mut dates = Self::default();
        for atom in atoms {
            let list = if atom.relative { &mut dates.relative } else { &mut dates.fixed };
            match &atom.test {
                Test::Instant(_, bound) => list.push(*bound),
                Test::Between(from, to) => list.extend([*from, *to]),
                test => list.extend(known(test).iter().filter_map(|known| known.instant)),
            }
        }
        for list in [&mut dates.fixed, &mut dates.relative] {
            list.sort_unstable();
            list.dedup();
        }
        dates
    }

    fn place(&self, date: Instant, relative: bool) -> usize {
        let list = if relative { &self.relative } else { &self.fixed };
        2 * list.partition_point(|known| *known < date) + 1
    }
}

/// The values that a test names.
pub(super) fn known(test: &Test) -> &[Known] {
    match test {
        Test::Equal(known) => std::slice::from_ref(known),
        Test::SameSet(known) | Test::ContainsAll(known) | Test::AnyOf(known) => known,
        _ => &[],
    }
}

impl Cell {
    /// What a test says of the values here.
    pub(super) fn verdict(&self, atom: &Atom, dates: &Dates) -> Verdict {
        match (self, &atom.test) {
            (Self::Exact(Value::Text(text)), Test::Between(..))
                if atom.relative && Instant::parse_any(text).is_some() =>
            {
                Verdict::Maybe
            }
            (Self::Exact(value), test) => test.holds(value).into(),
            (_, Test::NotEmpty) => Verdict::Yes,
            (_, Test::Empty) => Verdict::No,
            (_, Test::BeginsWith(part) | Test::EndsWith(part)) => self.part(part),
            (_, Test::ContainsAll(parts)) => self.parts(parts),
            (Self::Number(number), test @ Test::Number(..)) => test.holds(&Value::Number(*number)).into(),
            (Self::Moment(fixed, _), Test::Instant(order, bound)) => {
                order.holds(fixed, &dates.place(*bound, false)).into()
            }
            (Self::Moment(fixed, relative) | Self::Day(fixed, relative), Test::Between(from, to)) => {
                let place = if atom.relative { relative } else { fixed };
                let (from, to) = (dates.place(*from, atom.relative), dates.place(*to, atom.relative));
                (from <= *place && *place <= to).into()
            }
            (_, Test::Equal(known)) => self.equals(known, dates).into(),
            (_, Test::AnyOf(all)) => all.iter().any(|known| self.equals(known, dates)).into(),
            (_, Test::SameSet(all)) => {
                (!all.is_empty() && all.iter().all(|known| self.equals(known, dates))).into()
            }
            _ => Verdict::No,
        }
    }

    /// Whether the values here equal one that a test names: all of them do, or none.
    pub(super) fn equals(&self, known: &Known, dates: &Dates) -> bool {
        match self {
            Self::Exact(value) => known.equals(value),
            Self::Moment(fixed, _) => {
                known.instant.is_some_and(|instant| dates.place(instant, false) == *fixed)
            }
            _ => false,
        }
    }

    fn parts(&self, parts: &[Known]) -> Verdict {
        let verdicts: Vec<Verdict> = parts
            .iter()
            .map(|known| known.text.as_deref().map_or(Verdict::No, |part| self.part(part)))
            .collect();
        if verdicts.contains(&Verdict::No) {
            return Verdict::No;
        }
        if verdicts.contains(&Verdict::Maybe) { Verdict::Maybe } else { Verdict::Yes }
    }

    /// Whether the text of the values here has a part.
    fn part(&self, part: &str) -> Verdict {
        let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
        match self {
            _ if part.is_empty() => Verdict::Yes,
            Self::Number(_) if !digits(part) => Verdict::No,
            _ => Verdict::Maybe,
        }
    }
}

/// The cells of a field with these tests.
pub(super) fn cells(atoms: &[Atom], dates: &Dates) -> Vec<Cell> {
    let absent = [Value::Missing, Value::Null, Value::Bool(false), Value::Bool(true)];
    let empty = [Value::Text("".into()), Value::List(Vec::new())];
    let objects = [Value::Object { empty: true }, Value::Object { empty: false }];
    let mut cells: Vec<Cell> = absent.into_iter().chain(empty).chain(objects).map(Cell::Exact).collect();
    for known in atoms.iter().flat_map(|atom| known(&atom.test)) {
        if let Scalar::Text(text) = &known.scalar {
            cells.push(Cell::Exact(Value::Text(text.clone().into())));
        }
    }
    numbers(atoms, &mut cells);
    for fixed in 0..=2 * dates.fixed.len() {
        for relative in 0..=2 * dates.relative.len() {
            cells.extend([Cell::Moment(fixed, relative), Cell::Day(fixed, relative)]);
        }
    }
    cells.push(Cell::Text);
    cells
}

/// Each named number, and what lies below, between and above.
fn numbers(atoms: &[Atom], cells: &mut Vec<Cell>) {
    let mut named: Vec<f64> = Vec::new();
    for atom in atoms {
        match &atom.test {
            Test::Number(_, bound) => named.push(*bound),
            test => named.extend(known(test).iter().filter_map(|known| match known.scalar {
                // the sum turns -0 into 0
                Scalar::Number(number) => Some(number + 0.0),
                _ => None,
            })),
        }
    }
    named.sort_by(f64::total_cmp);
    named.dedup();
    let below = named.first().copied().unwrap_or(f64::MAX);
    if f64::MIN < below {
        cells.push(Cell::Number(f64::MIN));
    }
    for (index, number) in named.iter().enumerate() {
        cells.push(Cell::Exact(Value::Number(*number)));
        let next = named.get(index + 1).copied().unwrap_or(f64::INFINITY);
        let between = number.next_up();
        if between < next {
            cells.push(Cell::Number(between));
        }
    }
}
