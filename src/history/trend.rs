//! Trends: how many entities hold each level at each date, who rose and fell, and who is stuck.

use super::catalog::{Card, Catalog, Grade, Title};
use super::compare::places;
use super::interned::Id;
use super::order::{LevelOrder, OrderFinder, Used, names, summary_of};
use super::series::{DateResults, Series};
use super::side::{EntityNames, EntityNumber};
use crate::diagnostic::{Code, Diagnostic, Problems, quoted};
use crate::result::{ScorecardSummary, Summary};
use crate::scorecard::{Definition, default_levels};
use crate::value::Instant;
use std::collections::HashSet;

/// The options of a trend.
#[derive(Debug, Clone)]
pub(crate) struct TrendOptions {
    /// The level below which an entity may be stuck; `None` for Bronze, or the first level above the base level.
    pub(crate) below: Option<String>,
    /// The number of dates, up to the last, at which a stuck entity is below the level.
    pub(crate) dates: usize,
    /// Whether a date without data breaks the row.
    pub(crate) skips_no_data: bool,
}

/// A level of a scorecard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TrendLevel {
    pub(crate) title: Id<Title>,
    pub(crate) rank: usize,
    pub(crate) color: Option<String>,
}

/// The counts of a scorecard at one date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DateCounts {
    pub(crate) graded: u64,
    pub(crate) not_applicable: u64,
    pub(crate) no_data: u64,
    /// How many entities hold each level.
    pub(crate) levels: Vec<u64>,
    /// The same without the results that have no data.
    pub(crate) with_data: Vec<u64>,
}

/// A scorecard over all dates.
#[derive(Debug)]
pub(crate) struct ScorecardTrend {
    pub(crate) card: Id<Card>,
    /// The title, or the identifier if no summary tells it.
    pub(crate) title: String,
    /// The levels, the lowest first.
    pub(crate) levels: Vec<TrendLevel>,
    order: LevelOrder,
    /// The rank of the level below which entities may be stuck.
    pub(crate) below: Option<usize>,
    /// How many entities rose and fell between the first and the last date.
    pub(crate) up: u64,
    pub(crate) down: u64,
    /// How many entities are stuck.
    pub(crate) stuck: u64,
    /// One for each date.
    pub(crate) dates: Vec<DateCounts>,
}

/// A change of level between the first and the last date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TrendMove {
    /// The index of the scorecard.
    pub(crate) scorecard: usize,
    pub(crate) from: Id<Grade>,
    pub(crate) to: Id<Grade>,
    pub(crate) is_up: bool,
}

/// A result that is below a level for several dates, up to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stuck {
    /// The index of the scorecard.
    pub(crate) scorecard: usize,
    /// The result on the last date.
    pub(crate) grade: Id<Grade>,
    /// The first of these dates.
    pub(crate) since: Instant,
}

/// A trend.
pub(crate) struct Trend<'s> {
    pub(crate) series: &'s Series,
    pub(crate) catalog: &'s Catalog,
    pub(crate) options: TrendOptions,
    /// The dates, the first one first.
    pub(crate) dates: Vec<Instant>,
    pub(crate) scorecards: Vec<ScorecardTrend>,
    /// The entities that rose or fell, in the order of the last date.
    pub(crate) moves: Vec<(EntityNumber, Vec<TrendMove>)>,
    /// The entities that are stuck, in the order of the last date.
    pub(crate) stuck: Vec<(EntityNumber, Vec<Stuck>)>,
}

impl<'s> Trend<'s> {
    /// The trend of a series with `scorecards`, from [`trend_scorecards`].
    pub(crate) fn new(
        series: &'s Series,
        catalog: &'s Catalog,
        mut scorecards: Vec<ScorecardTrend>,
        options: TrendOptions,
    ) -> Self {
        let places = places(catalog, scorecards.iter().map(|card| card.card));
        let rows = Rows { series, catalog, options: &options, places };
        let (mut moves, mut stuck) = (Vec::new(), Vec::new());
        for entity in series.last().numbers() {
            let (one, other) = rows.of_entity(entity, &mut scorecards);
            moves.extend((!one.is_empty()).then_some((entity, one)));
            stuck.extend((!other.is_empty()).then_some((entity, other)));
        }
        let dates = series.dates.iter().rev().map(|date| date.as_of).collect();
        Self { series, catalog, options, dates, scorecards, moves, stuck }
    }

