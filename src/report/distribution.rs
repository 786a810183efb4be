//! The distribution: how many entities hold each level. All reports take their counts from here.
//!
//! The counts include all entities, even those that are not shown. Results without data are counted apart and not at
//! their level, because a level that nobody measured says nothing. Scorecards of a blueprint without entities are left
//! out.

use super::Context;
use crate::grade::{CardTally, Tally, TeamCounts};
use crate::scorecard::{Definition, Level};
use crate::terminal::clean;
use std::collections::HashMap;

/// A blueprint that has entities, with its scorecards.
pub(super) struct Section<'c> {
    pub(super) blueprint: &'c str,
    /// How many entities it has.
    pub(super) entities: u64,
    /// Its scorecards, in the order of the definitions.
    pub(super) cards: Vec<ScorecardCounts<'c>>,
}

/// A scorecard with its counts.
pub(super) struct ScorecardCounts<'c> {
    /// The index of the scorecard.
    pub(super) index: usize,
    pub(super) definition: &'c Definition,
    /// The title, followed by the identifier if another scorecard of the blueprint has the same title.
    pub(super) title: String,
    /// How many entities hold each level, without the results that have no data.
    pub(super) counts: Vec<u64>,
    pub(super) no_data: u64,
    pub(super) not_applicable: u64,
}

/// A team with its counts for the scorecards of one blueprint.
pub(super) struct Team<'c> {
    /// The name, or [`NO_TEAM`].
    pub(super) name: &'c str,
    /// How many entities of the blueprint it has.
    pub(super) entities: u64,
    pub(super) cards: Vec<ScorecardCounts<'c>>,
}

/// The heading of entities without a team.
pub(crate) const NO_TEAM: &str = "no team";

/// The sections of all blueprints, in the order of the definitions.
pub(super) fn sections<'c>(context: Context<'c>, tally: &'c Tally) -> Vec<Section<'c>> {
    let mut sections: Vec<Section<'c>> = Vec::new();
    let definitions = context.scorecards.definitions();
    let mut uses = HashMap::new();
    for definition in definitions {
        *uses.entry(title_key(definition)).or_insert(0) += 1;
    }
    for (index, (definition, counts)) in definitions.iter().zip(&tally.cards).enumerate() {
        let entities = counts.entities();
        if entities == 0 {
            continue;
        }
        let title = title(definition, uses.get(&title_key(definition)) != Some(&1));
        let card = ScorecardCounts::new(index, definition, title, counts);
        match sections.iter_mut().find(|section| section.blueprint == definition.blueprint) {
            Some(section) => section.cards.push(card),
            None => sections.push(Section { blueprint: &definition.blueprint, entities, cards: vec![card] }),
        }
    }
    sections
}

/// The teams that have entities of the section's blueprint, the weakest first; none if the tally did not count teams.
pub(super) fn teams<'c>(context: Context<'c>, tally: &'c Tally, section: &Section<'c>) -> Vec<Team<'c>> {
    let teams = tally.teams.iter().flat_map(|teams| teams.weakest_first(context.scorecards));
    let team = |(name, counts): (Option<&'c str>, &'c TeamCounts)| {
        let card = |card: &ScorecardCounts<'c>| {
            let counts = counts.card(card.index)?;
            Some(ScorecardCounts::new(card.index, card.definition, card.title.clone(), &counts))
        };
        let cards: Vec<ScorecardCounts<'c>> = section.cards.iter().filter_map(card).collect();
        let entities = cards.first()?.entities();
        Some(Team { name: name.unwrap_or(NO_TEAM), entities, cards })
    };
    teams.filter_map(team).collect()
}

/// The blueprint and the title as shown. Scorecards of which these are the same must be told apart.
fn title_key(definition: &Definition) -> (&str, String) {
    (&definition.blueprint, clean(&definition.title).as_str().trim().to_owned())
}

fn title(definition: &Definition, is_shared: bool) -> String {
    let title = clean(&definition.title);
    if is_shared { format!("{title} {}", clean(&definition.identifier)) } else { title.into_owned() }
}

impl<'c> Section<'c> {
    /// Its scorecards in groups: scorecards with the same level titles share a group, and so a table.
    pub(super) fn cards_by_levels(&self) -> Vec<Vec<&ScorecardCounts<'c>>> {
        let mut cards_by_levels: Vec<Vec<&ScorecardCounts<'c>>> = Vec::new();
        for card in &self.cards {
            let same = |cards: &&mut Vec<&ScorecardCounts<'c>>| {
                cards.first().is_some_and(|first| titles(first).eq(titles(card)))
            };
            match cards_by_levels.iter_mut().find(same) {
                Some(cards) => cards.push(card),
                None => cards_by_levels.push(vec![card]),
            }
        }
        cards_by_levels
    }
}

