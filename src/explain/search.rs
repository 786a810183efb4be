//! Finds the fewest properties that must change for the next level.
//!
//! The engine is asked at every step: the entity is graded with some properties changed, and the rules
//! that still fail say which properties may have to change as well. Since a query has no negation above
//! its conditions, a value that passes more of them is never worse, so the search tries only the values
//! that pass most; afterwards each change is made as small as it can be. Sets of one are tried before sets
//! of two and so on, so the first that is found is the smallest.

use super::candidate::{Candidate, candidates, is_fixed};
use super::change::{Advice, Change, NoAdvice};
use super::demand::{needs, passing, relevant};
use crate::entity::{Entity, Slot};
use crate::grade::Reason;
use crate::grade::{Grader, Outcome};
use crate::scorecard::{Condition, Definition, Scorecards, Subject};
use crate::value::Value;

/// How many times an entity is graded before the search is given up.
const MOST_TRIALS: usize = 20_000;
/// How many more once a smallest set is found, to find one with smaller gaps.
const MORE_TRIALS: usize = 300;

/// The smallest set of changes that brings the entity to the level with index `target`.
pub(super) fn advise(
    scorecards: &Scorecards,
    definition: &Definition,
    entity: &Entity<'_>,
    target: usize,
) -> Advice {
    // one scorecard is all that has to be graded again
    let alone = Scorecards::after(scorecards.wanted().clone(), vec![definition.clone()], scorecards.as_of());
    let mut search = Search::new(&alone, entity.to_owned(), target);
    search.find_levers();
    match search.deepen() {
        Ok(mut changes) => {
            search.soften(&mut changes);
            search.advice(&changes)
        }
        Err(no_advice) => Advice { changes: None, reaches: None, no_advice: Some(no_advice) },
    }
}

/// A subject whose value may be changed, and to what.
struct Lever<'s> {
    slot: Slot,
    subject: &'s Subject,
    current: Value<'static>,
    /// The most sensible first; no two pass the same conditions.
    choices: Vec<Choice>,
    /// Those that pass the most conditions.
    keen: Vec<usize>,
}

struct Choice {
    value: Value<'static>,
    cost: f64,
    /// Which conditions pass when this alone is changed.
    passing: Vec<bool>,
}

/// A lever and one of its choices.
type Pull = (usize, usize);

struct Search<'s> {
    scorecards: &'s Scorecards,
    grader: Grader<'s>,
    entity: Entity<'static>,
    target: usize,
    levers: Vec<Lever<'s>>,
    trials: usize,
    best: Option<(f64, Vec<Pull>)>,
}

/// What a trial came to.
struct Trial {
    /// The level, if it is the one wanted or above.
    reached: Option<usize>,
    /// For each part that fails and must pass, the levers it hangs on.
    obstacles: Vec<Vec<usize>>,
    /// A part fails that hangs on none.
    is_stuck: bool,
}

impl<'s> Search<'s> {
    fn new(scorecards: &'s Scorecards, entity: Entity<'static>, target: usize) -> Self {
        let grader = Grader::new(scorecards);
        Self { scorecards, grader, entity, target, levers: Vec::new(), trials: MOST_TRIALS, best: None }
    }

