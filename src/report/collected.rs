//! Text in groups that is collected until the end, for a format whose output is not in the order of the input.
//!
//! It is collected in one spool, in chunks. The chunks of a group form a linked list: each begins with the position
//! of the next. So memory does not grow with the text.

use std::io::{Read, Result, Seek, SeekFrom, Write};

/// Storage for text that is collected until the end, usually a temporary file. It is written and read at several
/// places in turn.
pub trait Spool: Read + Write + Seek + Send {}

impl<T: Read + Write + Seek + Send> Spool for T {}

/// Text that is waiting in memory is moved to the spool when it has this size in bytes, for all groups together.
const MAX_IN_MEMORY: usize = 1024 * 1024;
/// The minimum size of a chunk in bytes, on average. It is reached if there are more groups than fit in memory.
const MIN_CHUNK: usize = 1024;
/// The number of kinds of pieces that are counted.
const KINDS: usize = 4;

/// Collected text.
pub(crate) struct Collected {
    spool: Box<dyn Spool>,
    /// The end of the spool in bytes.
    end: u64,
    groups: Vec<Group>,
    in_memory: usize,
}

/// The text of one group.
#[derive(Clone, Default)]
struct Group {
    /// The number of pieces of each kind.
    counts: [u64; KINDS],
    /// The positions of the first and the last chunk in the spool.
    chunks: Option<(u64, u64)>,
    /// The text after the last chunk.
    rest: Vec<u8>,
}

/// The head of a piece or of a chunk: two numbers.
const HEAD: usize = 16;

fn head(first: u64, second: u64) -> [u8; HEAD] {
    let mut head = [0; HEAD];
    let (one, two) = head.split_at_mut(HEAD / 2);
    one.copy_from_slice(&first.to_le_bytes());
    two.copy_from_slice(&second.to_le_bytes());
    head
}

fn numbers(head: [u8; HEAD]) -> (u64, u64) {
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte));
    let (one, two) = head.split_at(HEAD / 2);
    (number(one), number(two))
}

/// Appends a piece of text for [`Collected::append`]: its group, its kind (below 4), and the text that `write` appends.
pub(super) fn add_piece(group: usize, kind: usize, out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    let start = out.len();
    out.extend_from_slice(&[0; HEAD]);
    write(out);
    let length = out.len() - start - HEAD;
    let head = head((group * KINDS + kind) as u64, length as u64);
    if let Some(place) = out.get_mut(start..start + HEAD) {
        place.copy_from_slice(&head);
    }
}

#[expect(clippy::expect_used, reason = "a format adds pieces to its own groups only")]
impl Collected {
    /// Creates empty groups.
    pub(crate) fn new(groups: usize, spool: Box<dyn Spool>) -> Self {
        Self { spool, end: 0, groups: vec![Group::default(); groups], in_memory: 0 }
    }

    /// Adds pieces of [`add_piece`].
    ///
    /// # Errors
    /// Returns a failure of the spool.
    pub(crate) fn append(&mut self, mut pieces: &[u8]) -> Result<()> {
        while let Some((head, rest)) = pieces.split_first_chunk() {
            let (place, length) = numbers(*head);
            let [place, length] =
                [place, length].map(|number| usize::try_from(number).expect("it was a usize"));
            let (text, rest) = rest.split_at_checked(length).expect("the piece is complete");
            let group = self.groups.get_mut(place / KINDS).expect("the group exists");
            *group.counts.get_mut(place % KINDS).expect("the kind exists") += 1;
            group.rest.extend_from_slice(text);
            self.in_memory += length;
            pieces = rest;
        }
        if self.in_memory >= MAX_IN_MEMORY.max(self.groups.len() * MIN_CHUNK) { self.spill() } else { Ok(()) }
    }

    /// Moves the text in memory to the spool.
    fn spill(&mut self) -> Result<()> {
        for group in &mut self.groups {
            if group.rest.is_empty() {
                continue;
            }
            let position = self.end;
            if let Some((_, last)) = group.chunks {
                self.spool.seek(SeekFrom::Start(last))?;
                self.spool.write_all(&position.to_le_bytes())?;
            }
            self.spool.seek(SeekFrom::Start(position))?;
            self.spool.write_all(&head(0, group.rest.len() as u64))?;
            self.spool.write_all(&group.rest)?;
            self.end += (HEAD + group.rest.len()) as u64;
            group.chunks = Some((group.chunks.map_or(position, |(first, _)| first), position));
            group.rest.clear();
        }
        self.in_memory = 0;
        Ok(())
    }

    /// The number of pieces of a kind in a group.
    pub(super) fn count(&self, group: usize, kind: usize) -> u64 {
        let group = self.groups.get(group).expect("the group exists");
        *group.counts.get(kind).expect("the kind exists")
    }

    /// Copies the text of a group.
    ///
    /// # Errors
    /// Returns a failure of the spool or of `out`.
    pub(super) fn copy_to(&mut self, group: usize, out: &mut dyn Write) -> Result<()> {
        let group = self.groups.get(group).expect("the group exists");
        let mut next = group.chunks;
        while let Some((position, last)) = next {
            let mut head = [0; HEAD];
            self.spool.seek(SeekFrom::Start(position))?;
            self.spool.read_exact(&mut head)?;
            let (following, length) = numbers(head);
            std::io::copy(&mut Read::by_ref(&mut self.spool).take(length), out)?;
            next = (position != last).then_some((following, last));
        }
        out.write_all(&group.rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Cursor;

    proptest! {
        #[test]
        fn each_group_gets_its_pieces_in_order_and_they_are_counted(
            pieces in proptest::collection::vec((0..3_usize, 0..KINDS, 0..400_000_usize), 0..40),
            per_block in 1..5_usize,
        ) {
            let mut collected = Collected::new(3, Box::new(Cursor::new(Vec::new())));
            let mut texts = [const { String::new() }; 3];
            let mut counts = [[0; KINDS]; 3];
            for (block, pieces) in pieces.chunks(per_block).enumerate() {
                let mut bytes = Vec::new();
                for (index, (group, kind, length)) in pieces.iter().enumerate() {
                    let text = format!("<{block}.{index}{}>", "x".repeat(*length));
                    add_piece(*group, *kind, &mut bytes, |out| out.extend_from_slice(text.as_bytes()));
                    texts[*group] += &text;
                    counts[*group][*kind] += 1;
                }
                collected.append(&bytes).unwrap();
                prop_assert!(collected.in_memory < MAX_IN_MEMORY);
            }
            for (group, (text, counts)) in texts.iter().zip(counts).enumerate() {
                let mut copy = Vec::new();
                collected.copy_to(group, &mut copy).unwrap();
                prop_assert!(copy == text.as_bytes());
                prop_assert_eq!([0, 1, 2, 3].map(|kind| collected.count(group, kind)), counts);
            }
        }
    }
}
