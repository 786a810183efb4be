//! Compiles definitions: equal conditions become one, fields become slots, and the thresholds of a
//! field are sorted, so that one binary search answers all of them.
//!
//! Conditions are numbered field by field, and inside a field threshold by threshold: what a number
//! passes is then a run of bits.

use super::condition::{Check, Order, Test};
use super::definition::{Combinator, Definition, Member, Query, Subject};
use super::level::{Formula, Step};
use crate::entity::{Slot, Wanted};
use crate::value::Instant;
use std::collections::HashMap;

/// The scorecards of one blueprint.
#[derive(Debug, Default)]
pub(crate) struct Group {
    pub(crate) blueprint: String,
    pub(crate) cards: Vec<Card>,
    pub(crate) fields: Vec<Field>,
    /// How many different conditions there are.
    pub(crate) conditions: usize,
}

/// One compiled scorecard.
#[derive(Debug)]
pub(crate) struct Card {
    /// Index of its definition.
    pub(crate) index: usize,
    pub(crate) filter: Option<Formula>,
    /// In the order of the definition.
    pub(crate) rules: Vec<Formula>,
    /// One for each level that has rules.
    pub(crate) steps: Vec<Step>,
}

/// All conditions on one field.
#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) slot: Slot,
    /// The numbers of its conditions, from and to.
    pub(crate) bits: (usize, usize),
    pub(crate) thresholds: Vec<Thresholds>,
    pub(crate) checks: Vec<(usize, Check)>,
    /// The guard `> 0`, if there is one.
    pub(crate) guard: Option<usize>,
}

/// Comparisons of one direction, ascending; the first has number `first`.
#[derive(Debug)]
pub(crate) struct Thresholds {
    pub(crate) order: Order,
    pub(crate) first: usize,
    pub(crate) bounds: Vec<f64>,
}

impl Thresholds {
    /// The numbers of the comparisons that `actual` passes, from and to.
    #[inline]
    pub(crate) fn passed(&self, actual: f64) -> (usize, usize) {
        let (first, last) = (self.first, self.first + self.bounds.len());
        match self.order {
            Order::AtLeast => (first, first + self.count(|bound| bound <= actual)),
            Order::Above => (first, first + self.count(|bound| bound < actual)),
            Order::AtMost => (first + self.count(|bound| bound < actual), last),
            Order::Below => (first + self.count(|bound| bound <= actual), last),
        }
    }

    /// How many bounds, from the lowest up, are below; of a few all are looked at, for that takes no
    /// branches that a processor could guess wrong.
    #[inline]
    fn count(&self, below: impl Fn(f64) -> bool) -> usize {
        const FEW: usize = 8;
        if self.bounds.len() <= FEW {
            self.bounds.iter().map(|bound| usize::from(below(*bound))).sum()
        } else {
            self.bounds.partition_point(|bound| below(*bound))
        }
    }
}

/// Compiles all scorecards that `members` gives for one blueprint.
pub(crate) fn compile<'d>(
    members: impl Iterator<Item = (usize, &'d Definition)>,
    as_of: Instant,
    wanted: &mut Wanted,
) -> Group {
    let mut atoms = Atoms { seen: HashMap::new(), list: Vec::new(), as_of, wanted };
    let mut cards: Vec<Card> = members
        .map(|(index, definition)| {
            let filter = definition.filter.as_ref().map(|filter| atoms.formula(filter));
            let rules: Vec<Formula> =
                definition.rules.iter().map(|rule| atoms.formula(&rule.query)).collect();
            Card { index, filter, rules, steps: Vec::new() }
        })
        .collect();
    let (fields, numbers) = number(atoms.list);
    for card in &mut cards {
        card.filter.iter_mut().chain(&mut card.rules).for_each(|formula| renumber(formula, &numbers));
    }
    Group { blueprint: String::new(), cards, fields, conditions: numbers.len() }
}

