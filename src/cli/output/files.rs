//! Writes files whose content is known.

use super::destination::Destination;
use super::failure::{cannot_write, name_of, refused};
use super::replacement::Replacement;
use crate::diagnostic::{Code, Diagnostic, Place, Problems, list};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The number of files that may stay open until all are complete. A system allows a program only some open files, often
/// 1024.
const MOST_OPEN: usize = 32;

/// Writes all files under temporary names before the first gets its own, so that a full disk leaves none of them.
/// Without `overwrite` it is an error if one exists by now.
///
/// # Errors
/// Names the file that cannot be written.
pub(crate) fn write_files<T: AsRef<[u8]>>(
    files: impl Iterator<Item = (PathBuf, T)>,
    overwrite: bool,
) -> anyhow::Result<()> {
    let mut ready = Vec::new();
    for (path, text) in files {
        let name = name_of(&path);
        let Destination::File(path) = Destination::at(&path)? else {
            return Err(refused(&name, "it is not a regular file", None).into());
        };
        let begin = if ready.len() < MOST_OPEN { Replacement::new } else { Replacement::closable };
        let written = begin(path).and_then(|mut file| {
            file.write_all(text.as_ref())?;
            Ok(file.close())
        });
        ready.push((written.map_err(|error| cannot_write(&name, error))?, name));
    }
    // what can be lost by a failure in the middle comes last
    ready.sort_by_key(|(file, _)| file.is_in_place());
    for (file, name) in ready {
        file.commit(overwrite).map_err(|error| cannot_write(&name, error))?;
    }
    Ok(())
}

/// Rejects names of files that exist in a directory. `noun` is the plural of the files in the message.
///
/// # Errors
/// Names the files that exist.
pub(crate) fn refuse_existing<'n>(
    directory: &Path,
    names: impl ExactSizeIterator<Item = &'n str>,
    noun: &str,
) -> Result<(), Problems> {
    /// The number of names in the message.
    const MOST_NAMED: usize = 8;
    let count = names.len();
    // a link to a missing file counts as existing
    let taken: Vec<&str> = names.filter(|name| directory.join(name).symlink_metadata().is_ok()).collect();
    if taken.is_empty() {
        return Ok(());
    }
    let exist = if taken.len() == 1 { "exists" } else { "exist" };
    let message = format!("{} of {count} {noun} already {exist}; nothing was written", taken.len());
    Err(Diagnostic::error(Code::FileExists, message)
        .note(list(taken, MOST_NAMED))
        .help("choose another directory, or add `--force` to overwrite the files")
        .at(Place::File(directory.display().to_string()))
        .into())
}

/// Rejects a file that exists, unless it may be overwritten, and the name that stands for standard output.
///
/// # Errors
/// Names the file.
pub(crate) fn refuse_file(path: &Path, overwrite: bool) -> Result<(), Problems> {
    let name = name_of(path);
    if path.as_os_str() == "-" {
        return Err(refused(
            &name,
            "standard output is not a file",
            Some("name a file, such as `dashboard.json`"),
        ));
    }
    // a link to a missing file counts as existing
    if !overwrite && path.symlink_metadata().is_ok() {
        let problem =
            Diagnostic::error(Code::FileExists, format!("{name} already exists; nothing was written"));
        return Err(problem.help("choose another file, or add `--force` to overwrite it").into());
    }
    Ok(())
}
