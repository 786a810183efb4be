//! Lists scorecards, their levels, and the operators of conditions, as tables and as JSON.
//!
//! Listings only need definitions, not entities. Each kind of listing has a file.

mod levels;
mod listing;
mod operators;
mod row;
mod scorecards;

pub(crate) use listing::Listing;
