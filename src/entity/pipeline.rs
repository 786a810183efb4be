//! Reads a stream in blocks, on as many threads as asked for, and hands on the results in order.
//!
//! Threads take turns to cut a block off the input, at a place that is likely to be between two elements,
//! and read it on the assumption that it is. In the order of the input the assumption is then compared with
//! where the block before truly ended: where it was wrong, or an element spans two blocks, the block is
//! read again with what was left over. So the guess decides the speed and never the result.

use super::decode::Refusal;
use super::stream::{End, Frame, Limits, Seam, find_seam, run, too_large};
use super::{Entity, Wanted};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::json::Advance;
use std::io::Read;
use std::num::NonZero;
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

const BLOCK: usize = 256 * 1024;

/// How a stream is read.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// How many threads read and grade.
    pub threads: NonZero<usize>,
    /// Bytes that are read at a time.
    pub block: usize,
    /// Bytes that one entity may take.
    pub largest: usize,
    /// Bytes after which an object that is still open is no longer waited for: if it has been found to
    /// hold an array of entities, they are read one by one.
    pub lookahead: usize,
}

impl Default for Settings {
    /// All processors, 256 KiB, 64 MiB, 256 KiB.
    fn default() -> Self {
        Self {
            threads: std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN),
            block: BLOCK,
            largest: 64 * 1024 * 1024,
            lookahead: BLOCK,
        }
    }
}

/// A stream of entities and what it is called.
pub struct Input<'r> {
    /// The name in messages.
    pub name: String,
    /// Its bytes.
    pub reader: Box<dyn Read + Send + 'r>,
    /// The file to count lines in after an error; without one they are counted all along.
    pub path: Option<PathBuf>,
}

/// What a thread does with the entities of a block.
pub(crate) trait Worker: Send {
    /// What it makes of a block.
    type Part: Send;
    /// Takes in one entity.
    fn entity(&mut self, entity: &Entity<'_>);
    /// Gives what it has made since the last time.
    fn take(&mut self) -> Self::Part;
    /// Gets back what it gave, once it is no longer needed: memory to use again.
    fn recycle(&mut self, _part: Self::Part) {}
}

/// Reads all of `input`. Each thread has a worker of its own; `commit` gets their parts in the order of
/// the input, with how many bytes they come from.
pub(crate) fn read<W: Worker, E: Send + From<Diagnostic>>(
    input: Input<'_>,
    wanted: &Wanted,
    settings: Settings,
    worker: impl Fn() -> W + Sync,
    commit: &mut (impl FnMut(&mut W::Part, usize) -> Result<(), E> + Send),
) -> Result<(), E> {
    let Input { name, reader, path } = input;
    let count = path.is_none();
    let cutter =
        Mutex::new(Cutter { reader, seam: None, carry: Vec::new(), number: 0, cut: false, done: false });
    let turn = Mutex::new(Turn {
        next: 0,
        frame: Frame::Top,
        left: Vec::new(),
        offset: 0,
        need: 0,
        count,
        advance: Advance::default(),
        stop: None,
        finished: false,
        commit,
    });
    let shared = Shared { name, path, wanted, settings, cutter, turn, turned: Condvar::new() };
    // the first block on this thread: most inputs have no second
    if shared.work(&mut worker(), true) {
        std::thread::scope(|scope| {
            for _ in 1..settings.threads.get() {
                let started =
                    std::thread::Builder::new().spawn_scoped(scope, || shared.work(&mut worker(), false));
                if started.is_err() {
                    break; // the system gives no more; those that there are do the work
                }
            }
            shared.work(&mut worker(), false);
        });
    }
    let turn = shared.turn.into_inner().unwrap_or_else(PoisonError::into_inner);
    turn.stop.map_or(Ok(()), Err)
}

/// One block of the stream.
struct Block {
    number: u64,
    /// Where the stream stands at its beginning, if a guess can be made.
    assumed: Option<Frame>,
    last: bool,
}

/// Cuts the input into blocks.
struct Cutter<'r> {
    reader: Box<dyn Read + Send + 'r>,
    seam: Option<Seam>,
    /// What was read after the last cut.
    carry: Vec<u8>,
    number: u64,
    /// The last block ended at a seam.
    cut: bool,
    done: bool,
}

