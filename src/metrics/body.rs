//! The facts that are kept of an event, and how it adds to the totals of its service.

use super::counts::Counts;
use super::event::{Deployed, Fact, Lead, Recovery};
use super::id::Id;
use super::names::ServiceNumber;
use super::options::Window;
use super::packed::Packed;
use super::status::DeploymentStatus;
use super::store::{Record, RecordNumber};
use super::time::Duration;
use super::totals::ServiceTotals;
use crate::value::Instant;

/// A deployment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deployment {
    /// Its id, by which changes and incidents name it.
    pub(super) id: Option<Id>,
    time: Packed,
    pub(super) state: DeploymentState,
}

/// Whether a deployment counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DeploymentState {
    Successful,
    Failed,
    Unfinished,
    /// It went to an environment that was not chosen.
    Elsewhere,
    WithoutService,
}

/// A change.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change {
    deployed: Packed,
    lead: Packed,
    /// The earliest of all its times, for snapshots.
    earliest: Packed,
    pub(super) state: ChangeState,
}

/// Whether a change counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ChangeState {
    Counts,
    /// It has a status that does not count.
    Ignored,
    /// Nothing says when it was deployed.
    NotDeployed,
    /// It names a deployment that is known but does not count.
    DeploymentDoesNotCount,
    /// Nothing says when it began.
    WithoutStart,
    /// Its lead time is negative or far too long.
    Implausible,
    WithoutService,
}

/// An incident.
#[derive(Debug, Clone)]
pub(super) struct Incident {
    start: Packed,
    resolved: Packed,
    recovery: Packed,
    pub(super) state: IncidentState,
    /// The deployments of the service that it names.
    pub(super) deployments: Named,
}

/// Whether the recovery of an incident counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IncidentState {
    Resolved,
    Unresolved,
    /// It says how long the recovery took, but not when it ended.
    UnresolvedWithDuration,
    /// Its time to recover is negative or far too long.
    Implausible,
    WithoutService,
}

/// The deployments that an incident names.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Named {
    /// None of them is known.
    Unknown,
    /// Those that are successful; some may be known and not be among them.
    Known(Box<[RecordNumber]>),
}

impl Deployment {
    fn new(id: Option<Id>, time: Instant, status: DeploymentStatus, is_chosen: bool) -> Self {
        let state = match status {
            _ if !is_chosen => DeploymentState::Elsewhere,
            DeploymentStatus::Successful => DeploymentState::Successful,
            DeploymentStatus::Failed => DeploymentState::Failed,
            DeploymentStatus::Unfinished => DeploymentState::Unfinished,
        };
        Self { id, time: Packed::instant(time), state }
    }

    pub(super) fn moment(&self) -> Instant {
        self.time.to_instant()
    }

    pub(super) fn is_successful(&self) -> bool {
        self.state == DeploymentState::Successful
    }
}

impl Change {
    /// A change that does not count, for a reason that is known without its times.
    fn uncounted(state: ChangeState) -> Self {
        Self { deployed: Packed::ZERO, lead: Packed::ZERO, earliest: Packed::NONE, state }
    }

    /// A change of a service.
    fn new(
        deployed: Deployed,
        lead: Lead,
        service: Option<ServiceNumber>,
        named: &[KnownDeployment],
    ) -> Self {
        let time = match deployed {
            Deployed::At(time) => Some(time),
            Deployed::With { merged } => {
                let mut of_service = of_service(named, service).peekable();
                if of_service.peek().is_some() {
                    let successful = of_service.filter(|(_, record)| record.body.is_successful());
                    let Some(first) = successful.map(|(_, record)| record.body.moment()).min() else {
                        return Self::uncounted(ChangeState::DeploymentDoesNotCount);
                    };
                    Some(first)
                } else {
                    merged
                }
            }
        };
        let Some(time) = time else { return Self::uncounted(ChangeState::NotDeployed) };
        let duration = match lead {
            Lead::Told(duration) => duration,
            Lead::Since(start) => Duration::between(start, time),
            Lead::Unknown => {
                return Self {
                    deployed: Packed::instant(time),
                    ..Self::uncounted(ChangeState::WithoutStart)
                };
            }
        };
        let (lead, state) = match duration {
            Duration::Plausible(lead) => (lead, ChangeState::Counts),
            Duration::Implausible => (Packed::ZERO, ChangeState::Implausible),
        };
        Self { deployed: Packed::instant(time), lead, ..Self::uncounted(state) }
    }

