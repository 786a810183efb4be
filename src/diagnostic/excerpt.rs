//! Cuts the line around a span of a source to a width.

use super::source::Source;
use crate::terminal::{Span, clean, truncate, width};
use std::ops::Range;

/// The part of one line that is printed.
pub(super) struct Excerpt<'s> {
    /// The number of the line, from 1.
    pub(super) number: u64,
    pub(super) before: Span<'s>,
    /// The text that carets mark.
    pub(super) marked: Span<'s>,
    pub(super) after: Span<'s>,
}

/// The width to use if the width of the screen is unknown, in columns. It includes the line number.
const USUAL: usize = 140;
/// A tab is printed as these spaces.
const TAB: &str = "    ";
/// The maximum indentation, in columns. Deeper indentation is shortened.
const MOST_INDENT: usize = 16;

impl Excerpt<'_> {
    /// The line in which `span` begins, cut to a screen of `columns`.
    pub(super) fn new(source: &Source, span: &Range<usize>, columns: Option<usize>) -> Self {
        let text = source.text();
        let start = boundary(text, span.start);
        let (before, rest) = text.split_at_checked(start).unwrap_or((text, ""));
        let (number, _) = source.position(start);
        let gutter = number.to_string().len() + " | ".len();
        let room = columns.unwrap_or(USUAL).saturating_sub(gutter).max(20);
        let before = before.rsplit('\n').next().unwrap_or_default().trim_start_matches('\u{feff}');
        // a file can be one long line, so only the part that can fit is processed
        let before = before.get(boundary(before, before.len().saturating_sub(8 * room))..).unwrap_or(before);
        let rest = rest.get(..boundary(rest, 16 * room)).unwrap_or(rest);
        let rest = rest.split('\n').next().unwrap_or_default().trim_end_matches('\r');
        let length = boundary(rest, span.end.saturating_sub(start));
        let (marked, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        // the width is that of the clean text, because that is what is printed
        let parts = [before, marked, after].map(|part| clean(part.replace('\t', TAB)).into_owned());
        let [before, marked, after] = cut(parts, room).map(Span::plain);
        Self { number, before, marked, after }
    }
}

/// The start of the first character at or after a byte; the span can be inside a character.
fn boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

/// Cuts the parts before, in and after the span to a total of `room` columns.
fn cut([before, marked, after]: [String; 3], room: usize) -> [String; 3] {
    let before = dedented(before);
    let [before_width, marked_width, after_width] = [&before, &marked, &after].map(|text| width(text));
    if before_width + marked_width + after_width <= room {
        return [before, marked, after];
    }
    let least_before = before_width.min(room / 3);
    let marked = beginning_of(&marked, room - least_before);
    let left_over = room - width(&marked);
    let is_cut = marked_width > room - least_before;
    // the beginning of the line is kept if a quarter of the room remains for the text after the span
    let for_before =
        if before_width <= left_over.saturating_sub(room / 4) { before_width } else { left_over * 2 / 5 };
    let for_after = if is_cut { 0 } else { after_width.min(left_over - before_width.min(for_before)) };
    let before = end_of(&before, left_over - for_after);
    let after = if is_cut { String::new() } else { beginning_of(&after, for_after) };
    [before, marked, after]
}

/// The text with its indentation shortened.
fn dedented(before: String) -> String {
    let text = before.trim_start_matches(' ');
    let indent = before.len() - text.len();
    if indent <= MOST_INDENT { before } else { format!("{}{text}", " ".repeat(MOST_INDENT)) }
}

fn beginning_of(text: &str, most: usize) -> String {
    truncate(text, most).into_owned()
}

/// The end of a text, at most `most` columns wide. A `…` replaces the rest.
fn end_of(text: &str, most: usize) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let fits = |at: &usize| text.get(*at..).is_some_and(|end| width(end) < most);
    let from = text.char_indices().map(|(at, _)| at).find(fits).unwrap_or(text.len());
    if most == 0 { String::new() } else { format!("…{}", text.get(from..).unwrap_or_default()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::render;

    fn excerpt(line: &str, marked: &str, columns: usize) -> [String; 3] {
        let start = line.find(marked).unwrap_or_default();
        let source = Source::new("a.json", format!("first\n{line}\r\nlast"));
        let found = Excerpt::new(&source, &(6 + start..6 + start + marked.len()), Some(columns));
        assert_eq!(found.number, 2);
        [found.before, found.marked, found.after].map(|span| render(&[span], false))
    }

    #[test]
    fn a_short_line_is_whole() {
        assert_eq!(excerpt("{\"a\": 1}", "1", 80), ["{\"a\": ", "1", "}"]);
        assert_eq!(excerpt("\t\"時刻\":\tx", "x", 80), ["    \"時刻\":    ", "x", ""]);
        assert_eq!(excerpt(&format!("{}x", " ".repeat(90)), "x", 80), [" ".repeat(16).as_str(), "x", ""]);
    }

    #[test]
    fn a_long_line_is_cut_around_the_span() {
        let line = format!("{}\"bad\"{}", "\"長\": \"value\", ".repeat(40), ", \"and\": \"more\"".repeat(40));
        for columns in [30, 60, 80, 100, 200] {
            let [before, marked, after] = excerpt(&line, "\"bad\"", columns);
            let (shown, room) = (width(&before) + 5 + width(&after), columns - "2 | ".len());
            assert!(shown <= room && shown + 3 >= room, "{columns}: {before}{marked}{after}");
            assert_eq!(marked, "\"bad\"");
            assert!(before.starts_with('…') && after.ends_with('…'), "{before}{marked}{after}");
        }
    }

    #[test]
    fn a_long_span_shows_its_beginning() {
        let numbers = "1, ".repeat(200);
        let [before, marked, after] = excerpt(&format!("{{\"a\": [{numbers}]}}"), &numbers, 60);
        assert_eq!((before.as_str(), after.as_str()), ("{\"a\": [", ""));
        assert!(marked.ends_with(", 1,…") && (45..=48).contains(&width(&marked)), "{marked}");
    }

    #[test]
    fn a_span_beyond_the_end_of_its_source_is_empty() {
        let source = Source::new("a.json", "\u{feff}{\n");
        let found = Excerpt::new(&source, &(90..99), None);
        assert_eq!((found.number, found.marked.width()), (2, 0));
    }
}
