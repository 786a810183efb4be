//! `json` and `ndjson`: the result document, or only its entities. Both are written while entities are graded.

use super::{Collected, Context, EntityWriter, Report, Totals};
use crate::grade::Graded;
use crate::result::{EntityEncoder, SEPARATOR, Summary, head, tail};
use std::io::{Result, Write};

/// The whole document.
pub(super) struct Document<'c> {
    pub(super) context: Context<'c>,
}

/// Only the entities, one per line.
pub(super) struct EntityLines<'c> {
    pub(super) context: Context<'c>,
}

impl Report for Document<'_> {
    fn wants_rule_counts(&self) -> bool {
        true
    }

    fn wants_team_counts(&self) -> bool {
        self.context.display.by_team
    }

    fn entity_writer(&self) -> Option<Box<dyn EntityWriter + '_>> {
        Some(Box::new(InDocument(EntityEncoder::new(&self.context.display.shown))))
    }

    fn separator(&self) -> &'static [u8] {
        SEPARATOR
    }

    fn begin(&self, out: &mut Vec<u8>) {
        head(self.context.scorecards.as_of(), out);
    }

    fn finish(&self, totals: &Totals<'_>, _: &mut Collected, out: &mut dyn Write) -> Result<()> {
        let mut text = Vec::new();
        tail(&Summary::new(self.context.scorecards, totals.tally), &mut text);
        out.write_all(&text)
    }
}

impl Report for EntityLines<'_> {
    fn entity_writer(&self) -> Option<Box<dyn EntityWriter + '_>> {
        Some(Box::new(OnLine(EntityEncoder::new(&self.context.display.shown))))
    }

    fn finish(&self, _: &Totals<'_>, _: &mut Collected, _: &mut dyn Write) -> Result<()> {
        Ok(())
    }
}

struct InDocument(EntityEncoder);

impl EntityWriter for InDocument {
    fn write(&mut self, graded: &Graded<'_>, out: &mut Vec<u8>) {
        self.0.encode(graded, out);
    }
}

/// Ends the line of each entity at once, so that every printed line is complete even if the input turns out to
/// be invalid later.
struct OnLine(EntityEncoder);

impl EntityWriter for OnLine {
    fn write(&mut self, graded: &Graded<'_>, out: &mut Vec<u8>) {
        self.0.encode(graded, out);
        out.push(b'\n');
    }
}
