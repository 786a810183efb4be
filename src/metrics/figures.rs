//! The metrics as numbers: the quotients of exact totals.

use super::options::{Failures, Feeds, Options, Window};
use super::quotient::nearest_quotient;
use super::time::{HOUR, MINUTE};
use super::totals::{ServiceTotals, Sum};
use crate::dora::{self, GUIDE, Metric, Tier};
use crate::entity::{Datum, EntityRecord};

/// The metrics of a service or of a team. `None` is not known, or has no value.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Figures {
    pub(crate) total_deployments: Option<f64>,
    /// Per week.
    pub(crate) deployment_frequency: Option<f64>,
    /// Hours.
    pub(crate) lead_time: Option<f64>,
    pub(crate) total_incidents: Option<f64>,
    /// Percent.
    pub(crate) failure_rate: Option<f64>,
    /// Minutes.
    pub(crate) recovery_time: Option<f64>,
    /// `None` for a service.
    pub(crate) team: Option<TeamFigures>,
}

/// The figures that only a team has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct TeamFigures {
    /// The number of its services.
    pub(crate) services: u64,
    /// Per week and service.
    pub(crate) frequency_per_service: Option<f64>,
}

/// The medians of a service or of a team: each as the sum of the middle two, in nanoseconds.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Medians {
    pub(super) lead: Option<u128>,
    pub(super) recovery: Option<u128>,
}

impl Figures {
    /// The metrics of these totals. `medians` take the place of means. `services` is the number of services of a team.
    pub(super) fn new(
        totals: &ServiceTotals,
        medians: Option<Medians>,
        services: Option<u64>,
        window: &Window,
        options: &Options,
    ) -> Self {
        let Feeds { deployments, changes, incidents } = options.feeds;
        let count = u128::from(totals.deployments);
        let average = |sum: Sum, middle: fn(Medians) -> Option<u128>, unit: u64| match medians {
            Some(medians) => middle(medians).map(|twice| nearest_quotient(twice, 2 * u128::from(unit))),
            None => quotient(sum.nanos, u128::from(sum.count) * u128::from(unit)),
        };
        let days = u128::from(window.span.days());
        let frequency = nearest_quotient(count * 7, days);
        let team = services.map(|services| TeamFigures {
            services,
            frequency_per_service: quotient(count * 7, days * u128::from(services)).filter(|_| deployments),
        });
        let lead_time = average(totals.leads, |medians| medians.lead, HOUR);
        let recovery_time = average(totals.recoveries, |medians| medians.recovery, MINUTE);
        Self {
            total_deployments: deployments.then(|| nearest_quotient(count, 1)),
            deployment_frequency: deployments.then_some(frequency),
            lead_time: lead_time.filter(|_| changes),
            total_incidents: incidents.then(|| nearest_quotient(totals.incidents.into(), 1)),
            failure_rate: failure_rate(totals, options.failures).filter(|_| knows_failures(options)),
            recovery_time: recovery_time.filter(|_| incidents),
            team,
        }
    }

    /// The properties of a service or of a team.
    pub(crate) fn properties(&self, record: &EntityRecord) -> Properties {
        let mut properties = Vec::with_capacity(MOST_PROPERTIES);
        let mut add = |name, datum| properties.push((name, datum));
        let per_service = self.team.map(|team| team.frequency_per_service);
        if let Some(TeamFigures { services, .. }) = self.team {
            if !record.has_property("type") {
                add("type", Datum::Text("team"));
            }
            add("services", Datum::Number(nearest_quotient(services.into(), 1)));
        }
        add(dora::TOTAL_DEPLOYMENTS, self.total_deployments.into());
        add(dora::DEPLOYMENT_FREQUENCY, self.deployment_frequency.into());
        if let Some(per_service) = per_service {
            add(dora::DEPLOYMENT_FREQUENCY_PER_SERVICE, per_service.into());
        }
        add(dora::LEAD_TIME, self.lead_time.into());
        add(dora::TOTAL_INCIDENTS, self.total_incidents.into());
        add(dora::FAILURE_RATE, self.failure_rate.into());
        add(dora::RECOVERY_TIME, self.recovery_time.into());
        let frequency = per_service.unwrap_or(self.deployment_frequency);
        add("deploy_freq_tier", tier(Metric::DeploymentFrequency, frequency));
        add("lead_time_tier", tier(Metric::LeadTime, self.lead_time));
        add("cfr_tier", tier(Metric::FailureRate, self.failure_rate));
        add("mttr_tier", tier(Metric::RecoveryTime, self.recovery_time));
        properties
    }
}

/// The properties that are added to a service or to a team.
pub(crate) type Properties = Vec<(&'static str, Datum)>;

/// The number of properties of a team.
const MOST_PROPERTIES: usize = 13;

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
fn tier(metric: Metric, value: Option<f64>) -> Datum {
    let Some(value) = value else { return Datum::Null };
    let reaches =
        |tier: &&Tier| GUIDE.of(**tier).is_some_and(|thresholds| thresholds.of(metric).holds(value));
    Datum::Text(Tier::ALL.iter().rev().find(reaches).map_or("Low", |tier| tier.name()))
}
