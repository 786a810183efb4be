//! Counts of one scorecard.

#![expect(clippy::expect_used, reason = "the counts and the results are of the same scorecard")]

use super::grader::Outcome;

/// Counts of one scorecard.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct CardTally {
    /// Entities of its blueprint that its filter excludes.
    pub(crate) not_applicable: u64,
    /// Entities at each level.
    pub(crate) levels: Vec<u64>,
    /// How many of the entities at each level have no data.
    pub(crate) no_data: Vec<u64>,
    /// Entities that pass each rule; empty unless [`Self::counting_rules`] was called.
    pub(crate) passed: Vec<u64>,
}

impl CardTally {
    /// Counts of zero for a scorecard with this number of levels.
    pub(crate) fn new(levels: usize) -> Self {
        Self { levels: vec![0; levels], no_data: vec![0; levels], ..Self::default() }
    }

    /// Also counts how many entities pass each of this number of rules.
    pub(super) fn counting_rules(self, rules: usize) -> Self {
        Self { passed: vec![0; rules], ..self }
    }

    /// Counts one result.
    #[inline]
    pub(crate) fn count(&mut self, outcome: &Outcome<'_>) {
        let Some(standing) = outcome.standing() else {
            self.not_applicable += 1;
            return;
        };
        *self.levels.get_mut(standing.level).expect("every level has its count") += 1;
        if standing.no_data.is_some() {
            *self.no_data.get_mut(standing.level).expect("every level has its count") += 1;
        }
        for (count, (_, passes)) in self.passed.iter_mut().zip(outcome.rules()) {
            *count += u64::from(passes);
        }
    }

    /// Adds other counts, and resets those to zero.
    pub(crate) fn absorb(&mut self, other: &mut Self) {
        self.not_applicable += std::mem::take(&mut other.not_applicable);
        let levels = self.levels.iter_mut().zip(&mut other.levels);
        let no_data = self.no_data.iter_mut().zip(&mut other.no_data);
        for (count, other) in levels.chain(no_data).chain(self.passed.iter_mut().zip(&mut other.passed)) {
            *count += std::mem::take(other);
        }
    }

    /// Entities of its blueprint.
    pub(crate) fn entities(&self) -> u64 {
        self.graded() + self.not_applicable
    }

    /// Entities that it graded, including those without data.
    pub(crate) fn graded(&self) -> u64 {
        self.levels.iter().sum()
    }

    /// Graded entities without data.
    pub(crate) fn without_data(&self) -> u64 {
        self.no_data.iter().sum()
    }

    /// How many entities hold each level, without the results that have no data.
    pub(crate) fn with_data(&self) -> impl Iterator<Item = u64> {
        self.levels.iter().zip(&self.no_data).map(|(all, no_data)| all - no_data)
    }
}
