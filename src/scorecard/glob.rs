//! Patterns in which `*` stands for any text, for `--where`.

/// A pattern with at least one `*`. All other characters stand for themselves.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Glob {
    first: String,
    /// The parts between two `*`, without empty ones.
    middle: Vec<String>,
    last: String,
}

impl Glob {
    /// Creates a pattern from text with at least one `*`.
    pub(super) fn new(text: &str) -> Self {
        let (first, rest) = text.split_once('*').unwrap_or((text, ""));
        let (middle, last) = rest.rsplit_once('*').unwrap_or(("", rest));
        let middle = middle.split('*').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        Self { first: first.to_owned(), middle, last: last.to_owned() }
    }

    /// Whether the pattern matches the whole text. Each part is searched from the end of the part before it, so that
    /// no two parts overlap.
    pub(super) fn matches(&self, text: &str) -> bool {
        let Some(rest) = text.strip_prefix(self.first.as_str()) else { return false };
        let Some(mut rest) = rest.strip_suffix(self.last.as_str()) else { return false };
        for part in &self.middle {
            let Some((_, after)) = rest.split_once(part.as_str()) else { return false };
            rest = after;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_parts_of_a_pattern_never_overlap() {
        assert!(!Glob::new("aba*ba").matches("aba"));
        assert!(Glob::new("aba*ba").matches("ababa"));
        assert!(!Glob::new("ab*ba").matches("aba"));
        assert!(Glob::new("*").matches(""));
        assert!(!Glob::new("a*b*c").matches("acb"));
    }

    /// The definition: a `*` matches any number of characters, any other character matches itself.
    fn naive(pattern: &[char], text: &[char]) -> bool {
        match (pattern, text) {
            ([], text) => text.is_empty(),
            (['*', rest @ ..], text) => (0..=text.len()).any(|skip| naive(rest, &text[skip..])),
            ([one, rest @ ..], [other, text @ ..]) => one == other && naive(rest, text),
            _ => false,
        }
    }

    proptest! {
        #[test]
        fn it_matches_what_the_definition_matches(pattern in "[ab*]{0,4}\\*[ab*]{0,4}", text in "[ab]{0,8}") {
            let [p, t] = [&pattern, &text].map(|text| text.chars().collect::<Vec<char>>());
            prop_assert_eq!(Glob::new(&pattern).matches(&text), naive(&p, &t));
        }
    }
}
