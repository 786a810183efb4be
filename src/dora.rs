//! The DORA metrics: the names of their properties, their units, and their thresholds by report year and tier.
//!
//! Sources:
//! - the Accelerate State of DevOps reports of 2019, 2021, 2022, 2023 and 2024 (<https://dora.dev/research/>) for the
//!   clusters of each year; the reports of 2020 and 2025 do not define clusters;
//! - Port's guide "Create and track DORA metrics" (<https://docs.port.io>) for property names, units and tiers.

use serde::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// The four DORA metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Metric {
    /// Deployments to production per week.
    DeploymentFrequency,
    /// Hours from commit to production.
    LeadTime,
    /// The share of deployments that fail, in percent.
    FailureRate,
    /// Minutes from an incident to its resolution.
    RecoveryTime,
}

/// The unit of a property's numbers. Comes from [`explain`](crate::explain::explain()), whose example shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Deployments per week.
    PerWeek,
    /// Deployments per week, divided by the number of the team's services.
    PerWeekAndService,
    /// Hours.
    Hours,
    /// Minutes.
    Minutes,
    /// Percent.
    Percent,
    /// A number of deployments.
    Deployments,
    /// A number of incidents.
    Incidents,
}

impl Unit {
    /// The unit as it is written after a number and in JSON: `per week`.
    pub fn name(self) -> &'static str {
        match self {
            Self::PerWeek => "per week",
            Self::PerWeekAndService => "per week and service",
            Self::Hours => "hours",
            Self::Minutes => "minutes",
            Self::Percent => "percent",
            Self::Deployments => "deployments",
            Self::Incidents => "incidents",
        }
    }

    /// For counts, the singular of the unit: `deployment` or `incident`.
    pub(crate) fn singular(self) -> Option<&'static str> {
        match self {
            Self::Deployments => Some("deployment"),
            Self::Incidents => Some("incident"),
            _ => None,
        }
    }

    /// Converts a number of hours or minutes to days, rounded. Returns `None` for less than two days and for other units.
    pub(crate) fn days(self, amount: f64) -> Option<f64> {
        let days = match self {
            Self::Hours => amount / 24.0,
            Self::Minutes => amount / 1440.0,
            _ => return None,
        };
        (days.abs() >= 2.0).then_some(days.round())
    }
}

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// A property of Port's guide: a metric, or a count that shows whether a metric has data.
#[derive(Debug)]
pub(crate) struct Property {
    pub(crate) name: &'static str,
    pub(crate) unit: Unit,
    /// `None` if the property is a count.
    pub(crate) metric: Option<Metric>,
}

pub(crate) const DEPLOYMENT_FREQUENCY: &str = "deployment_frequency";
pub(crate) const DEPLOYMENT_FREQUENCY_PER_SERVICE: &str = "deployment_frequency_per_service";
pub(crate) const LEAD_TIME: &str = "lead_time_for_changes";
pub(crate) const FAILURE_RATE: &str = "change_failure_rate";
pub(crate) const RECOVERY_TIME: &str = "mean_time_to_recovery";
pub(crate) const TOTAL_DEPLOYMENTS: &str = "total_deployments";
pub(crate) const TOTAL_INCIDENTS: &str = "total_incidents";

const PROPERTIES: [Property; 7] = {
    use Metric::{DeploymentFrequency, FailureRate, LeadTime, RecoveryTime};
    const fn property(name: &'static str, unit: Unit, metric: Option<Metric>) -> Property {
        Property { name, unit, metric }
    }
    [
        property(DEPLOYMENT_FREQUENCY, Unit::PerWeek, Some(DeploymentFrequency)),
        property(DEPLOYMENT_FREQUENCY_PER_SERVICE, Unit::PerWeekAndService, Some(DeploymentFrequency)),
        property(LEAD_TIME, Unit::Hours, Some(LeadTime)),
        property(FAILURE_RATE, Unit::Percent, Some(FailureRate)),
        property(RECOVERY_TIME, Unit::Minutes, Some(RecoveryTime)),
        property(TOTAL_DEPLOYMENTS, Unit::Deployments, None),
        property(TOTAL_INCIDENTS, Unit::Incidents, None),
    ]
};

/// The DORA property with this name. Scorecards of users are expected to use these names with the same meaning, as in
/// Port's guide. Nothing is assumed about other names.
pub(crate) fn property(name: &str) -> Option<&'static Property> {
    PROPERTIES.iter().find(|known| known.name == name)
}

