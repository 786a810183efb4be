//! Values that are stored once and named by numbers.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::{BuildHasher, Hash, Hasher};
use std::marker::PhantomData;
use std::num::NonZero;

/// The number of a value. Numbers follow the order in which threads met the values, so no output may depend on them.
#[derive(Debug)]
pub(crate) struct Id<T>(NonZero<u32>, PhantomData<fn() -> T>);

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for Id<T> {}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<T> Id<T> {
    /// The number of the value at this index.
    #[expect(clippy::expect_used, reason = "four billion values do not fit into memory")]
    pub(super) fn at(index: usize) -> Self {
        let next = index.checked_add(1).and_then(|next| u32::try_from(next).ok()).and_then(NonZero::new);
        Self(next.expect("there are fewer than four billion values"), PhantomData)
    }

    /// The index of the value, for tables with a place for each value.
    pub(crate) fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// Values of one type, each once.
#[derive(Debug)]
pub(crate) struct Interned<T> {
    values: Vec<T>,
    numbers: HashTable<Id<T>>,
}

impl<T> Default for Interned<T> {
    fn default() -> Self {
        Self { values: Vec::new(), numbers: HashTable::new() }
    }
}

impl<T: Eq + Hash> Interned<T> {
    /// The number of a value. A new value is stored.
    pub(super) fn intern(&mut self, value: T) -> Id<T> {
        if let Some(id) = self.find(&value) {
            return id;
        }
        let id = Id::at(self.values.len());
        let hash = hash(&value);
        self.values.push(value);
        let values = &self.values;
        self.numbers.insert_unique(hash, id, |other| hash_of(values, *other));
        id
    }

    /// The number of a value, if it is stored.
    pub(super) fn find(&self, value: &T) -> Option<Id<T>> {
        self.numbers.find(hash(value), |id| self.get(*id) == value).copied()
    }
}

impl<T> Interned<T> {
    /// The value with this number.
    #[expect(clippy::expect_used, reason = "only `intern` creates numbers, each with its value")]
    pub(crate) fn get(&self, id: Id<T>) -> &T {
        self.values.get(id.index()).expect("every number has a value")
    }

    /// The values, in the order of their numbers.
    pub(super) fn values(&self) -> impl Iterator<Item = &T> {
        self.values.iter()
    }

    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }
}

fn hash<T: Hash>(value: &T) -> u64 {
    FixedState::default().hash_one(value)
}

#[expect(clippy::expect_used, reason = "only `intern` creates numbers, each with its value")]
fn hash_of<T: Hash>(values: &[T], id: Id<T>) -> u64 {
    hash(values.get(id.index()).expect("every number has a value"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_have_one_number() {
        let mut words: Interned<String> = Interned::default();
        let first: Vec<Id<String>> = (0..1000).map(|n| words.intern(format!("word {n}"))).collect();
        assert_eq!(words.len(), 1000);
        for (n, id) in first.iter().enumerate() {
            assert_eq!(words.intern(format!("word {n}")), *id);
            assert_eq!(words.get(*id), &format!("word {n}"));
        }
        assert_eq!((words.len(), words.find(&"other".to_owned())), (1000, None));
    }
}
