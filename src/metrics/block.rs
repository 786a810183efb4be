//! The events of one block, as a thread hands them over.

use super::body::{Body, Told};
use super::counts::Seen;
use super::decode::Events;
use super::event::Event;
use super::field::EventField;
use super::id::Id;
use super::kind::EventKind;
use super::known::Known;
use super::names::{NameCache, NameList};
use super::store::{Record, RecordNumber};
use crate::entity::Worker;
use crate::value::Value;
use std::collections::HashSet;
use std::ops::Range;

/// The words of an event that an explanation shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Detail {
    pub(super) id: Option<String>,
    pub(super) status: Option<String>,
    pub(super) environment: Option<String>,
}

/// The events of one block. Records are numbered within the block.
pub(super) struct Block<B> {
    /// The records to keep until the end.
    pub(super) kept: Vec<Record<B>>,
    /// The ids of kept events, each with the first record.
    pub(super) ids: Vec<(Id, RecordNumber)>,
    /// The words of kept events of explained services, each with its records.
    pub(super) details: Vec<(Range<RecordNumber>, Detail)>,
    /// The records to add to the totals at once.
    pub(super) direct: Vec<Record<B>>,
    pub(super) seen: Seen,
}

impl<B> Default for Block<B> {
    fn default() -> Self {
        Self {
            kept: Vec::new(),
            ids: Vec::new(),
            details: Vec::new(),
            direct: Vec::new(),
            seen: Seen::default(),
        }
    }
}

/// The records of an event in its block.
#[derive(Clone)]
struct Place {
    is_kept: bool,
    records: Range<usize>,
}

impl<B> Block<B> {
    /// An empty block with room for as many events as this one has.
    fn emptied(&self) -> Self {
        Self {
            kept: Vec::with_capacity(self.kept.len()),
            ids: Vec::with_capacity(self.ids.len()),
            details: Vec::new(),
            direct: Vec::with_capacity(self.direct.len()),
            seen: Seen::default(),
        }
    }

    #[expect(clippy::expect_used, reason = "a place is of the same block")]
    fn at(&mut self, place: &Place) -> &mut [Record<B>] {
        let records = if place.is_kept { &mut self.kept } else { &mut self.direct };
        records.get_mut(place.records.clone()).expect("the records exist")
    }
}

/// Turns decoded events into records.
///
/// The names of services and the ids of deployments are looked up at the end of a block, all together: then a processor
/// does not wait for the memory of one after another. Looking up only the names at once takes 9 % more CPU time for a
/// million events (2026-11).
pub(super) struct EventWorker<'e, B> {
    kind: EventKind,
    explained: &'e HashSet<&'e str>,
    /// Whether events without an id are kept too.
    keeps_all: bool,
    known: Known<'e>,
    cache: NameCache<'e>,
    block: Block<B>,
    /// The services that the events of the block name, and the record for each.
    names: NameList,
    records: Vec<Place>,
    /// The deployments that the events of the block name.
    deployments: Vec<Id>,
    naming: Vec<Naming>,
}

/// An event that names deployments.
struct Naming {
    told: Told,
    deployments: Range<usize>,
    place: Place,
}

impl<'e, B> EventWorker<'e, B> {
    pub(super) fn new(
        kind: EventKind,
        explained: &'e HashSet<&'e str>,
        keeps_all: bool,
        known: Known<'e>,
        cache: NameCache<'e>,
    ) -> Self {
        Self {
            kind,
            explained,
            keeps_all,
            known,
            cache,
            block: Block::default(),
            names: NameList::default(),
            records: Vec::new(),
            deployments: Vec::new(),
            naming: Vec::new(),
        }
    }
}

impl<'e, B: Body> Worker for EventWorker<'e, B> {
    type Elements = Events<'e>;
    type Part = Block<B>;

    fn element(&mut self, event: &Event<'_>) {
        let Self { block, .. } = self;
        block.seen.notice(event);
        let is_explained =
            !self.explained.is_empty() && event.services.iter().any(|name| self.explained.contains(&**name));
        let is_kept = self.keeps_all || event.id.is_some() || is_explained;
        let id = event.id.as_deref().map(Id::of);
        let told = Told { fact: event.fact, earliest: event.earliest, id };
        let records = if is_kept { &mut block.kept } else { &mut block.direct };
        let first = records.len();
        let mut push = |body| {
            let has_time_of_ingestion = event.has_time_of_ingestion;
            let index = records.len() - first;
            records.push(Record {
                service: None,
                body,
                continues: index > 0,
                has_more: index + 1 < event.services.len(),
                has_time_of_ingestion,
                is_replaced: false,
            });
        };
        for (index, name) in (first..).zip(&event.services) {
            // the body of one that names deployments comes with the end of the block
            push(if event.deployments.is_empty() { B::of(&told, None, &[]) } else { B::without_service() });
            self.names.push(name);
            self.records.push(Place { is_kept, records: index..index + 1 });
        }
        if event.services.is_empty() {
            push(B::without_service());
        }
        let records = first..records.len();
        if let Some(id) = id {
            block.ids.push((id, number(records.start)));
        }
        if is_explained {
            let records = number(records.start)..number(records.end);
            block.details.push((records, detail(self.kind, event)));
        }
        if !event.deployments.is_empty() {
            let from = self.deployments.len();
            self.deployments.extend(event.deployments.iter().map(|id| Id::of(id)));
            let deployments = from..self.deployments.len();
            self.naming.push(Naming { told, deployments, place: Place { is_kept, records } });
        }
    }

    fn take(&mut self) -> Block<B> {
        let services = self.cache.numbers(&mut self.names);
        for (place, service) in self.records.drain(..).zip(services) {
            self.block.at(&place).iter_mut().for_each(|record| record.service = Some(service));
        }
        self.link();
        let empty = self.block.emptied();
        std::mem::replace(&mut self.block, empty)
    }
}

impl<B: Body> EventWorker<'_, B> {
    /// Puts the bodies of events that name deployments in place.
    fn link(&mut self) {
        let deployments = self.known.find(&self.deployments);
        self.deployments.clear();
        for Naming { told, deployments: named, place } in self.naming.drain(..) {
            for record in self.block.at(&place) {
                record.body = B::of(&told, record.service, deployments.get(named.clone()));
            }
        }
    }
}

#[expect(clippy::expect_used, reason = "a block of four billion records does not fit into memory")]
fn number(index: usize) -> RecordNumber {
    u32::try_from(index).expect("a block has fewer than four billion records")
}

fn detail(kind: EventKind, event: &Event<'_>) -> Detail {
    let text = |field| match event.fields.find(field)?.value {
        Value::Text(text) => Some(text.clone().into_owned()),
        _ => None,
    };
    Detail {
        id: event.id.as_deref().map(str::to_owned),
        status: if kind == EventKind::Incident { None } else { text(EventField::Status) },
        environment: if kind == EventKind::Deployment { text(EventField::Environment) } else { None },
    }
}
