//! The events of one block, as a thread hands them over.

use super::body::{Body, Deployment, KnownDeployment, Told};
use super::counts::Seen;
use super::decode::Events;
use super::event::Event;
use super::field::EventField;
use super::id::Id;
use super::index::Index;
use super::kind::EventKind;
use super::names::NameCache;
use super::store::{Record, RecordNumber, Store};
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

/// The deployments that changes and incidents may name.
#[derive(Clone, Copy)]
pub(super) struct Known<'e> {
    pub(super) index: &'e Index,
    pub(super) store: &'e Store<Deployment>,
}

/// Turns decoded events into records.
pub(super) struct EventWorker<'e, B> {
    pub(super) kind: EventKind,
    pub(super) names: NameCache<'e>,
    pub(super) explained: &'e HashSet<&'e str>,
    /// Whether events without an id are kept too.
    pub(super) keeps_all: bool,
    pub(super) known: Known<'e>,
    pub(super) block: Block<B>,
    pub(super) naming: Naming,
}

/// The events of a block that name deployments. They are looked up together, so that a processor waits for the memory
/// of several at once: this takes 10 % less time for a million events (2026-11).
#[derive(Default)]
pub(super) struct Naming {
    ids: Vec<Id>,
    events: Vec<NamingEvent>,
}

/// An event that names deployments, and its records.
struct NamingEvent {
    told: Told,
    ids: Range<usize>,
    is_kept: bool,
    records: Range<usize>,
}

impl<'e, B: Body> Worker for EventWorker<'e, B> {
    type Elements = Events<'e>;
    type Part = Block<B>;

    fn element(&mut self, event: &Event<'_>) {
        let Self { block, naming, .. } = self;
        block.seen.notice(event);
        let is_explained =
            !self.explained.is_empty() && event.services.iter().any(|name| self.explained.contains(&**name));
        let is_kept = self.keeps_all || event.id.is_some() || is_explained;
        let told = Told { fact: event.fact, earliest: event.earliest };
        let records = if is_kept { &mut block.kept } else { &mut block.direct };
        let first = records.len();
        let mut push = |service, body| {
            records.push(Record {
                service,
                continues: records.len() > first,
                body,
                has_time_of_ingestion: event.has_time_of_ingestion,
                is_replaced: false,
            });
        };
        for name in &event.services {
            let service = self.names.number(name);
            // one that names deployments becomes complete with the block
            let is_complete = event.deployments.is_empty();
            push(Some(service), if is_complete { B::of(&told, service, &[]) } else { B::without_service() });
        }
        if event.services.is_empty() {
            push(None, B::without_service());
        }
        let records = first..records.len();
        if !event.deployments.is_empty() {
            let from = naming.ids.len();
            naming.ids.extend(event.deployments.iter().map(|id| Id::of(id)));
            naming.events.push(NamingEvent {
                told,
                ids: from..naming.ids.len(),
                is_kept,
                records: records.clone(),
            });
        }
        if let Some(id) = &event.id {
            block.ids.push((Id::of(id), number(records.start)));
        }
        if is_explained {
            let records = number(records.start)..number(records.end);
            block.details.push((records, detail(self.kind, event)));
        }
    }

    fn take(&mut self) -> Block<B> {
        let Self { block, naming, known, .. } = self;
        naming.resolve(*known, block);
        std::mem::take(block)
    }
}

#[expect(clippy::expect_used, reason = "a block of four billion records does not fit into memory")]
fn number(index: usize) -> RecordNumber {
    u32::try_from(index).expect("a block has fewer than four billion records")
}

impl Naming {
    /// Looks up the deployments, and puts the bodies that follow from them in place.
    #[expect(clippy::expect_used, reason = "the ranges are those of the same lists")]
    fn resolve<B: Body>(&mut self, known: Known<'_>, block: &mut Block<B>) {
        let numbers: Vec<Option<RecordNumber>> = self.ids.drain(..).map(|id| known.index.find(id)).collect();
        let mut deployments: Vec<KnownDeployment> = Vec::with_capacity(numbers.len());
        let mut ends = Vec::with_capacity(numbers.len());
        for number in numbers {
            let event = number.into_iter().flat_map(|number| known.store.event(number));
            deployments.extend(event.map(|(number, record)| (number, *record)));
            ends.push(deployments.len());
        }
        let start =
            |id: usize| id.checked_sub(1).map_or(0, |before| *ends.get(before).expect("the id exists"));
        for NamingEvent { told, ids, is_kept, records } in self.events.drain(..) {
            let named = deployments.get(start(ids.start)..start(ids.end)).expect("the deployments exist");
            let list = if is_kept { &mut block.kept } else { &mut block.direct };
            for record in list.get_mut(records).expect("the records exist") {
                if let Some(service) = record.service {
                    record.body = B::of(&told, service, named);
                }
            }
        }
    }
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
