//! Workflow commands, as GitHub reads them from a log: text of users is only ever their escaped data.

/// A command on a line of its own.
pub(crate) fn command(name: &str, properties: &[(&str, &str)], message: &str) -> String {
    let properties: Vec<String> =
        properties.iter().map(|(key, text)| format!("{key}={}", property(text))).collect();
    format!("::{name} {}::{}\n", properties.join(","), data(message))
}

/// Text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, where `:` and `,` separate.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
