//! Diagnostics: problems in the files and the options of the user. Each has a stable code, a message and, where
//! possible, a place and help.

#[cfg(feature = "cli")]
mod annotation;
mod code;
mod excerpt;
mod fault;
mod place;
mod problem;
mod render;
mod severity;
mod source;
mod spelling;
mod system;

#[cfg(feature = "cli")]
pub(crate) use annotation::write_annotations;
pub use code::Code;
pub use place::Place;
pub use problem::{Diagnostic, Problems};
pub(crate) use problem::{MOST_PRINTED, help_if_printed};
pub use severity::Severity;
pub use source::Source;
pub(crate) use spelling::{Name, did_you_mean, expected, list, misspelled, quoted, similar, suggest};
pub(crate) use system::without_os_error;
