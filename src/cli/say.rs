//! Says a line on standard error, as all commands do.
//!
//! Unlike `eprintln!` it does not panic when nobody can hear it: the exit code still tells.

use std::fmt::Arguments;
use std::io::Write;

/// Says one line; colour is taken out where there is none.
pub(crate) fn say(line: Arguments<'_>) {
    drop(writeln!(anstream::stderr(), "{line}"));
}
