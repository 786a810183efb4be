//! What can happen to the result of an entity in a scorecard between two sides.

use super::catalog::{Catalog, Grade, Held, ListedRule, RuleName, Title};
use super::interned::Id;
use super::order::LevelOrder;
use serde::Serialize;
use std::collections::HashMap;

/// The change of a result. `None` is a result that is not applicable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// To a higher level.
    Up { from: Id<Grade>, to: Id<Grade> },
    /// To a lower level.
    Down { from: Id<Grade>, to: Id<Grade> },
    /// The scorecard applies only now.
    Entered { to: Id<Grade> },
    /// The scorecard no longer applies.
    Left { from: Id<Grade> },
    /// Only the side after has the result.
    Appeared { to: Held },
    /// Only the side before has the result.
    Disappeared { from: Held },
    /// The same level, and data only now.
    GainedData { from: Id<Grade>, to: Id<Grade> },
    /// The same level, and no longer data.
    LostData { from: Id<Grade>, to: Id<Grade> },
    /// The same level and data, and another status of some rule.
    Rules { from: Id<Grade>, to: Id<Grade> },
}

/// A kind of change, in the order of documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum ChangeKind {
    Up,
    Down,
    Entered,
    Left,
    Appeared,
    Disappeared,
    GainedData,
    LostData,
    Rules,
}

impl ChangeKind {
    /// How many kinds there are.
    pub(super) const COUNT: usize = 9;
}

/// How serious a change is; the most serious is the least. A person should see those first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Seriousness(u8);

impl Seriousness {
    pub(crate) fn of(kind: ChangeKind) -> Self {
        Self(match kind {
            ChangeKind::Down => 0,
            ChangeKind::LostData => 1,
            ChangeKind::Disappeared => 2,
            ChangeKind::Left => 3,
            ChangeKind::Rules => 4,
            ChangeKind::Appeared => 5,
            ChangeKind::Entered => 6,
            ChangeKind::GainedData => 7,
            ChangeKind::Up => 8,
        })
    }
}

/// A rule whose status changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FlippedRule {
    pub(crate) rule: Id<RuleName>,
    /// Its level, if the side after tells it.
    pub(crate) level: Option<Id<Title>>,
    /// Whether it passes now.
    pub(crate) passes: bool,
}

impl Change {
    /// The change between two results, if there is one. `None` is a side without the result.
    ///
    /// # Panics
    /// If the order of levels lacks a level of two results to compare.
    pub(super) fn between(
        before: Option<Held>,
        after: Option<Held>,
        catalog: &Catalog,
        order: &LevelOrder,
    ) -> Option<Self> {
        match (before, after) {
            (None, None) | (Some(None), Some(None)) => None,
            (None, Some(to)) => Some(Self::Appeared { to }),
            (Some(from), None) => Some(Self::Disappeared { from }),
            (Some(None), Some(Some(to))) => Some(Self::Entered { to }),
            (Some(Some(from)), Some(None)) => Some(Self::Left { from }),
            (Some(Some(from)), Some(Some(to))) if from == to => None,
            (Some(Some(from)), Some(Some(to))) => Self::of_grades(from, to, catalog, order),
        }
    }

    #[expect(
        clippy::expect_used,
        reason = "`OrderFinder::order` checks that it has every level that is compared"
    )]
    fn of_grades(from: Id<Grade>, to: Id<Grade>, catalog: &Catalog, order: &LevelOrder) -> Option<Self> {
        let (was, is) = (catalog.grades.get(from), catalog.grades.get(to));
        if was.level != is.level {
            let rank = |level| order.rank(level).expect("the order has every level");
            let is_up = rank(is.level) > rank(was.level);
            return Some(if is_up { Self::Up { from, to } } else { Self::Down { from, to } });
        }
        match (was.no_data, is.no_data) {
            (Some(true), Some(false)) => Some(Self::GainedData { from, to }),
            (Some(false), Some(true)) => Some(Self::LostData { from, to }),
            _ => {
                let is_flipped = !flips(was, is, catalog).is_empty();
                is_flipped.then_some(Self::Rules { from, to })
            }
        }
    }

    pub(crate) fn kind(self) -> ChangeKind {
        match self {
            Self::Up { .. } => ChangeKind::Up,
            Self::Down { .. } => ChangeKind::Down,
            Self::Entered { .. } => ChangeKind::Entered,
            Self::Left { .. } => ChangeKind::Left,
            Self::Appeared { .. } => ChangeKind::Appeared,
            Self::Disappeared { .. } => ChangeKind::Disappeared,
            Self::GainedData { .. } => ChangeKind::GainedData,
            Self::LostData { .. } => ChangeKind::LostData,
            Self::Rules { .. } => ChangeKind::Rules,
        }
    }

    /// The grade before; `None` if there is none.
    pub(crate) fn from(self) -> Held {
        match self {
            Self::Up { from, .. }
            | Self::Down { from, .. }
            | Self::Left { from }
            | Self::GainedData { from, .. }
            | Self::LostData { from, .. }
            | Self::Rules { from, .. } => Some(from),
            Self::Disappeared { from } => from,
            Self::Entered { .. } | Self::Appeared { .. } => None,
        }
    }

    /// The grade after; `None` if there is none.
    pub(crate) fn to(self) -> Held {
        match self {
            Self::Up { to, .. }
            | Self::Down { to, .. }
            | Self::Entered { to }
            | Self::GainedData { to, .. }
            | Self::LostData { to, .. }
            | Self::Rules { to, .. } => Some(to),
            Self::Appeared { to } => to,
            Self::Left { .. } | Self::Disappeared { .. } => None,
        }
    }

    /// The rules whose status changed, in the order of the side after; none if a side has no grade.
    pub(crate) fn flipped_rules(self, catalog: &Catalog) -> Vec<FlippedRule> {
        match (self.from(), self.to()) {
            (Some(from), Some(to)) => flips(catalog.grades.get(from), catalog.grades.get(to), catalog),
            _ => Vec::new(),
        }
    }
}

/// The rules that both grades list with another status.
fn flips(was: &Grade, is: &Grade, catalog: &Catalog) -> Vec<FlippedRule> {
    let before: Vec<(ListedRule, bool)> = catalog.rules_of(was).collect();
    let mut by_name: Option<HashMap<Id<RuleName>, bool>> = None;
    let mut flips = Vec::new();
    for (index, (rule, passes)) in catalog.rules_of(is).enumerate() {
        // both sides usually have the rules in the same order
        let passed = match before.get(index) {
            Some((same, passed)) if same.name == rule.name => Some(*passed),
            _ => {
                let names = || before.iter().rev().map(|(rule, passed)| (rule.name, *passed)).collect();
                by_name.get_or_insert_with(names).get(&rule.name).copied()
            }
        };
        if passed.is_some_and(|passed| passed != passes) {
            flips.push(FlippedRule { rule: rule.name, level: rule.level, passes });
        }
    }
    flips
}
