//! The ids of a feed: which event has which id, and which events a later one with the same id replaces.
//!
//! The ids are divided by their hashes into parts, and the table of a part fits into the cache of a processor. One table
//! of all ids, filled while reading, takes 25 % more CPU time for a million events, and more for more (2026-11).

use super::id::Id;
use super::parallel::share;
use super::store::RecordNumber;
use foldhash::fast::RandomState;
use std::num::NonZero;

/// The number of parts. Each has 20,000 ids of five million.
const PARTS: usize = 1 << PART_BITS;
const PART_BITS: u32 = 8;

/// The number of ids in a chunk. One long list would need three times its memory whenever it grows.
const CHUNK: usize = 1 << 10;

/// An id, and the first record of the event that has it.
#[derive(Debug, Clone, Copy)]
struct Entry {
    id: Id,
    event: RecordNumber,
}

/// The ids of the events that have been read, in the order of the input.
pub(super) struct Ids {
    state: RandomState,
    parts: Vec<Entries>,
    count: usize,
}

/// The ids of one part.
#[derive(Clone, Default)]
struct Entries {
    full: Vec<Vec<Entry>>,
    /// The chunk that is being filled.
    last: Vec<Entry>,
}

/// The events of all ids. The ids themselves are where the events are.
#[derive(Default)]
pub(super) struct Index {
    state: RandomState,
    /// A hash table for each part. A slot has the tag of an id above the first record of its event, counted from 1; 0 is
    /// free. Without tags, a lookup would often read the record of another id: 6 % more CPU time for six million events
    /// (2026-11).
    parts: Vec<Vec<u64>>,
}

/// The beginning of a lookup.
#[derive(Clone, Copy)]
pub(super) struct Lookup {
    hash: u64,
    /// The first slot in which the id may be.
    slot: u64,
}

impl Ids {
    pub(super) fn new() -> Self {
        Self { state: RandomState::default(), parts: vec![Entries::default(); PARTS], count: 0 }
    }

    /// Adds the id of the next event.
    #[expect(clippy::expect_used, reason = "there are as many parts as the bits can tell apart")]
    pub(super) fn push(&mut self, id: Id, event: RecordNumber) {
        self.count += 1;
        let part = self.parts.get_mut(part_of(id.hash(&self.state))).expect("the part exists");
        if part.last.len() == CHUNK {
            part.full.push(std::mem::replace(&mut part.last, Vec::with_capacity(CHUNK)));
        }
        part.last.push(Entry { id, event });
    }

    /// The first records of the events that are replaced by a later one with the same id.
    pub(super) fn replaced(self, threads: NonZero<usize>) -> Vec<RecordNumber> {
        let step = |replaced: &mut Vec<RecordNumber>, number: usize| {
            slots(&self.entries(number), &self.state, replaced);
        };
        share(self.threads(threads), PARTS, Vec::new, step).concat()
    }

    /// The index of all events, and the first records of those that are replaced by a later one with the same id.
    pub(super) fn into_index(self, threads: NonZero<usize>) -> (Index, Vec<RecordNumber>) {
        type Share = (Vec<(usize, Vec<u64>)>, Vec<RecordNumber>);
        let step = |(parts, replaced): &mut Share, number: usize| {
            let entries = self.entries(number);
            let tagged = |slot: u32| {
                let entry = (slot as usize).checked_sub(1).and_then(|number| entries.get(number));
                let slot = |entry: &Entry| tag_of(entry.id.hash(&self.state)) | (u64::from(entry.event) + 1);
                entry.map_or(0, slot)
            };
            let slots = slots(&entries, &self.state, replaced).into_iter().map(tagged).collect();
            parts.push((number, slots));
        };
        let shares = share(self.threads(threads), PARTS, Share::default, step);
        let (parts, replaced): (Vec<_>, Vec<_>) = shares.into_iter().unzip();
        let mut parts: Vec<(usize, Vec<u64>)> = parts.into_iter().flatten().collect();
        parts.sort_unstable_by_key(|(number, _)| *number);
        let parts = parts.into_iter().map(|(_, slots)| slots).collect();
        (Index { state: self.state, parts }, replaced.concat())
    }

    fn entries(&self, part: usize) -> Vec<Entry> {
        self.parts.get(part).map_or_else(Vec::new, |Entries { full, last }| {
            let mut entries = Vec::with_capacity(full.len() * CHUNK + last.len());
            full.iter().chain([last]).for_each(|chunk| entries.extend_from_slice(chunk));
            entries
        })
    }

    /// The number of threads to use: one for a few ids.
    fn threads(&self, most: NonZero<usize>) -> NonZero<usize> {
        if self.count < PARTS * CHUNK / 16 { NonZero::<usize>::MIN } else { most }
    }
}

