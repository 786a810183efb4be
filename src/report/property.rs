//! The text of shown properties.

use crate::json::compacted;
use crate::value::Value;

/// The text of a shown property for people. A missing or null value is empty; elements of an array are separated by
/// commas.
pub(super) fn shown(value: &Value<'_>) -> String {
    text(value, ToString::to_string)
}

/// The same for programs: objects are JSON.
pub(super) fn shown_exactly(value: &Value<'_>) -> String {
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
