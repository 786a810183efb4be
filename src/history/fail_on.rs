//! Which changes fail a comparison: `--fail-on`.

use super::change::{Change, ChangeKind};
use super::compare::{Diff, EntityChanges, ScorecardChanges};
use crate::diagnostic::{Code, Diagnostic, Problems, list, quoted};
use crate::quoting::split_name;
use serde::Serialize;
use std::str::FromStr;

/// A kind of change to fail on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FailOn {
    /// A lower level.
    Down,
    /// A lower level, from at least this one to below it.
    Below {
        /// The scorecard; `None` for all that have the level.
        scorecard: Option<String>,
        /// The title of the level. An exact match is preferred; otherwise case is ignored.
        level: String,
    },
    /// Data on the side before only.
    LostData,
    /// A result on the side before only.
    Disappeared,
    /// Any change.
    Any,
    /// Another definition of a scorecard.
    ChangedRules,
}

/// Why a change fails, as it is named in documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FailReason {
    Down,
    Below,
    LostData,
    Disappeared,
    Any,
    ChangedRules,
}

/// The names, as `--fail-on` and its help list them.
pub(crate) const FAIL_ON: &[&str] =
    &["down", "below=[SCORECARD=]LEVEL", "lost-data", "disappeared", "any", "changed-rules"];

impl FromStr for FailOn {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "down" => Ok(Self::Down),
            "lost-data" => Ok(Self::LostData),
            "disappeared" => Ok(Self::Disappeared),
            "any" => Ok(Self::Any),
            "changed-rules" => Ok(Self::ChangedRules),
            text => match text.strip_prefix("below=") {
                Some(rest) => below(rest),
                None => Err(format!("use one of {}", list(FAIL_ON.iter().copied(), FAIL_ON.len()))),
            },
        }
    }
}

/// Parses `[SCORECARD=]LEVEL`.
fn below(text: &str) -> Result<FailOn, String> {
    const EXAMPLE: &str = "write below=[SCORECARD=]LEVEL, such as below=Bronze or below=dora_cfr=Silver";
    let (first, rest) = split_name(text, |character| character == '=')?;
    let (scorecard, level) = match rest.trim_start().strip_prefix('=') {
        Some(level) => {
            let (level, rest) = split_name(level, |_| false)?;
            (Some(first), if rest.trim().is_empty() { level } else { String::new() })
        }
        None => (None, if rest.trim().is_empty() { first } else { String::new() }),
    };
    if level.is_empty() || scorecard.as_deref() == Some("") {
        return Err(EXAMPLE.to_owned());
    }
    Ok(FailOn::Below { scorecard, level })
}

/// A change that fails.
#[derive(Clone, Copy)]
pub(crate) struct Culprit<'d> {
    /// The entity with all its changes; `None` if the definition itself changed.
    pub(crate) entity: Option<EntityChanges<'d>>,
    pub(crate) scorecard: &'d ScorecardChanges,
    /// The change; `None` if the definition itself changed.
    pub(crate) change: Option<Change>,
    pub(crate) reason: FailReason,
}

/// How a comparison ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FailOutcome {
    Passed,
    Failed,
    /// No result is on both sides, so that nothing could fail.
    NothingToCompare,
}

/// What fails a comparison.
pub(crate) struct FailRule<'d> {
    diff: &'d Diff<'d>,
    conditions: Vec<Condition>,
}

enum Condition {
    /// A condition without a level.
    Plain(FailReason),
    /// The rank of the level in each scorecard; `None` where nothing can drop below it.
    Below(Vec<Option<usize>>),
}

