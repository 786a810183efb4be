//! The laws of text: nothing that a terminal or a CI system would obey.

/// Checks text for people: no control characters except line feeds, no bidirectional controls, no workflow commands.
pub(crate) fn assert_safe(text: &str) {
    assert_no_control(text);
    for line in text.lines() {
        assert!(!line.trim_start().starts_with("::"), "a workflow command: {line:?}");
    }
}

/// Checks that a text is JSON in which such characters are escaped.
pub(crate) fn assert_json(text: &str) {
    assert_no_control(text);
    if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(text) {
        panic!("invalid JSON: {error}: {text:?}");
    }
}

pub(crate) fn assert_no_control(text: &str) {
    for character in text.chars() {
        assert!(!character.is_control() || character == '\n', "a control character: {text:?}");
        assert!(!is_bidi_or_break(character), "a bidirectional control: {text:?}");
    }
    for (at, _) in text.match_indices('#') {
        let name = text[at..].strip_prefix("##").unwrap_or_default();
        let rest = name.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric());
        assert!(!rest.starts_with('['), "a workflow command: {text:?}");
    }
}

fn is_bidi_or_break(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
