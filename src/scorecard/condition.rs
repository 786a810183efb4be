//! Compiled conditions: each tests one value. Numbers and dates of the definition are parsed once, at compile time.
//!
//! Values are never converted to another type. For a missing value, the only positive operator that holds is `isEmpty`.
//! A negative operator holds exactly when its positive operator does not.

use super::definition::{Condition, Operand, Operator};
use super::glob::Glob;
use crate::value::{Instant, Scalar, Value};

/// The direction of a comparison, and whether a value that is equal to the bound passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Order {
    AtLeast,
    Above,
    AtMost,
    Below,
}

impl Order {
    pub(crate) fn holds<T: PartialOrd>(self, actual: &T, bound: &T) -> bool {
        match self {
            Self::AtLeast => actual >= bound,
            Self::Above => actual > bound,
            Self::AtMost => actual <= bound,
            Self::Below => actual < bound,
        }
    }
}

/// A compiled condition.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Check {
    pub(crate) test: Test,
    /// Whether the condition holds exactly when the test does not.
    pub(crate) negated: bool,
}

/// A test of one value. Negative operators use the test of their positive operator.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Test {
    Number(Order, f64),
    Instant(Order, Instant),
    Equal(Known),
    SameSet(Vec<Known>),
    ContainsAll(Vec<Known>),
    AnyOf(Vec<Known>),
    BeginsWith(String),
    EndsWith(String),
    /// The whole text matches a pattern. Definitions cannot express it, but `--where` can.
    Like(Glob),
    Between(Instant, Instant),
    Empty,
    NotEmpty,
}

/// A value of a definition, with its instant and its text computed in advance.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Known {
    pub(crate) scalar: Scalar,
    pub(crate) instant: Option<Instant>,
    pub(crate) text: Option<String>,
}

impl Known {
    fn new(scalar: &Scalar) -> Self {
        let instant = match scalar {
            Scalar::Text(text) => Instant::parse(text),
            _ => None,
        };
        Self { scalar: scalar.clone(), instant, text: scalar.text().map(std::borrow::Cow::into_owned) }
    }

    /// Whether type and value are the same. Two date-times are equal if their instants are.
    pub(crate) fn equals(&self, actual: &Value<'_>) -> bool {
        match (&self.scalar, actual) {
            (Scalar::Text(known), Value::Text(actual)) => {
                known == actual || self.instant.is_some_and(|instant| Instant::parse(actual) == Some(instant))
            }
            (Scalar::Number(known), Value::Number(actual)) => known == actual,
            (Scalar::Bool(known), Value::Bool(actual)) => known == actual,
            _ => false,
        }
    }

    /// Whether it is a substring of a string or number, or an element of an array.
    fn contained(&self, actual: &Value<'_>) -> bool {
        match (actual, &self.text) {
            (Value::List(items), _) => items.iter().any(|item| self.equals(item)),
            (_, Some(text)) => actual.text().is_some_and(|actual| actual.contains(text.as_str())),
            _ => false,
        }
    }
}

impl Check {
    /// Compiles a condition. Date presets are relative to `as_of`.
    pub(crate) fn new(condition: &Condition, as_of: Instant) -> Self {
        let positive = condition.operator.positive();
        let known = |scalars: &[Scalar]| scalars.iter().map(Known::new).collect::<Vec<_>>();
        let test = match (positive.unwrap_or(condition.operator), &condition.operand) {
            (Operator::IsEmpty, _) => Test::Empty,
            (Operator::IsNotEmpty, _) => Test::NotEmpty,
            (_, Operand::Dates(range, _)) => {
                let (from, to) = range.resolve(as_of);
                Test::Between(from, to)
            }
            (Operator::Greater, Operand::Scalar(bound)) => Test::ordered(Order::Above, bound),
            (Operator::GreaterOrEqual, Operand::Scalar(bound)) => Test::ordered(Order::AtLeast, bound),
            (Operator::Less, Operand::Scalar(bound)) => Test::ordered(Order::Below, bound),
            (Operator::LessOrEqual, Operand::Scalar(bound)) => Test::ordered(Order::AtMost, bound),
            (Operator::Contains, Operand::Scalar(scalar)) => Test::ContainsAll(vec![Known::new(scalar)]),
            (Operator::Contains, Operand::List(scalars)) => Test::ContainsAll(known(scalars)),
            (Operator::BeginsWith, Operand::Scalar(part)) => Test::BeginsWith(text_of(part)),
            (Operator::EndsWith, Operand::Scalar(part)) => Test::EndsWith(text_of(part)),
            (Operator::ContainsAny | Operator::In, Operand::List(scalars)) => Test::AnyOf(known(scalars)),
            (Operator::Equal, Operand::Scalar(scalar)) => Test::Equal(Known::new(scalar)),
            (Operator::Equal, Operand::List(scalars)) => Test::SameSet(known(scalars)),
            (operator, operand) => unreachable!("the reader rejects {operator:?} with {operand:?}"),
        };
        Self { test, negated: positive.is_some() != condition.not }
    }

