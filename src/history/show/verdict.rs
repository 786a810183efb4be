//! The verdict of `--fail-on`, which the command line prints on standard error.

use super::words;
use crate::history::compare::Diff;
use crate::history::fail_on::{FailOutcome, FailRule};
use crate::terminal::{DIM, STRONG, STRONG_BAD, STRONG_GOOD, Screen, Span, print_to_string, thousands};

/// The maximum number of changes that the verdict lists.
const MOST: usize = 20;

/// The first changes that fail, then a line with the outcome, without a line feed at the end.
pub(crate) fn verdict(diff: &Diff<'_>, rule: &FailRule<'_>, screen: Screen) -> String {
    let mut text = print_to_string(screen, |printer| {
        let mut count = 0_usize;
        for culprit in rule.culprits() {
            count += 1;
            if count > MOST {
                continue;
            }
            let mut spans = Vec::new();
            if let Some(moved) = &culprit.entity {
                spans.push(Span::new(format!("{} ", moved.names.identifier), STRONG));
            }
            spans.push(Span::plain(words::culprit(diff, &culprit)));
            printer.message(0, &[Span::new("✘ ", STRONG_BAD)], &spans);
        }
        if count > MOST {
            let more = format!("… and {} more", thousands((count - MOST) as u64));
            printer.message(0, &[], &[Span::new(more, DIM)]);
        }
        let outcome = rule.outcome();
        let style = if outcome == FailOutcome::Passed { STRONG_GOOD } else { STRONG_BAD };
        let sentence = Span::plain(format!(": {}", words::sentence(rule)));
        printer.message(0, &[], &[Span::new(words::heading(outcome), style), sentence]);
    });
    text.truncate(text.trim_end_matches('\n').len());
    text
}
