//! The explanation as data, which `--explain … -f json` prints.

use super::events::{change, deployment, incident};
use super::fact::{EventFact, FeedFact, FigureFact};
use super::formula::figures;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::metrics::body::Body;
use crate::metrics::calculate::{Owners, WindowTotals};
use crate::metrics::collect::{Collected, Feed};
use crate::metrics::link::Links;
use crate::metrics::names::ServiceNumber;
use crate::metrics::options::{Failures, Options};
use crate::metrics::store::{Record, RecordNumber};
use crate::schema::{DocumentKind, SCHEMA_VERSION};
use serde::Serialize;
use std::collections::BTreeMap;

/// The origin of the metrics of some services.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MetricsExplanation {
    schema_version: u32,
    kind: DocumentKind,
    as_of: String,
    pub(super) window: WindowFact,
    average: &'static str,
    failures: &'static str,
    pub(super) environments: Vec<String>,
    pub(super) services: Vec<ExplainedService>,
}

/// The window of the metrics.
#[derive(Debug, Serialize)]
pub(super) struct WindowFact {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) days: u32,
}

/// The origin of the metrics of one service.
#[derive(Debug, Serialize)]
pub(super) struct ExplainedService {
    pub(super) identifier: String,
    pub(super) figures: Vec<FigureFact>,
    /// `None` without the feed.
    pub(super) deployments: Option<FeedFact>,
    pub(super) changes: Option<FeedFact>,
    pub(super) incidents: Option<FeedFact>,
}

/// The number of slowest events.
const SLOWEST: usize = 5;

impl MetricsExplanation {
    /// Explains the services that the options name.
    ///
    /// # Errors
    /// Returns a service that neither the events nor the list of services name.
    pub(crate) fn new(
        collected: &Collected,
        totals: &WindowTotals<'_>,
        owners: &Owners<'_>,
        options: &Options,
    ) -> Result<Self, Diagnostic> {
        let window = options.window();
        let links = (options.failures == Failures::Linked).then(|| Links::new(collected, &window));
        let explain = |name: &String| {
            let Some(number) = owners.number_of(name) else {
                if owners.is_team(name) {
                    let message = format!("{} is a team, not a service", quoted(name));
                    let help = "name one of its services";
                    return Err(Diagnostic::new(Code::UnknownEntity, message).help(help));
                }
                return Err(Diagnostic::unknown(
                    Code::UnknownEntity,
                    "service",
                    name,
                    owners.service_names(),
                ));
            };
            let feeds = options.feeds;
            let deployment = |number, record: &Record<_>, detail| {
                deployment(number, record, detail, options, links.as_ref())
            };
            let change = |_, record: &Record<_>, detail| change(record, detail, &window);
            let incident = |_, record: &Record<_>, detail| incident(record, detail, &window);
            Ok(ExplainedService {
                identifier: name.clone(),
                figures: figures(totals, number, options),
                deployments: feeds.deployments.then(|| feed(&collected.deployments, number, deployment)),
                changes: feeds.changes.then(|| feed(&collected.changes, number, change)),
                incidents: feeds.incidents.then(|| feed(&collected.incidents, number, incident)),
            })
        };
        Ok(Self {
            schema_version: SCHEMA_VERSION,
            kind: DocumentKind::Metrics,
            as_of: window.to.to_string(),
            window: WindowFact {
                from: window.from.to_string(),
                to: window.to.to_string(),
                days: window.span.days(),
            },
            average: options.average.name(),
            failures: options.failures.name(),
            environments: options.environments().to_vec(),
            services: options.explained.iter().map(explain).collect::<Result<_, _>>()?,
        })
    }
}

/// The events of a feed that name a service.
fn feed<B: Body>(
    feed: &Feed<B>,
    service: Option<ServiceNumber>,
    fact: impl Fn(RecordNumber, &Record<B>, crate::metrics::block::Detail) -> EventFact,
) -> FeedFact {
    let mut events = Vec::new();
    for (number, record) in
        feed.store.records().filter(|(_, record)| service.is_some() && record.service == service)
    {
        #[expect(clippy::expect_used, reason = "the words of the events of explained services are kept")]
        let detail = feed.details.get(&number).cloned().expect("the service is explained");
        events.push(fact(number, record, detail));
    }
    let mut ignored = BTreeMap::new();
    for reason in events.iter().filter(|event| !event.used).filter_map(|event| event.reason) {
        *ignored.entry(reason).or_default() += 1;
    }
    let used = events.iter().filter(|event| event.used);
    let counted = used.clone().count() as u64;
    let with_duration = events.iter().enumerate().filter(|(_, event)| event.used && event.duration.is_some());
    let mut slowest: Vec<usize> = with_duration.map(|(index, _)| index).collect();
    let duration = |index: &usize| events.get(*index).and_then(|event| event.duration).unwrap_or(f64::MIN);
    slowest.sort_by(|one, other| duration(other).total_cmp(&duration(one)));
    slowest.truncate(SLOWEST);
    FeedFact { used: counted, ignored, slowest, events }
}
