//! The gate: the minimum level of each scorecard, and whether a result reaches it.

use super::minimum::{Minimum, NoData};
use crate::diagnostic::{Code, Diagnostic, Problems, list, quoted, suggest};
use crate::grade::climb::Standing;
use crate::grade::grader::Outcome;
use crate::scorecard::{Definition, Scorecards, unknown_scorecard};

/// The gate: the minimum level of each scorecard, and how to judge results without data.
///
/// ```
/// use dora_score::{Entity, Gate, GateCounts, GateOutcome, Grader, Instant, NoData, Scorecards, builtin};
///
/// let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
/// let scorecards = Scorecards::new(builtin(), as_of, "service");
/// let gate = Gate::new(&["dora_deploy_freq=Silver".parse()?], NoData::default(), &scorecards)?;
/// let value = serde_json::json!({"identifier": "checkout", "properties": {"deployment_frequency": 0.5}});
/// let entity = Entity::from_value(&value, scorecards.wanted())?;
/// let mut counts = GateCounts::default();
/// for outcome in Grader::new(&scorecards).grade(&entity).outcomes() {
///     counts.count(gate.judge(&outcome));
/// }
/// assert_eq!((counts.judged, counts.failed, counts.outcome()), (1, 1, GateOutcome::Failed));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gate {
    /// The index of the minimum level of each scorecard; `None` for a scorecard without a minimum.
    minimums: Vec<Option<usize>>,
    no_data: NoData,
}

/// The judgement of the gate on one result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Judgement {
    /// The scorecard has no minimum.
    Ungated,
    /// The scorecard does not apply to the entity.
    NotApplicable,
    /// The result has no data, and the gate does not judge results without data.
    NoData,
    /// The entity holds at least the minimum.
    Passed,
    /// The entity holds a level below the minimum.
    Failed {
        /// The level that the entity holds.
        standing: Standing,
        /// The index of the minimum level.
        minimum: usize,
    },
}

impl Gate {
    /// Creates a gate for these scorecards. A minimum with an identifier overrides one for all scorecards; of several
    /// minimums of the same kind, the last one is used.
    ///
    /// # Errors
    /// Returns a problem for each unknown scorecard, and for each level that a scorecard does not have.
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
        let mut without_level: Vec<(&str, Vec<&Definition>)> = Vec::new();
        let minimums = definitions
            .iter()
            .map(|definition| {
                let minimum = of(definition)?;
                let level = definition.level_named(&minimum.level);
                if level.is_none() {
                    add_without_level(&mut without_level, &minimum.level, definition);
                }
                level
            })
            .collect();
        problems.extend(without_level.iter().map(|(level, definitions)| unknown_level(level, definitions)));
        if problems.is_empty() { Ok(Self { minimums, no_data }) } else { Err(Problems(problems)) }
    }

    /// Creates a gate without minimums.
    pub fn none(scorecards: &Scorecards) -> Self {
        Self { minimums: vec![None; scorecards.definitions().len()], no_data: NoData::Fail }
    }

    /// Whether no scorecard has a minimum, so that no result is judged.
    pub fn is_open(&self) -> bool {
        self.minimums.iter().all(Option::is_none)
    }

    /// The index of the minimum level of the scorecard with the index `scorecard`; `None` if it has no minimum.
    ///
    /// # Panics
    /// If the gate was created for fewer scorecards.
    #[expect(
        clippy::expect_used,
        reason = "a result that is silently not judged would look like one that passed"
    )]
    pub fn minimum(&self, scorecard: usize) -> Option<usize> {
        *self.minimums.get(scorecard).expect("the gate was created for other scorecards")
    }

    /// Judges one result, which must be of a scorecard that the gate was created for.
    ///
    /// # Panics
    /// Like [`Self::minimum`].
    #[inline]
    pub fn judge(&self, outcome: &Outcome<'_>) -> Judgement {
        let Some(minimum) = self.minimum(outcome.index()) else {
            return Judgement::Ungated;
        };
        match outcome.standing() {
            None => Judgement::NotApplicable,
            Some(standing) if standing.no_data.is_some() && self.no_data == NoData::Pass => Judgement::NoData,
            Some(standing) if standing.level >= minimum => Judgement::Passed,
            Some(standing) => Judgement::Failed { standing, minimum },
        }
    }
}

/// Adds a scorecard that does not have `level`. Scorecards with the same levels are in one group, because a misspelled
/// minimum of all scorecards is one problem.
fn add_without_level<'a>(
    groups: &mut Vec<(&'a str, Vec<&'a Definition>)>,
    level: &'a str,
    definition: &'a Definition,
) {
    let has_same_levels = |other: &&Definition| titles(other).eq(titles(definition));
    let group =
        groups.iter_mut().find(|(name, group)| *name == level && group.first().is_some_and(has_same_levels));
    match group {
        Some((_, group)) => group.push(definition),
        None => groups.push((level, vec![definition])),
    }
}

/// The error for a level that none of `definitions` has; all of them have the same levels.
fn unknown_level(name: &str, definitions: &[&Definition]) -> Diagnostic {
    const MOST_NAMED: usize = 8;
    let identifiers = definitions.iter().map(|definition| definition.identifier.as_str());
    let cards = list(identifiers, MOST_NAMED);
    let subject = if definitions.len() == 1 {
        format!("scorecard {cards} has")
    } else {
        format!("scorecards {cards} have")
    };
    let known = definitions.iter().take(1).flat_map(|definition| titles(definition));
    let message = format!("{subject} no level {}", quoted(name));
    Diagnostic::error(Code::UnknownMinimum, message).help(suggest("level", name, known))
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
        Gate::none(&Scorecards::of_json(json!([{"identifier": "c", "rules": []}]))).minimum(1);
    }
}
