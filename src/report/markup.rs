//! Text of users inside Markdown: nothing in it may be taken for markup, break a table or make HTML.

/// Text that shows as it is.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '@' | '!' => {
                out.push('\\');
                out.push(character);
            }
            control if control.is_control() => out.push(' '),
            other => out.push(other),
        }
    }
    out
}

/// Code; where back-ticks of its own would end it, escaped text.
pub(super) fn code(text: &str) -> String {
    if text.contains('`') { escaped(text) } else { format!("`{}`", text.replace('|', "\\|")) }
}
