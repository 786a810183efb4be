//! The gate: the minimum level of each scorecard, and whether a result reaches it.

use super::minimum::{Minimum, NoData, Share};
use crate::diagnostic::{Code, Diagnostic, Problems, expected, list, quoted, suggest};
use crate::grade::climb::Standing;
use crate::grade::grader::Outcome;
use crate::grade::no_data::NoDataReason;
use crate::scorecard::{Definition, Scorecards, unknown_scorecard};
use crate::waiver::Waivers;

/// The gate: the minimum level of each scorecard, and how to judge results without data.
///
/// ```
/// use dora_score::{Entity, Gate, GateOutcome, Grader, Instant, Judgement, NoData, NoDataReason, Scorecards, Share};
/// use dora_score::{Verdict, builtin};
///
/// let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
/// let scorecards = Scorecards::new(builtin(), as_of, "service");
/// let gate = Gate::new(&["dora_deploy_freq=Silver@80%".parse()?], NoData::Skip, &scorecards)?;
/// let (mut grader, mut verdict) = (Grader::new(&scorecards), Verdict::new(&gate));
/// for (name, frequency) in [("checkout", 0.5), ("search", 3.0)] {
///     let value = serde_json::json!({"identifier": name, "properties": {"deployment_frequency": frequency}});
///     let entity = Entity::from_value(&value, scorecards.wanted())?;
///     verdict.count(&gate, &grader.grade(&entity));
/// }
/// let counts = verdict.counts();
/// // one of two results holds Silver, which is less than 80%
/// assert_eq!((counts.judged, counts.failed, verdict.outcome()), (2, 1, GateOutcome::Failed));
///
/// // one result at a time, here of a service that nobody measured
/// let value = serde_json::json!({"identifier": "fax"});
/// let fax = Entity::from_value(&value, scorecards.wanted())?;
/// let judgements: Vec<Judgement> = grader.grade(&fax).outcomes().map(|outcome| gate.judge(&outcome)).collect();
/// assert_eq!(judgements[..2], [Judgement::NoData(NoDataReason::Missing), Judgement::Ungated]);
/// let requirement = gate.requirement(0).ok_or("the first scorecard has a minimum")?;
/// assert_eq!((requirement.level, requirement.share), (2, Share::new(80)));
/// assert_eq!(gate.requirements().iter().flatten().count(), 1);
/// assert!(Gate::none(&scorecards).is_open() && !gate.is_open());
///
/// let problems = Gate::new(&["Slver".parse()?], NoData::Judge, &scorecards).unwrap_err();
/// assert_eq!(problems.0[0].code.name(), "unknown-minimum");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// The requirement for each scorecard; `None` for a scorecard without a minimum.
    requirements: Vec<Option<GateRequirement>>,
    no_data: NoData,
    waivers: Waivers,
}

/// The requirement of a gate for the results of one scorecard. Comes from [`Gate`], whose example shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct GateRequirement {
    /// The index of the minimum level, which is above the base level.
    pub level: usize,
    /// The share of the judged results that must hold it; `None` for all of them.
    pub share: Option<Share>,
}

/// The judgement of the gate on one result. Comes from [`Gate::judge`] of [`Gate`], whose example shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Judgement {
    /// The scorecard has no minimum.
    Ungated,
    /// The scorecard does not apply to the entity.
    NotApplicable,
    /// The result has no data, for this reason, and the gate does not judge such results.
    NoData(NoDataReason),
    /// The entity holds at least the minimum.
    Passed,
    /// The entity holds a level below the minimum.
    Failed {
        /// The level that the entity holds.
        standing: Standing,
        /// The index of the minimum level.
        minimum: usize,
    },
    /// The entity holds a level below the minimum, but a waiver excuses it.
    Waived {
        /// The level that the entity holds.
        standing: Standing,
        /// The index of the minimum level.
        minimum: usize,
        /// The index of the waiver in [`Gate::waivers`].
        waiver: usize,
    },
}

