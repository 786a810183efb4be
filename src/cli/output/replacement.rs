//! A file that is written completely or not at all.
//!
//! The content is written to a temporary file in the same directory, which then replaces the file. The temporary file
//! has no name where the system allows that, so nothing can be left behind. Of many files that are replaced together, the
//! later ones have a temporary name, because a file without a name takes up a descriptor until it gets one.

use super::destination::directory;
use super::failure::name_of;
use super::in_place;
#[cfg(not(unix))]
use super::no_signals::watch;
#[cfg(unix)]
use super::signals::watch;
use super::spool::Spool;
use super::temporary::temporary;
use std::fs::{File, Metadata};
use std::io::{Error, ErrorKind, Result, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tempfile::{NamedTempFile, TempPath};

/// A file that will be replaced, and its new content.
pub(super) struct Replacement {
    path: PathBuf,
    content: Content,
}

/// The new content of a file.
enum Content {
    /// A temporary file without a name.
    #[cfg(target_os = "linux")]
    Unnamed(File),
    /// A temporary file with a name, which is in the list of [`temporary`] files.
    Named(NamedTempFile),
    /// The same, complete and closed.
    Closed(TempPath),
    /// The content is held back, and the file is written in place.
    InPlace(Spool),
}

impl Replacement {
    /// Begins the replacement of the file at `path`. It may exist or not.
    pub(super) fn new(path: PathBuf) -> Result<Self> {
        Self::with(path, beside)
    }

    /// Like [`Self::new`], with a temporary file that [`Self::close`] can close.
    pub(super) fn closable(path: PathBuf) -> Result<Self> {
        Self::with(path, |path, is_private| named(path, is_private).map(Content::Named))
    }

    /// Like [`Self::new`], for a file that must not be written in place when it has several hard links: its other names
    /// keep the old content.
    pub(super) fn separate(path: PathBuf) -> Result<Self> {
        watch();
        let content = beside(&path, existing(&path).is_some())?;
        Ok(Self { path, content })
    }

    /// Begins the replacement with the temporary file that `beside` creates.
    fn with(path: PathBuf, beside: impl FnOnce(&Path, bool) -> Result<Content>) -> Result<Self> {
        watch();
        let existing = existing(&path);
        let content = if existing.as_ref().is_some_and(has_several_names) {
            hold_back(&path)
        } else {
            beside(&path, existing.is_some()).or_else(|error| {
                // the file may be writable although its directory is not
                if existing.is_some() { hold_back(&path).map_err(|_| error) } else { Err(error) }
            })
        };
        Ok(Self { content: content?, path })
    }

    /// Whether the file is written in place. That should happen after everything else succeeded.
    pub(super) fn is_in_place(&self) -> bool {
        matches!(self.content, Content::InPlace(..))
    }

    /// Ends the content, and closes the temporary file if it has a name.
    pub(super) fn close(self) -> Self {
        let Self { path, content } = self;
        let content = match content {
            Content::Named(file) => Content::Closed(file.into_temp_path()),
            other => other,
        };
        Self { path, content }
    }

    /// Replaces the file, or creates it. Without `overwrite` it is an error if it exists by now.
    pub(super) fn commit(self, overwrite: bool) -> Result<()> {
        match self.content {
            Content::InPlace(spool) => {
                let length = spool.length();
                in_place::write(&mut in_place::open(&self.path)?, &mut spool.into_reader()?, length)
            }
            #[cfg(target_os = "linux")]
            Content::Unnamed(file) => commit_unnamed(file, &self.path, overwrite),
            Content::Named(file) => commit_named(file, &self.path, overwrite),
            Content::Closed(name) => {
                // Windows sets the mode of a file only through a handle that can write
                let file = File::options().read(true).write(cfg!(windows)).open(&name)?;
                commit_named(NamedTempFile::from_parts(file, name), &self.path, overwrite)
            }
        }
    }

    fn writer(&mut self) -> &mut dyn Write {
        match &mut self.content {
            #[cfg(target_os = "linux")]
            Content::Unnamed(file) => file,
            Content::Named(file) => file,
            Content::Closed(_) => unreachable!("nothing is written after the end"),
            Content::InPlace(spool) => spool,
        }
    }
}

impl Write for Replacement {
    fn write(&mut self, bytes: &[u8]) -> Result<usize> {
        self.writer().write(bytes)
    }

    fn flush(&mut self) -> Result<()> {
        self.writer().flush()
    }
}

/// The metadata of the file, if it exists and is a regular one.
fn existing(path: &Path) -> Option<Metadata> {
    path.metadata().ok().filter(Metadata::is_file)
}

#[cfg(unix)]
fn has_several_names(metadata: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::nlink(metadata) > 1
}

#[cfg(not(unix))]
fn has_several_names(_: &Metadata) -> bool {
    false
}

fn hold_back(path: &Path) -> Result<Content> {
    // whether it can be written to is known before anything is read
    in_place::open(path)?;
    Ok(Content::InPlace(Spool::new(name_of(path))))
}

/// A temporary file in the directory of `path`. With `is_private` nobody else can read it until it gets the mode of
/// the file that it replaces; else it has the mode of any new file.
fn beside(path: &Path, is_private: bool) -> Result<Content> {
    #[cfg(target_os = "linux")]
    if let Some(file) = super::unnamed::create(directory(path)) {
        return Ok(Content::Unnamed(file));
    }
    named(path, is_private).map(Content::Named)
}

/// A temporary file with a name. Its path stays in the list when the file is gone, because names are not used twice.
fn named(path: &Path, is_private: bool) -> Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX);
    #[cfg(unix)]
    if !is_private {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = is_private;
    let mut names = temporary();
    let file = builder.tempfile_in(directory(path))?;
    names.insert(file.path().to_owned());
    Ok(file)
}