    /// Grades the entity as it now is.
    fn look<T>(&mut self, see: impl FnOnce(&Outcome<'_>, &[Lever<'s>]) -> T) -> Option<T> {
        self.trials = self.trials.saturating_sub(1);
        let graded = self.grader.grade(&self.entity);
        graded.outcomes().next().map(|outcome| see(&outcome, &self.levers))
    }

    /// What may be changed, and all values that make a difference.
    fn find_levers(&mut self) {
        let target = self.target;
        let Some(definition) = self.scorecards.definitions().first() else { return };
        let queries = definition
            .filter
            .iter()
            .chain(definition.rules.iter().filter(|rule| rule.level <= target).map(|rule| &rule.query));
        let conditions: Vec<&'s Condition> = queries.flat_map(|query| query.conditions()).collect();
        let Some(base) = self.look(|outcome, _| passing(outcome, target)) else { return };
        for (index, condition) in conditions.iter().enumerate() {
            let subject = &condition.subject;
            let is_new = conditions.iter().take(index).all(|earlier| earlier.subject != *subject);
            if is_new && !is_fixed(subject) {
                let mine: Vec<&Condition> =
                    conditions.iter().copied().filter(|other| other.subject == *subject).collect();
                self.add_lever(subject, &mine, &base);
            }
        }
    }

    fn add_lever(&mut self, subject: &'s Subject, conditions: &[&Condition], base: &[bool]) {
        let Some(slot) = subject.slot(self.scorecards.wanted()) else { return };
        let current = self.entity.value(slot).clone();
        let mut choices: Vec<Choice> = Vec::new();
        for Candidate { value, oddness } in candidates(subject, conditions, &current, self.scorecards.as_of())
        {
            self.entity.replace(slot, value.clone());
            let target = self.target;
            let Some(passing) = self.look(|outcome, _| passing(outcome, target)) else { continue };
            let adds = !is_covered(&passing, base);
            if adds && choices.iter().all(|known| known.passing != passing) {
                let cost = f64::from(oddness) * 10.0 + step(&current, &value);
                choices.push(Choice { value, cost, passing });
            }
        }
        self.entity.replace(slot, current.clone());
        let keen = (0..choices.len())
            .filter(|&index| {
                let mine = choices.get(index).map(|choice| &choice.passing);
                choices.iter().enumerate().all(|(other, choice)| {
                    other == index || mine.is_some_and(|mine| !is_covered(mine, &choice.passing))
                })
            })
            .collect();
        self.levers.push(Lever { slot, subject, current, choices, keen });
        self.trials = MOST_TRIALS;
    }

    fn trial(&mut self) -> Trial {
        let target = self.target;
        let stuck = Trial { reached: None, obstacles: Vec::new(), is_stuck: true };
        self.look(|outcome, levers| {
            let level = outcome.standing().map(|standing| standing.level);
            let mut obstacles = Vec::new();
            for reason in relevant(outcome, target) {
                obstruct(&reason, levers, &mut obstacles);
            }
            let is_stuck = obstacles.iter().any(Vec::is_empty);
            Trial { reached: level.filter(|level| *level >= target), obstacles, is_stuck }
        })
        .unwrap_or(stuck)
    }

    /// Sets of one change, of two, and so on.
    fn deepen(&mut self) -> Result<Vec<Pull>, NoAdvice> {
        if self.trial().is_stuck {
            return Err(NoAdvice::Fixed);
        }
        for size in 1..=self.levers.len() {
            self.descend(size, &mut Vec::new());
            if let Some((_, pulls)) = self.best.take() {
                return Ok(pulls);
            }
            if self.trials == 0 {
                return Err(NoAdvice::TooMany);
            }
        }
        Err(NoAdvice::NotFound)
    }

    /// Tries all sets that add at most `left` changes to those made.
    fn descend(&mut self, left: usize, made: &mut Vec<Pull>) {
        if self.trials == 0 {
            return;
        }
        let trial = self.trial();
        if trial.reached.is_some() {
            self.keep(made);
            return;
        }
        let is_free = |lever: &usize| made.iter().all(|(pulled, _)| pulled != lever);
        let obstacles: Vec<Vec<usize>> =
            trial.obstacles.iter().map(|levers| levers.iter().copied().filter(is_free).collect()).collect();
        if least_needed(&obstacles) > left {
            return;
        }
        let Some(smallest) = obstacles.iter().min_by_key(|levers| levers.len()) else { return };
        for &lever in smallest {
            let keen = self.levers.get(lever).map(|lever| lever.keen.clone()).unwrap_or_default();
            for choice in keen {
                let before = self.pull((lever, choice));
                made.push((lever, choice));
                self.descend(left - 1, made);
                made.pop();
                self.restore(lever, before);
            }
        }
    }

    fn keep(&mut self, made: &[Pull]) {
        if self.best.is_none() {
            self.trials = self.trials.min(MORE_TRIALS);
        }
        let cost = made
            .iter()
            .filter_map(|(lever, choice)| self.levers.get(*lever)?.choices.get(*choice))
            .map(|choice| choice.cost)
            .sum();
        if self.best.as_ref().is_none_or(|(least, _)| cost < *least) {
            self.best = Some((cost, made.to_vec()));
        }
    }

    /// Makes a change; gives back what was there.
    fn pull(&mut self, (lever, choice): Pull) -> Option<Value<'static>> {
        let lever = self.levers.get(lever)?;
        let value = lever.choices.get(choice)?.value.clone();
        Some(self.entity.replace(lever.slot, value))
    }

    fn restore(&mut self, lever: usize, before: Option<Value<'static>>) {
        if let (Some(lever), Some(before)) = (self.levers.get(lever), before) {
            self.entity.replace(lever.slot, before);
        }
    }

    /// Makes all changes, and each as small as it can be while the level is still reached.
    fn soften(&mut self, pulls: &mut [Pull]) {
        for pull in pulls.iter() {
            self.pull(*pull);
        }
        for pull in pulls.iter_mut() {
            for choice in 0..self.levers.get(pull.0).map_or(0, |lever| lever.choices.len()) {
                self.pull((pull.0, choice));
                if self.trial().reached.is_some() {
                    pull.1 = choice;
                    break;
                }
            }
            self.pull(*pull);
        }
    }

    /// The changes, which have been made, as facts.
    fn advice(&mut self, pulls: &[Pull]) -> Advice {
        let (target, as_of) = (self.target, self.scorecards.as_of());
        let changes = self.look(|outcome, levers| {
            let reasons = relevant(outcome, target);
            let mut pulls = pulls.to_vec();
            pulls.sort_unstable();
            let changes: Vec<Change> = pulls
                .iter()
                .filter_map(|(lever, choice)| {
                    let lever = levers.get(*lever)?;
                    let to = &lever.choices.get(*choice)?.value;
                    let needs = needs(&reasons, lever.subject);
                    Some(Change::new(lever.subject, &lever.current, to, &needs, as_of))
                })
                .collect();
            (changes, outcome.level().map(|level| level.title.clone()))
        });
        let (changes, reaches) = changes.unzip();
        Advice { changes, reaches: reaches.flatten(), no_advice: None }
    }
}

