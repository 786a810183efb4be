//! The numbers, dates and texts in conditions, from which candidates are derived.

use crate::scorecard::{Condition, Operand, Operator};
use crate::value::{Instant, Scalar};

/// The operands of the conditions on one property or relation, by kind.
#[derive(Debug, Default)]
pub(super) struct Operands {
    pub(super) numbers: Vec<f64>,
    pub(super) instants: Vec<Instant>,
    /// Operands of `beginsWith` and its negation.
    pub(super) begins: Vec<String>,
    /// Operands of `endsWith` and its negation.
    pub(super) ends: Vec<String>,
    /// Operands of `contains`, as text.
    pub(super) inside: Vec<String>,
    /// Operands of `=`, `in` and `containsAny`, and of their negations.
    pub(super) scalars: Vec<Scalar>,
    /// Those of them that a required condition excludes.
    pub(super) excluded: Vec<Scalar>,
    /// The others.
    pub(super) possible: Vec<Scalar>,
    /// Texts that do not match the operands of any condition.
    pub(super) unrelated: Vec<String>,
    /// The same operands of `contains`, as elements of arrays.
    pub(super) elements: Vec<Scalar>,
    /// Operands that are arrays.
    pub(super) sets: Vec<Vec<Scalar>>,
    /// Whether some condition tests for a number.
    pub(super) wants_number: bool,
    /// Whether some condition tests for a text.
    pub(super) wants_text: bool,
    /// Whether some condition tests for a date.
    pub(super) wants_date: bool,
    /// Whether some condition tests for an array.
    pub(super) wants_list: bool,
    /// Whether some condition passes for a missing value.
    pub(super) wants_absence: bool,
    /// Whether some condition requires a value.
    pub(super) wants_presence: bool,
}

impl Operands {
    /// The operands of these conditions. Each comes with whether it must pass.
    pub(super) fn of<'c>(conditions: impl Iterator<Item = (&'c Condition, bool)>, as_of: Instant) -> Self {
        let mut operands = Self::default();
        conditions.for_each(|(condition, is_required)| operands.add(condition, is_required, as_of));
        operands.unrelated = operands.unrelated_texts();
        operands.numbers.sort_by(f64::total_cmp);
        operands.numbers.dedup();
        operands.instants.sort();
        operands.instants.dedup();
        operands
    }

    fn add(&mut self, condition: &Condition, is_required: bool, as_of: Instant) {
        let known = self.scalars.len();
        self.add_operand(condition, as_of);
        let new = self.scalars.iter().skip(known).cloned();
        let excludes_each = match condition.operand {
            Operand::Scalar(_) => condition.operator == Operator::NotEqual,
            _ => condition.operator == Operator::NotIn,
        };
        if is_required && excludes_each {
            self.excluded.extend(new);
        } else {
            self.possible.extend(new);
        }
    }

    fn add_operand(&mut self, condition: &Condition, as_of: Instant) {
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

    /// All texts that conditions search for.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        [&self.begins, &self.inside, &self.ends].into_iter().flatten().map(String::as_str)
    }

    fn unrelated_texts(&self) -> Vec<String> {
        let known: String =
            self.texts().map(str::to_owned).chain(self.scalars.iter().map(ToString::to_string)).collect();
        let fresh = ('a'..='z').rev().chain('0'..='9').find(|letter| !known.contains(*letter));
        std::iter::once("some value".to_owned()).chain(fresh.map(String::from)).collect()
    }
}
