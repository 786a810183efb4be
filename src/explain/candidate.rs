//! Values that a property might be given: one, at least, for every way in which the conditions on it can
//! be told apart that a person would think of, and some that a person would not.
//!
//! Nothing here decides whether a value helps; that is tried by grading. So a value too many costs a
//! little time, and one too few only means that some advice is not found.

use super::datum::of_scalar;
use super::parts::Parts;
use crate::entity::Meta;
use crate::scorecard::{Condition, Subject};
use crate::value::{Instant, Scalar, Value};

/// A value to try.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub(super) value: Value<'static>,
    /// 0 for what a person would propose, more for what is ever odder.
    pub(super) oddness: u8,
}

const NATURAL: u8 = 0;
const FIDDLY: u8 = 1;
const REMOVAL: u8 = 2;
const ODD: u8 = 3;

/// Whether the value can not be changed by those who own the entity.
pub(super) fn is_fixed(subject: &Subject) -> bool {
    matches!(subject, Subject::Meta(Meta::Identifier | Meta::Blueprint | Meta::CreatedAt | Meta::CreatedBy))
}

/// The values to try for a subject, the most sensible first.
pub(super) fn candidates(
    subject: &Subject,
    conditions: &[&Condition],
    current: &Value<'_>,
    as_of: Instant,
) -> Vec<Candidate> {
    let parts = Parts::of(conditions, as_of);
    let mut found = Found { list: Vec::new() };
    found.numbers(&parts, current);
    found.dates(&parts, current, as_of);
    found.texts(&parts, current);
    found.lists(&parts, current);
    found.others(&parts);
    found.list.retain(|candidate| is_allowed(subject, &candidate.value));
    found.list.sort_by_key(|candidate| candidate.oddness);
    found.list.truncate(MOST);
    found.list
}

/// Whether an entity may have the value there.
fn is_allowed(subject: &Subject, value: &Value<'_>) -> bool {
    match (subject, value) {
        (_, Value::Missing) => true,
        (Subject::Meta(Meta::Title), Value::Text(text)) => !text.is_empty(),
        (Subject::Meta(Meta::Title), _) => false,
        (Subject::Meta(Meta::Team), Value::List(items)) => {
            items.iter().all(|item| matches!(item, Value::Text(_)))
        }
        (Subject::Meta(Meta::Team), value) => matches!(value, Value::Text(_)),
        _ => true,
    }
}

struct Found {
    list: Vec<Candidate>,
}

impl Found {
    fn add(&mut self, oddness: u8, value: Value<'static>) {
        self.list.push(Candidate { value, oddness });
    }

    fn add_text(&mut self, oddness: u8, text: String) {
        self.add(oddness, Value::Text(text.into()));
    }

    /// Each bound, something between two and beyond the last ones; the nearest to the current first.
    fn numbers(&mut self, parts: &Parts, current: &Value<'_>) {
        let oddness = if parts.wants_number { NATURAL } else { ODD };
        let mut numbers: Vec<(u8, f64)> = Vec::new();
        for bound in &parts.numbers {
            numbers.extend([*bound, bound + 1.0, bound - 1.0].map(|number| (oddness, number)));
            // a step of one is lost on a very large number
            let half = bound.abs() / 2.0;
            numbers.extend([bound + half, bound - half].map(|number| (oddness, number)));
            numbers.extend([bound.next_up(), bound.next_down()].map(|number| (oddness.max(FIDDLY), number)));
        }
        for (one, other) in parts.numbers.iter().zip(parts.numbers.iter().skip(1)) {
            numbers.push((oddness, one / 2.0 + other / 2.0));
        }
        numbers.retain(|(_, number)| number.is_finite());
        if let Value::Number(current) = current {
            numbers.sort_by(|one, other| (one.1 - current).abs().total_cmp(&(other.1 - current).abs()));
        }
        numbers.into_iter().for_each(|(oddness, number)| self.add(oddness, Value::Number(number)));
    }

    fn dates(&mut self, parts: &Parts, current: &Value<'_>, as_of: Instant) {
        let oddness = if parts.wants_date { NATURAL } else { ODD };
        let mut instants: Vec<(u8, Instant)> = vec![(oddness, as_of)];
        for bound in &parts.instants {
            instants.extend([0, 1, -1].map(|seconds| (oddness, bound.plus(seconds, 0))));
            instants.extend([1, -1].map(|nanos| (oddness.max(FIDDLY), bound.plus(0, nanos))));
        }
        if parts.instants.is_empty() {
            return;
        }
        for (one, other) in parts.instants.iter().zip(parts.instants.iter().skip(1)) {
            instants.push((oddness, one.plus(other.seconds_since(*one) / 2, 0)));
        }
        let current = match current {
            Value::Text(text) => Instant::parse_any(text),
            _ => None,
        };
        if let Some(current) = current {
            instants.sort_by_key(|(_, instant)| instant.seconds_since(current).abs());
        }
        for (oddness, instant) in instants {
            let text = instant.to_string();
            let day = text.strip_suffix("T00:00:00Z").map(str::to_owned);
            self.add_text(oddness, text);
            day.into_iter().for_each(|day| self.add_text(ODD, day));
        }
    }

