//! Divides the listed entities by blueprint and into groups, for every report that lists entities.
//!
//! Entities are sorted and limited before, for all blueprints together.

use super::comparison::{Mark, Move, OTHER_DEFINITION};
use super::display::Limit;
use super::distribution::{NO_TEAM, ScorecardCounts, Section, sections};
use super::row::{HeldLevel, Row};
use super::{Comparison, Context, Totals};
use crate::terminal::{NO_DATA, NOT_APPLICABLE, WAIVED, counted, thousands};
use std::collections::{BTreeMap, HashMap};

/// The listed entities of one blueprint.
pub(super) struct EntityList<'t> {
    pub(super) section: Section<'t>,
    context: Context<'t>,
    comparison: Option<&'t dyn Comparison>,
    pub(super) groups: Vec<Group<'t>>,
    /// Whether to show a column of teams. It is shown if rows are not grouped by team and some entity has a team.
    pub(super) shows_team: bool,
    /// Whether only entities below a minimum are listed.
    only_failing: bool,
    /// How many entities are listed. An entity in several groups counts once.
    pub(super) listed: usize,
    /// A line with the number of entities that the limit cuts off; `None` if it cuts off none.
    pub(super) more: Option<String>,
}

/// Entities under one heading.
pub(super) struct Group<'t> {
    /// The name of a team or [`NO_TEAM`]; `None` if rows are not grouped.
    pub(super) heading: Option<&'t str>,
    pub(super) rows: Vec<&'t Row>,
}

/// The lists of all blueprints, in the order of the definitions.
pub(super) fn entity_lists<'t>(context: Context<'t>, totals: &Totals<'t>) -> Vec<EntityList<'t>> {
    let blueprint = |index: usize| context.definition(index).blueprint.as_str();
    let mut rows_of: HashMap<&str, Vec<&Row>> = HashMap::new();
    for row in totals.listing.rows() {
        rows_of.entry(blueprint(row.scorecard)).or_default().push(row);
    }
    let list = |section: Section<'t>| {
        // the limit may leave no row
        let rows = rows_of.remove(section.blueprint).unwrap_or_default();
        let is_complete = |row: &&Row| row.results.len() == section.cards.len();
        assert!(rows.iter().all(is_complete), "a row has a result in each scorecard of its blueprint");
        let counts = totals.listing.counts().filter(|(index, _)| blueprint(*index) == section.blueprint);
        let all: u64 = counts.map(|(_, count)| count).sum();
        let listed = rows.len();
        let cut = all.saturating_sub(listed as u64);
        let shows_team = !context.display.by_team && rows.iter().any(|row| !row.team.is_empty());
        let groups =
            if context.display.by_team { by_team(&rows) } else { vec![Group { heading: None, rows }] };
        let more = (cut > 0).then(|| more_entities(cut, context.display.limit));
        let only_failing = context.display.failing;
        let comparison = totals.comparison;
        EntityList { section, context, comparison, groups, shows_team, only_failing, listed, more }
    };
    sections(context, totals.tally).into_iter().map(list).collect()
}

/// A line with the number of entities that the limit cuts off.
fn more_entities(count: u64, limit: Limit) -> String {
    format!("… and {} more{}", thousands(count), limit.way_out())
}

/// Groups rows by team. A row appears under each of its teams; rows without a team come last.
fn by_team<'t>(rows: &[&'t Row]) -> Vec<Group<'t>> {
    let mut teams: BTreeMap<(bool, String, &str), Vec<&'t Row>> = BTreeMap::new();
    for row in rows {
        let mut names: Vec<&str> = row.team.iter().map(AsRef::as_ref).collect();
        names.sort_unstable();
        names.dedup();
        for name in &names {
            teams.entry((false, name.to_lowercase(), name)).or_default().push(row);
        }
        if names.is_empty() {
            teams.entry((true, String::new(), NO_TEAM)).or_default().push(row);
        }
    }
    teams.into_iter().map(|((_, _, name), rows)| Group { heading: Some(name), rows }).collect()
}

