//! The one-pass scanner: skips or decodes one value at a time.
//!
//! Every fault has its place in bytes; line and column are worked out only when it is shown. A fault
//! of kind [`FaultKind::End`] means that what was there is a valid beginning: more text may complete it.

use super::find::Specials;
use super::{MAX_DEPTH, number};
use std::borrow::Cow;
use std::num::NonZero;

/// What is wrong, and at which byte: both in one word, for every step of the scanner returns one or none.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault(NonZero<u64>);

impl Fault {
    const KIND_BITS: u32 = 4;

    #[cold]
    pub(crate) fn new(kind: FaultKind, at: usize) -> Self {
        let word = (at as u64) << Self::KIND_BITS | (kind as u64 + 1);
        Self(NonZero::new(word).unwrap_or(NonZero::<u64>::MIN))
    }

    pub(crate) fn kind(self) -> FaultKind {
        let number = (self.0.get() & ((1 << Self::KIND_BITS) - 1)) - 1;
        FaultKind::ALL.get(number as usize).copied().unwrap_or(FaultKind::End)
    }

    pub(crate) fn at(self) -> usize {
        (self.0.get() >> Self::KIND_BITS) as usize
    }
}

impl std::fmt::Debug for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} at {}", self.kind(), self.at())
    }
}

/// The ways in which text fails to be JSON that the program can hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// The text ends in the middle of a value.
    End,
    /// Something else stands where a value should begin.
    Value,
    /// Something else stands where a key should begin.
    Key,
    /// No `:` after a key.
    Colon,
    /// Neither `,` nor the closing bracket after a member.
    Comma,
    /// A control character inside a string.
    Control,
    /// A backslash followed by something that is no escape.
    Escape,
    /// Half of a surrogate pair.
    Surrogate,
    /// Digits that do not make a number.
    Number,
    /// A number beyond the doubles.
    Range,
    /// Brackets nested too deep.
    Depth,
    /// Bytes that are no UTF-8.
    Utf8,
    /// Something after the end of the document.
    Trailing,
}

impl FaultKind {
    /// In the order of the declaration.
    const ALL: [Self; 13] = [
        Self::End,
        Self::Value,
        Self::Key,
        Self::Colon,
        Self::Comma,
        Self::Control,
        Self::Escape,
        Self::Surrogate,
        Self::Number,
        Self::Range,
        Self::Depth,
        Self::Utf8,
        Self::Trailing,
    ];

    /// The stable code and the sentence a user reads.
    pub(crate) fn describe(self) -> (&'static str, &'static str) {
        match self {
            Self::End => ("truncated-json", "the JSON ends in the middle of a value"),
            Self::Value => ("malformed-json", "expected a JSON value here"),
            Self::Key => ("malformed-json", "expected a key in double quotes here"),
            Self::Colon => ("malformed-json", "expected `:` after the key"),
            Self::Comma => ("malformed-json", "expected `,` or the closing bracket here"),
            Self::Control => ("malformed-json", "a control character inside a string must be escaped"),
            Self::Escape => ("malformed-json", "this is not an escape that JSON knows"),
            Self::Surrogate => ("lone-surrogate", "half of a surrogate pair is no character"),
            Self::Number => ("malformed-json", "these digits do not make a JSON number"),
            Self::Range => ("number-out-of-range", "no double can hold this number"),
            Self::Depth => ("nested-too-deep", "arrays and objects are nested deeper than 128"),
            Self::Utf8 => ("invalid-utf8", "these bytes are not UTF-8"),
            Self::Trailing => ("malformed-json", "the document has ended, but more text follows"),
        }
    }
}

/// A cursor in JSON text. `depth` is how many brackets are open at the cursor.
pub(crate) struct Scanner<'a> {
    text: &'a str,
    pos: usize,
    depth: u32,
    /// Nothing comes after the text, so a number at its end is whole.
    whole: bool,
    specials: &'a Specials,
}

type Scan<T> = Result<T, Fault>;

impl<'a> Scanner<'a> {
    /// A scanner at the beginning of `text`, whose special bytes are known; `whole` when nothing comes after.
    pub(crate) fn new(text: &'a str, specials: &'a Specials, whole: bool) -> Self {
        Self { text, pos: 0, depth: 0, whole, specials }
    }

    /// A scanner of the same text at byte `pos`, inside `depth` open brackets.
    pub(crate) fn at(&self, pos: usize, depth: u32) -> Self {
        Self { pos, depth, ..*self }
    }

    #[inline]
    pub(crate) fn pos(&self) -> usize {
        self.pos
    }

    /// Moves to `pos`.
    pub(crate) fn seek(&mut self, pos: usize) {
        self.pos = pos;
    }

    pub(crate) fn depth(&self) -> u32 {
        self.depth
    }

