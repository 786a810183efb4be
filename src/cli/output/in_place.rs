//! Writes a file in place, where it cannot be replaced by another one: at a mount point, with several hard links,
//! or in a directory that cannot be written to.

use super::temporary::temporary;
use std::fs::File;
use std::io::{Read, Result};
use std::path::Path;

/// Opens a file for writing in place. Its content stays as it is.
pub(super) fn open(path: &Path) -> Result<File> {
    File::options().write(true).open(path)
}

/// Replaces the content of a file with the `length` bytes of `content`. If there is not enough space, the file does
/// not change. Signals wait until the content is written.
pub(super) fn write(file: &mut File, content: &mut impl Read, length: u64) -> Result<()> {
    let _signals_wait = temporary();
    reserve(file, length)?;
    std::io::copy(content, file)?;
    file.set_len(length)
}

/// Reserves the space, where the file system can do that.
#[cfg(target_os = "linux")]
fn reserve(file: &File, length: u64) -> Result<()> {
    use rustix::fs::{FallocateFlags, fallocate};
    use rustix::io::Errno;
    let before = file.metadata()?.len();
    match fallocate(file, FallocateFlags::empty(), 0, length) {
        Err(error @ (Errno::NOSPC | Errno::FBIG | Errno::DQUOT)) => {
            file.set_len(before)?;
            Err(error.into())
        }
        // not supported: the copy will show whether there is space
        _ => Ok(()),
    }
}

#[cfg(not(target_os = "linux"))]
#[expect(clippy::unnecessary_wraps, reason = "it can fail on Linux")]
fn reserve(_: &File, _: u64) -> Result<()> {
    Ok(())
}
