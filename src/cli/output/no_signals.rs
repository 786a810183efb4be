//! Systems without signals.

/// Does nothing: to write beyond a size limit is an error on these systems.
pub(crate) fn report_size_limit_as_error() {}

/// Does nothing: these systems have no signals. On Windows, Ctrl-C ends the program at once. A temporary file stays then,
/// but a file under its own name is complete.
pub(super) fn watch() {}
