//! Shortens texts to the limits of other tools, which count in different ways.

use crate::hazard::is_blank;
use crate::terminal::clean;

/// How much a character counts. A limit is a sum of these.
pub(super) type Measure = fn(char) -> usize;

/// The mark of a text that was shortened.
const CUT: char = '…';

/// The length of a text.
pub(super) fn length(text: &str, measure: Measure) -> usize {
    text.chars().map(measure).sum()
}

/// A text on one line, sanitized, and cut to a length. A text that was cut ends with `…`, which counts too. Only whole
/// characters remain, so no surrogate is left alone, and no joiner is left at the end.
pub(super) fn line(text: &str, most: usize, measure: Measure) -> String {
    let text = clean(text);
    let text = text.as_str().trim();
    let (mut kept, mut used, room) = (0, 0, most.saturating_sub(measure(CUT)));
    for (at, character) in text.char_indices() {
        if used <= room {
            kept = at;
        }
        used += measure(character);
        if used > most {
            let kept = text.get(..kept).unwrap_or_default().trim_end_matches(is_blank);
            return format!("{kept}{CUT}");
        }
    }
    text.to_owned()
}

/// Whether a text has nothing to see.
pub(super) fn is_invisible(text: &str) -> bool {
    text.chars().all(is_blank)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_text_is_cut_between_whole_characters() {
        for (text, most, cut) in [
            ("checkout", 8, "checkout"),
            ("checkout", 7, "checko…"),
            ("ab💳💳", 6, "ab💳💳"),
            // the surrogates of the second card would be parted
            ("ab💳💳", 5, "ab💳…"),
            ("ab💳c", 4, "ab…"),
            ("a b c", 3, "a…"),
            ("👩\u{200d}💻x", 4, "👩…"),
            (" a\nb\u{1b}\u{202e} ", 5, "a b␛�"),
            ("abc", 1, "…"),
            ("", 5, ""),
        ] {
            assert_eq!(line(text, most, char::len_utf16), cut, "{text:?} {most}");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_longer_than_its_limit(text in r"([a-z💳é \n\u{200b}]|\PC)*", most in 1_usize..40) {
            let cut = line(&text, most, char::len_utf16);
            prop_assert!(cut.encode_utf16().count() <= most, "{:?}", cut);
            prop_assert!(cut.ends_with('…') || cut == clean(&text).as_str().trim());
        }
    }
}
