//! Reads queries, conditions and the values they compare with.

use super::{Reader, head};
use crate::diagnostic::{Code, did_you_mean, expected, quoted, suggest};
use crate::entity::Meta;
use crate::json::{Node, Tree};
use crate::scorecard::definition::{Combinator, Condition, Member, Operand, Operator, Query, Subject};
use crate::scorecard::operator::Takes;
use crate::value::{DateRange, Instant, Preset, Scalar};

/// Spellings from other languages that no measure of likeness would find.
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

const GROUP: &str =
    "write `{\"combinator\": \"and\", \"conditions\": [{\"property\": …, \"operator\": …, \"value\": …}]}`";

impl Reader<'_> {
    /// Reports a word at `node` that is not one of the `known` words.
    fn unknown<'k>(
        &mut self,
        code: Code,
        kind: &str,
        node: &Node,
        word: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) {
        let message = format!("unknown {kind} {}", quoted(word));
        self.problem(code, &node.span, message, suggest(kind, word, known));
    }

    /// A query; `what` names it in messages.
    pub(super) fn query(&mut self, node: &Node, what: &str) -> Option<Query> {
        if !node.is_object() {
            let message = format!("{what} must be an object, not {}", node.kind());
            self.problem(Code::WrongType, &node.span, message, GROUP);
            return None;
        }
        let mut sound = true;
        if let Some(member) = node.members().iter().find(|member| is_condition_key(node, &member.key)) {
            let message = format!("{what} is a condition too: it has `{}`", member.key);
            self.problem(Code::QueryAndCondition, &member.key_span, message, GROUP);
            sound = false;
        }
        let combinator = self.combinator(node, what);
        let (items, as_rules) = match (node.get("conditions"), node.get("rules")) {
            (Some(_), Some(rules)) => {
                let message = format!("{what} has both `conditions` and `rules`");
                self.problem(
                    Code::ConditionsAndRules,
                    &rules.span,
                    message,
                    "they are two names for one thing; keep `conditions`",
                );
                return None;
            }
            (Some(conditions), None) => (conditions, false),
            (None, Some(rules)) => (rules, true),
            (None, None) => {
                self.problem(
                    Code::MissingConditions,
                    &head(&node.span),
                    format!("{what} has no `conditions`"),
                    GROUP,
                );
                return None;
            }
        };
        let Some(items) = items.as_list() else {
            let message = format!("the conditions of {what} must be an array, not {}", items.kind());
            self.problem(Code::WrongType, &items.span, message, GROUP);
            return None;
        };
        if items.is_empty() {
            let at = node.get("conditions").or(node.get("rules")).unwrap_or(node).span.clone();
            self.problem(
                Code::EmptyConditions,
                &at,
                format!("{what} has no condition"),
                "add at least one condition, or remove the rule",
            );
            return None;
        }
        let members: Vec<Option<Member>> = items.iter().map(|item| self.member(item)).collect();
        let members: Option<Vec<Member>> = members.into_iter().collect();
        sound.then_some(Query {
            combinator: combinator?,
            members: members?,
            span: node.span.clone(),
            as_rules,
        })
    }

    fn combinator(&mut self, node: &Node, what: &str) -> Option<Combinator> {
        let Some(found) = node.get("combinator") else {
            let help = "add `\"combinator\": \"and\"` or `\"combinator\": \"or\"`";
            self.problem(
                Code::MissingCombinator,
                &head(&node.span),
                format!("{what} has no `combinator`"),
                help,
            );
            return None;
        };
        match found.as_text() {
            Some("and") => Some(Combinator::And),
            Some("or") => Some(Combinator::Or),
            Some(other) => {
                self.unknown(Code::UnknownCombinator, "combinator", found, other, ["and", "or"]);
                None
            }
            None => {
                let message = format!("`combinator` must be a string, not {}", found.kind());
                self.problem(Code::WrongType, &found.span, message, expected("combinator", ["and", "or"]));
                None
            }
        }
    }

    fn member(&mut self, node: &Node) -> Option<Member> {
        if !node.is_object() {
            let message = format!("a condition must be an object, not {}", node.kind());
            self.problem(
                Code::WrongType,
                &node.span,
                message,
                "write `{\"property\": …, \"operator\": …, \"value\": …}`",
            );
            return None;
        }
        if ["combinator", "conditions", "rules"].iter().any(|key| node.get(key).is_some()) {
            self.query(node, "the group").map(Member::Group)
        } else {
            self.condition(node).map(Member::Condition)
        }
    }

    fn condition(&mut self, node: &Node) -> Option<Condition> {
        let subject = self.subject(node);
        let operator = self.operator(node);
        let not = operator.and_then(|operator| self.not(node, operator));
        let operand = operator.and_then(|operator| self.operand(node, operator));
        let (subject, operator, not, operand) = (subject?, operator?, not?, operand?);
        Some(Condition { subject, operator, not, operand, span: node.span.clone() })
    }

    fn subject(&mut self, node: &Node) -> Option<Subject> {
        let help = "write `\"property\": NAME` for a property, or `\"relation\": NAME` for a relation";
        let (key, found) = match (node.get("property"), node.get("relation")) {
            (Some(property), None) => ("property", property),
            (None, Some(relation)) => ("relation", relation),
            (Some(_), Some(relation)) => {
                let message = "the condition has both `property` and `relation`".to_owned();
                self.problem(Code::ConditionSubject, &relation.span, message, help);
                return None;
            }
            (None, None) => {
                let message = "the condition has neither `property` nor `relation`".to_owned();
                self.problem(Code::ConditionSubject, &head(&node.span), message, help);
                return None;
            }
        };
        let Some(name) = found.as_text() else {
            self.problem(
                Code::WrongType,
                &found.span,
                format!("`{key}` must be a string, not {}", found.kind()),
                help,
            );
            return None;
        };
        if key == "relation" {
            return Some(Subject::Relation(name.to_owned()));
        }
        if !name.starts_with('$') {
            return Some(Subject::Property(name.to_owned()));
        }
        let meta = Meta::named(name);
        if meta.is_none() {
            self.unknown(Code::UnknownMetaProperty, "meta-property", found, name, Meta::names());
        }
        meta.map(Subject::Meta)
    }

    fn operator(&mut self, node: &Node) -> Option<Operator> {
        let Some(found) = node.get("operator") else {
            let help = expected("operator", Operator::names());
            self.problem(
                Code::MissingOperator,
                &head(&node.span),
                "the condition has no `operator`".to_owned(),
                help,
            );
            return None;
        };
        let Some(word) = found.as_text() else {
            let message = format!("`operator` must be a string, not {}", found.kind());
            self.problem(Code::WrongType, &found.span, message, "put it in double quotes");
            return None;
        };
        let operator = Operator::named(word);
        if operator.is_none() {
            let other =
                OTHER_SPELLINGS.iter().find(|(spelling, _)| spelling.eq_ignore_ascii_case(word.trim()));
            let help = match other {
                Some((_, operator)) => did_you_mean([operator.name()]),
                None => suggest("operator", word, Operator::names()),
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
            let message = format!("`not` has no meaning for operator `{}`", operator.name());
            let help = "only `isEmpty` and `isNotEmpty` take it; the others have a negative of their own, such as `!=`";
            self.problem(Code::MisplacedNot, &found.span, message, help);
            return None;
        }
        match found.tree {
            Tree::Bool(not) => Some(not),
            _ => {
                let message = format!("`not` must be a boolean, not {}", found.kind());
                self.problem(Code::WrongType, &found.span, message, "write `true` or `false` without quotes");
                None
            }
        }
    }

    fn operand(&mut self, node: &Node, operator: Operator) -> Option<Operand> {
        let takes = Takes::of(operator);
        if takes.nothing {
            return Some(Operand::Nothing);
        }
        let Some(value) = node.get("value") else {
            let at = head(&node.raw("value").unwrap_or(node).span);
            let message = format!("operator `{}` needs a `value`", operator.name());
            self.problem(Code::MissingValue, &at, message, format!("give it {}", takes.description));
            return None;
        };
        match &value.tree {
            Tree::Text(text) if takes.order => match Instant::parse(text) {
                Some(_) => Some(Operand::Scalar(Scalar::Text(text.clone()))),
                None => self.wrong_value(value, operator, &takes),
            },
            Tree::Text(text) if takes.text => Some(Operand::Scalar(Scalar::Text(text.clone()))),
            Tree::Number(number) if takes.number => Some(Operand::Scalar(Scalar::Number(*number))),
            Tree::Bool(bool) if takes.boolean => Some(Operand::Scalar(Scalar::Bool(*bool))),
            Tree::List(items) if takes.list => {
                self.items(items, operator, takes.boolean_items).map(Operand::List)
            }
            Tree::Object(_) if takes.dates => self.dates(value),
            _ => self.wrong_value(value, operator, &takes),
        }
    }

    fn items(&mut self, items: &[Node], operator: Operator, booleans: bool) -> Option<Vec<Scalar>> {
        let scalars: Vec<Option<Scalar>> = items
            .iter()
            .map(|item| match &item.tree {
                Tree::Text(text) => Some(Scalar::Text(text.clone())),
                Tree::Number(number) => Some(Scalar::Number(*number)),
                Tree::Bool(bool) if booleans => Some(Scalar::Bool(*bool)),
                _ => {
                    let message = format!(
                        "{} can not stand in the array of operator `{}`",
                        item.kind(),
                        operator.name()
                    );
                    let help = if booleans {
                        "use strings, numbers and booleans"
                    } else {
                        "use strings and numbers"
                    };
                    self.problem(Code::WrongValueType, &item.span, message, help);
                    None
                }
            })
            .collect();
        scalars.into_iter().collect()
    }

    fn wrong_value(&mut self, value: &Node, operator: Operator, takes: &Takes) -> Option<Operand> {
        let message =
            format!("operator `{}` takes {}, not {}", operator.name(), takes.description, value.kind());
        let help = match value.as_text() {
            Some(text) if takes.number && !takes.text => match text.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => format!("write {}, not \"{text}\"", text.trim()),
                _ if Instant::parse_day(text).is_some() => {
                    format!("give a time of day: \"{text}T00:00:00Z\"")
                }
                _ => "numbers stand without quotes; a date-time is written 2026-01-31T00:00:00Z".to_owned(),
            },
            _ if takes.list && !takes.text => "put it in square brackets: `[…]`".to_owned(),
            _ => format!("give it {}", takes.description),
        };
        self.problem(Code::WrongValueType, &value.span, message, help);
        None
    }

    fn dates(&mut self, node: &Node) -> Option<Operand> {
        const HELP: &str = "write `{\"from\": …, \"to\": …}` or `{\"preset\": \"lastMonth\"}`";
        let (from, to, preset) = (node.get("from"), node.get("to"), node.get("preset"));
        match (from, to, preset) {
            (None, None, Some(preset)) => self.preset(preset),
            (Some(from), Some(to), None) => {
                let first = self.date(from, Instant::parse_any);
                let last = self.date(to, DateRange::end);
                let (first, last) = (first?, last?);
                if first > last {
                    let message = "`from` is later than `to`, so no date is between them".to_owned();
                    self.problem(Code::DateRangeReversed, &from.span, message, "swap the two");
                    return None;
                }
                let text = format!(
                    "{} and {}",
                    from.as_text().unwrap_or_default(),
                    to.as_text().unwrap_or_default()
                );
                Some(Operand::Dates(DateRange::Ends { from: first, to: last }, text))
            }
            (_, _, Some(_)) => {
                let message = "the date object has both a preset and an end of its own".to_owned();
                self.problem(Code::DateObject, &head(&node.span), message, HELP);
                None
            }
            _ => {
                let message = "the date object has neither both ends nor a preset".to_owned();
                self.problem(Code::DateObject, &head(&node.span), message, HELP);
                None
            }
        }
    }

    fn preset(&mut self, node: &Node) -> Option<Operand> {
        let Some(name) = node.as_text() else {
            let message = format!("`preset` must be a string, not {}", node.kind());
            self.problem(Code::WrongType, &node.span, message, expected("preset", Preset::names()));
            return None;
        };
        let preset = Preset::named(name);
        if preset.is_none() {
            self.unknown(Code::UnknownPreset, "preset", node, name, Preset::names());
        }
        preset.map(|preset| Operand::Dates(DateRange::Preset(preset), preset.name().to_owned()))
    }

    fn date(&mut self, node: &Node, parse: fn(&str) -> Option<Instant>) -> Option<Instant> {
        let found = node.as_text().and_then(parse);
        if found.is_none() {
            let what = node.as_text().map_or_else(|| node.kind().to_owned(), quoted);
            let help = "write a day as 2026-01-31, or a date-time as 2026-01-31T09:30:00Z";
            self.problem(Code::NotADate, &node.span, format!("{what} is no date"), help);
        }
        found
    }
}

fn is_condition_key(node: &Node, key: &str) -> bool {
    matches!(key, "property" | "relation" | "operator") && node.get(key).is_some()
}
