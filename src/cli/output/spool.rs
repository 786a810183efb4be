//! Output that is held back.

use super::failure::cannot_hold_back;
use std::io::{BufReader, Error, ErrorKind, Read, Result, Seek, SeekFrom, Write};
use tempfile::{SpooledData, SpooledTempFile};

/// Output that is held back is in memory up to this size in bytes, beyond it in an unnamed temporary file.
const HELD_IN_MEMORY: usize = 256 * 1024;

/// Output that is held back. Its errors name the destination.
pub(crate) struct Spool {
    name: String,
    length: u64,
    file: SpooledTempFile,
}

impl Spool {
    /// Nothing yet, for the destination with this name.
    pub(super) fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), length: 0, file: SpooledTempFile::new(HELD_IN_MEMORY) }
    }

    /// The number of bytes that were written.
    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// The bytes that were written, from the beginning.
    pub(super) fn into_reader(self) -> Result<Box<dyn Read>> {
        Ok(match self.file.into_inner() {
            SpooledData::InMemory(mut cursor) => {
                cursor.set_position(0);
                Box::new(cursor)
            }
            SpooledData::OnDisk(mut file) => {
                file.seek(SeekFrom::Start(0)).map_err(|error| cannot_hold_back(&self.name, error))?;
                Box::new(BufReader::with_capacity(HELD_IN_MEMORY, file))
            }
        })
    }

    /// Copies the output to its destination.
    pub(super) fn copy_to(self, destination: &mut impl Write) -> Result<()> {
        std::io::copy(&mut self.into_reader()?, destination)?;
        destination.flush()
    }
}

/// The error of the temporary file of a destination. An interruption stays as it is, because it is tried again.
fn named<T>(name: &str, result: Result<T>) -> Result<T> {
    let is_final = |error: &Error| error.kind() != ErrorKind::Interrupted;
    result.map_err(|error| if is_final(&error) { cannot_hold_back(name, error) } else { error })
}

impl Write for Spool {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        let written = named(&self.name, self.file.write(bytes))?;
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> Result<()> {
        named(&self.name, self.file.flush())
    }
}

impl Read for Spool {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        named(&self.name, self.file.read(buffer))
    }
}

impl Seek for Spool {
    fn seek(&mut self, position: SeekFrom) -> Result<u64> {
        named(&self.name, self.file.seek(position))
    }
}
