//! Prints single lines, for all commands.
//!
//! Unlike `eprintln!`, `say` does not panic when standard error is closed, so the exit code stays correct.

use crate::terminal::clean;
use std::fmt::Arguments;
use std::io::Write;
use std::path::Path;

/// Prints one line on standard error, which must be safe to print. Colours are removed if standard error has none.
pub(crate) fn say(line: Arguments<'_>) {
    drop(writeln!(anstream::stderr(), "{line}"));
}

/// Prints a line with the path of a file that was written.
///
/// # Errors
/// Returns a failure to print.
pub(crate) fn say_written(path: &Path, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "wrote {}", clean(path.display().to_string()))
}
