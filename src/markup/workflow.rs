//! Workflow commands, which GitHub Actions reads from a log. User text in them is always escaped.

/// A workflow command, with a line break at its end.
pub(crate) fn command(name: &str, properties: &[(&str, &str)], message: &str) -> String {
    let properties: Vec<String> =
        properties.iter().map(|(key, text)| format!("{key}={}", property(text))).collect();
    format!("::{name} {}::{}\n", properties.join(","), data(message))
}

/// Escapes the message, which comes after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property, in which `:` and `,` are separators.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