impl Card {
    /// Arranges the rules by level; `levels` is the level of each.
    pub(crate) fn arrange(&mut self, count: usize, levels: impl Iterator<Item = usize> + Clone) {
        self.steps = (0..count)
            .filter_map(|level| {
                let mine = levels.clone().enumerate().filter(|(_, at)| *at == level);
                let rules: Vec<usize> = mine.map(|(rule, _)| rule).collect();
                (!rules.is_empty()).then(|| Step::new(level, rules, &self.rules))
            })
            .collect();
    }
}

/// The different conditions met so far.
struct Atoms<'w> {
    /// By slot and the check as text, for a check has no hash of its own.
    seen: HashMap<(Slot, String), usize>,
    list: Vec<(Slot, Check)>,
    as_of: Instant,
    wanted: &'w mut Wanted,
}

impl Atoms<'_> {
    fn formula(&mut self, query: &Query) -> Formula {
        let members = query
            .members
            .iter()
            .map(|member| match member {
                Member::Group(group) => self.formula(group),
                Member::Condition(condition) => {
                    let slot = match &condition.subject {
                        Subject::Property(name) => self.wanted.own_property(name),
                        Subject::Relation(name) => self.wanted.relation(name),
                        Subject::Meta(meta) => self.wanted.meta(*meta),
                    };
                    Formula::Condition(self.atom(slot, Check::new(condition, self.as_of)))
                }
            })
            .collect();
        match query.combinator {
            Combinator::And => Formula::All(members),
            Combinator::Or => Formula::Any(members),
        }
    }

    fn atom(&mut self, slot: Slot, check: Check) -> usize {
        let next = self.list.len();
        let number = *self.seen.entry((slot, format!("{check:?}"))).or_insert(next);
        if number == next {
            self.list.push((slot, check));
        }
        number
    }
}

/// Sorts the conditions into fields; tells the new number of each.
fn number(atoms: Vec<(Slot, Check)>) -> (Vec<Field>, Vec<usize>) {
    let mut numbers = vec![0; atoms.len()];
    let mut sorted: Vec<(usize, Slot, Check)> =
        atoms.into_iter().enumerate().map(|(old, (slot, check))| (old, slot, check)).collect();
    sorted.sort_by(|(_, slot, check), (_, other_slot, other)| {
        slot.cmp(other_slot).then_with(|| match (&check.test, &other.test) {
            (Test::Number(order, bound), Test::Number(other_order, other_bound)) => {
                order.cmp(other_order).then(bound.total_cmp(other_bound))
            }
            (test, other) => matches!(other, Test::Number(..)).cmp(&matches!(test, Test::Number(..))),
        })
    });
    let mut fields: Vec<Field> = Vec::new();
    for (new, (old, slot, check)) in sorted.into_iter().enumerate() {
        if let Some(number) = numbers.get_mut(old) {
            *number = new;
        }
        if fields.last().is_none_or(|field| field.slot != slot) {
            fields.push(Field {
                slot,
                bits: (new, new),
                thresholds: Vec::new(),
                checks: Vec::new(),
                guard: None,
            });
        }
        if let Some(field) = fields.last_mut() {
            field.add(new, check);
        }
    }
    (fields, numbers)
}

impl Field {
    fn add(&mut self, number: usize, check: Check) {
        self.bits.1 = number + 1;
        let Test::Number(order, bound) = check.test else {
            self.checks.push((number, check));
            return;
        };
        if order == Order::Above && bound == 0.0 {
            self.guard = Some(number);
        }
        match self.thresholds.last_mut() {
            Some(thresholds) if thresholds.order == order => thresholds.bounds.push(bound),
            _ => self.thresholds.push(Thresholds { order, first: number, bounds: vec![bound] }),
        }
    }
}

fn renumber(formula: &mut Formula, numbers: &[usize]) {
    match formula {
        Formula::Condition(bit) => *bit = numbers.get(*bit).copied().unwrap_or_default(),
        Formula::All(members) | Formula::Any(members) => {
            members.iter_mut().for_each(|member| renumber(member, numbers))
        }
    }
}