impl Gate {
    /// Creates a gate for these scorecards. A minimum with an identifier overrides one for all scorecards; of several
    /// minimums of the same kind, the last one is used.
    ///
    /// # Errors
    /// Returns a problem for each unknown scorecard, for each level that a scorecard does not have, and for each level
    /// that is the base level of a scorecard: no result is below it, so such a minimum could not fail.
    pub fn new(minimums: &[Minimum], no_data: NoData, scorecards: &Scorecards) -> Result<Self, Problems> {
        let definitions = scorecards.definitions();
        let named = minimums.iter().filter_map(|minimum| minimum.scorecard.as_deref());
        let unknown = named.filter(|name| !definitions.iter().any(|card| card.identifier == *name));
        let mut problems: Vec<Diagnostic> =
            unknown.map(|name| unknown_scorecard(name, definitions)).collect();
        let of = |definition: &Definition| {
            let mine = |minimum: &&Minimum| minimum.scorecard.as_ref() == Some(&definition.identifier);
            let general = |minimum: &&Minimum| minimum.scorecard.is_none();
            minimums.iter().rfind(mine).or_else(|| minimums.iter().rfind(general))
        };
        let (mut unknown, mut base) = (Vec::new(), Vec::new());
        let requirements = definitions
            .iter()
            .map(|definition| {
                let minimum = of(definition)?;
                match definition.level_named(&minimum.level) {
                    None => add_to_group(&mut unknown, &minimum.level, definition),
                    Some(0) => add_to_group(&mut base, &minimum.level, definition),
                    Some(level) => return Some(GateRequirement { level, share: minimum.share }),
                }
                None
            })
            .collect();
        problems.extend(unknown.iter().map(|(level, definitions)| unknown_level(level, definitions)));
        problems.extend(base.iter().map(|(_, definitions)| base_level(definitions)));
        if problems.is_empty() {
            Ok(Self { requirements, no_data, waivers: Waivers::default() })
        } else {
            Err(Problems(problems))
        }
    }

    /// Creates a gate without minimums, which judges nothing.
    pub fn none(scorecards: &Scorecards) -> Self {
        let requirements = vec![None; scorecards.definitions().len()];
        Self { requirements, no_data: NoData::default(), waivers: Waivers::default() }
    }

    /// Excuses results below their minimum by these waivers, instead of by those of before.
    #[must_use]
    pub fn with_waivers(self, waivers: Waivers) -> Self {
        Self { waivers, ..self }
    }

    /// The waivers that excuse results.
    pub fn waivers(&self) -> &Waivers {
        &self.waivers
    }

    /// Whether there are waivers.
    pub(crate) fn has_waivers(&self) -> bool {
        !self.waivers.list().is_empty()
    }

    /// Whether no scorecard has a minimum, so that no result is judged.
    pub fn is_open(&self) -> bool {
        self.requirements.iter().all(Option::is_none)
    }

    /// The requirement for each scorecard, in the order of the definitions; `None` for a scorecard without a minimum.
    pub fn requirements(&self) -> &[Option<GateRequirement>] {
        &self.requirements
    }

    /// The requirement for the scorecard with the index `scorecard`; `None` if it has no minimum.
    ///
    /// # Panics
    /// If the gate was created for fewer scorecards.
    #[expect(
        clippy::expect_used,
        reason = "a result that is silently not judged would look like one that passed"
    )]
    pub fn requirement(&self, scorecard: usize) -> Option<GateRequirement> {
        *self.requirements.get(scorecard).expect("the gate was created for other scorecards")
    }

    /// Judges one result, which must be of a scorecard that the gate was created for.
    ///
    /// # Panics
    /// Like [`Self::requirement`].
    #[inline]
    pub fn judge(&self, outcome: &Outcome<'_>) -> Judgement {
        self.judge_with(outcome, || self.waivers.of_entity(outcome.entity().identifier()))
    }

    /// Like [`Self::judge`], with the waivers of the result's entity, which are asked for if the result is below its
    /// minimum.
    #[inline]
    pub(super) fn judge_with<W: AsRef<[usize]>>(
        &self,
        outcome: &Outcome<'_>,
        waivers: impl FnOnce() -> W,
    ) -> Judgement {
        let Some(GateRequirement { level: minimum, .. }) = self.requirement(outcome.index()) else {
            return Judgement::Ungated;
        };
        let Some(standing) = outcome.standing() else { return Judgement::NotApplicable };
        match standing.no_data {
            Some(reason) if self.no_data.skips(reason) => Judgement::NoData(reason),
            _ if standing.level >= minimum => Judgement::Passed,
            _ => match self.excuse(outcome, standing, minimum, waivers().as_ref()) {
                Some(waiver) => Judgement::Waived { standing, minimum, waiver },
                None => Judgement::Failed { standing, minimum },
            },
        }
    }

    /// Which of the waivers of its entity excuses a result below its minimum.
    fn excuse(
        &self,
        outcome: &Outcome<'_>,
        standing: Standing,
        minimum: usize,
        waivers: &[usize],
    ) -> Option<usize> {
        if waivers.is_empty() {
            return None;
        }
        let failing = failing_rules(outcome, standing, minimum);
        self.waivers.excuse(waivers, &outcome.scorecard().identifier, &failing)
    }

    /// Which of the waivers of its entity have expired, but would have excused a result below its minimum.
    pub(super) fn missed_waivers(
        &self,
        outcome: &Outcome<'_>,
        standing: Standing,
        minimum: usize,
        waivers: &[usize],
    ) -> Vec<usize> {
        let failing = failing_rules(outcome, standing, minimum);
        self.waivers.missed(waivers, &outcome.scorecard().identifier, &failing)
    }
}

