//! The destinations of results: standard output, standard error and files.
//!
//! A file is written completely or not at all. Output that invalid input further on would make wrong, such as a
//! table, is held back until the whole input has been read.

mod destination;
mod failure;
mod files;
mod in_place;
mod inputs;
#[cfg(not(unix))]
mod no_signals;
mod replacement;
#[cfg(unix)]
mod signals;
mod sink;
mod spool;
mod standard;
mod target;
mod temporary;
mod tree;
mod undecided;
#[cfg(target_os = "linux")]
mod unnamed;

pub(crate) use destination::check_targets;
pub(crate) use failure::{STANDARD_OUTPUT, cannot_write, is_closed_pipe, problems_of};
pub(crate) use files::{refuse_existing, refuse_file, write_files};
pub(crate) use inputs::Inputs;
#[cfg(not(unix))]
pub(crate) use no_signals::report_size_limit_as_error;
#[cfg(unix)]
pub(crate) use signals::report_size_limit_as_error;
pub(crate) use sink::{Sink, finish_all, open_all};
pub(crate) use target::{OutputFormat, Target, output_format, parser};
pub(crate) use tree::Tree;
pub(crate) use undecided::or_tell;
