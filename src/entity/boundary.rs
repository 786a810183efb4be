//! Boundaries: bytes that mark where a stream can probably be cut between two elements.

use super::lookahead::cut_wrapper;
use super::state::{Container, Next, StreamState};
use crate::json::{Scanner, Specials, valid_text};

/// Bytes that probably occur only between two elements.
#[derive(Debug, PartialEq)]
pub(super) struct Boundary {
    /// The bytes from the end of one element to the beginning of the next.
    pub(super) bytes: Vec<u8>,
    /// How many of them come before the cut.
    pub(super) before: usize,
    /// The state of the stream at the cut.
    pub(super) state: StreamState,
}

impl Boundary {
    /// Finds out from the beginning of a stream how its elements are separated.
    pub(super) fn find(bytes: &[u8]) -> Option<Self> {
        let (text, _) = valid_text(bytes, false);
        let specials = Specials::new(text);
        let mut scanner = Scanner::new(text, &specials, false);
        match scanner.peek()? {
            b'[' => {
                scanner.bump();
                let mut outer = 0;
                while scanner.peek() == Some(b'[') && outer < u8::MAX {
                    scanner.bump();
                    outer += 1;
                }
                let container = if outer > 0 { Container::Page(outer) } else { Container::Stream };
                Self::in_list(text, scanner, container)
            }
            b'{' => {
                let start = scanner.pos();
                if scanner.skip_value().is_err() {
                    let wrapper = cut_wrapper(scanner.at(start, 0)).filter(|wrapper| wrapper.is_open)?;
                    return Self::in_list(text, scanner.at(wrapper.inside, 0), Container::Wrapper);
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

    /// The boundary between the elements of an array. It includes the first key of the next element, because
    /// objects inside an element are often separated by the same bytes.
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

    /// The last place to cut `bytes`, if there is one.
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
    fn the_boundary_is_found_in_every_form_of_stream() {
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
    fn a_stream_without_two_elements_has_no_boundary() {
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
