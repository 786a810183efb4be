//! Times and durations in 12 bytes, because millions of them are kept.

use crate::value::Instant;

/// An instant or a duration: seconds and nanoseconds, without padding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Packed([u32; 3]);

const SECOND: u128 = 1_000_000_000;

impl Packed {
    pub(super) const ZERO: Self = Self([0; 3]);
    /// No instant: one with more nanoseconds than a second has.
    pub(super) const NONE: Self = Self([u32::MAX; 3]);

    pub(super) fn instant(instant: Instant) -> Self {
        let (seconds, nanos) = instant.to_parts();
        Self::of(seconds.cast_unsigned(), nanos)
    }

    pub(super) fn to_instant(self) -> Instant {
        let (seconds, nanos) = self.parts();
        Instant::from_parts(seconds.cast_signed(), nanos)
    }

    /// A number of nanoseconds. Durations are limited, so the seconds fit.
    #[expect(clippy::expect_used, reason = "the longest duration that counts has 36,000,000,000 seconds")]
    pub(super) fn nanos(nanos: u128) -> Self {
        let seconds = u64::try_from(nanos / SECOND).expect("the duration is limited");
        let rest = u32::try_from(nanos % SECOND).expect("it is less than a second");
        Self::of(seconds, rest)
    }

    pub(super) fn to_nanos(self) -> u128 {
        let (seconds, nanos) = self.parts();
        u128::from(seconds) * SECOND + u128::from(nanos)
    }

    #[expect(clippy::cast_possible_truncation, reason = "the halves of a number are kept apart")]
    pub(super) fn of(seconds: u64, nanos: u32) -> Self {
        Self([seconds as u32, (seconds >> 32) as u32, nanos])
    }

    fn parts(self) -> (u64, u32) {
        let Self([low, high, nanos]) = self;
        (u64::from(high) << 32 | u64::from(low), nanos)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn instants_and_durations_are_the_same_after_packing(seconds in -70_000_000_000_i64..300_000_000_000, nanos in 0..1_000_000_000_u32) {
            let instant = Instant::from_parts(seconds, nanos);
            prop_assert_eq!(Packed::instant(instant).to_instant(), instant);
            let duration = u128::from(seconds.unsigned_abs()) * SECOND + u128::from(nanos);
            prop_assert_eq!(Packed::nanos(duration).to_nanos(), duration);
        }
    }
}