/// A threshold with its direction. Frequencies have a lower bound; the other metrics have an upper bound.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Bound {
    /// More than this.
    Above(f64),
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
}

impl Bound {
    /// The number, in the unit of the metric.
    pub(crate) fn value(self) -> f64 {
        let (Self::Above(value) | Self::AtLeast(value) | Self::AtMost(value)) = self;
        value
    }

    /// Whether a number reaches the threshold.
    pub(crate) fn holds(self, number: f64) -> bool {
        match self {
            Self::Above(value) => number > value,
            Self::AtLeast(value) => number >= value,
            Self::AtMost(value) => number <= value,
        }
    }

    /// The operator of a condition with this threshold.
    pub(crate) fn operator(self) -> &'static str {
        match self {
            Self::Above(_) => ">",
            Self::AtLeast(_) => ">=",
            Self::AtMost(_) => "<=",
        }
    }
}

/// The thresholds of one tier for all metrics.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Thresholds {
    /// Deployments per week.
    frequency: Bound,
    /// Hours, at most.
    lead_time: f64,
    /// Percent, at most.
    failure_rate: f64,
    /// Minutes, at most.
    recovery: f64,
}

impl Thresholds {
    /// The threshold of one metric.
    pub(crate) fn of(&self, metric: Metric) -> Bound {
        match metric {
            Metric::DeploymentFrequency => self.frequency,
            Metric::LeadTime => Bound::AtMost(self.lead_time),
            Metric::FailureRate => Bound::AtMost(self.failure_rate),
            Metric::RecoveryTime => Bound::AtMost(self.recovery),
        }
    }
}

/// The tiers from lowest to highest, without the tier Low, which has no thresholds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tier {
    Medium,
    High,
    Elite,
}

impl Tier {
    pub(crate) const ALL: [Self; 3] = [Self::Medium, Self::High, Self::Elite];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Medium => "Medium",
            Self::High => "High",
            Self::Elite => "Elite",
        }
    }
}

impl fmt::Display for Tier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The thresholds of all tiers.
#[derive(Debug)]
pub(crate) struct Tiers {
    medium: Thresholds,
    high: Thresholds,
    elite: Option<Thresholds>,
}

impl Tiers {
    /// The thresholds of a tier; `None` if there is no such tier.
    pub(crate) fn of(&self, tier: Tier) -> Option<&Thresholds> {
        match tier {
            Tier::Medium => Some(&self.medium),
            Tier::High => Some(&self.high),
            Tier::Elite => self.elite.as_ref(),
        }
    }
}

const MORE_THAN_DAILY: Bound = Bound::Above(7.0);
const DAILY: Bound = Bound::AtLeast(7.0);
const WEEKLY: Bound = Bound::AtLeast(1.0);
/// Once every four weeks. The reports say "once per month".
const MONTHLY: Bound = Bound::AtLeast(0.25);
/// Once every 26 weeks: 1 / 26, rounded up. The reports say "once every six months".
const HALF_YEARLY: Bound = Bound::AtLeast(0.0385);

/// Lead times, in hours.
mod hours {
    pub(super) const HOUR: f64 = 1.0;
    pub(super) const DAY: f64 = 24.0;
    pub(super) const WEEK: f64 = 7.0 * DAY;
    pub(super) const MONTH: f64 = 30.0 * DAY;
    pub(super) const HALF_YEAR: f64 = 180.0 * DAY;
}

/// Times to recover, in minutes.
mod minutes {
    pub(super) const HOUR: f64 = 60.0;
    pub(super) const DAY: f64 = 24.0 * HOUR;
    pub(super) const WEEK: f64 = 7.0 * DAY;
}

const fn tier(frequency: Bound, lead_time: f64, failure_rate: f64, recovery: f64) -> Thresholds {
    Thresholds { frequency, lead_time, failure_rate, recovery }
}

/// The tiers of Port's guide.
pub(crate) static GUIDE: Tiers = Tiers {
    medium: tier(MONTHLY, hours::MONTH, 30.0, minutes::WEEK),
    high: tier(WEEKLY, hours::WEEK, 20.0, minutes::DAY),
    elite: Some(tier(DAILY, hours::DAY, 5.0, minutes::HOUR)),
};

/// The year of a DORA report that defines clusters.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Year(&'static Report);

/// The clusters of one report.
#[derive(Debug)]
struct Report {
    year: &'static str,
    tiers: Tiers,
    remark: Option<&'static str>,
}

