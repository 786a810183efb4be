//! A plain implementation of section 8: teams from the metrics of services, without events.
//!
//! Choice: sums and means are exact and rounded once, like the values of section 7, so that the order of the services
//! cannot change a digit.

use super::entity::{blueprint, identifier, team_entity, teams_of};
use super::exact::{Natural, Sum, units};
use super::tiers::{Averages, put};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The entities that `teams -f ndjson` prints, in their order.
pub(crate) fn teams(entities: &[Value], default: &str) -> Vec<Value> {
    // "entities of `--blueprint` …, or without one; others are ignored"
    let services: Vec<&Value> =
        entities.iter().filter(|entity| blueprint(entity).unwrap_or(default) == default).collect();
    let names: BTreeSet<String> = services.iter().flat_map(|service| teams_of(service)).collect();
    names.iter().map(|name| team(name, &services)).collect()
}

fn team(name: &str, services: &[&Value]) -> Value {
    let owned: Vec<&Value> =
        services.iter().copied().filter(|service| teams_of(service).contains(&name.to_owned())).collect();
    assert!(owned.iter().all(|service| !identifier(service).is_empty()), "an entity has an identifier");
    let frequencies = numbers(&owned, "deployment_frequency");
    let count = natural(owned.len());
    let averages = Averages {
        frequency: sum(&frequencies, &natural(1)),
        // "that sum ÷ `services`"
        frequency_per_service: Some(sum(&frequencies, &count)),
        lead: mean(&numbers(&owned, "lead_time_for_changes")),
        failures: weighted(&owned, "change_failure_rate", "total_deployments"),
        recovery: weighted(&owned, "mean_time_to_recovery", "total_incidents"),
    };
    let mut table: Map<String, Value> = averages.table();
    for total in ["total_deployments", "total_incidents"] {
        put(&mut table, total, sum(&numbers(&owned, total), &natural(1)));
    }
    table.insert("services".to_owned(), json!(owned.len()));
    team_entity(&json!({"identifier": name, "properties": {}}), table)
}

/// "A property that is missing, null or not a number is left out of what follows."
fn number(service: &Value, name: &str) -> Option<f64> {
    let is_row = service.get("properties").is_none();
    let properties = if is_row { service } else { &service["properties"] };
    properties[name].as_f64()
}

fn numbers(services: &[&Value], name: &str) -> Vec<f64> {
    services.iter().filter_map(|service| number(service, name)).collect()
}

fn natural(number: usize) -> Natural {
    Natural::from(number as u128)
}

/// "the sum (null when no service has it)", divided by `divisor`.
fn sum(numbers: &[f64], divisor: &Natural) -> Option<f64> {
    let mut sum = Sum::default();
    numbers.iter().for_each(|number| sum.add(*number < 0.0, &units(*number)));
    (!numbers.is_empty()).then(|| sum.over(&divisor.shifted(1074)))
}

/// "the plain mean".
fn mean(numbers: &[f64]) -> Option<f64> {
    sum(numbers, &natural(numbers.len()))
}

/// "the mean weighted by `total_deployments` over services that have both and a weight above 0; where no service has a
/// numeric `total_deployments`, the plain mean".
fn weighted(services: &[&Value], name: &str, weight: &str) -> Option<f64> {
    if numbers(services, weight).is_empty() {
        return mean(&numbers(services, name));
    }
    let (mut products, mut weights) = (Sum::default(), Natural::default());
    for service in services {
        if let (Some(value), Some(weight)) = (number(service, name), number(service, weight))
            && weight > 0.0
        {
            products.add(value < 0.0, &units(value).times(&units(weight)));
            weights = weights.plus(&units(weight));
        }
    }
    (!weights.is_zero()).then(|| products.over(&weights.shifted(1074)))
}
