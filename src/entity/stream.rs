//! The stream of values: which bytes are entities, and where between two of them the stream stands.
//!
//! A block of the stream is read with an assumption of where it begins; what [`run`] returns tells where
//! it ends, so that whoever put the blocks in order can prove or refute the assumption of the next.

use super::decode::{Decoded, Decoder, Refusal};
use super::{Entity, Wanted};
use crate::diagnostic::Code;
use crate::json::{Fault, FaultKind, Scanner, Specials};

/// What is too large, and too large to wait for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) largest: usize,
    pub(crate) lookahead: usize,
}

/// Where between two elements the stream stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Frame {
    /// Between values.
    #[default]
    Top,
    /// In an array of entities.
    List(Home, Next),
    /// In an object, after its array of entities.
    Tail,
}

/// What an array of entities stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    /// Nothing: it is a value of the stream.
    Stream,
    /// An object that holds it as `entities`.
    Wrapper,
}

/// What may come next in an array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// An element or the end.
    First,
    /// An element.
    Element,
    /// A comma or the end.
    Comma,
}

/// How far a block was read.
#[derive(Debug)]
pub(crate) struct End {
    /// Where the stream stands after the bytes that were consumed.
    pub(crate) frame: Frame,
    /// What comes after is the beginning of something that the block does not hold whole.
    pub(crate) consumed: usize,
    pub(crate) refusal: Option<Refusal>,
}

/// Reads a block that begins at `frame`. `last`: nothing comes after it. Each entity goes to `sink`.
pub(crate) fn run(
    bytes: &[u8],
    frame: Frame,
    last: bool,
    wanted: &Wanted,
    limits: Limits,
    sink: &mut impl FnMut(&Entity<'_>),
) -> End {
    let (text, broken) = valid_part(bytes, last);
    let specials = Specials::new(text);
    let mut run = Run {
        scanner: Scanner::new(text, &specials, last && broken.is_none()),
        text,
        decoder: Decoder::new(wanted),
        entity: Entity::default(),
        limits,
        last: last && broken.is_none(),
        frame,
        consumed: 0,
    };
    let mut refusal = run.all(sink).err();
    if matches!(&refusal, Some(Refusal::Json(fault)) if fault.kind() == FaultKind::End && !run.last) {
        refusal = None;
    }
    if let (None, Some(at)) = (&refusal, broken) {
        refusal = Some(Refusal::Json(Fault::new(FaultKind::Utf8, at)));
    }
    End { frame: run.frame, consumed: run.consumed, refusal }
}

/// The text at the front, and where it stops to be UTF-8 other than by being cut off.
fn valid_part(bytes: &[u8], last: bool) -> (&str, Option<usize>) {
    if let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return (text, None);
    }
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let valid = error.valid_up_to();
            let text =
                bytes.get(..valid).and_then(|valid| std::str::from_utf8(valid).ok()).unwrap_or_default();
            (text, (last || error.error_len().is_some()).then_some(valid))
        }
    }
}

struct Run<'a, 'w> {
    scanner: Scanner<'a>,
    text: &'a str,
    decoder: Decoder<'w>,
    entity: Entity<'a>,
    limits: Limits,
    last: bool,
    frame: Frame,
    consumed: usize,
}

