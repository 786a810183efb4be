//! Counts and words of the events of a feed that do not count, for warnings.

use super::event::{Event, Fact};
use super::field::EventField;
use super::status::DeploymentStatus;
use crate::value::{Instant, Value};

/// How many events of a feed did not count, and why.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) events: u64,
    pub(super) without_service: u64,
    /// With a status that does not count.
    pub(super) ignored_status: u64,
    pub(super) elsewhere: u64,
    pub(super) not_deployed: u64,
    pub(super) without_start: u64,
    pub(super) implausible: u64,
    pub(super) unresolved_with_duration: u64,
    pub(super) time_of_ingestion: u64,
}

impl Counts {
    /// Adds the counts of other events.
    pub(super) fn absorb(&mut self, other: &Self) {
        self.events += other.events;
        self.without_service += other.without_service;
        self.ignored_status += other.ignored_status;
        self.elsewhere += other.elsewhere;
        self.not_deployed += other.not_deployed;
        self.without_start += other.without_start;
        self.implausible += other.implausible;
        self.unresolved_with_duration += other.unresolved_with_duration;
        self.time_of_ingestion += other.time_of_ingestion;
    }
}

/// The words of a feed that made events not count, and its newest event.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    pub(super) statuses: Words,
    pub(super) environments: Words,
    /// The keys of an event without a service.
    pub(super) keys: Vec<String>,
    pub(super) newest: Option<Instant>,
}

/// A few different words, in the order in which they came.
#[derive(Debug, Clone, Default)]
pub(super) struct Words(Vec<String>);

/// The number of words to keep, enough for a message.
const MOST_WORDS: usize = 5;

impl Words {
    fn add(&mut self, word: &str) {
        if self.0.len() < MOST_WORDS && !self.0.iter().any(|known| known == word) {
            self.0.push(word.to_owned());
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl Seen {
    /// Notices the words of an event that does not count.
    pub(super) fn notice(&mut self, event: &Event<'_>) {
        let (newest, ignored) = match &event.fact {
            Fact::WithoutService => {
                if self.keys.is_empty() {
                    self.keys.clone_from(&event.keys);
                }
                return;
            }
            Fact::Deployment { time, is_chosen: false, .. } => {
                self.add(event, EventField::Environment);
                (Some(*time), false)
            }
            Fact::Deployment { time, status, .. } => (Some(*time), *status == DeploymentStatus::Unfinished),
            Fact::IgnoredChange => (None, true),
            Fact::Change { deployed, .. } => (deployed.latest(), false),
            Fact::Incident { start, .. } => (Some(*start), false),
        };
        self.newest = self.newest.max(newest);
        if ignored {
            self.add(event, EventField::Status);
        }
    }

    fn add(&mut self, event: &Event<'_>, field: EventField) {
        let Some(found) = event.fields.find(field) else { return };
        let words =
            if field == EventField::Environment { &mut self.environments } else { &mut self.statuses };
        if let Value::Text(word) = found.value {
            words.add(word);
        }
    }

    /// Adds what was noticed in the next block.
    pub(super) fn absorb(&mut self, next: Self) {
        next.statuses.iter().for_each(|word| self.statuses.add(word));
        next.environments.iter().for_each(|word| self.environments.add(word));
        if self.keys.is_empty() {
            self.keys = next.keys;
        }
        self.newest = self.newest.max(next.newest);
    }
}
