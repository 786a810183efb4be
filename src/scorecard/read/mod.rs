//! Reads definitions from files of scorecards.
//!
//! Reading continues after a problem, so that a user sees all problems of all files at once.

mod condition;
mod files;
mod keys;
mod operand;
mod query;
mod reader;
mod rule;
mod scorecard;
mod shape;
mod swapped;

pub(crate) use condition::{dollar_subject, read_condition};
pub(crate) use files::parse_definitions;
pub use files::read_definitions;
pub(crate) use scorecard::body;
