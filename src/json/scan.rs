//! The one-pass scanner, which skips or decodes one value at a time.
//!
//! The steps of its inner loop have `inline(always)`, here and in the decoder of entities. Without it,
//! evaluating a million entities takes 17 % more CPU time (2026-11).
//!
//! A fault of kind [`FaultKind::End`] means that the text is valid so far, and that more text may complete it.

#![expect(clippy::expect_used, reason = "the cursor is always inside the text and between two characters")]

use super::fault::{Fault, FaultKind, Scan};
use super::find::Specials;
use super::key::{Key, Word, escape_length, unescape};
use super::number;
use std::borrow::Cow;

/// The maximum depth of nested arrays and objects.
const MAX_DEPTH: u32 = 128;

/// A cursor in JSON text.
#[derive(Clone, Copy)]
pub(crate) struct Scanner<'a> {
    text: &'a str,
    pos: usize,
    /// The number of brackets that are open at the cursor.
    depth: u32,
    /// Whether the text is the end of the input, so that a number at its end is complete.
    whole: bool,
    specials: &'a Specials,
}

impl<'a> Scanner<'a> {
    /// A scanner at the beginning of `text`. `specials` are the special bytes of `text`. `whole` is `true` if `text`
    /// is the end of the input.
    pub(crate) fn new(text: &'a str, specials: &'a Specials, whole: bool) -> Self {
        Self { text, pos: 0, depth: 0, whole, specials }
    }

    /// Another scanner of the same text, at byte `pos` and inside `depth` open brackets.
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
        self.text.get(from..self.pos).expect("the cursor moves forward")
    }

    /// Moves past `text` if it is at the cursor. It must be a whole value that was read before.
    pub(crate) fn take_known(&mut self, text: &str) -> bool {
        let is_next = self.bytes().get(self.pos..).is_some_and(|rest| rest.starts_with(text.as_bytes()));
        if is_next {
            self.pos += text.len();
        }
        is_next
    }

    /// Moves to the next byte that is not white space, and returns it without reading it.
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

    /// Moves past the byte that [`Self::peek`] returned.
    #[inline]
    pub(crate) fn bump(&mut self) {
        self.pos += 1;
    }

    #[inline]
    pub(crate) fn fault(&self, kind: FaultKind) -> Fault {
        Fault::new(kind, self.pos)
    }

    /// A fault of this kind at the next byte, or of kind `End` at the end of the text.
    pub(crate) fn unexpected(&mut self, kind: FaultKind) -> Fault {
        if self.peek().is_none() { self.fault(FaultKind::End) } else { self.fault(kind) }
    }

    /// Moves past the next byte, an opening bracket.
    #[inline]
    pub(crate) fn open(&mut self) -> Scan<()> {
        if self.depth >= MAX_DEPTH {
            return Err(self.fault(FaultKind::Depth));
        }
        self.depth += 1;
        self.pos += 1;
        Ok(())
    }

    /// Moves past the next byte, a closing bracket.
    #[inline]
    pub(crate) fn close(&mut self) {
        self.depth = self.depth.saturating_sub(1);
        self.pos += 1;
    }

    /// Moves to the next element of an array. Returns `false` and moves past the `]` if there is none.
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

    /// Reads the next key of an object and moves to its value. Returns `None` and moves past the `}` if there
    /// is none.
    #[inline(always)]
    pub(crate) fn member(&mut self, first: &mut bool) -> Scan<Option<Key<'a>>> {
        if self.next_member(first)? { self.key().map(Some) } else { Ok(None) }
    }

    /// Moves to where the next key of an object should be. Returns `false` and moves past the `}` if there is no
    /// next member.
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

    /// Moves past `word` and returns `true` if it is next. Can miss a word in the last 16 bytes of the text, because
    /// 16 bytes are compared at a time.
    #[inline(always)]
    pub(crate) fn take(&mut self, word: &Word) -> bool {
        let next = self.bytes().get(self.pos..).is_some_and(|rest| word.is_prefix_of(rest));
        if next {
            self.pos += word.length;
        }
        next
    }

    /// Reads a key and its colon.
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

    /// Skips a string, whose opening quote is next. Returns whether it has escapes.
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

    /// Skips a string that may have escapes.
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

    /// Decodes a string, whose opening quote is next.
    #[inline(always)]
    pub(crate) fn string(&mut self) -> Scan<Cow<'a, str>> {
        let start = self.pos;
        let escaped = self.skip_string()?;
        let raw = self.text.get(start + 1..self.pos - 1).expect("a string has two quotes");
        if escaped { unescape(raw, start + 1).map(Cow::Owned) } else { Ok(Cow::Borrowed(raw)) }
    }

    /// Reads a number, which is next.
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
        match number::read(bytes.get(self.pos..).expect("the cursor is inside the text")) {
            Ok(number) => {
                self.pos += number.length;
                // a number at the end may continue in the text that follows
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

    /// Moves past `word`, which is `true`, `false` or `null`.
    #[inline]
    pub(crate) fn literal(&mut self, word: &'static str) -> Scan<()> {
        let rest = self.bytes().get(self.pos..).expect("the cursor is inside the text");
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

    /// Skips one value of any type.
    #[inline(always)]
    pub(crate) fn skip_value(&mut self) -> Scan<()> {
        match self.peek() {
            Some(b'"') => self.skip_string().map(drop),
            Some(b'-' | b'0'..=b'9') => self.scan_number().map(drop),
            _ => self.skip_nested(),
        }
    }

    /// Skips a value that may contain other values. It does not recurse: the open brackets are bits of an integer.
    fn skip_nested(&mut self) -> Scan<()> {
        let outer = self.depth;
        // bit 0 is for the innermost bracket: 1 for an object, 0 for an array
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
