//! Which waivers were needed.

use super::judge::{Gate, Judgement};
use crate::entity::Entity;
use crate::grade::grader::Outcome;
use crate::scorecard::{Definition, Scorecards};
use crate::waiver::Waivers;

/// The uses of one waiver. Comes from [`Verdict`](crate::Verdict), whose example shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct WaiverUse {
    /// Whether it is for some result, or for an entity outside the scope.
    pub matches: bool,
    /// Whether it has expired, and would have excused a result that fails.
    pub is_missed: bool,
}

/// The uses of each waiver of a gate, in the order of [`Waivers::list`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct WaiverUses(Vec<WaiverUse>);

impl WaiverUses {
    /// Nothing.
    pub(super) fn new(waivers: &Waivers) -> Self {
        Self(vec![WaiverUse::default(); waivers.list().len()])
    }

    /// The uses in the blocks that follow. A waiver that is known to match need not be looked for again.
    pub(super) fn next_block(&self) -> Self {
        let next = |one: &WaiverUse| WaiverUse { matches: one.matches, ..WaiverUse::default() };
        Self(self.0.iter().map(next).collect())
    }

    pub(super) fn list(&self) -> &[WaiverUse] {
        &self.0
    }

    /// Adds other uses.
    pub(super) fn absorb(&mut self, other: &Self) {
        for (one, other) in self.0.iter_mut().zip(&other.0) {
            one.matches |= other.matches;
            one.is_missed |= other.is_missed;
        }
    }

    /// Notes a judged result. `waivers` are those of its entity.
    pub(super) fn count(
        &mut self,
        gate: &Gate,
        outcome: &Outcome<'_>,
        judgement: Judgement,
        waivers: &[usize],
    ) {
        if let Judgement::Failed { standing, minimum } = judgement {
            for missed in gate.missed_waivers(outcome, standing, minimum, waivers) {
                self.of(missed).is_missed = true;
            }
        }
        if outcome.standing().is_some() {
            for index in waivers {
                self.match_with(gate.waivers(), *index, outcome.scorecard());
            }
        }
    }

    /// Notes an entity outside the scope: a waiver for one of its results is not a mistake.
    pub(super) fn count_outside(&mut self, waivers: &Waivers, scorecards: &Scorecards, entity: &Entity<'_>) {
        let blueprint = entity.blueprint().unwrap_or(scorecards.default_blueprint());
        for index in waivers.of_entity(entity.identifier()) {
            for card in scorecards.definitions().iter().filter(|card| card.blueprint == blueprint) {
                self.match_with(waivers, index, card);
            }
        }
    }

    /// Notes whether a waiver is for the results in a scorecard, unless it is known to match.
    fn match_with(&mut self, waivers: &Waivers, index: usize, card: &Definition) {
        let waiver = self.of(index);
        if !waiver.matches {
            let rules = card.rules.iter().map(|rule| rule.identifier.as_str());
            waiver.matches = waivers.is_for(index, &card.identifier, rules);
        }
    }

    #[expect(clippy::expect_used, reason = "the uses are of the waivers of the gate")]
    fn of(&mut self, waiver: usize) -> &mut WaiverUse {
        self.0.get_mut(waiver).expect("every waiver has its use")
    }
}
