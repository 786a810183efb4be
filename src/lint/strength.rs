//! Finds, among the rules of a level, one that implies another.
//!
//! Rules with a shape are sorted by their numbers and grouped by their values, so only those that can imply a rule
//! are compared with it. Other rules are compared with all, until there are no steps left.

use super::analysis::Analysis;
use super::domain::{Key, Premises};
use super::shape::{Kind, Part, Shape};
use std::collections::HashMap;

/// The rules of a level, to search for the first one that implies another. A position is an index in the list of
/// rules.
pub(super) struct Strength<'a> {
    analysis: &'a Analysis,
    context: Premises<'a>,
    rules: &'a [usize],
    shapes: Vec<Option<Shape>>,
    fields: HashMap<usize, FieldIndex>,
    /// The positions of rules with alternatives.
    alternatives: Vec<usize>,
    /// The positions of rules without a shape.
    shapeless: Vec<usize>,
}

/// The rules with conditions on one field that are all required.
#[derive(Default)]
struct FieldIndex {
    all: Vec<usize>,
    /// Sorted from the highest lower bound.
    lows: Bounds,
    /// Sorted from the lowest upper bound.
    highs: Bounds,
    values: HashMap<(Key, bool), Vec<usize>>,
    /// Rules with [`Kind::Values`] or [`Kind::Other`].
    not_ranges: Vec<usize>,
    /// Rules with [`Kind::Other`].
    others: Vec<usize>,
}

/// Rules sorted from the strictest bound.
#[derive(Default)]
struct Bounds {
    /// The bound and the position.
    sorted: Vec<(f64, usize)>,
    /// For each index, the two smallest positions up to it.
    smallest: Vec<[usize; 2]>,
}

impl Bounds {
    fn sort(&mut self, downwards: bool) {
        self.sorted.sort_by(|one, other| {
            let order = one.0.total_cmp(&other.0);
            if downwards { order.reverse() } else { order }
        });
        let mut smallest = [usize::MAX; 2];
        for (_, position) in &self.sorted {
            let [first, second] = smallest;
            smallest = [first.min(*position), first.max(*position).min(second)];
            self.smallest.push(smallest);
        }
    }

    /// The rules with a bound that is at least as strict.
    fn as_strict(&self, is_strict: impl Fn(f64) -> bool) -> &[(f64, usize)] {
        self.sorted.get(..self.sorted.partition_point(|(bound, _)| is_strict(*bound))).unwrap_or_default()
    }

    /// The first of the `count` strictest rules, apart from `this`.
    fn first(&self, count: usize, this: usize) -> Option<usize> {
        let smallest = self.smallest.get(count.checked_sub(1)?)?;
        smallest.iter().copied().find(|position| *position != this).filter(|position| *position != usize::MAX)
    }
}

impl<'a> Strength<'a> {
    pub(super) fn new(analysis: &'a Analysis, rules: &'a [usize]) -> Self {
        let context = analysis.context_premises();
        let shape = |rule: &usize| Shape::of(&analysis.space, analysis.rule(*rule), &context);
        let shapes: Vec<Option<Shape>> = rules.iter().map(shape).collect();
        let mut fields: HashMap<usize, FieldIndex> = HashMap::new();
        let (mut alternatives, mut shapeless) = (Vec::new(), Vec::new());
        for (position, shape) in shapes.iter().enumerate() {
            match shape {
                None => shapeless.push(position),
                Some(shape) if shape.is_alternative => alternatives.push(position),
                Some(shape) => {
                    for part in &shape.parts {
                        fields.entry(part.field).or_default().add(part, position);
                    }
                }
            }
        }
        for index in fields.values_mut() {
            index.lows.sort(true);
            index.highs.sort(false);
        }
        Self { analysis, context, rules, shapes, fields, alternatives, shapeless }
    }

    /// The first rule that implies the rule at `position`.
    pub(super) fn stronger(&self, position: usize) -> Option<usize> {
        let shape = self.shape(position);
        let found = match shape {
            None => None,
            Some(shape) if shape.is_alternative => {
                let one_part = shape.parts.iter().filter_map(|part| self.first_of(part, position)).min();
                let found = self.search(self.alternatives.iter().copied(), position, shape);
                one_part.into_iter().chain(found).min()
            }
            Some(shape) => match shape.parts.as_slice() {
                [part] => self.first_of(part, position),
                parts => {
                    let fewest = parts.iter().min_by_key(|part| self.candidates(part).count())?;
                    self.search(self.candidates(fewest), position, shape)
                }
            },
        };
        let before = found.unwrap_or(usize::MAX);
        let all = 0..self.rules.len();
        let pairs: Box<dyn Iterator<Item = usize>> = match shape {
            Some(_) => Box::new(self.shapeless.iter().copied()),
            None => Box::new(all),
        };
        let rule = self.rule(position)?;
        let implies = |other: &usize| {
            self.rule(*other).is_some_and(|other| {
                self.analysis.space.implies(
                    &self.context,
                    &[self.analysis.rule(other)],
                    self.analysis.rule(rule),
                )
            })
        };
        pairs
            .take_while(|other| *other < before && self.analysis.space.budget.take(1))
            .filter(|other| *other != position)
            .find(implies)
            .or(found)
            .and_then(|position| self.rule(position))
    }

