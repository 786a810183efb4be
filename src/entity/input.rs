//! Inputs, and the settings for reading them.

use std::io::Read;
use std::num::NonZero;
use std::path::PathBuf;

/// The default number of bytes to read at a time.
pub(super) const BLOCK: usize = 256 * 1024;

/// How a stream is read.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The number of threads that read and grade.
    pub threads: NonZero<usize>,
    /// How many bytes to read at a time.
    pub block: usize,
    /// The maximum size of one entity in bytes.
    pub largest: usize,
    /// An object without an identifier whose `entities` begins with an entity is read as a whole if its end is within
    /// this many bytes. The entities of a longer object are read one by one, before its end is known.
    pub lookahead: usize,
}

impl Default for Settings {
    /// A thread for each processor, blocks of 256 KiB, entities of up to 64 MiB, and a lookahead of 256 KiB.
    fn default() -> Self {
        Self {
            threads: std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN),
            block: BLOCK,
            largest: 64 * 1024 * 1024,
            lookahead: BLOCK,
        }
    }
}

/// A stream of entities with its name.
pub struct Input<'r> {
    /// Its name in messages.
    pub name: String,
    /// Its bytes.
    pub reader: Box<dyn Read + Send + 'r>,
    /// The file to count lines in after an error. Without it, lines are counted while reading.
    pub path: Option<PathBuf>,
}
