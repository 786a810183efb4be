//! Compares two sides: matches entities by blueprint and identifier, and their results by scorecard.

use super::card_places::CardPlaces;
use super::catalog::{Blueprint, Card, Catalog, Held, Title};
use super::change::{Change, ChangeKind, Seriousness};
use super::interned::Id;
use super::order::{LevelOrder, names};
use super::side::{EntityNames, EntityNumber, Side};
use foldhash::fast::FixedState;
use serde::Serialize;
use std::collections::HashMap;

/// The sides that have a scorecard, in their summary or in a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Presence {
    Both,
    Before,
    After,
}

/// Whether the definition of a scorecard is the same on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum DefinitionState {
    Same,
    Changed,
}

/// The levels of a result before and after; `None` is not applicable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct LevelPair {
    pub(crate) from: Option<Id<Title>>,
    pub(crate) to: Option<Id<Title>>,
}

/// The changes of one scorecard, as counts.
#[derive(Debug)]
pub(crate) struct ScorecardChanges {
    pub(crate) card: Id<Card>,
    /// The title, or the identifier if no summary tells it.
    pub(crate) title: String,
    pub(crate) presence: Presence,
    /// `None` if a side does not tell its digest.
    pub(crate) definition: Option<DefinitionState>,
    /// The levels, the lowest first.
    pub(crate) order: LevelOrder,
    /// How many results changed, for each kind of change.
    counts: [u64; ChangeKind::COUNT],
    /// How many results have the same level on both sides and no change.
    pub(crate) same: u64,
    /// How many results that both sides have hold each pair of levels; `None` is not applicable.
    pairs: HashMap<LevelPair, u64, FixedState>,
}

impl ScorecardChanges {
    /// A scorecard without changes yet.
    pub(super) fn new(
        card: Id<Card>,
        title: String,
        presence: Presence,
        definition: Option<DefinitionState>,
        order: LevelOrder,
    ) -> Self {
        let counts = [0; ChangeKind::COUNT];
        Self { card, title, presence, definition, order, counts, same: 0, pairs: HashMap::default() }
    }

    /// How many results have this kind of change.
    #[expect(clippy::indexing_slicing, reason = "there is a count for each kind")]
    pub(crate) fn count(&self, kind: ChangeKind) -> u64 {
        self.counts[kind as usize]
    }

    /// The pairs of levels with the number of results, the lowest level before first.
    pub(crate) fn pairs(&self, catalog: &Catalog) -> Vec<(LevelPair, u64)> {
        let place = |level: Option<Id<Title>>| match level {
            Some(level) => (false, self.order.rank(level), Some(&*catalog.titles.get(level).0)),
            None => (true, None, None),
        };
        let mut pairs: Vec<_> = self.pairs.iter().map(|(pair, count)| (*pair, *count)).collect();
        pairs.sort_by_key(|(pair, _)| (place(pair.from), place(pair.to)));
        pairs
    }

    /// How many results both sides have, without those that are not applicable on either.
    pub(crate) fn shared(&self) -> u64 {
        let pairs = self.pairs.iter().filter(|(pair, _)| pair.from.is_some() || pair.to.is_some());
        pairs.map(|(_, count)| count).sum()
    }

    /// How many results changed.
    pub(crate) fn changed(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// Whether its definition changed, so that its changes may come from that.
    pub(crate) fn has_changed_definition(&self) -> bool {
        self.definition == Some(DefinitionState::Changed)
    }

    #[expect(clippy::indexing_slicing, reason = "there is a count for each kind")]
    fn count_change(&mut self, kind: ChangeKind) {
        self.counts[kind as usize] += 1;
    }
}

/// An entity of either side. Those of the side after come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum EntityPlace {
    After(EntityNumber),
    Before(EntityNumber),
}

/// The change of an entity in a scorecard.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ResultChange {
    /// The index of the scorecard in [`Diff::scorecards`].
    pub(crate) scorecard: usize,
    pub(crate) change: Change,
}

/// What it means that the side after does not have an entity of the side before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Absence {
    /// It disappeared.
    Disappeared,
    /// Nothing: it may only be out of scope.
    Unknown,
}

/// The changes between two sides.
pub(crate) struct Diff<'h> {
    /// `None` if there is nothing to compare with.
    pub(crate) before: Option<&'h Side>,
    pub(crate) after: &'h Side,
    pub(crate) catalog: &'h Catalog,
    /// The scorecards in the order of the side after, then those that only the side before has.
    pub(crate) scorecards: Vec<ScorecardChanges>,
    /// The entities with changes, each with the end of its changes.
    moved: Vec<(EntityPlace, usize)>,
    changes: Vec<ResultChange>,
    /// How many entities there are on both sides together, each counted once.
    entities: usize,
}

