//! Counts entities for the widgets of a page, and keeps the rows of its tables, while entities are graded.
//!
//! Memory does not grow with the input: a table keeps at most twice its rows, and a chart at most [`MOST_VALUES`] values.

use super::median::NumberCounts;
use super::plan::{PagePlan, Part, PartContent, PlannedTable};
use crate::entity::Entity;
use crate::grade::{CardTally, Gate, Graded, Judgement, Standing};
use crate::report::{Shortlist, ShortlistBound, shown_text};
use crate::value::Value;
use std::collections::HashMap;

/// The maximum number of different values that a chart counts. Entities with further values are counted together.
const MOST_VALUES: usize = 65_536;
/// The maximum length of all of them together, in bytes.
const MOST_TEXT: usize = 8 * 1024 * 1024;

/// The counts and rows of one block, or of all blocks.
pub(crate) struct PageCounts {
    /// One for each part of the plan.
    pub(super) parts: Vec<PartCounts>,
    /// The numbers of the metrics that the last block has, each with the index of its scorecard.
    numbers: Vec<(usize, f64)>,
    /// The numbers of the metric of each scorecard, in all blocks before.
    pub(super) metrics: Vec<NumberCounts>,
}

/// Which rows the next block need not keep.
#[derive(Clone)]
pub(crate) struct PageBounds(Vec<ShortlistBound<u64>>);

pub(super) enum PartCounts {
    Levels(CardTally),
    Values(ValueTally),
    Count(u64),
    Rows { total: u64, list: Shortlist<u64, KeptRow> },
}

/// How many entities have each value.
#[derive(Debug, Default)]
pub(super) struct ValueTally {
    pub(super) counts: HashMap<Box<str>, u64>,
    /// The length of all values together, in bytes.
    text: usize,
    /// Entities, with or without a value.
    pub(super) entities: u64,
    pub(super) missing: u64,
    /// Entities with a value for which there was no room.
    pub(super) untold: u64,
}

/// An entity of a table.
pub(super) struct KeptRow {
    pub(super) entity: Entity<'static>,
    pub(super) blueprint: Box<str>,
}

impl PagePlan<'_> {
    /// The bounds for the first block.
    pub(crate) fn bounds(&self) -> PageBounds {
        PageBounds(self.parts.iter().map(|_| ShortlistBound::default()).collect())
    }

    /// Counts of zero, for a block that comes after the blocks of the bounds.
    pub(crate) fn counts(&self, bounds: &PageBounds) -> PageCounts {
        let counts = |(part, bound): (&Part<'_>, &ShortlistBound<u64>)| match part.content {
            PartContent::Levels(index, _) => {
                PartCounts::Levels(CardTally::new(self.scorecards.definition(index).levels.len()))
            }
            PartContent::Values(..) => PartCounts::Values(ValueTally::default()),
            PartContent::Count => PartCounts::Count(0),
            PartContent::Rows(_) => PartCounts::Rows { total: 0, list: Shortlist::after(bound, self.limit) },
        };
        PageCounts {
            parts: self.parts.iter().zip(&bounds.0).map(counts).collect(),
            numbers: Vec::new(),
            metrics: vec![NumberCounts::default(); self.metrics.len()],
        }
    }
}

impl PageCounts {
    /// The bounds for the next blocks.
    pub(crate) fn bounds(&self) -> PageBounds {
        let bound = |part: &PartCounts| match part {
            PartCounts::Rows { list, .. } => list.bound(),
            _ => ShortlistBound::default(),
        };
        PageBounds(self.parts.iter().map(bound).collect())
    }

    /// Counts one entity in scope.
    pub(crate) fn count(&mut self, plan: &PagePlan<'_>, gate: &Gate, graded: &Graded<'_>) {
        for (part, counts) in plan.parts.iter().zip(&mut self.parts) {
            if !part.is_counted_by_run() && part.selects(graded) {
                counts.count(part, gate, graded);
            }
        }
        for (card, standing) in graded.standings_by_card() {
            if let Some(Standing { no_data: None, .. }) = standing
                && let Some(Some(metric)) = plan.metrics.get(card.index)
                && let Value::Number(number) = graded.entity().value_at(metric.slot)
            {
                self.numbers.push((card.index, *number));
            }
        }
    }

