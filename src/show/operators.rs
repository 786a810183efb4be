//! `show operators`: every operator, preset and meta-property that conditions know.

use super::grid::{Grid, heading, line};
use crate::schema::{DocumentKind, SCHEMA_VERSION};
use crate::scorecard::{OperatorHelp, meta_properties, operators, presets};
use crate::terminal::Screen;
use serde::Serialize;

/// A table of operators, one of presets, and the meta-properties.
pub(super) fn table(screen: Screen) -> String {
    let mut grid = Grid::new(&["Operator", "Value", "Holds when", "Negative of"], screen);
    for help in operators() {
        let holds = bare(&help.holds);
        grid.row([help.operator, &bare(help.value), &holds, help.negative_of.unwrap_or("")]);
    }
    let mut text = grid.text();
    text += &line(
        "A missing value is empty; it fails every other operator, so every negative one holds.",
        screen,
    );
    text.push('\n');
    let mut grid = Grid::new(&["Preset", "Stands for (now is the time of --as-of; days are of UTC)"], screen);
    for (name, meaning) in presets() {
        grid.row([name, &meaning]);
    }
    text += &grid.text();
    text.push('\n');
    text += &heading("Meta-properties", screen);
    let names: Vec<&str> = meta_properties().collect();
    text + &line(&names.join(", "), screen)
}

/// A terminal shows code as it is.
fn bare(text: &str) -> String {
    text.replace('`', "")
}

/// The listing as JSON.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document {
    schema_version: u32,
    kind: DocumentKind,
    operators: Vec<OperatorHelp>,
    presets: Vec<PresetHelp>,
    meta_properties: Vec<&'static str>,
}

#[derive(Serialize)]
struct PresetHelp {
    preset: &'static str,
    meaning: String,
}

impl Document {
    pub(super) fn new() -> Self {
        Self {
            schema_version: SCHEMA_VERSION,
            kind: DocumentKind::Operators,
            operators: operators().collect(),
            presets: presets().map(|(preset, meaning)| PresetHelp { preset, meaning }).collect(),
            meta_properties: meta_properties().collect(),
        }
    }
}
