//! Names of columns: a letter for what it holds, the number of the field, and its name as far as it fits.

use super::model::{Field, Part};

/// The names of the columns of one field.
#[derive(Debug, Clone)]
pub(super) struct Names {
    suffix: String,
}

impl Names {
    pub(super) fn new(number: usize, field: &Field) -> Self {
        const LONGEST: usize = 40;
        let name = field.subject.to_string();
        let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' };
        let readable: String = name.chars().take(LONGEST).map(letter).collect();
        Self { suffix: format!("{number}_{}", readable.trim_matches('_')).trim_end_matches('_').to_owned() }
    }

    fn with(&self, letter: char) -> String {
        format!("{letter}{}", self.suffix)
    }

    /// The JSON value.
    pub(super) fn value(&self) -> String {
        self.with('v')
    }

    /// The type of the JSON value.
    pub(super) fn kind(&self) -> String {
        self.with('t')
    }

    /// A part of a value that is not an array.
    pub(super) fn part(&self, part: Part) -> String {
        self.with(part.letter())
    }

    /// The elements of an array.
    pub(super) fn array(&self) -> String {
        self.with('a')
    }

    /// A part of each element, where parts are arrays of their own.
    pub(super) fn elements(&self, part: Part) -> String {
        format!("a{}{}", part.letter(), self.suffix)
    }

    /// Whether it is empty.
    pub(super) fn empty(&self) -> String {
        self.with('e')
    }

    /// Whether it is missing or null, so that a condition lacks data.
    pub(super) fn missing(&self) -> String {
        self.with('m')
    }

    /// Whether the guard `> 0` lacks data: it is missing, null or 0.
    pub(super) fn idle(&self) -> String {
        self.with('z')
    }
}

/// The columns of booleans that a pass computes, or the places in its arrays.
#[derive(Debug, Default)]
pub(super) struct Booleans {
    /// The name of each condition.
    pub(super) conditions: Vec<String>,
    /// For each field, the name of the boolean that tells that it is missing.
    pub(super) missing: Vec<String>,
    /// The same for its guard.
    pub(super) idle: Vec<String>,
}
