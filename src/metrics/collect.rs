//! Reads the feeds and keeps what the metrics need.

use super::body::{Body, Change, Deployment, Incident};
use super::counts::{Counts, Seen};
use super::decode::Events;
use super::event::Event;
use super::field::EventField;
use super::id::Id;
use super::kind::EventKind;
use super::names::{NameCache, Names, ServiceNumber};
use super::options::{Average, Failures, Options};
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

impl<B: Body> Feed<B> {
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

fn count(body: &impl Body, has_time_of_ingestion: bool, counts: &mut Counts) {
    counts.events += 1;
    counts.time_of_ingestion += u64::from(has_time_of_ingestion);
    body.count(counts);
}

/// An event on its way from the thread that decoded it to its feed.
struct Draft<B> {
    id: Option<Id>,
    /// Its first service with the facts for it; `None` for an event without a service.
    first: Option<(ServiceNumber, B)>,
    /// Its other services with the facts for each.
    more: Vec<(ServiceNumber, B)>,
    has_time_of_ingestion: bool,
    detail: Option<Box<Detail>>,
}

/// The events of one block.
struct Block<B> {
    drafts: Vec<Draft<B>>,
    seen: Seen,
}

impl<B> Default for Block<B> {
    fn default() -> Self {
        Self { drafts: Vec::new(), seen: Seen::default() }
    }
}

/// Turns decoded events into drafts.
struct EventWorker<'e, B> {
    kind: EventKind,
    names: NameCache<'e>,
    explained: &'e HashSet<&'e str>,
    deployments: &'e Store<Deployment>,
    block: Block<B>,
}

impl<'e, B: Body> Worker for EventWorker<'e, B> {
    type Elements = Events<'e>;
    type Part = Block<B>;

    fn element(&mut self, event: &Event<'_>) {
        let Self { kind, names, explained, deployments, block } = self;
        block.seen.notice(event);
        let mut bodies = event.services.iter().map(|name| {
            let service = names.number(name);
            (service, B::of(event, service, deployments))
        });
        let (first, more) = (bodies.next(), bodies.collect());
        let is_explained =
            !explained.is_empty() && event.services.iter().any(|name| explained.contains(&**name));
        block.drafts.push(Draft {
            id: event.id.as_deref().map(Id::of),
            first,
            more,
            has_time_of_ingestion: event.has_time_of_ingestion,
            detail: is_explained.then(|| Box::new(detail(*kind, event))),
        });
    }

    fn take(&mut self) -> Block<B> {
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
        progress: impl FnMut(Progress) + Send,
    ) -> Result<Self, Diagnostic> {
        let explained: HashSet<&str> = options.explained.iter().map(String::as_str).collect();
        let names = Names::default();
        let mut reading = Reading {
            options,
            names: &names,
            explained: &explained,
            settings,
            progress,
            before: Progress::default(),
            direct: vec![Totals::default(); options.windows.len()],
            is_named: Vec::new(),
        };
        let needs_median = options.average == Average::Median;
        let needs_links = options.failures == Failures::Linked;
        let none = Store::new();
        let deployments = reading.feed(EventKind::Deployment, inputs.deployments, &none, needs_links)?;
        let known = &deployments.store;
        let changes = reading.feed(EventKind::Change, inputs.changes, known, needs_median)?;
        let is_needed = needs_median || needs_links;
        let incidents = reading.feed(EventKind::Incident, inputs.incidents, known, is_needed)?;
        let Reading { direct, is_named, .. } = reading;
        let names = names.into_names();
        let mut collected = Self { deployments, changes, incidents, direct, names, is_named };
        collected.note_named();
        Ok(collected)
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
}

/// The state while the feeds are read.
struct Reading<'e, P> {
    options: &'e Options,
    names: &'e Names,
    explained: &'e HashSet<&'e str>,
    settings: Settings,
    progress: P,
    /// The progress of the feeds before.
    before: Progress,
    direct: Vec<Totals>,
    is_named: Vec<bool>,
}

impl<P: FnMut(Progress) + Send> Reading<'_, P> {
    /// Reads one feed. Events without an id are kept only if `is_needed`.
    fn feed<B: Body>(
        &mut self,
        kind: EventKind,
        inputs: Vec<Input<'_>>,
        deployments: &Store<Deployment>,
        is_needed: bool,
    ) -> Result<Feed<B>, Diagnostic> {
        let Self { options, names, explained, settings, progress, before, direct, is_named } = self;
        let (options, names, explained) = (*options, *names, *explained);
        let events = Events { kind, options };
        let worker = || EventWorker {
            kind,
            names: NameCache::new(names),
            explained,
            deployments,
            block: Block::default(),
        };
        let mut feed = Feed::new();
        let mut now = *before;
        let advance = |read: Progress| {
            now = Progress { bytes: before.bytes + read.bytes, elements: before.elements + read.elements };
            progress(now);
        };
        let commit = |block: &mut Block<B>| {
            feed.seen.absorb(std::mem::take(&mut block.seen));
            for draft in block.drafts.drain(..) {
                if is_needed || draft.id.is_some() || draft.detail.is_some() {
                    feed.keep(draft);
                } else {
                    feed.add(&draft, options, direct, is_named);
                }
            }
            Ok(())
        };
        fold(inputs, &events, *settings, worker, advance, commit)?;
        *before = now;
        Ok(feed)
    }
}

impl<B: Body> Feed<B> {
    /// Keeps an event until the end.
    fn keep(&mut self, draft: Draft<B>) {
        let Draft { id, first, more, has_time_of_ingestion, detail } = draft;
        let count = first.iter().count() + more.len();
        let (number, is_replaced) = match first {
            Some(first) => {
                let bodies = std::iter::once(first).chain(more);
                self.store.add(id, has_time_of_ingestion, bodies.map(|(service, body)| (Some(service), body)))
            }
            None => self.store.add(id, has_time_of_ingestion, [(None, B::without_service())]),
        };
        self.replaced += u64::from(is_replaced);
        if let Some(detail) = detail {
            self.details.extend((number..).take(count).map(|number| (number, (*detail).clone())));
        }
    }

    /// Adds an event to the totals of its services at once.
    fn add(&mut self, draft: &Draft<B>, options: &Options, direct: &mut [Totals], is_named: &mut Vec<bool>) {
        let Draft { first, more, has_time_of_ingestion, .. } = draft;
        match first {
            Some((_, body)) => count(body, *has_time_of_ingestion, &mut self.direct),
            None => count(&B::without_service(), *has_time_of_ingestion, &mut self.direct),
        }
        for (service, body) in first.iter().chain(more) {
            note(*service, is_named);
            for (totals, window) in direct.iter_mut().zip(&options.windows) {
                let totals = totals.of_mut(*service);
                body.add_to(totals, window);
                totals.has_begun |= body.earliest().is_some_and(|time| time < window.to);
            }
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