    #[inline]
    fn bytes(&self) -> &'a [u8] {
        self.text.as_bytes()
    }

    /// The text from `from` to the cursor.
    pub(crate) fn since(&self, from: usize) -> &'a str {
        self.text.get(from..self.pos).unwrap_or_default()
    }

    /// The next byte that is not white space, which stays unread.
    #[inline(always)]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        match self.bytes().get(self.pos) {
            Some(&byte) if byte > b' ' => Some(byte),
            _ => self.peek_past_space(),
        }
    }

    fn peek_past_space(&mut self) -> Option<u8> {
        loop {
            let byte = *self.bytes().get(self.pos)?;
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.pos += 1;
        }
    }

    /// Takes the byte that [`Self::peek`] showed.
    #[inline]
    pub(crate) fn bump(&mut self) {
        self.pos += 1;
    }

    #[inline]
    pub(crate) fn fault(&self, kind: FaultKind) -> Fault {
        Fault::new(kind, self.pos)
    }

    /// A fault at the next byte, or of kind `End` where there is none.
    pub(crate) fn unexpected(&mut self, kind: FaultKind) -> Fault {
        if self.peek().is_none() { self.fault(FaultKind::End) } else { self.fault(kind) }
    }

    /// Opens a bracket: takes the byte that is next.
    #[inline]
    pub(crate) fn open(&mut self) -> Scan<()> {
        if self.depth >= MAX_DEPTH {
            return Err(self.fault(FaultKind::Depth));
        }
        self.depth += 1;
        self.pos += 1;
        Ok(())
    }

    /// Closes a bracket: takes the byte that is next.
    #[inline]
    pub(crate) fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.pos += 1;
    }

    /// The next member of an array: `true` with the cursor at its value, `false` past the `]`.
    #[inline(always)]
    pub(crate) fn element(&mut self, first: &mut bool) -> Scan<bool> {
        match self.peek() {
            Some(b']') => {
                self.close();
                return Ok(false);
            }
            Some(b',') if !*first => {
                self.bump();
                if self.peek() == Some(b']') {
                    return Err(self.fault(FaultKind::Value));
                }
            }
            Some(_) if *first => {}
            _ => return Err(self.unexpected(FaultKind::Comma)),
        }
        *first = false;
        Ok(true)
    }

    /// The next member of an object: its key with the cursor at its value, `None` past the `}`.
    #[inline(always)]
    pub(crate) fn member(&mut self, first: &mut bool) -> Scan<Option<Key<'a>>> {
        if self.next_member(first)? { self.key().map(Some) } else { Ok(None) }
    }

    /// The next member of an object: `true` with the cursor where its key should be, `false` past the `}`.
    #[inline(always)]
    pub(crate) fn next_member(&mut self, first: &mut bool) -> Scan<bool> {
        match self.peek() {
            Some(b'}') => {
                self.close();
                return Ok(false);
            }
            Some(b',') if !*first => {
                self.bump();
                self.peek();
            }
            Some(_) if *first => {}
            _ => return Err(self.unexpected(FaultKind::Comma)),
        }
        *first = false;
        Ok(true)
    }

    /// Takes this very word, if it is next and not at the very end of the text.
    #[inline(always)]
    pub(crate) fn take(&mut self, word: &Word) -> bool {
        let next = self.bytes().get(self.pos..).is_some_and(|rest| word.begins(rest));
        if next {
            self.pos += word.length;
        }
        next
    }

    /// A key and its colon.
    #[inline(always)]
    pub(crate) fn key(&mut self) -> Scan<Key<'a>> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected(FaultKind::Key));
        }
        let start = self.pos;
        let escaped = self.skip_string()?;
        let key = Key { text: self.text, start, end: self.pos, escaped };
        if self.peek() != Some(b':') {
            return Err(self.unexpected(FaultKind::Colon));
        }
        self.bump();
        Ok(key)
    }

    /// Skips the string whose opening quote is next; tells whether it holds escapes.
    #[inline(always)]
    fn skip_string(&mut self) -> Scan<bool> {
        let bytes = self.bytes();
        if let Some(at) = self.specials.next(self.pos + 1)
            && bytes.get(at) == Some(&b'"')
        {
            self.pos = at + 1;
            return Ok(false);
        }
        self.skip_string_with_escapes().map(|()| true)
    }

    /// Skips a string that holds something other than plain characters.
    fn skip_string_with_escapes(&mut self) -> Scan<()> {
        let bytes = self.bytes();
        let mut from = self.pos + 1;
        loop {
            let Some(at) = self.specials.next(from) else {
                return Err(Fault::new(FaultKind::End, bytes.len()));
            };
            match bytes.get(at) {
                Some(b'"') => {
                    self.pos = at + 1;
                    return Ok(());
                }
                Some(b'\\') => from = at + escape_length(bytes, at)?,
                _ => return Err(Fault::new(FaultKind::Control, at)),
            }
        }
    }

    /// Decodes the string whose opening quote is next.
    #[inline(always)]
    pub(crate) fn string(&mut self) -> Scan<Cow<'a, str>> {
        let start = self.pos;
        let escaped = self.skip_string()?;
        let raw = self.text.get(start + 1..self.pos - 1).unwrap_or_default();
        if escaped { unescape(raw, start + 1).map(Cow::Owned) } else { Ok(Cow::Borrowed(raw)) }
    }

    /// Reads the number that is next.
    #[inline(always)]
    pub(crate) fn number(&mut self) -> Scan<f64> {
        let start = self.pos;
        let number = self.scan_number()?;
        let text = self.since(start);
        number.value(text).ok_or(Fault::new(FaultKind::Range, start))
    }

    #[inline(always)]
    fn scan_number(&mut self) -> Scan<number::Number> {
        let bytes = self.bytes();
        match number::read(bytes.get(self.pos..).unwrap_or_default()) {
            Ok(number) => {
                self.pos += number.length;
                // at the end of a text that is not whole it may still go on
                if self.pos == bytes.len() && !self.whole {
                    Err(self.fault(FaultKind::End))
                } else {
                    Ok(number)
                }
            }
            Err(number::NotANumber(offset)) => {
                let at = self.pos + offset;
                Err(Fault::new(if at == bytes.len() { FaultKind::End } else { FaultKind::Number }, at))
            }
        }
    }

    /// Reads `true`, `false` or `null`, whichever `word` says.
    #[inline]
    pub(crate) fn literal(&mut self, word: &'static str) -> Scan<()> {
        let rest = self.bytes().get(self.pos..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.pos += word.len();
            return Ok(());
        }
        let cut = rest.len() < word.len() && word.as_bytes().starts_with(rest);
        Err(if cut {
            Fault::new(FaultKind::End, self.pos + rest.len())
        } else {
            self.fault(FaultKind::Value)
        })
    }

    /// Skips one value, whatever it is.
    #[inline(always)]
    pub(crate) fn skip_value(&mut self) -> Scan<()> {
        match self.peek() {
            Some(b'"') => self.skip_string().map(drop),
            Some(b'-' | b'0'..=b'9') => self.scan_number().map(drop),
            _ => self.skip_nested(),
        }
    }

    /// Skips a value that may hold others. Not recursive: the open brackets are bits of one integer.
    fn skip_nested(&mut self) -> Scan<()> {
        let outer = self.depth;
        // bit 0 is the innermost bracket: 1 for an object
        let mut objects = 0_u128;
        loop {
            match self.peek() {
                Some(b'"') => {
                    self.skip_string()?;
                }
                Some(b'{') => {
                    self.open()?;
                    if self.peek() != Some(b'}') {
                        objects = objects << 1 | 1;
                        self.key()?;
                        continue;
                    }
                    self.close();
                }
                Some(b'[') => {
                    self.open()?;
                    if self.peek() != Some(b']') {
                        objects <<= 1;
                        continue;
                    }
                    self.close();
                }
                Some(b'-' | b'0'..=b'9') => {
                    self.scan_number()?;
                }
                Some(b't') => self.literal("true")?,
                Some(b'f') => self.literal("false")?,
                Some(b'n') => self.literal("null")?,
                _ => return Err(self.unexpected(FaultKind::Value)),
            }
            loop {
                if self.depth == outer {
                    return Ok(());
                }
                let in_object = objects & 1 == 1;
                match self.peek() {
                    Some(b',') => {
                        self.bump();
                        if in_object {
                            self.key()?;
                        }
                        break;
                    }
                    Some(b'}') if in_object => {}
                    Some(b']') if !in_object => {}
                    _ => return Err(self.unexpected(FaultKind::Comma)),
                }
                objects >>= 1;
                self.close();
            }
        }
    }
}

