//! Reads the feeds and keeps what the metrics need.

use super::block::{Block, Detail, EventWorker};
use super::body::{Body, Change, Deployment, Incident};
use super::counts::{Counts, Seen};
use super::decode::Events;
use super::index::{Ids, Index};
use super::kind::EventKind;
use super::known::Known;
use super::names::{NameCache, Names, ServiceNumber};
use super::options::{Average, Failures, Options, Window};
use super::store::{Record, RecordNumber, Store};
use super::totals::Totals;
use crate::diagnostic::Diagnostic;
use crate::entity::{Input, Progress, Settings, fold};
use std::collections::{HashMap, HashSet};
use std::num::NonZero;

/// The events of all feeds, as far as the metrics need them.
pub(crate) struct Collected {
    pub(super) deployments: Feed<Deployment>,
    pub(super) changes: Feed<Change>,
    pub(super) incidents: Feed<Incident>,
    /// The totals of the events that are not kept, for each window.
    pub(super) direct: Vec<Totals>,
    /// The names of services, by their numbers. Some may be of no event.
    pub(super) names: Vec<Box<str>>,
    /// The number of threads for passes over the events.
    pub(super) threads: NonZero<usize>,
}

/// The events of one feed.
pub(super) struct Feed<B> {
    pub(super) store: Store<B>,
    /// How many events that are not kept there are, and why some do not count.
    pub(super) direct: Counts,
    pub(super) replaced: u64,
    pub(super) seen: Seen,
    /// The words of the events of explained services.
    pub(super) details: HashMap<RecordNumber, Detail>,
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
        };
        let needs_median = options.average == Average::Median;
        let needs_links = options.failures == Failures::Linked;
        let (index, store) = (Index::default(), Store::new());
        let none = Known { index: &index, store: &store };
        let (mut deployments, ids) =
            reading.feed(EventKind::Deployment, inputs.deployments, none, needs_links)?;
        let (index, replaced) = ids.into_index(settings.threads);
        deployments.replace(&replaced);
        let known = Known { index: &index, store: &deployments.store };
        let (mut changes, ids) = reading.feed(EventKind::Change, inputs.changes, known, needs_median)?;
        changes.replace(&ids.replaced(settings.threads));
        let is_needed = needs_median || needs_links;
        let (mut incidents, ids) = reading.feed(EventKind::Incident, inputs.incidents, known, is_needed)?;
        incidents.replace(&ids.replaced(settings.threads));
        drop(index);
        let (direct, names) = (reading.direct, names.into_names());
        Ok(Self { deployments, changes, incidents, direct, names, threads: settings.threads })
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
}

impl<P: FnMut(Progress) + Send> Reading<'_, P> {
    /// Reads one feed. Events without an id are kept only if `is_needed`.
    fn feed<B: Body>(
        &mut self,
        kind: EventKind,
        inputs: Vec<Input<'_>>,
        known: Known<'_>,
        is_needed: bool,
    ) -> Result<(Feed<B>, Ids), Diagnostic> {
        let Self { options, names, explained, settings, progress, before, direct } = self;
        let (options, names, explained) = (*options, *names, *explained);
        let events = Events { kind, options };
        let worker = || EventWorker::new(kind, explained, is_needed, known, NameCache::new(names));
        let (mut feed, mut ids) = (Feed::new(), Ids::new());
        let mut now = *before;
        let advance = |read: Progress| {
            now = before.plus(read);
            progress(now);
        };
        let commit = |block: &mut Block<B>| {
            feed.seen.absorb(std::mem::take(&mut block.seen));
            feed.keep(block, &mut ids);
            feed.add(&block.direct, options, direct);
            Ok(())
        };
        fold(inputs, &events, *settings, worker, advance, commit)?;
        *before = now;
        Ok((feed, ids))
    }
}

impl<B: Body> Feed<B> {
    /// Keeps events until the end.
    fn keep(&mut self, block: &mut Block<B>, ids: &mut Ids) {
        let first = self.store.next_number();
        self.store.append(&mut block.kept);
        block.ids.drain(..).for_each(|(id, number)| ids.push(id, first + number));
        for (numbers, detail) in block.details.drain(..) {
            self.details.extend(numbers.map(|number| (first + number, detail.clone())));
        }
    }

    /// Adds events to the totals of their services at once.
    fn add(&mut self, records: &[Record<B>], options: &Options, direct: &mut [Totals]) {
        for record in records {
            record.count(&mut self.direct);
            for (totals, window) in direct.iter_mut().zip(&options.windows) {
                record.add_to(totals, window);
            }
        }
    }

    /// Marks the events that later ones replace, each by its first record.
    fn replace(&mut self, replaced: &[RecordNumber]) {
        self.replaced = replaced.len() as u64;
        replaced.iter().for_each(|first| self.store.mark_as_replaced(*first));
    }
}

impl<B: Body> Record<B> {
    /// Counts the event, by its first record.
    pub(super) fn count(&self, counts: &mut Counts) {
        if !self.continues {
            counts.events += 1;
            counts.time_of_ingestion += u64::from(self.has_time_of_ingestion);
            self.body.count(counts);
        }
    }

    /// Adds it to the totals of its service. Returns its service and the duration that it adds to an average.
    pub(super) fn add_to(&self, totals: &mut Totals, window: &Window) -> Option<(ServiceNumber, u128)> {
        let service = self.service?;
        let of_service = totals.of_mut(service);
        of_service.is_named = true;
        let duration = self.body.add_to(of_service, window);
        of_service.has_begun |= self.body.earliest().is_some_and(|time| time < window.to);
        Some((service, duration?))
    }
}
