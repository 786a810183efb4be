//! Writes comparisons: one file for each format.

mod github;
mod json;
mod markdown;
mod run;
mod table;
mod verdict;
mod words;

pub(crate) use github::github;
pub(crate) use json::json;
pub(crate) use markdown::markdown;
pub(crate) use run::{RunComparison, notes};
pub(crate) use table::table;
pub(crate) use verdict::verdict;