    fn texts(&mut self, parts: &Parts, current: &Value<'_>) {
        let is_list = parts.wants_list || matches!(current, Value::List(_));
        let oddness = if parts.wants_text && !is_list { NATURAL } else { ODD };
        for scalar in &parts.scalars {
            self.add(if is_list { FIDDLY } else { NATURAL }, of_scalar(scalar));
        }
        let longest = |texts: &[String]| texts.iter().max_by_key(|text| text.len()).cloned();
        let first = longest(&parts.begins).unwrap_or_default();
        let last = longest(&parts.ends).unwrap_or_default();
        let middle = parts.inside.concat();
        let now = match current {
            Value::Text(text) => text.as_ref(),
            _ => "",
        };
        let cut = parts
            .texts()
            .filter(|text| !text.is_empty())
            .fold(now.to_owned(), |now, text| now.replace(text, ""));
        for body in [now, "", &cut] {
            let whole = format!("{first}{body}{middle}{last}");
            let without = format!("{first}{body}{last}");
            [without, whole].into_iter().for_each(|text| self.add_text(oddness, text));
        }
        for text in parts.texts() {
            self.add_text(oddness, text.to_owned());
        }
        for begin in parts.begins.iter().take(MOST_PAIRED) {
            for other in parts.ends.iter().chain(&parts.inside).take(MOST_PAIRED) {
                self.add_text(oddness, format!("{begin}{other}"));
            }
        }
        let oddness = match (parts.wants_presence && current.is_empty(), parts.wants_absence) {
            (true, _) => NATURAL,
            (false, true) => FIDDLY,
            (false, false) => ODD,
        };
        for text in parts.unheard_of() {
            self.add_text(oddness, text);
        }
    }

    fn lists(&mut self, parts: &Parts, current: &Value<'_>) {
        let now: Vec<Value<'static>> = match current {
            Value::List(items) => items.iter().map(|item| item.clone().into_owned()).collect(),
            _ => Vec::new(),
        };
        let is_list = matches!(current, Value::List(_));
        let oddness = if parts.wants_list || is_list { NATURAL } else { ODD };
        let asked = parts.elements.iter().chain(&parts.scalars).take(MOST_ASKED).map(of_scalar);
        let asked: Vec<Value<'static>> = asked.collect();
        let elements: Vec<Value<'static>> = parts.elements.iter().map(of_scalar).collect();
        let kept: Vec<Value<'static>> = now.iter().filter(|item| !asked.contains(item)).cloned().collect();
        for base in [&now, &kept, &Vec::new()] {
            self.add(oddness, with(base, &elements));
            for one in &asked {
                self.add(oddness, with(base, std::slice::from_ref(one)));
                let both = [elements.as_slice(), std::slice::from_ref(one)].concat();
                self.add(oddness, with(base, &both));
            }
        }
        for one in &asked {
            let fewer = now.iter().filter(|item| *item != one).cloned().collect();
            self.add(if is_list { NATURAL } else { ODD }, Value::List(fewer));
        }
        for set in &parts.sets {
            self.add(oddness, Value::List(set.iter().map(of_scalar).collect()));
        }
        if oddness == NATURAL {
            self.mixed_lists();
        }
    }

    /// Lists of what else was found: an array passes when one of its elements does.
    fn mixed_lists(&mut self) {
        let scalars: Vec<Value<'static>> = self
            .list
            .iter()
            .filter(|candidate| candidate.oddness == NATURAL)
            .map(|candidate| candidate.value.clone())
            .filter(|value| !matches!(value, Value::List(_)))
            .take(MOST_MIXED)
            .collect();
        for (index, one) in scalars.iter().enumerate() {
            for other in scalars.iter().skip(index + 1) {
                self.add(ODD, Value::List(vec![one.clone(), other.clone()]));
            }
        }
        self.add(ODD, Value::List(scalars));
    }

    fn others(&mut self, parts: &Parts) {
        let asks_bool = parts.scalars.iter().any(|scalar| matches!(scalar, Scalar::Bool(_)));
        for bool in [true, false] {
            self.add(if asks_bool { NATURAL } else { ODD }, Value::Bool(bool));
        }
        self.add(if parts.wants_absence { REMOVAL } else { ODD }, Value::Missing);
        self.add(ODD, Value::Text("".into()));
        self.add(ODD, Value::List(Vec::new()));
    }
}

/// How many values are tried at all.
const MOST: usize = 500;
/// How many different things that conditions ask for are tried one by one.
const MOST_ASKED: usize = 50;
/// How many beginnings are tried with how many ends.
const MOST_PAIRED: usize = 8;
/// How many values are tried together in an array.
const MOST_MIXED: usize = 10;

/// A list with these as well.
fn with(base: &[Value<'static>], more: &[Value<'static>]) -> Value<'static> {
    let mut items = base.to_vec();
    for item in more {
        if !items.contains(item) {
            items.push(item.clone());
        }
    }
    Value::List(items)
}