impl<'a> Run<'a, '_> {
    fn all(&mut self, sink: &mut impl FnMut(&Entity<'_>)) -> Result<(), Refusal> {
        loop {
            match self.frame {
                Frame::Top => {
                    self.scanner = self.scanner.at(self.consumed, 0);
                    match self.scanner.peek() {
                        None => {
                            self.consumed = self.text.len();
                            return Ok(());
                        }
                        Some(b'[') => {
                            self.scanner.open()?;
                            self.arrive(Frame::List(Home::Stream, Next::First));
                        }
                        Some(_) => self.top_value(sink)?,
                    }
                }
                Frame::List(home, next) => self.list(home, next, sink)?,
                Frame::Tail => self.tail()?,
            }
        }
    }

    /// The stream stands at `frame` where the scanner is.
    fn arrive(&mut self, frame: Frame) {
        self.frame = frame;
        self.consumed = self.scanner.pos();
    }

    /// An entity or a wrapper between values.
    fn top_value(&mut self, sink: &mut impl FnMut(&Entity<'_>)) -> Result<(), Refusal> {
        let start = self.scanner.pos();
        match self.decode() {
            Ok(Decoded::Entity) => sink(&self.entity),
            Ok(Decoded::One(range)) => {
                let end = self.scanner.pos();
                self.scanner = self.scanner.at(range.start, 1);
                self.element(sink)?;
                self.scanner = self.scanner.at(end, 0);
            }
            Ok(Decoded::Entities(range)) => {
                let end = self.scanner.pos();
                self.scanner = self.scanner.at(range.start + 1, 2);
                let mut first = true;
                while self.scanner.element(&mut first)? {
                    self.element(sink)?;
                }
                self.scanner = self.scanner.at(end, 0);
            }
            Err(Refusal::Json(fault)) if fault.kind() == FaultKind::End && !self.last => {
                return match open_wrapper(self.scanner.at(start, 0)) {
                    Some(inside)
                        if self.text.len() - start >= self.limits.lookahead.min(self.limits.largest) =>
                    {
                        self.scanner.seek(inside);
                        self.arrive(Frame::List(Home::Wrapper, Next::First));
                        Ok(())
                    }
                    _ => Err(fault.into()),
                };
            }
            Err(refusal) => return Err(refusal),
        }
        self.arrive(Frame::Top);
        Ok(())
    }

    /// The next step in an array of entities.
    fn list(&mut self, home: Home, next: Next, sink: &mut impl FnMut(&Entity<'_>)) -> Result<(), Refusal> {
        let depth = if home == Home::Stream { 1 } else { 2 };
        self.scanner = self.scanner.at(self.consumed, depth);
        let mut next = next;
        loop {
            match (next, self.scanner.peek()) {
                (Next::First | Next::Comma, Some(b']')) => {
                    self.scanner.bump();
                    self.arrive(if home == Home::Stream { Frame::Top } else { Frame::Tail });
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
                    self.element(sink)?;
                    next = Next::Comma;
                }
            }
            self.arrive(Frame::List(home, next));
        }
    }

    /// One element of an array; wrappers are for the stream only.
    fn element(&mut self, sink: &mut impl FnMut(&Entity<'_>)) -> Result<(), Refusal> {
        self.scanner.peek();
        let start = self.scanner.pos();
        match self.decode()? {
            Decoded::Entity => sink(&self.entity),
            Decoded::Entities(_) | Decoded::One(_) => {
                return Err(Refusal::Shape {
                    code: Code::NestedWrapper,
                    message: "an answer of the Port API can not stand inside an array".to_owned(),
                    help: "give the answers one after another, or their entities alone",
                    at: start,
                    entity: None,
                });
            }
        }
        Ok(())
    }

    fn decode(&mut self) -> Result<Decoded, Refusal> {
        let start = self.scanner.pos();
        let depth = self.scanner.depth();
        let decoded = self.decoder.decode(&mut self.scanner, &mut self.entity);
        match decoded {
            Ok(Decoded::Entity) if self.scanner.pos() - start > self.limits.largest => {
                Err(too_large(start, self.limits.largest, Some(self.entity.identifier().to_owned())))
            }
            Ok(decoded) => Ok(decoded),
            Err(Refusal::Json(fault)) if fault.kind() != FaultKind::End || self.last => {
                let entity = known_identifier(self.scanner.at(start, depth));
                Err(match entity {
                    Some(_) => {
                        let (code, message) = fault.kind().describe();
                        let help = "check the input with a JSON editor, or jq";
                        Refusal::Shape { code, message: message.to_owned(), help, at: fault.at(), entity }
                    }
                    None => fault.into(),
                })
            }
            Err(refusal) => Err(refusal),
        }
    }

    /// What follows the array of entities in its object: nothing that would change what it is.
    fn tail(&mut self) -> Result<(), Refusal> {
        self.scanner = self.scanner.at(self.consumed, 1);
        let mut first = false;
        while let Some(key) = self.scanner.member(&mut first)? {
            let name = key.name();
            if matches!(&*name, b"identifier" | b"entities") {
                let name = String::from_utf8_lossy(&name);
                return Err(Refusal::Shape {
                    code: Code::LateKey,
                    message: format!(
                        "`{name}` comes after a long array of `entities`, whose members have been read by then"
                    ),
                    help: "put this key before the array, or remove it",
                    at: key.span().start,
                    entity: None,
                });
            }
            self.scanner.skip_value()?;
            self.arrive(Frame::Tail);
        }
        self.arrive(Frame::Top);
        Ok(())
    }
}

/// The refusal of an entity that takes more than `largest` bytes.
pub(crate) fn too_large(at: usize, largest: usize, entity: Option<String>) -> Refusal {
    Refusal::Shape {
        code: Code::EntityTooLarge,
        message: format!("one entity takes more than {largest} bytes"),
        help: "raise the limit with `--max-entity-size BYTES`",
        at,
        entity,
    }
}

/// The identifier of a broken entity, if it comes before the break.
fn known_identifier(mut scanner: Scanner<'_>) -> Option<String> {
    let mut first = true;
    if scanner.peek() != Some(b'{') {
        return None;
    }
    scanner.open().ok()?;
    while let Some(key) = scanner.member(&mut first).ok()? {
        if *key.name() == *b"identifier" {
            scanner.peek().filter(|&byte| byte == b'"')?;
            return scanner.string().ok().map(std::borrow::Cow::into_owned);
        }
        scanner.skip_value().ok()?;
    }
    None
}

/// Where the members of an array of entities begin, when the object that is next is cut off inside it and
/// has not been named by then.
fn open_wrapper(mut scanner: Scanner<'_>) -> Option<usize> {
    if scanner.peek() != Some(b'{') {
        return None;
    }
    scanner.open().ok()?;
    let mut first = true;
    while let Some(key) = scanner.member(&mut first).ok()? {
        let name = key.name();
        if *name == *b"identifier" {
            return None;
        }
        let opens = *name == *b"entities" && scanner.peek() == Some(b'[');
        let inside = scanner.pos() + 1;
        match scanner.skip_value() {
            Ok(()) => {}
            Err(fault) if fault.kind() == FaultKind::End && opens => return Some(inside),
            Err(_) => return None,
        }
    }
    None
}

/// A place to cut a stream: bytes that are likely to stand only between two elements.
#[derive(Debug, PartialEq)]
pub(crate) struct Seam {
    /// From the end of one element into the next.
    pub(crate) bytes: Vec<u8>,
    /// How many of them belong to the first of the two.
    pub(crate) before: usize,
    /// Where the stream stands there.
    pub(crate) frame: Frame,
}

/// Learns from the beginning of a stream how its elements are kept apart.
pub(crate) fn find_seam(bytes: &[u8]) -> Option<Seam> {
    let (text, _) = valid_part(bytes, false);
    let specials = Specials::new(text);
    let mut scanner = Scanner::new(text, &specials, false);
    match scanner.peek()? {
        b'[' => {
            scanner.bump();
            list_seam(text, scanner, Home::Stream)
        }
        b'{' => {
            let start = scanner.pos();
            if scanner.skip_value().is_err() {
                let inside = open_wrapper(scanner.at(start, 0))?;
                return list_seam(text, scanner.at(inside, 0), Home::Wrapper);
            }
            let from = scanner.pos() - 1;
            scanner.peek().filter(|&next| next == b'{' || next == b'[')?;
            let next = scanner.pos();
            let bytes = text.get(from..=next)?.as_bytes().to_vec();
            Some(Seam { bytes, before: next - from, frame: Frame::Top })
        }
        _ => None,
    }
}

fn list_seam(text: &str, mut scanner: Scanner<'_>, home: Home) -> Option<Seam> {
    scanner.skip_value().ok()?;
    let from = scanner.pos() - 1;
    scanner.peek().filter(|&comma| comma == b',')?;
    scanner.bump();
    scanner.peek().filter(|&brace| brace == b'{')?;
    let next = scanner.pos();
    scanner.open().ok()?;
    scanner.member(&mut true).ok()??;
    let bytes = text.get(from..scanner.pos())?.as_bytes().to_vec();
    Some(Seam { bytes, before: next - from, frame: Frame::List(home, Next::Element) })
}
