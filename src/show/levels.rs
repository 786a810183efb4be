//! `show levels`: the levels of each scorecard from the base up, with their colours.

use super::grid::Grid;
use crate::schema::{DocumentKind, SCHEMA_VERSION};
use crate::scorecard::Definition;
use crate::terminal::Screen;
use serde::Serialize;

/// One table of all; what repeats from one row to the next is left blank.
pub(super) fn table(definitions: &[Definition], screen: Screen) -> String {
    let mut grid = Grid::new(&["Blueprint", "Scorecard", "Rank", "Level", "Color", "Rules"], screen);
    let mut blueprint = None;
    for definition in definitions {
        for (rank, level) in definition.levels.iter().enumerate() {
            let fresh = blueprint.replace(&definition.blueprint) != Some(&definition.blueprint);
            grid.row([
                if fresh { definition.blueprint.as_str() } else { "" },
                if rank == 0 { definition.identifier.as_str() } else { "" },
                &rank.to_string(),
                &level.title,
                level.color.as_deref().unwrap_or("–"),
                &definition.rules_of(rank).count().to_string(),
            ]);
        }
    }
    grid.text()
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
    /// As in results, the base level being 0.
    rank: usize,
    title: &'d str,
    color: Option<&'d str>,
    /// How many rules it has.
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
