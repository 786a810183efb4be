//! The order of the levels of each scorecard, from whatever tells it.

use super::catalog::{Card, Catalog, Grade, Held, Title};
use super::interned::Id;
use super::side::Side;
use crate::diagnostic::{Code, Diagnostic, list, quoted};
use crate::result::{ScorecardSummary, Summary};
use crate::scorecard::{Definition, default_levels};
use foldhash::fast::FixedState;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The levels of a scorecard, the lowest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct LevelOrder {
    /// Each level with its rank. If only results tell the ranks, a level that none holds is missing.
    levels: Vec<(Id<Title>, usize)>,
}

impl LevelOrder {
    /// The order of all levels.
    fn of_all(titles: impl IntoIterator<Item = Id<Title>>) -> Self {
        Self { levels: titles.into_iter().zip(0..).collect() }
    }

    /// The rank of a level; 0 is the base level.
    pub(crate) fn rank(&self, title: Id<Title>) -> Option<usize> {
        self.levels.iter().find(|(known, _)| *known == title).map(|(_, rank)| *rank)
    }

    /// The levels with their ranks, the lowest first.
    pub(crate) fn levels(&self) -> &[(Id<Title>, usize)] {
        &self.levels
    }

    /// The rank of the level with this title. If no title is equal, upper and lower case are ignored.
    pub(crate) fn rank_named(&self, name: &str, catalog: &Catalog) -> Option<usize> {
        let find = |matches: &dyn Fn(&str) -> bool| {
            let level = self.levels.iter().find(|(title, _)| matches(&catalog.titles.get(*title).0));
            level.map(|(_, rank)| *rank)
        };
        find(&|title| title == name).or_else(|| find(&|title| title.to_lowercase() == name.to_lowercase()))
    }
}

/// The results of a side by scorecard: which grades there are.
#[derive(Debug, Default)]
pub(super) struct Used {
    /// The scorecards that have results, in the order of the first ones.
    pub(super) cards: Vec<Id<Card>>,
    /// The grades of each scorecard, by its index; `None` if it has no result.
    grades: Vec<Option<Grades>>,
}

/// A set of grades.
#[derive(Debug, Clone, Default)]
struct Grades {
    set: HashSet<Id<Grade>, FixedState>,
    /// Whether the set has each of the first grades, because looking that up is faster.
    first: Vec<bool>,
}

impl Grades {
    const FIRST: usize = 4096;

    fn insert(&mut self, grade: Id<Grade>) {
        let index = grade.index();
        if self.first.get(index) == Some(&true) {
            return;
        }
        self.set.insert(grade);
        if index < Self::FIRST {
            self.first.resize(self.first.len().max(index + 1), false);
            if let Some(is_known) = self.first.get_mut(index) {
                *is_known = true;
            }
        }
    }
}

impl Used {
    /// The results of all entities of a side.
    pub(super) fn of(side: &Side, catalog: &Catalog) -> Self {
        let mut used = Self { cards: Vec::new(), grades: vec![None; catalog.cards.len()] };
        for entity in side.numbers() {
            side.results(entity).iter().for_each(|(card, held)| used.note(*card, *held));
        }
        used.grades.iter_mut().flatten().for_each(|grades| grades.first = Vec::new());
        used
    }

    #[expect(clippy::expect_used, reason = "`of` makes a place for each scorecard of the catalog")]
    fn note(&mut self, card: Id<Card>, held: Held) {
        let place = self.grades.get_mut(card.index()).expect("every scorecard has a place");
        if place.is_none() {
            self.cards.push(card);
        }
        let grades = place.get_or_insert_default();
        if let Some(grade) = held {
            grades.insert(grade);
        }
    }

    /// The grades of a scorecard.
    fn grades(&self, card: Id<Card>) -> impl Iterator<Item = Id<Grade>> + '_ {
        self.grades.get(card.index()).into_iter().flatten().flat_map(|grades| &grades.set).copied()
    }

    /// Whether a scorecard has a result that holds a level.
    fn has_levels(&self, card: Id<Card>) -> bool {
        self.grades(card).next().is_some()
    }
}

/// Finds the orders of levels.
pub(super) struct OrderFinder<'f> {
    pub(super) catalog: &'f mut Catalog,
    /// The summaries, the most recent first.
    pub(super) summaries: Vec<&'f Summary>,
    /// The results, the most recent first.
    pub(super) used: Vec<&'f Used>,
    /// The scorecards of `--scorecards`.
    pub(super) definitions: &'f [Definition],
}

