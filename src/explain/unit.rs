//! The units of the built-in set's properties, by name.
//!
//! A property of the same name in a user's own scorecard means the same, for both follow the DORA keys;
//! of any other name nothing is known, and nothing is said.

use crate::scorecard::Subject;
use serde::Serialize;

/// What the numbers of a property count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Unit {
    /// Deployments a week.
    #[serde(rename = "per week")]
    PerWeek,
    /// Deployments a week, divided by the services of the team.
    #[serde(rename = "per week and service")]
    PerWeekAndService,
    /// Hours.
    #[serde(rename = "hours")]
    Hours,
    /// Minutes.
    #[serde(rename = "minutes")]
    Minutes,
    /// Percent.
    #[serde(rename = "percent")]
    Percent,
    /// A count of deployments.
    #[serde(rename = "deployments")]
    Deployments,
    /// A count of incidents.
    #[serde(rename = "incidents")]
    Incidents,
}

const KNOWN: [(&str, Unit); 7] = [
    ("deployment_frequency", Unit::PerWeek),
    ("deployment_frequency_per_service", Unit::PerWeekAndService),
    ("lead_time_for_changes", Unit::Hours),
    ("change_failure_rate", Unit::Percent),
    ("mean_time_to_recovery", Unit::Minutes),
    ("total_deployments", Unit::Deployments),
    ("total_incidents", Unit::Incidents),
];

impl Unit {
    /// The unit of a property, where it is one of the built-in set's.
    pub(crate) fn of(subject: &Subject) -> Option<Self> {
        let Subject::Property(name) = subject else { return None };
        KNOWN.iter().find(|(known, _)| known == name).map(|(_, unit)| *unit)
    }

    /// As it stands after a number.
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

    /// One of what is counted, for the units that count things.
    pub(crate) fn one(self) -> Option<&'static str> {
        match self {
            Self::Deployments => Some("deployment"),
            Self::Incidents => Some("incident"),
            _ => None,
        }
    }

    /// Hours and minutes that come to two days or more, in days.
    pub(crate) fn days(self, amount: f64) -> Option<f64> {
        let days = match self {
            Self::Hours => amount / 24.0,
            Self::Minutes => amount / 1440.0,
            _ => return None,
        };
        (days.abs() >= 2.0).then_some(days.round())
    }
}