    /// The names of an entity of the last date.
    pub(crate) fn names(&self, entity: EntityNumber) -> EntityNames<'_> {
        self.series.last().names(entity)
    }

    /// The scorecard with this index.
    #[expect(clippy::expect_used, reason = "every move has the index of a scorecard")]
    pub(crate) fn scorecard(&self, index: usize) -> &ScorecardTrend {
        self.scorecards.get(index).expect("the scorecard is listed")
    }

    /// The blueprint and the identifier of a scorecard.
    pub(crate) fn card_names(&self, scorecard: &ScorecardTrend) -> (&str, &str) {
        names(self.catalog, scorecard.card)
    }

    /// The title of a level.
    pub(crate) fn level_title(&self, level: &TrendLevel) -> &str {
        &self.catalog.titles.get(level.title).0
    }

    /// The teams of an entity.
    pub(crate) fn teams(&self, names: &EntityNames<'_>) -> impl Iterator<Item = &str> {
        self.catalog.team_names(names.teams)
    }

    /// Whether it could have found somebody who is stuck: there are enough dates, and the last one has results.
    pub(crate) fn can_be_stuck(&self) -> bool {
        let has_levels = |card: &ScorecardTrend| card.dates.last().is_some_and(|date| date.graded > 0);
        self.dates.len() >= self.options.dates && self.scorecards.iter().any(has_levels)
    }
}

/// The results of the entities of the last date, over all dates.
struct Rows<'r> {
    series: &'r Series,
    catalog: &'r Catalog,
    options: &'r TrendOptions,
    /// The index of each scorecard in the list.
    places: Vec<Option<usize>>,
}

impl Rows<'_> {
    /// Where an entity rose, fell or is stuck, in the order of the scorecards. Counts it.
    #[expect(clippy::expect_used, reason = "`scorecards` lists every scorecard that has a result")]
    fn of_entity(
        &self,
        entity: EntityNumber,
        scorecards: &mut [ScorecardTrend],
    ) -> (Vec<TrendMove>, Vec<Stuck>) {
        let (mut moves, mut stuck) = (Vec::new(), Vec::new());
        let (start, results) = self.series.last().placed_results(entity);
        for (row, (card, held)) in (start..).zip(results) {
            let index = self.places.get(card.index()).copied().flatten().expect("every scorecard is listed");
            let scorecard = scorecards.get_mut(index).expect("every scorecard is listed");
            let Some(to) = *held else { continue };
            if let Some(one) = self.moved(row, index, to, &scorecard.order) {
                *(if one.is_up { &mut scorecard.up } else { &mut scorecard.down }) += 1;
                moves.push(one);
            }
            if let Some(since) =
                scorecard.below.and_then(|below| self.stuck_since(row, below, &scorecard.order))
            {
                scorecard.stuck += 1;
                stuck.push(Stuck { scorecard: index, grade: to, since });
            }
        }
        moves.sort_by_key(|one| one.scorecard);
        stuck.sort_by_key(|one| one.scorecard);
        (moves, stuck)
    }

    /// The change of level of a result since the first date.
    fn moved(&self, row: usize, scorecard: usize, to: Id<Grade>, order: &LevelOrder) -> Option<TrendMove> {
        let from = self.series.dates.last()?.results.get(row)?.grade()?;
        let rank = |grade| order.rank(self.catalog.grades.get(grade).level);
        let (was, is) = (rank(from)?, rank(to)?);
        (was != is).then_some(TrendMove { scorecard, from, to, is_up: is > was })
    }

    /// Since when a result is below a level, if that is for enough dates.
    fn stuck_since(&self, row: usize, below: usize, order: &LevelOrder) -> Option<Instant> {
        let is_below = |date: &&DateResults| {
            let Some(grade) = date.results.get(row).and_then(|kept| kept.grade()) else { return false };
            let grade = self.catalog.grades.get(grade);
            let is_skipped = self.options.skips_no_data && grade.no_data == Some(true);
            !is_skipped && order.rank(grade.level).is_some_and(|rank| rank < below)
        };
        let row: Vec<&DateResults> = self.series.dates.iter().take_while(is_below).collect();
        row.last().filter(|_| row.len() >= self.options.dates).map(|first| first.as_of)
    }
}

/// Lists the scorecards of a series: those of the last date in its order, then those that only earlier dates have.
///
/// # Errors
/// Returns a problem if nothing tells the order of the levels of a scorecard, or if `--below` names no level.
pub(crate) fn trend_scorecards(
    series: &Series,
    catalog: &mut Catalog,
    definitions: &[Definition],
    options: &TrendOptions,
    selects: impl Fn(&str) -> bool,
) -> Result<Vec<ScorecardTrend>, Problems> {
    let dates = &series.dates;
    let summaries: Vec<&Summary> = dates.iter().filter_map(|date| date.summary.as_ref()).collect();
    let mut cards: Vec<Id<Card>> = Vec::new();
    for date in dates {
        for card in known(date, catalog, &selects) {
            if !cards.contains(&card) {
                cards.push(card);
            }
        }
    }
    let used: Vec<&Used> = dates.iter().map(|date| &date.used).collect();
    let mut finder = OrderFinder { catalog, summaries: summaries.clone(), used, definitions };
    let mut listed = Vec::new();
    for card in cards {
        let is_needed = finder.sides_with_levels(card) > 0;
        let order = finder.order(card, is_needed)?;
        let told = summaries.iter().find_map(|summary| summary_of(finder.catalog, summary, card));
        listed.push(ScorecardTrend::new(card, order, told, dates, finder.catalog));
    }
    set_below(&mut listed, options.below.as_deref(), catalog)?;
    Ok(listed)
}

