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

    /// The numbers of the names of a list, which becomes empty.
    pub(super) fn numbers(&mut self, list: &mut NameList) -> Vec<ServiceNumber> {
        // first those that are known, because nothing else in this loop keeps the processor from looking ahead
        let KnownIds { state, numbers } = &self.known;
        let known: Vec<Option<ServiceNumber>> = list.ids.iter().map(|id| find(*id, state, numbers)).collect();
        let mut from = 0;
        let numbers = known.into_iter().zip(&list.ids).zip(&list.ends).map(|((known, id), end)| {
            let name = list.text.get(std::mem::replace(&mut from, *end)..*end);
            known.unwrap_or_else(|| {
                self.number(*id, name.unwrap_or_else(|| unreachable!("the name is in the text")))
            })
        });
        let numbers = numbers.collect();
        list.ids.clear();
        list.text.clear();
        list.ends.clear();
        numbers
    }

    /// The number of a name that may be new.
    fn number(&mut self, id: Id, name: &str) -> ServiceNumber {
        let KnownIds { state, numbers } = &mut self.known;
        if let Some(number) = find(id, state, numbers) {
            return number;
        }
        let number = self.names.number(name);
        numbers.insert_unique(id.hash(state), (id, number), |(known, _)| known.hash(state));
        number
    }
}

fn find(id: Id, state: &RandomState, numbers: &HashTable<(Id, ServiceNumber)>) -> Option<ServiceNumber> {
    numbers.find(id.hash(state), |(known, _)| *known == id).map(|(_, number)| *number)
}

/// The names of a block, to look up all at once.
#[derive(Default)]
pub(super) struct NameList {
    ids: Vec<Id>,
    /// The names, one after another, and where each ends.
    text: String,
    ends: Vec<usize>,
}

impl NameList {
    pub(super) fn push(&mut self, name: &str) {
        self.ids.push(Id::of(name));
        self.text.push_str(name);
        self.ends.push(self.text.len());
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
