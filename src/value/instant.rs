//! Instants, days and presets. An RFC 3339 date-time is stored as seconds and nanoseconds since the epoch, so
//! different spellings of the same instant are equal, and instants compare as integers.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

const DAY: i64 = 86_400;

/// A point in time, exact to the nanosecond. Instants compare as times, and `Display` is RFC 3339 in UTC.
///
/// ```
/// use dora_score::Instant;
///
/// let day = Instant::parse_day("2026-01-31").ok_or("not a day")?;
/// assert_eq!(Instant::parse_any("2026-01-31T01:00:00+01:00"), Some(day));
/// assert_eq!(Instant::parse_any("2026-01-31"), Some(day));
/// assert_eq!(day.to_string(), "2026-01-31T00:00:00Z");
/// assert!(Instant::from_chrono(chrono::DateTime::UNIX_EPOCH) < day);
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant {
    seconds: i64,
    nanos: u32,
}

impl Instant {
    /// Parses an RFC 3339 date-time, such as `2026-01-31T09:30:00Z`. The separator is `T`, `t` or a space; the end
    /// is an offset, `Z` or `z`. Fractions of a nanosecond are dropped. Returns `None` for all other text and for
    /// second 60.
    ///
    /// ```
    /// use dora_score::Instant;
    ///
    /// let instant = Instant::parse("2026-01-31T10:30:00+01:00").ok_or("not a time")?;
    /// assert_eq!(instant.to_string(), "2026-01-31T09:30:00Z");
    /// assert_eq!(Instant::parse("2026-01-31"), None);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        // rejects most other strings quickly; the shortest date-time is 2026-01-31T00:00:00Z
        if bytes.len() < 20
            || bytes.get(4) != Some(&b'-')
            || !matches!(bytes.get(10), Some(b'T' | b't' | b' '))
        {
            return None;
        }
        let midnight = day(bytes)?;
        if bytes.get(13) != Some(&b':') || bytes.get(16) != Some(&b':') {
            return None;
        }
        let (hour, minute, second) = (digits(bytes, 11, 2)?, digits(bytes, 14, 2)?, digits(bytes, 17, 2)?);
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let mut rest = bytes.get(19..)?;
        let mut nanos = 0;
        if let Some(fraction) = rest.strip_prefix(b".") {
            let length = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if length == 0 {
                return None;
            }
            let digit =
                |at: usize| fraction.get(at).filter(|_| at < length).map_or(0, |byte| u32::from(byte - b'0'));
            nanos = (0..9).fold(0, |nanos, at| nanos * 10 + digit(at));
            rest = fraction.get(length..)?;
        }
        let local = midnight + hour * 3600 + minute * 60 + second;
        Some(Self { seconds: local - offset(rest)?, nanos })
    }

    /// Parses `YYYY-MM-DD` as the beginning of this day in UTC. Returns `None` for all other text and for days that do
    /// not exist.
    pub fn parse_day(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 { None } else { day(bytes).map(|seconds| Self { seconds, nanos: 0 }) }
    }

    /// Parses a date-time like [`Self::parse`], or a day like [`Self::parse_day`].
    pub fn parse_any(text: &str) -> Option<Self> {
        Self::parse(text).or_else(|| Self::parse_day(text))
    }

    /// Converts a date-time of the crate chrono, such as `chrono::Utc::now()`. A leap second becomes the
    /// nanosecond before it.
    pub fn from_chrono(time: DateTime<Utc>) -> Self {
        Self { seconds: time.timestamp(), nanos: time.timestamp_subsec_nanos().min(999_999_999) }
    }

    /// The seconds since the epoch, and the nanoseconds after them.
    pub(crate) fn to_parts(self) -> (i64, u32) {
        (self.seconds, self.nanos)
    }

    /// The instant with these seconds since the epoch, and nanoseconds after them.
    pub(crate) fn from_parts(seconds: i64, nanos: u32) -> Self {
        Self { seconds, nanos }
    }

    /// The seconds from the other instant to this one.
    pub(crate) fn seconds_since(self, other: Self) -> i64 {
        self.seconds - other.seconds
    }

    /// The instant that many seconds and nanoseconds later.
    #[expect(clippy::expect_used, reason = "a remainder of a division by a second fits")]
    pub(crate) fn plus(self, seconds: i64, nanos: i64) -> Self {
        const SECOND: i64 = 1_000_000_000;
        let total = i64::from(self.nanos) + nanos % SECOND;
        let carried = seconds + nanos / SECOND + total.div_euclid(SECOND);
        let nanos = u32::try_from(total.rem_euclid(SECOND)).expect("it is less than a second");
        Self { seconds: self.seconds + carried, nanos }
    }

    /// That many days later, or earlier if the number is negative.
    pub(crate) fn plus_days(self, days: i64) -> Self {
        Self { seconds: self.seconds + days * DAY, ..self }
    }

    /// The beginning of the day in UTC.
    pub(crate) fn midnight(self) -> Self {
        Self { seconds: self.seconds - self.seconds.rem_euclid(DAY), nanos: 0 }
    }

    /// The last nanosecond of the day that begins here.
    fn end_of_day(self) -> Self {
        Self { seconds: self.seconds + DAY - 1, nanos: 999_999_999 }
    }
}

