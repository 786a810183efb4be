//! Wraps styled text into lines.
//!
//! textwrap decides where lines break. Words are measured here, because textwrap adds up the widths of single
//! characters, which is wrong for emoji sequences.

use super::clean::has_pair;
use super::span::{Cell, Span, prefix_within, truncate, width};
use anstyle::Style;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;

/// Text without spaces, in one or more styles, and the number of spaces after it.
#[derive(Debug, Default)]
struct Word<'s> {
    pieces: Vec<(&'s str, Style)>,
    width: usize,
    spaces: usize,
}

#[expect(clippy::cast_precision_loss, reason = "the width of a word is small enough to be exact")]
impl Fragment for Word<'_> {
    fn width(&self) -> f64 {
        self.width as f64
    }

    fn whitespace_width(&self) -> f64 {
        self.spaces as f64
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// Wraps spans into lines of at most `max_width` columns. Words that are longer than a line are broken.
///
/// Each line is sanitized again, because a break may put a workflow command at its beginning.
pub(crate) fn wrap(spans: &[Span<'_>], max_width: usize) -> Vec<Cell<'static>> {
    let mut lines =
        Lines { max_width: max_width.max(1), words: Vec::new(), most: MOST_WORDS, done: Vec::new() };
    let mut word = Word::default();
    for span in spans {
        for (index, text) in span.text.as_str().split(' ').enumerate() {
            if index > 0 {
                lines.add(std::mem::take(&mut word));
                lines.add_space();
            }
            if !text.is_empty() {
                word.pieces.push((text, span.style));
                word.width += width(text);
            }
        }
    }
    lines.add(word);
    lines.finish()
}

/// The number of words that are kept before they are joined into lines. A long text has millions of words, each of
/// which takes more memory than its text.
const MOST_WORDS: usize = 1024;

/// The lines of a text that is being wrapped.
struct Lines<'s> {
    max_width: usize,
    /// The words of the lines that are not complete.
    words: Vec<Word<'s>>,
    /// The number of words after which lines are completed.
    most: usize,
    done: Vec<Cell<'static>>,
}

impl<'s> Lines<'s> {
    /// Adds a word. If it is longer than a line, adds its parts.
    fn add(&mut self, word: Word<'s>) {
        if word.pieces.is_empty() {
            return;
        }
        if word.width <= self.max_width {
            self.push(word);
            return;
        }
        for (mut text, style) in word.pieces {
            while !text.is_empty() {
                let (part, rest) = text.split_at(break_of(text, self.max_width));
                self.push(Word { pieces: vec![(part, style)], width: width(part), spaces: 0 });
                text = rest;
            }
        }
    }

    fn push(&mut self, word: Word<'s>) {
        self.words.push(word);
        if self.words.len() >= self.most {
            self.complete(1);
            self.most = 2 * self.words.len() + MOST_WORDS;
        }
    }

    /// Adds a space after the last word.
    fn add_space(&mut self) {
        if let Some(last) = self.words.last_mut() {
            last.spaces += 1;
        }
    }

    /// Completes all lines except the last `open` ones, to which more words may be added.
    fn complete(&mut self, open: usize) {
        #[expect(clippy::cast_precision_loss, reason = "the width of a terminal is small enough to be exact")]
        let lines = wrap_first_fit(&self.words, &[self.max_width as f64]);
        let complete = lines.get(..lines.len().saturating_sub(open)).unwrap_or_default();
        self.done.extend(complete.iter().map(|words| line(words)));
        let words: usize = complete.iter().map(|words| words.len()).sum();
        self.words.drain(..words);
    }

    fn finish(mut self) -> Vec<Cell<'static>> {
        if !self.words.is_empty() {
            self.complete(0);
        }
        self.done
    }
}

/// The text of spans that fit on one line; `None` if they may not. Most paragraphs fit, and then nothing is split into
/// words. The styles are lost.
pub(super) fn one_line(spans: &[Span<'_>], max_width: usize) -> Option<Span<'static>> {
    let mut text = String::new();
    spans.iter().for_each(|span| text.push_str(span.text.as_str()));
    // a command may begin in one span and end in another, and spaces at both ends are dropped
    let is_plain = !has_pair(&text) && !text.contains('#') && !text.starts_with(' ') && !text.ends_with(' ');
    (is_plain && !text.is_empty() && width(&text) <= max_width).then(|| Span::plain(text))
}

/// Wraps plain text into lines.
pub(crate) fn wrap_text(text: &str, max_width: usize) -> Vec<String> {
    let plain = |line: Cell<'_>| line.iter().map(|span| span.text.as_str()).collect::<String>();
    wrap(&[Span::plain(text)], max_width).into_iter().map(plain).collect()
}

/// Wraps a header. Words that are longer than a line are truncated, not broken.
pub(super) fn wrap_header(header: &str, max_width: usize) -> Vec<String> {
    let words: Vec<_> = header.split_whitespace().map(|word| truncate(word, max_width)).collect();
    wrap_text(&words.join(" "), max_width)
}

/// The minimum width at which a header has at most three lines and no truncated words, but at most 24 columns.
pub(super) fn narrowest(header: &str) -> usize {
    const WIDEST: usize = 24;
    const FEW_LINES: usize = 3;
    let longest = header.split_whitespace().map(width).max().unwrap_or_default().min(WIDEST);
    (longest..WIDEST).find(|&max_width| wrap_header(header, max_width).len() <= FEW_LINES).unwrap_or(WIDEST)
}

/// The byte index at which to break a word that is longer than a line: after punctuation in the second half of the
/// line, such as the `_` of an identifier, or else where the line is full.
fn break_of(text: &str, max_width: usize) -> usize {
    let fitting = prefix_within(text, max_width);
    // a character that is wider than the line must still be printed
    let first = text.chars().next().map_or(0, char::len_utf8);
    if fitting.len() == text.len() {
        return text.len();
    }
    let punctuation = fitting.rfind(['_', '-', '/', '.', ',']).map_or(0, |at| at + 1);
    if punctuation > fitting.len() / 2 { punctuation } else { fitting.len().max(first) }
}

/// Joins the words of a line. Neighbouring words of the same style share a span.
fn line(words: &[Word<'_>]) -> Cell<'static> {
    let mut runs: Vec<(String, Style)> = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let is_last = index + 1 == words.len();
        let spaces = if is_last { String::new() } else { " ".repeat(word.spaces) };
        for (place, (text, style)) in word.pieces.iter().enumerate() {
            let spaces = if place + 1 == word.pieces.len() { spaces.as_str() } else { "" };
            match runs.last_mut() {
                Some((run, before)) if before == style => run.push_str(text),
                _ => runs.push(((*text).to_owned(), *style)),
            }
            if let Some((run, _)) = runs.last_mut() {
                run.push_str(spaces);
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
    fn a_text_of_many_words_is_wrapped_like_a_short_one() {
        let lines = wrap_text(&"one two three ".repeat(2_000), 14);
        assert_eq!(lines, vec!["one two three"; 2_000]);
        assert_eq!(wrap_text(&"word ".repeat(10_000), usize::MAX).len(), 1);
    }

    #[test]
    fn no_line_begins_with_a_workflow_command_after_a_break() {
        assert_eq!(wrap_text("aaaa::error::x", 4), ["aaaa", ":\u{200b}:er", "ror:", ":x"]);
    }

    #[test]
    fn text_that_fits_on_one_line_is_the_only_line_of_the_wrapped_text() {
        for text in ["two  words", "a: b", "時刻表 時刻", "a::b", " a", "a ", "", "C#", "too long for it"]
        {
            let spans = [Span::plain(text), Span::new(".", STRONG)];
            if let Some(line) = one_line(&spans, 12) {
                let wrapped = wrap(&spans, 12);
                assert_eq!(wrapped.len(), 1);
                let shown: String = wrapped.iter().flatten().map(|span| span.text.as_str()).collect();
                assert_eq!(line.text.as_str(), shown);
            }
        }
        assert!(one_line(&[Span::plain("two  words")], 10).is_some());
        assert!(one_line(&[Span::plain("two  words")], 9).is_none());
    }

    #[test]
    fn words_keep_their_styles_and_are_not_broken_between_styles() {
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
    fn long_words_of_headers_are_truncated() {
        assert_eq!(wrap_header("Deployment", 6), ["Deplo…"]);
        assert_eq!(narrowest("Lead Time for Changes"), 8);
        assert_eq!(narrowest(&"word ".repeat(40)), 24);
    }
}