impl OrderFinder<'_> {
    /// The order of the levels of a scorecard. If it is not needed, it may be empty.
    ///
    /// # Errors
    /// Returns a problem if the order is needed, and nothing tells it or it lacks a level.
    pub(super) fn order(&mut self, card: Id<Card>, is_needed: bool) -> Result<LevelOrder, Diagnostic> {
        let order = self.told(card).or_else(|| self.ranked(card)).or_else(|| self.defined(card));
        let Some(order) = order.or_else(|| self.only_usual(card)) else {
            return if is_needed { Err(self.unknown(card)) } else { Ok(LevelOrder::default()) };
        };
        let lacking = self.levels(card).into_iter().filter(|level| order.rank(*level).is_none());
        match lacking.min_by_key(|level| &self.catalog.titles.get(*level).0) {
            Some(level) if is_needed => Err(self.lacking(card, &order, level)),
            _ => Ok(order),
        }
    }

    /// How many sides have a result that holds a level of a scorecard.
    pub(super) fn sides_with_levels(&self, card: Id<Card>) -> usize {
        self.used.iter().filter(|used| used.has_levels(card)).count()
    }

    /// The order that a summary tells.
    fn told(&mut self, card: Id<Card>) -> Option<LevelOrder> {
        let summary = self.summaries.iter().find_map(|summary| summary_of(self.catalog, summary, card))?;
        let titles = summary.levels.iter().map(|level| self.catalog.title(&level.title));
        Some(LevelOrder::of_all(titles))
    }

    /// The order of the ranks, with the levels that nobody holds if the definition, or the usual order, has the same ranks.
    fn ranked(&mut self, card: Id<Card>) -> Option<LevelOrder> {
        let ranked = self.by_rank(card)?;
        let complete = [self.defined(card), Some(self.usual())].into_iter().flatten();
        let agrees =
            |order: &LevelOrder| ranked.levels.iter().all(|(title, rank)| order.rank(*title) == Some(*rank));
        let mut agreeing = complete.filter(agrees);
        Some(agreeing.next().unwrap_or(ranked.clone()))
    }

    /// The order of the ranks, if every result tells its rank, and no level has two ranks.
    fn by_rank(&mut self, card: Id<Card>) -> Option<LevelOrder> {
        let mut ranks: BTreeMap<u32, Id<Title>> = BTreeMap::new();
        let mut titles: HashMap<Id<Title>, u32> = HashMap::new();
        for used in &self.used {
            for grade in used.grades(card) {
                let grade = self.catalog.grades.get(grade);
                let rank = grade.rank?;
                let is_consistent = *ranks.entry(rank).or_insert(grade.level) == grade.level
                    && *titles.entry(grade.level).or_insert(rank) == rank;
                if !is_consistent {
                    return None;
                }
            }
        }
        let levels: Vec<_> = ranks.into_iter().map(|(rank, title)| (title, rank as usize)).collect();
        (!levels.is_empty()).then_some(LevelOrder { levels })
    }

    /// The order of `--scorecards`.
    fn defined(&mut self, card: Id<Card>) -> Option<LevelOrder> {
        let (blueprint, identifier) = names(self.catalog, card);
        let is_same = |one: &&Definition| one.identifier == identifier && one.blueprint == blueprint;
        let definition = self.definitions.iter().find(is_same)?;
        Some(LevelOrder::of_all(definition.levels.iter().map(|level| self.catalog.title(&level.title))))
    }

    /// The usual order.
    fn usual(&mut self) -> LevelOrder {
        LevelOrder::of_all(default_levels().iter().map(|level| self.catalog.title(&level.title)))
    }

    /// The usual order, if there are no other levels.
    fn only_usual(&mut self, card: Id<Card>) -> Option<LevelOrder> {
        let usual = self.usual();
        self.levels(card).iter().all(|level| usual.rank(*level).is_some()).then_some(usual)
    }

    /// The levels of all results in a scorecard.
    fn levels(&self, card: Id<Card>) -> Vec<Id<Title>> {
        let grades = self.used.iter().flat_map(|used| used.grades(card));
        let mut levels: Vec<Id<Title>> = Vec::new();
        for level in grades.map(|grade| self.catalog.grades.get(grade).level) {
            if !levels.contains(&level) {
                levels.push(level);
            }
        }
        levels
    }

    /// The levels of a list, sorted by title, because the numbers depend on the threads.
    fn quoted(&self, levels: &[Id<Title>]) -> Vec<String> {
        let mut titles: Vec<&str> = levels.iter().map(|level| &*self.catalog.titles.get(*level).0).collect();
        titles.sort_unstable();
        titles.into_iter().map(str::to_owned).collect()
    }

    fn unknown(&self, card: Id<Card>) -> Diagnostic {
        let levels = self.quoted(&self.levels(card));
        let (_, identifier) = names(self.catalog, card);
        let message = format!("the order of the levels of scorecard {} is unknown", quoted(identifier));
        let named = list(levels.iter().map(String::as_str), 10);
        Diagnostic::error(Code::UnknownLevelOrder, message)
            .note(format!("its levels are {named}"))
            .help("give its definition with `--scorecards PATH`, or a result that `dora-score evaluate -f json` wrote")
    }

    fn lacking(&self, card: Id<Card>, order: &LevelOrder, level: Id<Title>) -> Diagnostic {
        let (_, identifier) = names(self.catalog, card);
        let title = &self.catalog.titles.get(level).0;
        let message =
            format!("scorecard {} has no level {}, but a result holds it", quoted(identifier), quoted(title));
        let known: Vec<&str> =
            order.levels.iter().map(|(title, _)| &*self.catalog.titles.get(*title).0).collect();
        Diagnostic::error(Code::UnknownLevelOrder, message)
            .note(format!("its levels are {}", list(known.iter().copied(), known.len())))
            .help("grade both sides with the same levels, or leave the scorecard out with `--scorecard GLOB`")
    }
}

/// What a summary says about a scorecard.
pub(super) fn summary_of<'s>(
    catalog: &Catalog,
    summary: &'s Summary,
    card: Id<Card>,
) -> Option<&'s ScorecardSummary> {
    let (blueprint, identifier) = names(catalog, card);
    summary.scorecards.iter().find(|one| one.identifier == identifier && one.blueprint == blueprint)
}

/// The blueprint and the identifier of a scorecard.
pub(super) fn names(catalog: &Catalog, card: Id<Card>) -> (&str, &str) {
    let card = catalog.cards.get(card);
    (&catalog.blueprints.get(card.blueprint).0, &card.identifier)
}