/// How the names of temporary files begin.
const PREFIX: &str = ".dora-score-";

/// Gives a file without a name its name. The name of an existing file is taken in two steps, because a link cannot
/// replace a file.
#[cfg(target_os = "linux")]
fn commit_unnamed(mut file: File, path: &Path, overwrite: bool) -> Result<()> {
    use super::unnamed::link;
    let existing = existing(path);
    if existing.is_none() || !overwrite {
        match link(&file, path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && overwrite => {}
            Err(error) if error.kind() != ErrorKind::AlreadyExists => {
                return commit_copy(&mut file, path, overwrite);
            }
            result => return result,
        }
    }
    if let Some(metadata) = &existing {
        keep_owner_and_mode(&file, metadata)?;
    }
    let names = temporary();
    let linked = tempfile::Builder::new().prefix(PREFIX).make_in(directory(path), |path| link(&file, path));
    let renamed = linked.map(|linked| linked.persist(path).map_err(|failed| failed.error).map(drop));
    drop(names);
    match renamed {
        Ok(renamed) => renamed.or_else(|error| in_place_instead(&mut file, path, error)),
        Err(_) => commit_copy(&mut file, path, overwrite),
    }
}

/// Copies to a temporary file with a name, on a file system that has files without a name but cannot name them later.
#[cfg(target_os = "linux")]
fn commit_copy(file: &mut File, path: &Path, overwrite: bool) -> Result<()> {
    let mut copy = named(path, existing(path).is_some())?;
    file.seek(SeekFrom::Start(0))?;
    std::io::copy(file, &mut copy)?;
    commit_named(copy, path, overwrite)
}

fn commit_named(file: NamedTempFile, path: &Path, overwrite: bool) -> Result<()> {
    if !overwrite {
        return file.persist_noclobber(path).map(drop).map_err(|failed| failed.error);
    }
    if let Some(metadata) = existing(path) {
        keep_owner_and_mode(file.as_file(), &metadata)?;
    }
    let signals_wait = temporary();
    let renamed = file.persist(path);
    drop(signals_wait);
    renamed.map(drop).or_else(|mut failed| in_place_instead(failed.file.as_file_mut(), path, failed.error))
}

/// Writes the content in place after `error`, if the system does not allow to replace this file: a mount point, such
/// as a file that is mounted into a container, or a directory where only the owner of a file may rename it.
fn in_place_instead(content: &mut File, path: &Path, error: Error) -> Result<()> {
    let is_fixed = matches!(
        error.kind(),
        ErrorKind::ResourceBusy | ErrorKind::PermissionDenied | ErrorKind::CrossesDevices
    );
    if !is_fixed || existing(path).is_none() {
        return Err(error);
    }
    let mut file = in_place::open(path).map_err(|_| error)?;
    let length = content.metadata()?.len();
    content.seek(SeekFrom::Start(0))?;
    in_place::write(&mut file, content, length)
}

/// Gives a file the owner, the group and the mode of the one that it replaces, as far as the system allows that. The
/// mode comes last, because a change of the owner clears parts of it.
fn keep_owner_and_mode(file: &File, metadata: &Metadata) -> Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let (owner, group) = (metadata.uid(), metadata.gid());
        // only root may change the owner, and only to some groups may a user change the group
        if fchown(file, Some(owner), Some(group)).is_err() {
            drop(fchown(file, None, Some(group)));
        }
    }
    file.set_permissions(metadata.permissions())
}
