//! Reads the feeds and keeps what the metrics need.

use super::body::{Body, Change, ChangeState, Deployment, Incident};
use super::counts::{Countable, Counts, Seen};
use super::decode::Events;
use super::event::{Event, Fact};
use super::field::EventField;
use super::id::Id;
use super::kind::EventKind;
use super::names::{NameCache, Names, ServiceNumber};
use super::options::{Average, Failures, Options};
use super::packed::Packed;
use super::store::{RecordNumber, Store};
use super::totals::Totals;
use crate::diagnostic::Diagnostic;
use crate::entity::{Input, Progress, Settings, Worker, fold};
use crate::value::Value;
use std::collections::{HashMap, HashSet};

/// The events of all feeds, as far as the metrics need them.
pub(crate) struct Collected {
    pub(super) deployments: Feed<Deployment>,
    pub(super) changes: Feed<Change>,
    pub(super) incidents: Feed<Incident>,
    /// The totals of the events that are not kept, for each window.
    pub(super) direct: Vec<Totals>,
    /// The names of services, by their numbers. Some may be of no event.
    pub(super) names: Vec<Box<str>>,
    /// Whether an event names a service, by its number.
    pub(super) is_named: Vec<bool>,
}

/// The events of one feed.
pub(super) struct Feed<B> {
    pub(super) store: Store<B>,
    /// How many of the events that are not kept do not count.
    direct: Counts,
    pub(super) replaced: u64,
    pub(super) seen: Seen,
    /// The words of the events of explained services.
    pub(super) details: HashMap<RecordNumber, Detail>,
}

/// The words of an event that an explanation shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Detail {
    pub(super) id: Option<String>,
    pub(super) status: Option<String>,
    pub(super) environment: Option<String>,
}

impl<B: Countable> Feed<B> {
    fn new() -> Self {
        Self {
            store: Store::new(),
            direct: Counts::default(),
            replaced: 0,
            seen: Seen::default(),
            details: HashMap::new(),
        }
    }

    /// How many events there are, and why some do not count. Events that were replaced do not exist.
    pub(super) fn counts(&self) -> Counts {
        let mut counts = self.direct;
        for (_, record) in self.store.records().filter(|(_, record)| !record.continues) {
            count(&record.body, record.has_time_of_ingestion, &mut counts);
        }
        counts
    }
}

fn count(body: &impl Countable, has_time_of_ingestion: bool, counts: &mut Counts) {
    counts.events += 1;
    counts.time_of_ingestion += u64::from(has_time_of_ingestion);
    body.count(counts);
}

/// An event on its way from the thread that decoded it to [`Collected`].
struct Draft {
    id: Option<Id>,
    service: Option<ServiceNumber>,
    /// The services after the first one.
    more: Vec<ServiceNumber>,
    fact: Fact<Id>,
    has_time_of_ingestion: bool,
    earliest: Packed,
    detail: Option<Box<Detail>>,
}

impl Draft {
    fn services(&self) -> impl Iterator<Item = ServiceNumber> {
        self.service.into_iter().chain(self.more.iter().copied())
    }
}

/// The events of one block.
#[derive(Default)]
struct Block {
    drafts: Vec<Draft>,
    seen: Seen,
}

/// Turns decoded events into drafts.
struct EventWorker<'e> {
    kind: EventKind,
    names: NameCache<'e>,
    explained: &'e HashSet<&'e str>,
    block: Block,
}

impl<'e> Worker for EventWorker<'e> {
    type Elements = Events<'e>;
    type Part = Block;

    fn element(&mut self, event: &Event<'_>) {
        let Self { kind, names, explained, block } = self;
        block.seen.notice(event);
        let mut services = event.services.iter().map(|name| names.number(name));
        let (service, more) = (services.next(), services.collect());
        let is_explained =
            !explained.is_empty() && event.services.iter().any(|name| explained.contains(&**name));
        block.drafts.push(Draft {
            id: event.id.as_deref().map(Id::of),
            service,
            more,
            fact: event.fact.map_ids(|id| Id::of(id)),
            has_time_of_ingestion: event.has_time_of_ingestion,
            earliest: event.earliest.map_or(Packed::NONE, Packed::instant),
            detail: is_explained.then(|| Box::new(detail(*kind, event))),
        });
    }

    fn take(&mut self) -> Block {
        std::mem::take(&mut self.block)
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

/// The inputs of the feeds.
pub(crate) struct FeedInputs<'r> {
    pub(crate) deployments: Vec<Input<'r>>,
    pub(crate) changes: Vec<Input<'r>>,
    pub(crate) incidents: Vec<Input<'r>>,
}

impl Collected {
    /// Reads all feeds: deployments first, because changes and incidents refer to them.
    ///
    /// # Errors
    /// Returns the first problem of an input.
    pub(crate) fn read(
        options: &Options,
        inputs: FeedInputs<'_>,
        settings: Settings,
        mut progress: impl FnMut(Progress) + Send,
    ) -> Result<Self, Diagnostic> {
        let names = Names::default();
        let explained: HashSet<&str> = options.explained.iter().map(String::as_str).collect();
        let mut collected = Self {
            deployments: Feed::new(),
            changes: Feed::new(),
            incidents: Feed::new(),
            direct: vec![Totals::default(); options.windows.len()],
            names: Vec::new(),
            is_named: Vec::new(),
        };
        let mut before = Progress::default();
        let feeds = [
            (EventKind::Deployment, inputs.deployments),
            (EventKind::Change, inputs.changes),
            (EventKind::Incident, inputs.incidents),
        ];
        for (kind, inputs) in feeds {
            let events = Events { kind, options };
            let worker = || EventWorker {
                kind,
                names: NameCache::new(&names),
                explained: &explained,
                block: Block::default(),
            };
            let mut last = Progress::default();
            let advance = |now: Progress| {
                last = now;
                progress(Progress {
                    bytes: before.bytes + now.bytes,
                    elements: before.elements + now.elements,
                });
            };
            let commit = |block: &mut Block| {
                collected.add(kind, std::mem::take(block), options);
                Ok(())
            };
            fold::<EventWorker<'_>, Diagnostic>(inputs, &events, settings, worker, advance, commit)?;
            before.bytes += last.bytes;
            before.elements += last.elements;
        }
        collected.names = names.into_names();
        collected.note_named();
        Ok(collected)
    }