impl Cutter<'_> {
    /// Puts the next block into `bytes`.
    fn next(&mut self, bytes: &mut Vec<u8>, size: usize) -> std::io::Result<Option<Block>> {
        if self.done {
            return Ok(None);
        }
        bytes.clear();
        bytes.append(&mut self.carry);
        // the first block must be able to hold a byte order mark
        let size = if self.number == 0 { size.max(BOM.len()) } else { size };
        let missing = size.saturating_sub(bytes.len()).max(1);
        let read = self.fill(bytes, missing)?;
        let number = self.number;
        self.number += 1;
        self.done = read < missing;
        if number == 0 {
            if bytes.starts_with(BOM) {
                bytes.drain(..BOM.len());
            }
            if !self.done {
                self.seam = find_seam(bytes);
            }
        }
        let assumed = match &self.seam {
            _ if number == 0 => Some(Frame::Top),
            Some(seam) if self.cut => Some(seam.frame),
            _ => None,
        };
        self.cut = false;
        if let (Some(seam), false) = (&self.seam, self.done)
            && let Some(at) = memchr::memmem::rfind(bytes, &seam.bytes)
        {
            let cut = at + seam.before;
            self.carry.extend_from_slice(bytes.get(cut..).unwrap_or_default());
            bytes.truncate(cut);
            self.cut = true;
        }
        Ok(Some(Block { number, assumed, last: self.done }))
    }

    fn fill(&mut self, bytes: &mut Vec<u8>, missing: usize) -> std::io::Result<usize> {
        self.reader.by_ref().take(missing as u64).read_to_end(bytes)
    }
}

pub(super) const BOM: &[u8] = "\u{feff}".as_bytes();

/// What happens in the order of the input.
struct Turn<'c, C, E> {
    /// The number of the block whose turn it is.
    next: u64,
    frame: Frame,
    /// Bytes that belong to something not yet whole.
    left: Vec<u8>,
    /// How many bytes came before those.
    offset: u64,
    /// How many bytes there must be before it is worth another try.
    need: usize,
    count: bool,
    advance: Advance,
    stop: Option<E>,
    finished: bool,
    commit: &'c mut C,
}

struct Shared<'r, 'c, 's, C, E> {
    name: String,
    path: Option<PathBuf>,
    wanted: &'s Wanted,
    settings: Settings,
    cutter: Mutex<Cutter<'r>>,
    turn: Mutex<Turn<'c, C, E>>,
    turned: Condvar,
}

