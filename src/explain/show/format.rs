//! The formats of explanations.

use super::{markdown, text};
use crate::explain::Explanations;
use crate::terminal::Screen;

/// The formats of explanations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExplainFormat {
    /// For a terminal.
    Text,
    /// One JSON document: the [`Explanations`] themselves.
    Json,
    /// For a pull request or a chat.
    Markdown,
}

impl Explanations {
    /// The explanations in a format, for a place.
    pub fn show(&self, format: ExplainFormat, screen: Screen) -> String {
        match format {
            ExplainFormat::Text => text::write(self, screen),
            ExplainFormat::Markdown => markdown::write(self),
            #[expect(clippy::expect_used, reason = "an explanation has no map whose keys are not strings")]
            ExplainFormat::Json => {
                serde_json::to_string_pretty(self).expect("an explanation can be written as JSON") + "\n"
            }
        }
    }
}
