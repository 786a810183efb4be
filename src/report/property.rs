//! The text of shown properties.

use super::display::Display;
use crate::entity::Entity;
use crate::json::compacted;
use crate::value::Value;

/// The names of the shown properties.
pub(super) fn names(display: &Display) -> impl Iterator<Item = &str> {
    display.shown.iter().map(|(name, _)| name.as_str())
}

/// The texts of the shown properties of an entity, for programs.
pub(super) fn texts(display: &Display, entity: &Entity<'_>) -> Vec<String> {
    display.shown.iter().map(|(_, slot)| shown_exactly(entity.value(*slot))).collect()
}

/// The text of a shown property for people. A missing or null value is empty; elements of an array are separated by
/// commas.
pub(crate) fn shown(value: &Value<'_>) -> String {
    text(value, ToString::to_string)
}

/// The same for programs: objects are JSON.
fn shown_exactly(value: &Value<'_>) -> String {
    text(value, |object| match object {
        Value::Object { json } => compacted(json),
        other => other.to_string(),
    })
}

fn text<'v>(value: &Value<'v>, one: impl Fn(&Value<'v>) -> String) -> String {
    match value {
        Value::Missing | Value::Null => String::new(),
        Value::List(items) => items.iter().map(one).collect::<Vec<_>>().join(", "),
        other => one(other),
    }
}
