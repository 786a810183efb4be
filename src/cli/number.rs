//! Parsers of numbers on the command line. Their messages say which numbers are accepted.

use std::num::{IntErrorKind, NonZero, ParseIntError};

/// Parses a whole number.
pub(crate) fn whole(text: &str) -> Result<usize, String> {
    text.parse().map_err(|error: ParseIntError| message(error.kind(), "write a whole number"))
}

/// Parses a whole number above 0.
pub(crate) fn positive(text: &str) -> Result<NonZero<usize>, String> {
    text.parse().map_err(|error: ParseIntError| message(error.kind(), "write a whole number, 1 or more"))
}

fn message(kind: &IntErrorKind, expected: &str) -> String {
    if *kind == IntErrorKind::PosOverflow { "the number is too large" } else { expected }.to_owned()
}
