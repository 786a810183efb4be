//! Builds explanations from the results of grading.

use super::advise::advise;
use super::change::{Advice, NoAdvice};
use super::datum::{Datum, Requirement};
use super::facts::{ConditionFact, ExplainedEntity, Explanation, Fact, GroupFact, NextLevel, RuleFact};
use super::gap::{Distance, Gap};
use super::goal::Goal;
use super::subject::{SubjectFact, unit_of};
use crate::entity::Entity;
use crate::grade::{ConditionReason, Graded, Grader, NoDataReason, Outcome, Reason};
use crate::result::RuleStatus;
use crate::scorecard::{Combinator, Rule, Scorecards, Subject};
use crate::value::Instant;
use std::collections::{HashMap, HashSet};

/// Explains all results of an entity: the level, each rule with the actual values, and the fewest changes that reach
/// the next level. The entity must have been read with [`Scorecards::wanted`].
///
/// It prepares the search for each call, so grade many entities with a [`Grader`], and explain those that matter.
///
/// # Panics
/// Like [`Grader::grade`].
///
/// ```
/// use dora_score::explain::{Action, Advice, Combinator, Expected, Fact, Gap, NoAdvice, Unit, ValueKind, explain};
/// use dora_score::{Entity, Instant, Scorecards, builtin};
///
/// let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
/// let scorecards = Scorecards::new(builtin(), as_of, "service");
/// let value = serde_json::json!({"identifier": "checkout", "deployment_frequency": 0.5,
///     "lead_time_for_changes": "2 days", "total_deployments": 0, "change_failure_rate": 0});
/// let explained = explain(&scorecards, &Entity::from_value(&value, scorecards.wanted())?);
/// let [frequency, lead_time, failures, _] = &explained.scorecards[..] else { return Err("four scorecards".into()) };
///
/// // in a sentence
/// let next = frequency.1.next.as_ref().ok_or("there is a next level")?;
/// assert_eq!(next.to_string(), "To reach Silver: raise deployment_frequency from 0.5 to at least 1 per week");
///
/// // the same as data: the fewest changes
/// let Advice::Changes { changes, reaches, is_smallest: true } = &next.advice else { return Err("changes".into()) };
/// let [change] = &changes[..] else { return Err("one change is enough".into()) };
/// assert_eq!((reaches.as_str(), change.subject.name()), ("Silver", "deployment_frequency"));
/// assert_eq!(change.action, Action::AtLeast);
/// let least = change.least.ok_or("it has a lower bound")?;
/// assert_eq!((least.value, least.included, change.unit.map(Unit::name)), (1.0, true, Some("per week")));
///
/// // why: a rule is a group of conditions, each with the actual and the required value
/// let rule = &frequency.1.rules[1];
/// let Fact::Group(group) = &rule.query else { return Err("a rule is a group".into()) };
/// assert_eq!((rule.level.as_str(), group.combinator, group.passed), ("Silver", Combinator::And, false));
/// let Fact::Condition(condition) = &group.conditions[0] else { return Err("a condition".into()) };
/// assert_eq!((condition.requirement.operator(), condition.actual.kind()), (">=", ValueKind::Number));
/// assert_eq!(condition.gap, Some(Gap::Below { by: 0.5, bound: 1.0 }));
///
/// // a value of another type, and a service where nothing happened
/// let Fact::Group(group) = &lead_time.1.rules[0].query else { return Err("a rule is a group".into()) };
/// let Fact::Condition(condition) = &group.conditions[0] else { return Err("a condition".into()) };
/// assert_eq!(condition.gap, Some(Gap::WrongType { expected: Expected::Number }));
/// assert_eq!(Expected::Number.name(), "number");
/// let advice = failures.1.next.as_ref().map(|next| &next.advice);
/// assert_eq!(advice, Some(&Advice::Unknown(NoAdvice::Inactive)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn explain(scorecards: &Scorecards, entity: &Entity<'_>) -> ExplainedEntity {
    Explainer::new(scorecards).explain(entity, None)
}

/// Explains entities one after another. It keeps what it prepares for a scorecard.
pub(crate) struct Explainer<'s> {
    scorecards: &'s Scorecards,
    grader: Grader<'s>,
    /// Grades changed entities.
    trial: Grader<'s>,
    /// The goals by scorecard and level.
    goals: HashMap<(usize, usize), Goal<'s>>,
}

impl<'s> Explainer<'s> {
    pub(crate) fn new(scorecards: &'s Scorecards) -> Self {
        let grader = || Grader::new(scorecards);
        Self { scorecards, grader: grader(), trial: grader(), goals: HashMap::new() }
    }

    /// Explains all results of an entity, or only that of the scorecard with index `only`.
    pub(crate) fn explain(&mut self, entity: &Entity<'_>, only: Option<usize>) -> ExplainedEntity {
        let Self { scorecards, grader, trial, goals } = self;
        let graded = grader.grade(entity);
        let chosen = graded.outcomes().filter(|outcome| only.is_none_or(|only| outcome.index() == only));
        let mut advise = |outcome: &Outcome<'_>, target: usize| {
            let goal = goals
                .entry((outcome.index(), target))
                .or_insert_with(|| Goal::new(scorecards, outcome.index(), target));
            advise(goal, trial, entity, outcome, target)
        };
        ExplainedEntity {
            identifier: entity.identifier().to_owned(),
            title: entity.title().to_owned(),
            blueprint: graded.blueprint().to_owned(),
            team: entity.team().iter().map(ToString::to_string).collect(),
            scorecards: chosen
                .map(|outcome| {
                    let explanation = explanation(scorecards.as_of(), &outcome, &mut advise);
                    (outcome.scorecard().identifier.clone(), explanation)
                })
                .collect(),
        }
    }
}

