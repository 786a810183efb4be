//! The names of the files of badges. Every identifier has its own name, which is safe on every system's paths.

use std::collections::HashMap;
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
/// of `.` and `..`, which are names of directories. On Windows, so are also a dot at the end, which Windows drops, and the
/// first byte of the name of a device.
pub(crate) fn file_name(identifier: &str) -> String {
    name_on(identifier, cfg!(windows))
}

fn name_on(identifier: &str, is_windows: bool) -> String {
    let is_directory = matches!(identifier, "." | "..");
    let is_first_changed = is_windows && is_device(identifier);
    let last = identifier.len().wrapping_sub(1);
    let mut name = String::with_capacity(identifier.len());
    for (at, byte) in identifier.bytes().enumerate() {
        let is_plain = byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
        let is_changed = at == 0 && is_first_changed || is_windows && at == last && byte == b'.';
        if is_plain && !is_directory && !is_changed {
            name.push(char::from(byte));
        } else {
            #[expect(clippy::expect_used, reason = "memory can be written")]
            write!(name, "%{byte:02X}").expect("memory can be written");
        }
    }
    name
}

/// Whether Windows takes a name for a device, with any extension. Names with other signs are encoded anyway.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    match stem.as_bytes() {
        b"con" | b"prn" | b"aux" | b"nul" => true,
        [b'c', b'o', b'm', digit] | [b'l', b'p', b't', digit] => digit.is_ascii_digit(),
        _ => false,
    }
}

/// Whether the file systems of this system usually take names that differ only in case for the same.
pub(crate) const IGNORES_CASE: bool = cfg!(any(windows, target_os = "macos"));

/// The first two paths of identifiers whose names differ only in case. The same path may come twice.
pub(crate) fn differ_in_case<'n>(
    paths: impl Iterator<Item = [&'n str; 2]>,
) -> Option<([&'n str; 2], [&'n str; 2])> {
    let mut seen = HashMap::new();
    for path in paths {
        let first = *seen.entry(path.map(|name| file_name(name).to_ascii_lowercase())).or_insert(path);
        if first != path {
            return Some((first, path));
        }
    }
    None
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
            assert_eq!(name_on(identifier, false), name);
        }
        assert!(BadgeFiles::new(&"a".repeat(250)).fit());
        assert!(!BadgeFiles::new(&"a".repeat(251)).fit());
    }

    #[test]
    fn windows_can_have_a_file_with_every_name() {
        for (identifier, name) in [
            ("checkout", "checkout"),
            ("a.", "a%2E"),
            ("a..", "a.%2E"),
            ("...", "..%2E"),
            ("..", "%2E%2E"),
            (".git", ".git"),
            ("con", "%63on"),
            ("NUL", "%4EUL"),
            ("com1.api", "%63om1.api"),
            ("Lpt9.", "%4Cpt9%2E"),
            ("com", "com"),
            ("com10", "com10"),
            ("console", "console"),
            ("a.con", "a.con"),
            ("", ""),
        ] {
            assert_eq!(name_on(identifier, true), name);
        }
    }

    #[test]
    fn names_that_differ_only_in_case_are_found() {
        let found = |paths: &[[&'static str; 2]]| differ_in_case(paths.iter().copied());
        assert_eq!(found(&[["s", "a"], ["s", "A"]]), Some((["s", "a"], ["s", "A"])));
        assert_eq!(found(&[["s", "b"], ["s", "a"], ["S", "a"]]), Some((["s", "a"], ["S", "a"])));
        // a capital letter that is not ASCII is encoded
        assert_eq!(found(&[["s", "a"], ["s", "a"], ["t", "A"], ["s", "é"], ["s", "É"]]), None);
    }

    proptest! {
        #[test]
        fn a_name_leads_back_to_its_identifier(identifier in "\\PC*|[.%/]{0,4}|(?i)(con|aux|com[0-9])[.x]{0,2}", is_windows: bool) {
            let name = name_on(&identifier, is_windows);
            prop_assert!(name != "." && name != ".." && !name.contains(['/', '\\', '\0']));
            prop_assert!(!is_windows || !name.ends_with('.') && !is_device(&name));
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
