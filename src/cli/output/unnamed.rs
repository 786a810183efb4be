//! Files without a name (`O_TMPFILE`). They vanish with the process, also when it is killed.

use rustix::fs::{AtFlags, CWD, OFlags, linkat};
use std::fs::{File, OpenOptions};
use std::io::Result;
use std::os::fd::AsRawFd;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// The directory through which an open file is given a name. The alternative, `AT_EMPTY_PATH`, needs a privilege
/// before Linux 6.10.
const DESCRIPTORS: &str = "/proc/self/fd";

/// Creates a file without a name in a directory. `None` if the file system or the system has no such files.
pub(super) fn create(directory: &Path) -> Option<File> {
    if !Path::new(DESCRIPTORS).is_dir() {
        return None;
    }
    let mut options = OpenOptions::new();
    options.read(true).write(true).mode(0o666).custom_flags(i32::try_from(OFlags::TMPFILE.bits()).ok()?);
    options.open(directory).ok()
}

/// Gives the file a name. It is an error if the name exists.
pub(super) fn link(file: &File, path: &Path) -> Result<()> {
    let descriptor = format!("{DESCRIPTORS}/{}", file.as_raw_fd());
    linkat(CWD, descriptor, CWD, path, AtFlags::SYMLINK_FOLLOW)?;
    Ok(())
}
