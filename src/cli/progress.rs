//! A line with the progress of a long run, on standard error: only on a terminal, and only after a second.

use crate::entity::Progress;
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// The line appears after this time, so a shorter run shows nothing.
const FIRST: Duration = Duration::from_secs(1);
/// The shortest time between two updates.
const BETWEEN: Duration = Duration::from_millis(100);

/// For inputs of a known size: percentage, rate and time left.
const BAR: &str = "{wide_bar} {percent:>3}%  {msg}, {decimal_bytes_per_sec}, {eta} left";
/// For inputs of an unknown size, such as standard input: bytes and rate.
const SPINNER: &str = "{spinner} {msg}, {decimal_bytes}, {decimal_bytes_per_sec}";

/// A line at the bottom of the terminal. Without a terminal it costs nothing.
pub(crate) struct Line {
    bar: Option<ProgressBar>,
    /// The plural of the elements that are read: `entities`.
    noun: &'static str,
    start: Instant,
    last: Instant,
}

impl Line {
    /// A line that is not shown yet. `total` is the size of the inputs in bytes. With `quiet` the line is never shown.
    pub(crate) fn new(quiet: bool, total: Option<u64>) -> Self {
        let is_wanted = !quiet && std::io::stderr().is_terminal();
        let start = Instant::now();
        Self { bar: is_wanted.then(|| hidden(total)), noun: "entities", start, last: start }
    }

    /// The same line for something other than entities.
    pub(crate) fn of(self, noun: &'static str) -> Self {
        Self { noun, ..self }
    }

    /// Shows the progress, if the last update is long enough ago.
    pub(crate) fn update(&mut self, progress: Progress) {
        let Some(bar) = &self.bar else { return };
        let now = Instant::now();
        if now - self.last < BETWEEN {
            return;
        }
        self.last = now;
        if bar.is_hidden() && now - self.start >= FIRST {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        bar.set_message(format!("{} {}", HumanCount(progress.elements), self.noun));
        bar.set_position(progress.bytes);
        bar.tick();
    }

    /// Removes the line.
    pub(crate) fn clear(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }
}

/// A bar that measures the rate but is not drawn.
fn hidden(total: Option<u64>) -> ProgressBar {
    let template = if total.is_some() { BAR } else { SPINNER };
    #[expect(clippy::expect_used, reason = "the templates are constants, which a test draws")]
    let style = ProgressStyle::with_template(template).expect("the template is valid");
    let bar = ProgressBar::with_draw_target(total, ProgressDrawTarget::hidden());
    bar.with_style(style.progress_chars("█▉▊▋▌▍▎▏ "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_templates_are_valid() {
        for total in [None, Some(1_000_000)] {
            hidden(total).finish_and_clear();
        }
    }
}
