//! The line and column of a byte, both counted from 1. Columns are in characters.

/// The size of some text: its line breaks, and the characters after the last of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Advance {
    lines: u64,
    characters: u64,
}

impl Advance {
    /// Adds the text in `bytes`. A character is counted at its first byte, so `bytes` may end inside one.
    #[expect(clippy::expect_used, reason = "the position after a byte is inside the text or at its end")]
    pub(crate) fn over(self, bytes: &[u8]) -> Self {
        let lines = memchr::memchr_iter(b'\n', bytes).count() as u64;
        let last_line = memchr::memrchr(b'\n', bytes)
            .map_or(bytes, |at| bytes.get(at + 1..).expect("a line feed is inside the text"));
        let characters = last_line.iter().filter(|&&byte| byte & 0xc0 != 0x80).count() as u64;
        let before = if lines == 0 { self.characters } else { 0 };
        Self { lines: self.lines + lines, characters: before + characters }
    }

    /// The line and column of the next character.
    pub(crate) fn position(self) -> (u64, u64) {
        (self.lines + 1, self.characters + 1)
    }
}

/// The line and column of byte `at`.
#[expect(clippy::expect_used, reason = "the places of nodes and faults are inside their text")]
pub(crate) fn line_and_column(bytes: &[u8], at: usize) -> (u64, u64) {
    let before = bytes.get(..at).expect("the place is inside the text");
    let before = before.strip_prefix("\u{feff}".as_bytes()).unwrap_or(before);
    Advance::default().over(before).position()
}
