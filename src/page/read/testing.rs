//! Pages for the tests of the reader.

use super::read_page;
use crate::diagnostic::Source;
use crate::page::definition::{Content, PageDefinition, Widget};
use serde_json::{Value, json};

/// Reads a page that is valid. Returns it with the first lines of its warnings.
pub(super) fn read(page: &Value) -> (PageDefinition, Vec<String>) {
    let (page, warnings) = read_page(Source::new("p", page.to_string())).unwrap();
    (page, warnings.iter().map(ToString::to_string).collect())
}

/// Reads one widget. Returns it with the messages of its warnings.
pub(super) fn widget(widget: &Value) -> (Widget, Vec<String>) {
    let (mut page, warnings) = read(&json!({"widgets": [widget]}));
    let message = |warning: String| warning.split_once("]: ").unwrap().1.to_owned();
    (page.widgets.remove(0), warnings.into_iter().map(message).collect())
}

/// Why a widget cannot be drawn.
pub(super) fn reason(value: &Value) -> String {
    match widget(value).0.content {
        Content::Unsupported(reason) => reason,
        other => panic!("{value} is drawn: {other:?}"),
    }
}

/// The content of a widget that is drawn without warnings.
pub(super) fn drawn(value: &Value) -> Content {
    let (widget, warnings) = widget(value);
    assert_eq!(warnings, [""; 0], "{value}");
    widget.content
}
