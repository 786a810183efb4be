//! The option for a baseline that may not exist.

use crate::diagnostic::{Code, Diagnostic, Place, Problems};
use clap::ValueEnum;
use std::path::Path;

/// How a missing baseline is treated.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum MissingBaseline {
    /// Exit 2
    #[default]
    Fail,
    /// Say so and go on without a comparison
    Pass,
}

impl MissingBaseline {
    /// Whether there is a file to compare with.
    ///
    /// # Errors
    /// There is none, and that is a failure.
    pub(crate) fn check(self, path: &Path) -> Result<bool, Problems> {
        let is_missing = path.as_os_str() != "-"
            && std::fs::metadata(path).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound);
        if !is_missing {
            return Ok(true);
        }
        let (problem, _) = missing_baseline(path);
        if self == Self::Pass { Ok(false) } else { Err(problem.into()) }
    }
}

/// The error for a missing baseline, and the notice for one that is accepted.
pub(crate) fn missing_baseline(path: &Path) -> (Diagnostic, Diagnostic) {
    let place = || Place::File(path.display().to_string());
    let message = "there is no result to compare with, because the file does not exist";
    let help = "write one with `dora-score evaluate -f json=FILE`; if that is normal, as in the first run, use `--missing-baseline pass`";
    let error = Diagnostic::error(Code::MissingBaseline, message).help(help).at(place());
    let note = Diagnostic::remark(Code::MissingBaseline, message)
        .note("accepted because of `--missing-baseline pass`")
        .at(place());
    (error, note)
}