/// The failing rules from the level that ended the climb up to the minimum. If the levels up to the minimum have no
/// rules, the climb ends above it, and only the rules of that level count.
fn failing_rules<'g>(outcome: &Outcome<'g>, standing: Standing, minimum: usize) -> Vec<&'g str> {
    let asked = standing.stopped.map(|stopped| stopped..=minimum.max(stopped));
    let is_asked = |level| asked.as_ref().is_some_and(|levels| levels.contains(&level));
    let failing = outcome.rules().filter(|(rule, passes)| !passes && is_asked(rule.level));
    failing.map(|(rule, _)| rule.identifier.as_str()).collect()
}

/// Scorecards with the same levels, and the level that was named for them.
type Group<'a> = (&'a str, Vec<&'a Definition>);

/// Adds a scorecard for which `level` is a mistake. Scorecards with the same levels are in one group, because a mistake
/// in the minimum of all scorecards is one problem.
fn add_to_group<'a>(groups: &mut Vec<Group<'a>>, level: &'a str, definition: &'a Definition) {
    let has_same_levels = |other: &&Definition| titles(other).eq(titles(definition));
    let group =
        groups.iter_mut().find(|(name, group)| *name == level && group.first().is_some_and(has_same_levels));
    match group {
        Some((_, group)) => group.push(definition),
        None => groups.push((level, vec![definition])),
    }
}

/// The levels that a minimum can name, in messages.
const ABOVE_BASE: &str = "level above the base";

/// The scorecards as words, such as ``scorecard `dora_cfr` ``.
fn named(definitions: &[&Definition]) -> String {
    const MOST_NAMED: usize = 8;
    let names = list(definitions.iter().map(|definition| definition.identifier.as_str()), MOST_NAMED);
    if definitions.len() == 1 { format!("scorecard {names}") } else { format!("scorecards {names}") }
}

/// The error for a level that none of `definitions` has; all of them have the same levels.
fn unknown_level(name: &str, definitions: &[&Definition]) -> Diagnostic {
    let known = definitions.iter().take(1).flat_map(|definition| titles(definition)).skip(1);
    let has = if definitions.len() == 1 { "has" } else { "have" };
    let message = format!("{} {has} no level {}", named(definitions), quoted(name));
    Diagnostic::error(Code::UnknownMinimum, message).help(suggest(ABOVE_BASE, name, known))
}

/// The error for the base level of `definitions`; all of them have the same levels.
#[expect(clippy::expect_used, reason = "every scorecard has a base level")]
fn base_level(definitions: &[&Definition]) -> Diagnostic {
    let mut titles = definitions.iter().take(1).flat_map(|definition| titles(definition));
    let base = quoted(titles.next().expect("the scorecards have levels"));
    let above: Vec<&str> = titles.collect();
    let cards = named(definitions);
    let message = format!("the minimum of {cards} cannot fail: no result is below the base level {base}");
    let others = "to leave a scorecard out, name the others: `--min-level SCORECARD=LEVEL`";
    let help = match above.is_empty() {
        true => format!("there is no level above the base; {others}"),
        false => format!("{}; {others}", expected(ABOVE_BASE, above)),
    };
    Diagnostic::error(Code::BaseLevelMinimum, message).help(help)
}

fn titles(definition: &Definition) -> impl Iterator<Item = &str> {
    definition.levels.iter().map(|level| level.title.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    #[should_panic(expected = "the gate was created for other scorecards")]
    fn a_gate_of_other_scorecards_panics() {
        Gate::none(&Scorecards::of_json(json!([{"identifier": "c", "rules": []}]))).requirement(1);
    }
}
