//! Counts the steps of a search, so that it ends soon and at the same place on every machine.

/// The steps that a search may still take. A step is about as much work as one comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Steps {
    left: usize,
}

impl Steps {
    pub(super) fn new(left: usize) -> Self {
        Self { left }
    }

    /// Takes steps. If not enough are left, takes the rest and returns `false`.
    pub(super) fn take(&mut self, count: usize) -> bool {
        let is_enough = count <= self.left;
        self.left = self.left.saturating_sub(count);
        is_enough
    }

    /// The number of steps left.
    pub(super) fn left(&self) -> usize {
        self.left
    }

    /// Splits off all steps beyond `most`.
    pub(super) fn beyond(&mut self, most: usize) -> Self {
        let beyond = self.left.saturating_sub(most);
        self.left -= beyond;
        Self { left: beyond }
    }

    /// Splits off an equal share for the first of `parts` parts.
    pub(super) fn share(&mut self, parts: usize) -> Self {
        let share = self.left / parts.max(1);
        self.left -= share;
        Self { left: share }
    }

    /// Gives back steps that were not taken.
    pub(super) fn put_back(&mut self, unused: &Self) {
        self.left += unused.left;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_end_and_do_not_come_back() {
        let mut steps = Steps::new(5);
        assert!(steps.take(3) && steps.take(2));
        assert!(!steps.take(1) && steps.left() == 0);
        let mut steps = Steps::new(5);
        assert!(!steps.take(6) && !steps.take(1));
    }

    #[test]
    fn a_share_that_is_not_used_is_left_for_the_others() {
        let mut steps = Steps::new(9);
        let mut share = steps.share(3);
        assert_eq!((share.left(), steps.left()), (3, 6));
        share.take(1);
        steps.put_back(&share);
        assert_eq!(steps.left(), 8);
    }
}
