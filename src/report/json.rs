//! `json` and `ndjson`: the result document, or only its entities. Both are written while entities are graded.

use super::{Collected, Context, EntityWriter, Report, Totals};
use crate::grade::Graded;
use crate::result::{Earlier, EntityEncoder, GateSummary, SEPARATOR, Summary, head, tail};
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
        Some(Box::new(InDocument(encoder(self.context))))
    }

    fn separator(&self) -> &'static [u8] {
        SEPARATOR
    }

    fn begin(&self, out: &mut Vec<u8>) {
        let baseline = self.context.baseline.map(Earlier::record);
        head(self.context.scorecards.as_of(), baseline, out);
    }

    fn finish(&self, totals: &Totals<'_>, _: &mut Collected, out: &mut dyn Write) -> Result<()> {
        let mut text = Vec::new();
        let scorecards = self.context.scorecards;
        let gate = GateSummary::new(scorecards, totals.verdict);
        tail(&Summary::new(scorecards, totals.tally), gate.as_ref(), &mut text);
        out.write_all(&text)
    }
}

impl Report for EntityLines<'_> {
    fn entity_writer(&self) -> Option<Box<dyn EntityWriter + '_>> {
        Some(Box::new(OnLine(encoder(self.context))))
    }

    fn finish(&self, _: &Totals<'_>, _: &mut Collected, _: &mut dyn Write) -> Result<()> {
        Ok(())
    }
}

fn encoder(context: Context<'_>) -> EntityEncoder<'_> {
    EntityEncoder::new(context.gate, &context.display.shown).with_baseline(context.baseline)
}

struct InDocument<'c>(EntityEncoder<'c>);

impl EntityWriter for InDocument<'_> {
    fn write(&mut self, graded: &Graded<'_>, out: &mut Vec<u8>) {
        self.0.encode(graded, out);
    }
}

/// Ends the line of each entity at once, so that every printed line is complete even if the input turns out to
/// be invalid later.
struct OnLine<'c>(EntityEncoder<'c>);

impl EntityWriter for OnLine<'_> {
    fn write(&mut self, graded: &Graded<'_>, out: &mut Vec<u8>) {
        self.0.encode(graded, out);
        out.push(b'\n');
    }
}
