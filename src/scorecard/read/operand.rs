//! Reads the values that conditions compare with.

use super::reader::Reader;
use crate::diagnostic::{Code, did_you_mean, expected, quoted};
use crate::json::{Node, Shape, Tree, parse};
use crate::scorecard::definition::{Operand, Operator};
use crate::scorecard::operator::Accepts;
use crate::value::{DateRange, Instant, Preset, Scalar};

/// Presets under other names, if the spelling is too different to be recognized as a typo.
const OTHER_PRESETS: [(&str, &str); 14] = [
    ("last24Hours", "lastDay"),
    ("last7Days", "lastWeek"),
    ("last14Days", "last2Weeks"),
    ("last30Days", "lastMonth"),
    ("lastQuarter", "last3Months"),
    ("last90Days", "last3Months"),
    ("last180Days", "last6Months"),
    ("lastYear", "last12Months"),
    ("pastYear", "last12Months"),
    ("last365Days", "last12Months"),
    ("next7Days", "nextWeek"),
    ("next30Days", "nextMonth"),
    ("nextQuarter", "next3Months"),
    ("nextYear", "next12Months"),
];

/// The number in a string that is a JSON number, such as `"4"`. Port's own examples compare with such strings.
fn quoted_number(text: &str) -> Option<f64> {
    let node = parse(text, &Shape::SCALAR).ok()?;
    match node.tree {
        Tree::Number(number) if node.span == (0..text.len()) => Some(number),
        _ => None,
    }
}

