//! Runs a comparison: reads each entity once and grades it with two sets of scorecards. The gate uses the results of
//! the first set.

use super::comparison::{Comparison, EntityMoves};
use super::sets::{MatchedSets, MoveCounts};
use crate::entity::{Entity, Input, Progress, Wanted, Worker, fold};
use crate::evaluate::{EvaluateError, Evaluation};
use crate::grade::{Evaluated, Gate, Grader, Tally};
use crate::scorecard::Scorecards;
use std::sync::atomic::{AtomicUsize, Ordering};

impl Evaluation<'_> {
    /// Grades all entities of all inputs with the scorecards of the evaluation (the first set) and with `second`.
    /// Returns the counts and the verdict of the first set, and the level changes between the sets.
    ///
    /// `second` must have been compiled with [`Scorecards::after`] from the [`Scorecards::wanted`] of the first set, and
    /// the fields that are read must include the [`Scorecards::wanted`] of `second`. The changes of `limit` entities are
    /// kept. With `duplicates`, also looks for entities that come twice.
    ///
    /// # Errors
    /// The first problem of an input.
    pub fn compare(
        &self,
        second: &Scorecards,
        limit: usize,
        inputs: Vec<Input<'_>>,
        progress: impl FnMut(Progress) + Send,
        duplicates: bool,
    ) -> Result<(Evaluated, Comparison), EvaluateError> {
        let sets = MatchedSets::new(self.scorecards, second);
        let tally = Tally::new(self.scorecards, false);
        let tally = if duplicates { tally.with_duplicates() } else { tally };
        let mut evaluated = Evaluated::new(tally.clone(), self.gate);
        let (mut counts, mut moves) = (sets.counts(), Vec::new());
        // it only shrinks, so a block never keeps fewer changes than there will be room for
        let room = AtomicUsize::new(limit);
        let commit = |block: &mut ComparedBlock| -> Result<(), EvaluateError> {
            evaluated.absorb(&mut block.evaluated);
            counts.absorb(&mut block.counts);
            moves.extend(block.moves.drain(..).take(limit.saturating_sub(moves.len())));
            room.store(limit.saturating_sub(moves.len()), Ordering::Relaxed);
            Ok(())
        };
        let worker = || CompareWorker::new(self, &sets, second, &room, &tally);
        fold(inputs, self.wanted, self.settings, worker, progress, commit)?;
        let comparison = sets.comparison(evaluated.tally.entities, &counts, moves);
        Ok((evaluated, comparison))
    }
}

/// The results of one block of input.
struct ComparedBlock {
    evaluated: Evaluated,
    counts: MoveCounts,
    moves: Vec<EntityMoves>,
}

/// The graders and the current block of one thread.
struct CompareWorker<'e> {
    evaluation: &'e Evaluation<'e>,
    sets: &'e MatchedSets<'e>,
    first: Grader<'e>,
    second: Grader<'e>,
    block: ComparedBlock,
    /// How many changes can still be kept.
    room: &'e AtomicUsize,
    /// A tally of zero.
    tally: &'e Tally,
}

impl<'e> CompareWorker<'e> {
    fn new(
        evaluation: &'e Evaluation<'e>,
        sets: &'e MatchedSets<'e>,
        second: &'e Scorecards,
        room: &'e AtomicUsize,
        tally: &'e Tally,
    ) -> Self {
        let block = empty(tally, evaluation.gate, sets);
        Self {
            evaluation,
            sets,
            first: Grader::new(evaluation.scorecards),
            second: Grader::new(second),
            block,
            room,
            tally,
        }
    }
}

/// A block without results.
fn empty(tally: &Tally, gate: &Gate, sets: &MatchedSets<'_>) -> ComparedBlock {
    let evaluated = Evaluated::new(tally.clone(), gate);
    ComparedBlock { evaluated, counts: sets.counts(), moves: Vec::new() }
}

impl Worker for CompareWorker<'_> {
    type Elements = Wanted;
    type Part = ComparedBlock;

    fn element(&mut self, entity: &Entity<'_>) {
        let Self { evaluation, sets, first, second, block, room, .. } = self;
        if !evaluation.admits(&mut block.evaluated, entity) {
            return;
        }
        let (one, other) = (first.grade(entity), second.grade(entity));
        block.evaluated.count(evaluation.gate, &one);
        let keeps_moves = block.moves.len() < room.load(Ordering::Relaxed);
        block.moves.extend(sets.count(&one, &other, &mut block.counts, keeps_moves));
    }

    fn take(&mut self) -> ComparedBlock {
        let empty = empty(self.tally, self.evaluation.gate, self.sets);
        std::mem::replace(&mut self.block, empty)
    }
}
