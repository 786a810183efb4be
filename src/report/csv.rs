//! `csv`: a row for each entity and a column for each scorecard, quoted as in RFC 4180. The last column has the
//! identifiers of the scorecards without data.
//!
//! Scorecards of different blueprints with the same identifier share a column, because an entity has only one
//! blueprint. A field is empty if the scorecard grades another blueprint, and `–` if it is not applicable.

use super::csv_record::{SEPARATOR, joined, record};
use super::property::shown_exactly;
use super::{Collected, Context, EntityWriter, Report, Totals};
use crate::grade::Graded;
use crate::scorecard::Scorecards;
use std::io::{Result, Write};

pub(super) struct Csv<'c> {
    pub(super) context: Context<'c>,
}

impl Report for Csv<'_> {
    fn entity_writer(&self) -> Option<Box<dyn EntityWriter + '_>> {
        let identifiers = columns(self.context);
        let definitions = self.context.scorecards.definitions().iter();
        let columns = definitions
            .map(|definition| identifiers.iter().position(|column| *column == definition.identifier));
        let levels = vec![""; identifiers.len()];
        Some(Box::new(Writer {
            context: self.context,
            columns: columns.collect(),
            levels,
            no_data: String::new(),
        }))
    }

    fn begin(&self, out: &mut Vec<u8>) {
        let shown = self.context.display.shown.iter().map(|(name, _)| name.as_str());
        let names = ["identifier", "title", "blueprint", "team"]
            .into_iter()
            .chain(shown)
            .chain(columns(self.context))
            .chain(["no_data"]);
        record(names, self.context.display.csv_raw, out);
    }

    fn finish(&self, _: &Totals<'_>, _: &mut Collected, _: &mut dyn Write) -> Result<()> {
        Ok(())
    }
}

/// The identifiers of the scorecards, without duplicates.
fn columns(context: Context<'_>) -> Vec<&str> {
    let scorecards: &Scorecards = context.scorecards;
    let mut columns: Vec<&str> = Vec::new();
    for definition in scorecards.definitions() {
        let identifier = definition.identifier.as_str();
        if !columns.contains(&identifier) {
            columns.push(identifier);
        }
    }
    columns
}

struct Writer<'c> {
    context: Context<'c>,
    /// The column of each scorecard; `None` if it is not shown.
    columns: Vec<Option<usize>>,
    /// The level of the current entity in each column.
    levels: Vec<&'c str>,
    /// The identifiers of the scorecards in which the current entity has no data.
    no_data: String,
}

impl EntityWriter for Writer<'_> {
    fn write(&mut self, graded: &Graded<'_>, out: &mut Vec<u8>) {
        let entity = graded.entity();
        self.levels.fill("");
        self.no_data.clear();
        for outcome in graded.outcomes() {
            if outcome.standing().is_some_and(|standing| standing.no_data.is_some()) {
                self.no_data.push_str(if self.no_data.is_empty() { "" } else { SEPARATOR });
                self.no_data.push_str(&outcome.scorecard().identifier);
            }
            let column = self.columns.get(outcome.index()).copied().flatten();
            if let Some(field) = column.and_then(|column| self.levels.get_mut(column)) {
                let definition = self.context.definition(outcome.index());
                *field = outcome.standing().map_or("–", |standing| definition.level_title(standing.level));
            }
        }
        let team = joined(entity.team());
        let is_raw = self.context.display.csv_raw;
        let names = [entity.identifier(), entity.title(), graded.blueprint(), &team];
        let results = self.levels.iter().copied().chain([self.no_data.as_str()]);
        if self.context.display.shown.is_empty() {
            record(names.into_iter().chain(results), is_raw, out);
        } else {
            let shown: Vec<String> = self
                .context
                .display
                .shown
                .iter()
                .map(|(_, slot)| shown_exactly(entity.value(*slot)))
                .collect();
            let shown = shown.iter().map(String::as_str);
            record(names.into_iter().chain(shown).chain(results), is_raw, out);
        }
    }
}
