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
    /// A hash table for each part, of the first records of events.
    parts: Vec<Slots>,
}

/// The slots of a hash table: numbers from 1; 0 is free. At most half of them are filled.
type Slots = Vec<u32>;

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
    #[expect(clippy::expect_used, reason = "the slots have numbers of entries")]
    pub(super) fn into_index(self, threads: NonZero<usize>) -> (Index, Vec<RecordNumber>) {
        type Share = (Vec<(usize, Slots)>, Vec<RecordNumber>);
        let step = |(parts, replaced): &mut Share, number: usize| {
            let entries = self.entries(number);
            let mut slots = slots(&entries, &self.state, replaced);
            for slot in slots.iter_mut().filter(|slot| **slot > 0) {
                *slot = entries.get(*slot as usize - 1).expect("the entry exists").event + 1;
            }
            parts.push((number, slots));
        };
        let shares = share(self.threads(threads), PARTS, Share::default, step);
        let (parts, replaced): (Vec<_>, Vec<_>) = shares.into_iter().unzip();
        let mut parts: Vec<(usize, Slots)> = parts.into_iter().flatten().collect();
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
    /// The first records of the events that may have this id. Most often the first event has it, or none.
    #[inline(always)]
    pub(super) fn candidates(&self, id: Id) -> impl Iterator<Item = RecordNumber> {
        let hash = id.hash(&self.state);
        let slots = self.parts.get(part_of(hash)).map_or(&[][..], Vec::as_slice);
        let mut at = first_slot(hash, slots);
        std::iter::from_fn(move || {
            let number = slots.get(at)?.checked_sub(1);
            at = next_slot(at, slots);
            number
        })
    }
}

/// The hash table of these entries. Adds the events that a later one with the same id replaces to `replaced`.
#[expect(
    clippy::expect_used,
    reason = "the table has a free slot, and the other ones have numbers of entries"
)]
fn slots(entries: &[Entry], state: &RandomState, replaced: &mut Vec<RecordNumber>) -> Slots {
    let mut slots = vec![0; (entries.len() * 2).next_power_of_two()];
    for (number, entry) in (1..).zip(entries) {
        let mut at = first_slot(entry.id.hash(state), &slots);
        loop {
            let slot = slots.get_mut(at).expect("the slot exists");
            if let Some(known) = (*slot as usize).checked_sub(1) {
                let known = entries.get(known).expect("the entry exists");
                if known.id != entry.id {
                    at = next_slot(at, &slots);
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
fn first_slot(hash: u64, slots: &[u32]) -> usize {
    hash as usize & slots.len().saturating_sub(1)
}

fn next_slot(at: usize, slots: &[u32]) -> usize {
    (at + 1) & slots.len().saturating_sub(1)
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
                assert!(index.candidates(id(number)).any(|event| event == number + times * count));
                assert!(!index.candidates(id(number)).any(|event| event == number) || times == 0);
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
        assert_eq!(Index::default().candidates(id(1)).next(), None);
    }
}
