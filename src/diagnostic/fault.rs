//! The code, the message and the help of each fault in JSON text.

use super::code::Code;
use crate::json::FaultKind;

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
