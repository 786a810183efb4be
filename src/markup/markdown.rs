//! Markdown: escaped user text, and tables.

use crate::terminal::clean;

/// Escapes text, so that it cannot break a table, open a tag or notify anyone.
pub(crate) fn escape(text: &str) -> String {
    let text = clean(text);
    let text = text.as_str().trim();
    let mut escaped = String::with_capacity(text.len());
    let (mark, text) = text.split_at(block_mark(text));
    escaped.push_str(mark);
    if !mark.is_empty() || is_block_mark(text) {
        escaped.push('\\');
    }
    let mut before = mark.chars().next_back().unwrap_or(' ');
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let after = characters.peek().copied().unwrap_or(' ');
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // an underscore inside a word is not markup
            '_' if before.is_alphanumeric() && after.is_alphanumeric() => escaped.push('_'),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '~' | '$' => escaped.extend(['\\', character]),
            // a zero-width space, so that nobody is notified
            '@' => escaped.push_str("@\u{200b}"),
            other => escaped.push(other),
        }
        before = character;
    }
    escaped
}

/// The number of digits at the beginning of a text that would begin a numbered list, as in `1. ` and `1) `; 0 if they
/// would not.
fn block_mark(text: &str) -> usize {
    let rest = text.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let ends_mark = rest.strip_prefix(['.', ')']).is_some_and(is_end_of_mark);
    if ends_mark { text.len() - rest.len() } else { 0 }
}

/// Whether a text would begin a heading, a list or a thematic break, or underline a heading.
fn is_block_mark(text: &str) -> bool {
    let mark = text.chars().next().filter(|first| matches!(first, '#' | '+' | '-' | '='));
    mark.is_some_and(|mark| is_end_of_mark(text.trim_start_matches(mark)))
}

fn is_end_of_mark(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with(' ')
}

/// Formats text as inline code. Nothing in the text can end the code early.
pub(crate) fn code(text: &str) -> String {
    let text = clean(text);
    let text = text.as_str();
    let ends_early = text.contains(['`', '|']) || text.trim().is_empty();
    // some readers of Markdown interpret a tag even inside code
    let may_be_tag = text.contains('<') && text.contains('>');
    if ends_early || may_be_tag { format!("<code>{}</code>", escape(text)) } else { format!("`{text}`") }
}

/// The alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// A table. Its cells must be Markdown, so escape user text first.
#[derive(Debug)]
pub(crate) struct Table {
    text: String,
    width: usize,
}

impl Table {
    /// Creates a table with these headers.
    pub(crate) fn new(columns: &[(String, Align)]) -> Self {
        let mut table = Self { text: String::new(), width: columns.len() };
        table.row(columns.iter().map(|(header, _)| header.as_str()));
        table.row(columns.iter().map(|(_, align)| match align {
            Align::Left => "---",
            Align::Right => "--:",
        }));
        table
    }

    /// Adds a row. If it has too few cells, the last ones are empty.
    pub(crate) fn row<T: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = T>) {
        self.text.push('|');
        let mut missing = self.width;
        for cell in cells {
            self.text.push(' ');
            self.text.push_str(cell.as_ref());
            self.text.push_str(if cell.as_ref().is_empty() { "|" } else { " |" });
            missing = missing.saturating_sub(1);
        }
        self.text.push_str(&" |".repeat(missing));
        self.text.push('\n');
    }

    /// Returns what was added since the last call, with a line break at its end.
    pub(crate) fn take_text(&mut self) -> String {
        std::mem::take(&mut self.text)
    }

    /// Returns the table with a line break at its end.
    pub(crate) fn into_text(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_text_is_never_markup() {
        for (text, escaped) in [
            ("a_b _c_ *d*", "a_b \\_c\\_ \\*d\\*"),
            ("x|y\nz", "x\\|y z"),
            ("<b>&", "&lt;b&gt;&amp;"),
            ("@team", "@\u{200b}team"),
            ("# a", "\\# a"),
            ("- a", "\\- a"),
            ("---", "\\---"),
            ("12. a", "12\\. a"),
            ("1)", "1\\)"),
            ("-5", "-5"),
            ("1.5", "1.5"),
            ("#1", "#1"),
        ] {
            assert_eq!(escape(text), escaped, "{text:?}");
        }
        assert_eq!(code("a-b"), "`a-b`");
        assert_eq!(code(""), "<code></code>");
        assert_eq!(code("a`b"), "<code>a\\`b</code>");
    }

    #[test]
    fn a_row_has_as_many_cells_as_the_header() {
        let mut table = Table::new(&[("A".to_owned(), Align::Left), ("B".to_owned(), Align::Right)]);
        table.row(["1"]);
        table.row(["", "2"]);
        assert_eq!(table.into_text(), "| A | B |\n| --- | --: |\n| 1 | |\n| | 2 |\n");
    }
}
