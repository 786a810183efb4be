//! Reports: results as text, one file for each format behind one trait.
//!
//! A format either prints each entity as it comes (`entity_writer`, one writer for each thread) or gets all rows at
//! the end (`wants_rows`). Output is always in the order of the input or of the definitions, whatever the
//! threads did.

mod badge;
mod context;
mod contract;
mod csv;
mod display;
mod distribution;
mod format;
mod github;
mod json;
mod junit;
mod listing;
mod markdown;
mod property;
mod row;
mod summary;
mod table;
mod verdict;
mod verdict_text;

pub(crate) use context::Context;
pub(crate) use contract::{EntityWriter, Report, Totals};
pub use display::{Display, Only, Sort};
pub use format::Format;
pub(crate) use row::{Row, RowResult};
