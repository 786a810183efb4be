//! Conditions in plain words, as statements (`change_failure_rate is at most 30`) and as requirements
//! (`must not be empty`). All reports and explanations use the same table of verbs.
//!
//! Names and values are written as in the definition, so that a reader can search for them.

use super::definition::{Combinator, Condition, Definition, Member, Operand, Operator, Query, Rule, Subject};
use crate::terminal::{clean, truncate};
use crate::value::{DateRange, Scalar, Value};

/// The kinds of operands that lead to different verbs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OperandKind {
    Nothing,
    Number,
    /// A string; with `>`, `>=`, `<` and `<=` a date-time.
    Text,
    Bool,
    List,
    /// A date object with `from` and `to`.
    Ends,
    /// A date object with a preset.
    Preset,
}

impl Operand {
    pub(crate) fn kind(&self) -> OperandKind {
        match self {
            Self::Nothing => OperandKind::Nothing,
            Self::Scalar(Scalar::Number(_)) => OperandKind::Number,
            Self::Scalar(Scalar::Text(_)) => OperandKind::Text,
            Self::Scalar(Scalar::Bool(_)) => OperandKind::Bool,
            Self::List(_) => OperandKind::List,
            Self::Dates(DateRange::Ends { .. }, _) => OperandKind::Ends,
            Self::Dates(DateRange::Preset(_), _) => OperandKind::Preset,
        }
    }
}

/// The words between the name of a property and the operand of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Verb {
    /// In a statement: `is at least`.
    pub(crate) statement: &'static str,
    /// In a requirement: `must be at least`.
    pub(crate) requirement: &'static str,
}

impl Operator {
    /// Whether it compares with a bound: `>`, `>=`, `<` or `<=`.
    pub(crate) fn is_order(self) -> bool {
        matches!(self, Self::Greater | Self::GreaterOrEqual | Self::Less | Self::LessOrEqual)
    }

    /// Whether the symbol of the operator is easier to read than words: `>= 0.25`.
    pub(crate) fn is_compact(self, kind: OperandKind) -> bool {
        self.is_order() && kind == OperandKind::Number
    }

    /// The words for operands of this kind.
    pub(crate) fn verb(self, kind: OperandKind) -> Verb {
        use OperandKind::{Ends, List, Preset, Text};
        let (statement, requirement) = match (self, kind) {
            (Self::Equal | Self::Between, Preset) => ("is within", "must be within"),
            (Self::NotEqual | Self::NotBetween, Preset) => ("is not within", "must not be within"),
            (Self::Equal, Ends) | (Self::Between, _) => ("is between", "must be between"),
            (Self::NotEqual, Ends) | (Self::NotBetween, _) => ("is not between", "must not be between"),
            (Self::Equal, List) => ("is the set", "must be the set"),
            (Self::NotEqual, List) => ("is not the set", "must not be the set"),
            (Self::Equal, _) => ("is", "must be"),
            (Self::NotEqual, _) => ("is not", "must not be"),
            (Self::Greater, Text) => ("is after", "must be after"),
            (Self::GreaterOrEqual, Text) => ("is at or after", "must be at or after"),
            (Self::Less, Text) => ("is before", "must be before"),
            (Self::LessOrEqual, Text) => ("is at or before", "must be at or before"),
            (Self::Greater, _) => ("is above", "must be above"),
            (Self::GreaterOrEqual, _) => ("is at least", "must be at least"),
            (Self::Less, _) => ("is below", "must be below"),
            (Self::LessOrEqual, _) => ("is at most", "must be at most"),
            (Self::Contains, List) => ("contains all of", "must contain all of"),
            (Self::DoesNotContains, List) => ("does not contain all of", "must not contain all of"),
            (Self::Contains, _) => ("contains", "must contain"),
            (Self::DoesNotContains, _) => ("does not contain", "must not contain"),
            (Self::ContainsAny, _) => ("contains any of", "must contain any of"),
            (Self::In, _) => ("is one of", "must be one of"),
            (Self::NotIn, _) => ("is none of", "must be none of"),
            (Self::BeginsWith, _) => ("begins with", "must begin with"),
            (Self::DoesNotBeginsWith, _) => ("does not begin with", "must not begin with"),
            (Self::EndsWith, _) => ("ends with", "must end with"),
            (Self::DoesNotEndsWith, _) => ("does not end with", "must not end with"),
            (Self::IsEmpty, _) => ("is empty", "must be empty"),
            (Self::IsNotEmpty, _) => ("is not empty", "must not be empty"),
        };
        Verb { statement, requirement }
    }
}

impl Rule {
    /// The query in one line of plain words.
    pub fn in_words(&self) -> String {
        self.query.in_words()
    }
}

impl Definition {
    /// The filter in one line of plain words; `None` without a filter.
    pub fn filter_in_words(&self) -> Option<String> {
        self.filter.as_ref().map(Query::in_words)
    }
}

