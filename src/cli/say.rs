//! Prints a line on standard error, for all commands.
//!
//! Unlike `eprintln!` it does not panic when standard error is closed: the exit code is still right.

use std::fmt::Arguments;
use std::io::Write;

/// Prints one line, without colour where there is none.
pub(crate) fn say(line: Arguments<'_>) {
    drop(writeln!(anstream::stderr(), "{line}"));
}
