//! The width and the colour support of standard output and standard error.

use super::color;
use crate::terminal::Screen;

/// The screen of standard output.
pub(crate) fn stdout() -> Screen {
    let terminal = terminal_size::terminal_size_of(std::io::stdout());
    Screen { color: color::on_stdout(), width: columns(terminal) }
}

/// The screen of standard error.
pub(crate) fn stderr() -> Screen {
    let terminal = terminal_size::terminal_size_of(std::io::stderr());
    Screen { color: color::on_stderr(), width: columns(terminal) }
}

/// The width of the terminal; without a terminal, the value of `COLUMNS`.
fn columns(terminal: Option<(terminal_size::Width, terminal_size::Height)>) -> Option<u16> {
    let width = terminal.map(|(width, _)| width.0);
    width.or_else(|| std::env::var("COLUMNS").ok()?.parse().ok()).filter(|&width| width > 0)
}
