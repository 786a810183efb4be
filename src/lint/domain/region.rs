//! Regions: sets of values for which each test of a field has the same result, or for which the result is not known.
//!
//! Each value that a test compares with is a separate region, and its results are computed by the tests that also
//! grade entities. The other regions are the ranges between these numbers, the ranges between these dates, and all
//! other text.

use super::atom::Atom;
use super::key::{Key, is_membership, known};
use crate::scorecard::{Known, Test};
use crate::value::{Instant, Scalar, Value};
use std::borrow::Cow;

/// A set of values. The only array in any region is the empty array.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Region<'a> {
    /// One value.
    Exact(Value<'a>),
    /// The numbers between two neighbouring bounds; the field is one of these numbers.
    Number(f64),
    /// Date-times, given by their place among the fixed and among the relative dates of [`Dates`].
    Moment(usize, usize),
    /// Days, given in the same way.
    Day(usize, usize),
    /// Any other text.
    Text,
}

/// The result of a test for the values of a region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// It fails for all values.
    No,
    /// It holds for all values.
    Yes,
    /// Not known: it may hold for some values.
    Maybe,
}

impl From<bool> for Answer {
    fn from(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

/// The dates that tests compare with, in order. Place `2i + 1` is the date with index `i`; even places are the ranges
/// before, between and after the dates.
#[derive(Debug, Default)]
pub(super) struct Dates {
    pub(super) fixed: Vec<Instant>,
    pub(super) relative: Vec<Instant>,
}

impl Dates {
    /// All dates that the tests of a field compare with.
    pub(super) fn of(atoms: &[&Atom]) -> Self {
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

    /// The fixed date at a place, if the place is not a range.
    fn at(&self, place: usize) -> Option<Instant> {
        if place % 2 == 1 { self.fixed.get(place / 2).copied() } else { None }
    }

    fn place(&self, date: Instant, relative: bool) -> usize {
        let list = if relative { &self.relative } else { &self.fixed };
        2 * list.partition_point(|known| *known < date) + 1
    }
}

impl<'a> Region<'a> {
    /// The result of a test for the values of this region.
    pub(super) fn answer(&self, atom: &Atom, dates: &Dates) -> Answer {
        match (self, &atom.test) {
            (Self::Exact(Value::Text(text)), Test::Between(..))
                if atom.relative && Instant::parse_any(text).is_some() =>
            {
                Answer::Maybe
            }
            (Self::Exact(value), test) if !is_membership(test) => test.holds(value).into(),
            (_, Test::NotEmpty) => Answer::Yes,
            (_, Test::Empty) => Answer::No,
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
            (_, Test::Equal(_) | Test::AnyOf(_)) => {
                self.key(dates).is_some_and(|key| atom.keys.contains(&key)).into()
            }
            (_, Test::SameSet(all)) => {
                (!all.is_empty() && all.iter().all(|known| self.equals(known, dates))).into()
            }
            _ => Answer::No,
        }
    }

    /// The key of all values of this region; `None` if they have different keys or none.
    pub(super) fn key(&self, dates: &Dates) -> Option<Key> {
        match self {
            Self::Exact(value) => Key::of_value(value),
            Self::Moment(fixed, _) => dates.at(*fixed).map(Key::Instant),
            _ => None,
        }
    }

    /// Whether all values of this region are equal to a value that a test compares with. If not, none of them is.
    pub(super) fn equals(&self, known: &Known, dates: &Dates) -> bool {
        match self {
            Self::Exact(value) => known.equals(value),
            Self::Moment(fixed, _) => {
                known.instant.is_some_and(|instant| dates.place(instant, false) == *fixed)
            }
            _ => false,
        }
    }

    fn parts(&self, parts: &[Known]) -> Answer {
        let answers: Vec<Answer> = parts
            .iter()
            .map(|known| known.text.as_deref().map_or(Answer::No, |part| self.part(part)))
            .collect();
        if answers.contains(&Answer::No) {
            return Answer::No;
        }
        if answers.contains(&Answer::Maybe) { Answer::Maybe } else { Answer::Yes }
    }

    /// Whether the values, as text, contain this part.
    fn part(&self, part: &str) -> Answer {
        let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
        match self {
            _ if part.is_empty() => Answer::Yes,
            Self::Number(_) if !digits(part) => Answer::No,
            _ => Answer::Maybe,
        }
    }
}

/// The regions of a field with these tests.
pub(super) fn regions<'a>(atoms: &[&'a Atom], dates: &Dates) -> Vec<Region<'a>> {
    let absent = [Value::Missing, Value::Null, Value::Bool(false), Value::Bool(true)];
    let empty = [Value::Text("".into()), Value::List(Vec::new())];
    let objects = ["{}", "{\"a\":1}"].map(|json| Value::Object { json: json.into() });
    let mut regions: Vec<Region<'_>> =
        absent.into_iter().chain(empty).chain(objects).map(Region::Exact).collect();
    for known in atoms.iter().flat_map(|atom| known(&atom.test)) {
        if let Scalar::Text(text) = &known.scalar {
            regions.push(Region::Exact(Value::Text(Cow::Borrowed(text))));
        }
    }
    numbers(atoms, &mut regions);
    for fixed in 0..=2 * dates.fixed.len() {
        for relative in 0..=2 * dates.relative.len() {
            regions.extend([Region::Moment(fixed, relative), Region::Day(fixed, relative)]);
        }
    }
    regions.push(Region::Text);
    regions
}

/// Adds each number that a test compares with, and the ranges below, between and above these numbers.
fn numbers(atoms: &[&Atom], regions: &mut Vec<Region<'_>>) {
    let mut named: Vec<f64> = Vec::new();
    for atom in atoms {
        match &atom.test {
            Test::Number(_, bound) => named.push(*bound),
            test => named.extend(known(test).iter().filter_map(|known| match known.scalar {
                // adding 0 turns -0 into 0
                Scalar::Number(number) => Some(number + 0.0),
                _ => None,
            })),
        }
    }
    named.sort_by(f64::total_cmp);
    named.dedup();
    let below = named.first().copied().unwrap_or(f64::MAX);
    if f64::MIN < below {
        regions.push(Region::Number(f64::MIN));
    }
    for (index, number) in named.iter().enumerate() {
        regions.push(Region::Exact(Value::Number(*number)));
        let next = named.get(index + 1).copied().unwrap_or(f64::INFINITY);
        let between = number.next_up();
        if between < next {
            regions.push(Region::Number(between));
        }
    }
}
