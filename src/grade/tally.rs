//! Counts of entities. Each thread counts its own blocks, and the counts are added up after each block.

use super::card_tally::CardTally;
use super::duplicates::Duplicates;
use super::grader::Graded;
use super::presence::{GroupPresence, Presence};
use super::scope_counts::ScopeCounts;
use super::team_tally::TeamTally;
use crate::entity::Entity;
use crate::scorecard::{Scope, ScorecardGroup, Scorecards};
use std::collections::BTreeMap;

/// How many entities are in scope, and how many hold each level. A [`Summary`](crate::result::Summary) has the counts
/// by scorecard.
///
/// Its size depends on the scorecards, not on the number of entities. Each thread can have a tally of its own.
///
/// ```
/// use dora_score::{Grader, Instant, Scope, Scorecards, Tally, builtin, for_each_entity, result::Summary};
/// use std::ops::ControlFlow;
///
/// let as_of = Instant::parse("2026-01-31T00:00:00Z").ok_or("not a time")?;
/// let scorecards = Scorecards::new(builtin(), as_of, "service");
/// let mut wanted = scorecards.wanted().clone();
/// let scope = Scope::new(&["tier != 3".parse()?], as_of, &mut wanted);
/// let count = |stream: &[u8]| {
///     let (mut grader, mut tally) = (Grader::new(&scorecards), Tally::new(&scorecards, true));
///     let counted = for_each_entity(stream, &wanted, |entity| {
///         if tally.admits(&scope, entity) {
///             tally.count(&grader.grade(entity));
///         }
///         ControlFlow::Continue(())
///     });
///     counted.map(|()| tally)
/// };
/// let services = br#"{"identifier": "checkout", "deployment_frequency": 0.5} {"identifier": "fax", "tier": 3}"#;
/// let mut tally = count(services)?;
/// tally.absorb(&mut count(br#"{"identifier": "db", "blueprint": "cluster"}"#)?);
///
/// assert_eq!(tally.entities, 2);
/// assert_eq!(tally.ungraded().collect::<Vec<_>>(), [("cluster", 1)]);
/// assert_eq!(tally.unmet_blueprints(&scorecards)[0].0, "_team");
/// let summary = Summary::new(&scorecards, &tally);
/// let levels = summary.scorecards[0].levels.iter().map(|level| (level.title.as_str(), level.count));
/// assert_eq!(levels.collect::<Vec<_>>(), [("Basic", 0), ("Bronze", 1), ("Silver", 0), ("Gold", 0)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Entities in scope.
    pub entities: u64,
    pub(crate) outside: ScopeCounts,
    /// The counts of each scorecard, in the order of the definitions.
    pub(crate) cards: Vec<CardTally>,
    /// Entities that no scorecard grades, by blueprint. After 100 blueprints, all others are counted under `…`.
    ungraded: BTreeMap<String, u64>,
    presence: Presence,
    /// The entities that come twice, if the tally looks for them.
    pub(crate) duplicates: Option<Duplicates>,
    /// The same by team, if the tally counts teams.
    pub(crate) teams: Option<TeamTally>,
}

const MAX_BLUEPRINTS: usize = 100;

impl Tally {
    /// Creates counts of zero. With `rules`, also counts how many entities pass each rule.
    pub fn new(scorecards: &Scorecards, rules: bool) -> Self {
        let cards = scorecards.definitions().iter().map(|definition| {
            let card = CardTally::new(definition.levels.len());
            if rules { card.counting_rules(definition.rules.len()) } else { card }
        });
        let presence = Presence::new(scorecards);
        Self { cards: cards.collect(), presence, ..Self::default() }
    }

    /// Also looks for entities that come twice, which takes up to 24 bytes for each entity.
    #[must_use]
    pub(crate) fn with_duplicates(self) -> Self {
        Self { duplicates: Some(Duplicates::default()), ..self }
    }

    /// Also counts by team.
    #[must_use]
    pub(crate) fn with_teams(self) -> Self {
        Self { teams: Some(TeamTally::default()), ..self }
    }

