//! Selects the entities to list: the first ones in the requested order, up to the limit.
//!
//! No more than twice the limit are in memory. So the result is the same as that of sorting all entities and cutting
//! the list, but the memory does not grow with the input.

use super::context::Context;
use super::order::{Order, SortKey};
use super::row::Row;
use crate::grade::Graded;

/// The entities to list, of one block or of all blocks.
#[derive(Debug)]
pub(crate) struct Listing<'o> {
    order: &'o Order,
    limit: usize,
    entries: Vec<Entry>,
    /// An entity that does not come before this place is not listed; `None` as long as there is room.
    bound: Option<Place>,
    /// The number of the first entity.
    first: u64,
    /// The number of the next entity.
    next: u64,
    /// The number of entities, for each scorecard that is the first one of its blueprint.
    counts: Vec<u64>,
}

/// Which entities the next block need not list, because others come before them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bound {
    next: u64,
    place: Option<Place>,
}

/// The place of an entity in the list: sorted by key, then by number. A number is the place in the input.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    key: Option<Box<SortKey>>,
    number: u64,
}

#[derive(Debug)]
struct Entry {
    place: Place,
    row: Row,
}

impl<'o> Listing<'o> {
    /// Creates an empty list for a block that comes after the blocks of the bound. The default bound is that of the
    /// first block.
    pub(crate) fn after(bound: &Bound, order: &'o Order, limit: usize) -> Self {
        let Bound { next, place } = bound.clone();
        Self { order, limit, entries: Vec::new(), bound: place, first: next, next, counts: Vec::new() }
    }

    /// The bound for the blocks that follow.
    pub(crate) fn bound(&self) -> Bound {
        Bound { next: self.next, place: self.bound.clone() }
    }

    /// Adds the next entity. Entities that no scorecard grades are neither listed nor counted.
    pub(crate) fn add(&mut self, context: Context<'_>, graded: &Graded<'_>) {
        let Some(first) = graded.outcomes().next() else { return };
        self.count(first.index(), 1);
        let place = Place { key: self.order.key(graded), number: self.next };
        self.next += 1;
        if self.has_room_for(&place) {
            self.insert(Entry { place, row: Row::new(context, graded) });
        }
    }

    /// Adds the list of the next block, and empties that list.
    pub(crate) fn absorb(&mut self, block: &mut Listing<'_>) {
        for (index, count) in block.counts.drain(..).enumerate() {
            self.count(index, count);
        }
        for Entry { mut place, row } in block.entries.drain(..) {
            place.number = place.number - block.first + self.next;
            if self.has_room_for(&place) {
                self.insert(Entry { place, row });
            }
        }
        self.next += block.next - block.first;
    }

    fn count(&mut self, scorecard: usize, entities: u64) {
        if self.counts.len() <= scorecard {
            self.counts.resize(scorecard + 1, 0);
        }
        if let Some(count) = self.counts.get_mut(scorecard) {
            *count += entities;
        }
    }

    fn has_room_for(&self, place: &Place) -> bool {
        self.limit > 0 && self.bound.as_ref().is_none_or(|bound| place < bound)
    }

    fn insert(&mut self, entry: Entry) {
        self.entries.push(entry);
        let is_full = self.bound.is_none() && self.entries.len() == self.limit;
        if is_full || self.entries.len() == self.limit.saturating_mul(2) {
            self.cut();
        }
    }

    /// Removes what is over the limit, and lowers the bound.
    fn cut(&mut self) {
        let Some(last) = self.limit.checked_sub(1).filter(|last| *last < self.entries.len()) else { return };
        let (_, last, _) = self.entries.select_nth_unstable_by(last, |a, b| a.place.cmp(&b.place));
        self.bound = Some(last.place.clone());
        self.entries.truncate(self.limit);
    }

    /// Puts the entities in order.
    pub(crate) fn sort(&mut self) {
        self.cut();
        self.entries.sort_unstable_by(|a, b| a.place.cmp(&b.place));
    }

    /// The listed entities. They are in order after [`Self::sort`].
    pub(super) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.entries.iter().map(|entry| &entry.row)
    }

    /// The number of entities, listed or not, for each scorecard that is the first one of its blueprint.
    pub(super) fn counts(&self) -> impl Iterator<Item = (usize, u64)> {
        self.counts.iter().copied().enumerate()
    }
}
