//! Which paths lead to the same file.

use std::io::Result;
use std::path::Path;

/// A key that all paths of a file or directory have in common: its device and inode.
#[cfg(unix)]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Identity(u64, u64);

/// A key that all paths of a file or directory have in common: the path without links.
#[cfg(not(unix))]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Identity(std::path::PathBuf);

impl Identity {
    /// The identity of the file or directory at a path.
    pub(crate) fn at(path: &Path) -> Result<Self> {
        #[cfg(unix)]
        return path.metadata().map(|metadata| Self::of(&metadata));
        #[cfg(not(unix))]
        return std::fs::canonicalize(path).map(Self);
    }

    /// The identity of an open file.
    #[cfg(unix)]
    pub(crate) fn of(metadata: &std::fs::Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self(metadata.dev(), metadata.ino())
    }
}
