//! Texts of users in HTML: identifiers in attributes exactly as they are, visible text without control characters.

use crate::terminal::clean;
use maud::{Escaper, Markup, Render, html};
use std::borrow::Cow;
use std::fmt::Write;

/// A text that people read, without control characters.
pub(super) fn shown<'t>(text: impl Into<Cow<'t, str>>) -> Shown<'t> {
    Shown(clean(text).into())
}

/// A name that people read, or something to see in its place if it is blank.
pub(super) fn named(name: &str) -> Shown<'_> {
    let name = shown(name);
    if name.as_str().trim().is_empty() { shown("(blank)") } else { name }
}

/// A sentence in which parts between back-ticks are code.
pub(super) fn with_code(text: &str) -> Markup {
    let text = shown(text);
    let parts = text.as_str().split('`').enumerate();
    let is_open = |place: usize| place % 2 == 1;
    html! { @for (place, part) in parts { @if is_open(place) { code { (part) } } @else { (part) } } }
}

/// Visible text. It is escaped when it is rendered.
pub(super) struct Shown<'t>(Cow<'t, str>);

impl Shown<'_> {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Render for Shown<'_> {
    fn render_to(&self, buffer: &mut String) {
        self.as_str().render_to(buffer);
    }
}

/// A text as the value of an attribute, for scripts and tests, which need it as it is.
pub(super) struct Exact<'t>(pub(super) &'t str);

impl Render for Exact<'_> {
    fn render_to(&self, buffer: &mut String) {
        let mut first = true;
        // a browser reads a carriage return as a line feed, unless it is written as a reference
        for part in self.0.split('\r') {
            if !std::mem::take(&mut first) {
                buffer.push_str("&#13;");
            }
            // HTML cannot hold a NUL
            let part = part.replace('\0', "\u{fffd}");
            // a write to a string never fails
            let _ = Escaper::new(buffer).write_str(&part);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use maud::html;

    #[test]
    fn attributes_hold_a_text_exactly_and_visible_text_is_without_control_characters() {
        let text = "a\r\n\"<b>&'\u{202e}\u{7}";
        let html = html! { p data-x=(Exact(text)) { (shown(text)) } }.into_string();
        assert_eq!(
            html,
            "<p data-x=\"a&#13;\n&quot;&lt;b&gt;&amp;'\u{202e}\u{7}\">a  &quot;&lt;b&gt;&amp;'\u{fffd}\u{2407}</p>"
        );
    }
}
