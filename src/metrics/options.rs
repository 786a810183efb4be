//! The settings of the calculation.

use crate::value::{Instant, Span};
use crate::words::words;

words! {
    /// How lead times and times to recover are averaged.
    Average {
        Mean = "mean",
        Median = "median",
    }
}

words! {
    /// How the change failure rate is calculated.
    Failures {
        Incidents = "incidents",
        Linked = "linked",
        Status = "status",
    }
}

/// A period of time. It includes its beginning but not its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) from: Instant,
    pub(crate) to: Instant,
    pub(crate) span: Span,
}

impl Window {
    /// The window that ends at `as_of`.
    pub(crate) fn before(as_of: Instant, span: Span) -> Self {
        Self { from: as_of.plus_days(-i64::from(span.days())), to: as_of, span }
    }

    pub(crate) fn contains(&self, instant: Instant) -> bool {
        self.from <= instant && instant < self.to
    }
}

/// The settings of the calculation.
#[derive(Debug, Clone)]
pub(crate) struct Options {
    /// The blueprint of services.
    pub(crate) blueprint: String,
    /// The windows for which metrics are calculated: one, or one for each snapshot, the newest first.
    pub(crate) windows: Vec<Window>,
    /// The names of the environments that count, in lower case.
    environments: Vec<String>,
    pub(crate) average: Average,
    pub(crate) failures: Failures,
    /// The services to explain.
    pub(crate) explained: Vec<String>,
    /// Which feeds are given.
    pub(crate) feeds: Feeds,
    /// Whether the windows are those of snapshots, in which services are left out until they have an event.
    pub(crate) has_snapshots: bool,
}

/// Which feeds are given. What was not measured is not known, and not 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Feeds {
    pub(crate) deployments: bool,
    pub(crate) changes: bool,
    pub(crate) incidents: bool,
}

/// The environments that count unless the user names others.
pub(crate) const PRODUCTION: [&str; 2] = ["production", "prod"];

impl Options {
    /// Settings with these environments, or with [`PRODUCTION`] if there are none.
    pub(crate) fn new(blueprint: &str, windows: Vec<Window>, environments: &[String], feeds: Feeds) -> Self {
        let environments = match environments {
            [] => PRODUCTION.map(str::to_owned).to_vec(),
            named => named.iter().map(|name| name.to_lowercase()).collect(),
        };
        Self {
            blueprint: blueprint.to_owned(),
            windows,
            environments,
            average: Average::Mean,
            failures: Failures::Incidents,
            explained: Vec::new(),
            feeds,
            has_snapshots: false,
        }
    }

    /// Whether deployments to this environment count. One without an environment counts if production is asked for.
    pub(crate) fn counts_environment(&self, name: Option<&str>) -> bool {
        let is_asked_for = |name: &str| self.environments.iter().any(|known| *known == name);
        match name {
            // most names are in lower case
            Some(name) => is_asked_for(name) || is_asked_for(&name.to_lowercase()),
            None => PRODUCTION.into_iter().any(is_asked_for),
        }
    }

    /// The names of the environments that count.
    pub(crate) fn environments(&self) -> &[String] {
        &self.environments
    }

    /// The window of the metrics, or of the newest snapshot.
    #[expect(clippy::expect_used, reason = "the command line always makes a window")]
    pub(crate) fn window(&self) -> Window {
        *self.windows.first().expect("there is a window")
    }
}
