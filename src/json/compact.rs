//! Copies JSON text without white space, on one line that is safe to print.

use crate::hazard::{is_bracket_command, is_obeyed};
use std::fmt::Write;

/// Appends valid JSON without the white space between its parts. Numbers and strings stay as they are written, except
/// that what a terminal or a CI system would obey is escaped.
pub(crate) fn push_compact(json: &str, out: &mut String) {
    let (mut is_text, mut is_escaped) = (false, false);
    for (at, character) in json.char_indices() {
        if !is_text {
            match character {
                ' ' | '\n' | '\r' | '\t' => continue,
                '"' => is_text = true,
                _ => {}
            }
            out.push(character);
            continue;
        }
        let rest = json.get(at..).unwrap_or_default();
        if is_obeyed(character) || is_bracket_command(rest) {
            // a control character cannot be in a string of valid JSON, and an escape is never one of these characters
            let _ = write!(out, "\\u{:04x}", u32::from(character));
        } else {
            out.push(character);
        }
        is_text = is_escaped || character != '"';
        is_escaped = !is_escaped && character == '\\';
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn compact(json: &str) -> String {
        let mut out = String::new();
        push_compact(json, &mut out);
        out
    }

    #[test]
    fn only_white_space_between_the_parts_goes() {
        for (json, expected) in [
            ("{ \"a b\" :\n[1.50, 1e3 ,true]\r\n}", r#"{"a b":[1.50,1e3,true]}"#),
            (r#" "a \" b" "#, r#""a \" b""#),
            (r#"["\\" , "\\\" "]"#, r#"["\\","\\\" "]"#),
            ("\"\u{9b}31m ##[error] ##x\"", r#""\u009b31m \u0023#[error] ##x""#),
            (r#""\ud800 \u00e9""#, r#""\ud800 \u00e9""#),
        ] {
            assert_eq!(compact(json), expected);
        }
    }

    proptest! {
        #[test]
        fn the_value_is_the_same(text in r#"([#\[\\"a-z \u{7f}-\u{a0}\u{2028}]|\PC)*"#, is_pretty in any::<bool>()) {
            let value = serde_json::json!({&*text: [text, 1.5, null, {}]});
            let json = if is_pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            let compact = compact(&json.unwrap());
            prop_assert!(!compact.contains(is_obeyed) && !compact.contains("##["), "{}", compact);
            prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&compact).unwrap(), value);
        }
    }
}
