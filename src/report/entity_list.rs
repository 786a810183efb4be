//! Selects the entities to list, and their order and groups, for every report that lists entities.
//!
//! Entities are sorted and limited first, and then divided by blueprint.

use super::distribution::{Section, sections};
use super::{Context, Row, RowResult, Sort, Totals};
use crate::terminal::{NO_DATA, NOT_APPLICABLE, counted, thousands};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The listed entities of one blueprint.
pub(super) struct EntityList<'t> {
    pub(super) section: Section<'t>,
    pub(super) groups: Vec<Group<'t>>,
    /// Whether to show a column of teams. It is shown if rows are not grouped by team and some entity has a team.
    pub(super) shows_team: bool,
    /// How many entities are listed. An entity in several groups counts once.
    pub(super) listed: usize,
    /// How many entities the limit cuts off.
    pub(super) cut: usize,
}

/// Entities under one heading.
pub(super) struct Group<'t> {
    /// The name of a team or [`NO_TEAM`]; `None` if rows are not grouped.
    pub(super) heading: Option<&'t str>,
    pub(super) rows: Vec<&'t Row>,
}

/// The heading of entities without a team.
const NO_TEAM: &str = "no team";

/// The lists of all blueprints, in the order of the definitions.
pub(super) fn entity_lists<'t>(context: Context<'t>, totals: &Totals<'t>) -> Vec<EntityList<'t>> {
    let rows = ordered(context, totals.rows);
    let limit = context.display.limit.unwrap_or(usize::MAX);
    let (listed, cut) = rows.split_at(limit.min(rows.len()));
    let of = |rows: &[&'t Row], blueprint: &str| -> Vec<&'t Row> {
        rows.iter().copied().filter(|row| row.blueprint == blueprint).collect()
    };
    let list = |section: Section<'t>| {
        let rows = of(listed, section.blueprint);
        let cut = of(cut, section.blueprint).len();
        let listed = rows.len();
        let shows_team = !context.display.by_team && rows.iter().any(|row| !row.team.is_empty());
        let groups =
            if context.display.by_team { by_team(&rows) } else { vec![Group { heading: None, rows }] };
        EntityList { section, groups, shows_team, listed, cut }
    };
    sections(context, totals.tally).into_iter().map(list).collect()
}

/// The rows of entities that at least one scorecard grades, in the requested order.
fn ordered<'t>(context: Context<'_>, rows: &'t [Row]) -> Vec<&'t Row> {
    let mut rows: Vec<&Row> = rows.iter().filter(|row| !row.results.is_empty()).collect();
    match &context.display.sort {
        None => {}
        Some(Sort::Title) => rows.sort_by_cached_key(|row| by_title(row)),
        Some(Sort::Scorecard(identifier)) => {
            let named = |index: usize| {
                let definition = context.scorecards.definitions().get(index);
                definition.is_some_and(|definition| definition.identifier == *identifier)
            };
            rows.sort_by_cached_key(|row| {
                let result = row.results.iter().find(|result| named(result.scorecard));
                let level = result.and_then(|result| result.standing).map(|standing| Reverse(standing.level));
                (Reverse(level), result.is_none(), by_title(row))
            });
        }
    }
    rows
}

fn by_title(row: &Row) -> (String, &str) {
    (row.title.to_lowercase(), &row.identifier)
}

/// Groups rows by team. A row appears under each of its teams; rows without a team come last.
fn by_team<'t>(rows: &[&'t Row]) -> Vec<Group<'t>> {
    let mut teams: BTreeMap<(bool, String, &str), Vec<&'t Row>> = BTreeMap::new();
    for row in rows {
        let mut names: Vec<&str> = row.team.iter().map(String::as_str).collect();
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
    /// The number of entities, such as `12 entities`, or `3 of 12 entities` if not all are listed.
    pub(super) fn count(&self) -> String {
        let entities = counted(self.section.entities, "entity", "entities");
        if self.listed as u64 == self.section.entities {
            entities
        } else {
            format!("{} of {entities}", thousands(self.listed as u64))
        }
    }

    /// The shown results.
    fn results(&self) -> impl Iterator<Item = &RowResult> {
        let shown = |index: usize| self.section.cards.iter().any(|card| card.index == index);
        let rows = self.groups.iter().flat_map(|group| group.rows.iter());
        rows.flat_map(|row| &row.results).filter(move |result| shown(result.scorecard))
    }
}

/// The meaning of the marks in these lists; `None` if they have none.
pub(super) fn legend(lists: &[EntityList<'_>]) -> Option<String> {
    let results = || lists.iter().flat_map(EntityList::results);
    let no_data = results().any(|result| result.standing.is_some_and(|standing| standing.no_data.is_some()));
    let not_applicable = results().any(|result| result.standing.is_none());
    let meanings = [(no_data, NO_DATA, "no data"), (not_applicable, NOT_APPLICABLE, "not applicable")];
    let occurring = meanings.into_iter().filter(|(occurs, ..)| *occurs);
    let shown: Vec<String> = occurring.map(|(_, mark, meaning)| format!("{mark} {meaning}")).collect();
    (!shown.is_empty()).then(|| shown.join("   "))
}
