//! Inputs, and the settings for reading them.

use std::io::Read;
use std::num::NonZero;
use std::path::PathBuf;

/// Bytes that are read at a time unless the settings say otherwise.
pub(super) const BLOCK: usize = 256 * 1024;

/// How a stream is read.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The number of threads that read and grade.
    pub threads: NonZero<usize>,
    /// Bytes that are read at a time.
    pub block: usize,
    /// The most bytes that one entity may take.
    pub largest: usize,
    /// Bytes to wait for the end of an object that holds an array of entities. A larger object is read
    /// entity by entity, before its end is known.
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

/// A stream of entities with its name.
pub struct Input<'r> {
    /// The name in messages.
    pub name: String,
    /// Its bytes.
    pub reader: Box<dyn Read + Send + 'r>,
    /// The file in which lines are counted after an error. Without one they are counted while reading.
    pub path: Option<PathBuf>,
}
