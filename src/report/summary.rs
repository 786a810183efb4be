//! `summary`: only the distribution of each scorecard, for large inputs.

use super::distribution::{sections, teams};
use super::distribution_text::{distribution, distribution_by_team, heading, print_heading};
use super::{Collected, Context, Report, Totals};
use crate::terminal::{Printer, counted};
use std::io::{Result, Write};

pub(super) struct Summary<'c> {
    pub(super) context: Context<'c>,
}

impl Report for Summary<'_> {
    fn wants_team_counts(&self) -> bool {
        self.context.display.by_team
    }

    fn finish(&self, totals: &Totals<'_>, _: &mut Collected, out: &mut dyn Write) -> Result<()> {
        let mut printer = Printer::new(self.context.screen, out);
        let sections = sections(self.context, totals.tally);
        print_heading(self.context, totals, sections.is_empty(), &mut printer);
        for (index, section) in sections.iter().enumerate() {
            if index > 0 {
                printer.gap();
            }
            let count = counted(section.entities, "entity", "entities");
            heading(section.blueprint, &count, &mut printer);
            printer.gap();
            distribution(section, &mut printer);
            distribution_by_team(section, &teams(self.context, totals.tally, section), &mut printer);
        }
        printer.finish()
    }
}
