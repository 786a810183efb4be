//! The clock: read once, unless `--as-of` says what time it is.

use dora_score::Instant;

/// Reads `--as-of`.
pub(crate) fn parse(text: &str) -> Result<Instant, String> {
    Instant::parse_any(text).ok_or_else(|| "write 2026-01-31, or 2026-01-31T09:30:00Z".to_owned())
}

/// The current time, to the second.
pub(crate) fn now() -> Instant {
    let now = chrono::Utc::now();
    Instant::from_chrono(chrono::DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now))
}
