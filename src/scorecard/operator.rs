//! The table of operators: the values that each operator accepts, and when it passes.
//!
//! The reader, `show operators`, `docs operators` and the schema of scorecards use this table. A negative operator
//! accepts the same values as its positive operator, and passes exactly when the positive operator fails.

use super::definition::Operator;
use crate::entity::Meta;
use crate::value::Preset;
use serde::Serialize;

/// The types of values that an operator accepts.
#[derive(Default)]
pub(crate) struct Accepts {
    pub(crate) nothing: bool,
    /// A string that is an RFC 3339 date-time.
    pub(crate) order: bool,
    pub(crate) text: bool,
    pub(crate) number: bool,
    pub(crate) boolean: bool,
    pub(crate) list: bool,
    /// Whether the elements of an array may be booleans, besides strings and numbers.
    pub(crate) boolean_items: bool,
    /// A date object.
    pub(crate) dates: bool,
    /// The accepted types in words, for messages.
    pub(crate) description: &'static str,
}

impl Accepts {
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
    /// When the operator passes, in words.
    fn holds(self) -> String {
        match self.positive() {
            Some(positive) => format!("`{}` fails", positive.name()),
            None => self.holds_when().to_owned(),
        }
    }

    fn holds_when(self) -> &'static str {
        match self {
            Self::Equal => {
                "the type and the value are the same; arrays are compared as sets; a date object works as with `between`"
            }
            Self::Greater => "the number is larger, or the date-time is later",
            Self::GreaterOrEqual => "the number is larger or equal, or the date-time is later or the same",
            Self::Less => "the number is smaller, or the date-time is earlier",
            Self::LessOrEqual => "the number is smaller or equal, or the date-time is earlier or the same",
            Self::Contains => {
                "the string or number contains the text, or the array has the element; several values must all be contained"
            }
            Self::ContainsAny | Self::In => {
                "the property, or one of its elements, equals an element of the given array"
            }
            Self::BeginsWith => "the string or number begins with the text",
            Self::EndsWith => "the string or number ends with the text",
            Self::Between => "the date-time or the day is in the range; both ends are included",
            Self::IsEmpty => {
                "the property is missing, null, \"\", [] or {}; `\"not\": true` inverts the result"
            }
            Self::IsNotEmpty => {
                "the property is not missing, null, \"\", [] or {}; `\"not\": true` inverts the result"
            }
            Self::NotEqual
            | Self::DoesNotContains
            | Self::NotIn
            | Self::DoesNotBeginsWith
            | Self::DoesNotEndsWith
            | Self::NotBetween => "the positive operator fails",
        }
    }
}

/// The explanation of one operator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OperatorHelp {
    /// The name, as in a condition.
    pub operator: &'static str,
    /// The types of values that it accepts, in words.
    pub value: &'static str,
    /// When it passes, in words. For a missing value or null, the only positive operator that passes is `isEmpty`.
    pub holds: String,
    /// The positive operator, if this one is its negative: it passes exactly when the positive operator fails.
    pub negative_of: Option<&'static str>,
}

/// The explanations of all operators.
pub(crate) fn operators() -> impl Iterator<Item = OperatorHelp> {
    Operator::ALL.iter().map(|operator| OperatorHelp {
        operator: operator.name(),
        value: match Accepts::of(*operator) {
            Accepts { order: true, .. } => "a number, also in quotes, or an RFC 3339 date-time",
            accepts => accepts.description,
        },
        holds: operator.holds(),
        negative_of: operator.positive().map(Operator::name),
    })
}

/// All presets of date objects, each with its range in words. In these, "now" is the evaluation time, and days are in
/// UTC.
pub(crate) fn presets() -> impl Iterator<Item = (&'static str, String)> {
    Preset::names().filter_map(|name| Some((name, Preset::named(name)?.meaning())))
}

/// The names of the fields that every entity has, as in conditions: `$identifier`, `$title`, ….
pub(crate) fn meta_properties() -> impl Iterator<Item = &'static str> {
    Meta::names()
}

/// A form of names under `property` that stands for something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) struct NameForm {
    /// The form, such as `$relation.NAME`.
    pub name: &'static str,
    /// Its meaning.
    pub meaning: &'static str,
}

/// The forms of names that newer guides of Port use.
pub(crate) const NAME_FORMS: [NameForm; 2] = [
    NameForm { name: "$relation.NAME", meaning: "the relation NAME" },
    NameForm { name: "$mirror.NAME", meaning: "the property NAME, which mirrors one of a related entity" },
];
