//! The model: what a query has to compute, without a word of SQL.
//!
//! Fields give values, conditions test values, rules combine conditions, and levels follow from rules. Dialects write it.

use crate::diagnostic::Place;
use crate::scorecard::{Formula, Order, Subject};
use crate::value::Instant;
use std::collections::BTreeSet;

/// Everything that a query computes.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) fields: Vec<Field>,
    /// The different conditions of all scorecards.
    pub(super) conditions: Vec<Condition>,
    /// In the order of the definitions.
    pub(super) cards: Vec<Card>,
    pub(super) default_blueprint: String,
    /// Whether a condition has a date preset, which is relative to the current time.
    pub(super) has_presets: bool,
}

/// A field that conditions test.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) subject: Subject,
    /// The first condition that tests it.
    pub(super) place: Place,
    /// What its conditions suggest that it holds.
    pub(super) kind: Kind,
    /// The parts of a value that is not an array that conditions look at.
    pub(super) parts: BTreeSet<Part>,
    /// The parts of the elements of an array; `None` if no condition looks at elements.
    pub(super) elements: Option<BTreeSet<Part>>,
    /// Whether a condition asks if it is empty.
    pub(super) asks_empty: bool,
    /// Whether one of its conditions is the guard `> 0`.
    pub(super) has_guard: bool,
}

/// The type of a field, as far as its conditions tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Number,
    Text,
    /// Text that is a date, or a timestamp.
    Time,
    Boolean,
    /// Conditions suggest several types or none.
    Any,
}

impl Kind {
    /// The name, for people.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Text => "text",
            Self::Time => "text or timestamp",
            Self::Boolean => "boolean",
            Self::Any => "any type",
        }
    }

    /// The type of a field whose conditions suggest these two.
    pub(super) fn with(self, other: Self) -> Self {
        match (self, other) {
            (one, other) if one == other => one,
            (Self::Text, Self::Time) | (Self::Time, Self::Text) => Self::Text,
            _ => Self::Any,
        }
    }
}

/// A part of a value. All others are absent: a string has no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Number,
    Text,
    Boolean,
    /// The nanoseconds since the epoch of a date-time.
    Instant,
    /// The same of the midnight of a day.
    Day,
    /// The text of a string or of a number.
    Shown,
    /// The number, or the largest number of an array.
    Most,
    /// The number, or the smallest number of an array.
    Least,
}

impl Part {
    /// The parts that come out of a JSON value itself. The others come from these.
    pub(super) const OWN: [Self; 3] = [Self::Number, Self::Text, Self::Boolean];

    /// One letter, for names of columns.
    pub(super) fn letter(self) -> char {
        match self {
            Self::Number => 'n',
            Self::Text => 's',
            Self::Boolean => 'b',
            Self::Instant => 'i',
            Self::Day => 'd',
            Self::Shown => 'x',
            Self::Most => 'h',
            Self::Least => 'l',
        }
    }
}

/// A condition. Equal conditions are one.
#[derive(Debug)]
pub(super) struct Condition {
    /// The index of its field.
    pub(super) field: usize,
    pub(super) test: Test,
    /// The type that it suggests for its field; `None` if it fits every type.
    pub(super) kind: Option<Kind>,
    /// Whether it holds exactly when the test does not.
    pub(super) negated: bool,
    /// Whether it is the guard `> 0`.
    pub(super) is_guard: bool,
    /// The first condition of the definitions that it stands for.
    pub(super) place: Place,
    /// That condition in words, for a comment.
    pub(super) words: String,
}

/// A test of one value.
#[derive(Debug)]
pub(super) enum Test {
    /// The value is missing, null, `""`, `[]` or `{}`.
    Empty,
    /// A comparison with a number: some number of an array passes if the largest or the smallest one does.
    Bound(Order, f64),
    /// `one` for a value that is not an array, `many` for an array.
    Value { one: Predicate, many: Many },
}

/// A test of an array.
#[derive(Debug)]
pub(super) enum Many {
    /// Some element passes.
    Some(Predicate),
    /// Every element passes.
    Every(Predicate),
    /// All of these tests pass.
    All(Vec<Many>),
}

/// A test of the parts of a value that is not an array. It fails if the part is absent.
#[derive(Debug, Clone)]
pub(super) enum Predicate {
    Instant(Order, Instant),
    Between(Moment, Moment),
    NumberIn(Vec<f64>),
    TextIn(Vec<String>),
    BooleanIn(Vec<bool>),
    InstantIn(Vec<Instant>),
    /// The part, `Text` or `Shown`, is in this relation to the text.
    Affix(Part, Affix, String),
    /// It is a string or a number.
    HasText,
    All(Vec<Predicate>),
    Any(Vec<Predicate>),
}

/// Where a text is looked for in another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Affix {
    Begins,
    Ends,
    Contains,
}

/// An end of a range of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Moment {
    Fixed(Instant),
    /// That many days after the current time of the engine.
    Now(i64),
    /// The midnight that many days after the last one, in UTC.
    Midnight(i64),
    /// The last nanosecond of the day that begins at this midnight.
    EndOfDay(i64),
}

/// A scorecard.
#[derive(Debug)]
pub(super) struct Card {
    pub(super) identifier: String,
    pub(super) title: String,
    pub(super) blueprint: String,
    /// The titles of its levels.
    pub(super) levels: Vec<String>,
    pub(super) filter: Option<Formula>,
    pub(super) rules: Vec<Rule>,
    /// Each level with rules, from the lowest to the highest, with the positions of its rules.
    pub(super) steps: Vec<(usize, Vec<usize>)>,
    pub(super) place: Place,
}

/// A rule of a scorecard.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) identifier: String,
    pub(super) formula: Formula,
}

impl Test {
    /// Adds the parts that it looks at.
    pub(super) fn collect(&self, parts: &mut BTreeSet<Part>, elements: &mut Option<BTreeSet<Part>>) {
        match self {
            Self::Empty => {}
            Self::Bound(order, _) => parts.extend([Self::bounded(*order)]),
            Self::Value { one, many } => {
                one.collect(parts);
                many.collect(elements.get_or_insert_with(BTreeSet::new));
            }
        }
    }

    /// The part that a comparison looks at.
    pub(super) fn bounded(order: Order) -> Part {
        match order {
            Order::AtLeast | Order::Above => Part::Most,
            Order::AtMost | Order::Below => Part::Least,
        }
    }
}

impl Many {
    fn collect(&self, parts: &mut BTreeSet<Part>) {
        match self {
            Self::Some(predicate) | Self::Every(predicate) => predicate.collect(parts),
            Self::All(members) => members.iter().for_each(|member| member.collect(parts)),
        }
    }
}

impl Predicate {
    fn collect(&self, parts: &mut BTreeSet<Part>) {
        match self {
            Self::NumberIn(_) => parts.extend([Part::Number]),
            Self::TextIn(_) => parts.extend([Part::Text]),
            Self::BooleanIn(_) => parts.extend([Part::Boolean]),
            Self::Instant(..) | Self::InstantIn(_) => parts.extend([Part::Text, Part::Instant]),
            Self::Between(..) => parts.extend([Part::Text, Part::Instant, Part::Day]),
            Self::Affix(Part::Shown, ..) => parts.extend([Part::Text, Part::Number, Part::Shown]),
            Self::Affix(..) => parts.extend([Part::Text]),
            Self::HasText => parts.extend([Part::Text, Part::Number]),
            Self::All(members) | Self::Any(members) => {
                members.iter().for_each(|member| member.collect(parts));
            }
        }
    }
}
