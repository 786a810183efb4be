//! `show scorecards`: a table a scorecard, with every rule in plain words, from the base level up.

use super::grid::{Grid, heading, line};
use crate::schema::{DocumentKind, SCHEMA_VERSION};
use crate::scorecard::Definition;
use crate::terminal::Screen;
use serde::Serialize;

/// The tables, with their first columns aligned throughout.
pub(super) fn table(definitions: &[Definition], screen: Screen) -> String {
    let mut grids: Vec<Grid> = definitions.iter().map(|definition| grid(definition, screen)).collect();
    let mut widest = [0_u16; 3];
    for grid in &grids {
        widest.iter_mut().zip(grid.widths()).for_each(|(widest, width)| *widest = width.max(*widest));
    }
    let mut text = String::new();
    for (index, (definition, grid)) in definitions.iter().zip(&mut grids).enumerate() {
        if index > 0 {
            text.push('\n');
        }
        let title = if definition.title == definition.identifier {
            definition.identifier.clone()
        } else {
            format!("{} ({})", definition.title, definition.identifier)
        };
        text += &heading(&format!("{title}, blueprint {}", definition.blueprint), screen);
        if let Some(filter) = definition.filter_in_words() {
            text += &line(&format!("only where {filter}"), screen);
        }
        grid.align(&widest);
        text += &grid.text();
    }
    text
}

fn grid(definition: &Definition, screen: Screen) -> Grid {
    let mut grid = Grid::new(&["Level", "Color", "Rule", "Holds when"], screen);
    for (index, level) in definition.levels.iter().enumerate() {
        let color = level.color.as_deref().unwrap_or("–");
        let mut first = true;
        for rule in definition.rules_of(index) {
            let (title, color) = if first { (level.title.as_str(), color) } else { ("", "") };
            grid.row([title, color, &rule.identifier, &rule.in_words()]);
            first = false;
        }
        if first {
            let holds = if index == 0 { "always: the base level" } else { "never: it has no rules" };
            grid.row([level.title.as_str(), color, "–", holds]);
        }
    }
    grid
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
    description: Option<&'d str>,
    blueprint: &'d str,
    levels: Vec<ListedLevel<'d>>,
    /// In plain words.
    filter: Option<String>,
    rules: Vec<ListedRule<'d>>,
}

#[derive(Serialize)]
struct ListedLevel<'d> {
    title: &'d str,
    color: Option<&'d str>,
}

#[derive(Serialize)]
struct ListedRule<'d> {
    identifier: &'d str,
    title: &'d str,
    description: Option<&'d str>,
    level: &'d str,
    /// In plain words.
    condition: String,
}

impl<'d> Document<'d> {
    pub(super) fn new(definitions: &'d [Definition]) -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            kind: DocumentKind::Scorecards,
            scorecards: definitions.iter().map(listed).collect(),
        }
    }
}

fn listed(definition: &Definition) -> Listed<'_> {
    Listed {
        identifier: &definition.identifier,
        title: &definition.title,
        description: definition.description.as_deref(),
        blueprint: &definition.blueprint,
        levels: definition
            .levels
            .iter()
            .map(|level| ListedLevel { title: &level.title, color: level.color.as_deref() })
            .collect(),
        filter: definition.filter_in_words(),
        rules: definition
            .rules
            .iter()
            .map(|listed| ListedRule {
                identifier: &listed.identifier,
                title: &listed.title,
                description: listed.description.as_deref(),
                level: definition.level_title(listed.level),
                condition: listed.in_words(),
            })
            .collect(),
    }
}
