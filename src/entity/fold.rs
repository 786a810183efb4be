//! Reads inputs in blocks, on several threads, and commits the results in the order of the input.
//!
//! Threads take turns to cut the next block off the input, at a place that is probably between two elements,
//! and each reads its block on this assumption. The blocks are then committed in order. If the previous block
//! did not end where the assumption says, or if an element spans two blocks, the block is read again together
//! with the bytes that the previous block left over. So a wrong guess costs time but never changes the result.
//!
//! The method is the speculative parsing of Mison and Pison (Jiang, Zhao: "Scalable Structural Index
//! Construction for JSON Analytics", VLDB 2021), reduced to one guess.

use super::cutter::{Block, Cutter};
use super::elements::Elements;
use super::input::{Input, Settings};
use super::sequence::Sequence;
use super::state::StreamState;
use super::stream::{End, Limits, run};
use crate::diagnostic::Diagnostic;
use std::io::Read;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// The work of one thread: processes elements, and hands over the results of each block.
pub(crate) trait Worker: Send {
    /// The kind of elements in the stream.
    type Elements: Elements;
    /// The results of one block.
    type Part: Send;
    /// Processes one element.
    fn element(&mut self, element: &<Self::Elements as Elements>::Element<'_>);
    /// Returns the results since the last call, and starts again with none.
    fn take(&mut self) -> Self::Part;
}

/// How much of all inputs has been read. Comes from [`Survey`](crate::lint::Survey), whose example shows it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read.
    pub bytes: u64,
    /// Elements read.
    pub elements: u64,
}

impl Progress {
    /// The progress of two inputs together.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self { bytes: self.bytes + other.bytes, elements: self.elements + other.elements }
    }
}

/// Reads all inputs, one after another. Each thread creates a worker with `worker`. `commit` receives the
/// results of the blocks in the order of the input, and `progress` is called after each block.
///
/// # Errors
/// Returns the first problem of an input or of `commit`. Everything before it has been committed.
pub(crate) fn fold<W: Worker, E: Send + From<Diagnostic>>(
    inputs: Vec<Input<'_>>,
    elements: &W::Elements,
    settings: Settings,
    worker: impl Fn() -> W + Sync,
    mut progress: impl FnMut(Progress) + Send,
    mut commit: impl FnMut(&mut W::Part) -> Result<(), E> + Send,
) -> Result<(), E> {
    let mut total = Progress::default();
    let mut count = |part: &mut W::Part, end: &End| -> Result<(), E> {
        commit(part)?;
        total.bytes += end.consumed as u64;
        total.elements += end.elements;
        progress(total);
        Ok(())
    };
    inputs.into_iter().try_for_each(|input| read(input, elements, settings, &worker, &mut count))
}

/// Reads all of one input.
fn read<W: Worker, E: Send + From<Diagnostic>>(
    input: Input<'_>,
    elements: &W::Elements,
    settings: Settings,
    worker: &(impl Fn() -> W + Sync),
    commit: &mut (impl FnMut(&mut W::Part, &End) -> Result<(), E> + Send),
) -> Result<(), E> {
    let (name, path, reader) = input.into_parts();
    let sequence = Sequence::new(name, path, settings.largest, W::Elements::NOUN);
    let shared = Shared {
        elements,
        limits: Limits::of(settings),
        cutter: Mutex::new(Cutter::new(reader, settings.block)),
        turn: Mutex::new(Turn { next: 0, sequence, stop: None, is_finished: false, commit }),
        turned: Condvar::new(),
    };
    // this thread reads the first block alone, because most inputs have only one
    if shared.work(&mut worker(), true) {
        std::thread::scope(|scope| {
            for _ in 1..settings.threads.get() {
                let started =
                    std::thread::Builder::new().spawn_scoped(scope, || shared.work(&mut worker(), false));
                if started.is_err() {
                    break; // the system allows no more threads; the others do the work
                }
            }
            shared.work(&mut worker(), false);
        });
    }
    let turn = shared.turn.into_inner().unwrap_or_else(PoisonError::into_inner);
    turn.stop.map_or(Ok(()), Err)
}

/// The state that only the thread with the next block in the order of the input may change.
struct Turn<'c, C, E> {
    /// The number of the next block.
    next: u64,
    sequence: Sequence,
    stop: Option<E>,
    is_finished: bool,
    commit: &'c mut C,
}

/// The state that all threads share.
struct Shared<'s, R, C, E, L> {
    elements: &'s L,
    limits: Limits,
    cutter: Mutex<Cutter<R>>,
    turn: Mutex<Turn<'s, C, E>>,
    turned: Condvar,
}

