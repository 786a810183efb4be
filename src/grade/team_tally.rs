//! Counts of entities by team. An entity of several teams counts in each of them.

use super::card_tally::CardTally;
use super::grader::Graded;
use crate::scorecard::Scorecards;
use std::cmp::Ordering;
use std::collections::{BTreeMap, HashMap};

/// The counts of all teams. Their size grows with the number of teams, not with the number of entities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TeamTally {
    teams: HashMap<Box<str>, TeamCounts>,
    /// The counts of the entities without a team.
    without: TeamCounts,
}

/// The counts of one team.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TeamCounts {
    /// Entities in scope.
    pub(crate) entities: u64,
    /// The counts of the scorecards that grade or exclude an entity of the team, by index.
    pub(crate) cards: BTreeMap<usize, CardTally>,
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
        let mut teams: Vec<(&str, &TeamCounts, f64)> = self
            .teams
            .iter()
            .map(|(name, counts)| (name.as_ref(), counts, counts.strength(scorecards)))
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
fn team_of<'t>(teams: &'t mut HashMap<Box<str>, TeamCounts>, name: &str) -> &'t mut TeamCounts {
    if !teams.contains_key(name) {
        teams.insert(name.into(), TeamCounts::default());
    }
    #[expect(clippy::expect_used, reason = "the team was added if it was missing")]
    teams.get_mut(name).expect("the team is there")
}

impl TeamCounts {
    fn count(&mut self, graded: &Graded<'_>) {
        self.entities += 1;
        for outcome in graded.outcomes() {
            let levels = outcome.scorecard().levels.len();
            self.cards.entry(outcome.index()).or_insert_with(|| CardTally::new(levels)).count(&outcome);
        }
    }

    fn absorb(&mut self, other: &mut Self) {
        self.entities += std::mem::take(&mut other.entities);
        for (index, mut counts) in std::mem::take(&mut other.cards) {
            match self.cards.get_mut(&index) {
                Some(known) => known.absorb(&mut counts),
                None => drop(self.cards.insert(index, counts)),
            }
        }
    }

    /// The mean of rank ÷ top rank over all results with data; infinite without any. Scorecards with one level do not
    /// count.
    #[expect(clippy::cast_precision_loss, reason = "there are less than 2^53 results")]
    fn strength(&self, scorecards: &Scorecards) -> f64 {
        let (mut sum, mut results) = (0.0, 0);
        for (definition, card) in
            self.cards.iter().filter_map(|(index, card)| Some((scorecards.definitions().get(*index)?, card)))
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
