//! The number of entities at each level: the same facts for every report that shows them.
//!
//! Counts are over all entities, whatever else is shown. A scorecard of a blueprint that was not met is
//! left out.

use super::Context;
use crate::grade::Tally;
use crate::scorecard::{Definition, Level};
use crate::terminal::clean;

/// The shown scorecards of one blueprint that was met.
pub(super) struct Section<'c> {
    pub(super) blueprint: &'c str,
    /// Entities of it that were read.
    pub(super) entities: u64,
    /// In the order of the definitions.
    pub(super) cards: Vec<Card<'c>>,
}

/// One scorecard.
pub(super) struct Card<'c> {
    /// Index of the scorecard.
    pub(super) index: usize,
    pub(super) definition: &'c Definition,
    /// The name in this report: the title, with the identifier where another scorecard has the same title.
    pub(super) title: String,
    /// Entities at each level.
    pub(super) counts: &'c [u64],
    pub(super) graded: u64,
    pub(super) no_data: u64,
    pub(super) not_applicable: u64,
}

/// One section a blueprint, in the order of the definitions.
pub(super) fn sections<'c>(context: Context<'c>, tally: &'c Tally) -> Vec<Section<'c>> {
    let mut sections: Vec<Section<'c>> = Vec::new();
    let definitions = context.scorecards.definitions();
    for (index, (definition, counts)) in definitions.iter().zip(&tally.cards).enumerate() {
        let entities = counts.graded() + counts.not_applicable;
        if entities == 0 || !context.display.only.shows_scorecard(&definition.identifier) {
            continue;
        }
        let card = Card {
            index,
            definition,
            title: title(definition, definitions),
            counts: &counts.levels,
            graded: counts.graded(),
            no_data: counts.no_data,
            not_applicable: counts.not_applicable,
        };
        match sections.iter_mut().find(|section| section.blueprint == definition.blueprint) {
            Some(section) => section.cards.push(card),
            None => sections.push(Section { blueprint: &definition.blueprint, entities, cards: vec![card] }),
        }
    }
    sections
}

fn title(definition: &Definition, all: &[Definition]) -> String {
    let same = |other: &&Definition| {
        other.blueprint == definition.blueprint
            && clean(&other.title).as_str().trim() == clean(&definition.title).as_str().trim()
    };
    if all.iter().filter(same).count() > 1 {
        format!("{} {}", clean(&definition.title), clean(&definition.identifier))
    } else {
        clean(&definition.title).into_owned()
    }
}

impl<'c> Section<'c> {
    /// Its scorecards, those with the same levels together.
    pub(super) fn cards_by_levels(&self) -> Vec<Vec<&Card<'c>>> {
        let mut cards_by_levels: Vec<Vec<&Card<'c>>> = Vec::new();
        for card in &self.cards {
            let same = |cards: &&mut Vec<&Card<'c>>| {
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

fn titles<'c>(card: &'c Card<'_>) -> impl Iterator<Item = &'c str> {
    card.definition.levels.iter().map(|level| level.title.as_str())
}

impl<'c> Card<'c> {
    /// Its levels, from the base level up, with the entities at each.
    pub(super) fn levels(&self) -> impl Iterator<Item = (&'c Level, u64)> {
        self.definition.levels.iter().zip(self.counts.iter().copied())
    }

    /// A bar of some characters, in one part for each level: the higher the darker.
    pub(super) fn bar(&self, cells: usize) -> impl Iterator<Item = String> {
        let top = self.counts.len().saturating_sub(1).max(1);
        shares(self.counts, cells).into_iter().enumerate().map(move |(rank, share)| {
            SHADES.get(rank * (SHADES.len() - 1) / top).copied().unwrap_or_default().repeat(share)
        })
    }
}

/// From the lightest to the darkest.
const SHADES: [&str; 4] = ["░", "▒", "▓", "█"];

/// Divides `cells` in proportion to `counts`, but leaves out nobody; none without counts.
fn shares(counts: &[u64], cells: usize) -> Vec<usize> {
    let total: u128 = counts.iter().map(|&count| u128::from(count)).sum();
    if total == 0 {
        return vec![0; counts.len()];
    }
    let exact = |count: u64| u128::from(count) * cells as u128;
    let mut shares: Vec<usize> = counts
        .iter()
        .map(|&count| usize::try_from(exact(count) / total).unwrap_or(cells).max(usize::from(count > 0)))
        .collect();
    // by how much a level has less, in parts of `total`, than it is due
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

/// A share in whole percent, that says neither nothing of some nor all of most.
pub(super) fn percent(count: u64, total: u64) -> String {
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
    fn percent_hides_nobody() {
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
    fn shares_fill_the_bar_and_hide_nobody() {
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
