//! The forms in which a set of values can be written.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// One value a line.
    Lines,
    /// One value after another, over many lines.
    Pretty,
    Array,
    /// An array of arrays of up to two values, which events can have, but entities cannot.
    Nested,
    /// Answers of Port's API, one after another, each with up to three values.
    Pages,
    /// Answers of Port's API for one entity.
    Single,
}

const ALL: [Shape; 6] =
    [Shape::Lines, Shape::Pretty, Shape::Array, Shape::Pages, Shape::Single, Shape::Nested];

pub(crate) fn events() -> BoxedStrategy<Shape> {
    select(ALL.to_vec()).boxed()
}

pub(crate) fn entities() -> BoxedStrategy<Shape> {
    select(ALL[..5].to_vec()).boxed()
}

impl Shape {
    /// The text of a file with these values.
    pub(crate) fn write(self, values: &[Value]) -> String {
        match self {
            Self::Lines => lines(values),
            Self::Pretty => values.iter().map(|value| format!("{value:#} ")).collect(),
            Self::Array => json!(values).to_string(),
            Self::Nested => json!(values.chunks(2).collect::<Vec<_>>()).to_string(),
            Self::Pages => lines(values.chunks(3).map(|page| json!({"ok": true, "entities": page}))),
            Self::Single => lines(values.iter().map(|value| json!({"entity": value}))),
        }
    }
}

fn lines(values: impl IntoIterator<Item = impl std::fmt::Display>) -> String {
    values.into_iter().map(|value| format!("{value}\n")).collect()
}
