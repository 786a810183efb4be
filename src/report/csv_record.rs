//! The lines of CSV, quoted as in RFC 4180.
//!
//! Text that a spreadsheet would run as a formula begins with `'`, unless the options want it raw. Text is otherwise
//! exact, with control characters and line breaks, so CSV is for files and programs, not for terminals and logs. A field
//! that begins with `::` is quoted, so that no line begins with a workflow command of GitHub.

use std::borrow::Cow;

/// The text between several names in one field.
pub(super) const SEPARATOR: &str = ", ";

/// Several names in one field.
pub(super) fn joined<'n>(names: &'n [Cow<'_, str>]) -> Cow<'n, str> {
    match names {
        [] => Cow::Borrowed(""),
        [one] => Cow::Borrowed(one),
        several => Cow::Owned(several.join(SEPARATOR)),
    }
}

/// Appends one line. Most fields need no quotes.
pub(crate) fn record<'f>(fields: impl IntoIterator<Item = &'f str>, is_raw: bool, out: &mut Vec<u8>) {
    for (index, field) in fields.into_iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        let mark = if !is_raw && is_formula(field) { "'" } else { "" };
        let needs_quotes = field.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n'));
        if needs_quotes || field.trim_start().starts_with("::") {
            quote(mark, field, out);
        } else {
            out.extend_from_slice(mark.as_bytes());
            out.extend_from_slice(field.as_bytes());
        }
    }
    out.extend_from_slice(b"\r\n");
}

fn quote(mark: &str, field: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    out.extend_from_slice(mark.as_bytes());
    out.extend_from_slice(field.replace('"', "\"\"").as_bytes());
    out.push(b'"');
}

/// Whether a spreadsheet would run the text as a formula: `=HYPERLINK(…)`, but not `-1.5`. The characters are those of
/// OWASP's page on CSV injection.
fn is_formula(field: &str) -> bool {
    matches!(field.as_bytes(), [b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r', ..]) && !is_number(field)
}

/// Whether the text is a number in digits. Words such as `-inf` are not, although Rust parses them.
fn is_number(field: &str) -> bool {
    let is_digit_or_sign =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b'+' | b'-' | b'.' | b'e' | b'E');
    field.bytes().all(is_digit_or_sign) && field.parse::<f64>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_that_a_spreadsheet_would_run_is_a_formula() {
        for text in
            ["=1", "+a", "-", "--1", "-1-1", "-inf", "-nan", "@x", "\tx", "\r", "+1+cmd|' /C calc'!A0"]
        {
            assert!(is_formula(text), "{text:?}");
        }
        for text in ["", "a=1", "-1", "+1.5", "-1e-7", "–", "'=1", " =1", "1-1"] {
            assert!(!is_formula(text), "{text:?}");
        }
    }
}
