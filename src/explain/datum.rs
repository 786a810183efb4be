//! Actual and required values in explanations, for JSON and for sentences.

pub(crate) use crate::json::serialize_number as number;
use crate::scorecard::{Condition, Operand, OperandKind, Operator};
use crate::value::{DateRange, Instant, Scalar, Value};
use serde::Serialize as SerializeDerive;
use serde::ser::{Serialize, SerializeSeq, Serializer};

/// A value of an entity. Missing values and objects are `null` in JSON.
/// Comes from [`explain`](super::explain()), whose example shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Datum(pub Value<'static>);

impl Datum {
    pub(crate) fn of(value: &Value<'_>) -> Self {
        Self(value.clone().into_owned())
    }

    /// The kind of the value. It also distinguishes the values that are all `null` in JSON.
    pub fn kind(&self) -> ValueKind {
        match &self.0 {
            Value::Missing => ValueKind::Missing,
            Value::Null => ValueKind::Null,
            Value::Bool(_) => ValueKind::Boolean,
            Value::Number(_) => ValueKind::Number,
            Value::Text(_) => ValueKind::String,
            Value::List(_) => ValueKind::Array,
            Value::Object { .. } => ValueKind::Object,
        }
    }
}

/// The kinds of values, with the names that JSON uses.
/// Comes from [`explain`](super::explain()), whose example shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, SerializeDerive)]
#[serde(rename_all = "lowercase")]
pub enum ValueKind {
    /// The entity does not have the property or relation.
    Missing,
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// A string.
    String,
    /// An array.
    Array,
    /// An object.
    Object,
}

impl ValueKind {
    /// The kind in words, for messages: `a number`.
    pub(crate) fn described(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
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

/// The operator and the value of a condition. Comes from [`explain`](super::explain()), whose example shows it.
#[derive(Debug, Clone, PartialEq, SerializeDerive)]
pub struct Requirement {
    /// The operator, with `not` applied.
    #[serde(serialize_with = "operator")]
    pub(crate) operator: Operator,
    /// The value in the definition; `None` for `isEmpty`, `isNotEmpty` and date objects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Datum>,
    /// The range of a date object. The range of a preset is relative to the evaluation time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
}

/// The range of a date object. Comes from [`explain`](super::explain()), whose example shows it.
#[derive(Debug, Clone, PartialEq, Eq, SerializeDerive)]
pub struct Range {
    /// The name of the preset, if the date object has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset: Option<String>,
    /// The first instant in the range, in RFC 3339 format.
    pub from: String,
    /// The last instant in the range, in RFC 3339 format.
    pub to: String,
}

fn operator<S: Serializer>(operator: &Operator, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(operator.name())
}

impl Requirement {
    /// The name of the operator. `isEmpty` with `not` becomes `isNotEmpty`, and vice versa.
    pub fn operator(&self) -> &'static str {
        self.operator.name()
    }

    pub(crate) fn kind(&self) -> OperandKind {
        match (&self.value, &self.range) {
            (_, Some(Range { preset: Some(_), .. })) => OperandKind::Preset,
            (_, Some(_)) => OperandKind::Ends,
            (Some(value), None) => match value.kind() {
                ValueKind::Number => OperandKind::Number,
                ValueKind::Boolean => OperandKind::Bool,
                ValueKind::Array => OperandKind::List,
                _ => OperandKind::Text,
            },
            (None, None) => OperandKind::Nothing,
        }
    }

    pub(crate) fn of(condition: &Condition, as_of: Instant) -> Self {
        let operator = condition.effective_operator();
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

/// Converts a scalar of a definition to a value of an entity.
pub(crate) fn of_scalar(scalar: &Scalar) -> Value<'static> {
    match scalar {
        Scalar::Text(text) => Value::Text(text.clone().into()),
        Scalar::Number(number) => Value::Number(*number),
        Scalar::Bool(bool) => Value::Bool(*bool),
    }
}
