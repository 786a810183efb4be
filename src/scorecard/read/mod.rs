//! Reads files of scorecards into definitions, and collects every problem of every file.
//!
//! A definition with a problem is dropped, but reading goes on, so that a user sees all problems of a set at once.

mod condition;
mod files;
mod operand;
mod query;
mod reader;
mod rule;
mod scorecard;
mod shape;

pub use files::read_definitions;
