//! The entities of `--services`, as they are read and as they are written.

use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

pub(crate) fn identifier(entity: &Value) -> String {
    entity["identifier"].as_str().expect("an entity has an identifier").to_owned()
}

/// The blueprint of an entity; "empty counts as absent".
pub(crate) fn blueprint(entity: &Value) -> Option<&str> {
    entity["blueprint"].as_str().filter(|name| !name.is_empty())
}

pub(crate) fn is_team(entity: &Value) -> bool {
    blueprint(entity) == Some("_team")
}

/// "each name in some service's `team` (a string or strings; others and doubles are dropped)".
/// Choice: an empty name is dropped too, because no entity can have it as its identifier.
pub(crate) fn teams_of(service: &Value) -> Vec<String> {
    let names: BTreeSet<&str> = match &service["team"] {
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect(),
        name => name.as_str().into_iter().collect(),
    };
    names.into_iter().filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// "with all their keys (not `scorecards`; `blueprint` is written where it was absent) and other properties; the
/// properties above replace any of the same name".
/// Choice: a flat row is written with its properties under `properties`.
pub(crate) fn with_properties(entity: &Value, blueprint: &str, table: Map<String, Value>) -> Value {
    let keys = entity.as_object().expect("an entity is an object");
    let is_row = !keys.contains_key("properties");
    let is_property = |key: &str| is_row && !crate::oracle::RESERVED.contains(&key);
    let mut written = Map::new();
    let mut properties = keys.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    for (key, value) in keys.iter().filter(|(key, _)| *key != "scorecards") {
        let place = if is_property(key) { &mut properties } else { &mut written };
        place.insert(key.clone(), value.clone());
    }
    properties.extend(table);
    written.insert("properties".to_owned(), Value::Object(properties));
    if self::blueprint(entity).is_none() {
        written.insert("blueprint".to_owned(), json!(blueprint));
    }
    Value::Object(written)
}

/// "`type` = `"team"` unless it has one".
pub(crate) fn team_entity(entity: &Value, table: Map<String, Value>) -> Value {
    let mut written = with_properties(entity, "_team", table);
    let properties = written["properties"].as_object_mut().expect("properties");
    properties.entry("type").or_insert_with(|| json!("team"));
    written
}
