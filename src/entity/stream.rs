//! Reads the elements in a block of a stream.
//!
//! [`run`] starts from an assumed state of the stream and returns the state at the end of the block. With it,
//! [`super::sequence`] confirms or rejects the assumption for the next block.

use super::decode::Decoded;
use super::elements::Elements;
use super::input::Settings;
use super::lookahead::{cut_wrapper, known_identifier};
use super::rejection::Rejection;
use super::state::{Container, Next, StreamState};
use crate::json::{Fault, FaultKind, Scanner, Specials, valid_text};
use std::ops::ControlFlow;

/// The limits of [`Settings`] on the size of an entity and on the lookahead, in bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    largest: usize,
    lookahead: usize,
}

impl Limits {
    pub(super) fn of(settings: Settings) -> Self {
        Self { largest: settings.largest, lookahead: settings.lookahead }
    }
}

/// How far a block was read, and why it was read no further.
#[derive(Debug)]
pub(super) struct End {
    /// The state of the stream after the consumed bytes.
    pub(super) state: StreamState,
    /// How many bytes were consumed. The bytes after them begin an incomplete element.
    pub(super) consumed: usize,
    /// The number of elements that were read.
    pub(super) elements: u64,
    /// Whether the sink stopped the reading.
    pub(super) is_stopped: bool,
    /// The first problem of the block.
    pub(super) rejection: Option<Rejection>,
}

/// Why reading a block stops before its end.
enum Stop {
    Rejected(Rejection),
    /// The sink returned [`ControlFlow::Break`].
    BySink,
}

impl From<Rejection> for Stop {
    fn from(rejection: Rejection) -> Self {
        Self::Rejected(rejection)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Rejected(Rejection::Json(fault))
    }
}

/// Reads a block that begins in `state`, and calls `sink` for each element. `last` is `true` for the last block.
pub(super) fn run<E: Elements>(
    bytes: &[u8],
    state: StreamState,
    last: bool,
    elements: &E,
    limits: Limits,
    sink: &mut impl FnMut(&E::Element<'_>) -> ControlFlow<()>,
) -> End {
    let (text, broken) = valid_text(bytes, last);
    let last = last && broken.is_none();
    let specials = Specials::new(text);
    let scanner = Scanner::new(text, &specials, last);
    let mut run: Run<'_, '_, E, _> = Run {
        element: elements.blank(&scanner),
        scanner,
        text,
        decoder: elements.decoder(),
        limits,
        last,
        state,
        consumed: 0,
        count: 0,
        sink,
    };
    let (mut rejection, is_stopped) = match run.read_all() {
        Ok(()) => (None, false),
        Err(Stop::BySink) => (None, true),
        Err(Stop::Rejected(rejection)) => (Some(rejection), false),
    };
    if matches!(&rejection, Some(Rejection::Json(fault)) if fault.kind() == FaultKind::End && !last) {
        rejection = None;
    }
    if let (None, Some(at)) = (&rejection, broken) {
        rejection = Some(Rejection::Json(Fault::new(FaultKind::Utf8, at)));
    }
    End { state: run.state, consumed: run.consumed, elements: run.count, is_stopped, rejection }
}

/// A block that is being read.
struct Run<'a, 's, E: Elements + 's, S> {
    scanner: Scanner<'a>,
    text: &'a str,
    decoder: E::Decoder<'s>,
    element: E::Element<'a>,
    limits: Limits,
    last: bool,
    state: StreamState,
    consumed: usize,
    count: u64,
    sink: &'s mut S,
}

