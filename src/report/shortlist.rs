//! The first items of a stream in the order of their keys, up to a limit.
//!
//! No more than twice the limit are in memory. So the result is the same as that of sorting all items and cutting the
//! list, but the memory does not grow with the input.

/// The first items of one block, or of all blocks.
#[derive(Debug)]
pub(crate) struct Shortlist<K, R> {
    limit: usize,
    entries: Vec<Entry<K, R>>,
    /// An item that does not come before this place is not kept; `None` as long as there is room.
    bound: Option<Place<K>>,
    /// The number of the first item.
    first: u64,
    /// The number of the next item.
    next: u64,
}

/// Which items the next block need not keep, because others come before them.
#[derive(Debug, Clone)]
pub(crate) struct Bound<K> {
    next: u64,
    place: Option<Place<K>>,
}

impl<K> Default for Bound<K> {
    fn default() -> Self {
        Self { next: 0, place: None }
    }
}

/// The place of an item: sorted by key, then by number. A number is the place in the input.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place<K> {
    key: K,
    number: u64,
}

#[derive(Debug)]
struct Entry<K, R> {
    place: Place<K>,
    item: R,
}

impl<K: Ord + Clone, R> Shortlist<K, R> {
    /// Creates an empty list for a block that comes after the blocks of the bound. The default bound is that of the
    /// first block.
    pub(crate) fn after(bound: &Bound<K>, limit: usize) -> Self {
        let Bound { next, place } = bound.clone();
        Self { limit, entries: Vec::new(), bound: place, first: next, next }
    }

    /// The bound for the blocks that follow.
    pub(crate) fn bound(&self) -> Bound<K> {
        Bound { next: self.next, place: self.bound.clone() }
    }

    /// Adds the next item. `item` is called only if there is room for it.
    pub(crate) fn add(&mut self, key: K, item: impl FnOnce() -> R) {
        let place = Place { key, number: self.next };
        self.next += 1;
        if self.has_room_for(&place) {
            self.insert(Entry { place, item: item() });
        }
    }

    /// Adds the list of the next block, and empties that list.
    pub(crate) fn absorb(&mut self, block: &mut Self) {
        for Entry { mut place, item } in block.entries.drain(..) {
            place.number = place.number - block.first + self.next;
            if self.has_room_for(&place) {
                self.insert(Entry { place, item });
            }
        }
        self.next += block.next - block.first;
    }

    fn has_room_for(&self, place: &Place<K>) -> bool {
        self.limit > 0 && self.bound.as_ref().is_none_or(|bound| place < bound)
    }

    fn insert(&mut self, entry: Entry<K, R>) {
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

    /// Puts the items in order.
    pub(crate) fn sort(&mut self) {
        self.cut();
        self.entries.sort_unstable_by(|a, b| a.place.cmp(&b.place));
    }

    /// The kept items. They are in order after [`Self::sort`].
    pub(crate) fn items(&self) -> impl Iterator<Item = &R> {
        self.entries.iter().map(|entry| &entry.item)
    }

    /// The kept items by their place in the input.
    pub(crate) fn into_items_in_input_order(mut self) -> Vec<R> {
        self.cut();
        self.entries.sort_unstable_by_key(|entry| entry.place.number);
        self.entries.into_iter().map(|entry| entry.item).collect()
    }

    /// How many items are in memory.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }
}
