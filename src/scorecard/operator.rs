//! All that is to be known about an operator: what it takes as its value, and when it holds.
//!
//! The reader, `show operators` and the schema of scorecards all go by this file. A negative operator
//! has no entry of its own: it takes what its positive one takes, and holds when that does not.

use super::definition::Operator;
use crate::entity::Meta;
use crate::value::Preset;
use serde::Serialize;

/// What an operator takes as its value.
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
            _ => Self { nothing: true, description: "none", ..Self::default() },
        }
    }
}

impl Operator {
    /// When it holds, for a value found under the name the condition gives.
    fn holds(self) -> String {
        if let Some(positive) = self.positive() {
            return format!("`{}` does not hold", positive.name());
        }
        let text = match self {
            Self::Equal => "same type and equal; to an array as a set, to a date object as `between`",
            Self::Greater => "a larger number or a later date-time",
            Self::GreaterOrEqual => "a number or date-time that is the same, larger or later",
            Self::Less => "a smaller number or an earlier date-time",
            Self::LessOrEqual => "a number or date-time that is the same, smaller or earlier",
            Self::Contains => {
                "its text has the value in it, an array an element equal to it; of an array, all"
            }
            Self::ContainsAny | Self::In => "it or one of its elements is equal to one in the array",
            Self::BeginsWith => "its text begins with the value",
            Self::EndsWith => "its text ends with the value",
            Self::Between => "a date-time or a day in the range, both ends included",
            Self::IsEmpty => "missing, null, \"\", [] or {}; `\"not\": true` inverts it",
            Self::IsNotEmpty => "not missing, null, \"\", [] or {}; `\"not\": true` inverts it",
            // the negative ones have been dealt with
            _ => "",
        };
        text.to_owned()
    }
}

/// One operator, explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OperatorHelp {
    /// As it stands in a condition.
    pub operator: &'static str,
    /// What it takes as its value.
    pub value: &'static str,
    /// When it holds, in words. What is missing or null fails every operator that is no negative, but for
    /// the two that ask whether it is empty.
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

/// All presets of date objects, each with the range it stands for; `now` is the time of `--as-of`, and all
/// days are of UTC.
pub fn presets() -> impl Iterator<Item = (&'static str, String)> {
    Preset::names().filter_map(|name| Some((name, Preset::named(name)?.meaning())))
}

/// The properties that every entity has, as conditions name them: `$identifier`, `$title`, ….
pub fn meta_properties() -> impl Iterator<Item = &'static str> {
    Meta::names()
}
