//! Turns the counts of a run into the view of its page.

use super::collect::{PageCounts, PartCounts, ValueTally};
use super::definition::{Breakdown, Content, Pie, Widget};
use super::head::head;
use super::plan::{PagePlan, Part, PartContent, PlannedBody, PlannedWidget};
use super::rows::{Grading, table};
use super::run::PageRun;
use super::view::{
    Body, Distribution, HistoryDate, LevelCount, Median, MinimumShare, MovedEntity, Moves, Placed,
    ScorecardHistory, TableKind, TeamMatrix, TeamRow, ValueCounts, View, WidgetView,
};
use crate::grade::{CardTally, TeamCounts};
use crate::report::{Comparison, MovedResults, Totals};
use crate::scorecard::Definition;
use std::collections::{BTreeSet, HashSet};

/// The maximum number of slices of a pie over a field.
const MOST_SLICES: usize = 14;
/// The maximum number of teams.
const MOST_TEAMS: usize = 100;
/// The maximum number of listed changes.
const MOST_MOVES: usize = 200;

/// Builds the view of a page.
pub(super) fn view<'v>(
    plan: &'v PagePlan<'v>,
    counts: PageCounts,
    run: &'v PageRun<'v>,
    totals: &'v Totals<'v>,
) -> View<'v> {
    let PageCounts { parts, metrics, .. } = counts;
    let medians = plan.metrics.iter().zip(&metrics).map(|(field, numbers)| {
        let (field, value) = (field.as_ref()?, numbers.median()?);
        let (property, unit) = (field.property.clone(), field.unit);
        Some(Median { property, value, unit, count: numbers.len() })
    });
    let medians = medians.collect();
    let mut builder = Builder {
        plan,
        run,
        totals,
        parts: parts.into_iter().map(Some).collect(),
        medians,
        teams: BTreeSet::new(),
        listed: HashSet::new(),
    };
    // tables first: changes say whether their entity is listed
    let mut tables = builder.tables();
    let rows = plan.widgets.iter().map(|widget| builder.row(widget, &mut tables)).collect();
    let teams = std::mem::take(&mut builder.teams).into_iter().map(|(_, name)| name).collect();
    View { head: head(plan, run, totals), rows, teams, levels: levels(plan.scorecards.definitions()) }
}

/// The titles of all levels, each once.
fn levels(definitions: &[Definition]) -> Vec<String> {
    let mut titles: Vec<String> = Vec::new();
    for level in definitions.iter().flat_map(|definition| &definition.levels) {
        if !titles.contains(&level.title) {
            titles.push(level.title.clone());
        }
    }
    titles
}

struct Builder<'v> {
    plan: &'v PagePlan<'v>,
    run: &'v PageRun<'v>,
    totals: &'v Totals<'v>,
    /// The counts of each part, until a widget takes them.
    parts: Vec<Option<PartCounts>>,
    medians: Vec<Option<Median>>,
    /// The teams of the listed entities, by name in lower case.
    teams: BTreeSet<(String, String)>,
    /// The blueprint and the identifier of the listed entities.
    listed: HashSet<(Box<str>, Box<str>)>,
}

type Tables<'v> = Vec<Option<super::view::TableView<'v>>>;

#[expect(clippy::expect_used, reason = "each part belongs to one widget, and is a part of the plan")]
impl<'v> Builder<'v> {
    fn part(&self, index: usize) -> &'v Part<'v> {
        self.plan.parts.get(index).expect("the part is planned")
    }

    fn take(&mut self, index: usize) -> PartCounts {
        self.parts.get_mut(index).and_then(Option::take).expect("one widget takes the part")
    }

