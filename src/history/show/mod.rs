//! Writes comparisons and trends: one file for each format.

mod github;
mod json;
mod markdown;
mod run;
mod spark;
mod table;
mod trend_csv;
mod trend_json;
mod trend_markdown;
mod trend_table;
pub(crate) mod trend_words;
mod verdict;
pub(crate) mod words;

pub(crate) use github::github;
pub(crate) use json::json;
pub(crate) use markdown::markdown;
pub(crate) use run::{RunComparison, notes};
pub(crate) use table::table;
pub(crate) use trend_csv::trend_csv;
pub(crate) use trend_json::trend_json;
pub(crate) use trend_markdown::trend_markdown;
pub(crate) use trend_table::trend_table;
pub(crate) use verdict::{trend_verdict, verdict};
