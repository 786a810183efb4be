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

/// An object that is cut off, has an `entities` array and has no identifier yet. It is probably a wrapper.
#[derive(Debug, PartialEq)]
pub(super) struct CutWrapper {
    /// Where the elements of the array begin.
    pub(super) inside: usize,
    /// Whether the array is cut off, and not a member after it.
    pub(super) is_open: bool,
    /// Whether the first element is an entity. Only then the object is a wrapper for sure, unless an identifier follows.
    pub(super) has_entity: bool,
}

/// Looks at the next object, which is cut off.
pub(super) fn cut_wrapper(mut scanner: Scanner<'_>) -> Option<CutWrapper> {
    if scanner.peek() != Some(b'{') {
        return None;
    }
    scanner.open().ok()?;
    let (mut first, mut found) = (true, None);
    loop {
        let key = match scanner.member(&mut first) {
            Ok(key) => key?,
            Err(fault) => return found.filter(|_| fault.kind() == FaultKind::End),
        };
        let name = key.name();
        if *name == *b"identifier" {
            return None;
        }
        if *name == *b"entities" {
            found = (scanner.peek() == Some(b'[')).then(|| CutWrapper {
                inside: scanner.pos() + 1,
                is_open: false,
                has_entity: begins_with_entity(scanner.at(scanner.pos() + 1, scanner.depth())),
            });
        }
        match scanner.skip_value() {
            Ok(()) => {}
            Err(fault) if fault.kind() == FaultKind::End => {
                let is_open = *name == *b"entities";
                return found.map(|found| CutWrapper { is_open, ..found });
            }
            Err(_) => return None,
        }
    }
}

/// Whether the next value is an object with an identifier.
fn begins_with_entity(mut scanner: Scanner<'_>) -> bool {
    let mut first = true;
    if scanner.peek() != Some(b'{') || scanner.open().is_err() {
        return false;
    }
    while let Ok(Some(key)) = scanner.member(&mut first) {
        if *key.name() == *b"identifier" {
            return true;
        }
        if scanner.skip_value().is_err() {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Specials;

    fn look(text: &str) -> Option<(&str, bool, bool)> {
        let specials = Specials::new(text);
        let found = cut_wrapper(Scanner::new(text, &specials, false))?;
        Some((&text[found.inside..], found.is_open, found.has_entity))
    }

    #[test]
    fn an_object_that_is_cut_off_after_or_in_its_entities_may_be_a_wrapper() {
        for (text, expected) in [
            (r#"{"ok":1,"entities":[{"identifier":"a"},{"#, Some((r#"{"identifier":"a"},{"#, true, true))),
            (r#"{"entities":[{"identifier":"#, Some((r#"{"identifier":"#, true, true))),
            (r#"{"entities":[{"a":[1],"identif"#, Some((r#"{"a":[1],"identif"#, true, false))),
            (r#"{"entities":["a","#, Some((r#""a","#, true, false))),
            (
                r#"{"entities":[{"a":1},{"identifier":"b"}],"#,
                Some((r#"{"a":1},{"identifier":"b"}],"#, false, false)),
            ),
            (r#"{"entities":[],"b":"#, Some(("],\"b\":", false, false))),
            (r#"{"entities":[{"identifier":1}],"b":{"#, Some((r#"{"identifier":1}],"b":{"#, false, true))),
            (r#"{"entities":[1],"entities":[2],"#, Some(("2],", false, false))),
            (r#"{"entities":[1],"entities":2,"#, None),
            (r#"{"identifier":"a","entities":["#, None),
            (r#"{"entities":[1],"identifier":"a""#, None),
            (r#"{"entities":[1],"b":01,"#, None),
            (r#"{"a":1,"#, None),
            ("[", None),
        ] {
            assert_eq!(look(text), expected, "{text}");
        }
    }
}
