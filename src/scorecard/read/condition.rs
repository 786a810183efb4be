//! Reads conditions, except for the value that they compare with.

use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic, Source, did_you_mean, expected, quoted};
use crate::entity::Meta;
use crate::json::{Node, Tree};
use crate::scorecard::definition::{Condition, Operator, Subject};
use std::sync::Arc;

/// Operators as other languages write them, if the spelling is too different to be recognized as a typo.
const OTHER_SPELLINGS: [(&str, Operator); 21] = [
    ("==", Operator::Equal),
    ("===", Operator::Equal),
    ("eq", Operator::Equal),
    ("equals", Operator::Equal),
    ("is", Operator::Equal),
    ("!==", Operator::NotEqual),
    ("<>", Operator::NotEqual),
    ("ne", Operator::NotEqual),
    ("notEquals", Operator::NotEqual),
    ("=>", Operator::GreaterOrEqual),
    ("≥", Operator::GreaterOrEqual),
    ("gte", Operator::GreaterOrEqual),
    ("=<", Operator::LessOrEqual),
    ("≤", Operator::LessOrEqual),
    ("lte", Operator::LessOrEqual),
    ("gt", Operator::Greater),
    ("lt", Operator::Less),
    ("startsWith", Operator::BeginsWith),
    ("notContains", Operator::DoesNotContains),
    ("exists", Operator::IsNotEmpty),
    ("notEmpty", Operator::IsNotEmpty),
];

/// Reads a condition that is not in a scorecard. `found` are the problems found so far: their number decides whether the
/// help of another one is worth the search for similar words.
///
/// # Errors
/// The first problem of the condition.
#[expect(clippy::expect_used, reason = "the reader gives a reason for each condition that it rejects")]
pub(crate) fn read_condition(
    source: &Arc<Source>,
    node: &Node,
    found: &mut Vec<Diagnostic>,
) -> Result<Condition, Diagnostic> {
    let before = found.len();
    let mut reader = Reader { source: Arc::clone(source), default_blueprint: "", problems: found };
    reader.condition(node).ok_or_else(|| found.drain(before..).next().expect("a problem was found"))
}

/// What a name that begins with `$` stands for: a meta-property, or a relation or mirrored property of Port.
pub(crate) fn dollar_subject(name: &str) -> Option<Subject> {
    let named = |prefix| name.strip_prefix(prefix).filter(|rest| !rest.is_empty()).map(str::to_owned);
    let relation = named("$relation.").map(Subject::Relation);
    relation
        .or_else(|| named("$mirror.").map(Subject::Property))
        .or_else(|| Meta::named(name).map(Subject::Meta))
}

impl Reader<'_> {
    pub(super) fn condition(&mut self, node: &Node) -> Option<Condition> {
        let subject = self.subject(node);
        let operator = self.operator(node);
        let not = operator.and_then(|operator| self.not(node, operator));
        let operand = operator.and_then(|operator| self.operand(node, operator));
        let (subject, operator, not, operand) = (subject?, operator?, not?, operand?);
        Some(Condition { subject, operator, not, operand, span: node.span.clone() })
    }

    fn subject(&mut self, node: &Node) -> Option<Subject> {
        const HELP: &str =
            "write `\"property\": NAME` for a property, or `\"relation\": NAME` for a relation";
        match (node.get("property"), node.get("relation")) {
            (Some(property), None) => match property.as_text() {
                Some(name) if name.starts_with('$') => self.meta_property(property, name),
                Some(name) => Some(Subject::Property(name.to_owned())),
                None => {
                    self.wrong_type(property, "`property`", "a string", HELP);
                    None
                }
            },
            (None, Some(relation)) => match relation.as_text() {
                Some(name) => Some(Subject::Relation(name.to_owned())),
                None => {
                    self.wrong_type(relation, "`relation`", "a string", HELP);
                    None
                }
            },
            (Some(_), Some(relation)) => {
                let message = "the condition has both `property` and `relation`".to_owned();
                self.problem(Code::ConditionSubject, &relation.span, message, HELP);
                None
            }
            (None, None) => {
                let message = "the condition has neither `property` nor `relation`".to_owned();
                let keys = ["property", "relation"];
                self.missing(Code::ConditionSubject, node, &keys, &node.head(), message, HELP);
                None
            }
        }
    }

    fn meta_property(&mut self, node: &Node, name: &str) -> Option<Subject> {
        let subject = dollar_subject(name);
        if subject.is_none() {
            self.unknown(Code::UnknownMetaProperty, "meta-property", node, name, Meta::names());
        }
        subject
    }

    fn operator(&mut self, node: &Node) -> Option<Operator> {
        let Some(found) = node.get("operator") else {
            let message = "the condition has no `operator`".to_owned();
            let help = expected("operator", Operator::names());
            self.missing(Code::MissingOperator, node, &["operator"], &node.head(), message, help);
            return None;
        };
        let Some(word) = found.as_text() else {
            self.wrong_type(found, "`operator`", "a string", "put it in double quotes");
            return None;
        };
        let operator = Operator::named(word);
        if operator.is_none() {
            let other =
                OTHER_SPELLINGS.iter().find(|(spelling, _)| spelling.eq_ignore_ascii_case(word.trim()));
            let help = match other {
                Some((_, operator)) => did_you_mean([operator.name()]),
                None => self.suggestion("operator", word, Operator::names()),
            };
            let message = format!("unknown operator {}", quoted(word));
            self.problem(Code::UnknownOperator, &found.span, message, help);
        }
        operator
    }

    fn not(&mut self, node: &Node, operator: Operator) -> Option<bool> {
        let Some(found) = node.get("not") else {
            return Some(false);
        };
        if !operator.is_emptiness() {
            let message = format!("operator `{}` does not support `not`", operator.name());
            let help = "only `isEmpty` and `isNotEmpty` support it; use a negative operator such as `!=`";
            self.problem(Code::MisplacedNot, &found.span, message, help);
            return None;
        }
        match found.tree {
            Tree::Bool(not) => Some(not),
            _ => {
                self.wrong_type(found, "`not`", "a boolean", "write `true` or `false` without quotes");
                None
            }
        }
    }
}
