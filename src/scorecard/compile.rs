//! Compiles definitions for grading.
//!
//! Equal conditions are evaluated only once, and properties are addressed by slots instead of names. The thresholds of
//! a field are sorted, so that one binary search finds all thresholds that a number passes. Conditions are numbered by
//! field and then by threshold, so that these thresholds have consecutive numbers.

use super::condition::{Check, Order, Test};
use super::definition::{Combinator, Definition, Member, Query};
use super::formula::Formula;
use super::step::Step;
use crate::entity::{Slot, Wanted};
use crate::value::Instant;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

/// The scorecards of one blueprint.
#[derive(Debug)]
pub(crate) struct ScorecardGroup {
    /// The position among all groups.
    pub(crate) index: usize,
    pub(crate) blueprint: String,
    pub(crate) cards: Vec<CompiledScorecard>,
    pub(crate) fields: Vec<FieldConditions>,
    /// The number of different conditions.
    pub(crate) conditions: usize,
}

/// One compiled scorecard.
#[derive(Debug)]
pub(crate) struct CompiledScorecard {
    /// The index of its definition.
    pub(crate) index: usize,
    pub(crate) filter: Option<Formula>,
    /// In the order of the definition.
    pub(crate) rules: Vec<Formula>,
    /// The level of each rule.
    rule_levels: Vec<usize>,
    /// The number of levels.
    pub(crate) levels: usize,
    /// One for each level with rules, from the lowest level to the highest.
    pub(crate) steps: Vec<Step>,
}

/// All conditions on one field.
#[derive(Debug)]
pub(crate) struct FieldConditions {
    pub(crate) slot: Slot,
    /// The numbers of its conditions: from the first, up to but not including the second.
    pub(crate) bits: (usize, usize),
    pub(crate) thresholds: Vec<SortedBounds>,
    /// The conditions that do not compare with a number, each with its number.
    pub(crate) checks: Vec<(usize, Check)>,
    /// The number of the guard `> 0`, if there is one.
    pub(crate) guard: Option<usize>,
}

/// Comparisons of one field in one direction, sorted by their bounds. Their conditions are numbered from `first` on.
#[derive(Debug)]
pub(crate) struct SortedBounds {
    pub(crate) order: Order,
    pub(crate) first: usize,
    pub(crate) bounds: Vec<f64>,
}

impl SortedBounds {
    /// The conditions that `actual` passes: their numbers from the first, up to but not including the second.
    pub(crate) fn passed(&self, actual: f64) -> (usize, usize) {
        let (first, last) = (self.first, self.first + self.bounds.len());
        match self.order {
            Order::AtLeast => (first, first + self.count(|bound| bound <= actual)),
            Order::Above => (first, first + self.count(|bound| bound < actual)),
            Order::AtMost => (first + self.count(|bound| bound < actual), last),
            Order::Below => (first + self.count(|bound| bound <= actual), last),
        }
    }

    /// The number of bounds at the start of the list for which `below` returns `true`.
    fn count(&self, below: impl Fn(f64) -> bool) -> usize {
        self.bounds.partition_point(|bound| below(*bound))
    }
}

/// Compiles definitions into one group for each blueprint, sorted by blueprint.
pub(super) fn compile(
    definitions: &[Definition],
    as_of: Instant,
    wanted: &mut Wanted,
) -> Vec<ScorecardGroup> {
    let mut blueprints: BTreeMap<&str, Vec<(usize, &Definition)>> = BTreeMap::new();
    for (index, definition) in definitions.iter().enumerate() {
        blueprints.entry(&definition.blueprint).or_default().push((index, definition));
    }
    blueprints
        .into_iter()
        .enumerate()
        .map(|(index, (blueprint, members))| ScorecardGroup::new(index, blueprint, &members, as_of, wanted))
        .collect()
}

impl ScorecardGroup {
    /// Compiles the scorecards of one blueprint. `members` gives each definition with its index.
    fn new(
        index: usize,
        blueprint: &str,
        members: &[(usize, &Definition)],
        as_of: Instant,
        wanted: &mut Wanted,
    ) -> Self {
        let mut conditions = Conditions { seen: HashMap::new(), list: Vec::new(), as_of, wanted };
        let drafts: Vec<Draft> =
            members.iter().map(|(_, definition)| Draft::new(definition, &mut conditions)).collect();
        let (fields, numbers) = number(conditions.list);
        let cards = members.iter().zip(drafts);
        let cards = cards
            .map(|((index, definition), draft)| CompiledScorecard::new(*index, definition, &draft, &numbers));
        let (cards, conditions) = (cards.collect(), numbers.len());
        Self { index, blueprint: blueprint.to_owned(), cards, fields, conditions }
    }
}

