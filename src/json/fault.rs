//! Faults in JSON text, with their places in bytes. Line and column are computed only when a fault is shown.

use std::num::NonZero;

/// A fault and the byte where it is, packed into one word because every step of the scanner returns a result
/// with it: 2 % less CPU time for a million entities than a struct of two fields (2026-11).
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault(NonZero<u64>);

impl Fault {
    const KIND_BITS: u32 = 4;

    #[cold]
    #[expect(clippy::expect_used, reason = "the kind plus one is never zero")]
    pub(crate) fn new(kind: FaultKind, at: usize) -> Self {
        let word = (at as u64) << Self::KIND_BITS | (kind as u64 + 1);
        Self(NonZero::new(word).expect("the number is not zero"))
    }

    #[expect(clippy::expect_used, reason = "`new` stores a valid kind")]
    pub(crate) fn kind(self) -> FaultKind {
        let number = (self.0.get() & ((1 << Self::KIND_BITS) - 1)) - 1;
        FaultKind::ALL.get(number as usize).copied().expect("every fault has a kind")
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

/// The result of a step of the scanner.
pub(super) type Scan<T> = Result<T, Fault>;

/// The ways in which text can be invalid: malformed JSON, or JSON that the program cannot represent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// The text ends in the middle of a value.
    End,
    /// No value begins where one is required.
    Value,
    /// No key begins where one is required.
    Key,
    /// No `:` after a key.
    Colon,
    /// Neither `,` nor the closing bracket after a member.
    Comma,
    /// A control character inside a string.
    Control,
    /// A backslash that does not begin an escape.
    Escape,
    /// Half of a surrogate pair.
    Surrogate,
    /// An invalid number, such as `01` or `1.`.
    Number,
    /// A number that is too large for a double.
    Range,
    /// Arrays and objects that are nested too deep.
    Depth,
    /// Bytes that are not UTF-8.
    Utf8,
    /// More text after the end of the document.
    Trailing,
    /// More values than are kept for one document.
    Nodes,
}

impl FaultKind {
    /// All kinds in the order of their declaration, which `Fault::kind` relies on.
    const ALL: [Self; 14] = [
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
        Self::Nodes,
    ];
}
