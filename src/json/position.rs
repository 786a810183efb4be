//! Line and column of a byte, in characters from 1; worked out only when something is wrong.

/// How far some text reaches: whole lines, and characters since the last line began.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Advance {
    lines: u64,
    characters: u64,
}

impl Advance {
    /// Goes on by `bytes`. A character counts at its first byte, so a cut inside one does no harm.
    pub(crate) fn over(self, bytes: &[u8]) -> Self {
        let lines = memchr::memchr_iter(b'\n', bytes).count() as u64;
        let last_line =
            memchr::memrchr(b'\n', bytes).map_or(bytes, |at| bytes.get(at + 1..).unwrap_or_default());
        let characters = last_line.iter().filter(|&&byte| byte & 0xc0 != 0x80).count() as u64;
        let before = if lines == 0 { self.characters } else { 0 };
        Self { lines: self.lines + lines, characters: before + characters }
    }

    /// The line and column of the character that comes next.
    pub(crate) fn position(self) -> (u64, u64) {
        (self.lines + 1, self.characters + 1)
    }
}

/// The line and column of byte `at`.
pub(crate) fn line_and_column(bytes: &[u8], at: usize) -> (u64, u64) {
    let before = bytes.get(..at).unwrap_or(bytes);
    let before = before.strip_prefix("\u{feff}".as_bytes()).unwrap_or(before);
    Advance::default().over(before).position()
}
