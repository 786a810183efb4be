//! Generates services and teams: a catalog for `metrics`, and services with metrics for `teams`.

use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

const TEAMS: [&str; 4] = ["t1", "t2", "T2", "é 日本"];

fn team() -> BoxedStrategy<Option<Value>> {
    let name = || select(TEAMS.to_vec());
    let member =
        prop_oneof![6 => name().prop_map(|name| json!(name)), 1 => Just(json!(7)), 1 => Just(json!(null))];
    prop_oneof![
        4 => name().prop_map(|name| Some(json!(name))),
        4 => vec(member, 0..4).prop_map(|members| Some(json!(members))),
        1 => select(vec![None, Some(json!(null)), Some(json!([]))]),
    ]
    .boxed()
}

/// Other keys and properties of an entity, some of them named like the ones that `metrics` writes.
fn extras() -> BoxedStrategy<(Map<String, Value>, Map<String, Value>)> {
    let keys = [
        ("title", json!("A title")),
        ("title", Value::Null),
        ("icon", json!("Server")),
        ("createdAt", json!("2020-01-01T00:00:00Z")),
        ("updatedBy", json!("someone")),
        ("relations", json!({"domain": "x", "n": [1, 2.5]})),
        ("scorecards", json!({"dora": {"level": "Gold"}})),
    ];
    let properties = [
        ("tier", json!("gold")),
        ("weight", json!(2.5)),
        ("deployment_frequency", json!(99)),
        ("total_incidents", json!("many")),
        ("cfr_tier", json!("Elite")),
        ("services", json!(41)),
        ("type", json!("group")),
        ("language", json!({"name": ["é", null, true]})),
    ];
    let own = |pairs: Vec<(&str, Value)>| -> Map<String, Value> {
        pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    };
    (vec(select(keys.to_vec()), 0..4), vec(select(properties.to_vec()), 0..4))
        .prop_map(move |(keys, properties)| (own(keys), own(properties)))
        .boxed()
}

/// An entity with this identifier, in Port's form, as a flat row, or without properties.
fn entity(
    identifier: &'static str,
    blueprint: impl Strategy<Value = Option<Value>> + 'static,
) -> BoxedStrategy<Value> {
    (blueprint, team(), extras(), 0_u8..5)
        .prop_map(move |(blueprint, team, (mut keys, properties), form)| {
            keys.insert("identifier".to_owned(), json!(identifier));
            keys.extend(blueprint.map(|blueprint| ("blueprint".to_owned(), blueprint)));
            keys.extend(team.map(|team| ("team".to_owned(), team)));
            match form {
                0..=2 => drop(keys.insert("properties".to_owned(), Value::Object(properties))),
                3 => drop(keys.insert("properties".to_owned(), Value::Null)),
                _ => keys.extend(properties),
            }
            Value::Object(keys)
        })
        .boxed()
}

/// Services, teams and entities of other blueprints, in random order; no identifier comes twice in a blueprint.
pub(crate) fn catalog(blueprint: &'static str) -> BoxedStrategy<Vec<Value>> {
    let of_service = || select(vec![None, Some(json!(blueprint)), Some(json!("")), Some(Value::Null)]);
    let services: Vec<_> = ["a", "b", "c", "é 日本", "idle"]
        .into_iter()
        .map(|identifier| weighted(0.7, entity(identifier, of_service())).boxed())
        .collect();
    let teams: Vec<_> = ["t1", "T2", "t9"]
        .into_iter()
        .map(|identifier| weighted(0.4, entity(identifier, Just(Some(json!("_team"))))).boxed())
        .collect();
    let others: Vec<_> = ["d", "a", "t2"]
        .into_iter()
        .map(|identifier| weighted(0.2, entity(identifier, Just(Some(json!("package"))))).boxed())
        .collect();
    let all: Vec<BoxedStrategy<Option<Value>>> = services.into_iter().chain(teams).chain(others).collect();
    all.prop_map(|all| all.into_iter().flatten().collect::<Vec<_>>()).prop_shuffle().boxed()
}

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
    (blueprint, team(), properties, any::<bool>())
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
