//! A series of dated results. The last date is kept with its entities; of every earlier date only the results of those
//! entities, in four bytes each, and the counts are kept.

use super::card_places::CardPlaces;
use super::catalog::{Card, Catalog, Grade, Held};
use super::interned::Id;
use super::order::Used;
use super::side::{EntityNumber, Side};
use crate::result::Summary;
use crate::value::Instant;
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// How often each result occurs, by scorecard.
type Counts = HashMap<(Id<Card>, Held), u64, FixedState>;

/// What is kept of a date.
pub(super) struct DateResults {
    pub(super) as_of: Instant,
    /// What its document says about its scorecards.
    pub(super) summary: Option<Summary>,
    pub(super) used: Used,
    pub(super) counts: Counts,
    /// The result of each result of the last date: the same entity and scorecard.
    pub(super) results: Vec<Kept>,
}

/// A result of an entity at a date, in four bytes: 0 if the entity or the scorecard is not there, 1 if the scorecard does
/// not apply, otherwise the number of the grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Kept(u32);

impl Kept {
    #[expect(clippy::expect_used, reason = "four billion grades do not fit into memory")]
    fn new(held: Held) -> Self {
        let number = |grade: Id<Grade>| {
            u32::try_from(grade.index() + 2).expect("there are fewer than four billion grades")
        };
        Self(held.map_or(1, number))
    }

    /// The grade, if there is one.
    pub(super) fn grade(self) -> Option<Id<Grade>> {
        self.0.checked_sub(2).map(|index| Id::at(index as usize))
    }
}

/// Dated results, the last date first.
#[derive(Default)]
pub(crate) struct Series {
    /// The entities of the last date.
    last: Option<Side>,
    pub(super) dates: Vec<DateResults>,
}

impl Series {
    /// Adds the results of a date, which is earlier than those before.
    pub(crate) fn add(&mut self, as_of: Instant, mut side: Side, catalog: &Catalog) {
        let mut counts = Counts::default();
        for (card, held) in side.numbers().flat_map(|entity| side.results(entity)) {
            *counts.entry((*card, *held)).or_default() += 1;
        }
        let used = Used::of(&side, catalog);
        let results = match &self.last {
            Some(last) => earlier(last, &side),
            None => side
                .numbers()
                .flat_map(|entity| side.results(entity))
                .map(|(_, held)| Kept::new(*held))
                .collect(),
        };
        let summary = side.document.summary.take();
        self.dates.push(DateResults { as_of, summary, used, counts, results });
        self.last.get_or_insert(side);
    }

    /// The entities of the last date.
    ///
    /// # Panics
    /// If there is no date.
    #[expect(clippy::expect_used, reason = "it is said in the comment")]
    pub(crate) fn last(&self) -> &Side {
        self.last.as_ref().expect("there is a date")
    }
}

/// The results of the entities of `last` at the earlier date of `side`.
fn earlier(last: &Side, side: &Side) -> Vec<Kept> {
    let mut results = vec![Kept::default(); last.result_count()];
    let (mut expected, mut places) = (last.numbers().next(), CardPlaces::default());
    for entity in side.numbers() {
        let names = side.names(entity);
        let Some(partner) = last.find_from(expected, names.blueprint, names.identifier) else { continue };
        expected = Some(EntityNumber::next(partner));
        let ((start, later), mut is_filled) = (last.placed_results(partner), false);
        for (at, (card, held)) in side.results(entity).iter().enumerate() {
            // both dates usually have the scorecards in the same order
            let same = later.get(at).is_some_and(|(other, _)| other == card);
            let place = if same {
                Some(at)
            } else {
                if !std::mem::replace(&mut is_filled, true) {
                    places.fill(later);
                }
                places.get(*card)
            };
            if let Some(result) = place.and_then(|place| results.get_mut(start + place)) {
                *result = Kept::new(*held);
            }
        }
    }
    results
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_result_gives_its_grade_back() {
        let grade = Id::at(7);
        assert_eq!(Kept::new(Some(grade)).grade(), Some(grade));
        assert_eq!((Kept::new(None).grade(), Kept::default().grade()), (None, None));
        assert_ne!(Kept::new(None), Kept::default());
        assert_eq!(size_of::<Kept>(), 4);
    }
}