    /// Whether the actual value passes.
    pub(crate) fn holds(&self, actual: &Value<'_>) -> bool {
        self.test.holds(actual) != self.negated
    }
}

impl Test {
    fn ordered(order: Order, bound: &Scalar) -> Self {
        match bound {
            // adding 0 turns -0 into 0, so that equal guards are recognized
            Scalar::Number(bound) => Self::Number(order, bound + 0.0),
            Scalar::Text(text) => match Instant::parse(text) {
                Some(bound) => Self::Instant(order, bound),
                None => unreachable!("the reader rejects a bound that is not a date-time"),
            },
            Scalar::Bool(_) => unreachable!("the reader rejects a boolean as a bound"),
        }
    }

    pub(crate) fn holds(&self, actual: &Value<'_>) -> bool {
        match self {
            Self::Empty => actual.is_empty(),
            Self::NotEmpty => !actual.is_empty(),
            Self::SameSet(known) => same_set(known, actual),
            Self::ContainsAll(known) => {
                matches!(actual, Value::Text(_) | Value::Number(_) | Value::List(_))
                    && known.iter().all(|known| known.contained(actual))
            }
            _ => match actual {
                Value::List(items) => items.iter().any(|item| self.holds_for_one(item)),
                one => self.holds_for_one(one),
            },
        }
    }

    /// Tests a value that is not an array, or one element of an array: an array passes if one of its elements does.
    fn holds_for_one(&self, actual: &Value<'_>) -> bool {
        match (self, actual) {
            (Self::Number(order, bound), Value::Number(actual)) => order.holds(actual, bound),
            (Self::Instant(order, bound), Value::Text(actual)) => {
                Instant::parse(actual).is_some_and(|actual| order.holds(&actual, bound))
            }
            (Self::Between(from, to), Value::Text(actual)) => {
                Instant::parse_any(actual).is_some_and(|actual| *from <= actual && actual <= *to)
            }
            (Self::Equal(known), actual) => known.equals(actual),
            (Self::AnyOf(known), actual) => known.iter().any(|known| known.equals(actual)),
            (Self::BeginsWith(part), actual) => {
                actual.text().is_some_and(|text| text.starts_with(part.as_str()))
            }
            (Self::EndsWith(part), actual) => actual.text().is_some_and(|text| text.ends_with(part.as_str())),
            (Self::Like(pattern), Value::Text(actual)) => pattern.matches(actual),
            _ => false,
        }
    }
}

/// The text of the operand of `beginsWith` and `endsWith`.
#[expect(clippy::expect_used, reason = "the reader rejects a boolean as the value of these operators")]
fn text_of(part: &Scalar) -> String {
    part.text().expect("the value is a string or a number").into_owned()
}

/// Whether the two are equal as sets. A value that is not an array counts as a set of one element.
fn same_set(known: &[Known], actual: &Value<'_>) -> bool {
    let items = match actual {
        Value::List(items) => items.as_slice(),
        Value::Missing | Value::Null | Value::Object { .. } => return false,
        one => std::slice::from_ref(one),
    };
    items.iter().all(|item| known.iter().any(|known| known.equals(item)))
        && known.iter().all(|known| items.iter().any(|item| known.equals(item)))
}

#[cfg(test)]
mod tests {
    use super::super::definition::{Operand, Subject};
    use super::*;
    use crate::diagnostic::Source;
    use crate::scorecard::read_definitions;
    use proptest::prelude::*;
    use serde_json::json;

    fn check(operator: Operator, operand: Operand) -> Check {
        let subject = Subject::Property("p".to_owned());
        let condition = Condition { subject, operator, not: false, operand, span: 0..0 };
        Check::new(&condition, Instant::parse("2026-01-31T00:00:00Z").unwrap())
    }

    fn text(text: &str) -> Scalar {
        Scalar::Text(text.to_owned())
    }

