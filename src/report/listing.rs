//! Which entities are listed, in what order and in what groups: the same for every report that lists
//! them.
//!
//! The order and the limit are over all entities; rows are split by blueprint after that.

use super::distribution::{Section, sections};
use super::{Context, Row, RowResult, Sort, Totals};
use crate::terminal::{NO_DATA, NOT_APPLICABLE, counted, thousands};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The entities of one blueprint that are listed.
pub(super) struct Listing<'t> {
    pub(super) section: Section<'t>,
    pub(super) groups: Vec<Group<'t>>,
    /// Teams are worth a column: they head no groups, and someone has one.
    pub(super) shows_team: bool,
    /// Different entities in the groups.
    pub(super) listed: usize,
    /// Entities that the limit cuts off.
    pub(super) cut: usize,
}

/// Entities under one heading.
pub(super) struct Group<'t> {
    /// A team, or none at all; without groups it is empty.
    pub(super) heading: Option<&'t str>,
    pub(super) rows: Vec<&'t Row>,
}

/// The heading of entities without a team.
const NO_TEAM: &str = "no team";

/// One listing a blueprint, in the order of the definitions.
pub(super) fn listings<'t>(context: Context<'t>, totals: &Totals<'t>) -> Vec<Listing<'t>> {
    let rows = ordered(context, totals.rows);
    let limit = context.display.limit.unwrap_or(usize::MAX);
    let (listed, cut) = rows.split_at(limit.min(rows.len()));
    let of = |rows: &[&'t Row], blueprint: &str| -> Vec<&'t Row> {
        rows.iter().copied().filter(|row| row.blueprint == blueprint).collect()
    };
    let listing = |section: Section<'t>| {
        let rows = of(listed, section.blueprint);
        let cut = of(cut, section.blueprint).len();
        let listed = rows.len();
        let shows_team = !context.display.by_team && rows.iter().any(|row| !row.team.is_empty());
        let groups =
            if context.display.by_team { by_team(&rows) } else { vec![Group { heading: None, rows }] };
        Listing { section, groups, shows_team, listed, cut }
    };
    sections(context, totals.tally).into_iter().map(listing).collect()
}

/// Rows in the order asked for; those that no scorecard grades are left out.
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
                let cell = row.results.iter().find(|cell| named(cell.scorecard));
                let level = cell.and_then(|cell| cell.standing).map(|standing| Reverse(standing.level));
                (Reverse(level), cell.is_none(), by_title(row))
            });
        }
    }
    rows
}

fn by_title(row: &Row) -> (String, &str) {
    (row.title.to_lowercase(), &row.identifier)
}

/// Rows under each of their teams; those without a team come last.
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

impl Listing<'_> {
    /// `service · 12 entities`, and how many of them are shown where not all are.
    pub(super) fn count(&self) -> String {
        let entities = counted(self.section.entities, "entity", "entities");
        if self.listed as u64 == self.section.entities {
            entities
        } else {
            format!("{} of {entities}", thousands(self.listed as u64))
        }
    }

    /// The results that are shown.
    fn cells(&self) -> impl Iterator<Item = &RowResult> {
        let shown = |index: usize| self.section.cards.iter().any(|card| card.index == index);
        let rows = self.groups.iter().flat_map(|group| group.rows.iter());
        rows.flat_map(|row| &row.results).filter(move |cell| shown(cell.scorecard))
    }
}

/// The meaning of the marks that occur in some listings.
pub(super) fn legend(listings: &[Listing<'_>]) -> Option<String> {
    let cells = || listings.iter().flat_map(Listing::cells);
    let no_data = cells().any(|cell| cell.standing.is_some_and(|standing| standing.no_data));
    let not_applicable = cells().any(|cell| cell.standing.is_none());
    let meanings =
        [(no_data, NO_DATA, "no data to judge by"), (not_applicable, NOT_APPLICABLE, "not applicable")];
    let occurring = meanings.into_iter().filter(|(occurs, ..)| *occurs);
    let shown: Vec<String> = occurring.map(|(_, mark, meaning)| format!("{mark} {meaning}")).collect();
    (!shown.is_empty()).then(|| shown.join("   "))
}