impl<'d> FailRule<'d> {
    /// Checks the options against the scorecards of a comparison.
    ///
    /// # Errors
    /// Returns the levels and scorecards that do not exist, and base levels, below which nothing can drop.
    pub(crate) fn new(fail_on: &[FailOn], diff: &'d Diff<'d>) -> Result<Self, Problems> {
        let (mut conditions, mut problems) = (Vec::new(), Vec::new());
        for condition in fail_on {
            let reason = match condition {
                FailOn::Below { scorecard, level } => {
                    match minimums(scorecard.as_deref(), level, diff) {
                        Ok(minimums) => conditions.push(Condition::Below(minimums)),
                        Err(problem) => problems.push(problem),
                    }
                    continue;
                }
                FailOn::Down => FailReason::Down,
                FailOn::LostData => FailReason::LostData,
                FailOn::Disappeared => FailReason::Disappeared,
                FailOn::Any => FailReason::Any,
                FailOn::ChangedRules => FailReason::ChangedRules,
            };
            conditions.push(Condition::Plain(reason));
        }
        if problems.is_empty() { Ok(Self { diff, conditions }) } else { Err(Problems(problems)) }
    }

    /// The comparison.
    pub(crate) fn diff(&self) -> &'d Diff<'d> {
        self.diff
    }

    /// Whether nothing can fail.
    pub(crate) fn is_open(&self) -> bool {
        self.conditions.is_empty()
    }

    /// All changes that make the comparison fail, each once: changed definitions, then changes in the order of the
    /// entities.
    pub(crate) fn culprits(&self) -> impl Iterator<Item = Culprit<'d>> + '_ {
        let has_failed = self.outcome() == FailOutcome::Failed;
        self.failing().filter(move |_| has_failed)
    }

    /// The changes that meet a condition, also if too little can be compared.
    fn failing(&self) -> impl Iterator<Item = Culprit<'d>> + '_ {
        let diff = self.diff;
        let has_reason = |reason| {
            self.conditions.iter().any(|one| matches!(one, Condition::Plain(known) if *known == reason))
        };
        let changed = diff.scorecards.iter().filter(|card| card.has_changed_definition());
        let changed = changed.filter(move |_| has_reason(FailReason::ChangedRules)).map(|scorecard| {
            Culprit { entity: None, scorecard, change: None, reason: FailReason::ChangedRules }
        });
        changed.chain(diff.moves().flat_map(move |entity| {
            entity.changes.iter().filter_map(move |change| {
                let scorecard = diff.scorecard(change.scorecard);
                let reason = self.reason(change.scorecard, change.change)?;
                Some(Culprit { entity: Some(entity), scorecard, change: Some(change.change), reason })
            })
        }))
    }

    /// Why a change fails: the first condition that it meets. Changes of a scorecard with another definition do not
    /// fail, because they may come from that.
    pub(crate) fn reason(&self, scorecard: usize, change: Change) -> Option<FailReason> {
        if self.diff.scorecard(scorecard).has_changed_definition() {
            return None;
        }
        self.conditions.iter().find_map(|condition| {
            let (fails, reason) = match condition {
                Condition::Plain(reason) => (self.meets(*reason, change), *reason),
                Condition::Below(minimums) => {
                    (self.drops_below(minimums, scorecard, change), FailReason::Below)
                }
            };
            fails.then_some(reason)
        })
    }

    fn meets(&self, reason: FailReason, change: Change) -> bool {
        match reason {
            FailReason::Down => change.kind() == ChangeKind::Down,
            FailReason::LostData => self.loses_data(change),
            FailReason::Disappeared => change.kind() == ChangeKind::Disappeared,
            FailReason::Any => true,
            FailReason::Below | FailReason::ChangedRules => false,
        }
    }

    /// Whether a result lost its data, with or without its level.
    fn loses_data(&self, change: Change) -> bool {
        let no_data = |grade| self.diff.catalog.grades.get(grade).no_data;
        match change {
            Change::LostData { .. } => true,
            Change::Down { from, to } => no_data(from) == Some(false) && no_data(to) == Some(true),
            _ => false,
        }
    }

    fn drops_below(&self, minimums: &[Option<usize>], scorecard: usize, change: Change) -> bool {
        let Change::Down { from, to } = change else { return false };
        let Some(minimum) = minimums.get(scorecard).copied().flatten() else { return false };
        let order = &self.diff.scorecard(scorecard).order;
        let rank = |grade| order.rank(self.diff.catalog.grades.get(grade).level);
        rank(from) >= Some(minimum) && rank(to) < Some(minimum)
    }

