//! Finds the fewest properties that must change for the next level.
//!
//! Each step grades the entity with some properties changed; the rules that still fail say which properties may
//! have to change as well. A query has no negation above its conditions, so a value that passes more of them is
//! never worse, and the search only tries the values that pass most. Sets of one change are tried before sets of
//! two and so on, so the first set found is the smallest. Finally each change is made as small as possible.

use super::candidate::{Candidate, candidates, is_fixed};
use super::change::{Advice, Change, NoAdvice};
use super::demand::{needs, passing, relevant};
use crate::entity::{Entity, Slot};
use crate::grade::{Grader, Outcome, Reason};
use crate::scorecard::{Condition, Definition, Scorecards, Subject};
use crate::value::Value;

/// The search gives up after grading an entity this many times.
const MOST_TRIALS: usize = 20_000;
/// Further trials after a smallest set is found, to find one with smaller gaps.
const MORE_TRIALS: usize = 300;

/// The smallest set of changes that brings the entity to the level with index `target`.
pub(super) fn advise(
    scorecards: &Scorecards,
    definition: &Definition,
    entity: &Entity<'_>,
    target: usize,
) -> Advice {
    // the other scorecards need not be graded again
    let alone = Scorecards::after(scorecards.wanted().clone(), vec![definition.clone()], scorecards.as_of());
    let mut search = Search::new(&alone, entity.to_owned(), target);
    search.find_levers();
    match search.deepen() {
        Ok(mut changes) => {
            search.soften(&mut changes);
            search.advice(&changes)
        }
        Err(no_advice) => Advice::Unknown(no_advice),
    }
}

/// A property or relation that can be changed, and the values to try.
struct Lever<'s> {
    slot: Slot,
    subject: &'s Subject,
    current: Value<'static>,
    /// The most natural first; no two pass the same conditions.
    choices: Vec<Choice>,
    /// The indices of the choices that pass most: no other choice passes the same conditions and more.
    maximal: Vec<usize>,
}

struct Choice {
    value: Value<'static>,
    cost: f64,
    /// Whether each condition passes when only this is changed.
    passing: Vec<bool>,
}

/// The index of a lever and that of one of its choices.
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

/// The result of grading the entity with some changes.
struct Trial {
    /// It holds the target level or a higher one.
    is_reached: bool,
    /// For each part of a query that fails and must pass, the levers that can change it.
    obstacles: Vec<Vec<usize>>,
    /// No lever can change one of the failing parts.
    is_stuck: bool,
}

impl<'s> Search<'s> {
    fn new(scorecards: &'s Scorecards, entity: Entity<'static>, target: usize) -> Self {
        let grader = Grader::new(scorecards);
        Self { scorecards, grader, entity, target, levers: Vec::new(), trials: MOST_TRIALS, best: None }
    }