/// The index of the scorecard in which an entity is nearest to its next level, and the distance. `None` if no scorecard
/// applies to the entity, or if it has no next level in any scorecard.
pub(super) fn nearest_of(graded: &Graded<'_>, as_of: Instant) -> Option<(usize, Distance)> {
    graded
        .outcomes()
        .filter_map(|outcome| {
            outcome.standing()?.stopped?;
            Some((outcome.index(), distance(&outcome, as_of)))
        })
        .min_by(|(_, one), (_, other)| one.order(other))
}

/// The distance to the next level: the sum of the distances of the blocking rules.
fn distance(outcome: &Outcome<'_>, as_of: Instant) -> Distance {
    outcome
        .blocking()
        .filter_map(|rule| outcome.reason(rule))
        .map(|reason| Distance::of(&reason, as_of))
        .fold(Distance::default(), Distance::plus)
}

fn explanation(
    as_of: Instant,
    outcome: &Outcome<'_>,
    advise: &mut impl FnMut(&Outcome<'_>, usize) -> Advice,
) -> Explanation {
    let definition = outcome.scorecard();
    let standing = outcome.standing();
    let mut rules: Vec<(&Rule, bool)> = outcome.rules().collect();
    rules.sort_by_key(|(rule, _)| rule.level);
    let next = standing.and_then(|standing| standing.stopped);
    let no_data = standing.and_then(|standing| standing.no_data);
    let above = |rule: &Rule| next.is_some_and(|next| rule.level > next);
    Explanation {
        title: definition.title.clone(),
        level: outcome.level().map(|level| level.title.clone()),
        rank: standing.map(|standing| standing.level),
        no_data: no_data.is_some(),
        no_data_reason: no_data,
        without_data: no_data.map(|why| without_data(outcome, why)).unwrap_or_default(),
        next: next.map(|next| {
            let distance = distance(outcome, as_of);
            NextLevel {
                level: definition.level_title(next).to_owned(),
                rank: next,
                blocking: outcome.blocking().map(|rule| rule.identifier.clone()).collect(),
                failing: distance.conditions,
                gap: distance.gap,
                advice: match no_data {
                    Some(NoDataReason::Inactive) => Advice::Unknown(NoAdvice::Inactive),
                    _ => advise(outcome, next),
                },
            }
        }),
        passed_above: rules
            .iter()
            .filter(|(rule, passes)| *passes && above(rule))
            .map(|(rule, _)| rule.identifier.clone())
            .collect(),
        filter: outcome.filter_reason().filter(|_| standing.is_none()).map(|reason| Fact::of(&reason, as_of)),
        rules: rules
            .into_iter()
            .filter_map(|(rule, passes)| {
                Some(RuleFact {
                    identifier: rule.identifier.clone(),
                    title: rule.title.clone(),
                    level: definition.level_title(rule.level).to_owned(),
                    status: if passes { RuleStatus::Success } else { RuleStatus::Failure },
                    query: Fact::of(&outcome.reason(rule)?, as_of),
                })
            })
            .collect(),
    }
}

/// The properties and relations for which a result has no data, each once. If nobody measured something, the guards
/// whose value is 0 are not the reason.
fn without_data(outcome: &Outcome<'_>, why: NoDataReason) -> Vec<SubjectFact> {
    let reasons: Vec<Reason<'_>> = outcome.blocking().filter_map(|rule| outcome.reason(rule)).collect();
    let mut subjects = Vec::new();
    reasons.iter().for_each(|reason| add_lacking(reason, why, &mut subjects));
    let mut seen = HashSet::new();
    subjects.retain(|subject| seen.insert(*subject));
    subjects.into_iter().map(SubjectFact::of).collect()
}

fn add_lacking<'r>(reason: &'r Reason<'_>, why: NoDataReason, subjects: &mut Vec<&'r Subject>) {
    match reason {
        Reason::Condition(reason) => {
            let is_absent = reason.actual.is_absent();
            if reason.lacks_data && is_absent == (why == NoDataReason::Missing) {
                subjects.push(&reason.condition.subject);
            }
        }
        Reason::Group { lacks_data: true, members, .. } => {
            members.iter().for_each(|member| add_lacking(member, why, subjects));
        }
        Reason::Group { .. } => {}
    }
}

impl Fact {
    fn of(reason: &Reason<'_>, as_of: Instant) -> Self {
        match reason {
            Reason::Condition(condition) => Self::Condition(Box::new(ConditionFact::of(condition, as_of))),
            Reason::Group { any, passed, members, .. } => Self::Group(GroupFact {
                combinator: if *any { Combinator::Or } else { Combinator::And },
                passed: *passed,
                conditions: members.iter().map(|member| Self::of(member, as_of)).collect(),
            }),
        }
    }
}

impl ConditionFact {
    fn of(reason: &ConditionReason<'_>, as_of: Instant) -> Self {
        let condition = reason.condition;
        let actual = Datum::of(reason.actual);
        Self {
            subject: SubjectFact::of(&condition.subject),
            requirement: Requirement::of(condition, as_of),
            unit: unit_of(&condition.subject),
            actual_kind: actual.kind(),
            actual,
            passed: reason.passed,
            lacks_data: reason.lacks_data,
            gap: Gap::of(reason, as_of),
        }
    }
}
