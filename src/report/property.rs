//! Shown properties as text.

use crate::value::Value;

/// The text of a shown property: empty when it is missing or null, the elements of an array with commas.
pub(super) fn shown(value: &Value<'_>) -> String {
    match value {
        Value::Missing | Value::Null => String::new(),
        Value::List(items) => items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}
