//! The code, the message and the help of each fault in JSON text, and the problem of a file that is not JSON.

use super::code::Code;
use super::place::Place;
use super::problem::Diagnostic;
use super::source::Source;
use crate::json::{Fault, FaultKind};
use std::sync::Arc;

impl Diagnostic {
    /// The problem of a file that is not JSON. `what` is what the file is about, in the plural, and `content` what it
    /// contains.
    pub(crate) fn not_json(source: &Arc<Source>, fault: Fault, what: &str, content: &str) -> Self {
        let (at, kind) = (fault.at(), fault.kind());
        let place = |span| Place::Span { source: Arc::clone(source), span };
        if source.is_blank() {
            let problem = Self::error(Code::EmptyFile, "the file is empty");
            return problem.help(format!("a file contains {content}")).at(place(at..at));
        }
        let (code, message, help) = if is_yaml(source.text()) {
            let message = format!("the file is YAML, and {what} must be JSON");
            (Code::MalformedJson, message, conversion(source.name()))
        } else {
            let (code, message) = kind.describe();
            (code, message.to_owned(), kind.help().to_owned())
        };
        Self::error(code, message).help(help).at(place(at..at + 1))
    }
}

/// Whether text that is not JSON is probably YAML: it begins with `---`, an item of a list or a key without quotes.
fn is_yaml(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    let Some(line) = lines.find(|line| !line.is_empty() && !line.starts_with('#')) else {
        return false;
    };
    let key = line.trim_start_matches("- ").split_once(':').map(|(key, _)| key);
    let is_word = |key: &str| {
        !key.is_empty() && key.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '_' | '-'))
    };
    line.starts_with("---") || line == "-" || line.starts_with("- ") || key.is_some_and(is_word)
}

/// The command that converts a file, with its name if the name needs no quotes in a shell.
fn conversion(name: &str) -> String {
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '_' | '-' | '/');
    let name = if !name.starts_with('-') && name.chars().all(is_plain) { name } else { "FILE" };
    format!("convert it to JSON: `yq -o=json . {name}`")
}

impl FaultKind {
    /// The code and the message of the fault.
    pub(crate) fn describe(self) -> (Code, &'static str) {
        match self {
            Self::End => (Code::TruncatedJson, "the JSON ends in the middle of a value"),
            Self::Value => (Code::MalformedJson, "expected a JSON value here"),
            Self::Key => (Code::MalformedJson, "expected a key in double quotes here"),
            Self::Colon => (Code::MalformedJson, "expected `:` after the key"),
            Self::Comma => (Code::MalformedJson, "expected `,` or the closing bracket here"),
            Self::Control => (Code::MalformedJson, "a control character inside a string must be escaped"),
            Self::Escape => (Code::MalformedJson, "invalid escape in a string"),
            Self::Surrogate => (Code::LoneSurrogate, "half of a surrogate pair is not a character"),
            Self::Number => (Code::MalformedJson, "invalid number"),
            Self::Range => (Code::NumberOutOfRange, "the number is too large for a double"),
            Self::Depth => (Code::NestedTooDeep, "arrays and objects are nested more than 128 levels deep"),
            Self::Utf8 => (Code::InvalidUtf8, "these bytes are not UTF-8"),
            Self::Trailing => (Code::MalformedJson, "the document has ended, but more text follows"),
            Self::Nodes => (Code::TooManyValues, "the file has more than 1,000,000 values of scorecards"),
        }
    }

    /// The help for the fault.
    pub(crate) fn help(self) -> &'static str {
        match self {
            Self::End => "check that the command that writes the JSON succeeds",
            Self::Surrogate => "write both halves of the pair, or the character itself",
            Self::Range => "correct the number, or write it as a string if it is an identifier",
            Self::Depth => "check the program that writes the JSON",
            Self::Utf8 => "save the file as UTF-8",
            Self::Nodes => {
                "divide the scorecards into several files; read a file of entities with `--entities`"
            }
            Self::Value
            | Self::Key
            | Self::Colon
            | Self::Comma
            | Self::Control
            | Self::Escape
            | Self::Number
            | Self::Trailing => "check the JSON with an editor, or with `jq . FILE`",
        }
    }
}
