//! Compares the levels of an entity under two sets of scorecards, and counts the pairs of levels.
//!
//! Scorecards are matched by blueprint and identifier. Two levels are the same when their titles are. Which
//! of two is higher follows from the order in a set that has both, else from their ranks.

use super::comparison::{Comparison, Direction, EntityMoves, Move, Pair, Presence, ScorecardComparison};
use crate::grade::{Graded, Outcome};
use crate::schema::{DocumentKind, SCHEMA_VERSION};
use crate::scorecard::{Definition, Scorecards};
use std::cmp::Ordering;

/// Two sets of scorecards, matched.
pub(super) struct MatchedSets<'s> {
    first: &'s Scorecards,
    second: &'s Scorecards,
    /// One for each scorecard of the first set.
    partners: Vec<Option<Partner<'s>>>,
}

/// A scorecard of the second set that matches one of the first.
struct Partner<'s> {
    /// Its index in the second set.
    index: usize,
    definition: &'s Definition,
}

/// The counts of a comparison.
pub(super) struct MoveCounts {
    /// One for each scorecard of the first set that has a partner.
    tables: Vec<Option<Table>>,
    /// Entities whose level differs in at least one scorecard.
    moved: u64,
}

/// The number of entities for each pair of levels. The last row and the last column are for entities that
/// the scorecard does not apply to.
struct Table {
    columns: usize,
    counts: Vec<u64>,
}

impl<'s> MatchedSets<'s> {
    pub(super) fn new(first: &'s Scorecards, second: &'s Scorecards) -> Self {
        let partner = |one: &Definition| {
            let mut others = second.definitions().iter().enumerate();
            let (index, definition) = others.find(|(_, other)| is_same(one, other))?;
            Some(Partner { index, definition })
        };
        Self { first, second, partners: first.definitions().iter().map(partner).collect() }
    }

    /// Counts of this comparison, all zero.
    pub(super) fn counts(&self) -> MoveCounts {
        let table = |(one, partner): (&Definition, &Option<Partner<'_>>)| {
            let other = partner.as_ref()?.definition;
            Some(Table::new(one.levels.len(), other.levels.len()))
        };
        let tables = self.first.definitions().iter().zip(&self.partners).map(table);
        MoveCounts { tables: tables.collect(), moved: 0 }
    }

    /// Counts one entity. Returns its moves in the scorecards that `shows` accepts, if there are any.
    #[expect(clippy::expect_used, reason = "a matched scorecard grades the same blueprint in both sets")]
    pub(super) fn count(
        &self,
        one: &Graded<'_>,
        other: &Graded<'_>,
        counts: &mut MoveCounts,
        shows: impl Fn(&str) -> bool,
    ) -> Option<EntityMoves> {
        let mut moves = Vec::new();
        let mut is_moved = false;
        for outcome in one.outcomes() {
            let Some(Some(partner)) = self.partners.get(outcome.index()) else { continue };
            let again = other.outcomes().find(|again| again.index() == partner.index);
            let again = again.expect("the partner grades the entity too");
            let (from, to) = (rank(&outcome), rank(&again));
            counts.table(outcome.index()).count(from, to);
            let (first, second) = (outcome.scorecard(), partner.definition);
            let direction = direction(first, from, second, to);
            if direction == Direction::Same {
                continue;
            }
            is_moved = true;
            if shows(&first.identifier) {
                moves.push(Move {
                    scorecard: first.identifier.clone(),
                    direction,
                    from: title(first, from),
                    to: title(second, to),
                });
            }
        }
        counts.moved += u64::from(is_moved);
        let entity = one.entity();
        (!moves.is_empty()).then(|| EntityMoves {
            identifier: entity.identifier().to_owned(),
            title: entity.title().to_owned(),
            blueprint: one.blueprint().to_owned(),
            moves,
        })
    }

    /// The comparison of the counts.
    pub(super) fn comparison(
        &self,
        entities: u64,
        counts: &MoveCounts,
        moves: Vec<EntityMoves>,
    ) -> Comparison {
        let firsts = self.first.definitions().iter().zip(&self.partners).zip(&counts.tables).map(
            |((first, partner), table)| match (partner, table) {
                (Some(partner), Some(table)) => table.summary(first, partner.definition),
                _ => uncounted(first, Presence::First),
            },
        );
        let is_new =
            |second: &&Definition| !self.first.definitions().iter().any(|first| is_same(first, second));
        let seconds = self.second.definitions().iter().filter(is_new);
        Comparison {
            schema_version: SCHEMA_VERSION,
            kind: DocumentKind::WhatIf,
            as_of: self.first.as_of().to_string(),
            entities,
            scorecards: firsts.chain(seconds.map(|second| uncounted(second, Presence::Second))).collect(),
            moved: counts.moved,
            moves,
        }
    }
}

