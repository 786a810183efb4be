//! Reports: results as text. Each format has a file, and all formats implement one trait.
//!
//! A format either prints each entity when it is graded (`entity_writer`, one for each thread) or receives all rows
//! at the end (`wants_rows`). Output is always in the order of the input or of the definitions, independent of
//! the threads.

mod badge;
mod context;
mod contract;
mod csv;
mod display;
mod distribution;
mod entity_list;
mod format;
mod github;
mod json;
mod junit;
mod markdown;
mod property;
mod row;
mod summary;
mod table;
mod verdict;
mod verdict_text;

pub(crate) use context::Context;
pub(crate) use contract::{EntityWriter, Report, Totals};
pub use display::Display;
pub(crate) use display::{Only, Sort};
pub use format::Format;
pub(crate) use row::{Row, RowResult};
