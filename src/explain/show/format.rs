//! The formats of explanations.

use super::{json, markdown, text};
use crate::explain::{ExplainedEntity, Explanations};
use crate::terminal::{Printer, Screen};

/// A format for explanations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExplainFormat {
    /// Text for a terminal.
    Text,
    /// One JSON document: the `Explanations` themselves, with one line for each rule.
    Json,
    /// Markdown for a pull request or a chat.
    Markdown,
}

impl Explanations {
    /// Writes the explanations in a format. `screen` gives the width and the colours of text.
    #[expect(clippy::expect_used, reason = "all formats append only whole strings")]
    pub fn show(&self, format: ExplainFormat, screen: Screen) -> String {
        let document = Document::new(format, screen);
        let mut out = Vec::new();
        document.begin(self, &mut out);
        for (index, entity) in self.entities.iter().enumerate() {
            document.entity(index == 0, entity, &mut out);
        }
        document.end(self, self.entities.is_empty(), &mut out);
        String::from_utf8(out).expect("formats append strings, which are UTF-8")
    }
}

/// Writes explanations piece by piece.
pub(in crate::explain) struct Document {
    format: ExplainFormat,
    screen: Screen,
}

impl Document {
    pub(in crate::explain) fn new(format: ExplainFormat, screen: Screen) -> Self {
        Self { format, screen }
    }

    /// Appends the text before the first entity. The entities of `head` are ignored.
    pub(in crate::explain) fn begin(&self, head: &Explanations, out: &mut Vec<u8>) {
        match self.format {
            ExplainFormat::Json => json::begin(head, out),
            ExplainFormat::Text | ExplainFormat::Markdown => {}
        }
    }

    /// Appends one entity.
    pub(in crate::explain) fn entity(&self, is_first: bool, entity: &ExplainedEntity, out: &mut Vec<u8>) {
        match self.format {
            ExplainFormat::Json => json::entity(is_first, entity, out),
            ExplainFormat::Text => text::entity(&mut Printer::new(self.screen, out), is_first, entity),
            ExplainFormat::Markdown => out.extend(markdown::entity(is_first, entity).into_bytes()),
        }
    }

    /// Appends the text after the last entity.
    pub(in crate::explain) fn end(&self, head: &Explanations, is_empty: bool, out: &mut Vec<u8>) {
        match self.format {
            ExplainFormat::Json => json::end(is_empty, out),
            ExplainFormat::Text => text::end(&mut Printer::new(self.screen, out), head.nearest, is_empty),
            ExplainFormat::Markdown => out.extend(markdown::end(is_empty).into_bytes()),
        }
    }
}