impl MoveCounts {
    /// The table of a scorecard that has a partner.
    #[expect(clippy::expect_used, reason = "there is a table for each scorecard with a partner")]
    fn table(&mut self, scorecard: usize) -> &mut Table {
        self.tables.get_mut(scorecard).and_then(Option::as_mut).expect("the scorecard has a partner")
    }

    /// Adds the counts of another, which then counts from zero again.
    pub(super) fn absorb(&mut self, other: &mut Self) {
        self.moved += std::mem::take(&mut other.moved);
        for (table, other) in self.tables.iter_mut().flatten().zip(other.tables.iter_mut().flatten()) {
            for (count, more) in table.counts.iter_mut().zip(&mut other.counts) {
                *count += std::mem::take(more);
            }
        }
    }
}

impl Table {
    fn new(first_levels: usize, second_levels: usize) -> Self {
        let columns = second_levels + 1;
        Self { columns, counts: vec![0; (first_levels + 1) * columns] }
    }

    /// Counts one entity by its levels; `None` where the scorecard does not apply.
    #[expect(clippy::expect_used, reason = "grading gives levels of the scorecard")]
    fn count(&mut self, from: Option<usize>, to: Option<usize>) {
        let row = from.unwrap_or(self.counts.len() / self.columns - 1);
        let column = to.unwrap_or(self.columns - 1);
        *self.counts.get_mut(row * self.columns + column).expect("both are levels of the scorecard") += 1;
    }

    /// The pairs of levels with their counts, row after row; `None` where the scorecard does not apply.
    fn pairs(&self) -> impl Iterator<Item = (Option<usize>, Option<usize>, u64)> {
        let (columns, rows) = (self.columns, self.counts.len() / self.columns);
        self.counts.iter().enumerate().map(move |(at, &count)| {
            let (row, column) = (at / columns, at % columns);
            (
                Some(row).filter(|row| row + 1 < rows),
                Some(column).filter(|column| column + 1 < columns),
                count,
            )
        })
    }

    fn summary(&self, first: &Definition, second: &Definition) -> ScorecardComparison {
        let mut comparison = uncounted(first, Presence::Both);
        for (from, to, count) in self.pairs().filter(|(_, _, count)| *count > 0) {
            match direction(first, from, second, to) {
                Direction::Up => comparison.up += count,
                Direction::Down => comparison.down += count,
                Direction::Entered => comparison.entered += count,
                Direction::Left => comparison.left += count,
                Direction::Same if from.is_none() => {}
                Direction::Same => comparison.same += count,
            }
            comparison.pairs.push(Pair { from: title(first, from), to: title(second, to), count });
        }
        comparison
    }
}

fn is_same(one: &Definition, other: &Definition) -> bool {
    one.identifier == other.identifier && one.blueprint == other.blueprint
}

fn rank(outcome: &Outcome<'_>) -> Option<usize> {
    outcome.standing().map(|standing| standing.level)
}

fn title(definition: &Definition, rank: Option<usize>) -> Option<String> {
    rank.map(|rank| definition.level_title(rank).to_owned())
}

fn direction(first: &Definition, from: Option<usize>, second: &Definition, to: Option<usize>) -> Direction {
    let (from, to) = match (from, to) {
        (Some(from), Some(to)) => (from, to),
        (Some(_), None) => return Direction::Left,
        (None, Some(_)) => return Direction::Entered,
        (None, None) => return Direction::Same,
    };
    let (was, is) = (first.level_title(from), second.level_title(to));
    if was == is {
        return Direction::Same;
    }
    let ranks = |set: &Definition| {
        let rank = |title: &str| set.levels.iter().position(|level| level.title == title);
        Some((rank(was)?, rank(is)?))
    };
    let (from, to) = ranks(first).or_else(|| ranks(second)).unwrap_or((from, to));
    match to.cmp(&from) {
        Ordering::Greater => Direction::Up,
        Ordering::Less => Direction::Down,
        Ordering::Equal => Direction::Same,
    }
}

/// A scorecard without counts.
fn uncounted(definition: &Definition, presence: Presence) -> ScorecardComparison {
    ScorecardComparison {
        identifier: definition.identifier.clone(),
        title: definition.title.clone(),
        blueprint: definition.blueprint.clone(),
        presence,
        up: 0,
        down: 0,
        same: 0,
        entered: 0,
        left: 0,
        pairs: Vec::new(),
    }
}
