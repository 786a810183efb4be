//! Spans: whole numbers of days or weeks, such as `12w`.

use std::fmt;
use std::str::FromStr;

/// A whole number of days or weeks, above 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    days: u32,
}

impl Span {
    /// The number of days.
    pub(crate) fn days(self) -> u32 {
        self.days
    }
}

impl FromStr for Span {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        /// A hundred years. A longer span is a mistake, and its beginning may be before the year 0.
        const MOST_DAYS: u32 = 36_525;
        let (number, unit) = match text.strip_suffix('w') {
            Some(weeks) => (weeks, 7),
            None => (text.strip_suffix('d').unwrap_or_default(), 1),
        };
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        // a number that is too large for the type is also more than the most
        let count = is_number.then(|| number.parse().unwrap_or(u32::MAX));
        match count.map(|count| count.saturating_mul(unit)) {
            Some(days @ 1..=MOST_DAYS) => Ok(Self { days }),
            Some(1..) => Err("write at most 100 years".to_owned()),
            _ => Err("write a number of days or weeks above 0, such as 30d or 12w".to_owned()),
        }
    }
}

/// The span as it is written, in weeks if it has whole weeks.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.days.is_multiple_of(7) {
            write!(f, "{}w", self.days / 7)
        } else {
            write!(f, "{}d", self.days)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_a_whole_number_of_days_or_weeks() {
        for (text, days) in [("1d", 1), ("12w", 84), ("180d", 180), ("007d", 7), ("36525d", 36525)] {
            assert_eq!(text.parse::<Span>().map(Span::days), Ok(days), "{text}");
        }
        for text in [
            "",
            "d",
            "0d",
            "0w",
            "12",
            "1.5w",
            "-1d",
            "+1d",
            "1 d",
            "12W",
            "1m",
            "36526d",
            "99999999999d",
            "٣d",
        ] {
            assert!(text.parse::<Span>().is_err(), "{text:?}");
        }
        for (text, written) in [("84d", "12w"), ("30d", "30d")] {
            assert_eq!(text.parse::<Span>().map(|span| span.to_string()), Ok(written.to_owned()));
        }
    }
}
