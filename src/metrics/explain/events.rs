//! Whether an event counts, and why not.

use super::fact::EventFact;
use crate::metrics::block::Detail;
use crate::metrics::body::{Body, Change, ChangeState, Deployment, DeploymentState, Incident, IncidentState};
use crate::metrics::link::Links;
use crate::metrics::options::{Failures, Options, Window};
use crate::metrics::quotient::nearest_quotient;
use crate::metrics::store::{Record, RecordNumber};
use crate::metrics::time::{HOUR, MINUTE};

/// Outside the window of the metrics.
pub(super) const OUTSIDE: &str = "outside the window";

fn event(body: &impl Body, detail: Detail, reason: Option<&'static str>) -> EventFact {
    EventFact {
        id: detail.id,
        time: body.time().map(|time| time.to_string()),
        resolved: None,
        duration: None,
        status: detail.status,
        environment: detail.environment,
        used: reason.is_none(),
        reason,
        linked: None,
    }
}

pub(super) fn deployment(
    number: RecordNumber,
    record: &Record<Deployment>,
    detail: Detail,
    options: &Options,
    links: Option<&Links>,
) -> EventFact {
    let body = &record.body;
    let reason = match body.state {
        DeploymentState::Elsewhere => Some("environment"),
        DeploymentState::Unfinished => Some("status"),
        DeploymentState::WithoutService => Some("no service"),
        _ if !options.window().contains(body.moment()) => Some(OUTSIDE),
        DeploymentState::Failed if options.failures != Failures::Status => Some("failed"),
        DeploymentState::Failed | DeploymentState::Successful => None,
    };
    let linked = links.filter(|_| body.is_successful()).map(|links| links.has(number));
    EventFact { linked, ..event(body, detail, reason) }
}

pub(super) fn change(record: &Record<Change>, detail: Detail, window: &Window) -> EventFact {
    let body = &record.body;
    let reason = match body.state {
        ChangeState::Counts => None,
        ChangeState::Ignored => Some("status"),
        ChangeState::NotDeployed => Some("no time of deployment"),
        ChangeState::DeploymentDoesNotCount => Some("its deployment does not count"),
        ChangeState::WithoutStart => Some("no start"),
        ChangeState::Implausible => Some("negative or too long"),
        ChangeState::WithoutService => Some("no service"),
    };
    let is_inside = body.time().is_none_or(|time| window.contains(time));
    let duration = body.counted().map(|(_, nanos)| nearest_quotient(nanos, HOUR.into()));
    EventFact { duration, ..event(body, detail, reason.or((!is_inside).then_some(OUTSIDE))) }
}

pub(super) fn incident(record: &Record<Incident>, detail: Detail, window: &Window) -> EventFact {
    let body = &record.body;
    let resolved = body.counted();
    let is_resolved_inside = resolved.is_some_and(|(at, _)| window.contains(at));
    let starts_inside = body.time().is_some_and(|start| window.contains(start));
    let reason = match (body.state, starts_inside) {
        (IncidentState::WithoutService, _) => Some("no service"),
        (IncidentState::Implausible, true) => Some("started; recovery negative or too long"),
        (IncidentState::Unresolved | IncidentState::UnresolvedWithDuration, true) => {
            Some("started; not resolved")
        }
        (IncidentState::Resolved, true) if !is_resolved_inside => {
            Some("started; resolved outside the window")
        }
        (IncidentState::Resolved, false) if is_resolved_inside => {
            Some("resolved; started outside the window")
        }
        (_, false) => Some(OUTSIDE),
        (IncidentState::Resolved, true) => None,
    };
    EventFact {
        resolved: resolved.map(|(at, _)| at.to_string()),
        duration: resolved
            .filter(|_| is_resolved_inside)
            .map(|(_, nanos)| nearest_quotient(nanos, MINUTE.into())),
        used: starts_inside || is_resolved_inside,
        ..event(body, detail, reason)
    }
}
