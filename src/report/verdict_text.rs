//! The verdict as text, which the command line prints on standard error.

use super::verdict::{Shortfall, heading, more_results, sentence, shortfalls};
use crate::grade::{GateOutcome, Verdict};
use crate::scorecard::Scorecards;
use crate::terminal::{DIM, Printer, STRONG, STRONG_BAD, STRONG_GOOD, Screen, Span, print_to_string};

impl Verdict {
    /// Returns the verdict as text for a screen: the first results below their minimum with their reasons, then a
    /// line with the outcome and the counts, without a line feed at the end.
    ///
    /// # Panics
    /// If `scorecards` are not the scorecards that graded the results.
    #[doc(hidden)] // like `crate::program`: only the program, its tests and its benchmarks use it
    pub fn render(&self, scorecards: &Scorecards, screen: Screen) -> String {
        let mut text = print_to_string(screen, |printer| self.print(scorecards, printer));
        text.truncate(text.trim_end_matches('\n').len());
        text
    }

    fn print(&self, scorecards: &Scorecards, printer: &mut Printer<'_>) {
        for shortfall in shortfalls(self, scorecards) {
            print_shortfall(&shortfall, printer);
        }
        let more = self.failures().saturating_sub(self.unmet().count() as u64);
        if more > 0 {
            printer.message(0, &[], &[Span::new(more_results(more), DIM)]);
        }
        let outcome = self.outcome();
        let style = if outcome == GateOutcome::Passed { STRONG_GOOD } else { STRONG_BAD };
        let sentence = sentence(self, scorecards);
        printer.message(0, &[], &[Span::new(heading(outcome), style), Span::plain(format!(": {sentence}"))]);
    }
}

/// Prints a result below its minimum, and a line for each reason.
fn print_shortfall(shortfall: &Shortfall<'_>, printer: &mut Printer<'_>) {
    let Shortfall { entity, scorecard_id, reasons, .. } = shortfall;
    let entity = Span::new(entity.as_ref(), STRONG);
    let rest = Span::plain(format!(" {scorecard_id}: {}", shortfall.gap()));
    printer.message(0, &[Span::new("✘ ", STRONG_BAD)], &[entity, rest]);
    for reason in reasons {
        let rule = reason.rule.as_ref().map(|rule| Span::new(format!("{rule}:"), DIM));
        let text = Span::plain(format!("{}{}", if rule.is_some() { " " } else { "" }, reason.text));
        let spans: Vec<Span<'_>> = rule.into_iter().chain([text]).collect();
        printer.message(4, &[], &spans);
    }
}
