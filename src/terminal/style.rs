//! The styles of all output for people, named by their meaning.

use anstyle::{AnsiColor, Style};

/// Text without a style.
pub(crate) const PLAIN: Style = Style::new();
/// Headings, and the most important word of a line.
pub(crate) const STRONG: Style = Style::new().bold();
/// Text that is less important than the text beside it.
pub(crate) const DIM: Style = Style::new().dimmed();
/// Passed, or moved up.
pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
/// Failed, or moved down.
pub(crate) const BAD: Style = AnsiColor::Red.on_default();
/// A gate that passed, and the mark of advice.
pub(crate) const STRONG_GOOD: Style = GOOD.bold();
/// A gate that failed, and the mark of each result that made it fail.
pub(crate) const STRONG_BAD: Style = BAD.bold();
/// The label of an error.
pub(crate) const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
/// The label of a warning.
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
/// The label of a note.
pub(crate) const NOTE: Style = AnsiColor::BrightGreen.on_default().bold();
/// Line numbers and the vertical lines beside source text.
pub(crate) const GUTTER: Style = AnsiColor::BrightBlue.on_default().bold();