/// Whether all that passes in `one` passes in `other`.
fn is_covered(one: &[bool], other: &[bool]) -> bool {
    one.iter().zip(other).all(|(one, other)| !one || *other)
}

/// The parts of a failing reason each of which must come to pass, as the levers they hang on.
fn obstruct(reason: &Reason<'_>, levers: &[Lever<'_>], obstacles: &mut Vec<Vec<usize>>) {
    match reason {
        _ if reason.passed() => {}
        Reason::Group { any: false, members, .. } => {
            members.iter().for_each(|member| obstruct(member, levers, obstacles));
        }
        _ => {
            let mut found = Vec::new();
            hang(reason, levers, &mut found);
            found.sort_unstable();
            found.dedup();
            obstacles.push(found);
        }
    }
}

/// The levers that a failing reason hangs on.
fn hang(reason: &Reason<'_>, levers: &[Lever<'_>], found: &mut Vec<usize>) {
    match reason {
        Reason::Condition(finding) => {
            found.extend(levers.iter().position(|lever| *lever.subject == finding.condition.subject));
        }
        Reason::Group { members, .. } => members.iter().for_each(|member| hang(member, levers, found)),
    }
}

/// A number of changes below which it is impossible: obstacles that share no lever need one each.
fn least_needed(obstacles: &[Vec<usize>]) -> usize {
    let mut used: Vec<usize> = Vec::new();
    let mut count = 0;
    for levers in obstacles {
        if levers.is_empty() {
            return usize::MAX;
        }
        if levers.iter().all(|lever| !used.contains(lever)) {
            used.extend(levers);
            count += 1;
        }
    }
    count.max(1)
}

/// How far a value is from the current one, as a share.
fn step(current: &Value<'_>, value: &Value<'_>) -> f64 {
    match (current, value) {
        (Value::Number(current), Value::Number(value)) if current != value => {
            let share = (current - value).abs() / current.abs().max(value.abs());
            if share.is_finite() { share.min(1.0) } else { 1.0 }
        }
        _ => 1.0,
    }
}