    /// Whether an entity is in scope and so must be graded. Counts it if it is not.
    #[inline]
    pub fn admits(&mut self, scope: &Scope, entity: &Entity<'_>) -> bool {
        if scope.is_open() {
            return true;
        }
        self.outside.look(scope, entity);
        let holds = scope.holds(entity);
        if !holds {
            self.outside.count(scope, entity);
        }
        holds
    }

    /// Counts one entity in scope.
    ///
    /// # Panics
    /// If it was graded by other scorecards than those of the tally.
    pub fn count(&mut self, graded: &Graded<'_>) {
        self.entities += 1;
        for outcome in graded.outcomes() {
            #[expect(clippy::expect_used, reason = "the counts and the results are of the same scorecards")]
            self.cards.get_mut(outcome.index()).expect("every scorecard has its counts").count(&outcome);
        }
        match graded.group() {
            Some(group) => self.presence.count(group, graded.entity()),
            None => add_ungraded(&mut self.ungraded, graded.blueprint(), 1),
        }
        if let Some(duplicates) = &mut self.duplicates {
            duplicates.count(graded.blueprint(), graded.entity().identifier());
        }
        if let Some(teams) = &mut self.teams {
            teams.count(graded);
        }
    }

    /// The fields that conditions for a blueprint name and none of its entities has.
    pub(crate) fn presence(&self, group: &ScorecardGroup) -> &GroupPresence {
        self.presence.of(group)
    }

    /// The number of entities in scope that the scorecards of a group grade or exclude by their filters.
    pub(crate) fn entities_of(&self, group: &ScorecardGroup) -> u64 {
        let card = group.cards.first().and_then(|card| self.cards.get(card.index));
        card.map_or(0, CardTally::entities)
    }

    /// Blueprints without an entity, in or out of scope, each with the scorecards that grade it.
    pub fn unmet_blueprints<'s>(&self, scorecards: &'s Scorecards) -> Vec<(&'s str, Vec<&'s str>)> {
        let mut unmet: Vec<(&str, Vec<&str>)> = Vec::new();
        for (definition, card) in scorecards.definitions().iter().zip(&self.cards) {
            let blueprint = definition.blueprint.as_str();
            if card.entities() > 0 || self.outside.may_have(blueprint, scorecards.default_blueprint()) {
                continue;
            }
            match unmet.iter_mut().find(|(known, _)| *known == blueprint) {
                Some((_, cards)) => cards.push(&definition.identifier),
                None => unmet.push((blueprint, vec![&definition.identifier])),
            }
        }
        unmet
    }

    /// How many entities no scorecard grades, by blueprint.
    pub fn ungraded(&self) -> impl Iterator<Item = (&str, u64)> {
        self.ungraded.iter().map(|(blueprint, count)| (blueprint.as_str(), *count))
    }

    /// Adds other counts, and resets those to zero. Only the fields that they have met stay met.
    pub fn absorb(&mut self, other: &mut Self) {
        self.entities += std::mem::take(&mut other.entities);
        self.outside.absorb(&mut other.outside);
        for (card, other) in self.cards.iter_mut().zip(&mut other.cards) {
            card.absorb(other);
        }
        if let (Some(teams), Some(others)) = (&mut self.teams, &mut other.teams) {
            teams.absorb(others);
        }
        for (blueprint, count) in std::mem::take(&mut other.ungraded) {
            add_ungraded(&mut self.ungraded, &blueprint, count);
        }
        self.presence.absorb(&other.presence);
        if let (Some(duplicates), Some(others)) = (&mut self.duplicates, &mut other.duplicates) {
            duplicates.absorb(others);
        }
    }
}

fn add_ungraded(ungraded: &mut BTreeMap<String, u64>, blueprint: &str, count: u64) {
    if let Some(known) = ungraded.get_mut(blueprint) {
        *known += count;
    } else if ungraded.len() < MAX_BLUEPRINTS {
        ungraded.insert(blueprint.to_owned(), count);
    } else {
        *ungraded.entry("…".to_owned()).or_default() += count;
    }
}
