//! The options of a gate: minimum levels, and how to judge results without data.

use crate::diagnostic::quoted;
use crate::grade::no_data::NoDataReason;
use crate::quoting::{HELP, split_name};

/// The minimum level of one scorecard or of all scorecards, for a [`Gate`](crate::Gate). It is parsed from the text of
/// `--min-level`; the error of parsing is one line for people that says what to write instead.
///
/// ```
/// use dora_score::{Minimum, Share};
///
/// let minimum: Minimum = "dora_cfr=Silver@80%".parse()?;
/// assert_eq!((minimum.scorecard.as_deref(), minimum.level.as_str()), (Some("dora_cfr"), "Silver"));
/// assert_eq!(minimum.share.map(Share::percent), Some(80));
/// assert!(minimum.share < Some(Share::ALL) && Share::new(101).is_none());
///
/// // a program that has the parts needs no text
/// let bronze = Minimum { scorecard: None, level: "Bronze".to_owned(), share: None };
/// assert_eq!(bronze, "Bronze".parse()?);
/// let error = "Silver@80".parse::<Minimum>().unwrap_err();
/// assert_eq!(error, "after `@`, write a share from 1% to 100%, such as 80%, not `80`");
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minimum {
    /// The scorecard's identifier; `None` for all scorecards.
    pub scorecard: Option<String>,
    /// The title of the level. An exact match is preferred; otherwise case is ignored.
    pub level: String,
    /// The share of the judged results of a scorecard that must hold the level; `None` for all of them.
    pub share: Option<Share>,
}

const EXAMPLE: &str = "write [SCORECARD=]LEVEL[@SHARE], such as Bronze, dora_cfr=Silver or Silver@80%";

impl std::str::FromStr for Minimum {
    type Err = String;

    /// Parses `LEVEL`, `SCORECARD=LEVEL`, `LEVEL@SHARE` or `SCORECARD=LEVEL@SHARE`. A name that contains `=` or `@` is
    /// written as a JSON string.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (first, rest) = split_name(text, |character| character == '=')?;
        let (scorecard, level) = match rest.trim_start().strip_prefix('=') {
            Some(level) => (Some(first), level),
            None => (None, text),
        };
        let (level, rest) = split_name(level, |character| character == '@')?;
        let share = match rest.trim() {
            "" => None,
            rest => match rest.strip_prefix('@') {
                Some(share) => Some(share.trim_start().parse()?),
                None => return Err(format!("{} follows a name in quotes; {EXAMPLE}", quoted(rest))),
            },
        };
        if level.is_empty() || scorecard.as_deref() == Some("") {
            return Err(EXAMPLE.to_owned());
        }
        Ok(Self { scorecard, level, share })
    }
}

/// A share of results: a whole percentage from 1 to 100. Part of a [`Minimum`], whose example shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(u8);

impl Share {
    /// All results.
    pub const ALL: Self = Self(100);

    /// The share of this many percent; `None` if that is not from 1 to 100.
    pub fn new(percent: u8) -> Option<Self> {
        (1..=100).contains(&percent).then_some(Self(percent))
    }

    /// The percentage.
    pub fn percent(self) -> u8 {
        self.0
    }

    /// Whether `part` of `all` results are at least this share.
    pub(crate) fn is_reached(self, part: u64, all: u64) -> bool {
        u128::from(part) * 100 >= u128::from(all) * u128::from(self.0)
    }
}

impl std::str::FromStr for Share {
    type Err = String;

    /// Parses a percentage, such as `80%`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.strip_suffix('%').filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
        digits.and_then(|digits| Self::new(digits.parse().ok()?)).ok_or_else(|| {
            let found = if text.is_empty() { "nothing".to_owned() } else { quoted(text) };
            let is_name = text.starts_with(|first: char| !matches!(first, '0'..='9' | '%' | '+' | '-' | '.'));
            let help = if is_name { format!("; {HELP}") } else { String::new() };
            format!("after `@`, write a share from 1% to 100%, such as 80%, not {found}{help}")
        })
    }
}

/// How results without data are judged. An argument of [`Gate::new`](crate::Gate::new) of [`Gate`](crate::Gate), whose
/// example shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum NoData {
    /// They are judged by their level, like all other results.
    #[default]
    Judge,
    /// Results without data because nothing happened are not judged; the others are judged by their level.
    SkipInactive,
    /// They are not judged.
    Skip,
}

impl NoData {
    /// Whether a result that has no data for this reason is not judged.
    pub(super) fn skips(self, reason: NoDataReason) -> bool {
        match self {
            Self::Judge => false,
            Self::SkipInactive => reason == NoDataReason::Inactive,
            Self::Skip => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parsed(text: &str) -> (Option<String>, String, Option<u8>) {
        let Minimum { scorecard, level, share } =
            text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        (scorecard, level, share.map(Share::percent))
    }

    #[test]
    fn a_minimum_has_a_level_and_perhaps_a_scorecard_and_a_share() {
        let some = |text: &str| Some(text.to_owned());
        for (text, scorecard, level, share) in [
            ("Bronze", None, "Bronze", None),
            ("c=Silver", some("c"), "Silver", None),
            ("Silver@80%", None, "Silver", Some(80)),
            (" c = Very good @ 1%", some("c"), "Very good", Some(1)),
            ("a@b=Gold@100%", some("a@b"), "Gold", Some(100)),
            ("c=a=b", some("c"), "a=b", None),
            (r#""a=b"=Silver@80%"#, some("a=b"), "Silver", Some(80)),
            (r#""a=b""#, None, "a=b", None),
            (r#""a@b"@7%"#, None, "a@b", Some(7)),
            (r#"c="a@b=c"@7%"#, some("c"), "a@b=c", Some(7)),
        ] {
            assert_eq!(parsed(text), (scorecard, level.to_owned(), share), "{text}");
        }
    }

    #[test]
    fn a_share_is_a_whole_percentage_from_1_to_100() {
        for text in [
            "@",
            "@80%",
            "Silver@",
            "Silver@0%",
            "Silver@101%",
            "Silver@80",
            "Silver@80%%",
            "Silver@8.5%",
            "Silver@+8%",
            "Silver@-8%",
            "Silver@%",
            "Silver@99999999999999999999%",
            "c=@80%",
            "=Silver@80%",
            "a@b@80%",
            "\"\"",
            "\"a\"b",
            "\"a",
        ] {
            assert!(text.parse::<Minimum>().is_err(), "{text}");
        }
        assert_eq!(
            "Silver@80".parse::<Minimum>().unwrap_err(),
            "after `@`, write a share from 1% to 100%, such as 80%, not `80`"
        );
        for (percent, part, all, is_reached) in [
            (100, 3, 3, true),
            (100, u64::MAX - 1, u64::MAX, false),
            (80, 4, 5, true),
            (80, 79, 99, false),
            (1, 1, 100, true),
            (1, 1, 101, false),
            (1, 0, 1, false),
            (50, 0, 0, true),
        ] {
            assert_eq!(
                Share::new(percent).unwrap().is_reached(part, all),
                is_reached,
                "{percent}%: {part} of {all}"
            );
        }
    }

    proptest! {
        #[test]
        fn every_name_can_be_quoted(scorecard in ".+", level in ".+", percent in 1..=100_u8) {
            let [card, title] = [&scorecard, &level].map(|name| serde_json::to_string(name).unwrap());
            let expected = (Some(scorecard), level, Some(percent));
            prop_assert_eq!(parsed(&format!("{card}={title}@{percent}%")), expected);
        }
    }
}
