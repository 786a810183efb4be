//! The clusters of the DORA reports, year by year, and the scorecards made of them.
//!
//! One table of figures serves all years. Medium is Bronze, High is Silver, Elite is Gold; what a year
//! does not have is left out.
//!
//! Source: the Accelerate State of DevOps reports of 2019, 2021, 2022, 2023 and 2024 (<https://dora.dev>).

mod file;

use super::builtin::ScorecardFile;
use crate::diagnostic::suggest;
use std::str::FromStr;

/// A report that has clusters of its own.
#[derive(Debug, Clone, Copy)]
pub struct Year(&'static Report);

/// The clusters of one report.
#[derive(Debug)]
struct Report {
    year: &'static str,
    medium: Cluster,
    high: Cluster,
    elite: Option<Cluster>,
    /// What a reader of the report may wonder about.
    remark: Option<&'static str>,
}

/// The least that a cluster asks for.
#[derive(Debug, Clone, Copy)]
struct Cluster {
    frequency: Frequency,
    lead_time: Span,
    /// Change failure rate, in percent, at most.
    failures: f64,
    restore: Span,
}

/// How often: deployments per week.
#[derive(Debug, Clone, Copy)]
struct Frequency {
    /// `>` or `>=`.
    operator: &'static str,
    per_week: f64,
    words: &'static str,
}

/// How long at most: hours of lead time, minutes to restore.
#[derive(Debug, Clone, Copy)]
struct Span {
    most: f64,
    words: &'static str,
}

const MORE_THAN_DAILY: Frequency =
    Frequency { operator: ">", per_week: 7.0, words: "More than one deployment a day" };
const WEEKLY: Frequency =
    Frequency { operator: ">=", per_week: 1.0, words: "At least one deployment a week" };
const MONTHLY: Frequency =
    Frequency { operator: ">=", per_week: 0.25, words: "At least one deployment every four weeks" };
const HALF_YEARLY: Frequency =
    Frequency { operator: ">=", per_week: 0.0385, words: "At least one deployment every 26 weeks" };

const fn span(most: f64, words: &'static str) -> Span {
    Span { most, words }
}

/// Lead times, in hours.
mod hours {
    use super::{Span, span};
    pub(super) const HOUR: Span = span(1.0, "an hour");
    pub(super) const DAY: Span = span(24.0, "a day");
    pub(super) const WEEK: Span = span(168.0, "a week");
    pub(super) const MONTH: Span = span(720.0, "30 days");
    pub(super) const HALF_YEAR: Span = span(4320.0, "180 days");
}

/// Times to restore, in minutes.
mod minutes {
    use super::{Span, span};
    pub(super) const HOUR: Span = span(60.0, "an hour");
    pub(super) const DAY: Span = span(1440.0, "a day");
    pub(super) const WEEK: Span = span(10080.0, "a week");
}

const fn cluster(frequency: Frequency, lead_time: Span, failures: f64, restore: Span) -> Cluster {
    Cluster { frequency, lead_time, failures, restore }
}

static REPORTS: [Report; 5] = [
    Report {
        year: "2019",
        medium: cluster(MONTHLY, hours::MONTH, 15.0, minutes::DAY),
        high: cluster(WEEKLY, hours::WEEK, 15.0, minutes::DAY),
        elite: Some(cluster(MORE_THAN_DAILY, hours::DAY, 15.0, minutes::HOUR)),
        remark: None,
    },
    Report {
        year: "2021",
        medium: cluster(HALF_YEARLY, hours::HALF_YEAR, 30.0, minutes::WEEK),
        high: cluster(MONTHLY, hours::WEEK, 30.0, minutes::DAY),
        elite: Some(cluster(MORE_THAN_DAILY, hours::HOUR, 15.0, minutes::HOUR)),
        remark: None,
    },
    Report {
        year: "2022",
        medium: cluster(MONTHLY, hours::MONTH, 30.0, minutes::WEEK),
        high: cluster(MORE_THAN_DAILY, hours::WEEK, 15.0, minutes::DAY),
        elite: None,
        remark: Some("the 2022 report has no elite cluster, so these scorecards have no Gold level"),
    },
    Report {
        year: "2023",
        medium: cluster(MONTHLY, hours::MONTH, 15.0, minutes::WEEK),
        high: cluster(WEEKLY, hours::WEEK, 10.0, minutes::DAY),
        elite: Some(cluster(MORE_THAN_DAILY, hours::DAY, 5.0, minutes::HOUR)),
        remark: None,
    },
    Report {
        year: "2024",
        medium: cluster(MONTHLY, hours::MONTH, 20.0, minutes::DAY),
        high: cluster(WEEKLY, hours::WEEK, 20.0, minutes::DAY),
        elite: Some(cluster(MORE_THAN_DAILY, hours::DAY, 5.0, minutes::HOUR)),
        remark: Some(
            "the medium cluster of the 2024 report fails less often (10 %) than its high one (20 %); Bronze asks for 20 % as well",
        ),
    },
];

impl Year {
    /// All years, the earliest first.
    pub fn all() -> impl Iterator<Item = Self> {
        REPORTS.iter().map(Self)
    }

    /// The calendar year, in digits.
    pub fn name(self) -> &'static str {
        self.0.year
    }

    /// Where the scorecards can not follow the report to the letter.
    pub fn remark(self) -> Option<&'static str> {
        self.0.remark
    }

    /// Its clusters as scorecards: a file for each that the built-in set has, with the same names, identifiers,
    /// properties and guards.
    pub fn files(self) -> Vec<ScorecardFile> {
        file::of(self.0)
    }
}

impl FromStr for Year {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = Self::all().find(|year| year.name() == text);
        named.ok_or_else(|| suggest("year", text, Self::all().map(Self::name)))
    }
}