    fn rule(&self, position: usize) -> Option<usize> {
        self.rules.get(position).copied()
    }

    fn shape(&self, position: usize) -> Option<&Shape> {
        self.shapes.get(position)?.as_ref()
    }

    /// The first of the candidates that implies the shape at `position`. Only those before the best one so far are
    /// compared.
    fn search(
        &self,
        candidates: impl Iterator<Item = usize>,
        position: usize,
        shape: &Shape,
    ) -> Option<usize> {
        let implies =
            |other: usize| self.shape(other).is_some_and(|other| other.implies(shape, &self.analysis.space));
        let mut first = None;
        for other in candidates {
            if !self.analysis.space.budget.take(1) {
                break;
            }
            if other != position && first.is_none_or(|first| other < first) && implies(other) {
                first = Some(other);
            }
        }
        first
    }

    /// The first rule that implies this part of the rule at `position`, by its own part about the field.
    fn first_of(&self, part: &Part, position: usize) -> Option<usize> {
        let index = self.fields.get(&part.field)?;
        let (sorted, candidates): (_, Box<dyn Iterator<Item = usize>>) = match &part.kind {
            Kind::Range(low, high) if low.is_infinite() || high.is_infinite() => {
                let sorted = match high.is_infinite() {
                    true => index.lows.first(index.lows.as_strict(|bound| bound >= *low).len(), position),
                    false => index.highs.first(index.highs.as_strict(|bound| bound <= *high).len(), position),
                };
                (sorted, Box::new(index.not_ranges.iter().copied()))
            }
            _ => (None, Box::new(self.candidates(part))),
        };
        let shape = Shape { is_alternative: false, parts: vec![part.clone()] };
        sorted.into_iter().chain(self.search(candidates, position, &shape)).min()
    }

    /// The rules that may imply a part, by their own parts about the field.
    fn candidates<'s>(&'s self, part: &'s Part) -> Box<dyn Iterator<Item = usize> + 's> {
        let Some(index) = self.fields.get(&part.field) else { return Box::new(std::iter::empty()) };
        match &part.kind {
            Kind::Range(low, high) => {
                let (lows, highs) = (
                    index.lows.as_strict(|bound| bound >= *low),
                    index.highs.as_strict(|bound| bound <= *high),
                );
                let ranges = match (low.is_infinite(), high.is_infinite()) {
                    (false, true) => lows,
                    (true, false) => highs,
                    _ if lows.len() < highs.len() => lows,
                    _ => highs,
                };
                // rules with similar bounds are often neighbours, so the first one is found soon
                Box::new(
                    ranges
                        .iter()
                        .rev()
                        .map(|(_, position)| *position)
                        .chain(index.not_ranges.iter().copied()),
                )
            }
            Kind::Values(keys) => {
                // a negated list must have all keys, so one is enough to find it
                let keys = keys.iter().take(if part.holds { usize::MAX } else { 1 });
                let lists = keys.filter_map(|key| index.values.get(&(key.clone(), part.holds)));
                Box::new(lists.flatten().chain(&index.others).copied())
            }
            kind if kind.is_whole() => Box::new(index.all.iter().copied()),
            Kind::Other(..) => Box::new(index.not_ranges.iter().copied()),
        }
    }
}

impl FieldIndex {
    fn add(&mut self, part: &Part, position: usize) {
        self.all.push(position);
        match &part.kind {
            Kind::Range(low, high) => {
                if low.is_finite() {
                    self.lows.sorted.push((*low, position));
                }
                if high.is_finite() {
                    self.highs.sorted.push((*high, position));
                }
                return;
            }
            Kind::Values(keys) => {
                for key in keys {
                    self.values.entry((key.clone(), part.holds)).or_default().push(position);
                }
            }
            Kind::Other(..) => self.others.push(position),
        }
        self.not_ranges.push(position);
    }
}