    /// Adds the counts of the next block, and clears `block`.
    pub(crate) fn absorb(&mut self, block: &mut Self) {
        for (mine, other) in self.parts.iter_mut().zip(&mut block.parts) {
            mine.absorb(other);
        }
        for (scorecard, number) in block.numbers.drain(..) {
            if let Some(numbers) = self.metrics.get_mut(scorecard) {
                numbers.count(number);
            }
        }
    }
}

impl PartCounts {
    fn count(&mut self, part: &Part<'_>, gate: &Gate, graded: &Graded<'_>) {
        match (self, &part.content) {
            (Self::Levels(tally), PartContent::Levels(index, _)) => {
                let outcome = graded.outcomes().find(|outcome| outcome.index() == *index);
                outcome.iter().for_each(|outcome| tally.count(outcome));
            }
            (Self::Values(tally), PartContent::Values(slots, _)) => tally.count(slots.value(graded.entity())),
            (Self::Count(count), PartContent::Count) => *count += 1,
            (Self::Rows { total, list }, PartContent::Rows(table)) => {
                if table.table.only_failing && !is_failing(gate, graded) {
                    return;
                }
                *total += 1;
                list.add(rank_sum(table, graded), || KeptRow {
                    entity: graded.entity().to_owned(),
                    blueprint: graded.blueprint().into(),
                });
            }
            _ => unreachable!("the counts are those of the part"),
        }
    }

    fn absorb(&mut self, other: &mut Self) {
        match (self, other) {
            (Self::Levels(mine), Self::Levels(other)) => mine.absorb(other),
            (Self::Values(mine), Self::Values(other)) => mine.absorb(other),
            (Self::Count(mine), Self::Count(other)) => *mine += std::mem::take(other),
            (Self::Rows { total, list }, Self::Rows { total: other_total, list: other }) => {
                *total += std::mem::take(other_total);
                list.absorb(other);
            }
            _ => unreachable!("the counts are those of the same plan"),
        }
    }
}

/// Whether some result is below its minimum.
fn is_failing(gate: &Gate, graded: &Graded<'_>) -> bool {
    graded.outcomes().any(|outcome| matches!(gate.judge(&outcome), Judgement::Failed { .. }))
}

/// The sum of the ranks in the scorecards that the table shows. A scorecard that does not apply adds nothing.
fn rank_sum(table: &PlannedTable<'_>, graded: &Graded<'_>) -> u64 {
    let shown = graded.standings_by_card().filter(|(card, _)| table.shown.contains(&card.index));
    shown.filter_map(|(_, standing)| standing).map(|standing| standing.level as u64).sum()
}

impl ValueTally {
    /// Counts an entity: at each element of an array, else at the value.
    fn count(&mut self, value: &Value<'_>) {
        self.entities += 1;
        match value {
            Value::List(items) => {
                let mut texts: Vec<String> = items.iter().map(shown_text).collect();
                texts.sort_unstable();
                texts.dedup();
                self.missing += u64::from(texts.is_empty());
                texts.into_iter().for_each(|text| self.add(text.into(), 1));
            }
            Value::Missing | Value::Null => self.missing += 1,
            Value::Text(text) => match self.counts.get_mut(text.as_ref()) {
                Some(count) => *count += 1,
                None => self.add(text.as_ref().into(), 1),
            },
            other => self.add(shown_text(other).into(), 1),
        }
    }

    fn add(&mut self, value: Box<str>, count: u64) {
        if let Some(known) = self.counts.get_mut(&value) {
            *known += count;
        } else if self.counts.len() < MOST_VALUES && self.text + value.len() <= MOST_TEXT {
            self.text += value.len();
            self.counts.insert(value, count);
        } else {
            self.untold += count;
        }
    }

    fn absorb(&mut self, other: &mut Self) {
        self.entities += std::mem::take(&mut other.entities);
        self.missing += std::mem::take(&mut other.missing);
        self.untold += std::mem::take(&mut other.untold);
        other.text = 0;
        // sorted, so that the values beyond the maximum do not depend on the order of a hash table
        let mut counts: Vec<(Box<str>, u64)> = other.counts.drain().collect();
        counts.sort_unstable();
        counts.into_iter().for_each(|(value, count)| self.add(value, count));
    }
}