    fn add(&mut self, kind: EventKind, block: Block, options: &Options) {
        match kind {
            EventKind::Deployment => self.deployments.seen.absorb(block.seen),
            EventKind::Change => self.changes.seen.absorb(block.seen),
            EventKind::Incident => self.incidents.seen.absorb(block.seen),
        }
        for draft in block.drafts {
            self.add_event(kind, draft, options);
        }
    }

    /// Notes the services of the kept events. Those of all others are noted when they are read.
    fn note_named(&mut self) {
        let Self { deployments, changes, incidents, is_named, .. } = self;
        is_named.resize(self.names.len(), false);
        let deployments = deployments.store.records().filter_map(|(_, record)| record.service);
        let changes = changes.store.records().filter_map(|(_, record)| record.service);
        let incidents = incidents.store.records().filter_map(|(_, record)| record.service);
        for service in deployments.chain(changes).chain(incidents) {
            note(service, is_named);
        }
    }

    fn add_event(&mut self, kind: EventKind, draft: Draft, options: &Options) {
        let Self { deployments, changes, incidents, direct, is_named, .. } = self;
        let needs_median = options.average == Average::Median;
        let needs_links = options.failures == Failures::Linked;
        match kind {
            EventKind::Deployment => {
                let body = |_| match draft.fact {
                    Fact::Deployment { time, status, is_chosen } => Deployment::new(time, status, is_chosen),
                    _ => Deployment::WITHOUT_SERVICE,
                };
                keep(
                    deployments,
                    (direct, is_named),
                    &draft,
                    body,
                    Deployment::WITHOUT_SERVICE,
                    needs_links,
                    options,
                );
            }
            EventKind::Change => {
                let known = &deployments.store;
                let body = |service| match &draft.fact {
                    Fact::Change { deployed, lead } => Change::new(deployed, *lead, service, known),
                    _ => Change::uncounted(ChangeState::Ignored),
                };
                let body = |service| body(service).since(draft.earliest);
                let without_service = Change::uncounted(ChangeState::WithoutService);
                keep(changes, (direct, is_named), &draft, body, without_service, needs_median, options);
            }
            EventKind::Incident => {
                let known = &deployments.store;
                let body = |service| match &draft.fact {
                    Fact::Incident { start, recovery, deployments } => {
                        Incident::new(*start, *recovery, deployments, service, known)
                    }
                    _ => Incident::without_service(),
                };
                let is_needed = needs_median || needs_links;
                keep(
                    incidents,
                    (direct, is_named),
                    &draft,
                    body,
                    Incident::without_service(),
                    is_needed,
                    options,
                );
            }
        }
    }
}

/// Keeps an event if that is needed, or else adds it to the totals at once.
fn keep<B: Body + Countable>(
    feed: &mut Feed<B>,
    (direct, is_named): (&mut [Totals], &mut Vec<bool>),
    draft: &Draft,
    body: impl Fn(ServiceNumber) -> B,
    without_service: B,
    is_needed: bool,
    options: &Options,
) {
    if draft.id.is_some() || draft.detail.is_some() || is_needed {
        let with_service = draft.services().map(|service| (Some(service), body(service)));
        let (first, is_replaced) = if draft.service.is_some() {
            feed.store.add(draft.id, draft.has_time_of_ingestion, with_service)
        } else {
            feed.store.add(draft.id, draft.has_time_of_ingestion, [(None, without_service)])
        };
        feed.replaced += u64::from(is_replaced);
        if let Some(detail) = &draft.detail {
            feed.details
                .extend((first..).zip(draft.services()).map(|(number, _)| (number, (**detail).clone())));
        }
        return;
    }
    let Some(first) = draft.service else {
        count(&without_service, draft.has_time_of_ingestion, &mut feed.direct);
        return;
    };
    count(&body(first), draft.has_time_of_ingestion, &mut feed.direct);
    for service in draft.services() {
        note(service, is_named);
        let body = body(service);
        for (totals, window) in direct.iter_mut().zip(&options.windows) {
            let totals = totals.of_mut(service);
            body.add_to(totals, window);
            totals.has_begun |= body.earliest().is_some_and(|time| time < window.to);
        }
    }
}

/// Notes that an event names a service.
fn note(service: ServiceNumber, is_named: &mut Vec<bool>) {
    let index = service.index();
    if index >= is_named.len() {
        is_named.resize(index + 1, false);
    }
    if let Some(is_named) = is_named.get_mut(index) {
        *is_named = true;
    }
}
