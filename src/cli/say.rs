//! Prints lines on standard error, for all commands.
//!
//! Unlike `eprintln!` this does not panic when standard error is closed, so the exit code stays correct.

use std::fmt::Arguments;
use std::io::Write;

/// Prints one line. Colours are removed if standard error has none.
pub(crate) fn say(line: Arguments<'_>) {
    drop(writeln!(anstream::stderr(), "{line}"));
}
