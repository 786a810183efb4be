//! Keys of objects, escapes in strings, and short byte strings for fast comparison.

#![expect(
    clippy::expect_used,
    reason = "the scanner has checked the key and its escapes, so their bytes are in the text"
)]

use super::fault::{Fault, FaultKind, Scan};
use std::borrow::Cow;

/// A key of an object, as written in the text.
#[derive(Clone, Copy)]
pub(crate) struct Key<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) escaped: bool,
}

impl<'a> Key<'a> {
    /// Its place in the text, including the quotes.
    pub(crate) fn span(&self) -> std::ops::Range<usize> {
        self.start..self.end
    }

    /// Whether it has no escapes.
    pub(crate) fn is_plain(&self) -> bool {
        !self.escaped
    }

    /// The text between the quotes, as it is written.
    pub(crate) fn written(&self) -> &'a str {
        self.text.get(self.start + 1..self.end - 1).expect("a key has two quotes")
    }

    /// The bytes between the quotes.
    #[inline(always)]
    fn raw(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.start + 1..self.end - 1).expect("a key has two quotes")
    }

    /// The key with its escapes resolved. A key with half a surrogate pair is returned as written, because
    /// no scorecard can name it.
    #[inline(always)]
    pub(crate) fn name(&self) -> Cow<'a, [u8]> {
        if self.escaped { self.unescaped() } else { Cow::Borrowed(self.raw()) }
    }

    #[cold]
    fn unescaped(&self) -> Cow<'a, [u8]> {
        self.decoded().map_or(Cow::Borrowed(self.raw()), |name| Cow::Owned(name.into_owned().into_bytes()))
    }

    /// Like [`Self::name`], but returns a fault for half a surrogate pair.
    pub(crate) fn decoded(&self) -> Scan<Cow<'a, str>> {
        let raw = self.written();
        if self.escaped { unescape(raw, self.start + 1).map(Cow::Owned) } else { Ok(Cow::Borrowed(raw)) }
    }
}

/// A byte string of up to 32 bytes, compared as two integers: 4 % less CPU time for a million entities than
/// comparing slices (2026-11).
pub(crate) struct Word {
    pub(super) length: usize,
    /// The first 16 bytes.
    front: u128,
    /// The bits of `front` that belong to the word. In a word of fewer than 16 bytes, the other bits are 0.
    mask: u128,
    /// The last 16 bytes, if the word is longer than 16 bytes.
    back: Option<u128>,
}

impl Word {
    const WIDTH: usize = 16;

    /// Creates a word. Returns `None` if `bytes` is longer than 32 bytes.
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
    pub(super) fn is_prefix_of(&self, rest: &[u8]) -> bool {
        let Some(front) = rest.first_chunk::<{ Self::WIDTH }>() else { return false };
        if (u128::from_le_bytes(*front) ^ self.front) & self.mask != 0 {
            return false;
        }
        let Some(back) = self.back else { return true };
        let actual = rest.get(..self.length).and_then(|word| word.last_chunk::<{ Self::WIDTH }>());
        actual.is_some_and(|actual| u128::from_le_bytes(*actual) == back)
    }
}

/// The length in bytes of the escape at `at`.
pub(super) fn escape_length(bytes: &[u8], at: usize) -> Scan<usize> {
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

/// Resolves the escapes of a string, which [`escape_length`] has checked. `offset` is where `raw` begins.
pub(super) fn unescape(raw: &str, offset: usize) -> Scan<String> {
    let unit = |at: usize| {
        raw.get(at..at + 6)
            .filter(|s| s.starts_with("\\u"))
            .and_then(|s| u32::from_str_radix(&s[2..], 16).ok())
    };
    let mut text = String::with_capacity(raw.len());
    let mut from = 0;
    while let Some(found) = raw.get(from..).and_then(|rest| rest.find('\\')) {
        let at = from + found;
        text.push_str(raw.get(from..at).expect("an escape begins after the last"));
        from = at + 2;
        match raw.as_bytes().get(at + 1) {
            Some(b'b') => text.push('\u{8}'),
            Some(b'f') => text.push('\u{c}'),
            Some(b'n') => text.push('\n'),
            Some(b'r') => text.push('\r'),
            Some(b't') => text.push('\t'),
            Some(b'u') => {
                from = at + 6;
                let mut code = unit(at).expect("four hexadecimal digits follow");
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
    text.push_str(raw.get(from..).expect("an escape is whole"));
    Ok(text)
}