    /// The tables by the index of their part.
    fn tables(&mut self) -> Tables<'v> {
        let mut tables = Vec::new();
        let grading = Grading {
            scorecards: self.plan.scorecards,
            gate: self.run.gate,
            comparison: self.totals.comparison,
            hides_empty_teams: self.plan.definition.is_built_in,
        };
        for index in 0..self.plan.parts.len() {
            let part = self.part(index);
            let PartContent::Rows(planned) = &part.content else {
                tables.push(None);
                continue;
            };
            let PartCounts::Rows { total, list } = self.take(index) else {
                unreachable!("the counts are those of the part")
            };
            let kind = match (planned.table.only_failing, part.is_filtered()) {
                (true, _) => TableKind::Failing,
                (false, true) => TableKind::Filtered,
                (false, false) => TableKind::All,
            };
            let blueprint = part.blueprint.expect("a table is of one blueprint");
            let view = table(&grading, blueprint, kind, planned, total, list.into_items_in_input_order());
            for row in &view.rows {
                let names = row.entity.team().iter();
                self.teams.extend(names.map(|name| (name.to_lowercase(), name.to_string())));
                self.listed.insert((row.blueprint.clone(), row.entity.identifier().into()));
            }
            tables.push(Some(view));
        }
        tables
    }

    /// A widget that has a row of its own.
    fn row(&mut self, widget: &'v PlannedWidget<'v>, tables: &mut Tables<'v>) -> Vec<Placed<'v>> {
        vec![Placed { size: 12, widget: self.widget(widget, tables) }]
    }

    fn widget(&mut self, planned: &'v PlannedWidget<'v>, tables: &mut Tables<'v>) -> WidgetView<'v> {
        let widget = planned.widget;
        let body = match &planned.body {
            PlannedBody::Dashboard(rows) => Body::Dashboard(self.dashboard(rows, tables)),
            PlannedBody::Part(index) => self.counted(*index),
            PlannedBody::Tables(indexes) => {
                let taken = indexes.iter().filter_map(|index| tables.get_mut(*index)?.take());
                Body::Tables(taken.collect())
            }
            PlannedBody::Unsupported(reason) => Body::Unsupported(reason.clone()),
            PlannedBody::Fixed => self.fixed(widget),
        };
        WidgetView {
            id: &widget.id,
            kind: &widget.kind,
            title: widget.title.clone(),
            description: widget.description.as_deref(),
            body,
        }
    }

    /// The rows of a dashboard. The built-in page omits widgets without entities.
    fn dashboard(
        &mut self,
        rows: &'v [Vec<(u8, PlannedWidget<'v>)>],
        tables: &mut Tables<'v>,
    ) -> Vec<Vec<Placed<'v>>> {
        let mut placed = Vec::new();
        for row in rows {
            let mut shown: Vec<Placed<'v>> = Vec::new();
            for (size, planned) in row {
                if !self.is_left_out(planned) {
                    shown.push(Placed { size: *size, widget: self.widget(planned, tables) });
                }
            }
            if let [only] = shown.as_mut_slice()
                && row.len() > 1
            {
                only.size = 12;
            }
            if !shown.is_empty() {
                placed.push(shown);
            }
        }
        placed
    }

    fn is_left_out(&self, planned: &PlannedWidget<'v>) -> bool {
        if !self.plan.definition.is_built_in {
            return false;
        }
        let has_entities = |blueprint: &str| {
            let definitions = self.plan.scorecards.definitions().iter().zip(&self.totals.tally.cards);
            let mut cards = definitions.filter(|(definition, _)| definition.blueprint == blueprint);
            cards.any(|(_, card)| card.entities() > 0)
        };
        match (&planned.widget.content, &planned.body) {
            (Content::Teams(blueprint), _) => !has_entities(blueprint),
            (Content::History, _) => self.run.history.is_empty(),
            (Content::Moves, _) => self.totals.tally.entities == 0 && self.totals.comparison.is_none(),
            (_, PlannedBody::Part(index)) => !self.part(*index).blueprint.is_none_or(has_entities),
            (_, PlannedBody::Tables(indexes)) => {
                !indexes.iter().any(|index| self.part(*index).blueprint.is_none_or(has_entities))
            }
            _ => false,
        }
    }

    fn counted(&mut self, index: usize) -> Body<'v> {
        let part = self.part(index);
        match (&part.content, self.take(index)) {
            (PartContent::Levels(scorecard, pie), PartCounts::Levels(tally)) => {
                Body::Levels(self.levels(part, *scorecard, pie, &tally))
            }
            (PartContent::Values(_, pie), PartCounts::Values(tally)) => Body::Values(values(pie, tally)),
            (PartContent::Count, PartCounts::Count(count)) => Body::Count(count),
            _ => unreachable!("the counts are those of the part, and tables are taken before"),
        }
    }

    fn levels(
        &mut self,
        part: &Part<'v>,
        scorecard: usize,
        pie: &'v Pie,
        counted: &CardTally,
    ) -> Distribution<'v> {
        let is_whole = part.is_counted_by_run();
        let tally = if is_whole { self.tally(scorecard) } else { counted };
        let gated = self.totals.verdict.cards().get(scorecard);
        let minimum = gated.filter(|_| is_whole).and_then(|gated| {
            let requirement = gated.requirement?;
            let judged = gated.counts.judged;
            Some(MinimumShare {
                level: requirement.level,
                holding: judged - gated.counts.failed,
                judged,
                required: requirement.share.map(|share| share.percent()),
            })
        });
        let median = self.medians.get_mut(scorecard).filter(|_| is_whole).and_then(Option::take);
        Distribution {
            scorecard: self.plan.scorecards.definition(scorecard),
            levels: level_counts(tally),
            not_applicable: tally.not_applicable,
            is_filtered: part.is_filtered(),
            minimum,
            median,
            moves: self.totals.comparison.filter(|_| is_whole).map(|one| one.up_and_down(scorecard)),
            empty_text: pie.empty_text.as_deref(),
        }
    }

    fn tally(&self, scorecard: usize) -> &'v CardTally {
        self.totals.tally.cards.get(scorecard).expect("every scorecard has its counts")
    }

    fn fixed(&self, widget: &'v Widget) -> Body<'v> {
        match &widget.content {
            Content::Markdown(text) => Body::Markdown(text),
            Content::Teams(blueprint) => Body::Teams(self.teams(blueprint)),
            Content::Moves => Body::Moves(self.totals.comparison.map(|one| self.moves(one))),
            Content::History => Body::History(self.history()),
            _ => unreachable!("all other widgets are counted"),
        }
    }

    fn teams(&self, blueprint: &'v str) -> TeamMatrix<'v> {
        let definitions = self.plan.scorecards.definitions().iter().enumerate();
        let cards: Vec<(usize, &Definition)> =
            definitions.filter(|(_, definition)| definition.blueprint == blueprint).collect();
        let indexes: Vec<usize> = cards.iter().map(|(index, _)| *index).collect();
        let tally = self.totals.tally.teams.iter();
        let teams =
            tally.flat_map(|teams| teams.weakest_in(self.plan.scorecards, &|index| indexes.contains(&index)));
        let row = |(name, counts): (Option<&'v str>, &'v TeamCounts)| {
            let cells: Vec<_> = cards
                .iter()
                .map(|(index, _)| counts.card(*index))
                .map(|card| card.map(|card| (level_counts(&card), card.not_applicable)))
                .collect();
            let entities = cards.iter().find_map(|(index, _)| counts.card(*index))?.entities();
            Some(TeamRow {
                name,
                entities,
                average: counts.average(self.plan.scorecards, &|index| indexes.contains(&index)),
                cells,
            })
        };
        let scorecards = cards.iter().map(|(_, definition)| *definition).collect();
        let mut teams: Vec<TeamRow<'v>> = teams.filter_map(row).collect();
        let named = teams.iter().filter(|team| team.name.is_some()).count();
        let others = named.saturating_sub(MOST_TEAMS);
        teams.drain(named.min(MOST_TEAMS)..named);
        TeamMatrix { blueprint, scorecards, teams, others: others as u64 }
    }

    /// The levels over time of the scorecards of the run, with the run as the last date.
    fn history(&self) -> Vec<ScorecardHistory> {
        let as_of = self.plan.scorecards.as_of();
        let definitions = self.plan.scorecards.definitions().iter().enumerate();
        let of = |(index, definition): (usize, &Definition)| {
            let is_same = |known: &&ScorecardHistory| {
                known.blueprint == definition.blueprint && known.identifier == definition.identifier
            };
            let mut history = self.run.history.iter().find(is_same)?.clone();
            // the run itself is the last date
            history.dates.retain(|date| date.as_of < as_of);
            add_levels(&mut history, definition);
            let tally = self.tally(index);
            let counts = level_counts(tally);
            let levels = history.levels.iter().map(|(title, _)| {
                let level = definition.levels.iter().position(|level| level.title == *title);
                level.and_then(|level| counts.get(level)).map_or(0, |count| count.with_data)
            });
            let levels = levels.collect();
            let (no_data, not_applicable) = (tally.without_data(), tally.not_applicable);
            history.dates.push(HistoryDate { as_of, levels, no_data, not_applicable });
            let has_results = |date: &HistoryDate| date.levels.iter().sum::<u64>() + date.no_data > 0;
            history.dates.iter().any(has_results).then_some(history)
        };
        definitions.filter_map(of).collect()
    }

    fn moves(&self, comparison: &dyn Comparison) -> Moves {
        let (entities, total) = comparison.moved(MOST_MOVES);
        let moved = |one: MovedResults| {
            let key = (one.blueprint.as_str().into(), one.identifier.as_str().into());
            MovedEntity {
                is_listed: self.listed.contains(&key),
                identifier: one.identifier,
                title: one.title,
                blueprint: one.blueprint,
                moves: one.moves,
            }
        };
        Moves { entities: entities.into_iter().map(moved).collect(), total }
    }
}

/// Puts the levels in today's order, those that no longer exist first, and adds those that are new.
fn add_levels(history: &mut ScorecardHistory, definition: &Definition) {
    let old = std::mem::take(&mut history.levels);
    let is_gone =
        |(title, _): &&(String, Option<String>)| !definition.levels.iter().any(|level| level.title == *title);
    let now = definition.levels.iter().map(|level| (level.title.clone(), level.color.clone()));
    history.levels = old.iter().filter(is_gone).cloned().chain(now).collect();
    for date in &mut history.dates {
        let count = |(title, _): &(String, Option<String>)| {
            let place = old.iter().position(|(known, _)| known == title);
            place.and_then(|place| date.levels.get(place)).copied().unwrap_or(0)
        };
        let counts = history.levels.iter().map(count).collect();
        date.levels = counts;
    }
}

fn level_counts(tally: &CardTally) -> Vec<LevelCount> {
    let counts = tally.with_data().zip(&tally.no_data);
    counts.map(|(with_data, no_data)| LevelCount { with_data, no_data: *no_data }).collect()
}

/// The most frequent values; of equally frequent ones, the first in the alphabet.
fn values(pie: &Pie, tally: ValueTally) -> ValueCounts<'_> {
    let ValueTally { counts, entities, missing, untold, .. } = tally;
    let Breakdown::Field(field) = &pie.by else { unreachable!("the pie is over a field") };
    let field = field.name();
    let mut values: Vec<(String, u64)> =
        counts.into_iter().map(|(value, count)| (value.into(), count)).collect();
    values.sort_unstable_by(|(one, count), (other, other_count)| {
        other_count.cmp(count).then_with(|| one.cmp(other))
    });
    let others = values.split_off(values.len().min(MOST_SLICES));
    let count = others.iter().map(|(_, count)| count).sum::<u64>() + untold;
    let others = (count > 0).then_some((count, others.len() as u64));
    let has_more = untold > 0;
    ValueCounts { field, entities, values, has_more, others, missing, empty_text: pie.empty_text.as_deref() }
}
