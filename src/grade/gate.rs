//! The gate: whether every result holds the level that was asked for.

use super::grader::{Graded, Outcome};
use crate::diagnostic::{Code, Diagnostic, Problems, quoted, suggest};
use crate::scorecard::{Definition, Scorecards, unknown_scorecard};

/// A level asked for: of one scorecard, or of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minimum {
    /// The scorecard's identifier; without one it is for all.
    pub scorecard: Option<String>,
    /// The level's title, exactly or in any case.
    pub level: String,
}

impl std::str::FromStr for Minimum {
    type Err = String;

    /// `LEVEL` or `SCORECARD=LEVEL`.
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

/// What becomes of results without data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NoData {
    /// They are judged by their level, like any other.
    #[default]
    Fail,
    /// They are not judged.
    Pass,
}

/// The least level of each scorecard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// Index of the level, for each scorecard that is gated.
    minimums: Vec<Option<usize>>,
    no_data: NoData,
}

/// What the gate says of one result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// No minimum was asked for.
    Ungated,
    /// The scorecard does not apply.
    NotApplicable,
    /// No data, and that was asked to pass.
    NoData,
    /// It has the minimum.
    Held,
    /// It is below the minimum.
    Missed,
}

/// One result below its minimum, with all that is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// The entity's identifier.
    pub entity: String,
    /// Its title.
    pub title: String,
    /// Index of the scorecard.
    pub scorecard: usize,
    /// Index of the level it holds.
    pub level: usize,
    /// Index of the level it should hold.
    pub minimum: usize,
    /// It is marked no data.
    pub no_data: bool,
    /// The rules in its way, each with what was found and what is required.
    pub blocking: Vec<(String, String)>,
}

impl Gate {
    /// A gate for these scorecards.
    ///
    /// # Errors
    /// A scorecard that is named but not loaded, and a level that a scorecard does not have.
    pub fn new(minimums: &[Minimum], no_data: NoData, scorecards: &Scorecards) -> Result<Self, Problems> {
        let mut problems = Vec::new();
        let definitions = scorecards.definitions();
        for minimum in minimums {
            if let Some(name) = &minimum.scorecard
                && !definitions.iter().any(|definition| definition.identifier == *name)
            {
                problems.push(unknown_scorecard(name, definitions));
            }
        }
        let of = |definition: &Definition| {
            let mine = |minimum: &&Minimum| minimum.scorecard.as_ref() == Some(&definition.identifier);
            let general = |minimum: &&Minimum| minimum.scorecard.is_none();
            minimums.iter().rfind(mine).or_else(|| minimums.iter().rfind(general))
        };
        let minimums = definitions
            .iter()
            .map(|definition| {
                let minimum = of(definition)?;
                let level = definition.level_named(&minimum.level);
                if level.is_none() {
                    problems.push(unknown_level(&minimum.level, definition));
                }
                level
            })
            .collect();
        if problems.is_empty() { Ok(Self { minimums, no_data }) } else { Err(Problems(problems)) }
    }

    /// A gate that asks for nothing.
    pub fn none(scorecards: &Scorecards) -> Self {
        Self { minimums: vec![None; scorecards.definitions().len()], no_data: NoData::Fail }
    }

    /// Whether nothing is asked for.
    pub fn is_open(&self) -> bool {
        self.minimums.iter().all(Option::is_none)
    }

    /// The index of the least level of a scorecard, if it is gated.
    pub fn minimum(&self, scorecard: usize) -> Option<usize> {
        self.minimums.get(scorecard).copied().flatten()
    }

    /// Judges one result.
    #[inline]
    pub fn judge(&self, outcome: &Outcome<'_>) -> Judgement {
        let Some(minimum) = self.minimum(outcome.index()) else {
            return Judgement::Ungated;
        };
        match outcome.standing() {
            None => Judgement::NotApplicable,
            Some(standing) if standing.no_data && self.no_data == NoData::Pass => Judgement::NoData,
            Some(standing) if standing.level >= minimum => Judgement::Held,
            Some(_) => Judgement::Missed,
        }
    }

    /// All that is to be told of a result that missed its minimum.
    pub fn unmet(&self, graded: &Graded<'_>, outcome: &Outcome<'_>) -> Unmet {
        let reason = |rule| outcome.reason(rule).map(|reason| reason.to_string()).unwrap_or_default();
        Unmet {
            entity: graded.entity().identifier().to_owned(),
            title: graded.entity().title().to_owned(),
            scorecard: outcome.index(),
            level: outcome.standing().map_or(0, |standing| standing.level),
            minimum: self.minimum(outcome.index()).unwrap_or_default(),
            no_data: outcome.standing().is_some_and(|standing| standing.no_data),
            blocking: outcome.blocking().map(|rule| (rule.identifier.clone(), reason(rule))).collect(),
        }
    }
}

fn unknown_level(name: &str, definition: &Definition) -> Diagnostic {
    let known = definition.levels.iter().map(|level| level.title.as_str());
    let message = format!("scorecard {} has no level {}", quoted(&definition.identifier), quoted(name));
    Diagnostic::error(Code::UnknownMinimum, message).help(suggest("level", name, known))
}
