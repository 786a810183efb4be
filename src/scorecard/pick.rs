//! Selects scorecards, or entities, by identifier.

use super::Definition;
use crate::diagnostic::{Code, Diagnostic, Problems, quoted};
use glob::{Pattern, PatternError};

/// The patterns that select by identifier. Without patterns, everything is selected.
pub(crate) struct Picked {
    patterns: Vec<Pattern>,
}

impl Picked {
    /// Parses patterns.
    ///
    /// # Errors
    /// The invalid patterns.
    pub(crate) fn parse(texts: &[String]) -> Result<Self, Problems> {
        let (mut patterns, mut problems) = (Vec::new(), Vec::new());
        for text in texts {
            match Pattern::new(text) {
                Ok(pattern) => patterns.push(pattern),
                Err(error) => problems.push(invalid_pattern(Code::BadGlob, text, &error)),
            }
        }
        if problems.is_empty() { Ok(Self { patterns }) } else { Err(Problems(problems)) }
    }

    /// Checks that each pattern matches a definition.
    ///
    /// # Errors
    /// The patterns without a match.
    pub(crate) fn check(&self, definitions: &[Definition]) -> Result<(), Problems> {
        let identifiers = definitions.iter().map(|card| card.identifier.as_str());
        let unmatched = self.unmatched(identifiers).into_iter();
        let problems: Vec<_> = unmatched.map(|pattern| unknown_scorecard(pattern, definitions)).collect();
        if problems.is_empty() { Ok(()) } else { Err(Problems(problems)) }
    }

    /// Keeps the definitions whose identifier matches one of the patterns, whatever their blueprint. Returns the others.
    pub(crate) fn apply(&self, definitions: &mut Vec<Definition>) -> Vec<Definition> {
        let is_picked = |card: &Definition| self.selects(&card.identifier);
        let (picked, others) = std::mem::take(definitions).into_iter().partition(is_picked);
        *definitions = picked;
        others
    }

    /// Whether one of the patterns matches, or there are no patterns.
    pub(crate) fn selects(&self, identifier: &str) -> bool {
        self.patterns.is_empty() || self.patterns.iter().any(|pattern| pattern.matches(identifier))
    }

    /// The patterns that match none of these identifiers.
    pub(crate) fn unmatched<'n>(&self, identifiers: impl Iterator<Item = &'n str> + Clone) -> Vec<&str> {
        let matches_none = |pattern: &&Pattern| !identifiers.clone().any(|name| pattern.matches(name));
        self.patterns.iter().filter(matches_none).map(Pattern::as_str).collect()
    }
}

/// The error for an invalid pattern.
pub(crate) fn invalid_pattern(code: Code, text: &str, error: &PatternError) -> Diagnostic {
    const HELP: &str = "`*` matches any text, `?` any character, `[ab]` either `a` or `b`; write `[[]` to match `[`, \
                        and `[*]` to match `*`";
    let message = format!("invalid glob pattern {}: {}", quoted(text), error.msg);
    Diagnostic::error(code, message).help(HELP)
}

/// The error for an identifier that no definition has.
pub(crate) fn unknown_scorecard(name: &str, definitions: &[Definition]) -> Diagnostic {
    let known = definitions.iter().map(|definition| definition.identifier.as_str());
    Diagnostic::unknown(Code::UnknownScorecard, "scorecard", name, known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::builtin;

    fn picked(patterns: &[&str]) -> Vec<String> {
        let patterns: Vec<String> = patterns.iter().map(|&pattern| pattern.to_owned()).collect();
        let picked = Picked::parse(&patterns).unwrap();
        let mut definitions = builtin();
        picked.apply(&mut definitions);
        definitions.into_iter().map(|card| card.identifier).collect()
    }

    #[test]
    fn a_scorecard_is_kept_if_one_of_the_patterns_matches_its_whole_identifier() {
        assert_eq!(picked(&[]).len(), builtin().len());
        assert_eq!(picked(&["dora_cfr"]), ["dora_cfr"]);
        assert_eq!(picked(&["dora_c", "nothing"]), [""; 0]);
        assert_eq!(picked(&["*cfr"]).len(), 2);
    }

    #[test]
    fn an_invalid_pattern_and_one_without_a_match_are_errors() {
        assert!(Picked::parse(&["[".to_owned()]).is_err());
        let picked = Picked::parse(&["dora_*".to_owned(), "dora_crf".to_owned()]).unwrap();
        assert_eq!(picked.check(&builtin()).unwrap_err().0.len(), 1);
    }
}
