//! Files in a directory of the program's own: directories are created as needed, and nothing outside is written.

use super::failure::{cannot_write, name_of, refused};
use super::replacement::Replacement;
use crate::diagnostic::{Code, Diagnostic, Place, Problems};
use std::fs::FileType;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A directory to write files to. It may exist or not, and may be a link itself, because the user names it.
pub(crate) struct Tree<'d> {
    directory: &'d Path,
}

impl<'d> Tree<'d> {
    /// The directory at this path. `option` is the option that names it.
    ///
    /// # Errors
    /// It is a file.
    pub(crate) fn at(directory: &'d Path, option: &str) -> Result<Self, Problems> {
        if directory.exists() && !directory.is_dir() {
            let message = format!("`{option}` needs a directory, but this is a file");
            return Err(Diagnostic::error(Code::FileExists, message)
                .help(format!("name another directory with `{option}`, or remove the file"))
                .at(Place::File(directory.display().to_string()))
                .into());
        }
        Ok(Self { directory })
    }

    /// Checks whether a file can be at a path below the directory, without writing anything. A link is refused, because it
    /// may lead out of the directory.
    ///
    /// # Errors
    /// Names the part of the path that is in the way.
    pub(crate) fn check(&self, directories: [&str; 2], file: &str) -> Result<(), Problems> {
        let mut path = self.directory.to_owned();
        for directory in directories {
            path.push(directory);
            if !check_kind(&path, FileType::is_dir, "it is not a directory")? {
                return Ok(()); // what does not exist is not in the way
            }
        }
        path.push(file);
        check_kind(&path, FileType::is_file, "it is not a regular file").map(drop)
    }

    /// Writes files that belong together, below two directories. Each is complete or does not change, and so does each whose
    /// content is the same. Returns whether one changed.
    ///
    /// # Errors
    /// Names the directory or the file that cannot be written.
    pub(crate) fn write<const N: usize>(
        &self,
        directories: [&str; 2],
        files: [(&str, &[u8]); N],
    ) -> std::io::Result<bool> {
        let parent: PathBuf = [self.directory].into_iter().chain(directories.map(Path::new)).collect();
        std::fs::create_dir_all(&parent).map_err(|error| cannot_write(&name_of(&parent), error))?;
        let mut ready = Vec::new();
        for (file, content) in files {
            let path = parent.join(file);
            if has_content(&path, content) {
                continue;
            }
            let name = name_of(&path);
            let written = Replacement::separate(path).and_then(|mut file| {
                file.write_all(content)?;
                Ok(file)
            });
            ready.push((written.map_err(|error| cannot_write(&name, error))?, name));
        }
        let is_changed = !ready.is_empty();
        for (file, name) in ready {
            file.commit(true).map_err(|error| cannot_write(&name, error))?;
        }
        Ok(is_changed)
    }
}

/// Whether something of this kind exists.
///
/// # Errors
/// Something of another kind exists, or it cannot be known.
fn check_kind(path: &Path, is_kind: fn(&FileType) -> bool, other: &str) -> Result<bool, Problems> {
    match path.symlink_metadata() {
        Ok(metadata) if is_kind(&metadata.file_type()) => Ok(true),
        Ok(metadata) => {
            let is_link = metadata.is_symlink();
            let reason = if is_link { "it is a link, which may lead out of the directory" } else { other };
            Err(refused(&name_of(path), reason, Some("remove it, or choose another directory")))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => {
            let name = name_of(path);
            Err(refused(
                &name,
                &error.to_string(),
                Some("check the permissions, or choose another directory"),
            ))
        }
    }
}

/// Whether a file exists and has this content.
fn has_content(path: &Path, content: &[u8]) -> bool {
    let is_same_length = path.metadata().is_ok_and(|metadata| metadata.len() == content.len() as u64);
    is_same_length && std::fs::read(path).is_ok_and(|existing| existing == content)
}
