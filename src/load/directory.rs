//! Searches a directory for files.
//!
//! Links are followed, and can give a file more paths than anyone can list: in a chain of 20 directories, each with two
//! links to the next, the last one has 2^20. So each directory is visited once and each file is found once, under the first of its paths.

use super::identity::Identity;
use std::collections::HashMap;
use std::collections::hash_map::Entry as Seen;
use std::io::Error;
use std::path::{Path, PathBuf};

/// A file in a directory.
pub(crate) struct FoundFile {
    /// The path for people: the directory as given, then the names of the entries that lead to the file.
    pub(crate) shown: PathBuf,
    /// The path for the system. It has no links below the directory, because a system follows only some (Linux: 40) in one path.
    pub(crate) real: PathBuf,
}

/// The result of a search.
pub(super) struct Found {
    /// The files, sorted by the bytes of their paths.
    pub(super) files: Vec<FoundFile>,
    /// Further paths of files, each with the path under which the file was found.
    pub(super) repeated: Vec<Repeated>,
    /// The paths that could not be followed or read.
    pub(super) problems: Vec<(PathBuf, Error)>,
}

/// A further path of a file.
pub(super) struct Repeated {
    pub(super) shown: PathBuf,
    pub(super) first: PathBuf,
}

/// Something in a directory that is still to be visited.
struct Entry {
    shown: PathBuf,
    real: PathBuf,
    is_directory: bool,
}

impl Entry {
    /// The bytes of the name, as they are in the paths of files. The separator is `/` on every system, so that the order
    /// of files is the same on all of them.
    fn name_in_paths(&self) -> impl Iterator<Item = u8> {
        let name = self.shown.file_name().unwrap_or_default().as_encoded_bytes();
        name.iter().copied().chain(self.is_directory.then_some(b'/'))
    }
}

/// Searches a directory and the directories in it for the files with a wanted path. Entries whose names begin with a dot are skipped.
pub(super) fn search(directory: &Path, is_wanted: impl Fn(&Path) -> bool) -> Found {
    let mut found = Found { files: Vec::new(), repeated: Vec::new(), problems: Vec::new() };
    let mut visited = HashMap::new();
    // the next one is at the end; `shown` is sorted backwards
    let mut entries =
        vec![Entry { shown: directory.to_owned(), real: directory.to_owned(), is_directory: true }];
    while let Some(entry) = entries.pop() {
        match Identity::at(&entry.real).map(|identity| visited.entry(identity)) {
            Ok(Seen::Vacant(place)) => drop(place.insert(entry.shown.clone())),
            Ok(Seen::Occupied(first)) => {
                if !entry.is_directory {
                    found.repeated.push(Repeated { shown: entry.shown, first: first.get().clone() });
                }
                continue;
            }
            Err(error) => {
                found.problems.push((entry.shown, error));
                continue;
            }
        }
        if entry.is_directory {
            let mut inside = read_directory(&entry, &is_wanted, &mut found.problems);
            inside.sort_by(|one, other| other.name_in_paths().cmp(one.name_in_paths()));
            entries.append(&mut inside);
        } else {
            found.files.push(FoundFile { shown: entry.shown, real: entry.real });
        }
    }
    found
}

/// The visible directories and the wanted files in a directory.
fn read_directory(
    directory: &Entry,
    is_wanted: &impl Fn(&Path) -> bool,
    problems: &mut Vec<(PathBuf, Error)>,
) -> Vec<Entry> {
    let listed = match std::fs::read_dir(&directory.real) {
        Ok(listed) => listed,
        Err(error) => {
            problems.push((directory.shown.clone(), error));
            return Vec::new();
        }
    };
    let mut entries = Vec::new();
    for item in listed {
        let item = match item {
            Ok(item) => item,
            Err(error) => {
                problems.push((directory.shown.clone(), error));
                continue;
            }
        };
        let name = item.file_name();
        if name.as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let shown = directory.shown.join(&name);
        match kind(&item) {
            Ok((kind, real)) if kind.is_dir() || kind.is_file() && is_wanted(&shown) => {
                entries.push(Entry { shown, real, is_directory: kind.is_dir() });
            }
            Ok(_) => {}
            Err(error) => problems.push((shown, error)),
        }
    }
    entries
}

/// The type of an entry and its path. A link is replaced by what it leads to.
fn kind(item: &std::fs::DirEntry) -> Result<(std::fs::FileType, PathBuf), Error> {
    let kind = item.file_type()?;
    if !kind.is_symlink() {
        return Ok((kind, item.path()));
    }
    let real = std::fs::canonicalize(item.path())?;
    Ok((std::fs::metadata(&real)?.file_type(), real))
}
