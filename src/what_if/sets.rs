//! Compares the levels of entities in two sets of scorecards, and counts the pairs of levels.
//!
//! Scorecards are matched by blueprint and identifier. Two levels are the same if their titles are equal. If one of the
//! sets has both levels, its order decides which level is higher; otherwise the ranks decide.

use super::comparison::{Comparison, Direction, EntityMoves, Move, Pair, Presence, ScorecardComparison};
use crate::grade::Graded;
use crate::schema::{DocumentKind, SCHEMA_VERSION};
use crate::scorecard::{Definition, Scorecards};
use std::cmp::Ordering;

/// Two sets of scorecards, with the pairs of matching scorecards.
pub(super) struct MatchedSets<'s> {
    first: &'s Scorecards,
    second: &'s Scorecards,
    /// For each scorecard of the first set, the matching scorecard of the second set.
    partners: Vec<Option<Partner<'s>>>,
}

/// A scorecard of the second set that matches one of the first.
struct Partner<'s> {
    /// Its place among the scorecards of its blueprint in the second set.
    place: usize,
    definition: &'s Definition,
}

/// The counts of a comparison.
pub(super) struct MoveCounts {
    /// The counts of each scorecard of the first set; `None` if it has no partner.
    pairs: Vec<Option<PairCounts>>,
    /// The number of entities whose level changes in at least one scorecard.
    moved: u64,
}

/// The number of entities for each pair of levels, as a table with one row for each level of the first set and one
/// column for each level of the second set. The last row and the last column are for entities that the scorecard does
/// not apply to.
struct PairCounts {
    columns: usize,
    counts: Vec<u64>,
}

impl<'s> MatchedSets<'s> {
    pub(super) fn new(first: &'s Scorecards, second: &'s Scorecards) -> Self {
        let partner = |one: &Definition| {
            let others = second.definitions().iter().filter(|other| other.blueprint == one.blueprint);
            let (place, definition) = others.enumerate().find(|(_, other)| is_same(one, other))?;
            Some(Partner { place, definition })
        };
        Self { first, second, partners: first.definitions().iter().map(partner).collect() }
    }

    /// The counts before the first entity: all are zero.
    pub(super) fn counts(&self) -> MoveCounts {
        let empty = |(one, partner): (&Definition, &Option<Partner<'_>>)| {
            let other = partner.as_ref()?.definition;
            Some(PairCounts::new(one.levels.len(), other.levels.len()))
        };
        let pairs = self.first.definitions().iter().zip(&self.partners).map(empty);
        MoveCounts { pairs: pairs.collect(), moved: 0 }
    }

    /// Counts one entity. Returns its level changes, if there are any and they are to be kept.
    #[expect(clippy::expect_used, reason = "a matched scorecard grades the same blueprint in both sets")]
    pub(super) fn count(
        &self,
        one: &Graded<'_>,
        other: &Graded<'_>,
        counts: &mut MoveCounts,
        keeps_moves: bool,
    ) -> Option<EntityMoves> {
        let (mut is_moved, mut moves) = (false, Vec::new());
        for outcome in one.outcomes() {
            let Some(Some(partner)) = self.partners.get(outcome.index()) else { continue };
            let again = other.standings().get(partner.place).expect("the partner grades the entity too");
            let [from, to] = [outcome.standing(), *again].map(|standing| standing.map(|one| one.level));
            counts.pairs_of(outcome.index()).count(from, to);
            let (first, second) = (outcome.scorecard(), partner.definition);
            let direction = direction(first, from, second, to);
            if direction == Direction::Same {
                continue;
            }
            is_moved = true;
            if !keeps_moves {
                continue;
            }
            moves.push(Move {
                scorecard: first.identifier.clone(),
                direction,
                from: title(first, from),
                to: title(second, to),
            });
        }
        counts.moved += u64::from(is_moved);
        if moves.is_empty() {
            return None;
        }
        let entity = one.entity();
        Some(EntityMoves {
            identifier: entity.identifier().to_owned(),
            title: entity.title().to_owned(),
            blueprint: one.blueprint().to_owned(),
            moves,
        })
    }

    /// Builds the comparison from the counts and the level changes.
    pub(super) fn comparison(
        &self,
        entities: u64,
        counts: &MoveCounts,
        moves: Vec<EntityMoves>,
    ) -> Comparison {
        let firsts = self.first.definitions().iter().zip(&self.partners).zip(&counts.pairs).map(
            |((first, partner), pairs)| match (partner, pairs) {
                (Some(partner), Some(pairs)) => pairs.summary(first, partner.definition),
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
    /// The counts of a scorecard that has a partner.
    #[expect(clippy::expect_used, reason = "each scorecard with a partner has counts")]
    fn pairs_of(&mut self, scorecard: usize) -> &mut PairCounts {
        self.pairs.get_mut(scorecard).and_then(Option::as_mut).expect("the scorecard has a partner")
    }

    /// Adds the counts of `other` and resets them to zero.
    pub(super) fn absorb(&mut self, other: &mut Self) {
        self.moved += std::mem::take(&mut other.moved);
        for (pairs, other) in self.pairs.iter_mut().flatten().zip(other.pairs.iter_mut().flatten()) {
            for (count, more) in pairs.counts.iter_mut().zip(&mut other.counts) {
                *count += std::mem::take(more);
            }
        }
    }
}

impl PairCounts {
    fn new(first_levels: usize, second_levels: usize) -> Self {
        let columns = second_levels + 1;
        Self { columns, counts: vec![0; (first_levels + 1) * columns] }
    }

    /// Counts one entity by its two levels; `None` if the scorecard does not apply.
    #[expect(clippy::expect_used, reason = "both numbers are ranks of levels, or `None`")]
    fn count(&mut self, from: Option<usize>, to: Option<usize>) {
        let row = from.unwrap_or(self.counts.len() / self.columns - 1);
        let column = to.unwrap_or(self.columns - 1);
        *self.counts.get_mut(row * self.columns + column).expect("both are levels of the scorecard") += 1;
    }

    /// All pairs of levels with their counts, sorted by the first level; `None` if the scorecard does not apply.
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

/// A comparison of a scorecard with all counts zero.
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
