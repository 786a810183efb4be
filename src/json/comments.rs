//! Comments and trailing commas, which editors allow in JSON files for people.
//!
//! They are replaced by spaces, so that all places in the text stay the same.

use super::fault::{Fault, FaultKind};
use super::shape::Shape;
use super::tree::{Node, parse};

/// Parses a whole document that may have comments and trailing commas, and keeps the parts in `shape`. Text without them
/// is read only once.
pub(crate) fn parse_with_comments(text: &str, shape: &'static Shape) -> Result<Node, Fault> {
    parse(text, shape).or_else(|fault| match without_comments(text) {
        Some(plain) => parse(&plain, shape).map_err(|fault| at_missing_comma(&plain, fault)),
        None => Err(at_missing_comma(text, fault)),
    })
}

/// Moves a fault about a missing comma to the end of the value after which it is missing.
fn at_missing_comma(text: &str, fault: Fault) -> Fault {
    let next = text.as_bytes().get(fault.at());
    let begins_value = next.is_some_and(|byte| {
        matches!(byte, b'"' | b'{' | b'[' | b'-' | b't' | b'f' | b'n') || byte.is_ascii_digit()
    });
    match text.get(..fault.at()) {
        Some(before) if fault.kind() == FaultKind::Comma && begins_value => {
            Fault::new(FaultKind::Comma, before.trim_ascii_end().len())
        }
        _ => fault,
    }
}

/// The text with spaces instead of comments (`//`, `/* */`) and trailing commas. `None` if it has neither.
fn without_comments(text: &str) -> Option<String> {
    let mut bytes = text.as_bytes().to_vec();
    // the places of the last two bytes that are neither white space nor in a comment
    let (mut before, mut last): (Option<usize>, Option<usize>) = (None, None);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let end = match byte {
            b'"' => string_end(&bytes, at),
            b'/' => match comment_end(&bytes, at) {
                Some(end) => {
                    blank(&mut bytes, at..end);
                    at = end;
                    continue;
                }
                None => at + 1,
            },
            _ => at + 1,
        };
        if byte > b' ' {
            let is = |at: Option<usize>, signs: &[u8]| {
                at.and_then(|at| bytes.get(at)).is_some_and(|byte| signs.contains(byte))
            };
            if let (b']' | b'}', Some(comma)) = (byte, last)
                && is(last, b",")
                && before.is_some()
                && !is(before, b"[{,:")
            {
                blank(&mut bytes, comma..comma + 1);
            }
            (before, last) = (last, Some(at));
        }
        at = end;
    }
    let plain = String::from_utf8(bytes).ok()?;
    (plain != text).then_some(plain)
}

/// Replaces bytes by spaces, except for the ends of lines.
fn blank(bytes: &mut [u8], range: std::ops::Range<usize>) {
    for byte in bytes.get_mut(range).into_iter().flatten() {
        if !matches!(byte, b'\n' | b'\r') {
            *byte = b' ';
        }
    }
}

/// The end of the string that begins at `start`, or of the text.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The end of the comment that begins at `start`. `None` if no comment begins there, or if it has no end.
fn comment_end(bytes: &[u8], start: usize) -> Option<usize> {
    let inside = bytes.get(start + 2..)?;
    match bytes.get(start + 1)? {
        b'/' => {
            let length = inside.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            Some(length.map_or(bytes.len(), |length| start + 2 + length))
        }
        b'*' => inside.windows(2).position(|pair| pair == b"*/").map(|length| start + 2 + length + 2),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_trailing_commas_become_spaces() {
        for (text, plain) in [
            ("[1, // é\n2]", "[1,      \n2]"),
            ("[1/* a\nb */]", "[1    \n    ]"),
            ("[1,]", "[1 ]"),
            ("{\"a\": [1,\n],}", "{\"a\": [1 \n] }"),
            ("[1, /* , */ ]", "[1          ]"),
            ("//", "  "),
        ] {
            assert_eq!(without_comments(text).as_deref(), Some(plain), "{text}");
        }
    }

    #[test]
    fn other_text_is_not_changed() {
        for text in [
            "[\"// a\", \"/* b */\", \",]\", \"\\\"//\"]",
            "[,]",
            "{,}",
            "[1,,2]",
            "{\"a\":,}",
            "/* a",
            "/",
            "\"",
        ] {
            assert_eq!(without_comments(text), None, "{text}");
        }
        // only one trailing comma is allowed
        assert_eq!(without_comments("[1,,]"), None);
    }
}