/// An entity with its changes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EntityChanges<'d> {
    pub(crate) names: EntityNames<'d>,
    /// In the order of the scorecards.
    pub(crate) changes: &'d [ResultChange],
}

impl<'h> Diff<'h> {
    /// A comparison without a side before.
    pub(crate) fn without_baseline(after: &'h Side, catalog: &'h Catalog) -> Self {
        Self {
            before: None,
            after,
            catalog,
            scorecards: Vec::new(),
            moved: Vec::new(),
            changes: Vec::new(),
            entities: after.len(),
        }
    }

    /// Two sides whose results are not compared yet. `scorecards` are the orders of levels and so on, from [`scorecards`](super::scorecards::scorecards).
    pub(super) fn uncompared(
        before: &'h Side,
        after: &'h Side,
        catalog: &'h Catalog,
        scorecards: Vec<ScorecardChanges>,
    ) -> Self {
        Self { before: Some(before), scorecards, ..Self::without_baseline(after, catalog) }
    }

    /// Compares two sides. `scorecards` are the orders of levels and so on, from [`scorecards`](super::scorecards::scorecards).
    pub(crate) fn new(
        before: &'h Side,
        after: &'h Side,
        catalog: &'h Catalog,
        scorecards: Vec<ScorecardChanges>,
        absence: Absence,
    ) -> Self {
        let mut diff = Self::uncompared(before, after, catalog, scorecards);
        let mut places = Places {
            scorecards: places(catalog, diff.scorecards.iter().map(|card| card.card)),
            results: CardPlaces::default(),
        };
        let (mut is_matched, mut expected) = (vec![false; before.len()], before.numbers().next());
        for entity in after.numbers() {
            let names = after.names(entity);
            // both sides usually have the entities in the same order
            let partner = before.find_from(expected, names.blueprint, names.identifier);
            expected = partner.map(EntityNumber::next).or(expected);
            let old = partner.map_or(&[][..], |partner| before.results(partner));
            if let Some(matched) = partner.and_then(|partner| is_matched.get_mut(partner.index())) {
                *matched = true;
            }
            diff.compare(EntityPlace::After(entity), old, after.results(entity), &mut places);
        }
        if absence == Absence::Unknown {
            return diff;
        }
        for (entity, _) in before.numbers().zip(&is_matched).filter(|(_, is_matched)| !**is_matched) {
            diff.entities += 1;
            diff.compare(EntityPlace::Before(entity), before.results(entity), &[], &mut places);
        }
        diff
    }

    /// Compares the results of one entity.
    fn compare(
        &mut self,
        entity: EntityPlace,
        before: &[(Id<Card>, Held)],
        after: &[(Id<Card>, Held)],
        places: &mut Places,
    ) {
        let start = self.changes.len();
        let (mut expected, mut matched, mut is_filled) = (0, 0, false);
        for (card, held) in after {
            // both sides usually have the scorecards in the same order
            let at = match before.get(expected) {
                Some((other, _)) if other == card => Some(expected),
                _ => {
                    if !std::mem::replace(&mut is_filled, true) {
                        places.results.fill(before);
                    }
                    places.results.get(*card)
                }
            };
            expected = at.map_or(expected, |at| at + 1);
            matched += usize::from(at.is_some());
            let old = at.and_then(|at| before.get(at)).map(|(_, held)| *held);
            self.note(*card, old, Some(*held), &places.scorecards);
        }
        if matched < before.len() {
            places.results.fill(after);
            for (card, held) in before.iter().filter(|(card, _)| places.results.get(*card).is_none()) {
                self.note(*card, Some(*held), None, &places.scorecards);
            }
        }
        if self.changes.len() > start {
            if let Some(changes) = self.changes.get_mut(start..) {
                changes.sort_by_key(|change| change.scorecard);
            }
            self.moved.push((entity, self.changes.len()));
        }
    }

    /// Counts a result, and keeps its change.
    #[expect(clippy::expect_used, reason = "`scorecards` lists every scorecard that has a result")]
    fn note(&mut self, card: Id<Card>, before: Option<Held>, after: Option<Held>, places: &[Option<usize>]) {
        let scorecard = places.get(card.index()).copied().flatten().expect("every scorecard is listed");
        let counts = self.scorecards.get_mut(scorecard).expect("every scorecard is listed");
        if let (Some(from), Some(to)) = (before, after) {
            let [from, to] = [from, to].map(|held| held.map(|grade| self.catalog.grades.get(grade).level));
            *counts.pairs.entry(LevelPair { from, to }).or_default() += 1;
        }
        match Change::between(before, after, self.catalog, &counts.order) {
            Some(change) => {
                counts.count_change(change.kind());
                self.changes.push(ResultChange { scorecard, change });
            }
            None => counts.same += u64::from(after.flatten().is_some()),
        }
    }

