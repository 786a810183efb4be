//! Help for unknown words: the nearest known one, or all of them.

use crate::diagnostic::{list, nearest, quoted};

/// The sentence that suggests words.
pub(super) fn did_you_mean<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    format!("did you mean {}?", list(words, 3))
}

/// The sentence that lists the accepted words.
pub(super) fn expected<'a>(kind: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let plural = match kind.split_once(" above ") {
        Some((what, above)) => format!("{what}s above {above}"),
        None if kind.ends_with('y') => kind.replace("property", "properties"),
        None => format!("{kind}s"),
    };
    format!("the {plural} are {}", list(known, 99))
}

/// The help for a `word` that is not one of the `known` ones.
pub(super) fn suggest<'a>(kind: &str, word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean {}? {}", quoted(near), expected(kind, known)),
        None => expected(kind, known),
    }
}
