//! The deployments that changes and incidents may name.

use super::body::{Deployment, KnownDeployment};
use super::id::Id;
use super::index::Index;
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
    /// It takes three steps. In the first two, no step depends on the one before, and nearly no branch on what is found,
    /// so that the processor waits for many of them at once.
    pub(super) fn find(&self, ids: &[Id]) -> Found {
        let Self { index, store } = self;
        let has_id = |number, id| store.get(number).is_some_and(|record| record.body.id == Some(id));
        let numbers: Vec<_> = ids.iter().map(|id| index.candidates(*id).next()).collect();
        let hits: Vec<bool> = numbers
            .iter()
            .zip(ids)
            .map(|(number, id)| number.is_some_and(|number| has_id(number, *id)))
            .collect();
        let mut found =
            Found { deployments: Vec::with_capacity(ids.len()), ends: Vec::with_capacity(ids.len()) };
        for ((id, first), is_hit) in ids.iter().zip(numbers).zip(hits) {
            let later = || index.candidates(*id).skip(1).find(|number| has_id(*number, *id));
            let number = if is_hit { first } else { later() };
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
