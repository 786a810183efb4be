//! Writes comparisons: one file for each format.

mod github;
mod json;
mod markdown;
mod table;
mod verdict;
pub(crate) mod words;

pub(crate) use github::github;
pub(crate) use json::json;
pub(crate) use markdown::markdown;
pub(crate) use table::table;
pub(crate) use verdict::verdict;
