//! Finds the fewest changes that bring an entity to the next level.
//!
//! The search tries all sets of one change, then all sets of two changes, and so on, so the first set found is the
//! smallest. Each step grades the entity with some properties changed; the rules that still fail show which further
//! properties to change.
//!
//! Queries cannot negate a group, so a value that passes more conditions is never worse. Therefore the search tries
//! only values that pass as many conditions as possible. At the end, each change is made as small as possible.

use super::candidate::{Candidate, candidates, is_fixed};
use super::change::{Advice, Change, NoAdvice};
use super::demand::{needs, passing, relevant};
use crate::entity::{Entity, Slot};
use crate::grade::{Grader, Outcome, Reason};
use crate::scorecard::{Condition, Definition, Scorecards, Subject};
use crate::value::Value;

/// The search gives up after grading an entity this many times.
const MOST_TRIALS: usize = 20_000;
/// After the first solution, the number of further gradings to find one of the same size with smaller changes.
const MORE_TRIALS: usize = 300;

/// The fewest changes that bring the entity to the level with index `target`.
pub(super) fn advise(
    scorecards: &Scorecards,
    definition: &Definition,
    entity: &Entity<'_>,
    target: usize,
) -> Advice {
    // compile only this scorecard, so that the others are not graded again
    let alone = Scorecards::after(scorecards.wanted().clone(), vec![definition.clone()], scorecards.as_of());
    let mut search = Search::new(&alone, entity.to_owned(), target);
    search.find_variables();
    match search.find_smallest() {
        Ok(mut changes) => {
            search.minimize(&mut changes);
            search.advice(&changes)
        }
        Err(no_advice) => Advice::Unknown(no_advice),
    }
}

/// A property or relation that can be changed, and the values to try.
struct Variable<'s> {
    slot: Slot,
    subject: &'s Subject,
    current: Value<'static>,
    /// The most natural value first. No two values pass the same conditions.
    choices: Vec<Choice>,
    /// The indices of the choices that pass as many conditions as possible: no other choice passes the same conditions
    /// and further ones.
    maximal: Vec<usize>,
}

/// A value to try.
struct Choice {
    value: Value<'static>,
    /// A measure of the effort: unusual values cost more, and then larger steps.
    cost: f64,
    /// Whether each condition passes if only this property is changed.
    passing: Vec<bool>,
}

/// A change: the index of a variable and the index of one of its choices.
type Assignment = (usize, usize);

/// The state of a search.
struct Search<'s> {
    scorecards: &'s Scorecards,
    grader: Grader<'s>,
    entity: Entity<'static>,
    target: usize,
    variables: Vec<Variable<'s>>,
    /// The number of gradings left.
    trials: usize,
    /// The cheapest set of changes of the current size that reaches the level.
    best: Option<(f64, Vec<Assignment>)>,
}

/// The result of grading the entity with some changes.
struct Trial {
    /// Whether the entity holds the target level or a higher one.
    is_reached: bool,
    /// For each failing part of a query that must pass, the indices of the variables that can change it.
    unmet: Vec<Vec<usize>>,
    /// Whether there is a failing part that no variable can change.
    is_impossible: bool,
}

impl<'s> Search<'s> {
    fn new(scorecards: &'s Scorecards, entity: Entity<'static>, target: usize) -> Self {
        let grader = Grader::new(scorecards);
        Self { scorecards, grader, entity, target, variables: Vec::new(), trials: MOST_TRIALS, best: None }
    }