fn titles<'c>(card: &'c ScorecardCounts<'_>) -> impl Iterator<Item = &'c str> {
    card.definition.levels.iter().map(|level| level.title.as_str())
}

impl<'c> ScorecardCounts<'c> {
    fn new(index: usize, definition: &'c Definition, title: String, counts: &CardTally) -> Self {
        Self {
            index,
            definition,
            title,
            counts: counts.with_data().collect(),
            no_data: counts.without_data(),
            not_applicable: counts.not_applicable,
        }
    }

    /// How many entities of the blueprint there are.
    fn entities(&self) -> u64 {
        self.with_data() + self.no_data + self.not_applicable
    }

    /// Its levels from the base level up, each with the number of entities that hold it.
    pub(super) fn levels(&self) -> impl Iterator<Item = (&'c Level, u64)> {
        self.definition.levels.iter().zip(self.counts.iter().copied())
    }

    /// How many entities have a result with data.
    pub(super) fn with_data(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// A bar of `cells` characters, with one segment for each level. Higher levels are darker.
    pub(super) fn bar(&self, cells: usize) -> impl Iterator<Item = String> {
        let top = self.counts.len().saturating_sub(1).max(1);
        shares(&self.counts, cells).into_iter().enumerate().map(move |(rank, share)| {
            SHADES.get(rank * (SHADES.len() - 1) / top).copied().unwrap_or_default().repeat(share)
        })
    }
}

/// The shades of a bar, from the lightest to the darkest.
const SHADES: [&str; 4] = ["░", "▒", "▓", "█"];

/// Divides `cells` in proportion to `counts`. Every count above zero gets at least one cell; if all counts are
/// zero, none gets any.
pub(crate) fn shares(counts: &[u64], cells: usize) -> Vec<usize> {
    let total: u128 = counts.iter().map(|&count| u128::from(count)).sum();
    if total == 0 {
        return vec![0; counts.len()];
    }
    let exact = |count: u64| u128::from(count) * cells as u128;
    let mut shares: Vec<usize> = counts
        .iter()
        .map(|&count| usize::try_from(exact(count) / total).unwrap_or(cells).max(usize::from(count > 0)))
        .collect();
    // the number of cells that a level lacks to its exact share, multiplied by `total`
    let owed = |share: usize, count: u64| exact(count).cast_signed() - (share as u128 * total).cast_signed();
    loop {
        let sum: usize = shares.iter().sum();
        let pairs = shares.iter_mut().zip(counts);
        let changed = if sum < cells {
            pairs.max_by_key(|(share, count)| owed(**share, **count)).map(|(share, _)| *share += 1)
        } else if sum > cells {
            let spare = pairs.filter(|(share, _)| **share > 1);
            spare.min_by_key(|(share, count)| owed(**share, **count)).map(|(share, _)| *share -= 1)
        } else {
            None
        };
        if changed.is_none() {
            return shares;
        }
    }
}

/// A share as a whole percentage. `0%` and `100%` are exact; other shares near them are `<1%` and `>99%`.
pub(crate) fn percent(count: u64, total: u64) -> String {
    if total == 0 {
        return String::new();
    }
    let (count, total) = (u128::from(count), u128::from(total));
    let rounded = (count * 200 + total) / (total * 2);
    match rounded {
        0 if count > 0 => "<1%".to_owned(),
        100 if count < total => ">99%".to_owned(),
        rounded => format!("{rounded}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_0_or_100_only_if_it_is_exact() {
        for (count, total, text) in [
            (0, 0, ""),
            (0, 7, "0%"),
            (1, 1000, "<1%"),
            (1, 3, "33%"),
            (1, 8, "13%"),
            (999, 1000, ">99%"),
            (7, 7, "100%"),
            (u64::MAX, u64::MAX, "100%"),
        ] {
            assert_eq!(percent(count, total), text, "{count} of {total}");
        }
    }

    #[test]
    fn shares_fill_the_bar_and_every_count_gets_a_cell() {
        for (counts, shared) in [
            (&[0, 0][..], &[0, 0][..]),
            (&[1, 1, 1], &[4, 3, 3]),
            (&[1, 0, 1_000_000], &[1, 0, 9]),
            (&[1, 1, 1_000_000], &[1, 1, 8]),
            (&[5, 5], &[5, 5]),
            (&[u64::MAX, u64::MAX], &[5, 5]),
            (&[1; 12], &[1; 12]),
        ] {
            let mut given = shares(counts, 10);
            given.sort_unstable();
            let mut wanted = shared.to_vec();
            wanted.sort_unstable();
            assert_eq!(given, wanted, "{counts:?}");
        }
    }
}
