//! Puts blocks in order: joins the bytes that a block leaves over with the next block, and finds the line and
//! column of a problem.

use super::cutter::BOM;
use super::input::BLOCK;
use super::rejection::Rejection;
use super::state::StreamState;
use super::stream::End;
use crate::diagnostic::{Code, Diagnostic, Place, without_os_error};
use crate::json::Advance;
use std::borrow::Cow;
use std::io::Read;
use std::path::{Path, PathBuf};

/// How far a stream has been read without gaps.
pub(super) struct Sequence {
    /// The name of the stream in messages.
    name: String,
    /// The file to count lines in after an error. Without it, lines are counted while reading.
    path: Option<PathBuf>,
    /// The maximum size of one element in bytes.
    largest: usize,
    /// The noun for an element.
    noun: &'static str,
    state: StreamState,
    /// The beginning of an incomplete element.
    leftover: Vec<u8>,
    /// The number of bytes before it.
    offset: u64,
    /// The minimum number of bytes before the element is read again.
    retry_size: usize,
    advance: Advance,
}

impl Sequence {
    pub(super) fn new(name: String, path: Option<PathBuf>, largest: usize, noun: &'static str) -> Self {
        Self {
            name,
            path,
            largest,
            noun,
            state: StreamState::Top,
            leftover: Vec::new(),
            offset: 0,
            retry_size: 0,
            advance: Advance::default(),
        }
    }

    /// The current state of the stream.
    pub(super) fn state(&self) -> StreamState {
        self.state
    }

    /// Whether the stream is in `state`, with no bytes left over.
    pub(super) fn is_at(&self, state: Option<StreamState>) -> bool {
        self.leftover.is_empty() && state == Some(self.state)
    }

    /// Returns the bytes left over followed by the next block, or `None` if it is too early to read them. An
    /// element that spans many blocks is only read again when the number of its bytes has doubled.
    pub(super) fn join<'b>(&mut self, bytes: &'b [u8], last: bool) -> Option<Cow<'b, [u8]>> {
        if self.leftover.is_empty() {
            return Some(Cow::Borrowed(bytes));
        }
        self.leftover.extend_from_slice(bytes);
        (last || self.leftover.len() >= self.retry_size)
            .then(|| Cow::Owned(std::mem::take(&mut self.leftover)))
    }

    /// Moves past the bytes that were read.
    ///
    /// # Errors
    /// Returns the problem that stopped the reading, with its place.
    #[expect(clippy::expect_used, reason = "the reader never consumes more bytes than the block has")]
    pub(super) fn advance(&mut self, bytes: &[u8], end: End) -> Result<(), Diagnostic> {
        let (consumed, rest) =
            bytes.split_at_checked(end.consumed).expect("the consumed bytes are in the block");
        let rejection = end.rejection.or_else(|| {
            let open = rest.trim_ascii_start();
            (open.len() > self.largest)
                .then(|| Rejection::too_large(bytes.len() - open.len(), self.largest, self.noun, None))
        });
        if let Some(rejection) = rejection {
            return Err(self.diagnostic(rejection, bytes));
        }
        self.state = end.state;
        self.retry_size = rest.len() * 2;
        self.offset += consumed.len() as u64;
        if self.path.is_none() {
            self.advance = self.advance.over(consumed);
        }
        self.leftover = rest.to_vec();
        Ok(())
    }

    /// The message for a rejection, with its place. `bytes` begin at the offset.
    #[expect(clippy::expect_used, reason = "a rejection is at a byte of its block, or at its end")]
    fn diagnostic(&self, rejection: Rejection, bytes: &[u8]) -> Diagnostic {
        let (problem, at) = rejection.diagnostic();
        let counted = match &self.path {
            Some(path) => count_file(path, self.offset + at as u64),
            None => Some(self.advance.over(bytes.get(..at).expect("the rejection is in the block"))),
        };
        problem.at(match counted.map(Advance::position) {
            Some((line, column)) => Place::Position { file: self.name.clone(), line, column },
            None => Place::File(self.name.clone()),
        })
    }

    /// The message for a stream that cannot be read.
    pub(super) fn unreadable(&self, error: &std::io::Error) -> Diagnostic {
        Diagnostic::error(
            Code::UnreadableInput,
            format!("cannot be read: {}", without_os_error(&error.to_string())),
        )
        .at(Place::File(self.name.clone()))
    }
}

/// Counts the lines and characters in the first `count` bytes of a file, after its byte order mark.
fn count_file(path: &Path, count: u64) -> Option<Advance> {
    let mut file = std::fs::File::open(path).ok()?;
    let mut buffer = vec![0; BLOCK];
    let mut left = count;
    let mut advance = Advance::default();
    let mut first = true;
    while left > 0 {
        let most = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let read = file.read(buffer.get_mut(..most)?).ok()?;
        let mut bytes = buffer.get(..read)?;
        if read == 0 {
            return None;
        }
        if std::mem::take(&mut first) {
            bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
        }
        advance = advance.over(bytes);
        left -= bytes.len() as u64;
    }
    Some(advance)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(consumed: usize) -> End {
        End { state: StreamState::Top, consumed, rejection: None, elements: 0, is_stopped: false }
    }

    fn sequence() -> Sequence {
        Sequence::new("stream".to_owned(), None, 100, "entity")
    }

    #[test]
    fn bytes_left_over_come_before_the_next_block() {
        let mut sequence = sequence();
        assert!(sequence.is_at(Some(StreamState::Top)));
        sequence.advance(b"{} {\"a\"", end(3)).unwrap();
        assert!(!sequence.is_at(Some(StreamState::Top)));
        assert_eq!(sequence.join(b":1}", false).as_deref(), None);
        assert_eq!(sequence.join(b" ", true).as_deref(), Some(&b"{\"a\":1} "[..]));
        assert!(sequence.is_at(Some(StreamState::Top)));
    }

    #[test]
    fn the_place_of_a_problem_counts_all_blocks_before_it() {
        let mut sequence = sequence();
        sequence.advance(b"{}\n{} ", end(6)).unwrap();
        let rejection = Some(Rejection::missing_identifier("no name", 4));
        let problem = sequence.advance("{}\n é{}".as_bytes(), End { rejection, ..end(2) }).unwrap_err();
        let expected = Place::Position { file: "stream".to_owned(), line: 3, column: 2 };
        assert_eq!(problem.place, Some(expected));
    }

    #[test]
    fn an_element_that_never_ends_is_too_large() {
        let bytes = format!(" {{\"a\":\"{}", "x".repeat(100));
        let problem = sequence().advance(bytes.as_bytes(), end(0)).unwrap_err();
        assert_eq!(problem.code, Code::EntityTooLarge);
        let small = format!(" {{\"a\":\"{}", "x".repeat(90));
        assert!(sequence().advance(small.as_bytes(), end(0)).is_ok());
    }
}
