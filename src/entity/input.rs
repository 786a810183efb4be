//! Inputs, and the settings for reading them.

use std::fs::File;
use std::io::Read;
use std::num::NonZero;
use std::path::PathBuf;

/// The default number of bytes to read at a time.
pub(super) const BLOCK: usize = 256 * 1024;

/// How a stream is read on several threads, by [`Survey::take`](crate::lint::Survey::take) of
/// [`Survey`](crate::lint::Survey), whose example shows it. The results do not depend on the settings, except that an
/// entity larger than `largest` is a problem.
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

/// A stream of entities with its name, for [`Survey`](crate::lint::Survey), whose example shows it.
pub struct Input<'r> {
    /// Its name in messages.
    name: String,
    bytes: Bytes<'r>,
    /// The file to count lines in after an error. Without it, lines are counted while reading.
    path: Option<PathBuf>,
}

/// The bytes of an input.
enum Bytes<'r> {
    Open(Box<dyn Read + Send + 'r>),
    /// A file that is opened when its turn comes, because a process may have only some files open at a time.
    File(PathBuf),
}

impl<'r> Input<'r> {
    /// Creates an input from an open reader. `name` is its name in messages, such as a path.
    pub fn open(name: impl Into<String>, reader: impl Read + Send + 'r) -> Self {
        Self { name: name.into(), bytes: Bytes::Open(Box::new(reader)), path: None }
    }

    /// A file, which is opened when it is read. Only a regular file can be read a second time, to count lines.
    pub(crate) fn file(name: String, path: PathBuf, is_regular: bool) -> Self {
        Self { name, path: is_regular.then(|| path.clone()), bytes: Bytes::File(path) }
    }

    /// The name in messages.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The name, the file to count lines in, and the reader. If a file cannot be opened, the first read fails.
    pub(super) fn into_parts(self) -> (String, Option<PathBuf>, Box<dyn Read + Send + 'r>) {
        let reader: Box<dyn Read + Send + 'r> = match self.bytes {
            Bytes::Open(reader) => reader,
            Bytes::File(path) => match File::open(path) {
                Ok(file) => Box::new(file),
                Err(error) => Box::new(Unreadable(Some(error))),
            },
        };
        (self.name, self.path, reader)
    }
}

/// A file that could not be opened.
struct Unreadable(Option<std::io::Error>);

impl Read for Unreadable {
    fn read(&mut self, _buffer: &mut [u8]) -> std::io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}
