//! Finds the fewest changes in one component.
//!
//! The search tries all sets of one change, then all sets of two changes, and so on, so the first set found is the
//! smallest. In each step it takes a part that fails, and tries each variable that can change it.
//!
//! Queries cannot negate a group, so a value that passes more conditions is never worse. Therefore the search tries
//! only values that pass as many conditions as possible. At the end, each change is made as small as possible.
//!
//! The number of sets can grow exponentially. When the steps are spent, a second search takes the first set that it
//! finds, in which each step makes as many parts pass as possible, and leaves out the changes that are not needed.

use super::choice::Choices;
use super::component::Component;
use super::parts::{Parts, State};
use super::steps::Steps;

/// After the first set, the number of steps to find one of the same size with smaller changes.
const MORE_STEPS: usize = 50_000;
/// The greedy search compares this number of failing parts, to take the one with the fewest variables.
const COMPARED: usize = 64;

/// A change: the index of a variable and the index of one of its choices.
pub(super) type Assignment = (usize, usize);

/// The changes found in a component.
#[derive(Debug)]
pub(super) struct Solution {
    pub(super) changes: Vec<Assignment>,
    /// Whether no smaller set of changes exists.
    pub(super) is_smallest: bool,
}

/// The result of a search that found no changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// There are none.
    Impossible,
    /// The steps were not enough.
    OutOfSteps,
}

/// The search in one component.
pub(super) struct Search<'s, 'p> {
    pub(super) parts: &'p Parts,
    pub(super) component: &'s Component,
    /// The index of the component in the state.
    pub(super) index: usize,
    /// The variables of the component that must change.
    pub(super) forced: Vec<usize>,
    /// The choices of all variables.
    pub(super) choices: &'s [Choices],
    /// The current state of the entity, for each atom.
    pub(super) base: &'s [bool],
    pub(super) state: &'s mut State<'p>,
    /// Whether each variable has been changed.
    pub(super) changed: &'s mut [bool],
    /// For each variable, the number of the last bound that used it.
    pub(super) used: &'s mut Marks,
}

/// Marks on variables, which are removed all at once.
#[derive(Debug)]
pub(super) struct Marks {
    marks: Vec<usize>,
    current: usize,
}

impl Marks {
    pub(super) fn new(count: usize) -> Self {
        Self { marks: vec![0; count], current: 0 }
    }

    fn clear(&mut self) {
        self.current += 1;
    }

    fn has(&self, index: usize) -> bool {
        self.marks.get(index) == Some(&self.current)
    }

    fn add(&mut self, index: usize) {
        if let Some(mark) = self.marks.get_mut(index) {
            *mark = self.current;
        }
    }
}

/// The next step after a change.
enum Visit {
    /// All parts of the component pass.
    Reached,
    /// The changes so far lead nowhere.
    DeadEnd,
    /// One of these changes must be made.
    Branch(Vec<Assignment>),
}

/// Changes of which one must be made, and the one that is made.
struct Frame {
    options: Vec<Assignment>,
    next: usize,
    made: Option<Assignment>,
}

/// The best set of changes so far.
#[derive(Default)]
struct Best {
    found: Option<(f64, Vec<Assignment>)>,
}

