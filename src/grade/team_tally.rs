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
///
/// They are numbers in one list, because each block of input has its own counts of each team: with lists for each
/// scorecard, `--group-by team` takes 6 % more CPU time (1,000,000 entities of 40 teams, measured in 2026-11).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TeamCounts {
    /// Entities in scope.
    pub(crate) entities: u64,
    /// A record for each scorecard that grades or excludes an entity of the team: its index, the number of its levels, how
    /// many entities it excludes, how many hold each level, and how many of these have no data.
    records: Vec<u64>,
}

/// The numbers of a record before the counts of levels.
const HEAD: usize = 3;

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

#[expect(clippy::expect_used, reason = "a record is complete, and a result has a level of its scorecard")]
impl TeamCounts {
    fn count(&mut self, graded: &Graded<'_>) {
        self.entities += 1;
        let mut expected = 0;
        for (card, standing) in graded.standings_by_card() {
            let levels = card.levels;
            let record = self.record_mut(&mut expected, card.index, levels);
            let mut add = |place: usize| *record.get_mut(place).expect("every level has its count") += 1;
            match standing {
                None => add(HEAD - 1),
                Some(standing) => {
                    add(HEAD + standing.level);
                    if standing.no_data.is_some() {
                        add(HEAD + levels + standing.level);
                    }
                }
            }
        }
    }

    /// The records, each with the index of its scorecard.
    fn records(&self) -> impl Iterator<Item = (usize, &[u64])> {
        let mut rest = self.records.as_slice();
        std::iter::from_fn(move || {
            let (index, levels) = (*rest.first()?, *rest.get(1)?);
            let (record, others) = rest.split_at_checked(length(number(levels)))?;
            rest = others;
            Some((number(index), record))
        })
    }

    /// The record of a scorecard, with counts of zero if there was none. It probably begins at `expected`, because the
    /// entities of a team usually have one blueprint. `expected` becomes the end of the record.
    fn record_mut(&mut self, expected: &mut usize, scorecard: usize, levels: usize) -> &mut [u64] {
        if self.records.get(*expected) != Some(&(scorecard as u64)) {
            let before = self.records().take_while(|(index, _)| *index != scorecard);
            *expected = before.map(|(_, record)| record.len()).sum();
            if *expected == self.records.len() {
                self.records.extend([scorecard as u64, levels as u64]);
                self.records.resize(*expected + length(levels), 0);
            }
        }
        let start = std::mem::replace(expected, *expected + length(levels));
        self.records.get_mut(start..*expected).expect("the record is there")
    }

    /// The counts of a scorecard, if it grades or excludes an entity of the team.
    pub(crate) fn card(&self, scorecard: usize) -> Option<CardTally> {
        let (_, record) = self.records().find(|(index, _)| *index == scorecard)?;
        Some(tally(record))
    }

    fn absorb(&mut self, other: &mut Self) {
        self.entities += std::mem::take(&mut other.entities);
        let mut expected = 0;
        for (index, record) in other.records() {
            let levels = number(*record.get(1).expect("the record has a head"));
            let counts = self.record_mut(&mut expected, index, levels);
            for (mine, more) in counts.iter_mut().zip(record).skip(HEAD - 1) {
                *mine += more;
            }
        }
        other.records.clear();
    }

    /// The mean of rank ÷ top rank over all results with data; `None` without any. Scorecards with one level do not count.
    pub(crate) fn average(&self, scorecards: &Scorecards, is_chosen: &dyn Fn(usize) -> bool) -> Option<f64> {
        Some(self.strength(scorecards, is_chosen)).filter(|strength| strength.is_finite())
    }

    /// The same; infinite without a result with data.
    #[expect(clippy::cast_precision_loss, reason = "there are less than 2^53 results")]
    fn strength(&self, scorecards: &Scorecards, is_chosen: &dyn Fn(usize) -> bool) -> f64 {
        let (mut sum, mut results) = (0.0, 0);
        for (index, record) in self.records().filter(|(index, _)| is_chosen(*index)) {
            let (definition, card) = (scorecards.definition(index), tally(record));
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

/// The length of the record of a scorecard with this number of levels.
fn length(levels: usize) -> usize {
    HEAD + 2 * levels
}

/// The counts in a record.
#[expect(clippy::expect_used, reason = "a record is complete")]
fn tally(record: &[u64]) -> CardTally {
    let (head, counts) = record.split_at_checked(HEAD).expect("the record has a head");
    let (levels, no_data) = counts.split_at(counts.len() / 2);
    CardTally {
        not_applicable: *head.last().expect("the head is not empty"),
        levels: levels.to_vec(),
        no_data: no_data.to_vec(),
        passed: Vec::new(),
    }
}

#[expect(clippy::expect_used, reason = "it was an index or a number of levels")]
fn number(number: u64) -> usize {
    usize::try_from(number).expect("it was a usize")
}