/// The scorecards of a date: those of its summary, then the others in the order of the first results.
fn known(date: &DateResults, catalog: &mut Catalog, selects: impl Fn(&str) -> bool) -> Vec<Id<Card>> {
    let told = date.summary.iter().flat_map(|summary| &summary.scorecards);
    let mut cards: Vec<Id<Card>> = Vec::new();
    for one in told.filter(|card| selects(&card.identifier)) {
        let blueprint = catalog.blueprint(&one.blueprint);
        cards.push(catalog.card(blueprint, &one.identifier));
    }
    cards.extend(date.used.cards.iter().filter(|card| !cards.contains(card)).copied().collect::<Vec<_>>());
    cards
}

impl ScorecardTrend {
    fn new(
        card: Id<Card>,
        order: LevelOrder,
        told: Option<&ScorecardSummary>,
        dates: &[DateResults],
        catalog: &Catalog,
    ) -> Self {
        let levels: Vec<TrendLevel> = order
            .levels()
            .iter()
            .map(|(title, rank)| TrendLevel {
                title: *title,
                rank: *rank,
                color: color(*title, told, catalog),
            })
            .collect();
        let dates = dates.iter().rev().map(|date| DateCounts::new(card, &levels, date, catalog)).collect();
        let title = told.map_or_else(|| names(catalog, card).1.to_owned(), |told| told.title.clone());
        Self { card, title, levels, order, below: None, up: 0, down: 0, stuck: 0, dates }
    }
}

/// The colour of a level.
fn color(title: Id<Title>, told: Option<&ScorecardSummary>, catalog: &Catalog) -> Option<String> {
    let title = &*catalog.titles.get(title).0;
    match told {
        Some(told) => told.levels.iter().find(|level| level.title == title)?.color.clone(),
        None => default_levels().into_iter().find(|level| level.title == title)?.color,
    }
}

impl DateCounts {
    fn new(card: Id<Card>, levels: &[TrendLevel], date: &DateResults, catalog: &Catalog) -> Self {
        let zeros = vec![0; levels.len()];
        let mut counts =
            Self { graded: 0, not_applicable: 0, no_data: 0, levels: zeros.clone(), with_data: zeros };
        for ((_, held), count) in date.counts.iter().filter(|((other, _), _)| *other == card) {
            let Some(grade) = held.map(|grade| catalog.grades.get(grade)) else {
                counts.not_applicable += count;
                continue;
            };
            let no_data = if grade.no_data == Some(true) { *count } else { 0 };
            counts.graded += count;
            counts.no_data += no_data;
            let level = levels.iter().position(|level| level.title == grade.level);
            let add = |counts: &mut Vec<u64>, more: u64| {
                if let Some(count) = level.and_then(|level| counts.get_mut(level)) {
                    *count += more;
                }
            };
            add(&mut counts.levels, *count);
            add(&mut counts.with_data, count - no_data);
        }
        counts
    }
}

/// Sets the level below which entities may be stuck.
fn set_below(
    scorecards: &mut [ScorecardTrend],
    below: Option<&str>,
    catalog: &Catalog,
) -> Result<(), Diagnostic> {
    let Some(name) = below else {
        for scorecard in scorecards {
            let first = scorecard.levels.iter().map(|level| level.rank).find(|rank| *rank > 0);
            let bronze = scorecard.order.rank_named("Bronze", catalog).filter(|rank| *rank > 0);
            scorecard.below = bronze.or(first);
        }
        return Ok(());
    };
    let mut ranks = Vec::new();
    for scorecard in scorecards.iter_mut() {
        let rank = scorecard.order.rank_named(name, catalog);
        ranks.extend(rank);
        scorecard.below = rank.filter(|rank| *rank > 0);
    }
    if scorecards.is_empty() || ranks.iter().any(|rank| *rank > 0) {
        return Ok(());
    }
    if !ranks.is_empty() {
        let message = format!("nothing can be below {}, because it is the base level", quoted(name));
        return Err(
            Diagnostic::error(Code::BaseLevelMinimum, message).help("name a level above the base level")
        );
    }
    let mut known: HashSet<&str> = HashSet::new();
    let titles = scorecards.iter().flat_map(|card| &card.levels).filter(|level| level.rank > 0);
    let titles: Vec<&str> =
        titles.map(|level| &*catalog.titles.get(level.title).0).filter(|title| known.insert(title)).collect();
    Err(Diagnostic::unknown(Code::UnknownMinimum, "level", name, titles))
}
