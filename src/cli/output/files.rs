//! Writes files whose content is known.

use super::destination::Destination;
use super::failure::{cannot_write, name_of, refused};
use super::replacement::Replacement;
use std::io::Write;
use std::path::PathBuf;

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
        let written =
            Replacement::new(path).and_then(|mut file| file.write_all(text.as_ref()).map(|()| file));
        let written = written.map_err(|error| cannot_write(&name, error))?;
        ready.push((written, name));
    }
    // what can be lost by a failure in the middle comes last
    ready.sort_by_key(|(file, _)| file.is_in_place());
    for (file, name) in ready {
        file.commit(overwrite).map_err(|error| cannot_write(&name, error))?;
    }
    Ok(())
}
