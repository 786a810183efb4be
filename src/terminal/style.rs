//! The styles of everything printed for people, named by what they mean.

use anstyle::{AnsiColor, Style};

/// Text as it is.
pub(crate) const PLAIN: Style = Style::new();
/// Headings, and the word of a line that matters most.
pub(crate) const STRONG: Style = Style::new().bold();
/// Text that matters less than the text beside it.
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
/// The label of something worth knowing.
pub(crate) const NOTE: Style = AnsiColor::BrightGreen.on_default().bold();
/// Line numbers and the strokes beside a source.
pub(crate) const GUTTER: Style = AnsiColor::BrightBlue.on_default().bold();
