//! Selects the entities to list: the first ones in the requested order, up to the limit.

use super::display::Display;
use super::order::{Order, SortKey};
use super::row::Row;
use super::shortlist::{self, Shortlist};
use crate::grade::{Gate, Graded};

/// The entities to list, of one block or of all blocks.
#[derive(Debug)]
pub(crate) struct Listing<'o> {
    order: &'o Order,
    list: Shortlist<Key, Row>,
    /// The number of entities, for each scorecard that is the first one of its blueprint.
    counts: Vec<u64>,
}

type Key = Option<Box<SortKey>>;

/// Which entities the next block need not list, because others come before them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bound(shortlist::Bound<Key>);

impl<'o> Listing<'o> {
    /// Creates an empty list for a block that comes after the blocks of the bound. The default bound is that of the
    /// first block.
    pub(crate) fn after(bound: &Bound, order: &'o Order, limit: usize) -> Self {
        Self { order, list: Shortlist::after(&bound.0, limit), counts: Vec::new() }
    }

    /// The bound for the blocks that follow.
    pub(crate) fn bound(&self) -> Bound {
        Bound(self.list.bound())
    }

    /// Adds the next entity. Entities that no scorecard grades are neither listed nor counted.
    pub(crate) fn add(&mut self, gate: &Gate, display: &Display, graded: &Graded<'_>) {
        let Some(first) = graded.outcomes().next() else { return };
        self.count(first.index(), 1);
        self.list.add(self.order.key(graded), || Row::new(first.index(), gate, display, graded));
    }

    /// Adds the list of the next block, and empties that list.
    pub(crate) fn absorb(&mut self, block: &mut Listing<'_>) {
        for (index, count) in block.counts.drain(..).enumerate() {
            self.count(index, count);
        }
        self.list.absorb(&mut block.list);
    }

    #[expect(clippy::expect_used, reason = "the list of counts is made long enough")]
    fn count(&mut self, scorecard: usize, entities: u64) {
        if self.counts.len() <= scorecard {
            self.counts.resize(scorecard + 1, 0);
        }
        *self.counts.get_mut(scorecard).expect("there is room for it") += entities;
    }

    /// Puts the entities in order.
    pub(crate) fn sort(&mut self) {
        self.list.sort();
    }

    /// The listed entities. They are in order after [`Self::sort`].
    pub(super) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.list.items()
    }

    /// The number of entities, listed or not, for each scorecard that is the first one of its blueprint.
    pub(super) fn counts(&self) -> impl Iterator<Item = (usize, u64)> {
        self.counts.iter().copied().enumerate()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::Entity;
    use crate::grade::Grader;
    use crate::report::Sort;
    use crate::scorecard::Scorecards;
    use proptest::prelude::*;
    use serde_json::json;

    fn scorecards() -> Scorecards {
        let condition = |property: &str| json!({"property": property, "operator": ">", "value": 0});
        let rule = |property: &str, level: &str| {
            json!({"identifier": property, "level": level,
                   "query": {"combinator": "and", "conditions": [condition(property)]}})
        };
        Scorecards::of_json(json!([
            {"identifier": "other", "blueprint": "service", "rules": [rule("x", "Gold")]},
            {"identifier": "c", "blueprint": "service", "rules": [rule("x", "Bronze"), rule("y", "Gold")],
             "filter": {"combinator": "and", "conditions": [condition("z")]}},
            {"identifier": "d", "blueprint": "api", "rules": [rule("x", "Bronze")]},
        ]))
    }

    /// The properties `x`, `y` and `z`, the title and the blueprint of an entity.
    type Facts = (u8, u8, u8, String, String);

    fn facts() -> impl Strategy<Value = Facts> {
        (0..2_u8, 0..2_u8, 0..4_u8, "[abAB]{0,2}", "service|service|service|api|pod")
    }

    /// The place of an entity when it is sorted by the level in the scorecard `c`. The lowest level comes first, then
    /// entities that the filter excludes, then those of another blueprint.
    fn level((x, y, z, _, blueprint): &Facts) -> usize {
        match (blueprint.as_str(), *z, *x, *y) {
            ("service", 0, ..) => 8,
            ("service", _, 0, _) => 0,
            ("service", _, _, 0) => 1,
            ("service", ..) => 3,
            _ => 9,
        }
    }

    proptest! {
        #[test]
        fn the_list_is_that_of_sorting_all_entities_and_cutting_it(
            entities in proptest::collection::vec(facts(), 0..60),
            limit in prop_oneof![0..8_usize, 0..80_usize, Just(usize::MAX)],
            sort in prop_oneof![Just(None), Just(Some(Sort::Title)), Just(Some(Sort::Scorecard("c".to_owned())))],
            (size, age) in (1..20_usize, 0..4_usize),
        ) {
            let scorecards = scorecards();
            let (gate, display) = (Gate::none(&scorecards), Display { sort, ..Display::default() });
            let order = Order::new(&display, &scorecards);
            let mut grader = Grader::new(&scorecards);
            let mut list = Listing::after(&Bound::default(), &order, limit);
            // a block may begin before the blocks just before it have ended, so its bound may be older
            let mut bounds = vec![Bound::default()];
            for (block, facts) in entities.chunks(size).enumerate() {
                let bound = &bounds[bounds.len() - 1 - age.min(bounds.len() - 1)];
                let mut part = Listing::after(bound, &order, limit);
                for (index, (x, y, z, title, blueprint)) in facts.iter().enumerate() {
                    // entities with the same key are told apart by their team
                    let value = json!({"identifier": (index % 2).to_string(), "title": title,
                        "blueprint": blueprint, "team": (block * size + index).to_string(),
                        "properties": {"x": x, "y": y, "z": z}});
                    let entity = Entity::from_value(&value, scorecards.wanted()).unwrap();
                    part.add(&gate, &display, &grader.grade(&entity));
                    prop_assert!(part.list.len() <= limit.saturating_mul(2));
                }
                list.absorb(&mut part);
                prop_assert!(list.list.len() <= limit.saturating_mul(2));
                bounds.push(list.bound());
            }
            list.sort();
            let number = |row: &Row| row.team[0].parse::<usize>().unwrap();
            let listed: Vec<usize> = list.rows().map(number).collect();
            let mut all: Vec<usize> = (0..entities.len()).filter(|index| entities[*index].4 != "pod").collect();
            let count = |index| list.counts().find(|(card, _)| *card == index).map_or(0, |(_, count)| count);
            prop_assert_eq!(count(0) + count(2), all.len() as u64);
            all.sort_by_key(|&index| {
                let facts = &entities[index];
                let identifier = (index % size % 2).to_string();
                let title = if facts.3.is_empty() { identifier.clone() } else { facts.3.to_lowercase() };
                match &display.sort {
                    None => (0, String::new(), String::new()),
                    Some(Sort::Title) => (0, title, identifier),
                    Some(Sort::Scorecard(_)) => (level(facts), title, identifier),
                }
            });
            all.truncate(limit);
            prop_assert_eq!(listed, all);
        }
    }
}
