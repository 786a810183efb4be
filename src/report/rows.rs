//! `rows`: CSV with a line for each result, for databases and spreadsheets.
//!
//! A scorecard of another blueprint has no line. If a scorecard is not applicable, the rest of its
//! result is empty. The shown properties are the last columns, also on such a line.

use super::csv_record::{joined, record};
use super::{Collected, Context, EntityWriter, Report, Totals, property};
use crate::grade::{Graded, NoDataReason, Outcome};
use crate::result::GateStatus;
use std::io::{Result, Write};

pub(super) struct Rows<'c> {
    pub(super) context: Context<'c>,
}

/// The columns before the shown properties.
const COLUMNS: [&str; 12] = [
    "blueprint",
    "identifier",
    "title",
    "team",
    "scorecard",
    "level",
    "rank",
    "no_data",
    "passed",
    "total",
    "minimum",
    "gate",
];

impl Report for Rows<'_> {
    fn entity_writer(&self) -> Option<Box<dyn EntityWriter + '_>> {
        Some(Box::new(Writer { context: self.context }))
    }

    fn begin(&self, out: &mut Vec<u8>) {
        let Context { display, .. } = self.context;
        record(COLUMNS.into_iter().chain(property::names(display)), display.csv_raw, out);
    }

    fn finish(&self, _: &Totals<'_>, _: &mut Collected, _: &mut dyn Write) -> Result<()> {
        Ok(())
    }
}

struct Writer<'c> {
    context: Context<'c>,
}

impl EntityWriter for Writer<'_> {
    fn write(&mut self, graded: &Graded<'_>, out: &mut Vec<u8>) {
        let (entity, display) = (graded.entity(), self.context.display);
        let team = joined(entity.team());
        let names = [graded.blueprint(), entity.identifier(), entity.title(), &team];
        let shown = property::texts(display, entity);
        for outcome in graded.outcomes() {
            let scorecard = outcome.scorecard().identifier.as_str();
            let (numbers, texts) = self.result(&outcome);
            let [rank, passed, total] = numbers.each_ref().map(String::as_str);
            let [level, no_data, minimum, gate] = texts;
            let result = [scorecard, level, rank, no_data, passed, total, minimum, gate];
            let fields = names.into_iter().chain(result).chain(shown.iter().map(String::as_str));
            record(fields, display.csv_raw, out);
        }
    }
}

impl<'c> Writer<'c> {
    /// The rank and the counts of rules, and the texts of a result: its level, the reason for no data, the minimum and the
    /// judgement of the gate.
    fn result(&self, outcome: &Outcome<'_>) -> ([String; 3], [&'c str; 4]) {
        let Some(standing) = outcome.standing() else { return Default::default() };
        let definition = self.context.definition(outcome.index());
        let passed = outcome.rules().filter(|(_, passes)| *passes).count();
        let numbers = [standing.level, passed, definition.rules.len()].map(|number| number.to_string());
        let minimum = self.context.gate.requirement(outcome.index());
        let texts = [
            definition.level_title(standing.level),
            standing.no_data.map_or("", NoDataReason::name),
            minimum.map_or("", |minimum| definition.level_title(minimum.level)),
            GateStatus::of(self.context.gate.judge(outcome)).map_or("", GateStatus::name),
        ];
        (numbers, texts)
    }
}
