//! The values that conditions compare: actual values of entities, and expected values of scorecards.
//!
//! Every number is an IEEE double, as in JavaScript and jq, including large integers.

mod instant;
mod span;

pub use instant::Instant;
pub(crate) use instant::{DateRange, Period, Preset};
pub(crate) use span::Span;

use std::borrow::Cow;
use std::fmt;

/// The value of one field of an entity. Text without escapes is borrowed from the input.
///
/// ```
/// use dora_score::{Entity, Value, Wanted};
///
/// let mut wanted = Wanted::new("service");
/// let [tier, runbook, tags, owner] = ["tier", "runbook", "tags", "owner"].map(|name| wanted.include_property(name));
/// let row = serde_json::json!({"identifier": "checkout", "tier": 1.0, "tags": ["a", null], "runbook": ""});
/// let entity = Entity::from_value(&row, &wanted)?;
/// let value = |slot: Option<dora_score::Slot>| entity.value(slot.expect("only names with `$` can be unknown"));
///
/// assert_eq!(value(tier).text().as_deref(), Some("1"));
/// assert_eq!(value(tags).to_string(), "[a, null]");
/// assert!(value(runbook).is_empty() && !value(runbook).is_absent());
/// assert!(value(owner).is_absent());
/// let kept: Value<'static> = value(tags).clone().into_owned();
/// assert_eq!(kept, Value::List(vec![Value::Text("a".into()), Value::Null]));
/// # Ok::<(), dora_score::Diagnostic>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub enum Value<'a> {
    /// The entity does not have the field.
    #[default]
    Missing,
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number.
    Number(f64),
    /// A string.
    Text(Cow<'a, str>),
    /// An array. An array inside it is stored as an `Object`, because no operator looks into it.
    List(Vec<Value<'a>>),
    /// An object. Operators only check whether it is empty.
    Object {
        /// The object as JSON, as it was written.
        json: Cow<'a, str>,
    },
}

/// A single value in a condition.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Scalar {
    /// A string.
    Text(String),
    /// A number.
    Number(f64),
    /// A boolean.
    Bool(bool),
}

impl Value<'_> {
    /// Whether it is missing or null, so that there is no data.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Missing | Self::Null)
    }

    /// Whether it is missing, null, `""`, `[]` or `{}`.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Missing | Self::Null => true,
            Self::Bool(_) | Self::Number(_) => false,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Object { json } => is_empty_object(json),
        }
    }

    /// The text of a string or a number; `None` for other types. A number has the fewest digits that parse to it
    /// again, without an exponent.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Number(number) => Some(Cow::Owned(number_text(*number))),
            _ => None,
        }
    }

    /// Converts it to a value that does not borrow from the input.
    pub fn into_owned(self) -> Value<'static> {
        match self {
            Self::Missing => Value::Missing,
            Self::Null => Value::Null,
            Self::Bool(bool) => Value::Bool(bool),
            Self::Number(number) => Value::Number(number),
            Self::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Self::List(items) => Value::List(items.into_iter().map(Value::into_owned).collect()),
            Self::Object { json } => Value::Object { json: Cow::Owned(json.into_owned()) },
        }
    }
}

fn is_empty_object(json: &str) -> bool {
    json.strip_prefix('{').is_some_and(|inside| inside.trim_start().starts_with('}'))
}

/// The value for people: strings without quotes, and absent values as `missing` or `null`.
impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("missing"),
            Self::Null => f.write_str("null"),
            Self::Bool(bool) => write!(f, "{bool}"),
            Self::Number(number) => f.write_str(&number_text(*number)),
            Self::Text(text) => f.write_str(text),
            Self::List(items) => {
                f.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        f.write_str(", ")?;
                    }
                    write!(f, "{item}")?;
                }
                f.write_str("]")
            }
            Self::Object { json } => f.write_str(if is_empty_object(json) { "{}" } else { "{…}" }),
        }
    }
}

impl Scalar {
    /// The text of a string or a number; `None` for a boolean.
    pub(crate) fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Number(number) => Some(Cow::Owned(number_text(*number))),
            Self::Bool(_) => None,
        }
    }
}

/// The value as JSON.
impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(&serde_json::to_string(text).map_err(|_| fmt::Error)?),
            Self::Number(number) => f.write_str(&number_text(*number)),
            Self::Bool(bool) => write!(f, "{bool}"),
        }
    }
}

/// The number with the fewest digits that parse to it again, without an exponent; `-0` is `0`.
pub(crate) fn number_text(number: f64) -> String {
    // 2^53: below it every whole number is exact, and integers are written faster
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if number.fract() == 0.0 && number.abs() < EXACT {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the number is whole, and far inside the range of the type"
        )]
        let whole = number as i64;
        return whole.to_string();
    }
    number.to_string()
}
