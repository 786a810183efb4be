//! The values of shown properties.

use crate::json::{compacted, serialize_number, write_compact};
use crate::value::Value;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error, Serialize, SerializeSeq, Serializer};
use serde_json::value::RawValue;

/// The value of a shown property: JSON as in the input, except that white space is left out and that the numbers that
/// are not inside an object are doubles. A missing value is `null`.
///
/// ```
/// use dora_score::{Value, result::ShownValue};
///
/// let object = Value::Object { json: r#"{"a" : 1.0}"#.into() };
/// assert_eq!(ShownValue::new(&Value::List(vec![Value::Number(1.0), object])).json(), r#"[1,{"a":1.0}]"#);
/// assert_eq!(ShownValue::new(&Value::Text("\u{1b}[2J".into())).json(), r#""\u001b[2J""#);
/// assert_eq!(ShownValue::new(&Value::Missing).json(), "null");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownValue(String);

impl ShownValue {
    /// The value of a field of an entity.
    #[expect(
        clippy::expect_used,
        reason = "memory can be written, and the serializer writes only whole strings"
    )]
    pub fn new(value: &Value<'_>) -> Self {
        let mut text = Vec::new();
        write_compact(&AsJson(value), &mut text).expect("memory can be written");
        Self(String::from_utf8(text).expect("JSON is UTF-8"))
    }

    /// The value as JSON on one line, in which everything is escaped that a terminal or a CI system would obey.
    pub fn json(&self) -> &str {
        &self.0
    }
}

impl Serialize for ShownValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        raw(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for ShownValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Box::<RawValue>::deserialize(deserializer)?;
        Ok(Self(compacted(value.get())))
    }
}

/// A value of an entity as JSON.
pub(super) struct AsJson<'v>(pub(super) &'v Value<'v>);

impl Serialize for AsJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Missing | Value::Null => serializer.serialize_unit(),
            Value::Bool(bool) => serializer.serialize_bool(*bool),
            Value::Number(amount) => serialize_number(amount, serializer),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => {
                let mut sequence = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    sequence.serialize_element(&AsJson(item))?;
                }
                sequence.end()
            }
            Value::Object { json } => raw(&compacted(json), serializer),
        }
    }
}

/// Serializes JSON text as it is.
fn raw<S: Serializer>(json: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serde_json::from_str::<&RawValue>(json).map_err(S::Error::custom)?.serialize(serializer)
}
