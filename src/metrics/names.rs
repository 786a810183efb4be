//! The names of services as numbers.

use super::id::Id;
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use std::collections::HashMap;
use std::num::NonZero;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The number of a service. Numbers follow the order in which threads met the names, so no output may depend on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct ServiceNumber(NonZero<u32>);

impl ServiceNumber {
    /// The number of the name at this index.
    #[expect(clippy::expect_used, reason = "four billion names do not fit into memory")]
    pub(super) fn at(index: usize) -> Self {
        let next = index.checked_add(1).and_then(|next| u32::try_from(next).ok()).and_then(NonZero::new);
        Self(next.expect("there are fewer than four billion services"))
    }

    /// The index of its name.
    pub(super) fn index(self) -> usize {
        self.0.get() as usize - 1
    }
}

/// All names that threads have met. A thread that guessed wrong may have met a name that no event has.
#[derive(Default)]
pub(super) struct Names {
    known: Mutex<Known>,
    /// The caches of threads that have ended, for those that begin.
    caches: Mutex<Vec<KnownIds>>,
}

#[derive(Default)]
struct Known {
    numbers: HashMap<Box<str>, ServiceNumber>,
    names: Vec<Box<str>>,
}

impl Names {
    /// The number of a name.
    pub(super) fn number(&self, name: &str) -> ServiceNumber {
        lock(&self.known).number(name)
    }

    /// All names, in the order of their numbers.
    pub(super) fn into_names(self) -> Vec<Box<str>> {
        self.known.into_inner().unwrap_or_else(PoisonError::into_inner).names
    }
}

impl Known {
    fn number(&mut self, name: &str) -> ServiceNumber {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = ServiceNumber::at(self.names.len());
        self.numbers.insert(name.into(), number);
        self.names.push(name.into());
        number
    }
}

/// The names that one thread has met. It asks the others only for a name that is new to it.
///
/// It knows names as ids: a table of texts takes three times as long, because each text is elsewhere in memory.
pub(super) struct NameCache<'n> {
    names: &'n Names,
    known: KnownIds,
}

/// The numbers of the names that a thread has met.
#[derive(Default)]
struct KnownIds {
    state: RandomState,
    numbers: HashTable<(Id, ServiceNumber)>,
}

impl<'n> NameCache<'n> {
    /// A cache that another thread no longer needs, or a new one.
    pub(super) fn new(names: &'n Names) -> Self {
        let known = lock(&names.caches).pop().unwrap_or_default();
        Self { names, known }
    }

    pub(super) fn number(&mut self, name: &str) -> ServiceNumber {
        let KnownIds { state, numbers } = &mut self.known;
        let id = Id::of(name);
        let hash = id.hash(state);
        if let Some((_, number)) = numbers.find(hash, |(known, _)| *known == id) {
            return *number;
        }
        let number = self.names.number(name);
        numbers.insert_unique(hash, (id, number), |(known, _)| known.hash(state));
        number
    }
}

impl Drop for NameCache<'_> {
    fn drop(&mut self) {
        lock(&self.names.caches).push(std::mem::take(&mut self.known));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
