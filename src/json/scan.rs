//! The one-pass scanner: skips or decodes one value at a time.
//!
//! Every fault has its place in bytes; line and column are worked out only when it is shown. A fault
//! of kind [`FaultKind::End`] means that what was there is a valid beginning: more text may complete it.

use super::{MAX_DEPTH, find, number};
use std::borrow::Cow;

/// What is wrong, and at which byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: FaultKind,
    pub(crate) at: usize,
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
}

type Scan<T> = Result<T, Fault>;

impl<'a> Scanner<'a> {
    /// A scanner at byte `pos` of `text`, inside `depth` open brackets.
    pub(crate) fn new(text: &'a str, pos: usize, depth: u32) -> Self {
        Self { text, pos, depth }
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
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<u8> {
        loop {
            let byte = *self.bytes().get(self.pos)?;
            if byte > b' ' || !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
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
        Fault { kind, at: self.pos }
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
    #[inline]
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
    #[inline]
    pub(crate) fn member(&mut self, first: &mut bool) -> Scan<Option<Key<'a>>> {
        match self.peek() {
            Some(b'}') => {
                self.close();
                return Ok(None);
            }
            Some(b',') if !*first => self.bump(),
            Some(_) if *first => {}
            _ => return Err(self.unexpected(FaultKind::Comma)),
        }
        *first = false;
        self.key().map(Some)
    }

    /// A key and its colon.
    #[inline]
    fn key(&mut self) -> Scan<Key<'a>> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected(FaultKind::Key));
        }
        let start = self.pos;
        let escaped = self.skip_string()?;
        let key = Key { raw: self.text.get(start + 1..self.pos - 1).unwrap_or_default(), start, escaped };
        if self.peek() != Some(b':') {
            return Err(self.unexpected(FaultKind::Colon));
        }
        self.bump();
        Ok(key)
    }

    /// Skips the string whose opening quote is next; tells whether it holds escapes.
    #[inline]
    fn skip_string(&mut self) -> Scan<bool> {
        let bytes = self.bytes();
        let mut from = self.pos + 1;
        let mut escaped = false;
        loop {
            let Some(at) = find::plain_end(bytes, from) else {
                return Err(Fault { kind: FaultKind::End, at: bytes.len() });
            };
            match bytes.get(at) {
                Some(b'"') => {
                    self.pos = at + 1;
                    return Ok(escaped);
                }
                Some(b'\\') => {
                    escaped = true;
                    from = at + escape_length(bytes, at)?;
                }
                _ => {
                    return Err(Fault { kind: FaultKind::Control, at });
                }
            }
        }
    }

    /// Decodes the string whose opening quote is next.
    #[inline]
    pub(crate) fn string(&mut self) -> Scan<Cow<'a, str>> {
        let start = self.pos;
        let escaped = self.skip_string()?;
        let raw = self.text.get(start + 1..self.pos - 1).unwrap_or_default();
        if escaped { unescape(raw, start + 1).map(Cow::Owned) } else { Ok(Cow::Borrowed(raw)) }
    }

    /// Reads the number that is next.
    #[inline]
    pub(crate) fn number(&mut self) -> Scan<f64> {
        let start = self.pos;
        let number = self.scan_number()?;
        let text = self.since(start);
        number.value(text).ok_or(Fault { kind: FaultKind::Range, at: start })
    }

    /// Reads the number that is next in a text that will not go on.
    pub(crate) fn last_number(&mut self) -> Scan<f64> {
        let start = self.pos;
        match self.number() {
            Err(Fault { kind: FaultKind::End, at }) if at == self.pos && at > start => {
                let text = self.since(start);
                text.parse()
                    .ok()
                    .filter(|value: &f64| value.is_finite())
                    .ok_or(Fault { kind: FaultKind::Range, at: start })
            }
            result => result,
        }
    }

    #[inline]
    fn scan_number(&mut self) -> Scan<number::Number> {
        let bytes = self.bytes();
        match number::read(bytes.get(self.pos..).unwrap_or_default()) {
            Ok(number) => {
                self.pos += number.length;
                // at the very end of the text it may still go on
                if self.pos == bytes.len() { Err(self.fault(FaultKind::End)) } else { Ok(number) }
            }
            Err(number::NotANumber(offset)) => {
                let at = self.pos + offset;
                Err(Fault { kind: if at == bytes.len() { FaultKind::End } else { FaultKind::Number }, at })
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
            Fault { kind: FaultKind::End, at: self.pos + rest.len() }
        } else {
            self.fault(FaultKind::Value)
        })
    }

    /// Skips one value, whatever it is. Not recursive: the open brackets are bits of one integer.
    #[inline]
    pub(crate) fn skip_value(&mut self) -> Scan<()> {
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
pub(crate) struct Key<'a> {
    raw: &'a str,
    start: usize,
    escaped: bool,
}

impl<'a> Key<'a> {
    /// The bytes it takes, quotes included.
    pub(crate) fn span(&self) -> std::ops::Range<usize> {
        self.start..self.start + self.raw.len() + 2
    }

    /// The key with escapes resolved; a key with half a surrogate pair is kept as written, for it
    /// can be no key that anyone names.
    #[inline]
    pub(crate) fn name(&self) -> Cow<'a, str> {
        if self.escaped {
            unescape(self.raw, self.start + 1).map_or(Cow::Borrowed(self.raw), Cow::Owned)
        } else {
            Cow::Borrowed(self.raw)
        }
    }

    /// Like [`Self::name`], but half a surrogate pair is a fault.
    pub(crate) fn decoded(&self) -> Scan<Cow<'a, str>> {
        if self.escaped {
            unescape(self.raw, self.start + 1).map(Cow::Owned)
        } else {
            Ok(Cow::Borrowed(self.raw))
        }
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
                        return Err(Fault { kind: FaultKind::Escape, at });
                    }
                    None => {
                        return Err(Fault { kind: FaultKind::End, at: bytes.len() });
                    }
                }
            }
            Ok(6)
        }
        Some(_) => Err(Fault { kind: FaultKind::Escape, at }),
        None => Err(Fault { kind: FaultKind::End, at: bytes.len() }),
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
                let fault = Fault { kind: FaultKind::Surrogate, at: offset + at };
                text.push(char::from_u32(code).ok_or(fault)?);
            }
            Some(&plain) => text.push(char::from(plain)),
            None => {}
        }
    }
    text.push_str(raw.get(from..).unwrap_or_default());
    Ok(text)
}
