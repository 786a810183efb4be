//! Wrapping: styled text broken into lines between words.
//!
//! textwrap chooses the breaks. Words are measured here, because textwrap adds up the widths of
//! characters, and a terminal does not.

use super::span::{Cell, Span, prefix_within, truncate, width};
use anstyle::Style;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;

/// Text without a blank, in one or more styles, and the number of blanks that follow.
#[derive(Debug, Default)]
struct Word<'s> {
    pieces: Vec<(&'s str, Style)>,
    width: usize,
    blanks: usize,
}

#[expect(clippy::cast_precision_loss, reason = "no word is so long that its width is not exact")]
impl Fragment for Word<'_> {
    fn width(&self) -> f64 {
        self.width as f64
    }

    fn whitespace_width(&self) -> f64 {
        self.blanks as f64
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// Breaks spans into lines of at most `max_width` columns. A word that is longer is broken as well.
///
/// Each line is cleaned again, for a break may put a workflow command at its beginning.
pub(crate) fn wrap(spans: &[Span<'_>], max_width: usize) -> Vec<Cell<'static>> {
    let max_width = max_width.max(1);
    let words = words(spans, max_width);
    if words.is_empty() {
        return Vec::new();
    }
    #[expect(clippy::cast_precision_loss, reason = "no terminal is so wide that its width is not exact")]
    let lines = wrap_first_fit(&words, &[max_width as f64]);
    lines.into_iter().map(line).collect()
}

/// Plain text wrapped, a string a line.
pub(crate) fn wrap_text(text: &str, max_width: usize) -> Vec<String> {
    let plain = |line: Cell<'_>| line.iter().map(|span| span.text.as_str()).collect::<String>();
    wrap(&[Span::plain(text)], max_width).into_iter().map(plain).collect()
}

/// The words of a header wrapped; a word that is longer than a line is cut and not broken.
pub(super) fn wrap_header(header: &str, max_width: usize) -> Vec<String> {
    let words: Vec<_> = header.split_whitespace().map(|word| truncate(word, max_width)).collect();
    wrap_text(&words.join(" "), max_width)
}

/// The fewest columns in which a header takes three lines at most and no word is cut, up to the width
/// that is too wide for a header.
pub(super) fn narrowest(header: &str) -> usize {
    const WIDEST: usize = 24;
    const FEW_LINES: usize = 3;
    let longest = header.split_whitespace().map(width).max().unwrap_or_default().min(WIDEST);
    (longest..WIDEST).find(|&max_width| wrap_header(header, max_width).len() <= FEW_LINES).unwrap_or(WIDEST)
}

fn words<'s>(spans: &'s [Span<'_>], max_width: usize) -> Vec<Word<'s>> {
    let mut words: Vec<Word<'s>> = Vec::new();
    let mut word = Word::default();
    for span in spans {
        for (index, text) in span.text.as_str().split(' ').enumerate() {
            if index > 0 {
                end_word(&mut words, std::mem::take(&mut word), max_width);
                if let Some(last) = words.last_mut() {
                    last.blanks += 1;
                }
            }
            if !text.is_empty() {
                word.pieces.push((text, span.style));
                word.width += width(text);
            }
        }
    }
    end_word(&mut words, word, max_width);
    words
}

/// Adds a word, or the parts of one that is longer than a line.
fn end_word<'s>(words: &mut Vec<Word<'s>>, word: Word<'s>, max_width: usize) {
    if word.pieces.is_empty() {
        return;
    }
    if word.width <= max_width {
        words.push(word);
        return;
    }
    for (mut text, style) in word.pieces {
        while !text.is_empty() {
            let (part, rest) = text.split_at(break_of(text, max_width));
            words.push(Word { pieces: vec![(part, style)], width: width(part), blanks: 0 });
            text = rest;
        }
    }
}

/// The byte at which a word that is longer than a line is broken: behind punctuation in the second half of
/// the line, such as the `_` of an identifier, or else where the line is full.
fn break_of(text: &str, max_width: usize) -> usize {
    let fitting = prefix_within(text, max_width);
    // a character that is wider than the line goes beyond it
    let first = text.chars().next().map_or(0, char::len_utf8);
    if fitting.len() == text.len() {
        return text.len();
    }
    let punctuation = fitting.rfind(['_', '-', '/', '.', ',']).map_or(0, |at| at + 1);
    if punctuation > fitting.len() / 2 { punctuation } else { fitting.len().max(first) }
}

/// The words of one line, as few spans as there are styles.
fn line(words: &[Word<'_>]) -> Cell<'static> {
    let mut runs: Vec<(String, Style)> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let is_last = index + 1 == words.len();
        let blanks = if is_last { String::new() } else { " ".repeat(word.blanks) };
        for (place, (text, style)) in word.pieces.iter().enumerate() {
            let blanks = if place + 1 == word.pieces.len() { blanks.as_str() } else { "" };
            match runs.last_mut() {
                Some((run, before)) if before == style => run.push_str(text),
                _ => runs.push(((*text).to_owned(), *style)),
            }
            if let Some((run, _)) = runs.last_mut() {
                run.push_str(blanks);
            }
        }
    }
    runs.into_iter().map(|(text, style)| Span::new(text, style)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::style::{DIM, STRONG};

    #[test]
    fn lines_break_between_words() {
        for (text, max_width, lines) in [
            ("Lead Time for Changes", 9, &["Lead Time", "for", "Changes"][..]),
            ("Deployment", 6, &["Deploy", "ment"]),
            ("a Deployment", 6, &["a", "Deploy", "ment"]),
            ("team_dora_deploy_freq", 18, &["team_dora_deploy_", "freq"]),
            ("時刻表 時刻", 5, &["時刻", "表", "時刻"]),
            ("  two   words ", 80, &["two   words"]),
            ("", 6, &[]),
        ] {
            assert_eq!(wrap_text(text, max_width), lines, "{text:?} in {max_width}");
        }
    }

    #[test]
    fn a_break_never_puts_a_command_at_the_beginning_of_a_line() {
        assert_eq!(wrap_text("aaaa::error::x", 4), ["aaaa", ":\u{200b}:er", "ror:", ":x"]);
    }

    #[test]
    fn styles_stay_with_their_words_and_words_across_styles_stay_together() {
        let spans = [Span::new("Booking API", STRONG), Span::new(" (booking", DIM), Span::plain("): Gold")];
        let lines = wrap(&spans, 12);
        let shown: Vec<Vec<(&str, Style)>> = lines
            .iter()
            .map(|line| line.iter().map(|span| (span.text.as_str(), span.style)).collect())
            .collect();
        assert_eq!(
            shown,
            [
                vec![("Booking API", STRONG)],
                vec![("(booking", DIM), ("):", Style::new())],
                vec![("Gold", Style::new())]
            ]
        );
    }

    #[test]
    fn headers_are_cut_rather_than_broken() {
        assert_eq!(wrap_header("Deployment", 6), ["Deplo…"]);
        assert_eq!(narrowest("Lead Time for Changes"), 8);
        assert_eq!(narrowest(&"word ".repeat(40)), 24);
    }
}