/// The formulas of a scorecard, with conditions numbered in the order in which they were found.
struct Draft {
    filter: Option<Formula>,
    rules: Vec<Formula>,
}

impl Draft {
    fn new(definition: &Definition, conditions: &mut Conditions<'_>) -> Self {
        Self {
            filter: definition.filter.as_ref().map(|filter| conditions.formula(filter)),
            rules: definition.rules.iter().map(|rule| conditions.formula(&rule.query)).collect(),
        }
    }
}

impl CompiledScorecard {
    fn new(index: usize, definition: &Definition, draft: &Draft, numbers: &[usize]) -> Self {
        let rules: Vec<Formula> = draft.rules.iter().map(|rule| rule.renumbered(numbers)).collect();
        let rule_levels: Vec<usize> = definition.rules.iter().map(|rule| rule.level).collect();
        let steps = (0..definition.levels.len())
            .map(|level| (level, positions(&rule_levels, level).collect::<Vec<usize>>()))
            .filter(|(_, mine)| !mine.is_empty())
            .map(|(level, mine)| Step::new(level, mine, &rules))
            .collect();
        Self {
            index,
            filter: draft.filter.as_ref().map(|filter| filter.renumbered(numbers)),
            levels: definition.levels.len(),
            rules,
            rule_levels,
            steps,
        }
    }

    /// The rule at a position in the definition.
    #[expect(clippy::expect_used, reason = "a step contains only positions of rules of this scorecard")]
    pub(crate) fn rule(&self, position: usize) -> &Formula {
        self.rules.get(position).expect("the rule exists")
    }

    /// The rules of a level.
    pub(crate) fn rules_of(&self, level: usize) -> impl Iterator<Item = &Formula> {
        self.rules.iter().zip(&self.rule_levels).filter(move |(_, at)| **at == level).map(|(rule, _)| rule)
    }
}

/// The positions at which `level` occurs.
fn positions(levels: &[usize], level: usize) -> impl Iterator<Item = usize> {
    levels.iter().enumerate().filter(move |(_, at)| **at == level).map(|(rule, _)| rule)
}

/// The different conditions found so far.
struct Conditions<'w> {
    /// The keys are the slot and the check as text, because checks contain floating-point numbers and cannot be hashed.
    seen: HashMap<(Slot, String), usize>,
    list: Vec<(Slot, Check)>,
    as_of: Instant,
    wanted: &'w mut Wanted,
}

impl Conditions<'_> {
    fn formula(&mut self, query: &Query) -> Formula {
        let members = query
            .members
            .iter()
            .map(|member| match member {
                Member::Group(group) => self.formula(group),
                Member::Condition(condition) => {
                    let slot = condition.subject.include(self.wanted);
                    Formula::Condition(self.number(slot, Check::new(condition, self.as_of)))
                }
            })
            .collect();
        match query.combinator {
            Combinator::And => Formula::All(members),
            Combinator::Or => Formula::Any(members),
        }
    }

    /// The number of a condition. Equal conditions get the same number.
    fn number(&mut self, slot: Slot, check: Check) -> usize {
        let next = self.list.len();
        let number = *self.seen.entry((slot, format!("{check:?}"))).or_insert(next);
        if number == next {
            self.list.push((slot, check));
        }
        number
    }
}

/// A condition with its provisional number, which is its position in the order in which conditions were found.
struct Numbered {
    found: usize,
    slot: Slot,
    check: Check,
}

impl Numbered {
    /// Sorts by field. Within a field, comparisons with numbers come first, sorted by direction and bound.
    fn order(&self, other: &Self) -> Ordering {
        self.slot.cmp(&other.slot).then_with(|| match (&self.check.test, &other.check.test) {
            (Test::Number(order, bound), Test::Number(other_order, other_bound)) => {
                order.cmp(other_order).then(bound.total_cmp(other_bound))
            }
            (test, other) => matches!(other, Test::Number(..)).cmp(&matches!(test, Test::Number(..))),
        })
    }
}

/// Groups the conditions by field. Also returns the final number of each condition, indexed by its provisional number.
fn number(conditions: Vec<(Slot, Check)>) -> (Vec<FieldConditions>, Vec<usize>) {
    let mut sorted: Vec<Numbered> = conditions
        .into_iter()
        .enumerate()
        .map(|(found, (slot, check))| Numbered { found, slot, check })
        .collect();
    sorted.sort_by(Numbered::order);
    let mut numbers: Vec<(usize, usize)> =
        sorted.iter().enumerate().map(|(new, condition)| (condition.found, new)).collect();
    numbers.sort_unstable();
    let mut first = 0;
    let fields = sorted
        .chunk_by(|one, other| one.slot == other.slot)
        .filter_map(|conditions| {
            let field = FieldConditions::new(conditions.first()?.slot, first, conditions);
            first += conditions.len();
            Some(field)
        })
        .collect();
    (fields, numbers.into_iter().map(|(_, new)| new).collect())
}

