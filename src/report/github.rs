//! `github`: annotations of GitHub Actions for the first results below their minimum, then the verdict.
//!
//! GitHub shows at most ten annotations of a kind for each step, so there are at most nine results and the verdict,
//! which has the count of all.
//!
//! Every line is one workflow command. User text is always escaped data of a command, so it cannot become a
//! command itself.

use super::comparison::baseline_line;
use super::distribution::sections;
use super::scope::Scoped;
use super::verdict::{Shortfall, heading, more_results, sentence, shortfalls, waived};
use super::{Collected, Context, Report, Totals};
use crate::grade::GateOutcome;
use crate::markup;
use crate::terminal::{clean, counted, thousands};
use crate::waiver::Waiver;
use std::io::{Result, Write};

pub(super) struct Github<'c> {
    pub(super) context: Context<'c>,
}

/// The maximum number of results. The verdict of a comparison takes the place of one.
const MAX_RESULTS: usize = 9;

impl Report for Github<'_> {
    fn finish(&self, totals: &Totals<'_>, _: &mut Collected, out: &mut dyn Write) -> Result<()> {
        let verdict = totals.comparison.and_then(|comparison| comparison.verdict());
        if let Some(verdict) = &verdict {
            let culprits: String = verdict.culprits.iter().map(|culprit| format!("\n{culprit}")).collect();
            let sentence = format!("{}{culprits}{}", verdict.sentence, self.baseline());
            command(severity(verdict.outcome), verdict.heading, &sentence, out)?;
        }
        if self.context.gate.is_open() {
            let text = format!("{}{}", self.distribution(totals), self.baseline());
            return command("notice", "dora-score", &text, out);
        }
        let most = MAX_RESULTS - usize::from(verdict.is_some());
        for shortfall in shortfalls(totals.verdict, self.context.scorecards).take(most) {
            error(&shortfall, out)?;
        }
        for (unmet, waiver) in totals.verdict.waived() {
            let shortfall = Shortfall::of_unmet(unmet, self.context.definition(unmet.scorecard));
            notice(&shortfall, self.context.gate.waivers().get(waiver), out)?;
        }
        let outcome = totals.verdict.outcome();
        let more = totals.verdict.failures().saturating_sub(most as u64);
        let more = if more > 0 { format!("\n{}", more_results(more)) } else { String::new() };
        let scope = match Scoped::new(self.context.scope, totals.tally) {
            Some(scoped) => format!("\n{}", scoped.line()),
            None => String::new(),
        };
        let sentence = sentence(totals.verdict, self.context.scorecards);
        let text = format!("{sentence}{more}{scope}{}", self.baseline());
        command(severity(outcome), heading(outcome), &text, out)
    }
}

/// The kind of annotation of a verdict.
fn severity(outcome: GateOutcome) -> &'static str {
    match outcome {
        GateOutcome::Passed => "notice",
        GateOutcome::Failed => "error",
        GateOutcome::NothingToJudge => "warning",
    }
}

impl Github<'_> {
    /// A line that says which baseline was used; empty without one.
    fn baseline(&self) -> String {
        self.context.baseline.map(|baseline| format!("\n{}", baseline_line(baseline))).unwrap_or_default()
    }

    /// A line for each scorecard with how many entities hold each level.
    fn distribution(&self, totals: &Totals<'_>) -> String {
        let mut lines = vec![match Scoped::new(self.context.scope, totals.tally) {
            Some(Scoped { count, conditions }) => format!("{count} graded, {conditions}"),
            None => format!("{} graded", counted(totals.tally.entities, "entity", "entities")),
        }];
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

/// Tells a result that a waiver excuses.
fn notice(shortfall: &Shortfall<'_>, waiver: &Waiver, out: &mut dyn Write) -> Result<()> {
    command("notice", &title(shortfall), &waived(waiver), out)
}

fn title(shortfall: &Shortfall<'_>) -> String {
    format!("{}: {} is {}", shortfall.name(), shortfall.scorecard, shortfall.gap())
}

fn error(shortfall: &Shortfall<'_>, out: &mut dyn Write) -> Result<()> {
    command("error", &title(shortfall), &shortfall.reasons("\n"), out)
}

fn command(name: &str, title: &str, message: &str, out: &mut dyn Write) -> Result<()> {
    out.write_all(markup::command(name, &[("title", title)], message).as_bytes())
}
