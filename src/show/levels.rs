//! `show levels`: the levels of each scorecard from the lowest to the highest, with their colours.

use super::row::row;
use crate::schema::{DocumentKind, SCHEMA_VERSION};
use crate::scorecard::Definition;
use crate::terminal::{Column, Grid, Overflow, Printer, thousands};
use serde::Serialize;

/// Prints one table of all levels. Only the first row of a blueprint or scorecard shows its name.
pub(super) fn print(definitions: &[Definition], printer: &mut Printer<'_>) {
    let columns = vec![
        Column::new("Blueprint", Overflow::Wrap(9)),
        Column::new("Scorecard", Overflow::Wrap(12)),
        Column::numbers("Rank"),
        Column::new("Level", Overflow::Wrap(8)),
        Column::new("Color", Overflow::Wrap(6)),
        Column::numbers("Rules"),
    ];
    let lines = definitions.iter().enumerate().flat_map(|(index, definition)| {
        let before = index.checked_sub(1).and_then(|before| definitions.get(before));
        let is_new_blueprint = before.is_none_or(|before| before.blueprint != definition.blueprint);
        definition.levels.iter().enumerate().map(move |(rank, level)| {
            row([
                if is_new_blueprint && rank == 0 { definition.blueprint.clone() } else { String::new() },
                if rank == 0 { definition.identifier.clone() } else { String::new() },
                rank.to_string(),
                level.title.clone(),
                level.color.clone().unwrap_or_else(|| "–".to_owned()),
                thousands(definition.rules_of(rank).count() as u64),
            ])
        })
    });
    Grid::new(columns, lines).print(printer);
}

/// The listing as JSON.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document<'d> {
    schema_version: u32,
    kind: DocumentKind,
    scorecards: Vec<Listed<'d>>,
}

#[derive(Serialize)]
struct Listed<'d> {
    identifier: &'d str,
    title: &'d str,
    blueprint: &'d str,
    levels: Vec<ListedLevel<'d>>,
}

#[derive(Serialize)]
struct ListedLevel<'d> {
    /// The rank of the level as in results; the base level has rank 0.
    rank: usize,
    title: &'d str,
    color: Option<&'d str>,
    /// The number of rules of the level.
    rules: usize,
}

impl<'d> Document<'d> {
    pub(super) fn new(definitions: &'d [Definition]) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            kind: DocumentKind::Levels,
            scorecards: definitions.iter().map(listed).collect(),
        }
    }
}

fn listed(definition: &Definition) -> Listed<'_> {
    Listed {
        identifier: &definition.identifier,
        title: &definition.title,
        blueprint: &definition.blueprint,
        levels: definition
            .levels
            .iter()
            .enumerate()
            .map(|(rank, level)| ListedLevel {
                rank,
                title: &level.title,
                color: level.color.as_deref(),
                rules: definition.rules_of(rank).count(),
            })
            .collect(),
    }
}