/// A key as it stands in the text.
#[derive(Clone, Copy)]
pub(crate) struct Key<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    escaped: bool,
}

impl<'a> Key<'a> {
    /// The bytes it takes, quotes included.
    pub(crate) fn span(&self) -> std::ops::Range<usize> {
        self.start..self.end
    }

    /// It holds no escapes.
    pub(crate) fn is_plain(&self) -> bool {
        !self.escaped
    }

    /// What stands between the quotes.
    #[inline(always)]
    fn raw(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.start + 1..self.end - 1).unwrap_or_default()
    }

    /// The key with escapes resolved; a key with half a surrogate pair is kept as written, for it
    /// can be no key that anyone names.
    #[inline(always)]
    pub(crate) fn name(&self) -> Cow<'a, [u8]> {
        if self.escaped { self.unescaped() } else { Cow::Borrowed(self.raw()) }
    }

    #[cold]
    fn unescaped(&self) -> Cow<'a, [u8]> {
        self.decoded().map_or(Cow::Borrowed(self.raw()), |name| Cow::Owned(name.into_owned().into_bytes()))
    }

    /// Like [`Self::name`], but half a surrogate pair is a fault.
    pub(crate) fn decoded(&self) -> Scan<Cow<'a, str>> {
        let raw = self.text.get(self.start + 1..self.end - 1).unwrap_or_default();
        if self.escaped { unescape(raw, self.start + 1).map(Cow::Owned) } else { Ok(Cow::Borrowed(raw)) }
    }
}