impl<C, E: From<Diagnostic>> Shared<'_, '_, '_, C, E> {
    /// Works off blocks; with `once` only one. Tells whether there may be more.
    fn work<W: Worker>(&self, worker: &mut W, once: bool) -> bool
    where
        C: FnMut(&mut W::Part, usize) -> Result<(), E>,
    {
        let _alarm = Alarm(self);
        let mut bytes = Vec::new();
        loop {
            let block = lock(&self.cutter).next(&mut bytes, self.settings.block);
            let block = match block {
                Ok(Some(block)) => block,
                Ok(None) => return false,
                Err(error) => {
                    self.unreadable(&error);
                    return false;
                }
            };
            let end = block.assumed.map(|frame| self.run(&bytes, frame, block.last, worker));
            let mut turn = lock(&self.turn);
            while turn.next != block.number && !turn.finished {
                turn = self.turned.wait(turn).unwrap_or_else(PoisonError::into_inner);
            }
            if turn.finished {
                return false;
            }
            self.settle(&mut turn, &block, &bytes, end, worker);
            turn.next += 1;
            turn.finished |= block.last;
            let finished = turn.finished;
            drop(turn);
            self.turned.notify_all();
            if finished || once {
                return !finished;
            }
        }
    }

    fn run<W: Worker>(&self, bytes: &[u8], frame: Frame, last: bool, worker: &mut W) -> End {
        let limits = Limits { largest: self.settings.largest, lookahead: self.settings.lookahead };
        run(bytes, frame, last, self.wanted, limits, &mut |entity| worker.entity(entity))
    }

    /// Accepts what was made of a block, or makes it anew from where the stream truly stands.
    fn settle<W: Worker>(
        &self,
        turn: &mut Turn<'_, C, E>,
        block: &Block,
        bytes: &[u8],
        end: Option<End>,
        worker: &mut W,
    ) where
        C: FnMut(&mut W::Part, usize) -> Result<(), E>,
    {
        let proven = turn.left.is_empty() && block.assumed == Some(turn.frame);
        let end = end.filter(|_| proven);
        let kept;
        let (bytes, end) = match end {
            Some(end) => (bytes, end),
            None => {
                let part = worker.take();
                worker.recycle(part);
                turn.left.extend_from_slice(bytes);
                if turn.left.len() < turn.need && !block.last {
                    return;
                }
                kept = std::mem::take(&mut turn.left);
                let end = self.run(&kept, turn.frame, block.last, worker);
                (kept.as_slice(), end)
            }
        };
        let mut part = worker.take();
        let committed = (turn.commit)(&mut part, end.consumed);
        worker.recycle(part);
        let rest = bytes.get(end.consumed..).unwrap_or_default();
        let refusal = end.refusal.or_else(|| {
            let open = rest.trim_ascii_start();
            let at = end.consumed + rest.len() - open.len();
            (open.len() > self.settings.largest).then(|| too_large(at, self.settings.largest, None))
        });
        let stop = match (committed, refusal) {
            (Err(error), _) => Some(error),
            (Ok(()), Some(refusal)) => Some(self.diagnostic(turn, refusal, bytes).into()),
            (Ok(()), None) => None,
        };
        if let Some(stop) = stop {
            turn.stop = Some(stop);
            turn.finished = true;
            return;
        }
        turn.frame = end.frame;
        turn.need = rest.len() * 2;
        turn.offset += end.consumed as u64;
        if turn.count {
            turn.advance = turn.advance.over(bytes.get(..end.consumed).unwrap_or_default());
        }
        turn.left = rest.to_vec();
    }

    fn unreadable(&self, error: &std::io::Error) {
        let problem = Diagnostic::error(Code::UnreadableInput, format!("can not be read: {error}"));
        let mut turn = lock(&self.turn);
        turn.stop.get_or_insert_with(|| problem.at(Place::File(self.name.clone())).into());
        turn.finished = true;
        drop(turn);
        self.turned.notify_all();
    }

    /// The refusal with its place; `bytes` begin at `turn.offset`.
    fn diagnostic(&self, turn: &Turn<'_, C, E>, refusal: Refusal, bytes: &[u8]) -> Diagnostic {
        let (problem, at) = refusal.diagnostic();
        let before = turn.offset + at as u64;
        let counted = match &self.path {
            Some(path) => count_file(path, before),
            None => Some(turn.advance.over(bytes.get(..at).unwrap_or(bytes))),
        };
        let place = match counted.map(Advance::position) {
            Some((line, column)) => Place::Position { file: self.name.clone(), line, column },
            None => Place::File(self.name.clone()),
        };
        problem.at(place)
    }
}

/// Counts the lines in the first `count` bytes of a file, its byte order mark left out.
fn count_file(path: &std::path::Path, count: u64) -> Option<Advance> {
    let mut file = std::fs::File::open(path).ok()?;
    let mut buffer = vec![0; BLOCK];
    let mut left = count;
    let mut advance = Advance::default();
    let mut first = true;
    while left > 0 {
        let most = buffer.len().min(usize::try_from(left).unwrap_or(usize::MAX));
        let read = file.read(buffer.get_mut(..most)?).ok()?;
        let mut bytes = buffer.get(..read)?;
        if read == 0 {
            return None;
        }
        if std::mem::take(&mut first) {
            bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
        }
        advance = advance.over(bytes);
        left -= bytes.len() as u64;
    }
    Some(advance)
}

/// Lets the other threads go when one of them panics, in a sink or a callback of an embedding program:
/// they would wait for its block for ever.
struct Alarm<'s, 'r, 'c, 'w, C, E>(&'s Shared<'r, 'c, 'w, C, E>);

impl<C, E> Drop for Alarm<'_, '_, '_, '_, C, E> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            lock(&self.0.turn).finished = true;
            self.0.turned.notify_all();
        }
    }
}

/// A lock that a panic poisoned is used all the same: the panic goes on by itself.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