    /// How many entities there are on both sides together, each counted once.
    pub(crate) fn entities(&self) -> usize {
        self.entities
    }

    /// How many entities have a change.
    pub(crate) fn moved(&self) -> usize {
        self.moved.len()
    }

    /// The entities with changes, in the order of the side after, then those that only the side before has.
    pub(crate) fn moves(&self) -> impl Iterator<Item = EntityChanges<'_>> {
        let starts = std::iter::once(0).chain(self.moved.iter().map(|(_, end)| *end));
        self.moved.iter().zip(starts).map(|((entity, end), start)| self.entity(*entity, start, *end))
    }

    /// The changes of an entity of the side after.
    pub(super) fn changes_of(&self, blueprint: Id<Blueprint>, identifier: &str) -> &[ResultChange] {
        let found = self.after.find(blueprint, identifier).and_then(|number| {
            let at =
                self.moved.binary_search_by_key(&EntityPlace::After(number), |(place, _)| *place).ok()?;
            let end = |at: usize| self.moved.get(at).map(|(_, end)| *end);
            self.changes.get(at.checked_sub(1).and_then(end).unwrap_or(0)..end(at)?)
        });
        found.unwrap_or_default()
    }

    #[expect(
        clippy::expect_used,
        reason = "`compare` writes the ends, and only a side before has its entities"
    )]
    fn entity(&self, entity: EntityPlace, start: usize, end: usize) -> EntityChanges<'_> {
        let names = match entity {
            EntityPlace::After(entity) => self.after.names(entity),
            EntityPlace::Before(entity) => self.before.expect("the side exists").names(entity),
        };
        EntityChanges { names, changes: self.changes.get(start..end).expect("the list has every change") }
    }

    /// The entities with changes, the most serious ones first, at most this many.
    pub(crate) fn most_serious(&self, most: usize) -> Vec<EntityChanges<'_>> {
        let mut moves: Vec<(Seriousness, EntityChanges<'_>)> =
            self.moves().filter_map(|moved| Some((Self::seriousness(&moved)?, moved))).collect();
        moves.sort_by_key(|(seriousness, _)| *seriousness);
        moves.into_iter().take(most).map(|(_, moved)| moved).collect()
    }

    /// The most serious change of an entity.
    fn seriousness(moved: &EntityChanges<'_>) -> Option<Seriousness> {
        moved.changes.iter().map(|change| Seriousness::of(change.change.kind())).min()
    }

    /// The scorecards that people should see: those with results, or all if none has.
    pub(crate) fn shown_scorecards(&self) -> impl Iterator<Item = &ScorecardChanges> + Clone {
        let has_results = |card: &ScorecardChanges| card.changed() > 0 || !card.pairs.is_empty();
        let all = !self.scorecards.iter().any(has_results);
        self.scorecards.iter().filter(move |card| all || has_results(card))
    }

    /// The blueprint and the identifier of a scorecard.
    pub(crate) fn card_names(&self, scorecard: &ScorecardChanges) -> (&str, &str) {
        names(self.catalog, scorecard.card)
    }

    /// The scorecard with this index.
    #[expect(clippy::expect_used, reason = "every change has the index of a scorecard")]
    pub(crate) fn scorecard(&self, index: usize) -> &ScorecardChanges {
        self.scorecards.get(index).expect("the scorecard is listed")
    }

    /// The blueprint of an entity.
    pub(crate) fn blueprint<'d>(&'d self, names: &EntityNames<'_>) -> &'d str {
        &self.catalog.blueprints.get(names.blueprint).0
    }

    /// The teams of an entity.
    pub(crate) fn teams(&self, names: &EntityNames<'_>) -> impl Iterator<Item = &str> {
        self.catalog.team_names(names.teams)
    }

    /// How many results both sides have, without those that are not applicable on either.
    pub(crate) fn shared(&self) -> u64 {
        self.scorecards.iter().map(ScorecardChanges::shared).sum()
    }
}

/// Where scorecards are found while two sides are compared.
struct Places {
    /// The index in [`Diff::scorecards`] of each scorecard of the catalog.
    scorecards: Vec<Option<usize>>,
    /// The places of the results of one entity on one side.
    results: CardPlaces,
}

/// For each scorecard of the catalog, its index in a list; `None` for those that are not listed.
pub(super) fn places(catalog: &Catalog, listed: impl Iterator<Item = Id<Card>>) -> Vec<Option<usize>> {
    let mut places = vec![None; catalog.cards.len()];
    for (index, card) in listed.enumerate() {
        if let Some(place) = places.get_mut(card.index()) {
            *place = Some(index);
        }
    }
    places
}
