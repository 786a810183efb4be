//! Text of users made fit for one line: cleaned, measured, clipped and broken between words.
//!
//! Widths are those of a terminal, so every clip is checked against the width of the whole piece and
//! not the sum of its characters: a family of emoji is narrower than its members.

use std::borrow::Cow;
use unicode_width::UnicodeWidthStr;

/// Columns that it takes.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// As much of it as `most` columns hold, with `…` where something is left out.
pub(crate) fn clip(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most || width(text) <= most {
        return Cow::Borrowed(text);
    }
    let mut kept = "";
    let mut clipped = String::new();
    // no terminal shows more than a few characters a column; this bounds the work on hostile text
    for (at, character) in text.char_indices().take(most.saturating_mul(8)) {
        let piece = text.get(..at + character.len_utf8()).unwrap_or(text);
        if width(piece) + 1 > most {
            break;
        }
        kept = piece;
    }
    if most > 0 {
        clipped.push_str(kept.trim_end());
        clipped.push('…');
    }
    Cow::Owned(clipped)
}

/// The fewest columns in which a header stands in three lines without a word cut off, as far as that
/// is not too wide for a header.
pub(crate) fn narrowest(header: &str) -> usize {
    const WIDEST: usize = 24;
    const FEW_LINES: usize = 3;
    let longest = header.split_whitespace().map(width).max().unwrap_or_default().min(WIDEST);
    (longest..WIDEST).find(|&most| lines(header, most).len() <= FEW_LINES).unwrap_or(WIDEST)
}

/// Lines of at most `most` columns, broken between words; a longer word is clipped.
pub(crate) fn lines(text: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= most => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(clip(word, most).into_owned()),
        }
    }
    lines
}

/// `1 entity`, `2 entities`.
pub(crate) fn counted(count: u64, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::clean;

    #[test]
    fn clips_to_whole_characters() {
        for (text, most, clipped) in [
            ("booking", 7, "booking"),
            ("booking", 6, "booki…"),
            ("時刻表", 6, "時刻表"),
            ("時刻表", 5, "時刻…"),
            ("時刻表", 4, "時…"),
            ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
            ("two words", 5, "two…"),
            ("booking", 1, "…"),
            ("booking", 0, ""),
        ] {
            assert_eq!(clip(text, most), clipped, "{text:?} in {most}");
        }
    }

    #[test]
    fn cleans_what_would_break_a_line() {
        assert_eq!(clean("a\tb\r\nc"), "a b  c");
        assert_eq!(clean("\u{1b}[31m\u{202e}\u{7}"), "\u{fffd}[31m\u{fffd}\u{fffd}");
        assert_eq!(clean("::error::x ##[group]"), ":\u{200b}:error:\u{200b}:x ##\u{200b}[group]");
        assert_eq!(clean("std::fmt"), "std::fmt");
        assert_eq!(clean("naïve 💳 👩\u{200d}💻"), "naïve 💳 👩\u{200d}💻");
    }

    #[test]
    fn breaks_between_words() {
        assert_eq!(lines("Lead Time for Changes", 9), ["Lead Time", "for", "Changes"]);
        assert_eq!(lines("Deployment", 6), ["Deplo…"]);
        assert_eq!(lines("", 6), Vec::<String>::new());
        assert_eq!(narrowest("Lead Time for Changes"), 8);
        assert_eq!(narrowest(&"word ".repeat(40)), 24);
    }
}
