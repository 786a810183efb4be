//! Identifiers in 16 bytes. Millions of events have one, and each is only compared with others.

use foldhash::fast::RandomState;
use siphasher::sip128::{Hasher128, SipHasher13};
use std::hash::{BuildHasher, Hasher};
use std::num::NonZero;

/// An identifier: its bytes if it has at most 15, otherwise a hash of them. The hash has 127 bits, so among a billion
/// long identifiers two have the same one with a probability of 3 in 10^21.
#[derive(Debug, Clone, Copy, Eq)]
pub(super) struct Id {
    low: [u32; 3],
    /// Never 0, so that an optional id needs no more memory.
    high: NonZero<u32>,
}

impl PartialEq for Id {
    /// Compares all bits at once, without a branch.
    #[inline(always)]
    fn eq(&self, other: &Self) -> bool {
        self.bits() == other.bits()
    }
}

/// The most bytes that are kept as they are. The last byte of the 16 tells how many there are.
const MOST: usize = 15;

impl Id {
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        // hashing short ids too takes 7 % more CPU time for a million events (2026-11)
        if bytes.len() <= MOST {
            Self::from_bits(joined(bytes) | (bytes.len() as u128 + 1) << 120)
        } else {
            let mut hasher = SipHasher13::new();
            hasher.write(bytes);
            Self::from_bits(hasher.finish128().as_u128() | 1 << 127)
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "the bits are divided into four parts")]
    #[expect(clippy::expect_used, reason = "the last byte is never 0")]
    fn from_bits(bits: u128) -> Self {
        let low = [bits as u32, (bits >> 32) as u32, (bits >> 64) as u32];
        Self { low, high: NonZero::new((bits >> 96) as u32).expect("the last byte tells the length") }
    }

    #[inline(always)]
    fn bits(self) -> u128 {
        let [a, b, c] = self.low.map(u128::from);
        u128::from(self.high.get()) << 96 | c << 64 | b << 32 | a
    }

    /// A hash of it for a table.
    #[inline(always)]
    #[expect(clippy::cast_possible_truncation, reason = "the bits are divided into two parts")]
    pub(super) fn hash(self, state: &RandomState) -> u64 {
        let bits = self.bits();
        let mut hasher = state.build_hasher();
        hasher.write_u64(bits as u64);
        hasher.write_u64((bits >> 64) as u64);
        hasher.finish()
    }
}

/// At most 15 bytes as an integer, the first one lowest.
fn joined(bytes: &[u8]) -> u128 {
    // the first and the last bytes may overlap, and agree where they do
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let last = u128::from(u64::from_le_bytes(*last));
        return u128::from(u64::from_le_bytes(*first)) | last << (8 * (bytes.len() - 8));
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let last = u128::from(u32::from_le_bytes(*last));
        return u128::from(u32::from_le_bytes(*first)) | last << (8 * (bytes.len() - 4));
    }
    bytes.iter().rev().fold(0, |bits, byte| bits << 8 | u128::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_equal_only_if_their_texts_are() {
        let alphabet = "abcdefghijklmnopqrstuvwxyz";
        let mut texts: Vec<String> =
            (0..alphabet.len()).map(|length| alphabet[..length].to_owned()).collect();
        texts.extend((1..alphabet.len()).map(|length| alphabet[1..=length].to_owned()));
        texts.extend((1..20).map(|length| "\0".repeat(length)));
        for one in &texts {
            for other in &texts {
                assert_eq!(Id::of(one) == Id::of(other), one == other, "{one:?} {other:?}");
            }
        }
    }

    #[test]
    fn short_ids_are_kept_as_they_are() {
        let bytes: Vec<u8> = (1..=15).collect();
        for length in 0..=15 {
            let expected = bytes[..length].iter().rev().fold(0, |bits, byte| bits << 8 | u128::from(*byte));
            assert_eq!(joined(&bytes[..length]), expected, "{length}");
        }
    }
}
