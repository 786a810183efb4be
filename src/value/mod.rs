//! The values that conditions compare: what an entity holds, what a scorecard asks for.
//!
//! Every number is an IEEE double, as in the JSON of JavaScript and jq; there is no second number type
//! for large integers.

mod instant;

pub use instant::Instant;
pub(crate) use instant::{DateRange, Preset};

use std::borrow::Cow;
use std::fmt;

/// The value that an entity has for one wanted name. Text without escapes is borrowed from the input.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Value<'a> {
    /// The name is not there.
    #[default]
    Missing,
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// Any number.
    Number(f64),
    /// Any string.
    Text(Cow<'a, str>),
    /// An array. An array inside it is kept as an object, because no operator looks into it.
    List(Vec<Value<'a>>),
    /// An object, of which only this much matters.
    Object {
        /// It is `{}`.
        empty: bool,
    },
}

/// A value that a condition may name.
#[derive(Debug, Clone, PartialEq)]
pub enum Scalar {
    /// A string.
    Text(String),
    /// A number.
    Number(f64),
    /// A boolean.
    Bool(bool),
}

impl Value<'_> {
    /// Missing or null: there is nothing to judge.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Missing | Self::Null)
    }

    /// Missing, null, `""`, `[]` or `{}`.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Missing | Self::Null => true,
            Self::Bool(_) | Self::Number(_) => false,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Object { empty } => *empty,
        }
    }

    /// The text of a string or a number; nothing else has one.
    pub fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Number(number) => Some(Cow::Owned(number_text(*number))),
            _ => None,
        }
    }

    /// The value, independent of the input it was borrowed from.
    pub fn into_owned(self) -> Value<'static> {
        match self {
            Self::Missing => Value::Missing,
            Self::Null => Value::Null,
            Self::Bool(bool) => Value::Bool(bool),
            Self::Number(number) => Value::Number(number),
            Self::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Self::List(items) => Value::List(items.into_iter().map(Value::into_owned).collect()),
            Self::Object { empty } => Value::Object { empty },
        }
    }
}

/// As a person reads it: strings bare, nothing as `missing` or `null`.
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
            Self::Object { empty: true } => f.write_str("{}"),
            Self::Object { empty: false } => f.write_str("{…}"),
        }
    }
}

impl Scalar {
    /// The text of a string or a number.
    pub(crate) fn text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Number(number) => Some(Cow::Owned(number_text(*number))),
            Self::Bool(_) => None,
        }
    }
}

/// As it is written in JSON.
impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(&serde_json::to_string(text).map_err(|_| fmt::Error)?),
            Self::Number(number) => f.write_str(&number_text(*number)),
            Self::Bool(bool) => write!(f, "{bool}"),
        }
    }
}

/// The shortest digits that give the number back, without exponent; `-0` is `0`.
pub(crate) fn number_text(number: f64) -> String {
    if number == 0.0 { "0".to_owned() } else { number.to_string() }
}
