//! The formulas of the metrics, with the numbers in them.

use super::fact::FigureFact;
use crate::dora::{self, Unit};
use crate::metrics::calculate::WindowTotals;
use crate::metrics::names::ServiceNumber;
use crate::metrics::options::{Average, Failures, Options};
use crate::metrics::quotient::nearest_quotient;
use crate::metrics::time::{HOUR, MINUTE};
use crate::metrics::totals::{ServiceTotals, Sum};
use crate::terminal::counted;

/// The metrics of a service, each with its formula.
pub(super) fn figures(
    totals: &WindowTotals<'_>,
    service: Option<ServiceNumber>,
    options: &Options,
) -> Vec<FigureFact> {
    let figures = totals.figures(service.iter().copied(), None);
    let of_service = service.and_then(|service| totals.totals().get(service)).copied().unwrap_or_default();
    let ServiceTotals { leads, recoveries, .. } = of_service;
    let feeds = options.feeds;
    let given = |is_given: bool, option: &str, formula: String| match is_given {
        true => formula,
        false => format!("not known without {option}"),
    };
    let days = totals.window.span.days();
    let deployments = counted(of_service.deployments, "deployment", "deployments");
    let incidents = counted(of_service.incidents, "incident", "incidents");
    let fact =
        |property, value, unit: Unit, formula| FigureFact { property, value, unit: unit.name(), formula };
    vec![
        fact(
            dora::TOTAL_DEPLOYMENTS,
            figures.total_deployments,
            Unit::Deployments,
            given(feeds.deployments, "deployments", deployments.clone()),
        ),
        fact(
            dora::DEPLOYMENT_FREQUENCY,
            figures.deployment_frequency,
            Unit::PerWeek,
            given(feeds.deployments, "deployments", format!("{deployments} × 7 ÷ {days} days")),
        ),
        fact(
            dora::LEAD_TIME,
            figures.lead_time,
            Unit::Hours,
            given(feeds.changes, "changes", average(leads, "change", "changes", HOUR, "hours", options)),
        ),
        fact(
            dora::TOTAL_INCIDENTS,
            figures.total_incidents,
            Unit::Incidents,
            given(feeds.incidents, "incidents", incidents),
        ),
        fact(dora::FAILURE_RATE, figures.failure_rate, Unit::Percent, failure_rate(&of_service, options)),
        fact(
            dora::RECOVERY_TIME,
            figures.recovery_time,
            Unit::Minutes,
            given(
                feeds.incidents,
                "incidents",
                average(recoveries, "resolved incident", "resolved incidents", MINUTE, "minutes", options),
            ),
        ),
    ]
}

fn average(sum: Sum, one: &str, several: &str, unit: u64, unit_name: &str, options: &Options) -> String {
    if sum.count == 0 {
        return format!("no {one} inside the window");
    }
    let members = counted(sum.count, one, several);
    match options.average {
        Average::Mean => {
            let total = decimal(nearest_quotient(sum.nanos, unit.into()));
            format!("{total} {unit_name} ÷ {members}")
        }
        Average::Median if sum.count.is_multiple_of(2) => format!("mean of the middle two of {members}"),
        Average::Median => format!("the middle one of {members}"),
    }
}

fn failure_rate(totals: &ServiceTotals, options: &Options) -> String {
    let feeds = options.feeds;
    let ServiceTotals { deployments, failed, linked, incidents, .. } = *totals;
    let all = counted(deployments, "deployment", "deployments");
    let needs_incidents = options.failures != Failures::Status;
    match (feeds.deployments, feeds.incidents || !needs_incidents) {
        (false, _) => return "not known without deployments".to_owned(),
        (true, false) => return "not known without incidents".to_owned(),
        (true, true) => {}
    }
    match options.failures {
        Failures::Incidents | Failures::Linked if deployments == 0 => {
            "no deployment inside the window".to_owned()
        }
        Failures::Incidents => format!("100 × {} ÷ {all}", counted(incidents, "incident", "incidents")),
        Failures::Linked => {
            let linked = counted(linked, "deployment with an incident", "deployments with an incident");
            format!("100 × {linked} ÷ {all}")
        }
        Failures::Status if deployments + failed == 0 => {
            "no finished deployment inside the window".to_owned()
        }
        Failures::Status => {
            let failed_ones = counted(failed, "failed deployment", "failed deployments");
            format!("100 × {failed_ones} ÷ {}", counted(deployments + failed, "deployment", "deployments"))
        }
    }
}

/// A number for people, with at most four digits after the point.
pub(super) fn decimal(number: f64) -> String {
    let text = format!("{number:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