static REPORTS: [Report; 5] = [
    Report {
        year: "2019",
        tiers: Tiers {
            medium: tier(MONTHLY, hours::MONTH, 15.0, minutes::DAY),
            high: tier(WEEKLY, hours::WEEK, 15.0, minutes::DAY),
            elite: Some(tier(MORE_THAN_DAILY, hours::DAY, 15.0, minutes::HOUR)),
        },
        remark: None,
    },
    Report {
        year: "2021",
        tiers: Tiers {
            medium: tier(HALF_YEARLY, hours::HALF_YEAR, 30.0, minutes::WEEK),
            high: tier(MONTHLY, hours::WEEK, 30.0, minutes::DAY),
            elite: Some(tier(MORE_THAN_DAILY, hours::HOUR, 15.0, minutes::HOUR)),
        },
        remark: None,
    },
    Report {
        year: "2022",
        tiers: Tiers {
            medium: tier(MONTHLY, hours::MONTH, 30.0, minutes::WEEK),
            high: tier(MORE_THAN_DAILY, hours::WEEK, 15.0, minutes::DAY),
            elite: None,
        },
        remark: Some("the 2022 report has no elite cluster, so these scorecards have no Gold level"),
    },
    Report {
        year: "2023",
        tiers: Tiers {
            medium: tier(MONTHLY, hours::MONTH, 15.0, minutes::WEEK),
            high: tier(WEEKLY, hours::WEEK, 10.0, minutes::DAY),
            elite: Some(tier(MORE_THAN_DAILY, hours::DAY, 5.0, minutes::HOUR)),
        },
        remark: None,
    },
    Report {
        year: "2024",
        tiers: Tiers {
            // the report has 10 %; here it is 20 %, so that Bronze is not stricter than Silver
            medium: tier(MONTHLY, hours::MONTH, 20.0, minutes::DAY),
            high: tier(WEEKLY, hours::WEEK, 20.0, minutes::DAY),
            elite: Some(tier(MORE_THAN_DAILY, hours::DAY, 5.0, minutes::HOUR)),
        },
        remark: Some(
            "in the 2024 report the medium cluster has a lower change failure rate (10 %) than the high cluster (20 %), so Bronze also allows 20 %",
        ),
    },
];

impl Year {
    /// All years, from the earliest to the latest.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        REPORTS.iter().map(Self)
    }

    /// The year in digits: `2024`.
    pub(crate) fn name(self) -> &'static str {
        self.0.year
    }

    /// A note about a difference between the report and its scorecards, if there is one.
    pub(crate) fn remark(self) -> Option<&'static str> {
        self.0.remark
    }

    /// The thresholds of the clusters.
    pub(crate) fn tiers(self) -> &'static Tiers {
        &self.0.tiers
    }
}

/// A report whose clusters here have this threshold of a metric more than once.
pub(crate) fn shared_threshold(metric: Metric, number: f64) -> Option<Year> {
    let has_it =
        |tiers: &Tiers, tier: Tier| tiers.of(tier).is_some_and(|all| all.of(metric).value() == number);
    Year::all().find(|year| Tier::ALL.iter().filter(|tier| has_it(year.tiers(), **tier)).count() > 1)
}

impl FromStr for Year {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::all().find(|year| year.name() == text).ok_or_else(|| {
            let years: Vec<&str> = Self::all().map(Self::name).collect();
            format!("the known years are {}", years.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_tier_is_at_least_as_strict_as_the_one_below() {
        let all = Year::all().map(|year| (year.name(), year.tiers())).chain([("guide", &GUIDE)]);
        for (name, tiers) in all {
            let present: Vec<&Thresholds> = Tier::ALL.iter().filter_map(|tier| tiers.of(*tier)).collect();
            for (lower, upper) in present.iter().zip(present.iter().skip(1)) {
                for metric in PROPERTIES.iter().filter_map(|property| property.metric) {
                    let tightens = match (lower.of(metric), upper.of(metric)) {
                        (Bound::AtMost(lower), Bound::AtMost(upper)) => upper <= lower,
                        (lower, upper) => upper.value() >= lower.value(),
                    };
                    assert!(tightens, "{name} {metric:?}");
                }
            }
        }
    }

    #[test]
    fn durations_of_two_days_or_more_are_converted_to_days() {
        assert_eq!(Unit::Hours.days(720.0), Some(30.0));
        assert_eq!(Unit::Minutes.days(1440.0), None);
        assert_eq!(Unit::Percent.days(720.0), None);
    }
}
