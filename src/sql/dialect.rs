//! The contract of a dialect: how an engine writes what the model asks for. A dialect is one file.

use super::layer::{Column, Layer};
use super::model::{Affix, Kind, Model, Part};
use super::names::Names;
use crate::value::number_text;
use std::collections::BTreeSet;

/// The largest model that a dialect can plan in reasonable time.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    pub(super) scorecards: usize,
    pub(super) rules: usize,
    pub(super) conditions: usize,
    /// Fields in the columns layout.
    pub(super) columns: usize,
}

/// An engine's SQL.
pub(super) trait Dialect {
    /// The name of the engine, for people.
    fn engine(&self) -> &'static str;
    /// The type of the column `entity`.
    fn json_type(&self) -> &'static str;
    fn limits(&self) -> Limits;
    /// What to do before a query runs, for the comment at its head.
    fn advice(&self) -> Option<&'static str> {
        None
    }
    /// Whether two names are the same column.
    fn is_same_column(&self, one: &str, other: &str) -> bool;
    /// Whether the engine puts something else for a part of a name, even within quotes.
    fn is_substituted(&self, _name: &str) -> bool {
        false
    }
    /// The maximum number of bytes of the name of a column, and of each part of the name of the relation.
    fn longest_name(&self) -> usize {
        usize::MAX
    }
    /// The number of fields that a layer can have columns for.
    fn fields_at_once(&self) -> usize {
        usize::MAX
    }
    /// Whether booleans are stored in arrays, because the number of columns is limited.
    fn packs(&self) -> bool {
        false
    }
    /// A clause at the end of a layer that keeps the engine from computing its columns more than once.
    fn fence(&self) -> &'static str {
        ""
    }

    /// A string literal on one line.
    fn literal(&self, text: &str) -> String;
    /// A quoted identifier.
    fn identifier(&self, name: &str) -> String;
    /// The names of types: double, integer, text, and an integer of 38 digits.
    fn types(&self) -> Types;
    /// An array of booleans, if [`Self::packs`].
    fn array(&self, values: &[(String, String)]) -> String {
        match values.is_empty() {
            true => "CAST(ARRAY[] AS boolean[])".to_owned(),
            false => super::layer::array("ARRAY[", "]", values),
        }
    }

    /// Reads the column `entity` of a relation.
    fn source(&self, model: &Model, from: &str) -> Source;
    /// A column of a known type, as that type.
    fn plain(&self, kind: Kind, column: &str) -> String {
        let Types { double, text, .. } = self.types();
        match kind {
            Kind::Number => format!("CAST({column} AS {double})"),
            Kind::Boolean => format!("CAST({column} AS boolean)"),
            Kind::Time => self.time(column),
            Kind::Text | Kind::Any => format!("CAST({column} AS {text})"),
        }
    }
    /// The text of a column of dates. Timestamps become RFC 3339.
    fn time(&self, column: &str) -> String;
    /// The name of the type of a column, as text.
    fn type_of_column(&self, column: &str) -> String {
        format!("typeof({column})")
    }
    /// The condition that a column has the type of its field. Engines cast more than JSON means: a list to text, a boolean to
    /// a number. A number of single precision is refused, because 0.1 as one is more than 0.1.
    fn has_type(&self, kind: Kind, column: &str) -> String;
    /// A condition that ends the query with a message.
    fn error(&self, message: &str) -> String;
    /// The JSON value of a column.
    fn value_of(&self, column: &str) -> String;

    /// The type of a JSON value, if it has to be a column of its own.
    fn type_of(&self, _value: &str) -> Option<String> {
        None
    }
    fn is_missing(&self, value: &Json) -> String;
    fn is_empty(&self, value: &Json) -> String;
    /// A part of a JSON value: a number, a string or a boolean.
    fn part(&self, part: Part, value: &Json) -> String;
    /// The number of a JSON value, or the largest or smallest number of an array.
    fn extreme(&self, part: Part, value: &Json) -> String;
    /// The elements of a JSON value as columns; each is NULL if the value is not an array.
    fn elements(&self, value: &Json, parts: &BTreeSet<Part>, names: &Names) -> Vec<Column>;
    /// The columns of elements with their derived parts.
    fn derived_elements(&self, parts: &BTreeSet<Part>, names: &Names) -> Vec<Column>;
    /// The condition that a value is an array, whose elements have these parts.
    fn is_array(&self, parts: &BTreeSet<Part>, names: &Names) -> String {
        let _ = parts;
        format!("{} IS NOT NULL", names.array())
    }
    /// The condition that some element passes, called `y`.
    fn some(&self, predicate: &str, parts: &BTreeSet<Part>, names: &Names) -> String;
    /// The condition that every element passes, called `y`.
    fn every(&self, predicate: &str, parts: &BTreeSet<Part>, names: &Names) -> String;

    /// The nanoseconds since the epoch of a string that is a date-time, else NULL.
    fn instant(&self, text: &str) -> String;
    /// The same of a string that is a day.
    fn day(&self, text: &str) -> String;
    /// The current time in nanoseconds since the epoch, as an integer of 38 digits.
    fn now(&self) -> String;
    /// The integer quotient of a positive number.
    fn quotient(&self, number: &str, divisor: &str) -> String;
    /// The text of a number or a string.
    fn shown(&self, number: &str, text: &str) -> String;
    /// A part of an element `y`, whose own parts are its members.
    fn of_element(&self, part: Part) -> String {
        match part {
            Part::Instant => self.instant(&member_of_element(Part::Text)),
            Part::Day => self.day(&member_of_element(Part::Text)),
            Part::Shown => self.shown(&member_of_element(Part::Number), &member_of_element(Part::Text)),
            own => member_of_element(own),
        }
    }
    fn affix(&self, affix: Affix, part: &str, text: &str) -> String;

    /// The rows of all scorecards from `results`.
    fn rows(&self, rows: &[Row]) -> String;
    /// How `results` begins: `AS`, or with a hint that it is read more than once.
    fn opening_of_results(&self) -> &'static str {
        "AS"
    }
}