impl<'s, E: Elements + 's, S: FnMut(&E::Element<'_>) -> ControlFlow<()>> Run<'_, 's, E, S> {
    fn read_all(&mut self) -> Result<(), Stop> {
        loop {
            match self.state {
                StreamState::Top => {
                    self.scanner = self.scanner.at(self.consumed, 0);
                    match self.scanner.peek() {
                        None => {
                            self.consumed = self.text.len();
                            return Ok(());
                        }
                        Some(b'[') => {
                            self.scanner.open()?;
                            self.reach(StreamState::List(Container::Stream, Next::First));
                        }
                        Some(_) => self.top_value()?,
                    }
                }
                StreamState::List(container, next) => self.list(container, next)?,
                StreamState::Tail => self.tail()?,
            }
        }
    }

    /// Records `state` as the state of the stream at the cursor.
    fn reach(&mut self, state: StreamState) {
        self.state = state;
        self.consumed = self.scanner.pos();
    }

    /// Reads one value of the stream: an element or a wrapper.
    fn top_value(&mut self) -> Result<(), Stop> {
        let start = self.scanner.pos();
        match self.decode() {
            Ok(Decoded::Element) => self.emit()?,
            Ok(Decoded::One(range)) => {
                let end = self.scanner.pos();
                self.scanner = self.scanner.at(range.start, 1);
                self.element()?;
                self.scanner = self.scanner.at(end, 0);
            }
            Ok(Decoded::Many(range)) => {
                let end = self.scanner.pos();
                self.members(start, end)?;
                self.scanner = self.scanner.at(range.start + 1, 2);
                let mut first = true;
                while self.scanner.element(&mut first)? {
                    self.element()?;
                }
                self.scanner = self.scanner.at(end, 0);
            }
            Err(Rejection::Json(fault)) if fault.kind() == FaultKind::End && !self.last => {
                let wrapper = cut_wrapper(self.scanner.at(start, 0)).filter(|wrapper| {
                    let least = if wrapper.has_entity { self.limits.lookahead } else { self.limits.largest };
                    self.text.len() - start >= least.min(self.limits.largest)
                });
                let Some(wrapper) = wrapper else { return Err(fault.into()) };
                self.members(start, wrapper.inside)?;
                self.scanner.seek(wrapper.inside);
                self.reach(StreamState::List(Container::Wrapper, Next::First));
                return Ok(());
            }
            Err(rejection) => return Err(rejection.into()),
        }
        self.reach(StreamState::Top);
        Ok(())
    }

    /// Reads elements of an array, up to its end.
    fn list(&mut self, container: Container, next: Next) -> Result<(), Stop> {
        let depth = match container {
            Container::Stream => 1,
            Container::Page(outer) => 1 + u32::from(outer),
            Container::Wrapper => 2,
        };
        self.scanner = self.scanner.at(self.consumed, depth);
        let mut next = next;
        loop {
            match (next, self.scanner.peek()) {
                (Next::First | Next::Comma, Some(b']')) => {
                    self.scanner.bump();
                    self.reach(match container {
                        Container::Stream => StreamState::Top,
                        Container::Page(0 | 1) => StreamState::List(Container::Stream, Next::Comma),
                        Container::Page(outer) => StreamState::List(Container::Page(outer - 1), Next::Comma),
                        Container::Wrapper => StreamState::Tail,
                    });
                    return Ok(());
                }
                (Next::Comma, Some(b',')) => {
                    self.scanner.bump();
                    next = Next::Element;
                }
                (Next::Comma, _) => return Err(self.scanner.unexpected(FaultKind::Comma).into()),
                (Next::Element, Some(b']')) => return Err(self.scanner.fault(FaultKind::Value).into()),
                (_, None) => return Err(self.scanner.fault(FaultKind::End).into()),
                (_, Some(b'[')) if E::HAS_PAGES && container != Container::Wrapper => {
                    self.scanner.open()?;
                    let outer = if let Container::Page(outer) = container { outer } else { 0 };
                    self.reach(StreamState::List(Container::Page(outer + 1), Next::First));
                    return Ok(());
                }
                (_, Some(_)) => {
                    self.element()?;
                    next = Next::Comma;
                }
            }
            self.reach(StreamState::List(container, next));
        }
    }

    /// Reads one element inside an array or a wrapper. It cannot be a wrapper itself.
    fn element(&mut self) -> Result<(), Stop> {
        self.scanner.peek();
        let start = self.scanner.pos();
        match self.decode()? {
            Decoded::Element => self.emit(),
            Decoded::Many(_) | Decoded::One(_) => Err(Rejection::nested_wrapper(start).into()),
        }
    }

    /// Passes the decoded element to the sink.
    #[inline]
    fn emit(&mut self) -> Result<(), Stop> {
        self.count += 1;
        self.pass()
    }

    #[inline]
    fn pass(&mut self) -> Result<(), Stop> {
        match (self.sink)(&self.element) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::BySink),
        }
    }

    fn decode(&mut self) -> Result<Decoded, Rejection> {
        let start = self.scanner.pos();
        let depth = self.scanner.depth();
        let decoded = E::decode(&mut self.decoder, &mut self.scanner, &mut self.element);
        match decoded {
            Ok(Decoded::Element) if self.scanner.pos() - start > self.limits.largest => {
                let identifier = E::identifier(&self.element);
                Err(Rejection::too_large(start, self.limits.largest, E::NOUN, identifier))
            }
            Ok(decoded) => Ok(decoded),
            Err(Rejection::Json(fault)) if fault.kind() != FaultKind::End || self.last => {
                Err(Rejection::in_element(fault, E::NOUN, known_identifier(self.scanner.at(start, depth))))
            }
            Err(rejection) => Err(rejection),
        }
    }

    /// Reads the members of a wrapper after its array of entities. They must not change what the object is.
    fn tail(&mut self) -> Result<(), Stop> {
        self.scanner = self.scanner.at(self.consumed, 1);
        let mut first = false;
        while let Some(key) = self.scanner.member(&mut first)? {
            let name = key.name();
            if matches!(&*name, b"identifier" | b"entities") {
                let name = String::from_utf8_lossy(&name);
                return Err(Rejection::late_key(&name, key.span().start).into());
            }
            self.member(&name)?;
            self.reach(StreamState::Tail);
        }
        self.reach(StreamState::Top);
        Ok(())
    }

    /// Reads the members of the wrapper at `start`, except `entities`. `end` is the end of the wrapper, or the first byte
    /// inside its array if that is cut off.
    fn members(&mut self, start: usize, end: usize) -> Result<(), Stop> {
        if !E::HAS_MEMBERS {
            return Ok(());
        }
        self.scanner = self.scanner.at(start, 0);
        self.scanner.open()?;
        let mut first = true;
        while let Some(key) = self.scanner.member(&mut first)? {
            let name = key.name();
            if *name != *b"entities" {
                self.member(&name)?;
                continue;
            }
            self.scanner.peek();
            if self.scanner.pos() + 1 == end {
                break;
            }
            self.scanner.skip_value()?;
        }
        Ok(())
    }

    /// Reads the value of a member of a wrapper, and passes the member on if it matters.
    fn member(&mut self, name: &[u8]) -> Result<(), Stop> {
        self.scanner.peek();
        let from = self.scanner.pos();
        self.scanner.skip_value()?;
        if E::HAS_MEMBERS && E::member(&mut self.element, name, self.scanner.since(from)) {
            self.pass()?;
        }
        Ok(())
    }
}
