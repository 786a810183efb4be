//! The parts of an explanation: metrics with their formulas, and events.

use serde::Serialize;
use std::collections::BTreeMap;

/// A metric with its formula.
#[derive(Debug, Serialize)]
pub(super) struct FigureFact {
    pub(super) property: &'static str,
    pub(super) value: Option<f64>,
    pub(super) unit: &'static str,
    /// The formula with its numbers, or why there is no value.
    pub(super) formula: String,
}

/// The events of one feed that name the service.
#[derive(Debug, Serialize)]
pub(super) struct FeedFact {
    /// How many events count.
    pub(super) used: u64,
    /// How many do not, by the reason.
    pub(super) ignored: BTreeMap<&'static str, u64>,
    /// The slowest five that count, as indices of `events`.
    pub(super) slowest: Vec<usize>,
    /// All of them, in the order of the input.
    pub(super) events: Vec<EventFact>,
}

/// One event.
#[derive(Debug, Clone, Serialize)]
pub(super) struct EventFact {
    pub(super) id: Option<String>,
    /// When it happened: a deployment, the deployment of a change, the beginning of an incident.
    pub(super) time: Option<String>,
    /// For an incident, when it was resolved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) resolved: Option<String>,
    /// For a change, hours; for an incident, minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) duration: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) environment: Option<String>,
    /// Whether it counts for some metric.
    pub(super) used: bool,
    /// Why it does not count, or not for every metric.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<&'static str>,
    /// For a deployment, whether an incident is linked to it, if that is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) linked: Option<bool>,
}
