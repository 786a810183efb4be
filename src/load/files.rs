//! Finds the files of the paths that a user gives: the path itself, or the files in a directory.

use super::directory::{FoundFile, Repeated, search};
use super::identity::Identity;
use crate::diagnostic::{Code, Diagnostic, Place, quoted, without_os_error};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// The content of files. It decides which files of a directory are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    Scorecards,
    Entities,
    /// A directory of them is not searched, so it cannot be read.
    Waivers,
    /// One file.
    Page,
}

/// The files of several paths.
pub(crate) struct Files {
    /// The files to read, in the order of the paths; those of a directory are sorted by the bytes of their paths.
    pub(crate) files: Vec<FoundFile>,
    /// Directories and entries that cannot be read, and directories without files.
    pub(crate) problems: Vec<Diagnostic>,
    /// Files that are given twice.
    pub(crate) warnings: Vec<Diagnostic>,
}

impl Files {
    /// Finds the files of all paths. A file of scorecards or waivers that is given twice is read once, because everything in
    /// it would be a duplicate. A file of entities is read as often as it is given, except that a search of a directory finds it
    /// only once.
    pub(crate) fn find(paths: &[impl AsRef<Path>], kind: FileKind) -> Self {
        let mut found = Self { files: Vec::new(), problems: Vec::new(), warnings: Vec::new() };
        let mut first_paths: HashMap<_, PathBuf> = HashMap::new();
        for path in paths {
            for file in found.find_one(path.as_ref(), kind) {
                // pipes and devices can be read twice, with other content each time
                let is_file = file.real.is_file() && file.real.as_os_str() != "-";
                let identity = Identity::at(&file.real).ok().filter(|_| is_file);
                let first = identity.as_ref().and_then(|identity| first_paths.get(identity));
                let is_read = first.is_none() || kind == FileKind::Entities;
                match (first, identity) {
                    (Some(first), _) => found.warnings.push(given_twice(&file.shown, first, is_read)),
                    (None, Some(identity)) => drop(first_paths.insert(identity, file.shown.clone())),
                    (None, None) => {}
                }
                if is_read {
                    found.files.push(file);
                }
            }
        }
        found
    }

    /// The files of one path.
    fn find_one(&mut self, path: &Path, kind: FileKind) -> Vec<FoundFile> {
        let Some((extensions, none)) = path.is_dir().then(|| kind.in_directory()).flatten() else {
            return vec![FoundFile { shown: path.to_owned(), real: path.to_owned() }];
        };
        let found = search(path, |path| {
            extensions.iter().any(|extension| path.extension().is_some_and(|found| found == *extension))
        });
        self.problems.extend(found.problems.iter().map(|(path, error)| kind.unreadable(path, error)));
        let repeated = found.repeated.iter();
        self.warnings.extend(repeated.map(|Repeated { shown, first }| given_twice(shown, first, false)));
        if found.files.is_empty() {
            self.problems.push(none.at(Place::File(path.display().to_string())));
        }
        found.files
    }
}

impl FileKind {
    /// How the names of these files in a directory end, and the problem if it has none; `None` if directories are not
    /// searched.
    fn in_directory(self) -> Option<(&'static [&'static str], Diagnostic)> {
        match self {
            Self::Scorecards => Some((
                &["json", "jsonc"],
                Diagnostic::error(Code::NoDefinitionFiles, "the directory has no `*.json` or `*.jsonc` file")
                    .help("the names of scorecard files must end in `.json` or `.jsonc`, in lower case, and must not begin with a dot"),
            )),
            Self::Entities => Some((
                &["json", "ndjson", "jsonl"],
                Diagnostic::error(
                    Code::NoEntityFiles,
                    "the directory has no `*.json`, `*.ndjson` or `*.jsonl` file",
                )
                .help("the names of entity files must end in lower case, and must not begin with a dot"),
            )),
            Self::Waivers | Self::Page => None,
        }
    }

    /// The option that names these files.
    pub(super) fn option(self) -> &'static str {
        match self {
            Self::Scorecards => "scorecards",
            Self::Entities => "entities",
            Self::Waivers => "waivers",
            Self::Page => "page",
        }
    }

    /// The content of these files in messages.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Page => "the page",
            other => other.option(),
        }
    }

    /// The problem of a file or directory that cannot be read.
    pub(crate) fn unreadable(self, path: &Path, error: &std::io::Error) -> Diagnostic {
        let code = match self {
            Self::Scorecards | Self::Waivers | Self::Page => Code::UnreadableFile,
            Self::Entities => Code::UnreadableInput,
        };
        let is_pattern = path.as_os_str().as_encoded_bytes().iter().any(|byte| matches!(byte, b'*' | b'?'));
        let help = if cfg!(windows) && is_pattern && self.in_directory().is_some() {
            "shells of Windows do not expand `*` and `?`; name the directory, which is searched for files"
        } else {
            "check the path and the permissions"
        };
        Diagnostic::error(code, format!("cannot be read: {}", without_os_error(&error.to_string())))
            .help(help)
            .at(Place::File(path.display().to_string()))
    }
}

/// The warning about a file that is given twice.
fn given_twice(shown: &Path, first: &Path, is_read: bool) -> Diagnostic {
    let effect = if is_read { "so everything in it counts twice" } else { "and is read only once" };
    let warning = Diagnostic::warning(Code::DuplicateFile, format!("the file is given twice, {effect}"))
        .help("give it once")
        .at(Place::File(shown.display().to_string()));
    match shown == first {
        true => warning,
        false => warning.note(format!("the first path is {}", quoted(&first.display().to_string()))),
    }
}
