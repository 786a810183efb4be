//! One event: what its fields say.

use super::field::{EventField, Fields, Found, Part};
use super::kind::EventKind;

use super::options::{Failures, Options};
use super::status::{DeploymentStatus, is_merged};
use super::time::{Duration, HOUR, MINUTE, parse_time};
use crate::diagnostic::{Code, quoted};
use crate::entity::{Rejection, kind};
use crate::json::{Fault, Scanner};
use crate::value::{Instant, Value, number_text};
use std::borrow::Cow;

/// One event of a feed.
pub(super) struct Event<'a> {
    /// The values that it was read from.
    pub(super) fields: Fields<'a>,
    /// Its identifier, if it has one.
    pub(super) id: Option<Cow<'a, str>>,
    /// The services that it names, each once.
    pub(super) services: Vec<Cow<'a, str>>,
    pub(super) fact: Fact,
    /// The ids of the deployments that it names.
    pub(super) deployments: Vec<Cow<'a, str>>,
    /// Whether its time is that of its ingestion into the portal.
    pub(super) has_time_of_ingestion: bool,
    /// The earliest of all its times, also of those that it does not need; only if the options ask for snapshots.
    pub(super) earliest: Option<Instant>,
    /// The keys of the first event without a service, for a warning.
    pub(super) keys: Vec<String>,
}

/// The content of an event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fact {
    /// It names no service.
    WithoutService,
    Deployment {
        time: Instant,
        status: DeploymentStatus,
        is_chosen: bool,
    },
    /// A change with a status that does not count.
    IgnoredChange,
    Change {
        deployed: Deployed,
        lead: Lead,
    },
    Incident {
        start: Instant,
        recovery: Recovery,
    },
}

/// When a change was deployed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Deployed {
    /// Its own time.
    At(Instant),
    /// The time of the deployments that it names; if all of them are unknown, the time of the merge.
    With { merged: Option<Instant> },
}

impl Deployed {
    /// A time that the change itself tells.
    pub(super) fn latest(&self) -> Option<Instant> {
        match self {
            Self::At(time) => Some(*time),
            Self::With { merged } => *merged,
        }
    }
}

/// How long a change took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Lead {
    /// It says so itself.
    Told(Duration),
    /// It took from this time until it was deployed.
    Since(Instant),
    Unknown,
}

/// How an incident ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Recovery {
    /// It is not resolved. Some say all the same how long it took.
    Unresolved {
        has_duration: bool,
    },
    Resolved {
        at: Instant,
        took: Duration,
    },
}

impl<'a> Event<'a> {
    /// An empty event, for a decoder to fill.
    pub(super) fn blank(kind: EventKind) -> Self {
        Self {
            fields: Fields::new(kind),
            id: None,
            services: Vec::new(),
            fact: Fact::WithoutService,
            deployments: Vec::new(),
            has_time_of_ingestion: false,
            earliest: None,
            keys: Vec::new(),
        }
    }

    /// Empties it for the next event.
    pub(super) fn clear(&mut self) {
        self.fields.clear();
        self.id = None;
        self.services.clear();
        self.deployments.clear();
        self.fact = Fact::WithoutService;
        self.has_time_of_ingestion = false;
        self.earliest = None;
    }

    /// Finds out what its fields say. Fields that it does not need are not looked at.
    ///
    /// # Errors
    /// Returns the first field of the wrong type or form. `start` is the byte at which the event begins.
    pub(super) fn interpret(
        &mut self,
        options: &Options,
        start: usize,
        scanner: &Scanner<'a>,
    ) -> Result<(), Rejection> {
        let Self { fields, id, services, deployments, .. } = self;
        let reader = Reader { fields, scanner, start, id: None };
        *id = reader.id()?;
        let reader = Reader { id: id.as_deref(), ..reader };
        reader.services(services)?;
        if !services.is_empty() {
            self.earliest = if options.has_snapshots { reader.earliest() } else { None };
            (self.fact, self.has_time_of_ingestion) = match fields.kind() {
                EventKind::Deployment => reader.deployment(options)?,
                EventKind::Change => reader.change(deployments)?,
                EventKind::Incident => reader.incident(options, deployments)?,
            };
        }
        Ok(())
    }
}

/// Reads the fields of one event.
struct Reader<'e, 'a> {
    fields: &'e Fields<'a>,
    scanner: &'e Scanner<'a>,
    /// The byte at which the event begins.
    start: usize,
    id: Option<&'e str>,
}

