//! Text of users inside Markdown: nothing in it may be taken for markup, break a table or make HTML.

use crate::terminal::clean;

/// Text that stays text.
pub(crate) fn escape(text: &str) -> String {
    let text = clean(text.trim());
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let after = characters.peek().copied().unwrap_or(' ');
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            // inside a word it means nothing
            '_' if before.is_alphanumeric() && after.is_alphanumeric() => escaped.push('_'),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '~' | '$' => escaped.extend(['\\', character]),
            // a mention that pings nobody
            '@' => escaped.push_str("@\u{200b}"),
            other => escaped.push(other),
        }
        before = character;
    }
    escaped
}

/// Code, which nothing in the text can end.
pub(crate) fn code(text: &str) -> String {
    let text = clean(text);
    let ends_early = text.contains(['`', '|']);
    // not every reader of Markdown leaves a tag alone that stands in code
    let may_be_tag = text.contains('<') && text.contains('>');
    if ends_early || may_be_tag { format!("<code>{}</code>", escape(&text)) } else { format!("`{text}`") }
}
