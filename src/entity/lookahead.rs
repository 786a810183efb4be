//! Looks into objects that are cut off or malformed.

use crate::json::{FaultKind, Scanner};
use std::borrow::Cow;

/// Returns the identifier of a malformed entity if it comes before the fault.
pub(super) fn known_identifier(mut scanner: Scanner<'_>) -> Option<String> {
    let mut first = true;
    if scanner.peek() != Some(b'{') {
        return None;
    }
    scanner.open().ok()?;
    while let Some(key) = scanner.member(&mut first).ok()? {
        if *key.name() == *b"identifier" {
            scanner.peek().filter(|&byte| byte == b'"')?;
            return scanner.string().ok().map(Cow::into_owned);
        }
        scanner.skip_value().ok()?;
    }
    None
}

/// Returns where the elements of `entities` begin, if the next object is cut off inside this array and has no
/// identifier before it.
pub(super) fn open_wrapper(mut scanner: Scanner<'_>) -> Option<usize> {
    if scanner.peek() != Some(b'{') {
        return None;
    }
    scanner.open().ok()?;
    let mut first = true;
    while let Some(key) = scanner.member(&mut first).ok()? {
        let name = key.name();
        if *name == *b"identifier" {
            return None;
        }
        let opens = *name == *b"entities" && scanner.peek() == Some(b'[');
        let inside = scanner.pos() + 1;
        match scanner.skip_value() {
            Ok(()) => {}
            Err(fault) if fault.kind() == FaultKind::End && opens => return Some(inside),
            Err(_) => return None,
        }
    }
    None
}
