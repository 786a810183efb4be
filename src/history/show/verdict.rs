//! The verdicts of `--fail-on`, which the command line prints on standard error: the first culprits, then a line with
//! the outcome.

use super::{trend_words, words};
use crate::history::compare::Diff;
use crate::history::fail_on::{FailOutcome, FailRule};
use crate::history::trend::Trend;
use crate::terminal::{
    Cell, DIM, STRONG, STRONG_BAD, STRONG_GOOD, Screen, Span, counted, print_to_string, thousands,
};

/// The maximum number of culprits that a verdict lists.
const MOST: usize = 20;

/// The verdict of a comparison, without a line feed at the end.
pub(crate) fn verdict(diff: &Diff<'_>, rule: &FailRule<'_>, screen: Screen) -> String {
    let culprits = rule.culprits().map(|culprit| {
        let name = culprit.entity.as_ref().map(|moved| Span::new(moved.names.identifier, STRONG));
        let gap = if name.is_some() { " " } else { "" };
        let text = Span::plain(format!("{gap}{}", words::culprit(diff, &culprit)));
        name.into_iter().chain([text]).collect()
    });
    let outcome = rule.outcome();
    let style = if outcome == FailOutcome::Passed { STRONG_GOOD } else { STRONG_BAD };
    let heading = Span::new(words::heading(outcome), style);
    print(culprits, heading, &words::sentence(rule), screen)
}

/// The verdict of a trend, without a line feed at the end.
pub(crate) fn trend_verdict(trend: &Trend<'_>, screen: Screen) -> String {
    let culprits = trend.stuck.iter().flat_map(|(entity, stuck)| {
        let names = trend.names(*entity);
        stuck.iter().map(move |one| {
            let (card, level, since) = trend_words::stuck(trend, one);
            let text = Span::plain(format!(" {card}: {level} since {since}"));
            vec![Span::new(names.identifier, STRONG), text]
        })
    });
    let count = counted(trend.stuck.len() as u64, "entity is stuck", "entities are stuck");
    let (heading, sentence) = if !trend.can_be_stuck() {
        let needed = trend.options.dates;
        let reason = match trend.dates.len() {
            dates if dates < needed => format!("{dates} dates, but `--for` needs {needed}"),
            _ => "the last date has no results".to_owned(),
        };
        (Span::new("nothing to judge", STRONG_BAD), reason)
    } else if trend.stuck.is_empty() {
        (Span::new("passed", STRONG_GOOD), "nobody is stuck".to_owned())
    } else {
        (Span::new("failed", STRONG_BAD), count)
    };
    print(culprits, heading, &sentence, screen)
}

fn print<'c>(
    culprits: impl Iterator<Item = Cell<'c>>,
    heading: Span<'static>,
    sentence: &str,
    screen: Screen,
) -> String {
    let mut text = print_to_string(screen, |printer| {
        let mut count = 0_usize;
        for culprit in culprits {
            count += 1;
            if count <= MOST {
                printer.message(0, &[Span::new("✘ ", STRONG_BAD)], &culprit);
            }
        }
        if count > MOST {
            let more = format!("… and {} more", thousands((count - MOST) as u64));
            printer.message(0, &[], &[Span::new(more, DIM)]);
        }
        printer.message(0, &[], &[heading, Span::plain(format!(": {sentence}"))]);
    });
    text.truncate(text.trim_end_matches('\n').len());
    text
}