    /// Grades the entity with the changes made so far.
    #[expect(clippy::expect_used, reason = "the scorecard has graded this entity before")]
    fn grade<T>(&mut self, read: impl FnOnce(&Outcome<'_>, &[Lever<'s>]) -> T) -> T {
        self.trials = self.trials.saturating_sub(1);
        let graded = self.grader.grade(&self.entity);
        let outcome = graded.outcomes().next().expect("the scorecard is of the blueprint of the entity");
        read(&outcome, &self.levers)
    }

    #[expect(clippy::indexing_slicing, reason = "levers are only added, and indices come from this list")]
    fn lever(&self, index: usize) -> &Lever<'s> {
        &self.levers[index]
    }

    /// Finds the properties that can be changed, and the values that make a difference.
    #[expect(clippy::expect_used, reason = "`advise` compiles exactly one scorecard")]
    fn find_levers(&mut self) {
        let target = self.target;
        let definition = self.scorecards.definitions().first().expect("there is one scorecard");
        let queries = definition
            .filter
            .iter()
            .chain(definition.rules.iter().filter(|rule| rule.level <= target).map(|rule| &rule.query));
        let conditions: Vec<&'s Condition> = queries.flat_map(|query| query.conditions()).collect();
        let base = self.grade(|outcome, _| passing(outcome, target));
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

    #[expect(clippy::expect_used, reason = "compiling the scorecard gave each of its subjects a slot")]
    fn add_lever(&mut self, subject: &'s Subject, conditions: &[&Condition], base: &[bool]) {
        let slot = subject.slot(self.scorecards.wanted()).expect("the subject has a slot");
        let current = self.entity.value(slot).clone();
        let mut choices: Vec<Choice> = Vec::new();
        for Candidate { value, oddness } in candidates(subject, conditions, &current, self.scorecards.as_of())
        {
            self.entity.replace(slot, value.clone());
            let target = self.target;
            let passing = self.grade(|outcome, _| passing(outcome, target));
            let adds = !is_covered(&passing, base);
            if adds && choices.iter().all(|known| known.passing != passing) {
                let cost = f64::from(oddness) * 10.0 + step(&current, &value);
                choices.push(Choice { value, cost, passing });
            }
        }
        self.entity.replace(slot, current.clone());
        let is_maximal = |(index, choice): &(usize, &Choice)| {
            let mut others = choices.iter().enumerate().filter(|(other, _)| other != index);
            others.all(|(_, other)| !is_covered(&choice.passing, &other.passing))
        };
        let maximal = choices.iter().enumerate().filter(is_maximal).map(|(index, _)| index).collect();
        self.levers.push(Lever { slot, subject, current, choices, maximal });
        self.trials = MOST_TRIALS;
    }

    fn trial(&mut self) -> Trial {
        let target = self.target;
        self.grade(|outcome, levers| {
            let mut obstacles = Vec::new();
            for reason in relevant(outcome, target) {
                obstruct(&reason, levers, &mut obstacles);
            }
            Trial {
                is_reached: outcome.standing().is_some_and(|standing| standing.level >= target),
                is_stuck: obstacles.iter().any(Vec::is_empty),
                obstacles,
            }
        })
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

    /// Tries all sets that add at most `left` changes to those already made.
    fn descend(&mut self, left: usize, made: &mut Vec<Pull>) {
        if self.trials == 0 {
            return;
        }
        let trial = self.trial();
        if trial.is_reached {
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
            for choice in self.lever(lever).maximal.clone() {
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
        let cost = made.iter().map(|(lever, choice)| self.lever(*lever).choice(*choice).cost).sum();
        if self.best.as_ref().is_none_or(|(least, _)| cost < *least) {
            self.best = Some((cost, made.to_vec()));
        }
    }

    /// Makes a change and returns the previous value.
    fn pull(&mut self, (lever, choice): Pull) -> Value<'static> {
        let lever = self.lever(lever);
        let (slot, value) = (lever.slot, lever.choice(choice).value.clone());
        self.entity.replace(slot, value)
    }

    fn restore(&mut self, lever: usize, before: Value<'static>) {
        let slot = self.lever(lever).slot;
        self.entity.replace(slot, before);
    }

    /// Makes all changes, and each as small as possible while the level is still reached.
    fn soften(&mut self, pulls: &mut [Pull]) {
        for pull in pulls.iter() {
            self.pull(*pull);
        }
        for pull in pulls.iter_mut() {
            for choice in 0..self.lever(pull.0).choices.len() {
                self.pull((pull.0, choice));
                if self.trial().is_reached {
                    pull.1 = choice;
                    break;
                }
            }
            self.pull(*pull);
        }
    }

    /// The advice, once the changes have been made.
    #[expect(clippy::expect_used, reason = "the last trial has reached the level")]
    fn advice(&mut self, pulls: &[Pull]) -> Advice {
        let (target, as_of) = (self.target, self.scorecards.as_of());
        let mut pulls = pulls.to_vec();
        pulls.sort_unstable();
        self.grade(|outcome, levers| {
            let reasons = relevant(outcome, target);
            let of_pull = |(lever, choice): &Pull| {
                let lever = levers.get(*lever).expect("the lever was pulled");
                let needs = needs(&reasons, lever.subject);
                Change::new(lever.subject, &lever.current, &lever.choice(*choice).value, &needs, as_of)
            };
            let level = outcome.level().expect("the changes reach a level");
            Advice::Changes { changes: pulls.iter().map(of_pull).collect(), reaches: level.title.clone() }
        })
    }
}

impl Lever<'_> {
    #[expect(clippy::indexing_slicing, reason = "the choices do not change, and indices come from this list")]
    fn choice(&self, index: usize) -> &Choice {
        &self.choices[index]
    }
}

/// Whether all that passes in `one` passes in `other`.
fn is_covered(one: &[bool], other: &[bool]) -> bool {
    one.iter().zip(other).all(|(one, other)| !one || *other)
}

/// Adds the parts of a failing reason that must all pass, each as the levers that can change it.
fn obstruct(reason: &Reason<'_>, levers: &[Lever<'_>], obstacles: &mut Vec<Vec<usize>>) {
    match reason {
        _ if reason.passed() => {}
        Reason::Group { any: false, members, .. } => {
            members.iter().for_each(|member| obstruct(member, levers, obstacles));
        }
        _ => {
            let mut found = Vec::new();
            add_levers(reason, levers, &mut found);
            found.sort_unstable();
            found.dedup();
            obstacles.push(found);
        }
    }
}

/// Adds the levers that can change a failing reason.
fn add_levers(reason: &Reason<'_>, levers: &[Lever<'_>], found: &mut Vec<usize>) {
    match reason {
        Reason::Condition(finding) => {
            found.extend(levers.iter().position(|lever| *lever.subject == finding.condition.subject));
        }
        Reason::Group { members, .. } => members.iter().for_each(|member| add_levers(member, levers, found)),
    }
}

/// A lower bound for the number of changes: obstacles that share no lever need one change each.
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

/// The distance of a value from the current one, from 0 to 1.
fn step(current: &Value<'_>, value: &Value<'_>) -> f64 {
    match (current, value) {
        (Value::Number(current), Value::Number(value)) if current != value => {
            let share = (current - value).abs() / current.abs().max(value.abs());
            if share.is_finite() { share.min(1.0) } else { 1.0 }
        }
        _ => 1.0,
    }
}