impl Query {
    /// The members joined by the combinator. Nested groups are in parentheses.
    fn in_words(&self) -> String {
        let joint = match self.combinator {
            Combinator::And => " and ",
            Combinator::Or => " or ",
        };
        let alone = self.members.len() == 1;
        let members: Vec<String> = self
            .members
            .iter()
            .map(|member| match member {
                Member::Condition(condition) => condition.in_words(),
                Member::Group(group) if alone || group.members.len() == 1 => group.in_words(),
                Member::Group(group) => format!("({})", group.in_words()),
            })
            .collect();
        members.join(joint)
    }
}

impl Condition {
    fn in_words(&self) -> String {
        let subject = match &self.subject {
            Subject::Relation(name) => format!("relation {}", name_in_words(name)),
            Subject::Property(name) => name_in_words(name),
            Subject::Meta(meta) => meta.name().to_owned(),
        };
        let verb = self.effective_operator().verb(self.operand.kind()).statement;
        match &self.operand {
            Operand::Nothing => format!("{subject} {verb}"),
            Operand::Dates(DateRange::Preset(preset), text) => {
                format!("{subject} {verb} {} ({text})", preset.meaning())
            }
            operand => format!("{subject} {verb} {operand}"),
        }
    }

    /// The reason why an actual value fails: `change_failure_rate is 34.2, required <= 30`, `on_call must not be
    /// empty`.
    pub(crate) fn shortfall(&self, actual: &Value<'_>) -> String {
        const MAX_WIDTH: usize = 60;
        let (operator, kind) = (self.effective_operator(), self.operand.kind());
        let shown = clean(truncate(&actual.to_string(), MAX_WIDTH)).into_owned();
        // without its quotes, text looks like the number or the boolean that it is compared with
        let is_misleading = matches!(actual, Value::Text(text) if !text.is_empty())
            && matches!(kind, OperandKind::Number | OperandKind::Bool);
        let actual = if is_misleading { format!("the string \"{shown}\"") } else { shown };
        let required = match &self.operand {
            operand if operator.is_compact(kind) => format!("required {} {operand}", operator.name()),
            Operand::Nothing => operator.verb(kind).requirement.to_owned(),
            operand => format!("{} {operand}", operator.verb(kind).requirement),
        };
        match (operator, actual.as_str()) {
            (Operator::IsNotEmpty, "") => format!("{} {required}", self.subject),
            (_, "") => format!("{} is empty, {required}", self.subject),
            _ => format!("{} is {actual}, {required}", self.subject),
        }
    }
}

/// A name, in double quotes if its end would be unclear in a sentence, for example because it contains spaces.
fn name_in_words(name: &str) -> String {
    let plain = !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '"');
    if plain { name.to_owned() } else { Scalar::Text(name.to_owned()).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;
    use crate::scorecard::read_definitions;

    fn shortfall(condition: &str, actual: Value<'_>) -> String {
        let query = format!(r#"{{"combinator": "and", "conditions": [{{"property": "x", {condition}}}]}}"#);
        let text = format!(r#"{{"identifier": "c", "filter": {query}, "rules": []}}"#);
        let definitions = read_definitions(vec![Source::new("c", text)], "service");
        let definition = definitions.ok().and_then(|mut all| all.pop());
        let filter = definition.and_then(|definition| definition.filter);
        filter.iter().flat_map(Query::conditions).map(|condition| condition.shortfall(&actual)).collect()
    }

    #[test]
    fn a_shortfall_contains_the_actual_value_and_the_requirement() {
        for (condition, actual, expected) in [
            (r#""operator": ">=", "value": 0.25"#, "missing", "x is missing, required >= 0.25"),
            (r#""operator": "isNotEmpty""#, "", "x must not be empty"),
            (r#""operator": "isEmpty", "not": true"#, "missing", "x is missing, must not be empty"),
            (r#""operator": "isEmpty""#, "7", "x is 7, must be empty"),
            (r#""operator": "=", "value": true"#, "true", "x is the string \"true\", must be true"),
            (r#""operator": "<=", "value": 30"#, "3", "x is the string \"3\", required <= 30"),
            (r#""operator": "=", "value": 3"#, "", "x is empty, must be 3"),
            (r#""operator": "=", "value": "a""#, "", "x is empty, must be \"a\""),
            (r#""operator": "in", "value": ["a", "b"]"#, "c", "x is c, must be one of [\"a\", \"b\"]"),
            (
                r#""operator": ">", "value": "2026-01-01T00:00:00Z""#,
                "soon",
                "x is soon, must be after \"2026-01-01T00:00:00Z\"",
            ),
            (
                r#""operator": "between", "value": {"from": "2026-01-01", "to": "2026-01-31"}"#,
                "soon",
                "x is soon, must be between 2026-01-01 and 2026-01-31",
            ),
            (
                r#""operator": "!=", "value": {"preset": "today"}"#,
                "2026-01-01",
                "x is 2026-01-01, must not be within today",
            ),
        ] {
            let actual = if actual == "missing" { Value::Missing } else { Value::Text(actual.into()) };
            assert_eq!(shortfall(condition, actual), expected);
        }
    }
}