/// How an entity is read.
#[derive(Debug)]
pub(super) struct Source {
    /// The last one has `identifier` and `blueprint`.
    pub(super) layers: Vec<Layer>,
    /// Its other columns, which `members` need.
    pub(super) columns: Vec<String>,
    /// The JSON value of each field; NULL if it is missing.
    pub(super) members: Vec<String>,
}

/// A row of the result: that of one scorecard.
#[derive(Debug)]
pub(super) struct Row {
    /// A comment.
    pub(super) about: String,
    /// The blueprint, as a literal.
    pub(super) blueprint: String,
    /// The values of [`ROW`].
    pub(super) values: Vec<String>,
}

/// The columns of a row after `identifier` and `blueprint`.
pub(super) const ROW: [&str; 6] = ["scorecard", "level", "rank", "no_data", "passed", "total"];

/// The rows of each blueprint, in the order in which blueprints come first.
pub(super) fn by_blueprint(rows: &[Row]) -> Vec<(&str, Vec<&Row>)> {
    let mut groups: Vec<(&str, Vec<&Row>)> = Vec::new();
    for row in rows {
        match groups.iter_mut().find(|(blueprint, _)| *blueprint == row.blueprint) {
            Some((_, members)) => members.push(row),
            None => groups.push((&row.blueprint, vec![row])),
        }
    }
    groups
}

/// A JSON value, and the column of its type where the dialect has one.
#[derive(Debug)]
pub(super) struct Json {
    pub(super) value: String,
    pub(super) kind: String,
}

/// The names of types.
#[derive(Debug, Clone, Copy)]
pub(super) struct Types {
    pub(super) double: &'static str,
    pub(super) integer: &'static str,
    pub(super) text: &'static str,
    pub(super) wide: &'static str,
}

/// The digits of a date-time at their places. `[0-9]` and no backslash, so that one pattern serves every engine.
pub(super) const DATE_TIME: &str =
    "[Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])";

/// A day of the calendar, leap years included, so that a cast to a date cannot fail.
pub(super) const DAY: &str = concat!(
    "([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))",
    "|([0-9][0-9](0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)"
);

/// A number as a literal. Short numbers are exact as decimals and easy to read.
pub(super) fn number(dialect: &dyn Dialect, number: f64) -> String {
    const EXACT: usize = 15;
    let text = number_text(number);
    if text.len() <= EXACT {
        return text;
    }
    format!("CAST('{number:e}' AS {})", dialect.types().double)
}

/// A part of an element `y` that has it as a member.
pub(super) fn member_of_element(part: Part) -> String {
    format!("y.{}", part.letter())
}

/// Whether parts come from others of the same value.
pub(super) fn needs_derived(parts: &BTreeSet<Part>) -> bool {
    [Part::Instant, Part::Day, Part::Shown].iter().any(|part| parts.contains(part))
}
