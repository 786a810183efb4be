//! Bounds the work of the analysis by counting steps, so that the findings are the same on every machine.

use std::cell::Cell;
use std::rc::Rc;

/// The steps left for all searches of one scorecard, shared by its spaces.
#[derive(Debug, Clone)]
pub(in crate::lint) struct Budget(Rc<Cell<u64>>);

impl Budget {
    pub(in crate::lint) fn new(steps: u64) -> Self {
        Self(Rc::new(Cell::new(steps)))
    }

    /// The number of steps that are left.
    pub(in crate::lint) fn left(&self) -> u64 {
        self.0.get()
    }

    /// Takes steps for work outside of a search. Returns `false` if there are not enough.
    pub(in crate::lint) fn take(&self, count: u64) -> bool {
        let left = self.0.get();
        self.0.set(left.saturating_sub(count));
        left > count
    }

    /// Steps for one search, at most `most`. What is left of them must be given back.
    pub(super) fn start(&self, most: u64) -> Steps {
        let left = most.min(self.0.get());
        self.0.set(self.0.get() - left);
        Steps { left }
    }

    pub(super) fn give_back(&self, steps: &Steps) {
        self.0.set(self.0.get() + steps.left);
    }
}

/// The steps left for one search.
pub(super) struct Steps {
    left: u64,
}

impl Steps {
    /// Takes steps. Returns `false` if there are not enough: then nothing can be proved.
    pub(super) fn take(&mut self, count: u64) -> bool {
        self.left = self.left.saturating_sub(count);
        self.left > 0
    }
}
