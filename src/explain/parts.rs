//! What conditions ask about, taken apart: the stuff that values are made of which may satisfy them.

use crate::scorecard::{Condition, Operand, Operator};
use crate::value::{Instant, Scalar};

/// What the conditions on one subject are made of.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) numbers: Vec<f64>,
    pub(super) instants: Vec<Instant>,
    pub(super) begins: Vec<String>,
    pub(super) ends: Vec<String>,
    pub(super) inside: Vec<String>,
    /// Of `=`, `in` and `containsAny`, and their negations.
    pub(super) scalars: Vec<Scalar>,
    /// Of `contains`: what an array must hold, or must not.
    pub(super) elements: Vec<Scalar>,
    /// Arrays that are to be equal, or that are to be met in one element.
    pub(super) sets: Vec<Vec<Scalar>>,
    /// A number, a text, a date or a list is asked for by some condition.
    pub(super) wants_number: bool,
    pub(super) wants_text: bool,
    pub(super) wants_date: bool,
    pub(super) wants_list: bool,
    /// An empty value, or another than some.
    pub(super) wants_absence: bool,
    pub(super) wants_presence: bool,
}

impl Parts {
    pub(super) fn of(conditions: &[&Condition], as_of: Instant) -> Self {
        let mut parts = Self::default();
        conditions.iter().for_each(|condition| parts.add(condition, as_of));
        parts.numbers.sort_by(f64::total_cmp);
        parts.numbers.dedup();
        parts.instants.sort();
        parts.instants.dedup();
        parts
    }

    fn add(&mut self, condition: &Condition, as_of: Instant) {
        let negative = condition.operator.positive();
        let operator = negative.unwrap_or(condition.operator);
        self.wants_absence |= negative.is_some() || condition.effective_operator() == Operator::IsEmpty;
        self.wants_presence |= condition.effective_operator() == Operator::IsNotEmpty;
        match &condition.operand {
            Operand::Nothing => {}
            Operand::Dates(range, _) => {
                let (from, to) = range.resolve(as_of);
                self.wants_date = true;
                self.instants.extend([from, to]);
            }
            Operand::Scalar(scalar) => self.add_scalar(operator, scalar),
            Operand::List(items) if operator == Operator::Contains => {
                self.wants_list = true;
                items.iter().for_each(|item| self.add_scalar(operator, item));
            }
            Operand::List(items) => {
                self.wants_list |= matches!(operator, Operator::Equal | Operator::ContainsAny);
                items.iter().for_each(|item| self.add_scalar(Operator::Equal, item));
                self.sets.push(items.clone());
            }
        }
    }

    fn add_scalar(&mut self, operator: Operator, scalar: &Scalar) {
        let text = scalar.text().map(std::borrow::Cow::into_owned);
        match (operator, text) {
            (Operator::BeginsWith, Some(text)) => self.begins.push(text),
            (Operator::EndsWith, Some(text)) => self.ends.push(text),
            (Operator::Contains, Some(text)) => {
                self.inside.push(text);
                self.elements.push(scalar.clone());
            }
            _ => self.scalars.push(scalar.clone()),
        }
        let is_textual = matches!(operator, Operator::BeginsWith | Operator::EndsWith | Operator::Contains);
        match scalar {
            Scalar::Number(number) => {
                self.numbers.push(*number);
                self.wants_number |= !is_textual;
                self.wants_text |= is_textual;
            }
            Scalar::Text(text) => {
                self.numbers.extend(text.parse().ok().filter(|number: &f64| number.is_finite()));
                self.instants.extend(Instant::parse(text));
                let is_order = !is_textual && operator != Operator::Equal;
                self.wants_date |= is_order;
                self.wants_text |= !is_order;
            }
            Scalar::Bool(_) => {}
        }
    }

    /// All texts that a condition asks about.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        [&self.begins, &self.inside, &self.ends].into_iter().flatten().map(String::as_str)
    }

    /// A text that no condition asks about, and that has nothing in common with one that it does.
    pub(super) fn unheard_of(&self) -> Vec<String> {
        let known: String =
            self.texts().map(str::to_owned).chain(self.scalars.iter().map(ToString::to_string)).collect();
        let fresh = ('a'..='z').rev().chain('0'..='9').find(|letter| !known.contains(*letter));
        std::iter::once("some value".to_owned()).chain(fresh.map(String::from)).collect()
    }
}
