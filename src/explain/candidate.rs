//! Candidates: the values to try for a property. They are derived from the operands of its conditions, so that for
//! most combinations of conditions at least one candidate passes all of them.
//!
//! Grading decides whether a candidate helps. So a useless candidate costs some time, and a missing candidate can only
//! mean that no advice is found.

use super::datum::of_scalar;
use super::operands::Operands;
use crate::entity::Meta;
use crate::scorecard::{Condition, Subject};
use crate::value::{Instant, Scalar, Value};

/// A value to try.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    pub(super) value: Value<'static>,
    /// How unusual the value is as advice: [`NATURAL`], [`TEDIOUS`], [`REMOVAL`] or [`ODD`].
    pub(super) oddness: u8,
}

/// A value that a person would propose.
const NATURAL: u8 = 0;
/// A value that a person would hardly propose, such as the next larger floating-point number.
const TEDIOUS: u8 = 1;
/// The removal of the property.
const REMOVAL: u8 = 2;
/// A value of a type that the conditions do not suggest.
const ODD: u8 = 3;

/// Whether the owner of an entity cannot change the value, such as `$createdAt`.
pub(super) fn is_fixed(subject: &Subject) -> bool {
    matches!(subject, Subject::Meta(Meta::Identifier | Meta::Blueprint | Meta::CreatedAt | Meta::CreatedBy))
}

/// The values to try for a property or relation, the most natural first.
pub(super) fn candidates(
    subject: &Subject,
    conditions: &[&Condition],
    current: &Value<'_>,
    as_of: Instant,
) -> Vec<Candidate> {
    let operands = Operands::of(conditions, as_of);
    let mut candidates = Candidates { list: Vec::new() };
    candidates.add_numbers(&operands, current);
    candidates.add_dates(&operands, current, as_of);
    candidates.add_texts(&operands, current);
    candidates.add_lists(&operands, current);
    candidates.add_others(&operands);
    let mut list = candidates.list;
    list.retain(|candidate| is_allowed(subject, &candidate.value));
    list.sort_by_key(|candidate| candidate.oddness);
    list.truncate(MOST);
    list
}

/// Whether the property or relation can have this value.
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

/// The candidates found so far.
struct Candidates {
    list: Vec<Candidate>,
}

impl Candidates {
    fn add(&mut self, oddness: u8, value: Value<'static>) {
        self.list.push(Candidate { value, oddness });
    }

    fn add_text(&mut self, oddness: u8, text: String) {
        self.add(oddness, Value::Text(text.into()));
    }

    /// Adds each bound, and numbers near the bounds and between them. Numbers near the current value come first.
    fn add_numbers(&mut self, operands: &Operands, current: &Value<'_>) {
        let oddness = if operands.wants_number { NATURAL } else { ODD };
        let mut numbers: Vec<(u8, f64)> = Vec::new();
        for bound in &operands.numbers {
            numbers.extend([*bound, bound + 1.0, bound - 1.0].map(|number| (oddness, number)));
            // candidates far from the bound as well: adding 1 does not change a very large number
            let half = bound.abs() / 2.0;
            numbers.extend([bound + half, bound - half].map(|number| (oddness, number)));
            numbers.extend([bound.next_up(), bound.next_down()].map(|number| (oddness.max(TEDIOUS), number)));
        }
        for (one, other) in operands.numbers.iter().zip(operands.numbers.iter().skip(1)) {
            numbers.push((oddness, one / 2.0 + other / 2.0));
        }
        numbers.retain(|(_, number)| number.is_finite());
        if let Value::Number(current) = current {
            numbers.sort_by(|one, other| (one.1 - current).abs().total_cmp(&(other.1 - current).abs()));
        }
        numbers.into_iter().for_each(|(oddness, number)| self.add(oddness, Value::Number(number)));
    }

