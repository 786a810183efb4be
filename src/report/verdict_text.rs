//! The verdict as the command line prints it on standard error.

use super::verdict::{Shortfall, heading, sentence};
use crate::grade::{GateOutcome, Verdict};
use crate::scorecard::Scorecards;
use anstyle::{AnsiColor, Style};

const RED: Style = AnsiColor::Red.on_default().bold();
const GREEN: Style = AnsiColor::Green.on_default().bold();
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

impl Verdict {
    /// The verdict as styled text for a terminal: the first results below their minimum with the reasons,
    /// then a line with the outcome and the counts. No line feed at the end.
    ///
    /// # Panics
    /// If the verdict is on results of other scorecards.
    pub fn render(&self, scorecards: &Scorecards) -> String {
        let mut text = String::new();
        for shortfall in self.shortfalls(scorecards) {
            text += &entry(&shortfall);
        }
        let more = self.counts.failed.saturating_sub(self.unmet.len() as u64);
        if more > 0 {
            text +=
                &format!("{DIM}… and {more} more; `-f junit=FILE` or `-f csv=FILE` has them all{DIM:#}\n");
        }
        let outcome = self.counts.outcome();
        let style = if outcome == GateOutcome::Passed { GREEN } else { RED };
        text + &format!("{style}{}{style:#}: {}", heading(outcome), sentence(&self.counts))
    }

    #[expect(clippy::expect_used, reason = "results are indexed by the scorecards that graded them")]
    fn shortfalls<'v>(&'v self, scorecards: &'v Scorecards) -> impl Iterator<Item = Shortfall<'v>> {
        self.unmet.iter().map(|unmet| {
            let definition = scorecards.definitions().get(unmet.scorecard);
            Shortfall::of_unmet(unmet, definition.expect("the result is of one of the scorecards"))
        })
    }
}

/// A result below its minimum, and a line for each reason.
fn entry(shortfall: &Shortfall<'_>) -> String {
    let Shortfall { entity, scorecard_id, reasons, .. } = shortfall;
    let mut text = format!("{RED}✘{RED:#} {BOLD}{entity}{BOLD:#} {scorecard_id}: {}\n", shortfall.gap());
    for reason in reasons {
        text += &match &reason.rule {
            Some(rule) => format!("    {DIM}{rule}:{DIM:#} {}\n", reason.text),
            None => format!("    {}\n", reason.text),
        };
    }
    text
}
