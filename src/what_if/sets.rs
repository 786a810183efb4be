//! Who moves when the same entities are graded by a second set of scorecards.
//!
//! Scorecards are matched by blueprint and identifier. Two levels are the same when their titles are; which
//! of two is higher is told by the order of a set that has both, else by how far up each stands.

use super::comparison::{Comparison, Direction, EntityMoves, Move, Pair, Presence, ScorecardComparison};
use crate::grade::{Graded, Outcome};
use crate::schema::{DocumentKind, SCHEMA_VERSION};
use crate::scorecard::{Definition, Scorecards};

/// Two sets of scorecards, matched.
pub(super) struct Match<'s> {
    first: &'s Scorecards,
    second: &'s Scorecards,
    /// For each scorecard of the first set, the index in the second.
    partners: Vec<Option<usize>>,
}

/// The counts of a comparison: for each matched scorecard a table of levels by levels, the last of each
/// being "does not apply".
#[derive(Default)]
pub(super) struct Moves {
    tables: Vec<Vec<Vec<u64>>>,
    pub(super) moved: u64,
}

impl<'s> Match<'s> {
    pub(super) fn new(first: &'s Scorecards, second: &'s Scorecards) -> Self {
        let partner = |one: &Definition| second.definitions().iter().position(|other| is_same(one, other));
        Self { first, second, partners: first.definitions().iter().map(partner).collect() }
    }

    pub(super) fn moves(&self) -> Moves {
        let table = |(one, _, other): (&Definition, usize, &Definition)| {
            vec![vec![0; other.levels.len() + 1]; one.levels.len() + 1]
        };
        let tables = (0..self.partners.len()).map(|index| self.pair(index).map(table).unwrap_or_default());
        Moves { tables: tables.collect(), moved: 0 }
    }

    /// The two definitions of a scorecard that both sets have.
    fn pair(&self, index: usize) -> Option<(&'s Definition, usize, &'s Definition)> {
        let partner = self.partners.get(index).copied().flatten()?;
        Some((self.first.definitions().get(index)?, partner, self.second.definitions().get(partner)?))
    }

    /// Counts one entity, and tells where it moves in the scorecards that `shows` lets through.
    pub(super) fn count(
        &self,
        one: &Graded<'_>,
        other: &Graded<'_>,
        counts: &mut Moves,
        shows: impl Fn(&str) -> bool,
    ) -> Option<EntityMoves> {
        let mut moves = Vec::new();
        let mut is_moved = false;
        for outcome in one.outcomes() {
            let Some((first, partner, second)) = self.pair(outcome.index()) else { continue };
            let Some(again) = other.outcomes().find(|again| again.index() == partner) else { continue };
            let (from, to) = (rank(&outcome), rank(&again));
            let cell = counts
                .tables
                .get_mut(outcome.index())
                .and_then(|table| table.get_mut(from.unwrap_or(first.levels.len())))
                .and_then(|row| row.get_mut(to.unwrap_or(second.levels.len())));
            if let Some(count) = cell {
                *count += 1;
            }
            let direction = direction(first, from, second, to);
            if direction == Direction::Same {
                continue;
            }
            is_moved = true;
            if shows(&first.identifier) {
                moves.push(Move {
                    scorecard: first.identifier.clone(),
                    direction,
                    from: from.map(|level| first.level_title(level).to_owned()),
                    to: to.map(|level| second.level_title(level).to_owned()),
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
    pub(super) fn comparison(&self, entities: u64, counts: &Moves, moves: Vec<EntityMoves>) -> Comparison {
        let firsts = self.first.definitions().iter().enumerate().map(|(index, definition)| {
            match (self.pair(index), counts.tables.get(index)) {
                (Some((first, _, second)), Some(table)) => summed(first, second, table),
                _ => only(definition, Presence::First),
            }
        });
        let is_new = |definition: &&Definition| {
            !self.first.definitions().iter().any(|other| is_same(definition, other))
        };
        let seconds = self.second.definitions().iter().filter(is_new).map(|new| only(new, Presence::Second));
        Comparison {
            schema_version: SCHEMA_VERSION,
            kind: DocumentKind::WhatIf,
            as_of: self.first.as_of().to_string(),
            entities,
            scorecards: firsts.chain(seconds).collect(),
            moved: counts.moved,
            moves,
        }
    }
}

impl Moves {
    /// Adds what another has counted.
    pub(super) fn absorb(&mut self, other: &Self) {
        self.moved += other.moved;
        let mine = self.tables.iter_mut().flatten().flatten();
        for (count, more) in mine.zip(other.tables.iter().flatten().flatten()) {
            *count += more;
        }
    }
}

fn is_same(one: &Definition, other: &Definition) -> bool {
    one.identifier == other.identifier && one.blueprint == other.blueprint
}

fn rank(outcome: &Outcome<'_>) -> Option<usize> {
    outcome.standing().map(|standing| standing.level)
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
    let both = |set: &Definition| {
        let at = |title: &str| set.levels.iter().position(|level| level.title == title);
        Some((at(was)?, at(is)?))
    };
    let (from, to) = both(first).or_else(|| both(second)).unwrap_or((from, to));
    match to.cmp(&from) {
        std::cmp::Ordering::Greater => Direction::Up,
        std::cmp::Ordering::Less => Direction::Down,
        std::cmp::Ordering::Equal => Direction::Same,
    }
}

fn summed(first: &Definition, second: &Definition, table: &[Vec<u64>]) -> ScorecardComparison {
    let mut comparison = only(first, Presence::Both);
    for (from, row) in table.iter().enumerate() {
        for (to, &count) in row.iter().enumerate().filter(|(_, count)| **count > 0) {
            let from = Some(from).filter(|from| *from < first.levels.len());
            let to = Some(to).filter(|to| *to < second.levels.len());
            match direction(first, from, second, to) {
                Direction::Up => comparison.up += count,
                Direction::Down => comparison.down += count,
                Direction::Entered => comparison.entered += count,
                Direction::Left => comparison.left += count,
                Direction::Same if from.is_none() => {}
                Direction::Same => comparison.same += count,
            }
            comparison.pairs.push(Pair {
                from: from.map(|level| first.level_title(level).to_owned()),
                to: to.map(|level| second.level_title(level).to_owned()),
                count,
            });
        }
    }
    comparison
}

fn only(definition: &Definition, presence: Presence) -> ScorecardComparison {
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
