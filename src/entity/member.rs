//! Reads the members that name an entity. They are read at the end of the object, because the last of duplicate keys
//! counts.

use super::rejection::{Rejection, kind};
use crate::json::{Fault, Scanner};
use std::borrow::Cow;
use std::ops::Range;

/// Skips a value and returns its bytes.
#[inline]
pub(crate) fn skip(scanner: &mut Scanner<'_>) -> Result<Range<usize>, Fault> {
    scanner.peek();
    let from = scanner.pos();
    scanner.skip_value()?;
    Ok(from..scanner.pos())
}

/// Skips a value. Returns its bytes if it begins with `byte`.
pub(crate) fn skip_if(scanner: &mut Scanner<'_>, byte: u8) -> Result<Option<Range<usize>>, Fault> {
    let is_wanted = scanner.peek() == Some(byte);
    Ok(Some(skip(scanner)?).filter(|_| is_wanted))
}

/// Reads the identifier of an entity, which is not empty.
#[inline]
pub(crate) fn identifier_at<'a>(
    scanner: &Scanner<'a>,
    seen: &Range<usize>,
) -> Result<Cow<'a, str>, Rejection> {
    let mut scanner = scanner.at(seen.start, 0);
    let identifier = match scanner.peek() {
        Some(b'"') => scanner.string()?,
        other => {
            let message = format!("the `identifier` of an entity must be a string, not {}", kind(other));
            return Err(Rejection::wrong_type(seen.start, None, message, "put it in double quotes"));
        }
    };
    if identifier.is_empty() {
        return Err(Rejection::missing_identifier("the `identifier` of the entity is empty", seen.start));
    }
    Ok(identifier)
}

/// Reads a title or a blueprint: a string or null. An empty string counts as absent.
#[inline]
pub(crate) fn name_at<'a>(
    scanner: &Scanner<'a>,
    seen: Option<&Range<usize>>,
    field: &str,
    entity: &str,
) -> Result<Option<Cow<'a, str>>, Rejection> {
    let Some(seen) = seen else { return Ok(None) };
    let mut scanner = scanner.at(seen.start, 0);
    match scanner.peek() {
        Some(b'"') => Ok(Some(scanner.string()?).filter(|text| !text.is_empty())),
        Some(b'n') => Ok(None),
        other => {
            let message = format!("`{field}` must be a string or null, not {}", kind(other));
            Err(Rejection::wrong_type(seen.start, Some(entity), message, "put it in double quotes"))
        }
    }
}
