//! The time that date presets are relative to: `--as-of`, or the clock, which is read only once.

use crate::value::Instant;

/// Parses the value of `--as-of`.
pub(crate) fn parse(text: &str) -> Result<Instant, String> {
    // an offset can move the time out of the years 0000 to 9999, the only ones that RFC 3339 has
    let in_utc = |instant: &Instant| Instant::parse(&instant.to_string()).is_some();
    Instant::parse_any(text)
        .filter(in_utc)
        .ok_or_else(|| "write a day or a time, such as 2026-01-31 or 2026-01-31T09:30:00Z".to_owned())
}

/// The current time, to the second.
pub(crate) fn now() -> Instant {
    let now = chrono::Utc::now();
    Instant::from_chrono(chrono::DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now))
}
