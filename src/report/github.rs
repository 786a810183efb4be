//! `github`: annotations of GitHub Actions for results below their minimum, then the verdict.
//!
//! Every line is one workflow command. User text is always escaped data of a command, so it cannot become a
//! command itself.

use super::distribution::sections;
use super::verdict::{Shortfall, heading, sentence, shortfalls};
use super::{Context, Report, Totals};
use crate::grade::GateOutcome;
use crate::markup;
use crate::terminal::{clean, counted, thousands};

pub(super) struct Github<'c> {
    pub(super) context: Context<'c>,
}

impl Report for Github<'_> {
    fn wants_rows(&self) -> bool {
        !self.context.gate.is_open()
    }

    fn finish(&self, totals: &Totals<'_>, out: &mut Vec<u8>) {
        if self.context.gate.is_open() {
            command("notice", "dora-score", &self.distribution(totals), out);
            return;
        }
        for shortfall in shortfalls(self.context, totals) {
            error(&shortfall, out);
        }
        let counts = &totals.verdict.counts;
        let outcome = counts.outcome();
        let name = match outcome {
            GateOutcome::Passed | GateOutcome::Failed => "notice",
            GateOutcome::NothingToJudge => "warning",
        };
        command(name, heading(outcome), &sentence(counts), out);
    }
}

impl Github<'_> {
    /// A line for each scorecard with how many entities hold each level.
    fn distribution(&self, totals: &Totals<'_>) -> String {
        let mut lines = vec![format!("{} graded", counted(totals.tally.entities, "entity", "entities"))];
        for card in sections(self.context, totals.tally).iter().flat_map(|section| &section.cards) {
            let mut counts: Vec<String> = card
                .levels()
                .map(|(level, count)| format!("{} {}", thousands(count), clean(&level.title)))
                .collect();
            for (count, what) in [(card.no_data, "no data"), (card.not_applicable, "not applicable")] {
                if count > 0 {
                    counts.push(format!("{} {what}", thousands(count)));
                }
            }
            lines.push(format!("{}: {}", card.title, counts.join(", ")));
        }
        lines.join("\n")
    }
}

fn error(shortfall: &Shortfall<'_>, out: &mut Vec<u8>) {
    let title = format!("{}: {} is {}", shortfall.name(), shortfall.scorecard, shortfall.gap());
    command("error", &title, &shortfall.reasons("\n"), out);
}

fn command(name: &str, title: &str, message: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(markup::command(name, &[("title", title)], message).as_bytes());
}
