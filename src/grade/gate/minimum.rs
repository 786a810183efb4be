//! The options of a gate: minimum levels, and how to judge results without data.

/// The minimum level of one scorecard or of all scorecards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minimum {
    /// The scorecard's identifier; `None` for all scorecards.
    pub scorecard: Option<String>,
    /// The title of the level. An exact match is preferred; otherwise case is ignored.
    pub level: String,
}

impl std::str::FromStr for Minimum {
    type Err = String;

    /// Parses `LEVEL` or `SCORECARD=LEVEL`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (scorecard, level) = match text.split_once('=') {
            Some((scorecard, level)) => (Some(scorecard.to_owned()), level),
            None => (None, text),
        };
        if level.is_empty() || scorecard.as_deref() == Some("") {
            return Err("write LEVEL or SCORECARD=LEVEL, such as Bronze or dora_cfr=Silver".to_owned());
        }
        Ok(Self { scorecard, level: level.to_owned() })
    }
}

/// How results without data are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum NoData {
    /// They are judged by their level, like all other results.
    #[default]
    Fail,
    /// They are not judged.
    Pass,
}