    fn add_dates(&mut self, operands: &Operands, current: &Value<'_>, as_of: Instant) {
        let oddness = if operands.wants_date { NATURAL } else { ODD };
        let mut instants: Vec<(u8, Instant)> = vec![(oddness, as_of)];
        for bound in &operands.instants {
            instants.extend([0, 1, -1].map(|seconds| (oddness, bound.plus(seconds, 0))));
            instants.extend([1, -1].map(|nanos| (oddness.max(TEDIOUS), bound.plus(0, nanos))));
        }
        if operands.instants.is_empty() {
            return;
        }
        for (one, other) in operands.instants.iter().zip(operands.instants.iter().skip(1)) {
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

    fn add_texts(&mut self, operands: &Operands, current: &Value<'_>) {
        let is_list = operands.wants_list || matches!(current, Value::List(_));
        let oddness = if operands.wants_text && !is_list { NATURAL } else { ODD };
        for scalar in &operands.scalars {
            self.add(if is_list { TEDIOUS } else { NATURAL }, of_scalar(scalar));
        }
        let longest = |texts: &[String]| texts.iter().max_by_key(|text| text.len()).cloned();
        let first = longest(&operands.begins).unwrap_or_default();
        let last = longest(&operands.ends).unwrap_or_default();
        let middle = operands.inside.concat();
        let now = match current {
            Value::Text(text) => text.as_ref(),
            _ => "",
        };
        let cut = operands
            .texts()
            .filter(|text| !text.is_empty())
            .fold(now.to_owned(), |now, text| now.replace(text, ""));
        for body in [now, "", &cut] {
            let whole = format!("{first}{body}{middle}{last}");
            let without = format!("{first}{body}{last}");
            [without, whole].into_iter().for_each(|text| self.add_text(oddness, text));
        }
        for text in operands.texts() {
            self.add_text(oddness, text.to_owned());
        }
        for begin in operands.begins.iter().take(MOST_PAIRED) {
            for other in operands.ends.iter().chain(&operands.inside).take(MOST_PAIRED) {
                self.add_text(oddness, format!("{begin}{other}"));
            }
        }
        let oddness = match (operands.wants_presence && current.is_empty(), operands.wants_absence) {
            (true, _) => NATURAL,
            (false, true) => TEDIOUS,
            (false, false) => ODD,
        };
        for text in operands.unrelated_texts() {
            self.add_text(oddness, text);
        }
    }

    fn add_lists(&mut self, operands: &Operands, current: &Value<'_>) {
        let now: Vec<Value<'static>> = match current {
            Value::List(items) => items.iter().map(|item| item.clone().into_owned()).collect(),
            _ => Vec::new(),
        };
        let is_list = matches!(current, Value::List(_));
        let oddness = if operands.wants_list || is_list { NATURAL } else { ODD };
        let asked = operands.elements.iter().chain(&operands.scalars).take(MOST_ELEMENTS).map(of_scalar);
        let asked: Vec<Value<'static>> = asked.collect();
        let elements: Vec<Value<'static>> = operands.elements.iter().map(of_scalar).collect();
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
        for set in &operands.sets {
            self.add(oddness, Value::List(set.iter().map(of_scalar).collect()));
        }
        if oddness == NATURAL {
            self.add_mixed_lists();
        }
    }

    /// Adds arrays of the other candidates, because an array passes a condition if one of its elements does.
    fn add_mixed_lists(&mut self) {
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

    fn add_others(&mut self, operands: &Operands) {
        let has_bool = operands.scalars.iter().any(|scalar| matches!(scalar, Scalar::Bool(_)));
        for bool in [true, false] {
            self.add(if has_bool { NATURAL } else { ODD }, Value::Bool(bool));
        }
        self.add(if operands.wants_absence { REMOVAL } else { ODD }, Value::Missing);
        self.add(ODD, Value::Text("".into()));
        self.add(ODD, Value::List(Vec::new()));
    }
}

/// The maximum number of candidates.
const MOST: usize = 500;
/// The maximum number of required elements of an array that are tried one by one.
const MOST_ELEMENTS: usize = 50;
/// The maximum number of required beginnings that are combined with other parts, and of parts combined with each.
const MOST_PAIRED: usize = 8;
/// The maximum number of values that are combined in arrays.
const MOST_MIXED: usize = 10;

/// The array `base` with the elements of `more` that it does not contain yet.
fn with(base: &[Value<'static>], more: &[Value<'static>]) -> Value<'static> {
    let mut items = base.to_vec();
    for item in more {
        if !items.contains(item) {
            items.push(item.clone());
        }
    }
    Value::List(items)
}
