//! What a user probably meant: the nearest of the known words, and lists of them.

use crate::terminal::{clean, truncate};

/// Longer words are not a slip of the pen, and likeness takes time that grows with the length.
const LONGEST: usize = 200;

/// The known word nearest to `word`, if any is near enough to be meant.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST {
        return None;
    }
    known
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
        .map(|candidate| (likeness(word, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= 0.5)
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
        .map(|(_, candidate)| candidate)
}

/// How alike two words are, in any case: 1 for the same, 0 for nothing in common.
pub(crate) fn likeness(one: &str, other: &str) -> f64 {
    strsim::normalized_damerau_levenshtein(&one.to_lowercase(), &other.to_lowercase())
}

/// Words in back-ticks, with commas; past `most` only how many more there are.
pub(crate) fn list<'a>(words: impl IntoIterator<Item = &'a str>, most: usize) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    let shown: Vec<String> = words.iter().take(most).map(|word| quoted(word)).collect();
    let more = words.len().saturating_sub(most);
    if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { shown.join(", ") }
}

/// Text of a user in back-ticks, clean and not too long.
pub(crate) fn quoted(text: &str) -> String {
    const MOST: usize = 80;
    format!("`{}`", clean(truncate(text, MOST)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_and_far() {
        assert_eq!(nearest("Glod", ["Bronze", "Silver", "Gold"]), Some("Gold"));
        assert_eq!(nearest("gold", ["Bronze", "Gold"]), Some("Gold"));
        assert_eq!(nearest("Platinum", ["Bronze", "Gold"]), None);
    }
}
