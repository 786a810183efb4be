//! `show scorecards`: one table for each scorecard, with all rules in plain words, from the lowest level to the highest.

use super::row::row;
use crate::schema::{DocumentKind, SCHEMA_VERSION};
use crate::scorecard::Definition;
use crate::terminal::{Column, Grid, Line, Overflow, Printer, STRONG, Span};
use serde::Serialize;

const HEADERS: [(&str, Overflow); 4] = [
    ("Level", Overflow::Wrap(8)),
    ("Color", Overflow::Wrap(6)),
    ("Rule", Overflow::Wrap(12)),
    ("Passes when", Overflow::Wrap(16)),
];

/// Prints the tables. If there is enough room, their columns are aligned with each other.
pub(super) fn print(definitions: &[Definition], printer: &mut Printer<'_>) {
    let widths: Vec<Vec<usize>> =
        definitions.iter().map(|definition| grid(definition, [0; 4]).natural_widths()).collect();
    let widest = |column: usize| {
        // no column follows the last one, so its width does not matter
        let widths = widths.iter().filter_map(|widths| widths.get(column)).copied();
        if column + 1 < HEADERS.len() { widths.max().unwrap_or_default() } else { 0 }
    };
    let preferred = [0, 1, 2, 3].map(widest);
    for (index, definition) in definitions.iter().enumerate() {
        if index > 0 {
            printer.gap();
        }
        let title = if definition.title == definition.identifier {
            definition.identifier.clone()
        } else {
            format!("{} ({})", definition.title, definition.identifier)
        };
        let title = Span::new(format!("{title}, blueprint {}", definition.blueprint), STRONG);
        printer.paragraph(0, &Span::default(), &[title]);
        if let Some(filter) = definition.filter_in_words() {
            printer.paragraph(0, &Span::default(), &[Span::plain(format!("applies only if {filter}"))]);
        }
        grid(definition, preferred).print(printer);
    }
}

fn grid(definition: &Definition, preferred: [usize; 4]) -> Grid<std::vec::IntoIter<Line<'_>>> {
    let columns = HEADERS.iter().zip(preferred);
    let columns =
        columns.map(|((header, overflow), width)| Column::new(*header, *overflow).preferring(width));
    let lines = definition.levels.iter().enumerate().flat_map(move |(rank, level)| {
        let color = level.color.as_deref().unwrap_or("–");
        let rules = definition.rules_of(rank).enumerate().map(move |(index, rule)| {
            let (title, color) = if index == 0 { (level.title.as_str(), color) } else { ("", "") };
            row([title.to_owned(), color.to_owned(), rule.identifier.clone(), rule.in_words()])
        });
        let without = (definition.rules_of(rank).next().is_none()).then(|| {
            let holds = if rank == 0 { "always: the base level" } else { "never: it has no rules" };
            row([level.title.as_str(), color, "–", holds])
        });
        rules.chain(without)
    });
    Grid::new(columns.collect(), lines.collect::<Vec<_>>().into_iter())
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
    /// The filter in plain words.
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
    /// The query in plain words.
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