impl Index {
    /// Begins to look up an id.
    #[inline(always)]
    pub(super) fn look_up(&self, id: Id) -> Lookup {
        let hash = id.hash(&self.state);
        let slots = self.part(hash);
        Lookup { hash, slot: slots.get(first_slot(hash, slots.len())).map_or(0, |slot| *slot) }
    }

    /// The first records of the events that may have the id. Nearly always there is at most one.
    #[inline(always)]
    pub(super) fn candidates(&self, lookup: Lookup) -> impl Iterator<Item = RecordNumber> {
        let Lookup { hash, mut slot } = lookup;
        let slots = self.part(hash);
        let mut at = first_slot(hash, slots.len());
        std::iter::from_fn(move || {
            while slot != 0 {
                let this = slot;
                at = next_slot(at, slots.len());
                slot = slots.get(at).map_or(0, |slot| *slot);
                if this & TAG == tag_of(hash) {
                    return number_of(this);
                }
            }
            None
        })
    }

    fn part(&self, hash: u64) -> &[u64] {
        self.parts.get(part_of(hash)).map_or(&[], Vec::as_slice)
    }
}

/// The bits of a slot that are the tag.
const TAG: u64 = !(u32::MAX as u64);

/// The tag of a hash: bits that do not select the part and seldom the slot.
fn tag_of(hash: u64) -> u64 {
    (hash << PART_BITS) & TAG
}

/// The record of a slot.
#[expect(clippy::cast_possible_truncation, reason = "the lower half is wanted")]
fn number_of(slot: u64) -> Option<RecordNumber> {
    (slot as u32).checked_sub(1)
}

/// The hash table of these entries. A slot has the number of an entry, from 1; 0 is free. At most half of the slots are
/// filled. Adds the events that a later one with the same id replaces to `replaced`.
#[expect(
    clippy::expect_used,
    reason = "the table has a free slot, and the other ones have numbers of entries"
)]
fn slots(entries: &[Entry], state: &RandomState, replaced: &mut Vec<RecordNumber>) -> Vec<u32> {
    let mut slots = vec![0; (entries.len() * 2).next_power_of_two()];
    for (number, entry) in (1..).zip(entries) {
        let mut at = first_slot(entry.id.hash(state), slots.len());
        loop {
            let slot = slots.get_mut(at).expect("the slot exists");
            if let Some(known) = (*slot as usize).checked_sub(1) {
                let known = entries.get(known).expect("the entry exists");
                if known.id != entry.id {
                    at = next_slot(at, slots.len());
                    continue;
                }
                replaced.push(known.event);
            }
            *slot = number;
            break;
        }
    }
    slots
}

/// The part of a hash: its highest bits. The lowest ones select the slot.
fn part_of(hash: u64) -> usize {
    (hash >> (u64::BITS - PART_BITS)) as usize
}

#[expect(clippy::cast_possible_truncation, reason = "the lowest bits are wanted")]
fn first_slot(hash: u64, count: usize) -> usize {
    hash as usize & count.saturating_sub(1)
}

fn next_slot(at: usize, count: usize) -> usize {
    (at + 1) & count.saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u32) -> Id {
        Id::of(&number.to_string())
    }

    #[test]
    fn the_last_event_with_an_id_replaces_those_before_it() {
        for (count, threads) in [(0, 1), (5, 1), (60_000, 3)] {
            let threads = NonZero::new(threads).unwrap();
            let ids = || {
                let mut ids = Ids::new();
                (0..count).for_each(|number| ids.push(id(number), number));
                // every third id comes again, and every sixth once more
                (0..count).step_by(3).for_each(|number| ids.push(id(number), count + number));
                (0..count).step_by(6).for_each(|number| ids.push(id(number), 2 * count + number));
                ids
            };
            let (index, mut replaced) = ids().into_index(threads);
            for number in 0..count {
                let times = u32::from(number % 3 == 0) + u32::from(number % 6 == 0);
                let found: Vec<u32> = index.candidates(index.look_up(id(number))).collect();
                assert!(found.contains(&(number + times * count)), "{number}");
                assert!(!found.contains(&number) || times == 0, "{number}");
            }
            let mut expected: Vec<u32> = (0..count).step_by(3).collect();
            expected.extend((0..count).step_by(6).map(|number| count + number));
            replaced.sort_unstable();
            expected.sort_unstable();
            assert_eq!(replaced, expected);
            let mut replaced = ids().replaced(threads);
            replaced.sort_unstable();
            assert_eq!(replaced, expected);
        }
        let none = Index::default();
        assert_eq!(none.candidates(none.look_up(id(1))).next(), None);
    }
}
