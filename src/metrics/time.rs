//! Times of events, and durations exact to the nanosecond.

use super::packed::Packed;
use super::quotient::nearest_multiple;
use crate::value::Instant;

/// A second, in nanoseconds.
const SECOND: u64 = 1_000_000_000;
/// A minute, in nanoseconds.
pub(super) const MINUTE: u64 = 60 * SECOND;
/// An hour, in nanoseconds.
pub(super) const HOUR: u64 = 60 * MINUTE;

/// The longest duration that counts: 10,000,000 hours. A longer one is a mistake, such as a time in the year 1.
const LONGEST: u128 = 10_000_000 * HOUR as u128;
const LONGEST_SECONDS: u64 = 10_000_000 * 3600;
/// The nanoseconds of a second.
const NANOS: u32 = 1_000_000_000;

/// How long something took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Duration {
    /// At most [`LONGEST`].
    Plausible(Packed),
    /// It ended before it began, or took longer than [`LONGEST`].
    Implausible,
}

impl Duration {
    /// The time from `start` to `end`.
    pub(super) fn between(start: Instant, end: Instant) -> Self {
        let (from, to) = (start.to_parts(), end.to_parts());
        // the numbers of nanoseconds would need divisions of 128 bits
        let (seconds, nanos) = match to.1.checked_sub(from.1) {
            Some(nanos) => (to.0 - from.0, nanos),
            None => (to.0 - from.0 - 1, to.1 + NANOS - from.1),
        };
        match u64::try_from(seconds) {
            Ok(seconds) if (seconds, nanos) <= (LONGEST_SECONDS, 0) => {
                Self::Plausible(Packed::of(seconds, nanos))
            }
            _ => Self::Implausible,
        }
    }

    /// A number of units, rounded to the nanosecond. `unit` is in nanoseconds.
    pub(super) fn of(number: f64, unit: u64) -> Self {
        nearest_multiple(number, unit).map_or(Self::Implausible, Self::limited)
    }

    fn limited(nanos: u128) -> Self {
        if nanos <= LONGEST { Self::Plausible(Packed::nanos(nanos)) } else { Self::Implausible }
    }
}

/// Parses the time of an event: RFC 3339, also with an offset without a colon, or a day.
pub(super) fn parse_time(text: &str) -> Option<Instant> {
    Instant::parse_any(text).or_else(|| {
        // Jira writes `2026-01-31T09:30:00.000+0000`
        let (time, offset) = text.split_at_checked(text.len().checked_sub(5)?)?;
        let (sign_and_hours, minutes) = offset.split_at_checked(3)?;
        let has_sign = sign_and_hours.starts_with(['+', '-']);
        has_sign.then(|| Instant::parse(&format!("{time}{sign_and_hours}:{minutes}")))?
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_needs_no_colon() {
        let expected = Instant::parse("2026-01-31T09:30:00Z");
        for text in ["2026-01-31T11:30:00+0200", "2026-01-31T09:30:00.000+0000", "2026-01-31T08:00:00-0130"] {
            assert_eq!(parse_time(text), expected, "{text}");
        }
        assert_eq!(parse_time("2026-01-31"), Instant::parse("2026-01-31T00:00:00Z"));
        for text in
            ["", "0000", "2026-01-31T11:30:00+200", "2026-01-31T11:30:00 0200", "2026-01-31+0200", "é+0200"]
        {
            assert_eq!(parse_time(text), None, "{text:?}");
        }
    }

    #[test]
    fn durations_are_exact_and_plausible() {
        let time = |text| Instant::parse(text).unwrap();
        let start = time("2026-01-31T00:00:00.000000001Z");
        assert_eq!(
            Duration::between(start, time("2026-01-31T00:00:01Z")),
            Duration::Plausible(Packed::nanos(999_999_999))
        );
        assert_eq!(Duration::between(start, start), Duration::Plausible(Packed::nanos(0)));
        assert_eq!(Duration::between(start, time("2026-01-31T00:00:00Z")), Duration::Implausible);
        let longest = start.plus(10_000_000 * 3600, 0);
        assert_eq!(Duration::between(start, longest), Duration::Plausible(Packed::nanos(LONGEST)));
        assert_eq!(Duration::between(start, longest.plus(0, 1)), Duration::Implausible);
        assert_eq!(Duration::of(0.5, HOUR), Duration::Plausible(Packed::nanos(1_800_000_000_000)));
        assert_eq!(Duration::of(1e7, HOUR), Duration::Plausible(Packed::nanos(LONGEST)));
        assert_eq!(Duration::of(1.000_000_1e7, HOUR), Duration::Implausible);
        assert_eq!(Duration::of(-0.1, HOUR), Duration::Implausible);
    }
}