impl FieldConditions {
    /// Builds the field of one slot from its sorted conditions, which are numbered from `first`.
    fn new(slot: Slot, first: usize, conditions: &[Numbered]) -> Self {
        let mut thresholds: Vec<SortedBounds> = Vec::new();
        let mut checks = Vec::new();
        let mut guard = None;
        for (number, condition) in (first..).zip(conditions) {
            let Test::Number(order, bound) = condition.check.test else {
                checks.push((number, condition.check.clone()));
                continue;
            };
            if order == Order::Above && bound == 0.0 {
                guard = Some(number);
            }
            match thresholds.last_mut() {
                Some(last) if last.order == order => last.bounds.push(bound),
                _ => thresholds.push(SortedBounds { order, first: number, bounds: vec![bound] }),
            }
        }
        Self { slot, bits: (first, first + conditions.len()), thresholds, checks, guard }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Source;
    use crate::scorecard::read_definitions;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    /// Compiles a scorecard with one rule for each condition.
    fn group(conditions: &[Value]) -> ScorecardGroup {
        let rule = |(index, condition): (usize, &Value)| {
            json!({"identifier": format!("r{index}"), "level": "Gold",
                "query": {"combinator": "and", "conditions": [condition]}})
        };
        let rules: Vec<Value> = conditions.iter().enumerate().map(rule).collect();
        let definition = json!({"identifier": "c", "blueprint": "service", "rules": rules});
        let definitions =
            read_definitions(vec![Source::new("test", definition.to_string())], "service").unwrap();
        let as_of = Instant::parse("2026-01-31T00:00:00Z").unwrap();
        compile(&definitions, as_of, &mut Wanted::new("service")).remove(0)
    }

    fn number(property: &str, operator: &str, bound: f64) -> Value {
        json!({"property": property, "operator": operator, "value": bound})
    }

    /// The number of the only condition of each rule.
    fn numbers(group: &ScorecardGroup) -> Vec<usize> {
        let number = |rule: &Formula| rule.conjunction().unwrap();
        group.cards.iter().flat_map(|card| card.rules.iter().flat_map(number)).collect()
    }

    #[test]
    fn equal_conditions_share_a_number() {
        let group = group(&[
            number("a", ">", 0.0),
            number("a", ">", -0.0),
            number("b", ">", 0.0),
            number("a", ">=", 0.0),
        ]);
        assert_eq!(group.conditions, 3);
        let numbers = numbers(&group);
        assert_eq!(numbers[0], numbers[1]);
        assert_ne!(numbers[0], numbers[2]);
        assert_eq!(group.fields.len(), 2);
    }

    #[test]
    fn the_conditions_of_a_field_have_consecutive_numbers_sorted_by_bound() {
        let group = group(&[
            json!({"property": "a", "operator": "isNotEmpty"}),
            number("b", "<", 5.0),
            number("a", ">=", 7.0),
            number("a", "<=", 3.0),
            number("a", ">=", 2.0),
        ]);
        let field = &group.fields[0];
        assert_eq!(field.bits, (0, 4));
        assert_eq!(field.guard, None);
        let bounds: Vec<_> = field.thresholds.iter().map(|one| (one.order, one.bounds.clone())).collect();
        assert_eq!(bounds, [(Order::AtLeast, vec![2.0, 7.0]), (Order::AtMost, vec![3.0])]);
        assert_eq!(numbers(&group), [3, 4, 1, 2, 0]);
    }

    #[test]
    fn a_level_without_rules_has_no_step() {
        let group = group(&[number("a", ">", 0.0)]);
        let card = &group.cards[0];
        assert_eq!(card.steps.iter().map(|step| step.level).collect::<Vec<_>>(), [card.levels - 1]);
        assert_eq!(card.rules_of(card.levels - 1).count(), 1);
        assert_eq!(card.rules_of(1).count(), 0);
    }

    proptest! {
        #[test]
        fn the_binary_search_finds_the_thresholds_that_a_number_passes_one_by_one(
            mut bounds in prop::collection::vec(-10_i8..10, 1..20),
            actual in -11_i8..11,
            first in 0_usize..100,
        ) {
            bounds.sort_unstable();
            let bounds: Vec<f64> = bounds.into_iter().map(f64::from).collect();
            let actual = f64::from(actual);
            for order in [Order::AtLeast, Order::Above, Order::AtMost, Order::Below] {
                let thresholds = SortedBounds { order, first, bounds: bounds.clone() };
                let (from, to) = thresholds.passed(actual);
                for (number, bound) in (first..).zip(&bounds) {
                    prop_assert_eq!((from..to).contains(&number), order.holds(&actual, bound));
                }
            }
        }
    }
}
