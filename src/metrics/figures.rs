//! The metrics as numbers: the quotients of exact totals.

use super::options::{Failures, Feeds, Options, Window};
use super::time::{HOUR, MINUTE};
use super::totals::{ServiceTotals, Sum};
use crate::dora::{self, GUIDE, Metric, Tier};
use crate::entity::EntityRecord;
use crate::value::nearest_quotient;
use serde_json::{Value, json};

/// The metrics of a service or of a team. `None` is not known, or has no value.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Figures {
    pub(crate) total_deployments: Option<u64>,
    /// Per week.
    pub(crate) deployment_frequency: Option<f64>,
    /// Hours.
    pub(crate) lead_time: Option<f64>,
    pub(crate) total_incidents: Option<u64>,
    /// Percent.
    pub(crate) failure_rate: Option<f64>,
    /// Minutes.
    pub(crate) recovery_time: Option<f64>,
}

/// The medians of a service or of a team: each as the sum of the middle two, in nanoseconds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Medians {
    pub(super) lead: Option<u128>,
    pub(super) recovery: Option<u128>,
}

impl Figures {
    /// The metrics of these totals. `medians` take the place of means.
    pub(super) fn new(
        totals: &ServiceTotals,
        medians: Option<Medians>,
        window: &Window,
        options: &Options,
    ) -> Self {
        let Feeds { deployments, changes, incidents } = options.feeds;
        let count = u128::from(totals.deployments);
        let average = |sum: Sum, middle: fn(Medians) -> Option<u128>, unit: u64| match medians {
            Some(medians) => middle(medians).map(|twice| nearest_quotient(twice, 2 * u128::from(unit))),
            None => quotient(sum.nanos, u128::from(sum.count) * u128::from(unit)),
        };
        let frequency = nearest_quotient(count * 7, u128::from(window.span.days()));
        let lead_time = average(totals.leads, |medians| medians.lead, HOUR);
        let recovery_time = average(totals.recoveries, |medians| medians.recovery, MINUTE);
        Self {
            total_deployments: deployments.then_some(totals.deployments),
            deployment_frequency: deployments.then_some(frequency),
            lead_time: lead_time.filter(|_| changes),
            total_incidents: incidents.then_some(totals.incidents),
            failure_rate: failure_rate(totals, options.failures).filter(|_| knows_failures(options)),
            recovery_time: recovery_time.filter(|_| incidents),
        }
    }

    /// Sets the properties of a service, or of a team with this number of services.
    pub(crate) fn set_properties(&self, services: Option<u64>, record: &mut EntityRecord) {
        let per_service = services.map(|services| self.per_service(services));
        if let Some(services) = services {
            if !record.has_property("type") {
                record.set_property("type", json!("team"));
            }
            record.set_property("services", json!(services));
        }
        record.set_property(dora::TOTAL_DEPLOYMENTS, json!(self.total_deployments));
        record.set_property(dora::DEPLOYMENT_FREQUENCY, json!(self.deployment_frequency));
        if let Some(per_service) = per_service {
            record.set_property(dora::DEPLOYMENT_FREQUENCY_PER_SERVICE, json!(per_service));
        }
        record.set_property(dora::LEAD_TIME, json!(self.lead_time));
        record.set_property(dora::TOTAL_INCIDENTS, json!(self.total_incidents));
        record.set_property(dora::FAILURE_RATE, json!(self.failure_rate));
        record.set_property(dora::RECOVERY_TIME, json!(self.recovery_time));
        let frequency = per_service.unwrap_or(self.deployment_frequency);
        record.set_property("deploy_freq_tier", tier(Metric::DeploymentFrequency, frequency));
        record.set_property("lead_time_tier", tier(Metric::LeadTime, self.lead_time));
        record.set_property("cfr_tier", tier(Metric::FailureRate, self.failure_rate));
        record.set_property("mttr_tier", tier(Metric::RecoveryTime, self.recovery_time));
    }

    /// The deployment frequency divided by the number of services.
    fn per_service(&self, services: u64) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "nobody owns 2^53 services")]
        self.deployment_frequency.filter(|_| services > 0).map(|frequency| frequency / services as f64)
    }
}

/// Whether the given feeds tell the change failure rate.
fn knows_failures(options: &Options) -> bool {
    let Feeds { deployments, incidents, .. } = options.feeds;
    match options.failures {
        Failures::Incidents | Failures::Linked => deployments && incidents,
        Failures::Status => deployments,
    }
}

fn failure_rate(totals: &ServiceTotals, failures: Failures) -> Option<f64> {
    let ServiceTotals { deployments, failed, linked, incidents, .. } = *totals;
    let (part, whole) = match failures {
        Failures::Incidents => (incidents, deployments),
        Failures::Linked => (linked, deployments),
        Failures::Status => (failed, failed + deployments),
    };
    quotient(100 * u128::from(part), whole.into())
}

/// The nearest double to a quotient; `None` if the divisor is 0.
fn quotient(numerator: u128, denominator: u128) -> Option<f64> {
    (denominator > 0).then(|| nearest_quotient(numerator, denominator))
}

/// The tier of a metric in Port's guide.
fn tier(metric: Metric, value: Option<f64>) -> Value {
    let Some(value) = value else { return Value::Null };
    let reaches = |tier: &&Tier| GUIDE.of(**tier).is_some_and(|thresholds| thresholds.of(metric).holds(value));
    match Tier::ALL.iter().rev().find(reaches) {
        Some(tier) => json!(tier.to_string()),
        None => json!("Low"),
    }
}