    /// How the comparison ended.
    pub(crate) fn outcome(&self) -> FailOutcome {
        let fails = || self.failing().next().is_some();
        if self.diff.shared() > 0 {
            return if fails() { FailOutcome::Failed } else { FailOutcome::Passed };
        }
        // a side without any entity has lost all results
        if self.diff.after.len() == 0 && fails() {
            FailOutcome::Failed
        } else {
            FailOutcome::NothingToCompare
        }
    }
}

/// The minimum in each scorecard, as the rank of the level; `None` where it does not apply.
fn minimums(scorecard: Option<&str>, level: &str, diff: &Diff<'_>) -> Result<Vec<Option<usize>>, Diagnostic> {
    let applies = |card: &ScorecardChanges| scorecard.is_none_or(|name| diff.card_names(card).1 == name);
    let chosen: Vec<&ScorecardChanges> = diff.scorecards.iter().filter(|card| applies(card)).collect();
    if let Some(name) = scorecard.filter(|_| chosen.is_empty() && !diff.scorecards.is_empty()) {
        let known = diff.scorecards.iter().map(|card| diff.card_names(card).1);
        return Err(Diagnostic::unknown(Code::UnknownScorecard, "scorecard", name, known));
    }
    let minimums: Vec<Option<usize>> = diff
        .scorecards
        .iter()
        .map(|card| if applies(card) { card.order.rank_named(level, diff.catalog) } else { None })
        .collect();
    if minimums.contains(&Some(0)) && !minimums.iter().flatten().any(|minimum| *minimum > 0) {
        let message = format!("nothing can drop below {}, because it is the base level", quoted(level));
        return Err(
            Diagnostic::error(Code::BaseLevelMinimum, message).help("name a level above the base level")
        );
    }
    if minimums.iter().all(Option::is_none) && !chosen.is_empty() {
        let mut known: Vec<&str> = Vec::new();
        for (title, rank) in chosen.iter().flat_map(|card| card.order.levels()) {
            let title = &*diff.catalog.titles.get(*title).0;
            if *rank > 0 && !known.contains(&title) {
                known.push(title);
            }
        }
        return Err(Diagnostic::unknown(Code::UnknownMinimum, "level", level, known));
    }
    // as for `--min-level`, the level must exist wherever it is compared
    let lacks_level = |(card, minimum): &(&ScorecardChanges, &Option<usize>)| {
        applies(card) && minimum.is_none() && card.shared() > 0
    };
    if let Some((card, _)) = diff.scorecards.iter().zip(&minimums).find(lacks_level) {
        let (message, levels) = (
            format!("scorecard {} has no level {}", quoted(diff.card_names(card).1), quoted(level)),
            card.order.levels().iter().map(|(title, _)| &*diff.catalog.titles.get(*title).0),
        );
        let known = list(levels, card.order.levels().len());
        let help =
            format!("its levels are {known}; name a scorecard that has the level: `below=SCORECARD=LEVEL`");
        return Err(Diagnostic::error(Code::UnknownMinimum, message).help(help));
    }
    // nothing can drop below a base level
    Ok(minimums.into_iter().map(|minimum| minimum.filter(|minimum| *minimum > 0)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minimum_may_name_a_scorecard() {
        let below = |scorecard: Option<&str>, level: &str| {
            Ok(FailOn::Below { scorecard: scorecard.map(str::to_owned), level: level.to_owned() })
        };
        assert_eq!("below=Bronze".parse(), below(None, "Bronze"));
        assert_eq!("below=dora_cfr=Silver".parse(), below(Some("dora_cfr"), "Silver"));
        assert_eq!(r#"below="a=b"="x=y""#.parse(), below(Some("a=b"), "x=y"));
        assert_eq!(r#"below="a=b""#.parse(), below(None, "a=b"));
        for wrong in ["below=", "below==Gold", "below=a=", r#"below="a"b"#, "downs", "", "below"] {
            assert!(wrong.parse::<FailOn>().is_err(), "{wrong}");
        }
    }
}
