//! The identifiers that a waiver is for.

use glob::{Pattern, PatternError};

/// An identifier, or a pattern of identifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum IdentifierPattern {
    Exact(String),
    Glob(Pattern),
}

impl IdentifierPattern {
    /// Parses an identifier, or a pattern if it contains a character of patterns.
    ///
    /// # Errors
    /// Why the pattern is invalid.
    pub(super) fn parse(text: &str) -> Result<Self, PatternError> {
        match text.contains(['*', '?', '[']) {
            true => Pattern::new(text).map(Self::Glob),
            false => Ok(Self::Exact(text.to_owned())),
        }
    }

    pub(super) fn matches(&self, identifier: &str) -> bool {
        match self {
            Self::Exact(name) => name == identifier,
            Self::Glob(pattern) => pattern.matches(identifier),
        }
    }

    /// The text that was parsed.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Exact(name) => name,
            Self::Glob(pattern) => pattern.as_str(),
        }
    }
}

/// Escapes an identifier, so that it is the name of only itself.
pub(super) fn escaped(identifier: &str) -> String {
    match identifier.contains(['*', '?', '[']) {
        true => Pattern::escape(identifier),
        false => identifier.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_with_characters_of_patterns_is_a_pattern() {
        let matches =
            |name: &str, identifier: &str| IdentifierPattern::parse(name).unwrap().matches(identifier);
        assert!(
            matches("check*", "checkout")
                && matches("*", "")
                && matches("[ab]c", "bc")
                && matches("a*", "a/b")
        );
        assert!(!matches("checkout", "checkout2") && !matches("Check*", "checkout") && !matches("a]", "a"));
        assert!(matches("a]", "a]") && matches("a.b", "a.b"));
        assert!(IdentifierPattern::parse("a[").is_err() && IdentifierPattern::parse("***").is_err());
    }

    proptest! {
        #[test]
        fn an_escaped_identifier_matches_only_itself(identifier in "[a*?\\[\\]!-]{0,6}|.*", other in "[a*?\\[\\]!-]{0,6}") {
            let name = IdentifierPattern::parse(&escaped(&identifier)).unwrap();
            prop_assert!(name.matches(&identifier));
            prop_assert_eq!(name.matches(&other), identifier == other);
        }
    }
}
