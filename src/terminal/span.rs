//! Styled text, which is always sanitized: measures, truncates and renders it.
//!
//! Widths are in columns of a terminal. They are measured for whole strings, because an emoji sequence such as
//! 👩‍👧 is narrower than the sum of its characters.

use super::clean::{BREAK, Clean, clean};
use super::style::PLAIN;
use anstyle::Style;
use std::borrow::Cow;
use unicode_width::UnicodeWidthStr;

/// The number of bytes of text that are kept for each column.
const MOST_BYTES_PER_COLUMN: usize = 32;

/// Sanitized text in one style.
#[derive(Debug, Clone, Default)]
pub(crate) struct Span<'t> {
    pub(super) text: Clean<'t>,
    pub(super) style: Style,
}

/// The content of one column in one row, or of one line.
pub(crate) type Cell<'t> = Vec<Span<'t>>;

impl<'t> Span<'t> {
    /// Creates a span in a style. Sanitizes the text.
    pub(crate) fn new(text: impl Into<Cow<'t, str>>, style: Style) -> Self {
        Self { text: clean(text), style }
    }

    /// Creates a span without a style. Sanitizes the text.
    pub(crate) fn plain(text: impl Into<Cow<'t, str>>) -> Self {
        Self::new(text, PLAIN)
    }

    /// The same span with borrowed text.
    pub(crate) fn borrow(&self) -> Span<'_> {
        Span { text: self.text.borrow(), style: self.style }
    }

    /// The width of the text in columns.
    pub(crate) fn width(&self) -> usize {
        width(self.text.as_str())
    }
}

/// The width of sanitized text in columns.
pub(crate) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.width() }
}

/// The width of a cell in columns.
pub(crate) fn cell_width(cell: &[Span<'_>]) -> usize {
    cell.iter().map(Span::width).sum()
}

/// The longest prefix of a text that is at most `max_width` columns wide.
///
/// The time depends on `max_width` and not on the length of the text, so that a text can be broken into many lines.
pub(super) fn prefix_within(text: &str, max_width: usize) -> &str {
    if text.len() <= max_width {
        return text;
    }
    if let Some(start) = text.as_bytes().get(..=max_width)
        && start.is_ascii()
    {
        return text.get(..max_width).unwrap_or(text);
    }
    // a column rarely has more than a few characters, so this limit only matters for hostile text
    let window = boundary(text, max_width.saturating_mul(MOST_BYTES_PER_COLUMN));
    let fits = |end: usize| width(text.get(..end).unwrap_or(text)) <= max_width;
    if fits(window) {
        return text.get(..window).unwrap_or(text);
    }
    // `fitting` bytes fit, `too_long` bytes do not
    let (mut fitting, mut too_long) = (0, window);
    loop {
        let next = text.get(fitting..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        let middle = boundary(text, fitting + (too_long - fitting) / 2).max(fitting + next);
        if middle >= too_long {
            return text.get(..fitting).unwrap_or(text);
        }
        if fits(middle) {
            fitting = middle;
        } else {
            too_long = middle;
        }
    }
}

/// The beginning of the character that contains byte `at`, or the end of the text.
fn boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Truncates a text to `max_width` columns. If anything is cut off, the result ends with `…`.
pub(crate) fn truncate(text: &str, max_width: usize) -> Cow<'_, str> {
    let kept = prefix_within(text, max_width);
    if kept.len() == text.len() {
        return Cow::Borrowed(text);
    }
    match max_width.checked_sub(1) {
        Some(max_width) => Cow::Owned(format!("{}…", prefix_within(text, max_width).trim_end())),
        None => Cow::Borrowed(""),
    }
}

/// Truncates a cell to `max_width` columns. A span of which only `…` would remain is dropped, unless it is the first.
pub(super) fn truncate_cell<'t>(cell: Cell<'t>, max_width: usize) -> Cell<'t> {
    if cell_width(&cell) <= max_width {
        return cell;
    }
    let mut room = max_width;
    let mut kept = Cell::with_capacity(cell.len());
    for span in cell {
        let text = truncate(span.text.as_str(), room).into_owned();
        let is_cut = text.len() != span.text.as_str().len() || text != span.text.as_str();
        if is_cut && !kept.is_empty() && width(&text) <= 1 {
            break;
        }
        room -= width(&text).min(room);
        kept.push(Span::new(text, span.style));
        if is_cut {
            break;
        }
    }
    kept
}

/// The text of a cell, with escape sequences if `color` is set.
///
/// The sequences are written here and not by a library that detects terminals, because `color` alone must decide.
pub(crate) fn render(cell: &[Span<'_>], color: bool) -> String {
    let mut rendered = String::new();
    render_to(&mut rendered, cell, color);
    rendered
}

/// Appends the text of a cell, like [`render`].
pub(super) fn render_to(rendered: &mut String, cell: &[Span<'_>], color: bool) {
    let mut before: &[Span<'_>] = &[];
    for (index, Span { text, style }) in cell.iter().enumerate() {
        if completes_command(before, text.as_str()) {
            rendered.push(BREAK);
        }
        if color && !style.is_plain() && !text.as_str().is_empty() {
            rendered.push_str(&format!("{}{text}{}", style.render(), style.render_reset()));
        } else {
            rendered.push_str(text.as_str());
        }
        before = cell.get(..=index).unwrap_or_default();
    }
}

/// Whether printing `text` after these spans could complete a workflow command that began in one of them.
fn completes_command(before: &[Span<'_>], text: &str) -> bool {
    let last = before.iter().rev().map(|span| span.text.as_str()).find(|text| !text.is_empty());
    match text.chars().next() {
        Some(':') => last.is_some_and(|last| last.ends_with(':')),
        Some('#' | '[') => before.iter().any(|span| span.text.as_str().contains('#')),
        Some(first) if first.is_ascii_alphanumeric() => {
            before.iter().any(|span| span.text.as_str().contains("##"))
                || last.is_some_and(|last| last.ends_with('#'))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_truncated_between_characters() {
        for (text, max_width, cut) in [
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
            assert_eq!(truncate(text, max_width), cut, "{text:?} in {max_width}");
        }
    }

    #[test]
    fn a_prefix_is_found_without_reading_the_rest_of_the_text() {
        let far = "\u{301}".repeat(1_000);
        for (text, max_width, kept) in [
            ("booking", 3, "boo".len()),
            (&format!("ab{far}c"), 2, 2 * MOST_BYTES_PER_COLUMN),
            (&format!("時刻{far}"), 2, "時".len()),
            (&format!("{far}a"), 0, 0),
        ] {
            let prefix = prefix_within(text, max_width);
            assert_eq!(prefix.len(), kept, "in {max_width}");
            assert!(width(prefix) <= max_width);
        }
    }

    #[test]
    fn a_cell_is_truncated_across_its_spans() {
        let cell = |texts: &[&'static str]| texts.iter().map(|text| Span::plain(*text)).collect::<Cell<'_>>();
        let cut = |texts: &[&'static str], max_width| render(&truncate_cell(cell(texts), max_width), false);
        assert_eq!(cut(&["Booking API", "  booking"], 20), "Booking API  booking");
        assert_eq!(cut(&["Booking API", "  booking"], 15), "Booking API  b…");
        assert_eq!(cut(&["Booking API", "  booking"], 12), "Booking API");
        assert_eq!(cut(&["Booking API", "  booking"], 8), "Booking…");
    }
}
