//! `show operators`: all operators, presets and meta-properties that conditions can use.

use super::row::row;
use crate::schema::{DocumentKind, SCHEMA_VERSION};
use crate::scorecard::{NAME_FORMS, NameForm, OperatorHelp, meta_properties, operators, presets};
use crate::terminal::{Column, Grid, Overflow, Printer, STRONG, Span};
use serde::Serialize;

/// Prints a table of operators, a table of presets, and the names of the meta-properties.
pub(super) fn print(printer: &mut Printer<'_>) {
    let wrapping = |header: &str| Column::new(header, Overflow::Wrap(12));
    let keeping = |header: &str| Column::new(header, Overflow::Keep);
    let columns =
        vec![keeping("Operator"), wrapping("Value"), wrapping("Passes when"), wrapping("Negative of")];
    let lines = operators().map(|help| {
        let negative_of = help.negative_of.unwrap_or_default().to_owned();
        row([help.operator.to_owned(), bare(help.value), bare(&help.holds), negative_of])
    });
    Grid::new(columns, lines.collect::<Vec<_>>().into_iter()).print(printer);
    let missing = "For a missing value, only `isEmpty` and the negative operators pass.";
    print_text(&bare(missing), printer);
    printer.gap();
    let meaning = "Range (now is the time of --as-of; days are in UTC)";
    let lines = presets().map(|(name, meaning)| row([name.to_owned(), meaning]));
    let columns = vec![keeping("Preset"), wrapping(meaning)];
    Grid::new(columns, lines.collect::<Vec<_>>().into_iter()).print(printer);
    printer.gap();
    printer.line(&[Span::new("Meta-properties", STRONG)]);
    print_text(&meta_properties().collect::<Vec<_>>().join(", "), printer);
    for NameForm { name, meaning } in NAME_FORMS {
        print_text(&format!("{name}: {meaning}"), printer);
    }
}

fn print_text(text: &str, printer: &mut Printer<'_>) {
    printer.paragraph(0, &Span::default(), &[Span::plain(text)]);
}

/// Removes the back-ticks of Markdown.
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
    name_forms: [NameForm; 2],
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
            name_forms: NAME_FORMS,
        }
    }
}
