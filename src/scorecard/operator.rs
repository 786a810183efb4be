//! The table of operators: the values that each takes, and when it holds.
//!
//! The reader, `show operators`, `docs operators` and the schema of scorecards all use this table. A negative
//! operator has no entry of its own: it takes the same values as its positive one, and holds when that does not.

use super::definition::Operator;
use crate::entity::Meta;
use crate::value::Preset;
use serde::Serialize;

/// The values that an operator takes.
#[derive(Default)]
pub(crate) struct Takes {
    pub(crate) nothing: bool,
    /// A string must be an RFC 3339 date-time.
    pub(crate) order: bool,
    pub(crate) text: bool,
    pub(crate) number: bool,
    pub(crate) boolean: bool,
    pub(crate) list: bool,
    pub(crate) boolean_items: bool,
    pub(crate) dates: bool,
    pub(crate) description: &'static str,
}

impl Takes {
    pub(crate) fn of(operator: Operator) -> Self {
        match operator.positive().unwrap_or(operator) {
            Operator::Equal => Self {
                text: true,
                number: true,
                boolean: true,
                list: true,
                boolean_items: true,
                dates: true,
                description: "a string, a number, a boolean, an array or a date object",
                ..Self::default()
            },
            Operator::Greater | Operator::GreaterOrEqual | Operator::Less | Operator::LessOrEqual => Self {
                order: true,
                number: true,
                description: "a number or an RFC 3339 date-time",
                ..Self::default()
            },
            Operator::Contains => Self {
                text: true,
                number: true,
                list: true,
                description: "a string, a number or an array of them",
                ..Self::default()
            },
            Operator::BeginsWith | Operator::EndsWith => {
                Self { text: true, number: true, description: "a string or a number", ..Self::default() }
            }
            Operator::ContainsAny | Operator::In => {
                Self { list: true, boolean_items: true, description: "an array", ..Self::default() }
            }
            Operator::Between => Self {
                dates: true,
                description: "a date object, `{\"from\", \"to\"}` or `{\"preset\"}`",
                ..Self::default()
            },
            _ => Self { nothing: true, description: "no value", ..Self::default() },
        }
    }
}

impl Operator {
    /// When the operator holds, for the value that the condition finds.
    fn holds(self) -> String {
        match self.positive() {
            Some(positive) => format!("`{}` does not hold", positive.name()),
            None => self.holds_when().to_owned(),
        }
    }

    fn holds_when(self) -> &'static str {
        match self {
            Self::Equal => {
                "same type and same value; an array is compared as a set, a date object as with `between`"
            }
            Self::Greater => "the number is larger, or the date-time is later",
            Self::GreaterOrEqual => "the number is larger or equal, or the date-time is later or the same",
            Self::Less => "the number is smaller, or the date-time is earlier",
            Self::LessOrEqual => "the number is smaller or equal, or the date-time is earlier or the same",
            Self::Contains => {
                "a text contains the value, or an array has an element equal to it; of an array as value, every element"
            }
            Self::ContainsAny | Self::In => "it or one of its elements equals an element of the array",
            Self::BeginsWith => "the text begins with the value",
            Self::EndsWith => "the text ends with the value",
            Self::Between => "a date-time or a day in the range; both ends are included",
            Self::IsEmpty => "missing, null, \"\", [] or {}; `\"not\": true` inverts it",
            Self::IsNotEmpty => "not missing, null, \"\", [] or {}; `\"not\": true` inverts it",
            Self::NotEqual
            | Self::DoesNotContains
            | Self::NotIn
            | Self::DoesNotBeginsWith
            | Self::DoesNotEndsWith
            | Self::NotBetween => "the positive operator does not hold",
        }
    }
}

/// One operator, explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OperatorHelp {
    /// The name, as in a condition.
    pub operator: &'static str,
    /// The values that it takes.
    pub value: &'static str,
    /// When it holds, in words. A missing value or null fails every positive operator, except the two that ask
    /// whether it is empty.
    pub holds: String,
    /// The operator that holds exactly when this one does not, if this is its negative.
    pub negative_of: Option<&'static str>,
}

/// All operators, explained.
pub fn operators() -> impl Iterator<Item = OperatorHelp> {
    Operator::ALL.iter().map(|operator| OperatorHelp {
        operator: operator.name(),
        value: Takes::of(*operator).description,
        holds: operator.holds(),
        negative_of: operator.positive().map(Operator::name),
    })
}

/// All presets of date objects, each with its range in words; now is the time of `--as-of`, and days are in UTC.
pub fn presets() -> impl Iterator<Item = (&'static str, String)> {
    Preset::names().filter_map(|name| Some((name, Preset::named(name)?.meaning())))
}

/// The names of the fields that every entity has, as in conditions: `$identifier`, `$title`, ….
pub fn meta_properties() -> impl Iterator<Item = &'static str> {
    Meta::names()
}
