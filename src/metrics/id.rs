//! Identifiers as hashes. Millions of events have one, and each is only compared with others.

use siphasher::sip128::{Hasher128, SipHasher13};
use std::hash::Hasher;
use std::num::NonZero;

/// The hash of an identifier. It has 127 bits, so among a billion identifiers two have the same one with a probability of
/// 3 in 10^21.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Id {
    low: [u32; 3],
    /// Never 0, so that an optional id needs no more memory.
    high: NonZero<u32>,
}

impl Id {
    #[expect(clippy::cast_possible_truncation, reason = "the hash is divided into four parts")]
    pub(super) fn of(text: &str) -> Self {
        let mut hasher = SipHasher13::new();
        hasher.write(text.as_bytes());
        let hash = hasher.finish128().as_u128();
        let low = [hash as u32, (hash >> 32) as u32, (hash >> 64) as u32];
        Self { low, high: NonZero::<u32>::MIN | (hash >> 96) as u32 }
    }

    /// The part of it that a hash table needs.
    pub(super) fn short(self) -> u64 {
        let [low, high, _] = self.low;
        u64::from(high) << 32 | u64::from(low)
    }
}