impl Reader<'_> {
    pub(super) fn operand(&mut self, node: &Node, operator: Operator) -> Option<Operand> {
        let accepts = Accepts::of(operator);
        if accepts.nothing {
            return Some(Operand::Nothing);
        }
        let Some(value) = node.get("value") else {
            let at = node.raw("value").unwrap_or(node).head();
            let message = format!("operator `{}` needs a `value`", operator.name());
            self.missing(
                Code::MissingValue,
                node,
                &["value"],
                &at,
                message,
                format!("use {}", accepts.description),
            );
            return None;
        };
        match &value.tree {
            Tree::Text(text) if accepts.order => match Instant::parse(text) {
                Some(_) => Some(Operand::Scalar(Scalar::Text(text.clone()))),
                None => match quoted_number(text) {
                    Some(number) => Some(Operand::Scalar(Scalar::Number(number))),
                    None => self.wrong_value(value, operator, &accepts),
                },
            },
            Tree::Text(text) if accepts.text => Some(Operand::Scalar(Scalar::Text(text.clone()))),
            Tree::Number(number) if accepts.number => Some(Operand::Scalar(Scalar::Number(*number))),
            Tree::Bool(bool) if accepts.boolean => Some(Operand::Scalar(Scalar::Bool(*bool))),
            Tree::List(items) if accepts.list => {
                self.items(items, operator, accepts.boolean_items).map(Operand::List)
            }
            Tree::Object(_) if accepts.dates => self.dates(value),
            _ => self.wrong_value(value, operator, &accepts),
        }
    }

    fn items(&mut self, items: &[Node], operator: Operator, booleans: bool) -> Option<Vec<Scalar>> {
        // read all items first, so that every problem is reported
        let scalars: Vec<Option<Scalar>> =
            items.iter().map(|item| self.item(item, operator, booleans)).collect();
        scalars.into_iter().collect()
    }

    fn item(&mut self, item: &Node, operator: Operator, booleans: bool) -> Option<Scalar> {
        match &item.tree {
            Tree::Text(text) => Some(Scalar::Text(text.clone())),
            Tree::Number(number) => Some(Scalar::Number(*number)),
            Tree::Bool(bool) if booleans => Some(Scalar::Bool(*bool)),
            _ => {
                let message =
                    format!("the array of operator `{}` cannot contain {}", operator.name(), item.kind());
                let help =
                    if booleans { "use strings, numbers and booleans" } else { "use strings and numbers" };
                self.problem(Code::WrongValueType, &item.span, message, help);
                None
            }
        }
    }

    fn wrong_value(&mut self, value: &Node, operator: Operator, accepts: &Accepts) -> Option<Operand> {
        let message =
            format!("operator `{}` needs {}, not {}", operator.name(), accepts.description, value.kind());
        let help = match value.as_text() {
            Some(text) if accepts.number && !accepts.text => match text.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => format!("write {}, not \"{text}\"", text.trim()),
                _ if Instant::parse_day(text).is_some() => {
                    format!("add a time of day: \"{text}T00:00:00Z\"")
                }
                _ => "write a number without quotes, or a date-time such as \"2026-01-31T00:00:00Z\""
                    .to_owned(),
            },
            _ if accepts.list && !accepts.text => "put it in square brackets: `[…]`".to_owned(),
            _ => format!("use {}", accepts.description),
        };
        self.problem(Code::WrongValueType, &value.span, message, help);
        None
    }

    fn dates(&mut self, node: &Node) -> Option<Operand> {
        const HELP: &str = "write `{\"from\": …, \"to\": …}` or `{\"preset\": \"lastMonth\"}`";
        match (node.get("from"), node.get("to"), node.get("preset")) {
            (None, None, Some(preset)) => self.preset(preset),
            (Some(from), Some(to), None) => self.ends(from, to),
            (_, _, Some(_)) => {
                let message = "the date object has both `preset` and `from` or `to`".to_owned();
                self.problem(Code::DateObject, &node.head(), message, HELP);
                None
            }
            _ => {
                let message = "the date object has neither `preset` nor both `from` and `to`".to_owned();
                let keys = ["preset", "from", "to"];
                self.missing(Code::DateObject, node, &keys, &node.head(), message, HELP);
                None
            }
        }
    }

    fn ends(&mut self, from: &Node, to: &Node) -> Option<Operand> {
        let first = self.date(from, Instant::parse_any);
        let last = self.date(to, DateRange::end);
        let ((first, from_text), (last, to_text)) = (first?, last?);
        if first > last {
            let message = "`from` is later than `to`, so no date is between them".to_owned();
            self.problem(Code::DateRangeReversed, &from.span, message, "swap the two dates");
            return None;
        }
        let text = format!("{from_text} and {to_text}");
        Some(Operand::Dates(DateRange::Ends { from: first, to: last }, text))
    }

    fn preset(&mut self, node: &Node) -> Option<Operand> {
        let Some(name) = node.as_text() else {
            self.wrong_type(node, "`preset`", "a string", expected("preset", Preset::names()));
            return None;
        };
        let preset = Preset::named(name);
        if preset.is_none() {
            let other = OTHER_PRESETS.iter().find(|(other, _)| other.eq_ignore_ascii_case(name.trim()));
            match other {
                Some((_, meant)) => {
                    let message = format!("unknown preset {}", quoted(name));
                    self.problem(Code::UnknownPreset, &node.span, message, did_you_mean([*meant]));
                }
                None => self.unknown(Code::UnknownPreset, "preset", node, name, Preset::names()),
            }
        }
        preset.map(|preset| Operand::Dates(DateRange::Preset(preset), preset.name().to_owned()))
    }

    /// Reads a date. Returns it with its text.
    fn date<'n>(&mut self, node: &'n Node, parse: fn(&str) -> Option<Instant>) -> Option<(Instant, &'n str)> {
        let date = node.as_text().and_then(|text| Some((parse(text)?, text)));
        if date.is_none() {
            let what = node.as_text().map_or_else(|| node.kind().to_owned(), quoted);
            let help = "write a day such as 2026-01-31, or a date-time such as 2026-01-31T09:30:00Z";
            self.problem(Code::NotADate, &node.span, format!("{what} is not a date"), help);
        }
        date
    }
}