    /// The same change, with the earliest of all its times.
    fn since(self, earliest: Option<Instant>) -> Self {
        Self { earliest: earliest.map_or(Packed::NONE, Packed::instant), ..self }
    }

    /// When it was deployed, if that is known.
    pub(super) fn deployed(&self) -> Option<Instant> {
        match self.state {
            ChangeState::Counts | ChangeState::Implausible | ChangeState::WithoutStart => {
                Some(self.deployed.to_instant())
            }
            ChangeState::Ignored
            | ChangeState::NotDeployed
            | ChangeState::DeploymentDoesNotCount
            | ChangeState::WithoutService => None,
        }
    }

    /// When it was deployed, and how many nanoseconds it took, if it counts.
    pub(super) fn counted(&self) -> Option<(Instant, u128)> {
        (self.state == ChangeState::Counts).then(|| (self.deployed.to_instant(), self.lead.to_nanos()))
    }
}

impl Incident {
    /// An incident of a service.
    fn new(
        start: Instant,
        recovery: Recovery,
        service: Option<ServiceNumber>,
        named: &[KnownDeployment],
    ) -> Self {
        let (resolved, recovery, state) = match recovery {
            Recovery::Resolved { at, took: Duration::Plausible(took) } => {
                (Packed::instant(at), took, IncidentState::Resolved)
            }
            Recovery::Resolved { at, took: Duration::Implausible } => {
                (Packed::instant(at), Packed::ZERO, IncidentState::Implausible)
            }
            Recovery::Unresolved { has_duration: false } => {
                (Packed::ZERO, Packed::ZERO, IncidentState::Unresolved)
            }
            Recovery::Unresolved { has_duration: true } => {
                (Packed::ZERO, Packed::ZERO, IncidentState::UnresolvedWithDuration)
            }
        };
        let mut of_service = of_service(named, service).peekable();
        let deployments = if of_service.peek().is_none() {
            Named::Unknown
        } else {
            let successful = of_service.filter(|(_, record)| record.body.is_successful());
            Named::Known(successful.map(|(number, _)| *number).collect())
        };
        Self { start: Packed::instant(start), resolved, recovery, state, deployments }
    }

    pub(super) fn start(&self) -> Instant {
        self.start.to_instant()
    }

    /// When it was resolved, and how many nanoseconds that took, if it counts.
    pub(super) fn counted(&self) -> Option<(Instant, u128)> {
        (self.state == IncidentState::Resolved)
            .then(|| (self.resolved.to_instant(), self.recovery.to_nanos()))
    }
}

/// What an event tells, without its words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) fact: Fact,
    /// The earliest of all its times; only if the options ask for snapshots.
    pub(super) earliest: Option<Instant>,
    pub(super) id: Option<Id>,
}

/// A deployment that an event names.
pub(super) type KnownDeployment = (RecordNumber, Record<Deployment>);

/// Those of the deployments that are of a service.
fn of_service(
    named: &[KnownDeployment],
    service: Option<ServiceNumber>,
) -> impl Iterator<Item = &KnownDeployment> {
    named.iter().filter(move |(_, record)| record.service == service)
}

/// The facts that are kept of an event of one kind.
pub(super) trait Body: Clone + Send + Sync {
    /// The event as one of a service. `named` are the known deployments that it names; without them, the service does not
    /// matter.
    fn of(told: &Told, service: Option<ServiceNumber>, named: &[KnownDeployment]) -> Self;

    /// An event without a service.
    fn without_service() -> Self;

    /// Adds it to the totals of its service in a window. Returns the duration that it adds to an average.
    fn add_to(&self, totals: &mut ServiceTotals, window: &Window) -> Option<u128>;

    /// Its time; `None` if nothing says when it happened.
    fn time(&self) -> Option<Instant>;

    /// The earliest of its times.
    fn earliest(&self) -> Option<Instant>;

    /// Counts why it does not count.
    fn count(&self, counts: &mut Counts);
}

impl Body for Deployment {
    fn of(told: &Told, _: Option<ServiceNumber>, _: &[KnownDeployment]) -> Self {
        match told.fact {
            Fact::Deployment { time, status, is_chosen } => Self::new(told.id, time, status, is_chosen),
            _ => unreachable!("the fact is of another kind"),
        }
    }

