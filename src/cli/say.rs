//! Prints a line on standard error, for all commands.
//!
//! Unlike `eprintln!` it does not panic when standard error is closed: the exit code is still right.

use std::fmt::Arguments;
use std::io::Write;

/// Prints one line, without colour where there is none.
pub(crate) fn say(line: Arguments<'_>) {
    drop(writeln!(anstream::stderr(), "{line}"));
}

/// Text of a user with nothing in it that moves a terminal's cursor.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect()
}