impl<'s, R: Read, C, E: From<Diagnostic>, L: Elements> Shared<'s, R, C, E, L> {
    /// Reads and commits all blocks, or only one if `once` is set. Returns whether more blocks may follow.
    fn work<W: Worker<Elements = L>>(&self, worker: &mut W, once: bool) -> bool
    where
        C: FnMut(&mut W::Part, &End) -> Result<(), E>,
    {
        let _wake_on_panic = WakeOnPanic(self);
        let mut bytes = Vec::new();
        loop {
            let (number, block) = lock(&self.cutter).numbered(&mut bytes);
            let block = match block {
                Ok(Some(block)) => block,
                Ok(None) => return false,
                Err(error) => {
                    // the blocks before are committed first, and may have a problem of their own
                    let Some(mut turn) = self.wait_for(number) else { return false };
                    turn.stop = Some(turn.sequence.unreadable(&error).into());
                    self.finish(turn);
                    return false;
                }
            };
            let end = block.assumed.map(|state| self.run(&bytes, state, block.last, worker));
            let Some(mut turn) = self.wait_for(number) else { return false };
            if let Err(stop) = self.settle(&mut turn, &block, &bytes, end, worker) {
                turn.stop = Some(stop);
            }
            turn.next += 1;
            if block.last || turn.stop.is_some() {
                self.finish(turn);
                return false;
            }
            drop(turn);
            self.turned.notify_all();
            if once {
                return true;
            }
        }
    }

    /// Waits until all blocks before this one are committed. `None` if the work has ended.
    fn wait_for(&self, number: u64) -> Option<MutexGuard<'_, Turn<'s, C, E>>> {
        let mut turn = lock(&self.turn);
        while turn.next != number && !turn.is_finished {
            turn = self.turned.wait(turn).unwrap_or_else(PoisonError::into_inner);
        }
        (!turn.is_finished).then_some(turn)
    }

    /// Ends the work of all threads.
    fn finish(&self, mut turn: MutexGuard<'_, Turn<'_, C, E>>) {
        turn.is_finished = true;
        drop(turn);
        self.turned.notify_all();
    }

    fn run<W: Worker<Elements = L>>(
        &self,
        bytes: &[u8],
        state: StreamState,
        last: bool,
        worker: &mut W,
    ) -> End {
        run(bytes, state, last, self.elements, self.limits, &mut |element| {
            worker.element(element);
            ControlFlow::Continue(())
        })
    }

    /// Commits the results of a block. If its guess was wrong, reads it again from the true state first.
    fn settle<W: Worker<Elements = L>>(
        &self,
        turn: &mut Turn<'_, C, E>,
        block: &Block,
        bytes: &[u8],
        end: Option<End>,
        worker: &mut W,
    ) -> Result<(), E>
    where
        C: FnMut(&mut W::Part, &End) -> Result<(), E>,
    {
        let Turn { sequence, commit, .. } = turn;
        let (bytes, end) = match end.filter(|_| sequence.is_at(block.assumed)) {
            Some(end) => (bytes.into(), end),
            None => {
                drop(worker.take()); // they come from a wrong guess
                let Some(bytes) = sequence.join(bytes, block.last) else { return Ok(()) };
                let end = self.run(&bytes, sequence.state(), block.last, worker);
                (bytes, end)
            }
        };
        commit(&mut worker.take(), &end)?;
        sequence.advance(&bytes, end).map_err(E::from)
    }
}

/// Wakes the other threads if this thread panics. They would otherwise wait for its block forever. A callback of
/// an embedding program may panic.
struct WakeOnPanic<'a, 's, R, C, E, L>(&'a Shared<'s, R, C, E, L>);

impl<R, C, E, L> Drop for WakeOnPanic<'_, '_, R, C, E, L> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            lock(&self.0.turn).is_finished = true;
            self.0.turned.notify_all();
        }
    }
}

/// Locks a mutex even if a panic poisoned it: the panic itself still propagates.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::entity::{Entity, Wanted};
    use std::num::NonZero;

    /// Counts entities slowly, so that other threads reach the end of the input first.
    struct SlowCounter(u64);

    impl Worker for SlowCounter {
        type Elements = Wanted;
        type Part = u64;

        fn element(&mut self, _: &Entity<'_>) {
            std::thread::sleep(std::time::Duration::from_millis(2));
            self.0 += 1;
        }

        fn take(&mut self) -> u64 {
            std::mem::take(&mut self.0)
        }
    }

    struct Broken;

    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }

    /// The number of committed entities, and the problem.
    fn counted(text: &str) -> (u64, Code) {
        let reader = Box::new(text.as_bytes().chain(Broken));
        let input = Input::open("input", reader);
        let settings = Settings { threads: NonZero::new(4).unwrap(), block: 100, ..Settings::default() };
        let mut entities = 0;
        let commit = |part: &mut u64| -> Result<(), Diagnostic> {
            entities += *part;
            Ok(())
        };
        let problem =
            fold(vec![input], &Wanted::default(), settings, || SlowCounter(0), |_| {}, commit).unwrap_err();
        (entities, problem.code)
    }

    #[test]
    fn blocks_before_a_failure_to_read_are_committed_first() {
        let line = "{\"identifier\":\"checkout\"}\n";
        assert_eq!(line.len(), 26);
        let (entities, code) = counted(&line.repeat(100));
        // the bytes that were read together with the failure are lost: the last line
        assert_eq!((entities, code), (99, Code::UnreadableInput));
        let (entities, code) = counted(&(line.repeat(20) + "{}\n" + &line.repeat(20)));
        assert_eq!((entities, code), (20, Code::MissingIdentifier));
    }
}