impl EntityList<'_> {
    /// The number of entities, such as `12 entities`, or `3 of 12 entities` if not all are listed, and why.
    pub(super) fn count(&self) -> String {
        let entities = counted(self.section.entities, "entity", "entities");
        let count = match self.listed as u64 == self.section.entities {
            true => entities,
            false => format!("{} of {entities}", thousands(self.listed as u64)),
        };
        if self.only_failing { format!("{count}, only those below a minimum") } else { count }
    }

    /// The number of rows of a group, such as `3`, or `3 listed` if it may have more entities.
    pub(super) fn count_of(&self, group: &Group<'_>) -> String {
        let rows = thousands(group.rows.len() as u64);
        if self.listed as u64 == self.section.entities { rows } else { format!("{rows} listed") }
    }

    /// The listed entities, once for each group.
    fn rows(&self) -> impl Iterator<Item = &Row> {
        self.groups.iter().flat_map(|group| group.rows.iter().copied())
    }

    /// The results of the listed entities.
    fn results(&self) -> impl Iterator<Item = Option<HeldLevel>> {
        self.rows().flat_map(|row| row.results.iter().copied())
    }

    /// The changes of an entity since the baseline, in the order of the scorecards; empty without a baseline.
    pub(super) fn moves(&self, row: &Row) -> Vec<Option<Move>> {
        let Some(comparison) = self.comparison else { return Vec::new() };
        let scorecards: Vec<usize> = self.section.cards.iter().map(|card| card.index).collect();
        comparison.moves(&row.identifier, &scorecards)
    }

    /// The mark of a scorecard whose results another definition graded in the baseline; empty for all others.
    pub(super) fn mark_of(&self, card: &ScorecardCounts<'_>) -> &'static str {
        let is_other =
            self.context.baseline.is_some_and(|baseline| baseline.has_other_definition(card.index));
        if is_other { OTHER_DEFINITION } else { "" }
    }

    /// The headers of the columns of scorecards.
    pub(super) fn headers(&self) -> impl Iterator<Item = String> {
        self.section.cards.iter().map(|card| match self.mark_of(card) {
            "" => card.title.clone(),
            mark => format!("{} {mark}", card.title),
        })
    }
}

/// The text between two meanings of a legend.
pub(super) const LEGEND_GAP: &str = "   ";

/// The meanings of the marks in these lists.
pub(super) fn legend(lists: &[EntityList<'_>]) -> Vec<String> {
    let results = || lists.iter().flat_map(EntityList::results);
    let no_data = results().any(|result| result.is_some_and(|held| held.no_data));
    let waived = results().any(|result| result.is_some_and(|held| held.waived));
    let not_applicable = results().any(|result| result.is_none());
    let meanings = [
        (no_data, NO_DATA, "no data"),
        (waived, WAIVED, "waived"),
        (not_applicable, NOT_APPLICABLE, "not applicable"),
    ];
    let occurring = meanings.into_iter().filter(|(occurs, ..)| *occurs);
    let mut shown: Vec<String> = occurring.map(|(_, mark, meaning)| format!("{mark} {meaning}")).collect();
    let moves: Vec<Mark> = lists
        .iter()
        .flat_map(|list| list.rows().flat_map(|row| list.moves(row)))
        .flatten()
        .map(|one| one.mark)
        .collect();
    let marks = Mark::ALL.into_iter().filter(|mark| moves.contains(mark));
    shown.extend(marks.map(|mark| format!("{} {}", mark.symbol(), mark.meaning())));
    let is_other =
        |list: &EntityList<'_>| list.section.cards.iter().any(|card| !list.mark_of(card).is_empty());
    if lists.iter().any(is_other) {
        shown.push(format!("{OTHER_DEFINITION} graded by another definition before"));
    }
    shown
}
