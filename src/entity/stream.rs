//! The stream of values: decides which bytes are entities.
//!
//! A block of the stream is read with an assumption of where it begins. [`run`] returns where it ends, so
//! that [`super::sequence`] can confirm or reject the assumption of the next block.

use super::decode::{Decoded, Decoder};
use super::input::Settings;
use super::lookahead::{known_identifier, open_wrapper};
use super::model::Entity;
use super::refusal::Refusal;
use super::state::{Container, Next, StreamState};
use super::wanted::Wanted;
use crate::json::{Fault, FaultKind, Scanner, Specials, valid_text};
use std::ops::ControlFlow;

/// The sizes at which an entity is refused, and an object is no longer waited for.
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

/// How far a block was read.
#[derive(Debug)]
pub(super) struct End {
    /// Where the stream is after the bytes that were consumed.
    pub(super) state: StreamState,
    /// The bytes after them begin something that is not whole in the block.
    pub(super) consumed: usize,
    /// The number of entities in the block.
    pub(super) entities: u64,
    /// The sink wants no more.
    pub(super) is_stopped: bool,
    pub(super) refusal: Option<Refusal>,
}

/// Why a block is read no further.
enum Stop {
    Refused(Refusal),
    /// The sink wants no more.
    BySink,
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Refused(Refusal::Json(fault))
    }
}

/// Reads a block that begins at `state`, the `last` of the stream or not. Each entity goes to `sink`.
pub(super) fn run(
    bytes: &[u8],
    state: StreamState,
    last: bool,
    wanted: &Wanted,
    limits: Limits,
    sink: &mut impl FnMut(&Entity<'_>) -> ControlFlow<()>,
) -> End {
    let (text, broken) = valid_text(bytes, last);
    let last = last && broken.is_none();
    let specials = Specials::new(text);
    let mut run = Run {
        scanner: Scanner::new(text, &specials, last),
        text,
        decoder: Decoder::new(wanted),
        entity: Entity::blank(wanted),
        limits,
        last,
        state,
        consumed: 0,
        entities: 0,
        sink,
    };
    let (mut refusal, is_stopped) = match run.read_all() {
        Ok(()) => (None, false),
        Err(Stop::BySink) => (None, true),
        Err(Stop::Refused(refusal)) => (Some(refusal), false),
    };
    if matches!(&refusal, Some(Refusal::Json(fault)) if fault.kind() == FaultKind::End && !last) {
        refusal = None;
    }
    if let (None, Some(at)) = (&refusal, broken) {
        refusal = Some(Refusal::Json(Fault::new(FaultKind::Utf8, at)));
    }
    End { state: run.state, consumed: run.consumed, entities: run.entities, is_stopped, refusal }
}

/// A block that is being read.
struct Run<'a, 'w, S> {
    scanner: Scanner<'a>,
    text: &'a str,
    decoder: Decoder<'w>,
    entity: Entity<'a>,
    limits: Limits,
    last: bool,
    state: StreamState,
    consumed: usize,
    entities: u64,
    sink: &'w mut S,
}

impl<S: FnMut(&Entity<'_>) -> ControlFlow<()>> Run<'_, '_, S> {
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
                            self.move_to(StreamState::List(Container::Stream, Next::First));
                        }
                        Some(_) => self.top_value()?,
                    }
                }
                StreamState::List(container, next) => self.list(container, next)?,
                StreamState::Tail => self.tail()?,
            }
        }
    }

    /// The stream is at `state` where the scanner is.
    fn move_to(&mut self, state: StreamState) {
        self.state = state;
        self.consumed = self.scanner.pos();
    }

    /// An entity or a wrapper between values.
    fn top_value(&mut self) -> Result<(), Stop> {
        let start = self.scanner.pos();
        match self.decode() {
            Ok(Decoded::Entity) => self.emit()?,
            Ok(Decoded::One(range)) => {
                let end = self.scanner.pos();
                self.scanner = self.scanner.at(range.start, 1);
                self.element()?;
                self.scanner = self.scanner.at(end, 0);
            }
            Ok(Decoded::Entities(range)) => {
                let end = self.scanner.pos();
                self.scanner = self.scanner.at(range.start + 1, 2);
                let mut first = true;
                while self.scanner.element(&mut first)? {
                    self.element()?;
                }
                self.scanner = self.scanner.at(end, 0);
            }
            Err(Refusal::Json(fault)) if fault.kind() == FaultKind::End && !self.last => {
                return match open_wrapper(self.scanner.at(start, 0)) {
                    Some(inside)
                        if self.text.len() - start >= self.limits.lookahead.min(self.limits.largest) =>
                    {
                        self.scanner.seek(inside);
                        self.move_to(StreamState::List(Container::Wrapper, Next::First));
                        Ok(())
                    }
                    _ => Err(fault.into()),
                };
            }
            Err(refusal) => return Err(refusal.into()),
        }
        self.move_to(StreamState::Top);
        Ok(())
    }

    /// The next step in an array of entities.
    fn list(&mut self, container: Container, next: Next) -> Result<(), Stop> {
        let depth = if container == Container::Stream { 1 } else { 2 };
        self.scanner = self.scanner.at(self.consumed, depth);
        let mut next = next;
        loop {
            match (next, self.scanner.peek()) {
                (Next::First | Next::Comma, Some(b']')) => {
                    self.scanner.bump();
                    self.move_to(if container == Container::Stream {
                        StreamState::Top
                    } else {
                        StreamState::Tail
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
                (_, Some(_)) => {
                    self.element()?;
                    next = Next::Comma;
                }
            }
            self.move_to(StreamState::List(container, next));
        }
    }

    /// One element of an array, which cannot be a wrapper.
    fn element(&mut self) -> Result<(), Stop> {
        self.scanner.peek();
        let start = self.scanner.pos();
        match self.decode()? {
            Decoded::Entity => self.emit(),
            Decoded::Entities(_) | Decoded::One(_) => Err(Refusal::nested_wrapper(start).into()),
        }
    }

    /// Hands on the entity that was decoded.
    #[inline]
    fn emit(&mut self) -> Result<(), Stop> {
        self.entities += 1;
        match (self.sink)(&self.entity) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(Stop::BySink),
        }
    }

    fn decode(&mut self) -> Result<Decoded, Refusal> {
        let start = self.scanner.pos();
        let depth = self.scanner.depth();
        let decoded = self.decoder.decode(&mut self.scanner, &mut self.entity);
        match decoded {
            Ok(Decoded::Entity) if self.scanner.pos() - start > self.limits.largest => {
                Err(Refusal::too_large(start, self.limits.largest, Some(self.entity.identifier().to_owned())))
            }
            Ok(decoded) => Ok(decoded),
            Err(Refusal::Json(fault)) if fault.kind() != FaultKind::End || self.last => {
                Err(Refusal::in_entity(fault, known_identifier(self.scanner.at(start, depth))))
            }
            Err(refusal) => Err(refusal),
        }
    }

    /// The members after the array of entities in its object. They cannot change what the object is.
    fn tail(&mut self) -> Result<(), Refusal> {
        self.scanner = self.scanner.at(self.consumed, 1);
        let mut first = false;
        while let Some(key) = self.scanner.member(&mut first)? {
            let name = key.name();
            if matches!(&*name, b"identifier" | b"entities") {
                let name = String::from_utf8_lossy(&name);
                return Err(Refusal::late_key(&name, key.span().start));
            }
            self.scanner.skip_value()?;
            self.move_to(StreamState::Tail);
        }
        self.move_to(StreamState::Top);
        Ok(())
    }
}
