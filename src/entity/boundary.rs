//! Seams: bytes at which a stream can probably be cut between two elements.

use super::lookahead::open_wrapper;
use super::state::{Container, Next, StreamState};
use crate::json::{Scanner, Specials, valid_text};

/// Bytes that probably occur only between two elements.
#[derive(Debug, PartialEq)]
pub(super) struct Boundary {
    /// From the end of one element into the next.
    pub(super) bytes: Vec<u8>,
    /// How many of them belong to the first of the two.
    pub(super) before: usize,
    /// Where the stream is after those.
    pub(super) state: StreamState,
}

impl Boundary {
    /// Learns from the beginning of a stream how its elements are separated.
    pub(super) fn find(bytes: &[u8]) -> Option<Self> {
        let (text, _) = valid_text(bytes, false);
        let specials = Specials::new(text);
        let mut scanner = Scanner::new(text, &specials, false);
        match scanner.peek()? {
            b'[' => {
                scanner.bump();
                Self::in_list(text, scanner, Container::Stream)
            }
            b'{' => {
                let start = scanner.pos();
                if scanner.skip_value().is_err() {
                    let inside = open_wrapper(scanner.at(start, 0))?;
                    return Self::in_list(text, scanner.at(inside, 0), Container::Wrapper);
                }
                let from = scanner.pos() - 1;
                scanner.peek().filter(|&next| next == b'{' || next == b'[')?;
                let next = scanner.pos();
                let bytes = text.get(from..=next)?.as_bytes().to_vec();
                Some(Self { bytes, before: next - from, state: StreamState::Top })
            }
            _ => None,
        }
    }

    /// The boundary between the elements of a list. It reaches to the first key, because objects inside an
    /// element are often separated in the same way.
    fn in_list(text: &str, mut scanner: Scanner<'_>, container: Container) -> Option<Self> {
        scanner.skip_value().ok()?;
        let from = scanner.pos() - 1;
        scanner.peek().filter(|&comma| comma == b',')?;
        scanner.bump();
        scanner.peek().filter(|&brace| brace == b'{')?;
        let next = scanner.pos();
        scanner.open().ok()?;
        scanner.member(&mut true).ok()??;
        let bytes = text.get(from..scanner.pos())?.as_bytes().to_vec();
        Some(Self { bytes, before: next - from, state: StreamState::List(container, Next::Element) })
    }

    /// The last place in `bytes` to cut, if there is one.
    pub(super) fn last_cut(&self, bytes: &[u8]) -> Option<usize> {
        memchr::memmem::rfind(bytes, &self.bytes).map(|at| at + self.before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boundary(text: &str) -> Option<(String, usize, StreamState)> {
        let boundary = Boundary::find(text.as_bytes())?;
        Some((String::from_utf8(boundary.bytes).unwrap(), boundary.before, boundary.state))
    }

    #[test]
    fn every_form_of_stream_has_its_seam() {
        let cases = [
            ("{\"a\":1}\n{\"a\"", "}\n{", 2, StreamState::Top),
            ("{\"a\":1}{\"a\"", "}{", 1, StreamState::Top),
            ("[{\"a\":1}, {\"a\":", "}, {\"a\":", 3, StreamState::List(Container::Stream, Next::Element)),
            (
                "{\"ok\":1,\"entities\":[{\"a\":{\"b\":[]}},{\"a\":2",
                "},{\"a\":",
                2,
                StreamState::List(Container::Wrapper, Next::Element),
            ),
        ];
        for (text, bytes, before, state) in cases {
            assert_eq!(boundary(text), Some((bytes.to_owned(), before, state)), "{text}");
        }
    }

    #[test]
    fn a_stream_without_two_elements_has_no_seam() {
        for text in
            ["", "7", "{\"a\":1}", "{\"a\":1} 7", "[{\"a\":1}]", "[{\"a\":1},7", "{\"a\":[1,", "[[1],[2"]
        {
            assert_eq!(boundary(text), None, "{text}");
        }
    }

    #[test]
    fn a_block_is_cut_before_its_last_element() {
        let boundary = Boundary::find(b"{\"a\":1}\n{\"a\"").unwrap();
        assert_eq!(boundary.last_cut(b"{\"a\":1}\n{\"a\":2}\n{\"a\":"), Some(16));
        assert_eq!(boundary.last_cut(b"{\"a\":1}"), None);
    }
}