    fn value() -> impl Strategy<Value = Value<'static>> {
        let leaf = prop_oneof![
            Just(Value::Missing),
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            (-3_i8..3).prop_map(|number| Value::Number(f64::from(number))),
            "[ab1]{0,2}".prop_map(|text| Value::Text(text.into())),
            Just(Value::Text("2026-01-31T00:00:00Z".into())),
            prop::sample::select(vec!["{}", "{\"a\":1}"])
                .prop_map(|json| Value::Object { json: json.into() }),
        ];
        prop_oneof![leaf.clone(), prop::collection::vec(leaf, 0..3).prop_map(Value::List)]
    }

    #[test]
    fn every_operand_that_the_reader_accepts_is_compiled() {
        let operands = [
            json!(null),
            json!(true),
            json!(1),
            json!("a"),
            json!("2026-01-31T00:00:00Z"),
            json!([]),
            json!(["a", 1, true]),
            json!({"preset": "lastWeek"}),
            json!({"from": "2026-01-31", "to": "2026-02-01"}),
            json!({"between": 1}),
        ];
        let mut accepted = 0;
        for operator in Operator::ALL.iter().copied() {
            for operand in operands.iter().map(Some).chain([None]) {
                let mut condition = json!({"property": "p", "operator": operator.name()});
                if let Some(operand) = operand {
                    condition["value"] = operand.clone();
                }
                let definition = json!({"identifier": "c", "blueprint": "service", "rules": [
                    {"identifier": "r", "level": "Gold",
                        "query": {"combinator": "and", "conditions": [condition]}}]});
                let source = Source::new("test", definition.to_string());
                let Ok(definitions) = read_definitions(vec![source], "service") else { continue };
                for condition in definitions[0].rules[0].query.conditions() {
                    Check::new(condition, Instant::parse("2026-01-31T00:00:00Z").unwrap());
                    accepted += 1;
                }
            }
        }
        assert!(accepted > Operator::ALL.len());
    }

    #[test]
    fn types_are_never_converted() {
        let one = check(Operator::Equal, Operand::Scalar(Scalar::Number(1.0)));
        assert!(one.holds(&Value::Number(1.0)));
        assert!(!one.holds(&Value::Text("1".into())));
        assert!(!one.holds(&Value::Bool(true)));
        let above = check(Operator::Greater, Operand::Scalar(Scalar::Number(0.0)));
        assert!(!above.holds(&Value::Text("1".into())));
    }

    #[test]
    fn two_spellings_of_an_instant_are_equal() {
        let equal = check(Operator::Equal, Operand::Scalar(text("2026-01-31T00:00:00Z")));
        assert!(equal.holds(&Value::Text("2026-01-31T01:00:00+01:00".into())));
        assert!(!equal.holds(&Value::Text("2026-01-31T01:00:00Z".into())));
    }

    #[test]
    fn a_list_passes_a_comparison_with_any_of_its_elements() {
        let above = check(Operator::Greater, Operand::Scalar(Scalar::Number(5.0)));
        assert!(above.holds(&Value::List(vec![Value::Number(1.0), Value::Number(6.0)])));
        assert!(!above.holds(&Value::List(vec![Value::Number(1.0)])));
        assert!(!above.holds(&Value::List(Vec::new())));
    }

    #[test]
    fn lists_are_equal_as_sets() {
        let set = check(Operator::Equal, Operand::List(vec![text("a"), text("b"), text("a")]));
        let list = |items: &[&'static str]| {
            Value::List(items.iter().map(|&item| Value::Text(item.into())).collect())
        };
        assert!(set.holds(&list(&["b", "a"])));
        assert!(!set.holds(&list(&["a"])));
        assert!(!set.holds(&list(&["a", "b", "c"])));
        assert!(!set.holds(&Value::Missing));
    }

    proptest! {
        #[test]
        fn a_negative_operator_holds_exactly_when_its_positive_one_does_not(
            value in value(),
            operand in prop_oneof![
                (-3_i8..3).prop_map(|number| Scalar::Number(f64::from(number))),
                "[ab1]{0,2}".prop_map(Scalar::Text),
                any::<bool>().prop_map(Scalar::Bool),
            ],
        ) {
            for negative in Operator::ALL.iter().copied() {
                let Some(positive) = negative.positive() else { continue };
                let list = Operand::List(vec![operand.clone()]);
                let fits = match positive {
                    Operator::Equal | Operator::Contains => vec![Operand::Scalar(operand.clone()), list],
                    Operator::In | Operator::ContainsAny => vec![list],
                    _ => continue,
                };
                for operand in fits {
                    let holds = check(positive, operand.clone()).holds(&value);
                    prop_assert_eq!(check(negative, operand).holds(&value), !holds, "{:?}", negative);
                }
            }
        }

        #[test]
        fn exactly_one_of_is_empty_and_is_not_empty_holds(value in value()) {
            let holds = |operator| check(operator, Operand::Nothing).holds(&value);
            prop_assert_ne!(holds(Operator::IsEmpty), holds(Operator::IsNotEmpty));
            prop_assert_eq!(holds(Operator::IsEmpty), value.is_empty());
        }
    }
}
