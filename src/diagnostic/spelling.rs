//! Suggestions for unknown words: the known words that the user probably meant.
//!
//! The time is bounded: words with very different lengths or letters are excluded before an edit distance is computed,
//! and the number of steps for one list of known words is limited.

use crate::terminal::{clean, thousands, truncate};

/// The maximum length of a word to compare, in bytes: the time of an edit distance grows with the square of the length.
const LONGEST: usize = 200;
/// A word of at least this similarity, from 0 to 1, may be a typo.
const TYPO: f64 = 0.5;
/// The similarity of a word that contains the other: `mttr` and `dora_mttr`.
const PART: f64 = 0.75;
/// The shortest part that counts, in bytes.
const SHORTEST_PART: usize = 3;
/// The maximum number of words to suggest.
const MOST_SUGGESTED: usize = 3;
/// The maximum number of known words to list after a suggestion.
const FEW: usize = 6;
/// The maximum number of known words to list if none is similar.
const MOST_LISTED: usize = 24;
/// The maximum number of steps (comparisons of two characters) for one list of known words.
const MOST_STEPS: usize = 4_000_000;

/// The help for a `name` that is not one of the `known` words: suggests similar ones, or lists all.
pub(crate) fn suggest<'a>(kind: &str, name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    let similar = similar(name, known.iter().copied());
    match (similar.is_empty(), known.len()) {
        (true, 0) => format!("there are no {}", plural(kind)),
        (true, _) => expected(kind, known),
        (false, 2..=FEW) => format!("{} {}", did_you_mean(similar), expected(kind, known)),
        (false, _) => did_you_mean(similar),
    }
}

/// The sentence that lists the accepted words: ``the levels are `Bronze`, `Silver` ``.
pub(crate) fn expected<'a>(kind: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match known.as_slice() {
        [only] => format!("the only {kind} is {}", quoted(only)),
        _ => format!("the {} are {}", plural(kind), list(known, MOST_LISTED)),
    }
}

/// The plural of a kind: `levels above the base`, `properties of the scorecards`, `known keys`, `properties`.
fn plural(kind: &str) -> String {
    let noun_ends = [" above ", " of ", " in "].into_iter().find_map(|word| kind.find(word));
    match (noun_ends.and_then(|end| kind.split_at_checked(end)), kind.strip_suffix('y')) {
        (Some((noun, rest)), _) => format!("{}{rest}", plural(noun)),
        (None, Some(stem)) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{kind}s"),
    }
}

/// The question that suggests words: ``did you mean `a`, `b` or `c`? ``.
pub(crate) fn did_you_mean<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let mut words: Vec<String> = words.into_iter().map(quoted).collect();
    let last = words.pop().unwrap_or_default();
    match words.is_empty() {
        true => format!("did you mean {last}?"),
        false => format!("did you mean {} or {last}?", words.join(", ")),
    }
}

/// The known words that are most similar to `name`. There are several if they are equally similar, and none if
/// no word is similar enough.
pub(crate) fn similar<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut name = Name::new(name);
    name.steps_left = MOST_STEPS;
    let mut best = TYPO;
    let mut words: Vec<&str> = Vec::new();
    for word in known {
        let similarity = name.similarity_above(word, best);
        if similarity > best {
            words.clear();
        }
        if similarity >= best && !words.contains(&word) {
            best = similarity;
            if words.len() < MOST_SUGGESTED {
                words.push(word);
            }
        }
    }
    words
}

/// The maximum number of typos in a key.
const MOST_TYPOS: usize = 2;

/// The known key that `key` probably means. Case and separators are ignored, and one or two typos are allowed.
pub(crate) fn misspelled<'k>(key: &str, known: &[&'k str]) -> Option<&'k str> {
    let plain = |key: &str| key.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let key = plain(key);
    let longest = known.iter().map(|candidate| candidate.len()).max().unwrap_or_default() + MOST_TYPOS;
    if key.chars().nth(longest).is_some() {
        return None;
    }
    known
        .iter()
        .map(|candidate| (strsim::osa_distance(&key, &plain(candidate)), *candidate))
        .filter(|(typos, candidate)| *typos <= if candidate.len() > 5 { MOST_TYPOS } else { 1 })
        .min_by_key(|(typos, _)| *typos)
        .map(|(_, candidate)| candidate)
}

/// An unknown word, prepared for the comparison with many known ones.
#[derive(Debug, Clone)]
pub(crate) struct Name {
    lower: String,
    length: usize,
    letters: Letters,
    steps_left: usize,
}

impl Name {
    /// Prepares a word.
    pub(crate) fn new(name: &str) -> Self {
        let lower = name.to_lowercase();
        Self { length: lower.chars().count(), letters: Letters::of(&lower), lower, steps_left: usize::MAX }
    }

    /// The similarity to `other` without regard to case, from 0 to 1 (equal). A similarity below `least` is
    /// returned as 0.
    pub(crate) fn similarity_above(&mut self, other: &str, least: f64) -> f64 {
        if self.lower.len() > LONGEST || other.len() > LONGEST {
            return 0.0;
        }
        let other = other.to_lowercase();
        let part = if self.is_part_of(&other) { PART } else { 0.0 };
        let similarity = part.max(self.closeness(&other, least.max(part)));
        if similarity < least { 0.0 } else { similarity }
    }

