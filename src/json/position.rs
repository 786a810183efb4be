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

/// The beginning of a text that is not part of its first line.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The line and column of byte `at`.
#[expect(clippy::expect_used, reason = "the places of nodes and faults are inside their text")]
pub(crate) fn line_and_column(bytes: &[u8], at: usize) -> (u64, u64) {
    let before = bytes.get(..at).expect("the place is inside the text");
    let before = before.strip_prefix(BYTE_ORDER_MARK).unwrap_or(before);
    Advance::default().over(before).position()
}

/// The positions of every 4,096th byte of a text. With them, the positions of many bytes are found in one pass over
/// the text and at most 4,096 bytes for each.
#[derive(Debug)]
pub(crate) struct Checkpoints(Vec<Advance>);

impl Checkpoints {
    const STEP: usize = 4096;

    /// Reads the whole text once.
    pub(crate) fn new(bytes: &[u8]) -> Self {
        let mut advance = Advance::default();
        let checkpoints = bytes.chunks(Self::STEP).enumerate().map(|(index, chunk)| {
            let before = advance;
            let chunk = if index == 0 { chunk.strip_prefix(BYTE_ORDER_MARK).unwrap_or(chunk) } else { chunk };
            advance = advance.over(chunk);
            before
        });
        Self(checkpoints.collect())
    }

    /// The line and column of byte `at` of the same text. A place after the end counts as the end.
    pub(crate) fn position(&self, bytes: &[u8], at: usize) -> (u64, u64) {
        let at = at.min(bytes.len());
        let Some(last) = self.0.len().checked_sub(1) else { return Advance::default().position() };
        let index = (at / Self::STEP).min(last);
        let from = index * Self::STEP;
        let part = bytes.get(from..at).unwrap_or_default();
        let part = if index == 0 { part.strip_prefix(BYTE_ORDER_MARK).unwrap_or(part) } else { part };
        self.0.get(index).copied().unwrap_or_default().over(part).position()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_found_with_checkpoints_is_the_position_counted_from_the_beginning() {
        let lines = format!("{}\n\nshort\r\n{}\n", "\u{e4}\u{6642}x".repeat(3000), "ab".repeat(5000));
        for text in [String::new(), "\u{feff}".to_owned(), format!("\u{feff}{lines}"), lines] {
            let checkpoints = Checkpoints::new(text.as_bytes());
            assert!(checkpoints.0.len() <= text.len() / Checkpoints::STEP + 1);
            for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                assert_eq!(
                    checkpoints.position(text.as_bytes(), at),
                    line_and_column(text.as_bytes(), at),
                    "byte {at} of {}",
                    text.len()
                );
            }
        }
    }
}
