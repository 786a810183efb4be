//! `github`: workflow annotations for what falls below the minimum, then the count.
//!
//! Every line is a command of ours; text of users is only ever its escaped data, so that it can not
//! become a command of its own.

use super::distribution::sections;
use super::unmet::{End, Shortfall, shortfalls, verdict};
use super::{Context, Report, Totals};
use crate::markup;
use crate::terminal::{clean, counted};

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
        let (end, counts) = verdict(totals.verdict);
        match end {
            End::Passed => command("notice", "gate passed", &counts, out),
            End::Failed => command("notice", "gate failed", &counts, out),
            End::NothingToJudge => command("warning", "nothing to judge", &counts, out),
        }
    }
}

impl Github<'_> {
    /// A line for each scorecard: how many entities are at which level.
    fn distribution(&self, totals: &Totals<'_>) -> String {
        let mut lines = vec![format!("{} graded", counted(totals.tally.entities, "entity", "entities"))];
        for card in sections(self.context, totals.tally).iter().flat_map(|section| &section.cards) {
            let mut counts: Vec<String> =
                card.levels().map(|(level, count)| format!("{count} {}", clean(&level.title))).collect();
            for (count, what) in [(card.no_data, "no data"), (card.not_applicable, "not applicable")] {
                if count > 0 {
                    counts.push(format!("{count} {what}"));
                }
            }
            lines.push(format!("{}: {}", card.title, counts.join(", ")));
        }
        lines.join("\n")
    }
}

fn error(shortfall: &Shortfall<'_>, out: &mut Vec<u8>) {
    let Shortfall { scorecard, level, minimum, reasons, .. } = shortfall;
    let title = format!("{}: {scorecard} is {level}, minimum {minimum}", shortfall.name());
    command("error", &title, &reasons.join("\n"), out);
}

fn command(name: &str, title: &str, message: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(markup::command(name, &[("title", title)], message).as_bytes());
}
