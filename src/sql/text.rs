//! Literals and identifiers of standard SQL, which several dialects share.

use crate::hazard::is_obeyed;

/// A string literal of standard SQL, in which a backslash is an ordinary character. Control characters, and others that a
/// screen obeys, are written as `chr(…)`, so that a literal is on one line and shows what it is.
pub(super) fn literal_with_chr(text: &str) -> String {
    if !text.contains(is_obeyed) {
        return quoted(text);
    }
    let mut parts: Vec<String> = Vec::new();
    let mut plain = String::new();
    for character in text.chars() {
        if is_obeyed(character) {
            parts.push(quoted(&std::mem::take(&mut plain)));
            parts.push(format!("chr({})", u32::from(character)));
        } else {
            plain.push(character);
        }
    }
    parts.push(quoted(&plain));
    parts.retain(|part| part != "''");
    match parts.as_slice() {
        [only] => only.clone(),
        several => format!("({})", several.join(" || ")),
    }
}

/// An identifier of standard SQL.
pub(super) fn double_quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}
