//! Generates services with metrics, for `teams`.

use super::events;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// Which numbers the properties are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Numbers {
    /// Small multiples of 1/8.
    Eighths,
    /// Any, with decimals that no double has.
    Any,
}

const PROPERTIES: [&str; 8] = [
    "total_deployments",
    "deployment_frequency",
    "lead_time_for_changes",
    "total_incidents",
    "change_failure_rate",
    "mean_time_to_recovery",
    "services",
    "type",
];

fn number(numbers: Numbers) -> BoxedStrategy<Value> {
    let eighths = (-16_i32..400).prop_map(|number| json!(f64::from(number) / 8.0));
    let whole = (0_i32..60).prop_map(|number| json!(number));
    let decimal = (-1_000_000_i32..1_000_000_000).prop_map(|number| json!(f64::from(number) / 1000.0));
    match numbers {
        Numbers::Eighths => prop_oneof![eighths, whole].boxed(),
        Numbers::Any => {
            prop_oneof![whole, decimal, (1e-9..1e9).prop_map(|number: f64| json!(number))].boxed()
        }
    }
}

fn property(numbers: Numbers) -> BoxedStrategy<Option<Value>> {
    let other = [json!(null), json!("12"), json!(true), json!([3]), json!({"n": 3}), json!("")];
    prop_oneof![
        8 => number(numbers).prop_map(Some),
        2 => select(other.to_vec()).prop_map(Some),
        2 => Just(None),
    ]
    .boxed()
}

fn service(identifier: &'static str, numbers: Numbers) -> BoxedStrategy<Value> {
    let blueprint = select(vec![
        None,
        None,
        Some(json!("service")),
        Some(json!("micro service")),
        Some(json!("")),
        Some(Value::Null),
        Some(json!("_team")),
    ]);
    let properties: Vec<_> = PROPERTIES.iter().map(|_| property(numbers)).collect();
    (blueprint, events::team(), properties, any::<bool>())
        .prop_map(move |(blueprint, team, properties, is_row)| {
            let mut entity = Map::new();
            entity.insert("identifier".to_owned(), json!(identifier));
            entity.extend(blueprint.map(|blueprint| ("blueprint".to_owned(), blueprint)));
            entity.extend(team.map(|team| ("team".to_owned(), team)));
            let values = PROPERTIES.iter().zip(properties);
            let properties: Map<String, Value> =
                values.filter_map(|(name, value)| Some(((*name).to_owned(), value?))).collect();
            match is_row {
                true => entity.extend(properties),
                false => drop(entity.insert("properties".to_owned(), Value::Object(properties))),
            }
            Value::Object(entity)
        })
        .boxed()
}

/// Up to seven entities, most of them services, in random order.
pub(crate) fn services(numbers: Numbers) -> BoxedStrategy<Vec<Value>> {
    let names = ["a", "b", "c", "t1", "é 日本", "q\"\\", "7"];
    let all: Vec<_> = names.into_iter().map(|name| weighted(0.8, service(name, numbers)).boxed()).collect();
    all.prop_map(|all| all.into_iter().flatten().collect::<Vec<_>>()).prop_shuffle().boxed()
}
