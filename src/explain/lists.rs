//! Arrays to try for a property: the current array with more elements or fewer.
//!
//! They are built when their turn comes, because there can be hundreds of them, each with thousands of elements.

use super::datum::of_scalar;
use super::operands::Operands;
use crate::value::Value;
use std::collections::HashSet;

/// A value that is not built yet.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Draft {
    /// This value.
    Value(Value<'static>),
    /// An array with further elements: all that `contains` requires, and one of those that conditions name.
    Extended { base: Base, with_elements: bool, one: Option<usize> },
    /// The current array without one of the values that conditions name.
    Without(usize),
    /// One of the arrays in the conditions.
    Set(usize),
}

/// The array to extend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    /// The current one.
    Current,
    /// The current one without the values that conditions name.
    Kept,
    /// An empty one.
    Empty,
}

/// The maximum number of values in conditions that are added to arrays one by one.
const MOST_ASKED: usize = 50;

/// The current array, and the elements that conditions name.
pub(super) struct Arrays<'o> {
    operands: &'o Operands,
    current: Vec<Value<'static>>,
    kept: Vec<Value<'static>>,
    asked: Vec<Value<'static>>,
}

impl<'o> Arrays<'o> {
    pub(super) fn new(operands: &'o Operands, current: &Value<'_>) -> Self {
        let current: Vec<Value<'static>> = match current {
            Value::List(items) => items.iter().map(|item| item.clone().into_owned()).collect(),
            _ => Vec::new(),
        };
        let named = operands.elements.iter().chain(&operands.scalars).take(MOST_ASKED);
        let asked: Vec<Value<'static>> = named.map(of_scalar).collect();
        let excluded: Vec<Value<'static>> =
            if current.is_empty() { Vec::new() } else { operands.excluded.iter().map(of_scalar).collect() };
        let dropped: HashSet<Key<'_>> = asked.iter().chain(&excluded).filter_map(Key::of).collect();
        let is_kept = |item: &&Value<'static>| Key::of(item).is_none_or(|key| !dropped.contains(&key));
        let kept = current.iter().filter(is_kept).cloned().collect();
        Self { operands, current, kept, asked }
    }

    /// The number of values that are added one by one.
    pub(super) fn asked(&self) -> usize {
        self.asked.len()
    }

    /// All extended arrays.
    pub(super) fn extended(asked: usize) -> impl Iterator<Item = Draft> {
        [Base::Current, Base::Kept, Base::Empty].into_iter().flat_map(move |base| {
            let all = Draft::Extended { base, with_elements: true, one: None };
            let each = (0..asked).flat_map(move |one| {
                [false, true].map(|with_elements| Draft::Extended { base, with_elements, one: Some(one) })
            });
            std::iter::once(all).chain(each)
        })
    }

    /// Builds a value.
    #[expect(clippy::indexing_slicing, reason = "drafts are made for these operands")]
    pub(super) fn value(&self, draft: Draft) -> Value<'static> {
        match draft {
            Draft::Value(value) => value,
            Draft::Set(set) => Value::List(self.operands.sets[set].iter().map(of_scalar).collect()),
            Draft::Without(one) => {
                let removed = &self.asked[one];
                Value::List(self.current.iter().filter(|item| *item != removed).cloned().collect())
            }
            Draft::Extended { base, with_elements, one } => {
                let base: &[Value<'static>] = match base {
                    Base::Current => &self.current,
                    Base::Kept => &self.kept,
                    Base::Empty => &[],
                };
                let elements = if with_elements { self.operands.elements.as_slice() } else { &[] };
                let one = one.map(|one| self.asked[one].clone());
                with(base, elements.iter().map(of_scalar).chain(one))
            }
        }
    }
}

/// The array `base` with the elements of `more` that it does not contain yet.
fn with(base: &[Value<'static>], more: impl Iterator<Item = Value<'static>>) -> Value<'static> {
    let more: Vec<Value<'static>> = more.collect();
    let mut known: HashSet<Key<'_>> = base.iter().filter_map(Key::of).collect();
    let new = more.iter().filter(|item| Key::of(item).is_none_or(|key| known.insert(key)));
    Value::List(base.iter().chain(new).cloned().collect())
}

/// A scalar as the key of a set.
#[derive(PartialEq, Eq, Hash)]
enum Key<'v> {
    Text(&'v str),
    Number(u64),
    Bool(bool),
}

impl<'v> Key<'v> {
    /// `None` for values that conditions cannot name.
    fn of(value: &'v Value<'_>) -> Option<Self> {
        match value {
            Value::Text(text) => Some(Self::Text(text)),
            // adding 0 turns -0 into 0
            Value::Number(number) => Some(Self::Number((number + 0.0).to_bits())),
            Value::Bool(bool) => Some(Self::Bool(*bool)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_array_is_extended_by_what_it_does_not_contain() {
        let text = |text: &'static str| Value::Text(text.into());
        let base = [text("a"), Value::Number(0.0), Value::Null];
        let more = [text("b"), Value::Number(-0.0), text("a"), text("b"), Value::Bool(true)];
        let expected = vec![text("a"), Value::Number(0.0), Value::Null, text("b"), Value::Bool(true)];
        assert_eq!(with(&base, more.into_iter()), Value::List(expected));
    }
}