impl<'a> Reader<'_, 'a> {
    fn deployment(&self, options: &Options) -> Result<(Fact, bool), Rejection> {
        let (time, is_ingestion) = self.needed_time(EventField::Time)?;
        let status = DeploymentStatus::of(self.text(EventField::Status)?);
        let is_chosen = options.counts_environment(self.text(EventField::Environment)?);
        Ok((Fact::Deployment { time, status, is_chosen }, is_ingestion))
    }

    fn change(&self, deployments: &mut Vec<Cow<'a, str>>) -> Result<(Fact, bool), Rejection> {
        let merged = self.fields.find(EventField::Merged);
        if !is_merged(self.text(EventField::Status)?, merged.is_some()) {
            return Ok((Fact::IgnoredChange, false));
        }
        let deployed = match self.time(EventField::Deployed)? {
            Some((time, _)) => Deployed::At(time),
            None => {
                self.ids(EventField::Deployment, deployments)?;
                Deployed::With { merged: self.time(EventField::Merged)?.map(|(time, _)| time) }
            }
        };
        if let Some(told) = self.duration(EventField::LeadTime, HOUR)? {
            return Ok((Fact::Change { deployed, lead: Lead::Told(told) }, false));
        }
        let start = self.time(EventField::Start)?;
        let lead = start.map_or(Lead::Unknown, |(start, _)| Lead::Since(start));
        Ok((Fact::Change { deployed, lead }, start.is_some_and(|(_, is_ingestion)| is_ingestion)))
    }

    fn incident(
        &self,
        options: &Options,
        deployments: &mut Vec<Cow<'a, str>>,
    ) -> Result<(Fact, bool), Rejection> {
        let (start, is_ingestion) = self.needed_time(EventField::Start)?;
        let recovery = match self.time(EventField::Resolved)? {
            Some((at, _)) => {
                let told = self.duration(EventField::Recovery, MINUTE)?;
                Recovery::Resolved { at, took: told.unwrap_or_else(|| Duration::between(start, at)) }
            }
            None => {
                let has_duration = self.fields.find(EventField::Recovery).is_some();
                Recovery::Unresolved { has_duration }
            }
        };
        match options.failures {
            Failures::Linked => self.ids(EventField::Deployment, deployments)?,
            Failures::Incidents | Failures::Status => {}
        }
        Ok((Fact::Incident { start, recovery }, is_ingestion))
    }

    fn id(&self) -> Result<Option<Cow<'a, str>>, Rejection> {
        let Some(found) = self.fields.find(EventField::Id) else { return Ok(None) };
        if let Value::Text(text) = found.value {
            return Ok(Some(text.clone()));
        }
        let id = id_text(&mut self.scanner.at(found.at, 0))?;
        id.map_or_else(|| Err(self.wrong_type(&found, found.at, "a string or a number")), |id| Ok(Some(id)))
    }

    /// Adds the services, each once. An event without a service has none.
    fn services(&self, services: &mut Vec<Cow<'a, str>>) -> Result<(), Rejection> {
        let Some(found) = self.fields.find(EventField::Service) else { return Ok(()) };
        let items =
            if let Value::List(items) = found.value { items } else { std::slice::from_ref(found.value) };
        for item in items {
            match item {
                Value::Text(name) if name.is_empty() || services.contains(name) => {}
                Value::Text(name) => services.push(name.clone()),
                _ if found.value == item => {
                    return Err(self.wrong_type(&found, found.at, "a string or an array of strings"));
                }
                _ => {
                    let message = "the elements of `service` must be strings".to_owned();
                    let help = "correct the value, or leave the field out";
                    return Err(self.reject(Code::WrongType, found.at, message, help));
                }
            }
        }
        Ok(())
    }

    /// Adds the ids that a field names: one or several.
    fn ids(&self, field: EventField, ids: &mut Vec<Cow<'a, str>>) -> Result<(), Rejection> {
        let Some(found) = self.fields.find(field) else { return Ok(()) };
        if let Value::Text(text) = found.value {
            ids.push(text.clone());
            return Ok(());
        }
        let wrong_type = || self.wrong_type(&found, found.at, "a string, a number or an array of them");
        let mut scanner = self.scanner.at(found.at, 0);
        if scanner.peek() != Some(b'[') {
            ids.push(id_text(&mut scanner)?.ok_or_else(wrong_type)?);
            return Ok(());
        }
        scanner.open()?;
        let mut is_first = true;
        while scanner.element(&mut is_first)? {
            ids.push(id_text(&mut scanner)?.ok_or_else(wrong_type)?);
        }
        Ok(())
    }

    /// The earliest time of a change that can be read.
    fn earliest(&self) -> Option<Instant> {
        let fields: &[EventField] = match self.fields.kind() {
            EventKind::Change => &[EventField::Start, EventField::Deployed, EventField::Merged],
            // their times are kept anyway
            EventKind::Deployment | EventKind::Incident => &[],
        };
        let time = |field: &EventField| match self.fields.find(*field)?.value {
            Value::Text(text) => parse_time(text),
            _ => None,
        };
        fields.iter().filter_map(time).min()
    }

    fn text(&self, field: EventField) -> Result<Option<&str>, Rejection> {
        match self.fields.find(field) {
            None => Ok(None),
            Some(Found { value: Value::Text(text), .. }) => Ok(Some(text)),
            Some(found) => Err(self.wrong_type(&found, found.at, "a string")),
        }
    }

    /// A time, and whether it is that of the ingestion into the portal: the entity's own `createdAt`.
    fn time(&self, field: EventField) -> Result<Option<(Instant, bool)>, Rejection> {
        let Some(found) = self.fields.find(field) else { return Ok(None) };
        let Value::Text(text) = found.value else {
            return Err(self.wrong_type(&found, found.at, "a string with a time"));
        };
        let Some(time) = parse_time(text) else {
            let message = format!("`{}` is not a time: {}", found.name, quoted(text));
            let help = "write a time such as `2026-01-31T09:30:00Z`, or a day such as `2026-01-31`";
            return Err(self.reject(Code::NotADate, found.at, message, help));
        };
        let is_ingestion = self.fields.has_properties && found.part == Part::Own && found.name == "createdAt";
        Ok(Some((time, is_ingestion)))
    }

    /// A time that the event must have.
    fn needed_time(&self, field: EventField) -> Result<(Instant, bool), Rejection> {
        self.time(field)?.ok_or_else(|| {
            let kind = self.fields.kind();
            let message = format!("the {} has no time", kind.noun());
            let help = match kind {
                EventKind::Deployment => "add `deployedAt`, `finishedAt` or `createdAt`",
                EventKind::Change | EventKind::Incident => "add `triggeredAt`, `startedAt` or `createdAt`",
            };
            self.reject(Code::MissingTime, self.start, message, help)
        })
    }

    /// A duration, given as a number of units. `unit` is in nanoseconds.
    fn duration(&self, field: EventField, unit: u64) -> Result<Option<Duration>, Rejection> {
        match self.fields.find(field) {
            None => Ok(None),
            Some(Found { value: Value::Number(number), .. }) => Ok(Some(Duration::of(*number, unit))),
            Some(found) => Err(self.wrong_type(&found, found.at, "a number")),
        }
    }

    fn wrong_type(&self, found: &Found<'_, '_>, at: usize, expected: &str) -> Rejection {
        let kind = kind(self.scanner.at(at, 0).peek());
        let message = format!("`{}` must be {expected}, not {kind}", found.name);
        let help = "correct the value, or leave the field out";
        self.reject(Code::WrongType, at, message, help)
    }

    fn reject(&self, code: Code, at: usize, message: String, help: &'static str) -> Rejection {
        let within = self.id.map(|id| (self.fields.kind().noun(), id.to_owned()));
        Rejection::Shape { code, message, help, at, within }
    }
}

/// Reads an id: a string, or the text of a number. The digits of a whole number stay as they are written, because ids can
/// have more digits than a double keeps. `None` for a value of another type.
fn id_text<'a>(scanner: &mut Scanner<'a>) -> Result<Option<Cow<'a, str>>, Fault> {
    match scanner.peek() {
        Some(b'"') => scanner.string().map(Some),
        Some(b'-' | b'0'..=b'9') => {
            let from = scanner.pos();
            let number = scanner.number()?;
            let written = scanner.since(from);
            let is_whole = written.bytes().all(|byte| byte.is_ascii_digit());
            Ok(Some(if is_whole { Cow::Borrowed(written) } else { Cow::Owned(number_text(number)) }))
        }
        _ => Ok(None),
    }
}