/// RFC 3339 in UTC with `Z`. The fraction of a second has 0, 3, 6 or 9 digits.
impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match DateTime::from_timestamp(self.seconds, self.nanos) {
            Some(time) => f.write_str(&time.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            None => write!(f, "{} s", self.seconds),
        }
    }
}

/// The seconds from the epoch to the beginning of the day at the front of `bytes`.
fn day(bytes: &[u8]) -> Option<i64> {
    if bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return None;
    }
    let (year, month, day) = (digits(bytes, 0, 4)?, digits(bytes, 5, 2)?, digits(bytes, 8, 2)?);
    let date = NaiveDate::from_ymd_opt(
        i32::try_from(year).ok()?,
        u32::try_from(month).ok()?,
        u32::try_from(day).ok()?,
    )?;
    Some(date.and_hms_opt(0, 0, 0)?.and_utc().timestamp())
}

fn digits(bytes: &[u8], from: usize, count: usize) -> Option<i64> {
    bytes
        .get(from..from + count)?
        .iter()
        .try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0')))
}

/// Parses an offset as seconds east of UTC.
fn offset(bytes: &[u8]) -> Option<i64> {
    let sign = match bytes {
        b"Z" | b"z" => return Some(0),
        [b'+', ..] => 1,
        [b'-', ..] => -1,
        _ => return None,
    };
    if bytes.len() != 6 || bytes.get(3) != Some(&b':') {
        return None;
    }
    let (hours, minutes) = (digits(bytes, 1, 2)?, digits(bytes, 4, 2)?);
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * 3600 + minutes * 60))
}

/// The range of a date object.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum DateRange {
    /// From `from` to `to`, both included. A `to` that is a day includes the whole day.
    Ends { from: Instant, to: Instant },
    /// A range relative to `--as-of`.
    Preset(Preset),
}

impl DateRange {
    /// Parses the end of a range: a date-time, or a day, which means the last nanosecond of the day.
    pub(crate) fn end(text: &str) -> Option<Instant> {
        Instant::parse(text).or_else(|| Instant::parse_day(text).map(Instant::end_of_day))
    }

    /// The first and the last instant of the range.
    pub(crate) fn resolve(&self, as_of: Instant) -> (Instant, Instant) {
        match self {
            Self::Ends { from, to } => (*from, *to),
            Self::Preset(preset) => preset.resolve(as_of),
        }
    }
}

/// A named range relative to `--as-of`, in UTC.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Preset(usize);

/// The range of a preset, relative to `--as-of`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Period {
    /// A calendar day: 0 is today, -1 is yesterday.
    Day(i64),
    /// A period of that many days: up to `--as-of` if negative, from `--as-of` on if positive.
    Days(i64),
}