impl<'s> Search<'s, '_> {
    /// Finds the smallest set of changes within `exact` steps, or some set within `greedy` further steps.
    pub(super) fn run(&mut self, exact: &mut Steps, greedy: &mut Steps) -> Result<Solution, Failure> {
        let most = self.component.variables.len();
        let mut least = match self.least_changes(0, usize::MAX) {
            (None, _) => return Err(Failure::Impossible),
            (Some(least), _) => least.max(1),
        };
        while least <= most {
            match self.smallest(least, exact) {
                Ok(Some(changes)) => return Ok(Solution { changes, is_smallest: true }),
                Ok(None) => least += 1,
                Err(Failure::Impossible) => return Err(Failure::Impossible),
                Err(Failure::OutOfSteps) => {
                    let changes = self.first_found(greedy)?;
                    let is_smallest = changes.len() == least;
                    return Ok(Solution { changes, is_smallest });
                }
            }
        }
        Err(Failure::Impossible)
    }

    /// The cheapest set of at most `size` changes; `None` if there is no such set.
    fn smallest(&mut self, size: usize, steps: &mut Steps) -> Result<Option<Vec<Assignment>>, Failure> {
        let mut best = Best::default();
        let mut made: Vec<Assignment> = Vec::new();
        let mut frames: Vec<Frame> = Vec::new();
        let mut spare = Steps::new(0);
        let mut visit = self.visit(0, size, steps);
        loop {
            match visit {
                Some(Visit::Branch(options)) => frames.push(Frame { options, next: 0, made: None }),
                Some(Visit::Reached) => {
                    if best.found.is_none() {
                        spare = steps.beyond(MORE_STEPS);
                    }
                    best.add(self.cost(&made), &made);
                }
                Some(Visit::DeadEnd) => {}
                None => {
                    self.undo_all(&mut made);
                    steps.put_back(&spare);
                    return best.found.map_or(Err(Failure::OutOfSteps), |(_, changes)| Ok(Some(changes)));
                }
            }
            let Some(next) = self.advance(&mut frames, &mut made, &best) else {
                steps.put_back(&spare);
                return Ok(best.found.map(|(_, changes)| changes));
            };
            self.make(next);
            made.push(next);
            visit = self.visit(made.len(), size - made.len(), steps);
        }
    }

    /// Undoes the changes that are finished, and returns the next change to make.
    fn advance(
        &mut self,
        frames: &mut Vec<Frame>,
        made: &mut Vec<Assignment>,
        best: &Best,
    ) -> Option<Assignment> {
        loop {
            let frame = frames.last_mut()?;
            if let Some(change) = frame.made.take() {
                self.undo(change);
                made.pop();
            }
            let so_far = if best.found.is_some() { self.cost(made) } else { 0.0 };
            while let Some(&option) = frame.options.get(frame.next) {
                frame.next += 1;
                if best.found.as_ref().is_none_or(|(least, _)| so_far + self.cost(&[option]) < *least) {
                    frame.made = Some(option);
                    return Some(option);
                }
            }
            frames.pop();
        }
    }

    /// Judges the state after `made` changes, if at most `left` further changes may be made. `None` if the steps are
    /// spent.
    fn visit(&mut self, made: usize, left: usize, steps: &mut Steps) -> Option<Visit> {
        let before = std::mem::take(&mut self.state.steps);
        let (least, work) = self.least_changes(made, left);
        if !steps.take(before + work) {
            return None;
        }
        Some(match least {
            None => Visit::DeadEnd,
            Some(0) => Visit::Reached,
            Some(least) if least > left => Visit::DeadEnd,
            Some(_) => Visit::Branch(self.options(made, usize::MAX)),
        })
    }

    /// A lower bound for the number of further changes after `made` changes: forced variables, and parts without a
    /// common variable, need one change each. `None` if there is a part that no free variable can change. Stops above
    /// `left`. Also returns the steps.
    fn least_changes(&mut self, made: usize, left: usize) -> (Option<usize>, usize) {
        self.used.clear();
        let forced = self.forced.get(made..).unwrap_or_default();
        forced.iter().for_each(|variable| self.used.add(*variable));
        let mut count = forced.len();
        let mut work = 1 + forced.len();
        for &part in self.state.unmet(self.index) {
            let variables = self.parts.variables(part);
            work += 1 + variables.len();
            let free = || variables.iter().filter(|variable| !is_in(self.changed, **variable));
            if free().next().is_none() {
                return (None, work);
            }
            if count > left {
                break;
            }
            if free().all(|variable| !self.used.has(*variable)) {
                free().for_each(|variable| self.used.add(*variable));
                count += 1;
            }
        }
        (Some(count), work)
    }

    /// The changes of which one must be made after `made` changes: those of a forced variable, or those of the part with
    /// the fewest variables among the first `most` parts that fail. Forced variables are changed first, in their order.
    fn options(&self, made: usize, most: usize) -> Vec<Assignment> {
        if let Some(forced) = self.forced.get(made) {
            return self.of_variables(&[*forced]);
        }
        let free = |part: &&usize| {
            self.parts.variables(**part).iter().filter(|variable| !is_in(self.changed, **variable)).count()
        };
        let smallest = self.state.unmet(self.index).iter().take(most).min_by_key(free);
        smallest.map(|part| self.of_variables(self.parts.variables(*part))).unwrap_or_default()
    }

    /// All maximal choices of the variables that have not been changed.
    fn of_variables(&self, variables: &[usize]) -> Vec<Assignment> {
        let free = variables.iter().filter(|variable| !is_in(self.changed, **variable));
        free.flat_map(|&variable| {
            self.choices_of(variable).maximal.iter().map(move |choice| (variable, *choice))
        })
        .collect()
    }

    /// Some set of changes that makes all parts pass, without changes that are not needed.
    fn first_found(&mut self, steps: &mut Steps) -> Result<Vec<Assignment>, Failure> {
        let mut made: Vec<Assignment> = Vec::new();
        let mut frames: Vec<Frame> = Vec::new();
        while made.len() < self.forced.len() || !self.state.unmet(self.index).is_empty() {
            let options = self.greedy_options(made.len(), steps);
            if steps.left() == 0 {
                self.undo_all(&mut made);
                return Err(Failure::OutOfSteps);
            }
            frames.push(Frame { options, next: 0, made: None });
            let Some(next) = self.advance(&mut frames, &mut made, &Best::default()) else {
                return Err(Failure::Impossible);
            };
            self.make(next);
            made.push(next);
        }
        self.leave_out_needless(&mut made);
        let found = made.clone();
        self.undo_all(&mut made);
        Ok(found)
    }

    /// The options, first those after which the fewest parts fail, then the cheapest.
    fn greedy_options(&mut self, made: usize, steps: &mut Steps) -> Vec<Assignment> {
        let options = self.options(made, COMPARED);
        let mut ranked: Vec<(usize, f64, Assignment)> = Vec::new();
        for option in options {
            if !steps.take(1 + std::mem::take(&mut self.state.steps)) {
                break;
            }
            self.make(option);
            ranked.push((self.state.unmet(self.index).len(), self.cost(&[option]), option));
            self.undo(option);
        }
        ranked.sort_by(|one, other| one.0.cmp(&other.0).then(one.1.total_cmp(&other.1)));
        ranked.into_iter().map(|(.., option)| option).collect()
    }

    /// Leaves out each change without which all parts pass, the most expensive first.
    fn leave_out_needless(&mut self, made: &mut Vec<Assignment>) {
        // the forced variables come first
        let mut order = made.get(self.forced.len()..).unwrap_or_default().to_vec();
        order.sort_by(|one, other| self.cost(&[*other]).total_cmp(&self.cost(&[*one])));
        for change in order {
            self.undo(change);
            if !self.state.unmet(self.index).is_empty() {
                self.make(change);
            }
        }
        made.retain(|(variable, _)| is_in(self.changed, *variable));
    }

    /// Makes the changes, and replaces each with the most natural one with which all parts still pass.
    pub(super) fn make_smaller(&mut self, changes: &mut [Assignment], steps: &mut Steps) {
        changes.iter().for_each(|change| self.make(*change));
        for change in changes {
            let (variable, before) = *change;
            for choice in 0..before {
                self.make((variable, choice));
                let is_affordable = steps.take(1 + std::mem::take(&mut self.state.steps));
                if is_affordable && self.state.unmet(self.index).is_empty() {
                    change.1 = choice;
                    break;
                }
                if !is_affordable {
                    break;
                }
            }
            self.make(*change);
        }
    }

    fn cost(&self, changes: &[Assignment]) -> f64 {
        changes.iter().map(|(variable, choice)| self.choices_of(*variable).choice(*choice).cost).sum()
    }

    #[expect(clippy::expect_used, reason = "there is a list of choices for each variable")]
    fn choices_of(&self, variable: usize) -> &'s Choices {
        self.choices.get(variable).expect("the variable exists")
    }

    /// Makes a change.
    pub(super) fn make(&mut self, (variable, choice): Assignment) {
        mark(self.changed, variable, true);
        let choices = self.choices_of(variable);
        let passing = &choices.choice(choice).passing;
        for (place, atom) in choices.atoms.iter().enumerate() {
            self.state.set(*atom, passing.has(place), |_| {});
        }
    }

    /// Undoes a change.
    fn undo(&mut self, (variable, _): Assignment) {
        mark(self.changed, variable, false);
        for &atom in &self.choices_of(variable).atoms {
            self.state.set(atom, is_in(self.base, atom), |_| {});
        }
    }

    fn undo_all(&mut self, made: &mut Vec<Assignment>) {
        while let Some(change) = made.pop() {
            self.undo(change);
        }
    }
}

impl Best {
    fn add(&mut self, cost: f64, made: &[Assignment]) {
        if self.found.as_ref().is_none_or(|(least, _)| cost < *least) {
            self.found = Some((cost, made.to_vec()));
        }
    }
}

fn is_in(set: &[bool], index: usize) -> bool {
    set.get(index) == Some(&true)
}

fn mark(set: &mut [bool], index: usize, is_in: bool) {
    if let Some(mark) = set.get_mut(index) {
        *mark = is_in;
    }
}
