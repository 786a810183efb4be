//! The last day on which a waiver excuses results.

use crate::value::Instant;
use std::fmt;
use std::str::FromStr;

/// The last day, in UTC, on which a waiver excuses results. It is parsed from `YYYY-MM-DD`, and its `Display` is that
/// text.
///
/// ```
/// use dora_score::{Expiry, Instant};
///
/// let expiry: Expiry = "2026-01-31".parse()?;
/// let is_over = |time: &str| Instant::parse(time).map(|time| expiry.is_over(time));
/// assert_eq!(is_over("2026-01-31T23:59:59Z"), Some(false));
/// assert_eq!(is_over("2026-02-01T00:00:00Z"), Some(true));
/// assert_eq!("next year".parse::<Expiry>().unwrap_err(), "write a day, such as 2026-12-31");
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Expiry(Instant);

impl Expiry {
    /// Whether the day is over at this time.
    pub fn is_over(self, as_of: Instant) -> bool {
        as_of >= self.0.plus_days(1)
    }
}

impl FromStr for Expiry {
    type Err = String;

    /// Parses a day, such as `2026-12-31`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Instant::parse_day(text).map(Self).ok_or_else(|| "write a day, such as 2026-12-31".to_owned())
    }
}

impl fmt::Display for Expiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.0.to_string();
        f.write_str(text.split_once('T').map_or(text.as_str(), |(day, _)| day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_included() {
        let expiry: Expiry = "2026-01-31".parse().unwrap();
        assert_eq!(expiry.to_string(), "2026-01-31");
        for (as_of, is_over) in [
            ("2026-01-01T00:00:00Z", false),
            ("2026-01-31T23:59:59.999999999Z", false),
            ("2026-01-31T23:59:59-01:00", true),
            ("2026-02-01T00:00:00Z", true),
        ] {
            assert_eq!(expiry.is_over(Instant::parse(as_of).unwrap()), is_over, "{as_of}");
        }
        for wrong in ["", "2026-02-30", "2026-1-31", "2026-01-31T00:00:00Z", " 2026-01-31", "20260131"] {
            assert!(wrong.parse::<Expiry>().is_err(), "{wrong}");
        }
        let last: Expiry = "9999-12-31".parse().unwrap();
        assert_eq!((last.to_string().as_str(), last > expiry), ("9999-12-31", true));
    }
}
