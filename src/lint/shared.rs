//! The data that the checks of all scorecards share.

use crate::scorecard::{Condition, Definition, Operand, Query, Subject};
use crate::value::Scalar;
use std::cell::Cell;
use std::collections::HashSet;

/// The steps to search for names that are similar to unknown ones, for all scorecards together. Enough for hundreds of
/// unknown names.
const SUGGESTIONS: u64 = 200_000_000;

/// The data that the checks of all scorecards share.
pub(super) struct Shared<'c> {
    suggestions: Cell<u64>,
    /// The properties of each blueprint that some condition compares with text other than `true` and `false`.
    texts: HashSet<(&'c str, &'c Subject)>,
}

impl<'c> Shared<'c> {
    pub(super) fn new(definitions: &'c [Definition]) -> Self {
        let texts = definitions.iter().flat_map(|definition| {
            let queries = definition.filter.iter().chain(definition.rules.iter().map(|rule| &rule.query));
            let conditions = queries.flat_map(Query::conditions).filter(|condition| suggests_text(condition));
            conditions.map(|condition| (definition.blueprint.as_str(), &condition.subject))
        });
        Self { suggestions: Cell::new(SUGGESTIONS), texts: texts.collect() }
    }

    /// Whether some condition for the blueprint suggests that the values of a property are text.
    pub(super) fn are_texts(&self, blueprint: &str, subject: &Subject) -> bool {
        self.texts.contains(&(blueprint, subject))
    }

    /// Whether there are steps left to compare a name with this number of known names.
    pub(super) fn takes_suggestion(&self, name: &str, known: usize) -> bool {
        let letters = (name.len() as u64).min(200);
        let left = self.suggestions.get().checked_sub(known as u64 * (64 + letters * letters));
        self.suggestions.set(left.unwrap_or_default());
        left.is_some()
    }
}

/// The boolean that text names, in any case: Python writes `True`.
pub(super) fn boolean_of(text: &str) -> Option<bool> {
    [true, false].into_iter().find(|boolean| text.eq_ignore_ascii_case(&boolean.to_string()))
}

/// Whether a condition suggests that the value is text. Only `=`, `!=` and lists of values are also used for booleans.
fn suggests_text(condition: &Condition) -> bool {
    let is_text = |scalar: &Scalar| matches!(scalar, Scalar::Text(text) if boolean_of(text).is_none());
    match &condition.operand {
        Operand::Scalar(scalar @ Scalar::Text(_)) => !condition.operator.is_equality() || is_text(scalar),
        Operand::List(items) => items.iter().any(is_text),
        _ => false,
    }
}
