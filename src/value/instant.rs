//! Instants, days and presets. An RFC 3339 date-time becomes a count of seconds and nanoseconds, so
//! that two spellings of the same instant are equal and every comparison is one of integers.

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

const DAY: i64 = 86_400;

/// A point in time, exact to the nanosecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant {
    seconds: i64,
    nanos: u32,
}

impl Instant {
    /// Reads an RFC 3339 date-time: `T`, `t` or a space in the middle, an offset, `Z` or `z` at the end.
    /// Digits past the ninth of a second are dropped; second 60 is refused.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        // the shortest is 2026-01-31T00:00:00Z; one byte decides for most strings
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

    /// Reads `YYYY-MM-DD` as its midnight in UTC.
    pub fn parse_day(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 { None } else { day(bytes).map(|seconds| Self { seconds, nanos: 0 }) }
    }

    /// Reads a date-time or a day.
    pub fn parse_any(text: &str) -> Option<Self> {
        Self::parse(text).or_else(|| Self::parse_day(text))
    }

    /// The instant of a chrono date-time, to the nanosecond.
    pub fn from_chrono(time: DateTime<Utc>) -> Self {
        Self { seconds: time.timestamp(), nanos: time.timestamp_subsec_nanos().min(999_999_999) }
    }

    /// Seconds from the other instant to this one.
    pub(crate) fn seconds_since(self, other: Self) -> i64 {
        self.seconds - other.seconds
    }

    /// That many seconds and nanoseconds later.
    pub(crate) fn plus(self, seconds: i64, nanos: i64) -> Self {
        const SECOND: i64 = 1_000_000_000;
        let total = i64::from(self.nanos) + nanos % SECOND;
        let carried = seconds + nanos / SECOND + total.div_euclid(SECOND);
        let nanos = u32::try_from(total.rem_euclid(SECOND)).unwrap_or_default();
        Self { seconds: self.seconds + carried, nanos }
    }

    fn plus_days(self, days: i64) -> Self {
        Self { seconds: self.seconds + days * DAY, ..self }
    }

    fn midnight(self) -> Self {
        Self { seconds: self.seconds - self.seconds.rem_euclid(DAY), nanos: 0 }
    }

    /// The last nanosecond of the day that begins here.
    fn end_of_day(self) -> Self {
        Self { seconds: self.seconds + DAY - 1, nanos: 999_999_999 }
    }
}

/// RFC 3339 in `Z`, with only as many digits of a second as it takes.
impl std::fmt::Display for Instant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match DateTime::from_timestamp(self.seconds, self.nanos) {
            Some(time) => f.write_str(&time.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
            None => write!(f, "{} s", self.seconds),
        }
    }
}

/// Seconds from the epoch to the midnight of the day at the front of `bytes`.
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

/// Seconds east of UTC.
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

/// The two ends of a date object, as a user wrote them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum DateRange {
    /// `from` and `to`; a `to` that is a day takes in all of it.
    Ends { from: Instant, to: Instant },
    /// A range relative to `--as-of`.
    Preset(Preset),
}

impl DateRange {
    /// Reads both ends; `None` for one that is neither date-time nor day.
    pub(crate) fn end(text: &str) -> Option<Instant> {
        Instant::parse(text).or_else(|| Instant::parse_day(text).map(Instant::end_of_day))
    }

    /// The first and the last instant inside.
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

#[derive(Clone, Copy)]
enum Span {
    /// The calendar day that many days from today.
    Day(i64),
    /// That many days back (negative) or forward.
    Days(i64),
}

const PRESETS: [(&str, Span); 19] = [
    ("today", Span::Day(0)),
    ("tomorrow", Span::Day(1)),
    ("yesterday", Span::Day(-1)),
    ("lastDay", Span::Days(-1)),
    ("lastWeek", Span::Days(-7)),
    ("last2Weeks", Span::Days(-14)),
    ("lastMonth", Span::Days(-30)),
    ("last3Months", Span::Days(-90)),
    ("last6Months", Span::Days(-180)),
    ("last12Months", Span::Days(-365)),
    ("last2Years", Span::Days(-730)),
    ("last3Years", Span::Days(-1095)),
    ("nextDay", Span::Days(1)),
    ("nextWeek", Span::Days(7)),
    ("next2Weeks", Span::Days(14)),
    ("nextMonth", Span::Days(30)),
    ("next3Months", Span::Days(90)),
    ("next6Months", Span::Days(180)),
    ("next12Months", Span::Days(365)),
];

impl Preset {
    pub(crate) fn named(name: &str) -> Option<Self> {
        PRESETS.iter().position(|(known, _)| *known == name).map(Self)
    }

    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        PRESETS.iter().map(|(name, _)| *name)
    }

    pub(crate) fn name(self) -> &'static str {
        PRESETS.get(self.0).map_or("", |(name, _)| name)
    }

    /// The range in words: `the 30 days up to now`.
    pub(crate) fn meaning(self) -> String {
        let days = |count: i64| if count == 1 { "24 hours".to_owned() } else { format!("{count} days") };
        match PRESETS.get(self.0).map_or(Span::Days(0), |(_, span)| *span) {
            Span::Day(-1) => "the calendar day before today".to_owned(),
            Span::Day(1) => "the calendar day after today".to_owned(),
            Span::Day(_) => "the calendar day of today".to_owned(),
            Span::Days(count) if count < 0 => format!("the {} up to now", days(-count)),
            Span::Days(count) => format!("the {} from now on", days(count)),
        }
    }

    fn resolve(self, as_of: Instant) -> (Instant, Instant) {
        match PRESETS.get(self.0).map_or(Span::Days(0), |(_, span)| *span) {
            Span::Day(days) => {
                let midnight = as_of.midnight().plus_days(days);
                (midnight, midnight.end_of_day())
            }
            Span::Days(days) if days < 0 => (as_of.plus_days(days), as_of),
            Span::Days(days) => (as_of, as_of.plus_days(days)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_instant() {
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
    fn what_is_no_date_time() {
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
