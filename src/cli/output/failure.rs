//! The messages for outputs that cannot be written. Each names the output as the user chose it, the reason, and the
//! way out.

use crate::diagnostic::{Code, Diagnostic, Problems, quoted};
use std::io::{Error, ErrorKind};
use std::path::Path;

/// The name of standard output in messages.
pub(crate) const STANDARD_OUTPUT: &str = "standard output";
/// The name of standard error in messages.
pub(super) const STANDARD_ERROR: &str = "standard error";

/// The name of a file in messages.
pub(super) fn name_of(path: &Path) -> String {
    quoted(&path.display().to_string())
}

/// Whether an output is a pipe whose reader has closed it.
pub(crate) fn is_closed_pipe(error: &Error) -> bool {
    /// `ERROR_PIPE_NOT_CONNECTED`, which the standard library does not count as a broken pipe.
    const NOT_CONNECTED: i32 = 233;
    error.kind() == ErrorKind::BrokenPipe || cfg!(windows) && error.raw_os_error() == Some(NOT_CONNECTED)
}

/// The error for an output with this name. It carries [`Problems`] and keeps the kind of `error`. An error that
/// carries them already is returned as it is.
pub(crate) fn cannot_write(name: &str, error: Error) -> Error {
    if problems_of(&error).is_some() {
        return error;
    }
    let (reason, help) = match error.kind() {
        ErrorKind::StorageFull => ("the disk is full".to_owned(), Some(MORE_SPACE)),
        ErrorKind::QuotaExceeded => ("your disk quota is used up".to_owned(), Some(MORE_SPACE)),
        ErrorKind::FileTooLarge => ("the size limit for files is reached".to_owned(), Some(HIGHER_LIMIT)),
        ErrorKind::PermissionDenied => {
            (without_path(&error), Some("check the permissions, or write to another file"))
        }
        ErrorKind::ReadOnlyFilesystem => {
            (without_path(&error), Some("write to another file: `-f FORMAT=FILE`"))
        }
        _ => (without_path(&error), None),
    };
    let kind = if is_closed_pipe(&error) { ErrorKind::BrokenPipe } else { error.kind() };
    failure(kind, format!("cannot write {name}: {reason}"), help)
}

const MORE_SPACE: &str = "free some space, or write to another disk";
/// The limit is that of the shell, or on Windows that of the file system, such as the 4 GiB of FAT32.
const HIGHER_LIMIT: &str = if cfg!(windows) {
    "write to a disk with another file system"
} else {
    "raise the limit of the shell: `ulimit -f unlimited`"
};

/// The error for an output with this name whose temporary file, in the directory for temporary files, failed.
pub(super) fn cannot_hold_back(name: &str, error: Error) -> Error {
    let (reason, help) = match error.kind() {
        ErrorKind::StorageFull => ("its disk is full".to_owned(), TEMPORARY_DIRECTORY),
        ErrorKind::QuotaExceeded => ("your disk quota is used up".to_owned(), TEMPORARY_DIRECTORY),
        ErrorKind::FileTooLarge => ("the size limit for files is reached".to_owned(), HIGHER_LIMIT),
        ErrorKind::NotFound => ("the directory does not exist".to_owned(), TEMPORARY_DIRECTORY),
        _ => (without_path(&error), TEMPORARY_DIRECTORY),
    };
    let directory = name_of(&std::env::temp_dir());
    let message =
        format!("cannot write {name}: it is held back in a temporary file in {directory}: {reason}");
    failure(error.kind(), message, Some(help))
}

const TEMPORARY_DIRECTORY: &str = if cfg!(windows) {
    "set `TMP` to a writable directory with enough space"
} else {
    "set `TMPDIR` to a writable directory with enough space"
};

/// The error for an output that is refused before anything is read.
pub(super) fn refused(name: &str, reason: &str, help: Option<&str>) -> Problems {
    let problem = Diagnostic::error(Code::Failed, format!("cannot write {name}: {reason}"));
    match help {
        Some(help) => problem.help(help).into(),
        None => problem.into(),
    }
}

fn failure(kind: ErrorKind, message: String, help: Option<&str>) -> Error {
    let problem = Diagnostic::error(Code::Failed, message);
    Error::new(kind, Problems::from(help.into_iter().fold(problem, Diagnostic::help)))
}

/// The problems that an error carries, if [`cannot_write`] made it.
pub(crate) fn problems_of(error: &Error) -> Option<&Problems> {
    error.get_ref()?.downcast_ref()
}

/// The text of an error without the path of the temporary file, which `tempfile` adds at the end and the user did
/// not choose.
fn without_path(error: &Error) -> String {
    let text = error.to_string();
    text.rsplit_once(" at path ").map_or(text.clone(), |(why, _)| why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_named_once() {
        let inner = cannot_hold_back("`a`", ErrorKind::StorageFull.into());
        let outer = cannot_write("`a`", inner);
        assert_eq!(outer.kind(), ErrorKind::StorageFull);
        assert_eq!(outer.to_string().matches("cannot write `a`").count(), 1, "{outer}");
    }
}