    /// Grades the entity with the changes made so far, and returns what `read` returns.
    #[expect(clippy::expect_used, reason = "the scorecard has graded this entity before")]
    fn grade<T>(&mut self, read: impl FnOnce(&Outcome<'_>, &[Variable<'s>]) -> T) -> T {
        self.trials = self.trials.saturating_sub(1);
        let graded = self.grader.grade(&self.entity);
        let outcome = graded.outcomes().next().expect("the scorecard is of the blueprint of the entity");
        read(&outcome, &self.variables)
    }

    #[expect(clippy::indexing_slicing, reason = "variables are only added, and indices come from this list")]
    fn variable(&self, index: usize) -> &Variable<'s> {
        &self.variables[index]
    }

    /// Finds the properties that can be changed, and the values that are worth trying.
    #[expect(clippy::expect_used, reason = "`advise` compiles exactly one scorecard")]
    fn find_variables(&mut self) {
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
                self.add_variable(subject, &mine, &base);
            }
        }
    }

    /// Adds a property or relation with each value that makes a further condition pass.
    #[expect(clippy::expect_used, reason = "compiling the scorecard gave each of its subjects a slot")]
    fn add_variable(&mut self, subject: &'s Subject, conditions: &[&Condition], base: &[bool]) {
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
        self.variables.push(Variable { slot, subject, current, choices, maximal });
        self.trials = MOST_TRIALS;
    }

    /// Grades the entity with the changes made so far.
    fn trial(&mut self) -> Trial {
        let target = self.target;
        self.grade(|outcome, variables| {
            let mut unmet = Vec::new();
            for reason in relevant(outcome, target) {
                add_unmet(&reason, variables, &mut unmet);
            }
            Trial {
                is_reached: outcome.standing().is_some_and(|standing| standing.level >= target),
                is_impossible: unmet.iter().any(Vec::is_empty),
                unmet,
            }
        })
    }

    /// Finds the smallest set of changes: tries all sets of one change, then all sets of two, and so on.
    fn find_smallest(&mut self) -> Result<Vec<Assignment>, NoAdvice> {
        if self.trial().is_impossible {
            return Err(NoAdvice::Fixed);
        }
        for size in 1..=self.variables.len() {
            self.extend_set(size, &mut Vec::new());
            if let Some((_, assignments)) = self.best.take() {
                return Ok(assignments);
            }
            if self.trials == 0 {
                return Err(NoAdvice::TooMany);
            }
        }
        Err(NoAdvice::NotFound)
    }

    /// Tries all sets that add at most `left` changes to the changes already made.
    fn extend_set(&mut self, left: usize, made: &mut Vec<Assignment>) {
        if self.trials == 0 {
            return;
        }
        let trial = self.trial();
        if trial.is_reached {
            self.record(made);
            return;
        }
        let is_free = |variable: &usize| made.iter().all(|(assigned, _)| assigned != variable);
        let unmet: Vec<Vec<usize>> =
            trial.unmet.iter().map(|variables| variables.iter().copied().filter(is_free).collect()).collect();
        if least_changes(&unmet) > left {
            return;
        }
        let Some(smallest) = unmet.iter().min_by_key(|variables| variables.len()) else { return };
        for &variable in smallest {
            for choice in self.variable(variable).maximal.clone() {
                let before = self.assign((variable, choice));
                made.push((variable, choice));
                self.extend_set(left - 1, made);
                made.pop();
                self.restore(variable, before);
            }
        }
    }

    /// Records a set of changes that reaches the level, if it is the cheapest so far.
    fn record(&mut self, made: &[Assignment]) {
        if self.best.is_none() {
            self.trials = self.trials.min(MORE_TRIALS);
        }
        let cost = made.iter().map(|(variable, choice)| self.variable(*variable).choice(*choice).cost).sum();
        if self.best.as_ref().is_none_or(|(least, _)| cost < *least) {
            self.best = Some((cost, made.to_vec()));
        }
    }

    /// Makes a change and returns the previous value.
    fn assign(&mut self, (variable, choice): Assignment) -> Value<'static> {
        let variable = self.variable(variable);
        let (slot, value) = (variable.slot, variable.choice(choice).value.clone());
        self.entity.replace(slot, value)
    }

    fn restore(&mut self, variable: usize, before: Value<'static>) {
        let slot = self.variable(variable).slot;
        self.entity.replace(slot, before);
    }

    /// Replaces each change with the most natural one that still reaches the level.
    fn minimize(&mut self, assignments: &mut [Assignment]) {
        for assignment in assignments.iter() {
            self.assign(*assignment);
        }
        for assignment in assignments.iter_mut() {
            for choice in 0..self.variable(assignment.0).choices.len() {
                self.assign((assignment.0, choice));
                if self.trial().is_reached {
                    assignment.1 = choice;
                    break;
                }
            }
            self.assign(*assignment);
        }
    }

    /// Builds the advice. The changes must have been made.
    #[expect(clippy::expect_used, reason = "the last trial has reached the level")]
    fn advice(&mut self, assignments: &[Assignment]) -> Advice {
        let (target, as_of) = (self.target, self.scorecards.as_of());
        let mut assignments = assignments.to_vec();
        assignments.sort_unstable();
        self.grade(|outcome, variables| {
            let reasons = relevant(outcome, target);
            let changed: Vec<(&Variable<'_>, &Value<'static>)> = assignments
                .iter()
                .map(|(variable, choice)| {
                    let variable = variables.get(*variable).expect("the variable was assigned");
                    (variable, &variable.choice(*choice).value)
                })
                .collect();
            let subjects: Vec<&Subject> = changed.iter().map(|(variable, _)| variable.subject).collect();
            let needs = needs(&reasons, &subjects, as_of);
            let changes = changed.iter().zip(&needs).map(|((variable, value), needs)| {
                Change::new(variable.subject, &variable.current, value, needs, as_of)
            });
            let level = outcome.level().expect("the changes reach a level");
            Advice::Changes { changes: changes.collect(), reaches: level.title.clone() }
        })
    }
}

