//! The deployments that changes and incidents may name.

use super::body::{Deployment, KnownDeployment};
use super::id::Id;
use super::index::{Index, Lookup};
use super::store::Store;
use std::ops::Range;

/// All deployments, with the event of each id.
#[derive(Clone, Copy)]
pub(super) struct Known<'e> {
    pub(super) index: &'e Index,
    pub(super) store: &'e Store<Deployment>,
}

/// The deployments with some ids, in the order of the ids.
pub(super) struct Found {
    deployments: Vec<KnownDeployment>,
    /// For each id, where its deployments end.
    ends: Vec<usize>,
}

impl Known<'_> {
    /// Finds the deployments with these ids.
    ///
    /// It takes three steps: one reads the slots of all ids, one the slots after them where that is needed, and one the
    /// records. So hardly anything in a step depends on memory that is yet to arrive, and the processor waits for many ids
    /// at once.
    pub(super) fn find(&self, ids: &[Id]) -> Found {
        let Self { index, store } = self;
        let lookups: Vec<Lookup> = ids.iter().map(|id| index.look_up(*id)).collect();
        let numbers: Vec<_> = lookups.iter().map(|lookup| index.candidates(*lookup).next()).collect();
        let mut found =
            Found { deployments: Vec::with_capacity(ids.len()), ends: Vec::with_capacity(ids.len()) };
        for ((id, lookup), first) in ids.iter().zip(lookups).zip(numbers) {
            let has_id = |number: &_| store.get(*number).is_some_and(|record| record.body.id == Some(*id));
            let later = || index.candidates(lookup).skip(1).find(has_id);
            let number = first.and_then(|first| if has_id(&first) { Some(first) } else { later() });
            let event = number.into_iter().flat_map(|number| store.event(number));
            found.deployments.extend(event.map(|(number, record)| (number, *record)));
            found.ends.push(found.deployments.len());
        }
        found
    }
}

impl Found {
    /// The deployments of some of the ids.
    #[expect(clippy::expect_used, reason = "the ids are those of the list")]
    pub(super) fn get(&self, ids: Range<usize>) -> &[KnownDeployment] {
        let start = |id: usize| {
            id.checked_sub(1).map_or(0, |before| *self.ends.get(before).expect("the id is in the list"))
        };
        self.deployments.get(start(ids.start)..start(ids.end)).expect("the deployments are in the list")
    }
}
