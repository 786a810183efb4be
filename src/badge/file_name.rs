//! The names of the files of badges. Every identifier has its own name, which is safe on every system's paths.

use std::fmt::Write;

/// The longest name of a file, in bytes. It is the limit of Linux, macOS and Windows; the temporary names of files that are
/// being written are shorter, and do not depend on the name.
pub(crate) const LONGEST: usize = 255;

/// The names of the two files of a badge.
pub(crate) struct BadgeFiles {
    pub(crate) svg: String,
    pub(crate) json: String,
}

impl BadgeFiles {
    /// The names for the scorecard with this identifier.
    pub(crate) fn new(scorecard: &str) -> Self {
        let name = file_name(scorecard);
        Self { svg: format!("{name}.svg"), json: format!("{name}.json") }
    }

    /// Whether both names are short enough.
    pub(crate) fn fit(&self) -> bool {
        self.svg.len().max(self.json.len()) <= LONGEST
    }
}

/// The name for an identifier: bytes other than ASCII letters, digits, `.`, `_` and `-` are `%XX`, and so are the bytes
/// of `.` and `..`, which are names of directories.
pub(crate) fn file_name(identifier: &str) -> String {
    let is_directory = matches!(identifier, "." | "..");
    let mut name = String::with_capacity(identifier.len());
    for byte in identifier.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        if is_plain && !is_directory {
            name.push(char::from(byte));
        } else {
            #[expect(clippy::expect_used, reason = "memory can be written")]
            write!(name, "%{byte:02X}").expect("memory can be written");
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_as_specified() {
        for (identifier, name) in [
            ("checkout", "checkout"),
            ("a/b", "a%2Fb"),
            (".", "%2E"),
            ("..", "%2E%2E"),
            ("...", "..."),
            (".git", ".git"),
            ("é", "%C3%A9"),
            ("a b_-.Z9", "a%20b_-.Z9"),
            ("100%", "100%25"),
            ("\0\\\u{202e}", "%00%5C%E2%80%AE"),
        ] {
            assert_eq!(file_name(identifier), name);
        }
        assert!(BadgeFiles::new(&"a".repeat(250)).fit());
        assert!(!BadgeFiles::new(&"a".repeat(251)).fit());
    }

    proptest! {
        #[test]
        fn a_name_leads_back_to_its_identifier(identifier in "\\PC*|[.%/]{0,4}") {
            let name = file_name(&identifier);
            prop_assert!(name != "." && name != ".." && !name.contains(['/', '\\', '\0']));
            let mut bytes = Vec::new();
            let mut rest = name.as_bytes();
            while let Some((first, others)) = rest.split_first() {
                let (byte, length) = match first {
                    b'%' => (u8::from_str_radix(&name[name.len() - others.len()..][..2], 16).unwrap(), 2),
                    plain => (*plain, 0),
                };
                bytes.push(byte);
                rest = &others[length..];
            }
            prop_assert_eq!(bytes, identifier.into_bytes());
        }
    }
}
