//! Values as facts: what an entity holds and what a condition requires, kept for JSON and for sentences.
//!
//! A whole number is written without a fraction, as it would stand in the input.

use crate::scorecard::{Condition, Operand};
use crate::value::{DateRange, Instant, Scalar, Value};
use serde::Serialize as SerializeDerive;
use serde::ser::{Serialize, SerializeSeq, Serializer};

/// A value of an entity. What is missing or an object is `null` in JSON.
#[derive(Debug, Clone, PartialEq)]
pub struct Datum(pub Value<'static>);

impl Datum {
    pub(crate) fn of(value: &Value<'_>) -> Self {
        Self(value.clone().into_owned())
    }

    /// What kind of value it is; tells `null`, what is missing and objects apart.
    pub fn kind(&self) -> &'static str {
        match &self.0 {
            Value::Missing => "missing",
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::Text(_) => "string",
            Value::List(_) => "array",
            Value::Object { .. } => "object",
        }
    }
}

impl Serialize for Datum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        value(&self.0, serializer)
    }
}

fn value<S: Serializer>(value: &Value<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Value::Missing | Value::Null | Value::Object { .. } => serializer.serialize_unit(),
        Value::Bool(bool) => serializer.serialize_bool(*bool),
        Value::Number(amount) => number(amount, serializer),
        Value::Text(text) => serializer.serialize_str(text),
        Value::List(items) => {
            let mut sequence = serializer.serialize_seq(Some(items.len()))?;
            for item in items {
                sequence.serialize_element(&Datum::of(item))?;
            }
            sequence.end()
        }
    }
}

/// A number of JSON; `7`, not `7.0`.
pub(crate) fn number<S: Serializer>(amount: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if amount.fract() == 0.0 && amount.abs() < EXACT {
        #[expect(clippy::cast_possible_truncation, reason = "whole, and far inside the range")]
        let whole = *amount as i64;
        serializer.serialize_i64(whole)
    } else {
        serializer.serialize_f64(*amount)
    }
}

/// What a condition requires, besides its operator.
#[derive(Debug, Clone, PartialEq, SerializeDerive)]
pub struct Requirement {
    /// The operator; `isEmpty` with `not` is `isNotEmpty`, and the other way round.
    pub operator: &'static str,
    /// The value of the definition; absent for the emptiness operators and for dates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Datum>,
    /// The first and the last instant of a date object, a preset resolved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
}

/// A date object, resolved.
#[derive(Debug, Clone, PartialEq, Eq, SerializeDerive)]
pub struct Range {
    /// The name of the preset, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<String>,
    /// The first instant inside.
    pub from: String,
    /// The last instant inside.
    pub to: String,
}

impl Requirement {
    pub(crate) fn of(condition: &Condition, as_of: Instant) -> Self {
        let operator = condition.operator_text();
        let list = |items: &[Scalar]| Value::List(items.iter().map(of_scalar).collect());
        let (value, range) = match &condition.operand {
            Operand::Nothing => (None, None),
            Operand::Scalar(scalar) => (Some(Datum(of_scalar(scalar))), None),
            Operand::List(items) => (Some(Datum(list(items))), None),
            Operand::Dates(dates, _) => {
                let (from, to) = dates.resolve(as_of);
                let preset = match dates {
                    DateRange::Preset(preset) => Some(preset.name().to_owned()),
                    DateRange::Ends { .. } => None,
                };
                (None, Some(Range { preset, from: from.to_string(), to: to.to_string() }))
            }
        };
        Self { operator, value, range }
    }
}

/// The value that equals a scalar.
pub(crate) fn of_scalar(scalar: &Scalar) -> Value<'static> {
    match scalar {
        Scalar::Text(text) => Value::Text(text.clone().into()),
        Scalar::Number(number) => Value::Number(*number),
        Scalar::Bool(bool) => Value::Bool(*bool),
    }
}
