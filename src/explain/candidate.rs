//! Candidates: the values to try for a property. They are derived from the operands of its conditions, so that for
//! most combinations of conditions at least one candidate passes all of them.
//!
//! The conditions decide whether a candidate helps. So a useless candidate costs some time, and a missing candidate can
//! only mean that no advice is found. Candidates are built one by one, because often the first one passes everything.

use super::datum::of_scalar;
use super::lists::{Arrays, Draft};
use super::operands::Operands;
use crate::entity::Meta;
use crate::scorecard::Subject;
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

/// The values to try for a property or relation, the most natural first.
pub(super) fn candidates<'o>(
    subject: &'o Subject,
    operands: &'o Operands,
    current: &'o Value<'_>,
    as_of: Instant,
) -> impl Iterator<Item = Candidate> + use<'o> {
    let numbers = numbers(operands, current);
    let natural: Vec<f64> =
        numbers.iter().filter(|(oddness, _)| *oddness == NATURAL).map(|(_, number)| *number).collect();
    let count = natural.len();
    let first =
        natural.into_iter().map(|number| Candidate { value: Value::Number(number), oddness: NATURAL });
    // most often a number passes everything, and the others are not needed
    let others = std::iter::once_with(move || {
        let arrays = Arrays::new(operands, current);
        let mut candidates = Candidates { list: Vec::new(), arrays };
        numbers.into_iter().for_each(|(oddness, number)| candidates.add(oddness, Value::Number(number)));
        candidates.add_dates(operands, current, as_of);
        candidates.add_texts(operands, current);
        candidates.add_lists(operands, current);
        candidates.add_others(operands);
        candidates.sorted().skip(count)
    });
    first.chain(others.flatten()).filter(move |candidate| is_allowed(subject, &candidate.value)).take(MOST)
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

/// Each bound, and numbers near the bounds and between them, each with its oddness. Numbers near the current value come
/// first.
fn numbers(operands: &Operands, current: &Value<'_>) -> Vec<(u8, f64)> {
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
    if let Value::Number(current) = current {
        numbers.sort_by(|one, other| (one.1 - current).abs().total_cmp(&(other.1 - current).abs()));
    }
    if numbers.len() > MOST_NUMBERS {
        numbers.truncate(MOST_NUMBERS);
        // the ends pass all bounds of one direction
        let ends = operands.numbers.first().into_iter().chain(operands.numbers.last());
        numbers.extend(ends.flat_map(|end| [*end, end + 1.0, end - 1.0]).map(|number| (oddness, number)));
    }
    numbers.retain(|(_, number)| number.is_finite());
    numbers
}

/// The candidates found so far.
struct Candidates<'o> {
    list: Vec<(u8, Draft)>,
    arrays: Arrays<'o>,
}

impl<'o> Candidates<'o> {
    /// The candidates, the most natural first.
    fn sorted(mut self) -> impl Iterator<Item = Candidate> + use<'o> {
        self.list.sort_by_key(|(oddness, _)| *oddness);
        let Self { list, arrays } = self;
        list.into_iter().map(move |(oddness, draft)| Candidate { value: arrays.value(draft), oddness })
    }

    fn add(&mut self, oddness: u8, value: Value<'static>) {
        self.list.push((oddness, Draft::Value(value)));
    }

    fn add_text(&mut self, oddness: u8, text: String) {
        self.add(oddness, Value::Text(text.into()));
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
        for (oddness, instant) in instants.into_iter().take(MOST) {
            let text = instant.to_string();
            let day = text.strip_suffix("T00:00:00Z").map(str::to_owned);
            self.add_text(oddness, text);
            day.into_iter().for_each(|day| self.add_text(ODD, day));
        }
    }

    fn add_texts(&mut self, operands: &Operands, current: &Value<'_>) {
        let is_list = operands.wants_list || matches!(current, Value::List(_));
        let oddness = if operands.wants_text && !is_list { NATURAL } else { ODD };
        for scalar in operands.possible.iter().take(MOST) {
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
        let most = MOST_CUT / now.len().max(1);
        let cut = operands
            .texts()
            .filter(|text| !text.is_empty())
            .take(most)
            .fold(now.to_owned(), |now, text| now.replace(text, ""));
        for body in [now, "", &cut] {
            let whole = format!("{first}{body}{middle}{last}");
            let without = format!("{first}{body}{last}");
            [without, whole].into_iter().for_each(|text| self.add_text(oddness, text));
        }
        for text in operands.texts().take(MOST) {
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
        for text in &operands.unrelated {
            self.add_text(oddness, text.clone());
        }
    }

    fn add_lists(&mut self, operands: &Operands, current: &Value<'_>) {
        let is_list = matches!(current, Value::List(_));
        let oddness = if operands.wants_list || is_list { NATURAL } else { ODD };
        let removal = if is_list { NATURAL } else { ODD };
        let extended = Arrays::extended(self.arrays.asked()).map(|draft| (oddness, draft));
        let fewer = (0..self.arrays.asked()).map(|one| (removal, Draft::Without(one)));
        let sets = (0..operands.sets.len()).take(MOST).map(|set| (oddness, Draft::Set(set)));
        self.list.extend(extended.chain(fewer).chain(sets));
        if oddness == NATURAL {
            self.add_mixed_lists();
        }
    }

    /// Adds arrays of the other candidates, because an array passes a condition if one of its elements does.
    fn add_mixed_lists(&mut self) {
        let scalars: Vec<Value<'static>> = self
            .list
            .iter()
            .filter(|(oddness, _)| *oddness == NATURAL)
            .filter_map(|(_, draft)| match draft {
                Draft::Value(value) => Some(value.clone()),
                _ => None,
            })
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
/// The maximum number of numbers among them.
const MOST_NUMBERS: usize = 400;
/// The maximum work, in bytes, to remove texts from the current value.
const MOST_CUT: usize = 1_000_000;
/// The maximum number of required beginnings that are combined with other parts, and of parts combined with each.
const MOST_PAIRED: usize = 8;
/// The maximum number of values that are combined in arrays.
const MOST_MIXED: usize = 10;
