//! Finds entities that come twice, by a 64-bit hash of blueprint and identifier.
//!
//! A set takes 9 bytes for each place. After it has grown, 7/16 of its places are in use, which is 21 bytes for each
//! entity. There are several sets, because they do not grow at the same time: while a set grows, the old one exists too.

use foldhash::quality::FixedState;
use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher};

/// Finds entities that come twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Duplicates {
    /// The hashes of the entities of earlier blocks. A hash belongs to the set that its bits above [`SHARD_SHIFT`] name.
    seen: Vec<HashSet<u64, BuildHasherDefault<Unhashed>>>,
    /// The entities of the current block.
    block: Block,
    /// How many entities came before.
    pub(crate) count: u64,
    /// The identifiers of the first ones.
    pub(crate) first: Vec<String>,
}

/// The entities of a block: their hashes and their identifiers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Block {
    /// Each hash, and the end of the identifier in `text`.
    hashes: Vec<(u64, usize)>,
    text: String,
}

/// The number of sets.
const SHARDS: usize = 64;
/// A set places a hash by its lowest and its highest bits, so other bits choose the set.
const SHARD_SHIFT: u32 = 40;
/// The maximum number of identifiers to keep.
const MOST_NAMED: usize = 3;

impl Duplicates {
    /// Adds an entity to the current block.
    pub(super) fn count(&mut self, blueprint: &str, identifier: &str) {
        // the hash must not change from run to run
        let hash = FixedState::default().hash_one((blueprint, identifier));
        self.block.text.push_str(identifier);
        self.block.hashes.push((hash, self.block.text.len()));
    }

    /// Adds the block of another, and empties it.
    #[expect(clippy::expect_used, reason = "`count` writes the ends, and every shard has its set")]
    pub(super) fn absorb(&mut self, other: &mut Self) {
        self.seen.resize_with(SHARDS, HashSet::default);
        let Block { hashes, text } = std::mem::take(&mut other.block);
        let mut start = 0;
        for (hash, end) in hashes {
            let shard = (hash >> SHARD_SHIFT) as usize % SHARDS;
            if !self.seen.get_mut(shard).expect("every shard has its set").insert(hash) {
                self.count += 1;
                if self.first.len() < MOST_NAMED {
                    self.first.push(text.get(start..end).expect("the text has each identifier").to_owned());
                }
            }
            start = end;
        }
    }
}

/// Returns a number as its own hash, because it is a hash already.
#[derive(Debug, Clone, Default)]
struct Unhashed(u64);

impl Hasher for Unhashed {
    fn write(&mut self, _: &[u8]) {
        unreachable!("only numbers are hashed");
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(blocks: &[&[(&str, &str)]]) -> (u64, Vec<String>) {
        let mut all = Duplicates::default();
        for entities in blocks {
            let mut block = Duplicates::default();
            entities.iter().for_each(|(blueprint, identifier)| block.count(blueprint, identifier));
            all.absorb(&mut block);
            assert_eq!(block, Duplicates::default());
        }
        (all.count, all.first)
    }

    #[test]
    fn an_entity_that_comes_again_is_found_in_the_same_and_in_a_later_block() {
        let one = ("service", "a");
        assert_eq!(found(&[&[one, ("service", "b")], &[("_team", "a")]]), (0, vec![]));
        assert_eq!(
            found(&[&[one, one], &[("service", "é"), one]]),
            (2, vec!["a".to_owned(), "a".to_owned()])
        );
    }

    #[test]
    fn blueprint_and_identifier_are_kept_apart() {
        assert_eq!(found(&[&[("ab", "c"), ("a", "bc"), ("", "abc")]]).0, 0);
    }

    #[test]
    fn the_first_three_are_named_and_all_are_counted() {
        let names: Vec<String> = (0..1000).map(|number| format!("e{number}")).collect();
        let entities: Vec<(&str, &str)> = names.iter().map(|name| ("service", name.as_str())).collect();
        let (count, first) = found(&[&entities, &entities]);
        assert_eq!((count, first), (1000, ["e0", "e1", "e2"].map(str::to_owned).to_vec()));
    }
}
