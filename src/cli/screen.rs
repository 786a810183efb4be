//! The abilities of standard output and standard error.

use super::color;
use crate::terminal::Screen;

/// Standard output.
pub(crate) fn stdout() -> Screen {
    let terminal = terminal_size::terminal_size_of(std::io::stdout());
    Screen { color: color::on_stdout(), width: columns(terminal) }
}

/// Standard error.
pub(crate) fn stderr() -> Screen {
    let terminal = terminal_size::terminal_size_of(std::io::stderr());
    Screen { color: color::on_stderr(), width: columns(terminal) }
}

/// The columns of the terminal; without one those that `COLUMNS` names, if it does.
fn columns(terminal: Option<(terminal_size::Width, terminal_size::Height)>) -> Option<u16> {
    let own = terminal.map(|(width, _)| width.0);
    own.or_else(|| std::env::var("COLUMNS").ok()?.parse().ok()).filter(|&width| width > 0)
}
