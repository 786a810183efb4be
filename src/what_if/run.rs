//! Comparing from end to end: every entity is read once and graded by two sets of scorecards. The gate
//! judges the results of the first.

use super::comparison::{Comparison, EntityMoves};
use super::sets::{Match, Moves};
use crate::entity::{Entity, Input, Progress, Worker, fold};
use crate::evaluate::{EvaluateError, Evaluation, Part, Verdict};
use crate::grade::{Grader, Tally};
use crate::scorecard::Scorecards;

impl Evaluation<'_> {
    /// Grades all entities of all inputs by the scorecards of the evaluation and by `second`, which must
    /// have been compiled after those, and whose [`Scorecards::wanted`] must be among what is read. Tells
    /// who moves, and what the gate says of the first set.
    ///
    /// # Errors
    /// The first problem of an input.
    pub fn compare(
        &self,
        second: &Scorecards,
        inputs: Vec<Input<'_>>,
        progress: impl FnMut(Progress) + Send,
    ) -> Result<(Verdict, Comparison), EvaluateError> {
        let sets = Match::new(self.scorecards, second);
        let limit = self.display.limit.unwrap_or(usize::MAX);
        let mut verdict = Verdict { tally: Tally::new(self.scorecards, false), ..Verdict::default() };
        let (mut counts, mut moves) = (sets.moves(), Vec::new());
        let commit = |block: &mut Compared| -> Result<(), EvaluateError> {
            verdict.absorb(&mut block.part, &mut Vec::new(), None);
            counts.absorb(&block.counts);
            let room = limit.saturating_sub(moves.len());
            moves.extend(block.moves.drain(..).take(room));
            Ok(())
        };
        let worker = || Hand::new(self, &sets, second);
        fold(inputs, self.wanted, self.settings, worker, progress, commit)?;
        let comparison = sets.comparison(verdict.tally.entities, &counts, moves);
        Ok((verdict, comparison))
    }
}

/// What one block comes to.
struct Compared {
    part: Part,
    counts: Moves,
    moves: Vec<EntityMoves>,
}

/// What a thread compares with.
struct Hand<'e> {
    evaluation: &'e Evaluation<'e>,
    sets: &'e Match<'e>,
    first: Grader<'e>,
    second: Grader<'e>,
    block: Compared,
}

impl<'e> Hand<'e> {
    fn new(evaluation: &'e Evaluation<'e>, sets: &'e Match<'e>, second: &'e Scorecards) -> Self {
        let block = empty(evaluation, sets);
        Self {
            evaluation,
            sets,
            first: Grader::new(evaluation.scorecards),
            second: Grader::new(second),
            block,
        }
    }
}

fn empty(evaluation: &Evaluation<'_>, sets: &Match<'_>) -> Compared {
    let part = Part::new(Tally::new(evaluation.scorecards, false));
    Compared { part, counts: sets.moves(), moves: Vec::new() }
}

impl Worker for Hand<'_> {
    type Part = Compared;

    fn entity(&mut self, entity: &Entity<'_>) {
        let Self { evaluation, sets, first, second, block } = self;
        let (one, other) = (first.grade(entity), second.grade(entity));
        block.part.count(evaluation.gate, &one);
        let only = &evaluation.display.only;
        let moves = sets.count(&one, &other, &mut block.counts, |scorecard| only.shows_scorecard(scorecard));
        let has_room = evaluation.display.limit.is_none_or(|limit| block.moves.len() < limit);
        if has_room && only.shows_entity(entity.identifier()) {
            block.moves.extend(moves);
        }
    }

    fn take(&mut self) -> Compared {
        let empty = empty(self.evaluation, self.sets);
        std::mem::replace(&mut self.block, empty)
    }
}
