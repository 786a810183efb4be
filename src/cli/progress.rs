//! How far the program has come, on standard error: only on a terminal, and only when it takes longer
//! than a second.

use dora_score::Progress;
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

const FIRST: Duration = Duration::from_secs(1);
const BETWEEN: Duration = Duration::from_millis(200);

/// A line that is written over and over.
pub(crate) struct Line {
    shows: bool,
    start: Instant,
    last: Option<Instant>,
    /// Bytes of all inputs, where they are known.
    total: Option<u64>,
}

impl Line {
    pub(crate) fn new(quiet: bool, total: Option<u64>) -> Self {
        Self { shows: !quiet && std::io::stderr().is_terminal(), start: Instant::now(), last: None, total }
    }

    pub(crate) fn update(&mut self, progress: Progress) {
        if !self.shows {
            return;
        }
        let now = Instant::now();
        if now - self.start < FIRST || self.last.is_some_and(|last| now - last < BETWEEN) {
            return;
        }
        self.last = Some(now);
        let share = match self.total {
            Some(total) if total > 0 => format!(" ({}%)", progress.bytes.min(total) * 100 / total),
            _ => String::new(),
        };
        let line = format!("graded {} entities, {} MB{share}", progress.entities, progress.bytes / 1_000_000);
        // a terminal that has gone away is no reason to stop
        drop(write!(std::io::stderr(), "\r\x1b[K{line}"));
    }

    /// Takes the line away.
    pub(crate) fn clear(&self) {
        if self.last.is_some() {
            drop(write!(std::io::stderr(), "\r\x1b[K"));
        }
    }
}
