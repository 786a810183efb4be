//! The formats of explanations.

use super::{markdown, text};
use crate::explain::Explanations;
use crate::json::pretty;
use crate::terminal::Screen;

/// A format for explanations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExplainFormat {
    /// Text for a terminal.
    Text,
    /// One JSON document: the [`Explanations`] themselves.
    Json,
    /// Markdown for a pull request or a chat.
    Markdown,
}

impl Explanations {
    /// Writes the explanations in a format. `screen` gives the width and the colours of text.
    pub fn show(&self, format: ExplainFormat, screen: Screen) -> String {
        match format {
            ExplainFormat::Text => text::write(self, screen),
            ExplainFormat::Markdown => markdown::write(self),
            #[expect(clippy::expect_used, reason = "all keys of maps in an explanation are strings")]
            ExplainFormat::Json => pretty(self).expect("an explanation can be written as JSON"),
        }
    }
}
