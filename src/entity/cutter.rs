//! Cuts a stream into blocks, between two elements where possible.

use super::boundary::Boundary;
use super::state::StreamState;
use std::io::Read;

/// The byte order mark, which may begin a stream.
pub(super) const BOM: &[u8] = "\u{feff}".as_bytes();

/// One block of the stream.
pub(super) struct Block {
    /// The probable state of the stream at the beginning of the block; `None` without a guess.
    pub(super) assumed: Option<StreamState>,
    /// Whether it is the last block of the stream.
    pub(super) last: bool,
}

/// Cuts a stream into blocks.
pub(super) struct Cutter<R> {
    reader: R,
    /// The approximate size of a block in bytes.
    size: usize,
    /// The boundary between elements, found in the first block.
    boundary: Option<Boundary>,
    /// The bytes after the last cut, which belong to the next block.
    carry: Vec<u8>,
    number: u64,
    /// Whether the last block ended at a boundary.
    is_cut: bool,
    is_done: bool,
}

impl<R: Read> Cutter<R> {
    pub(super) fn new(reader: R, size: usize) -> Self {
        Self { reader, size, boundary: None, carry: Vec::new(), number: 0, is_cut: false, is_done: false }
    }

    /// Like [`Self::next`], with the number of the block, from 0. A block that cannot be read has a number too.
    pub(super) fn numbered(&mut self, bytes: &mut Vec<u8>) -> (u64, std::io::Result<Option<Block>>) {
        (self.number, self.next(bytes))
    }

    /// Reads the next block into `bytes`. Returns `None` after the last block.
    pub(super) fn next(&mut self, bytes: &mut Vec<u8>) -> std::io::Result<Option<Block>> {
        if self.is_done {
            return Ok(None);
        }
        bytes.clear();
        bytes.append(&mut self.carry);
        let number = self.number;
        self.number += 1;
        // a byte order mark must fit into the first block
        let size = if number == 0 { self.size.max(BOM.len()) } else { self.size };
        let missing = size.saturating_sub(bytes.len()).max(1);
        let read = self.reader.by_ref().take(missing as u64).read_to_end(bytes)?;
        self.is_done = read < missing;
        let assumed = if number == 0 {
            if bytes.starts_with(BOM) {
                bytes.drain(..BOM.len());
            }
            if !self.is_done {
                self.boundary = Boundary::find(bytes);
            }
            Some(StreamState::Top)
        } else {
            self.boundary.as_ref().filter(|_| self.is_cut).map(|boundary| boundary.state)
        };
        self.cut(bytes);
        Ok(Some(Block { assumed, last: self.is_done }))
    }

    /// Cuts a block at its last boundary, and keeps the bytes after it for the next block.
    fn cut(&mut self, bytes: &mut Vec<u8>) {
        let boundary = self.boundary.as_ref().filter(|_| !self.is_done);
        let at = boundary.and_then(|boundary| boundary.last_cut(bytes));
        self.is_cut = at.is_some();
        if let Some(at) = at {
            self.carry.extend(bytes.drain(at..));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn blocks(stream: &[u8], size: usize) -> Vec<(Vec<u8>, Option<StreamState>, bool)> {
        let mut cutter = Cutter::new(stream, size);
        let mut bytes = Vec::new();
        (0..)
            .map_while(|expected| {
                let (number, block) = cutter.numbered(&mut bytes);
                let block = block.unwrap()?;
                assert_eq!(number, expected);
                Some((bytes.clone(), block.assumed, block.last))
            })
            .collect()
    }

    #[test]
    fn a_stream_of_lines_is_cut_between_lines() {
        let line = "{\"identifier\":\"x\",\"n\":{}}\n";
        let blocks = blocks(line.repeat(10).as_bytes(), 60);
        assert!(blocks.len() > 2);
        for (bytes, assumed, _) in &blocks {
            assert_eq!(bytes.first(), Some(&b'{'));
            assert_eq!(bytes.len() % line.len(), 0);
            assert_eq!(*assumed, Some(StreamState::Top));
        }
    }

    #[test]
    fn a_stream_without_a_boundary_is_cut_by_size_and_its_state_is_not_guessed() {
        let blocks = blocks(b"[1,2,3,4,5,6]", 5);
        let assumed: Vec<_> = blocks.iter().map(|(_, assumed, _)| *assumed).collect();
        assert_eq!(assumed, [Some(StreamState::Top), None, None]);
    }

    proptest! {
        #[test]
        fn no_byte_is_lost_and_only_one_block_is_the_last(
            elements in prop::collection::vec("[a-z{}\\[\\],\n\"]{0,12}", 0..20),
            size in 1_usize..40,
            form in 0..3,
        ) {
            let stream: String = match form {
                0 => elements.iter().map(|text| format!("{{\"a\":{text:?}}}\n")).collect(),
                1 => format!("{elements:?}"),
                _ => elements.concat(),
            };
            let blocks = blocks(stream.as_bytes(), size);
            let joined: Vec<u8> = blocks.iter().flat_map(|(bytes, ..)| bytes.clone()).collect();
            prop_assert_eq!(joined, stream.as_bytes());
            prop_assert_eq!(blocks.iter().filter(|(.., last)| *last).count(), 1);
            prop_assert!(blocks.last().unwrap().2);
        }
    }
}