/// A few bytes that are compared as two integers.
pub(crate) struct Word {
    length: usize,
    /// The first bytes, and which of them count.
    front: u128,
    mask: u128,
    /// The last bytes, of a word longer than one integer.
    back: Option<u128>,
}

impl Word {
    const WIDTH: usize = 16;

    /// `None` for more bytes than two integers hold.
    pub(crate) fn new(bytes: &[u8]) -> Option<Self> {
        if bytes.len() > 2 * Self::WIDTH {
            return None;
        }
        let join = |bytes: &[u8]| bytes.iter().rev().fold(0, |word, &byte| word << 8 | u128::from(byte));
        let front = bytes.get(..Self::WIDTH).unwrap_or(bytes);
        let unused = 8 * (Self::WIDTH - front.len()) as u32;
        let back = (bytes.len() > Self::WIDTH).then(|| bytes.last_chunk::<{ Self::WIDTH }>());
        Some(Self {
            length: bytes.len(),
            front: join(front),
            mask: u128::MAX.checked_shr(unused).unwrap_or(0),
            back: back.flatten().map(|back| join(back)),
        })
    }

    #[inline(always)]
    fn begins(&self, rest: &[u8]) -> bool {
        let Some(front) = rest.first_chunk::<{ Self::WIDTH }>() else { return false };
        if (u128::from_le_bytes(*front) ^ self.front) & self.mask != 0 {
            return false;
        }
        let Some(back) = self.back else { return true };
        let actual = rest.get(..self.length).and_then(|word| word.last_chunk::<{ Self::WIDTH }>());
        actual.is_some_and(|actual| u128::from_le_bytes(*actual) == back)
    }
}

/// How many bytes the escape at `at` takes.
fn escape_length(bytes: &[u8], at: usize) -> Scan<usize> {
    match bytes.get(at + 1) {
        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => Ok(2),
        Some(b'u') => {
            for offset in 2..6 {
                match bytes.get(at + offset) {
                    Some(byte) if byte.is_ascii_hexdigit() => {}
                    Some(_) => {
                        return Err(Fault::new(FaultKind::Escape, at));
                    }
                    None => {
                        return Err(Fault::new(FaultKind::End, bytes.len()));
                    }
                }
            }
            Ok(6)
        }
        Some(_) => Err(Fault::new(FaultKind::Escape, at)),
        None => Err(Fault::new(FaultKind::End, bytes.len())),
    }
}

/// Resolves the escapes of a string that has passed [`escape_length`]; `offset` is where `raw` begins.
fn unescape(raw: &str, offset: usize) -> Scan<String> {
    let unit = |at: usize| {
        raw.get(at..at + 6)
            .filter(|s| s.starts_with("\\u"))
            .and_then(|s| u32::from_str_radix(&s[2..], 16).ok())
    };
    let mut text = String::with_capacity(raw.len());
    let mut from = 0;
    while let Some(found) = raw.get(from..).and_then(|rest| rest.find('\\')) {
        let at = from + found;
        text.push_str(raw.get(from..at).unwrap_or_default());
        from = at + 2;
        match raw.as_bytes().get(at + 1) {
            Some(b'b') => text.push('\u{8}'),
            Some(b'f') => text.push('\u{c}'),
            Some(b'n') => text.push('\n'),
            Some(b'r') => text.push('\r'),
            Some(b't') => text.push('\t'),
            Some(b'u') => {
                from = at + 6;
                let mut code = unit(at).unwrap_or_default();
                if let (0xd800..0xdc00, Some(low @ 0xdc00..0xe000)) = (code, unit(from)) {
                    code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                    from += 6;
                }
                let fault = Fault::new(FaultKind::Surrogate, offset + at);
                text.push(char::from_u32(code).ok_or(fault)?);
            }
            Some(&plain) => text.push(char::from(plain)),
            None => {}
        }
    }
    text.push_str(raw.get(from..).unwrap_or_default());
    Ok(text)
}