impl Variable<'_> {
    #[expect(clippy::indexing_slicing, reason = "the choices do not change, and indices come from this list")]
    fn choice(&self, index: usize) -> &Choice {
        &self.choices[index]
    }
}

/// Whether each condition that passes in `one` also passes in `other`.
fn is_covered(one: &[bool], other: &[bool]) -> bool {
    one.iter().zip(other).all(|(one, other)| !one || *other)
}

/// Adds the failing parts of a reason that must pass. Each part is added as the list of variables that can change it.
fn add_unmet(reason: &Reason<'_>, variables: &[Variable<'_>], unmet: &mut Vec<Vec<usize>>) {
    match reason {
        _ if reason.passed() => {}
        Reason::Group { any: false, members, .. } => {
            members.iter().for_each(|member| add_unmet(member, variables, unmet));
        }
        _ => {
            let mut found = Vec::new();
            add_variables(reason, variables, &mut found);
            found.sort_unstable();
            found.dedup();
            unmet.push(found);
        }
    }
}

/// Adds the variables that can change a failing reason.
fn add_variables(reason: &Reason<'_>, variables: &[Variable<'_>], found: &mut Vec<usize>) {
    match reason {
        Reason::Condition(failing) => {
            found
                .extend(variables.iter().position(|variable| *variable.subject == failing.condition.subject));
        }
        Reason::Group { members, .. } => {
            members.iter().for_each(|member| add_variables(member, variables, found))
        }
    }
}

/// A lower bound for the number of changes that are needed: parts without a common variable need one change each.
fn least_changes(unmet: &[Vec<usize>]) -> usize {
    let mut used: Vec<usize> = Vec::new();
    let mut count = 0;
    for variables in unmet {
        if variables.is_empty() {
            return usize::MAX;
        }
        if variables.iter().all(|variable| !used.contains(variable)) {
            used.extend(variables);
            count += 1;
        }
    }
    count.max(1)
}

/// The size of a change, from 0 to 1.
fn step(current: &Value<'_>, value: &Value<'_>) -> f64 {
    match (current, value) {
        (Value::Number(current), Value::Number(value)) if current != value => {
            let share = (current - value).abs() / current.abs().max(value.abs());
            if share.is_finite() { share.min(1.0) } else { 1.0 }
        }
        _ => 1.0,
    }
}
