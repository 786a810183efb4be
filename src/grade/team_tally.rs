//! Counts of entities by team. An entity of several teams counts in each of them.

use super::card_tally::CardTally;
use super::grader::Graded;
use crate::scorecard::Scorecards;
use foldhash::fast::RandomState;
use std::cmp::Ordering;
use std::collections::HashMap;

/// The counts of all teams. Their size grows with the number of teams, not with the number of entities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TeamTally {
    teams: HashMap<Box<str>, TeamCounts, RandomState>,
    /// The counts of the entities without a team.
    without: TeamCounts,
}

/// The counts of one team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TeamCounts {
    /// Entities in scope.
    pub(crate) entities: u64,
    /// The counts of the scorecards that grade or exclude an entity of the team, each with the index of its scorecard, in
    /// this order.
    cards: Vec<(usize, CardTally)>,
}

impl TeamTally {
    /// Counts one entity in scope.
    pub(super) fn count(&mut self, graded: &Graded<'_>) {
        let Self { teams, without } = self;
        match graded.entity().team() {
            [] => without.count(graded),
            [one] => team_of(teams, one).count(graded),
            _ => graded
                .entity()
                .different_teams()
                .into_iter()
                .for_each(|name| team_of(teams, name).count(graded)),
        }
    }

    /// Adds other counts, and resets those to zero.
    pub(super) fn absorb(&mut self, other: &mut Self) {
        self.without.absorb(&mut other.without);
        for (name, mut counts) in other.teams.drain() {
            team_of(&mut self.teams, &name).absorb(&mut counts);
        }
    }

    /// The teams that have entities, the weakest first: the lowest mean of rank ÷ top rank over all results with data.
    /// Teams with the same mean are sorted by name; those without such a result follow; the entities without a team
    /// (`None`) are last.
    pub(crate) fn weakest_first(&self, scorecards: &Scorecards) -> Vec<(Option<&str>, &TeamCounts)> {
        self.weakest_in(scorecards, &|_| true)
    }

    /// The same by the results in some of the scorecards.
    pub(crate) fn weakest_in(
        &self,
        scorecards: &Scorecards,
        is_chosen: &dyn Fn(usize) -> bool,
    ) -> Vec<(Option<&str>, &TeamCounts)> {
        let mut teams: Vec<(&str, &TeamCounts, f64)> = self
            .teams
            .iter()
            .map(|(name, counts)| (name.as_ref(), counts, counts.strength(scorecards, is_chosen)))
            .collect();
        teams.sort_by(|(name, _, strength), (other_name, _, other)| {
            strength.total_cmp(other).then_with(|| by_name(name, other_name))
        });
        let without = (self.without.entities > 0).then_some((None, &self.without));
        teams.into_iter().map(|(name, counts, _)| (Some(name), counts)).chain(without).collect()
    }
}

/// The order of names of teams: without regard to case, if that tells them apart.
fn by_name(one: &str, other: &str) -> Ordering {
    one.to_lowercase().cmp(&other.to_lowercase()).then_with(|| one.cmp(other))
}

/// The counts of a team. Its name is copied only if the team is new.
fn team_of<'t>(teams: &'t mut HashMap<Box<str>, TeamCounts, RandomState>, name: &str) -> &'t mut TeamCounts {
    if !teams.contains_key(name) {
        teams.insert(name.into(), TeamCounts::default());
    }
    #[expect(clippy::expect_used, reason = "the team was added if it was missing")]
    teams.get_mut(name).expect("the team is there")
}

impl TeamCounts {
    fn count(&mut self, graded: &Graded<'_>) {
        self.entities += 1;
        for (expected, outcome) in graded.outcomes().enumerate() {
            let levels = outcome.scorecard().levels.len();
            self.card_mut(expected, outcome.index(), levels).count(&outcome);
        }
    }

    /// The counts of a scorecard, if it grades or excludes an entity of the team.
    pub(crate) fn card(&self, scorecard: usize) -> Option<&CardTally> {
        let at = self.cards.binary_search_by_key(&scorecard, |(index, _)| *index).ok()?;
        self.cards.get(at).map(|(_, card)| card)
    }

    /// The same to change, with counts of zero if there were none. They are probably at the place `expected`, because the
    /// entities of a team usually have one blueprint.
    #[expect(clippy::expect_used, reason = "the counts were found or added")]
    fn card_mut(&mut self, expected: usize, scorecard: usize, levels: usize) -> &mut CardTally {
        let at = match self.cards.get(expected) {
            Some((index, _)) if *index == scorecard => expected,
            _ => self.cards.binary_search_by_key(&scorecard, |(index, _)| *index).unwrap_or_else(|at| {
                self.cards.insert(at, (scorecard, CardTally::new(levels)));
                at
            }),
        };
        self.cards.get_mut(at).map(|(_, card)| card).expect("the scorecard has counts")
    }

    fn absorb(&mut self, other: &mut Self) {
        self.entities += std::mem::take(&mut other.entities);
        for (expected, (index, mut counts)) in std::mem::take(&mut other.cards).into_iter().enumerate() {
            self.card_mut(expected, index, counts.levels.len()).absorb(&mut counts);
        }
    }

    /// The mean of rank ÷ top rank over all results with data; `None` without any. Scorecards with one level do not count.
    pub(crate) fn average(&self, scorecards: &Scorecards, is_chosen: &dyn Fn(usize) -> bool) -> Option<f64> {
        Some(self.strength(scorecards, is_chosen)).filter(|strength| strength.is_finite())
    }

    /// The same; infinite without a result with data.
    #[expect(clippy::cast_precision_loss, reason = "there are less than 2^53 results")]
    fn strength(&self, scorecards: &Scorecards, is_chosen: &dyn Fn(usize) -> bool) -> f64 {
        let (mut sum, mut results) = (0.0, 0);
        for (definition, card) in self
            .cards
            .iter()
            .filter(|(index, _)| is_chosen(*index))
            .filter_map(|(index, card)| Some((scorecards.definitions().get(*index)?, card)))
        {
            let top = definition.levels.len().saturating_sub(1);
            if top == 0 {
                continue;
            }
            let ranks: u64 = (0..).zip(card.with_data()).map(|(rank, count)| rank * count).sum();
            sum += ranks as f64 / top as f64;
            results += card.with_data().sum::<u64>();
        }
        if results == 0 { f64::INFINITY } else { sum / results as f64 }
    }
}