    fn without_service() -> Self {
        Self { id: None, time: Packed::ZERO, state: DeploymentState::WithoutService }
    }

    fn add_to(&self, totals: &mut ServiceTotals, window: &Window) -> Option<u128> {
        let count = match self.state {
            DeploymentState::Successful => &mut totals.deployments,
            DeploymentState::Failed => &mut totals.failed,
            DeploymentState::Unfinished | DeploymentState::Elsewhere | DeploymentState::WithoutService => {
                return None;
            }
        };
        *count += u64::from(window.contains(self.time.to_instant()));
        None
    }

    fn time(&self) -> Option<Instant> {
        (self.state != DeploymentState::WithoutService).then(|| self.time.to_instant())
    }

    fn earliest(&self) -> Option<Instant> {
        self.time()
    }

    fn count(&self, counts: &mut Counts) {
        match self.state {
            DeploymentState::Successful | DeploymentState::Failed => {}
            DeploymentState::Unfinished => counts.ignored_status += 1,
            DeploymentState::Elsewhere => counts.elsewhere += 1,
            DeploymentState::WithoutService => counts.without_service += 1,
        }
    }
}

impl Body for Change {
    fn of(told: &Told, service: Option<ServiceNumber>, named: &[KnownDeployment]) -> Self {
        let change = match told.fact {
            Fact::Change { deployed, lead } => Self::new(deployed, lead, service, named),
            Fact::IgnoredChange => Self::uncounted(ChangeState::Ignored),
            _ => unreachable!("the fact is of another kind"),
        };
        change.since(told.earliest)
    }

    fn without_service() -> Self {
        Self::uncounted(ChangeState::WithoutService)
    }

    fn add_to(&self, totals: &mut ServiceTotals, window: &Window) -> Option<u128> {
        let (_, nanos) = self.counted().filter(|(deployed, _)| window.contains(*deployed))?;
        totals.leads.add(nanos);
        Some(nanos)
    }

    fn time(&self) -> Option<Instant> {
        self.deployed()
    }

    fn earliest(&self) -> Option<Instant> {
        let earliest = (self.earliest != Packed::NONE).then(|| self.earliest.to_instant());
        earliest.into_iter().chain(self.deployed()).min()
    }

    fn count(&self, counts: &mut Counts) {
        match self.state {
            ChangeState::Counts | ChangeState::DeploymentDoesNotCount => {}
            ChangeState::Ignored => counts.ignored_status += 1,
            ChangeState::NotDeployed => counts.not_deployed += 1,
            ChangeState::WithoutStart => counts.without_start += 1,
            ChangeState::Implausible => counts.implausible += 1,
            ChangeState::WithoutService => counts.without_service += 1,
        }
    }
}

impl Body for Incident {
    fn of(told: &Told, service: Option<ServiceNumber>, named: &[KnownDeployment]) -> Self {
        match told.fact {
            Fact::Incident { start, recovery } => Self::new(start, recovery, service, named),
            _ => unreachable!("the fact is of another kind"),
        }
    }

    fn without_service() -> Self {
        Self {
            start: Packed::ZERO,
            resolved: Packed::ZERO,
            recovery: Packed::ZERO,
            state: IncidentState::WithoutService,
            deployments: Named::Unknown,
        }
    }

    fn add_to(&self, totals: &mut ServiceTotals, window: &Window) -> Option<u128> {
        if self.state != IncidentState::WithoutService && window.contains(self.start()) {
            totals.incidents += 1;
        }
        let (_, nanos) = self.counted().filter(|(resolved, _)| window.contains(*resolved))?;
        totals.recoveries.add(nanos);
        Some(nanos)
    }

    fn time(&self) -> Option<Instant> {
        (self.state != IncidentState::WithoutService).then(|| self.start())
    }

    fn earliest(&self) -> Option<Instant> {
        let is_resolved = matches!(self.state, IncidentState::Resolved | IncidentState::Implausible);
        self.time().into_iter().chain(is_resolved.then(|| self.resolved.to_instant())).min()
    }

    fn count(&self, counts: &mut Counts) {
        match self.state {
            IncidentState::Resolved | IncidentState::Unresolved => {}
            IncidentState::UnresolvedWithDuration => counts.unresolved_with_duration += 1,
            IncidentState::Implausible => counts.implausible += 1,
            IncidentState::WithoutService => counts.without_service += 1,
        }
    }
}