    /// Whether one of the two words contains the other.
    fn is_part_of(&self, other: &str) -> bool {
        let shorter = self.lower.len().min(other.len());
        shorter >= SHORTEST_PART && (other.contains(&self.lower) || self.lower.contains(other))
    }

    /// The normalized Damerau-Levenshtein similarity; 0 if it is less than `least` or too expensive to compute.
    fn closeness(&mut self, other: &str, least: f64) -> f64 {
        let length = other.chars().count();
        let longer = self.length.max(length);
        let edits = self.letters.least_edits(&Letters::of(other)).max(self.length.abs_diff(length));
        let steps = self.length * length;
        if (edits as f64) > (1.0 - least) * longer as f64 || steps > self.steps_left {
            return 0.0;
        }
        self.steps_left -= steps;
        strsim::normalized_damerau_levenshtein(&self.lower, other)
    }
}

/// The number of characters in each of 64 classes. Two words with very different counts cannot be similar.
#[derive(Debug, Clone)]
struct Letters([u8; 64]);

impl Letters {
    fn of(word: &str) -> Self {
        let mut counts = [0_u8; 64];
        for character in word.chars().take(LONGEST) {
            if let Some(count) = counts.get_mut(character as usize % 64) {
                *count = count.saturating_add(1);
            }
        }
        Self(counts)
    }

    /// A lower bound of the edits between two words, because an edit changes at most one letter of each.
    fn least_edits(&self, other: &Self) -> usize {
        let surplus = |one: &Self, other: &Self| -> usize {
            one.0.iter().zip(&other.0).map(|(one, other)| usize::from(one.saturating_sub(*other))).sum()
        };
        surplus(self, other).max(surplus(other, self))
    }
}

/// Words in back-ticks, separated by commas: the first `most`, and the number of the others.
pub(crate) fn list<'a>(words: impl IntoIterator<Item = &'a str>, most: usize) -> String {
    let words: Vec<&str> = words.into_iter().collect();
    let shown: Vec<String> = words.iter().take(most).map(|word| quoted(word)).collect();
    let more = words.len().saturating_sub(most);
    if more == 0 {
        shown.join(", ")
    } else {
        format!("{} and {} more", shown.join(", "), thousands(more as u64))
    }
}

/// Text of a user in back-ticks, sanitized and shortened.
pub(crate) fn quoted(text: &str) -> String {
    const MOST: usize = 80;
    format!("`{}`", clean(truncate(text, MOST)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typo_suggests_the_nearest_word() {
        assert_eq!(similar("Glod", ["Bronze", "Silver", "Gold"]), ["Gold"]);
        assert_eq!(similar("gold", ["Bronze", "Gold"]), ["Gold"]);
        assert!(similar("Platinum", ["Bronze", "Gold"]).is_empty());
    }

    #[test]
    fn a_part_of_a_word_suggests_every_word_with_it() {
        let known = ["dora_cfr", "dora_mttr", "team_mttr", "lead_time"];
        assert_eq!(similar("mttr", known), ["dora_mttr", "team_mttr"]);
        assert_eq!(similar("team_dora_cfr_v2", known), ["dora_cfr"]);
        assert!(similar("", known).is_empty());
        assert!(similar("a", ["a1", "banana"]).iter().all(|word| *word == "a1"));
    }

    #[test]
    fn the_help_lists_few_words_and_counts_many() {
        assert_eq!(suggest("level", "x", ["Bronze", "Gold"]), "the levels are `Bronze`, `Gold`");
        assert_eq!(suggest("property", "x", ["a", "b"]), "the properties are `a`, `b`");
        assert_eq!(suggest("property of cards", "x", ["a", "b"]), "the properties of cards are `a`, `b`");
        assert_eq!(
            suggest("level", "glod", ["Bronze", "Gold"]),
            "did you mean `Gold`? the levels are `Bronze`, `Gold`"
        );
        assert_eq!(suggest("rule", "x", ["only_one"]), "the only rule is `only_one`");
        assert_eq!(suggest("rule", "x", []), "there are no rules");
        let many: Vec<String> = (0..30).map(|number| format!("w{number}")).collect();
        assert!(suggest("word", "-", many.iter().map(String::as_str)).ends_with("and 6 more"));
    }

    #[test]
    fn a_key_with_a_typo_is_recognized_and_an_unrelated_key_is_not() {
        let known = ["title", "description", "blueprint", "levels", "filter", "rules"];
        for (key, meant) in
            [("titel", "title"), ("Title", "title"), ("level", "levels"), ("desciption", "description")]
        {
            assert_eq!(misspelled(key, &known), Some(meant), "{key}");
        }
        for key in ["id", "createdAt", "icon", "team", "weight", ""] {
            assert_eq!(misspelled(key, &known), None, "{key}");
        }
    }

    #[test]
    fn long_words_and_long_lists_are_compared_in_bounded_time() {
        // the words have the same length and letters, so neither excludes a comparison
        let word = |shift: usize| -> String {
            (0..180).map(|at| char::from(b'a' + ((at * 7 + shift) % 26) as u8)).collect()
        };
        let known: Vec<String> = (0..20_000).map(|shift| format!("{}{shift}", word(shift))).collect();
        let start = std::time::Instant::now();
        similar(&word(3), known.iter().map(String::as_str));
        similar(&"x".repeat(1_000_000), known.iter().map(String::as_str));
        assert!(start.elapsed() < std::time::Duration::from_secs(5), "{:?}", start.elapsed());
    }
}
