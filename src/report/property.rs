//! The text of shown properties.

use crate::value::Value;

/// The text of a shown property. A missing or null value is empty; elements of an array are separated by commas.
pub(super) fn shown(value: &Value<'_>) -> String {
    match value {
        Value::Missing | Value::Null => String::new(),
        Value::List(items) => items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