const PRESETS: [(&str, Period); 19] = [
    ("today", Period::Day(0)),
    ("tomorrow", Period::Day(1)),
    ("yesterday", Period::Day(-1)),
    ("lastDay", Period::Days(-1)),
    ("lastWeek", Period::Days(-7)),
    ("last2Weeks", Period::Days(-14)),
    ("lastMonth", Period::Days(-30)),
    ("last3Months", Period::Days(-90)),
    ("last6Months", Period::Days(-180)),
    ("last12Months", Period::Days(-365)),
    ("last2Years", Period::Days(-730)),
    ("last3Years", Period::Days(-1095)),
    ("nextDay", Period::Days(1)),
    ("nextWeek", Period::Days(7)),
    ("next2Weeks", Period::Days(14)),
    ("nextMonth", Period::Days(30)),
    ("next3Months", Period::Days(90)),
    ("next6Months", Period::Days(180)),
    ("next12Months", Period::Days(365)),
];

impl Preset {
    pub(crate) fn named(name: &str) -> Option<Self> {
        PRESETS.iter().position(|(known, _)| *known == name).map(Self)
    }

    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        PRESETS.iter().map(|(name, _)| *name)
    }

    #[expect(clippy::expect_used, reason = "`named` is the only way to create a preset")]
    fn entry(self) -> (&'static str, Period) {
        *PRESETS.get(self.0).expect("every preset is in the list")
    }

    pub(crate) fn name(self) -> &'static str {
        self.entry().0
    }

    /// The range, before it is resolved.
    pub(crate) fn period(self) -> Period {
        self.entry().1
    }

    /// The range in words, such as `the last 30 days`.
    pub(crate) fn meaning(self) -> String {
        let days = |count: i64| if count == 1 { "24 hours".to_owned() } else { format!("{count} days") };
        match self.entry().1 {
            Period::Day(-1) => "the calendar day before today".to_owned(),
            Period::Day(1) => "the calendar day after today".to_owned(),
            Period::Day(_) => "the current calendar day".to_owned(),
            Period::Days(count) if count < 0 => format!("the last {}", days(-count)),
            Period::Days(count) => format!("the next {}", days(count)),
        }
    }

    fn resolve(self, as_of: Instant) -> (Instant, Instant) {
        match self.entry().1 {
            Period::Day(days) => {
                let midnight = as_of.midnight().plus_days(days);
                (midnight, midnight.end_of_day())
            }
            Period::Days(days) if days < 0 => (as_of.plus_days(days), as_of),
            Period::Days(days) => (as_of, as_of.plus_days(days)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_spellings_of_one_instant_are_equal() {
        let expected = Instant::parse("2026-01-31T00:00:00Z").unwrap();
        for text in [
            "2026-01-31t00:00:00z",
            "2026-01-31 00:00:00Z",
            "2026-01-31T02:00:00+02:00",
            "2026-01-30T23:30:00-00:30",
            "2026-01-31T00:00:00.000000000999Z",
        ] {
            assert_eq!(Instant::parse(text), Some(expected), "{text}");
        }
        assert_eq!(expected.to_string(), "2026-01-31T00:00:00Z");
    }

    #[test]
    fn invalid_date_times_are_rejected() {
        for text in [
            "2026-01-31",
            "2026-01-31T00:00:60Z",
            "2026-02-30T00:00:00Z",
            "2026-01-31T24:00:00Z",
            "2026-01-31T00:00:00",
            "2026-01-31T00:00:00.Z",
            "2026-01-31T00:00:00+0200",
            "2026-01-31T00:00:00+24:00",
            "+026-01-31T00:00:00Z",
            "2026-01-31T00:00Z",
            "2026-01-31X00:00:00Z",
            "２０26-01-31T00:00:00Z",
            "",
        ] {
            assert_eq!(Instant::parse(text), None, "{text}");
        }
    }
}
