//! Writes JSON that is safe to print: characters and sequences that a terminal or a CI system would obey are escaped,
//! so a reader gets exactly the same text.

use crate::hazard::{is_bracket_command, is_obeyed, may_be_obeyed};
use serde::Serialize;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter, Serializer};
use std::io::Write;

/// Writes a value on one line.
///
/// # Errors
/// Returns a failure to write, or an error for a map whose keys are not strings.
pub(crate) fn write_compact<T: Serialize + ?Sized>(value: &T, out: impl Write) -> serde_json::Result<()> {
    write_formatted(value, CompactFormatter, out)
}

/// Writes a value on several indented lines, without a line feed at the end.
///
/// # Errors
/// Returns a failure to write, or an error for a map whose keys are not strings.
pub(crate) fn write_pretty<T: Serialize + ?Sized>(value: &T, out: impl Write) -> serde_json::Result<()> {
    write_formatted(value, PrettyFormatter::new(), out)
}

/// Writes a value in the layout of a formatter.
///
/// # Errors
/// Returns a failure to write, or an error for a map whose keys are not strings.
pub(crate) fn write_formatted<T: Serialize + ?Sized>(
    value: &T,
    formatter: impl Formatter,
    out: impl Write,
) -> serde_json::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Escaping(formatter)))
}

/// Returns what [`write_pretty`] writes, and a line feed.
///
/// # Errors
/// Returns an error for a map whose keys are not strings.
pub(crate) fn pretty<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<String> {
    let mut text = Vec::new();
    write_pretty(value, &mut text)?;
    text.push(b'\n');
    #[expect(clippy::expect_used, reason = "the serializer writes only whole strings")]
    Ok(String::from_utf8(text).expect("JSON is UTF-8"))
}

/// The JSON text of a value without white space between its parts, and with everything escaped that a terminal or a CI
/// system would obey. Numbers, keys and their order stay as they are. The text must be valid JSON.
pub(crate) fn compacted(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let (mut is_in_string, mut is_escaped) = (false, false);
    for (at, character) in json.char_indices() {
        let rest = json.get(at..).unwrap_or_default();
        match character {
            ' ' | '\t' | '\n' | '\r' if !is_in_string => continue,
            _ if is_obeyed(character) || is_bracket_command(rest) => out.push_str(&escape(character)),
            _ => out.push(character),
        }
        is_in_string ^= character == '"' && !is_escaped;
        is_escaped = character == '\\' && !is_escaped;
    }
    out
}

/// The escape of a character below U+10000.
fn escape(character: char) -> String {
    format!("\\u{:04x}", u32::from(character))
}

/// Writes a number. A whole number is written without a fraction: `7`, not `7.0`.
///
/// # Errors
/// Returns an error of the serializer.
pub(crate) fn serialize_number<S: serde::Serializer>(amount: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    // 2^53: below it every whole number is exact
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if amount.fract() == 0.0 && amount.abs() < EXACT {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "the number is whole, and far inside the range of the type"
        )]
        let whole = *amount as i64;
        serializer.serialize_i64(whole)
    } else {
        serializer.serialize_f64(*amount)
    }
}

/// Whether a string surely needs no escapes. This is fast, and true for most strings.
pub(crate) fn needs_no_escape(text: &str) -> bool {
    !text.bytes().any(|byte| matches!(byte, b'"' | b'\\') || may_be_obeyed(byte))
}

/// A formatter that also escapes what JSON itself does not require to be escaped.
struct Escaping<F>(F);

/// The calls that lay out arrays and objects, passed on to the inner formatter.
macro_rules! delegate {
    ($($method:ident($($argument:ident: $type:ty)?);)*) => {
        $(fn $method<W: ?Sized + Write>(&mut self, writer: &mut W $(, $argument: $type)?) -> std::io::Result<()> {
            self.0.$method(writer $(, $argument)?)
        })*
    };
}

impl<F: Formatter> Formatter for Escaping<F> {
    delegate! {
        begin_array();
        end_array();
        begin_array_value(first: bool);
        end_array_value();
        begin_object();
        end_object();
        begin_object_key(first: bool);
        end_object_key();
        begin_object_value();
        end_object_value();
    }

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> std::io::Result<()> {
        if needs_no_escape(fragment) {
            return writer.write_all(fragment.as_bytes());
        }
        for (at, character) in fragment.char_indices() {
            let rest = fragment.get(at..).unwrap_or_default();
            if is_obeyed(character) || is_bracket_command(rest) {
                writer.write_all(escape(character).as_bytes())?;
            } else {
                let mut bytes = [0; 4];
                writer.write_all(character.encode_utf8(&mut bytes).as_bytes())?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn compact(text: &str) -> String {
        let mut out = Vec::new();
        write_compact(text, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_compacted_text_keeps_everything_but_white_space() {
        for (text, compact) in [
            ("{ \"b\" : [ 1.50 ,\n\t1e400 ], \"a\": { } }", "{\"b\":[1.50,1e400],\"a\":{}}"),
            (r#"" \" , \\""#, r#"" \" , \\""#),
            (r#""\ud800 \u00e9""#, r#""\ud800 \u00e9""#),
            ("[\"\u{9b} ##[x]\" , \"\\u001b\"]", r###"["\u009b \u0023#[x]","\u001b"]"###),
        ] {
            assert_eq!(compacted(text), compact);
        }
    }

    #[test]
    fn what_a_terminal_or_a_ci_system_would_obey_is_escaped() {
        for (text, json) in [
            ("a\u{7f}\u{9b}31m", r#""a\u007f\u009b31m""#),
            ("\u{202e}\u{2066}\u{200f}\u{61c}\u{2028}", r#""\u202e\u2066\u200f\u061c\u2028""#),
            ("##[error]x ###vso[y] ## é –", r###""\u0023#[error]x #\u0023#vso[y] ## é –""###),
            ("\u{1b}[2J\n\"", r#""\u001b[2J\n\"""#),
        ] {
            assert_eq!(compact(text), json);
        }
        let value = serde_json::json!({"a\u{9b}": [1, {}], "b": []});
        assert_eq!(
            pretty(&value).unwrap(),
            serde_json::to_string_pretty(&value).unwrap().replace('\u{9b}', "\\u009b") + "\n"
        );
    }

    proptest! {
        #[test]
        fn a_compacted_value_is_the_same(text in r#"([#\[\\"a-z \u{7f}-\u{a0}\u{2028}]|\PC)*"#, is_pretty in any::<bool>()) {
            let value = serde_json::json!({&*text: [text, 1.5, null, {}]});
            let json = if is_pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) };
            let compact = compacted(&json.unwrap());
            prop_assert!(!compact.contains(is_obeyed) && !compact.contains("##["), "{}", compact);
            prop_assert_eq!(serde_json::from_str::<serde_json::Value>(&compact).unwrap(), value);
        }
    }

    proptest! {
        #[test]
        fn every_string_is_read_back(text in r"([#\[a-z\u{7f}-\u{a0}\u{2028}-\u{202e}]|\PC|\pC)*") {
            let json = compact(&text);
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
            prop_assert!(!json.contains(is_obeyed) && !json.contains("##["), "{}", json);
        }
    }
}
