//! Workflow commands, which GitHub Actions reads from a log. User text in them is always sanitized and escaped.

use crate::terminal::clean;

/// A workflow command, with a line break at its end.
pub(crate) fn command(name: &str, properties: &[(&str, &str)], message: &str) -> String {
    let properties: Vec<String> =
        properties.iter().map(|(key, text)| format!("{key}={}", property(text))).collect();
    format!("::{name} {}::{}\n", properties.join(","), data(message))
}

/// Sanitizes the lines of the message, which comes after the second `::`, and escapes it.
fn data(text: &str) -> String {
    let lines: Vec<String> = text.split('\n').map(|line| clean(line).into_owned()).collect();
    escaped(&lines.join("\n"))
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Sanitizes and escapes the value of a property, in which `:` and `,` are separators.
fn property(text: &str) -> String {
    escaped(clean(text).as_str()).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_one_line_without_control_characters() {
        assert_eq!(
            command("error", &[("file", "a,b\u{1b}\n.json"), ("title", "x::y")], "100%\n::stop\u{9b}\r"),
            "::error file=a%2Cb␛ .json,title=x%3A%3Ay::100%25%0A:\u{200b}:stop� \n"
        );
    }
}
