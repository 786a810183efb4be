//! `csv`: a row for each entity and a column for each scorecard, quoted as in RFC 4180. The last column has the
//! identifiers of the scorecards without data.
//!
//! Scorecards of different blueprints with the same identifier share a column, because an entity has only one
//! blueprint. A field is empty if the scorecard grades another blueprint, and `–` if it is not applicable.

use super::csv_record::{SEPARATOR, joined, record};
use super::{Collected, Context, EntityWriter, Report, Totals, property};
use crate::grade::Graded;
use crate::scorecard::Definition;
use std::io::{Result, Write};

pub(super) struct Csv<'c> {
    pub(super) context: Context<'c>,
}

impl Report for Csv<'_> {
    #[expect(clippy::expect_used, reason = "the columns are those of the definitions")]
    fn entity_writer(&self) -> Option<Box<dyn EntityWriter + '_>> {
        let identifiers = columns(self.context);
        let column = |definition: &Definition| {
            let column = identifiers.iter().position(|column| *column == definition.identifier);
            column.expect("each definition has a column")
        };
        let columns = self.context.scorecards.definitions().iter().map(column).collect();
        let levels = vec![""; identifiers.len()];
        Some(Box::new(Writer { context: self.context, columns, levels, no_data: String::new() }))
    }

    fn begin(&self, out: &mut Vec<u8>) {
        let Context { display, .. } = self.context;
        let names = ["identifier", "title", "blueprint", "team"]
            .into_iter()
            .chain(property::names(display))
            .chain(columns(self.context))
            .chain(["no_data"]);
        record(names, display.csv_raw, out);
    }

    fn finish(&self, _: &Totals<'_>, _: &mut Collected, _: &mut dyn Write) -> Result<()> {
        Ok(())
    }
}

/// The identifiers of the scorecards, without duplicates.
fn columns(context: Context<'_>) -> Vec<&str> {
    let mut columns: Vec<&str> = Vec::new();
    for definition in context.scorecards.definitions() {
        let identifier = definition.identifier.as_str();
        if !columns.contains(&identifier) {
            columns.push(identifier);
        }
    }
    columns
}

struct Writer<'c> {
    context: Context<'c>,
    /// The column of each scorecard.
    columns: Vec<usize>,
    /// The level of the current entity in each column.
    levels: Vec<&'c str>,
    /// The identifiers of the scorecards in which the current entity has no data.
    no_data: String,
}

impl EntityWriter for Writer<'_> {
    #[expect(clippy::expect_used, reason = "results are indexed by the scorecards that graded them")]
    fn write(&mut self, graded: &Graded<'_>, out: &mut Vec<u8>) {
        let entity = graded.entity();
        self.levels.fill("");
        self.no_data.clear();
        for outcome in graded.outcomes() {
            if outcome.standing().is_some_and(|standing| standing.no_data.is_some()) {
                self.no_data.push_str(if self.no_data.is_empty() { "" } else { SEPARATOR });
                self.no_data.push_str(&outcome.scorecard().identifier);
            }
            let column = self.columns.get(outcome.index()).expect("each scorecard has a column");
            let definition = self.context.definition(outcome.index());
            *self.levels.get_mut(*column).expect("each column has a level") =
                outcome.standing().map_or("–", |standing| definition.level_title(standing.level));
        }
        let team = joined(entity.team());
        let display = self.context.display;
        let names = [entity.identifier(), entity.title(), graded.blueprint(), &team];
        let shown = property::texts(display, entity);
        let results = self.levels.iter().copied().chain([self.no_data.as_str()]);
        let fields = names.into_iter().chain(shown.iter().map(String::as_str)).chain(results);
        record(fields, display.csv_raw, out);
    }
}
