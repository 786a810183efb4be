//! The figures that `examples/metrics` shows.

use crate::program::run;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// The figures of real services, as published with them, and the number of their decimals.
const FIGURES: [(&str, i32); 6] = [
    ("total_deployments", 0),
    ("deployment_frequency", 4),
    ("lead_time_for_changes", 2),
    ("total_incidents", 0),
    ("change_failure_rate", 2),
    ("mean_time_to_recovery", 2),
];

/// The properties of each service, by its identifier.
fn services(document: &Value) -> BTreeMap<&str, &Map<String, Value>> {
    let entities = document["entities"].as_array().expect("a document has entities");
    entities
        .iter()
        .filter(|entity| entity["blueprint"] == "service")
        .map(|entity| {
            let identifier = entity["identifier"].as_str().expect("an entity has an identifier");
            (identifier, entity["properties"].as_object().expect("an entity has properties"))
        })
        .collect()
}

/// The histories of 24 projects give the figures that were calculated from them with other means, up to the rounding
/// of those.
#[test]
fn events_of_real_services_give_their_published_figures() {
    let metrics = run(&[
        "metrics",
        "-d",
        "examples/metrics/deployments.ndjson",
        "-c",
        "examples/metrics/changes.ndjson",
        "-i",
        "examples/metrics/incidents.ndjson",
        "--services",
        "examples/entities/oss-services.json",
        "--window",
        "180d",
        "--as-of",
        "2026-08-22",
        "-f",
        "json",
    ]);
    assert_eq!((metrics.code, metrics.stderr.as_str()), (0, ""));
    let calculated: Value = serde_json::from_str(&metrics.stdout).expect("JSON");
    let published: Value =
        serde_json::from_str(include_str!("../../examples/entities/oss-services.json")).expect("JSON");
    let (calculated, published) = (services(&calculated), services(&published));
    assert_eq!(calculated.keys().collect::<Vec<_>>(), published.keys().collect::<Vec<_>>());
    assert_eq!(published.len(), 24);

    let mut without_deployments = 0;
    for (service, published) in published {
        let calculated = calculated[service];
        for (property, decimals) in FIGURES {
            let (actual, expected) = (&calculated[property], &published[property]);
            if property == "change_failure_rate" && published["total_deployments"] == 0 {
                // nothing was deployed, so nothing is known about failures; the published file says 0
                assert_eq!((actual, expected.as_f64()), (&Value::Null, Some(0.0)), "{service}");
                without_deployments += 1;
                continue;
            }
            let agrees = match (actual.as_f64(), expected.as_f64()) {
                // half a unit of the last decimal, and what a double cannot hold
                (Some(actual), Some(expected)) => {
                    (actual - expected).abs() <= 0.5 * 10_f64.powi(-decimals) + 1e-9
                }
                _ => actual.is_null() && expected.is_null(),
            };
            assert!(agrees, "{property} of {service} is {actual}, not {expected}");
        }
    }
    assert_eq!(without_deployments, 8);
}
